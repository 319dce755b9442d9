"""The results for the corpus, by the number that guards them: codes, values and figures, no sentences."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mochocho.words.model import Assessment
from processing import codec
from processing.assessment.evaluate import RULE_VERSION, Inputs, evaluate, failed
from processing.decoding.jobs import CHECK_VERSION
from processing.register import supplements
from processing.register.read import READ_VERSION
from reports.lists.list_rows import NOTICES_VERSION, ListedApplicant, applicant_row, plan_item_rows
from reports.notices.review import notice
from tests.pins import files, forms
from tests.pins.applicants import RULES, everyone, rules_of

Results = Iterator[tuple[str, object]]


@dataclass(frozen=True)
class Guarded:
    """A number that is raised by hand, where it stands, and what must not change while it does not."""

    number: str
    value: int
    where: str
    results: Callable[[], Results]


def _evaluated() -> Iterator[tuple[str, Inputs, Assessment]]:
    for name, known in everyone():
        merged = supplements.merge(known.application, known.supplements)
        inputs = Inputs(
            **{field: getattr(known, field) for field in Inputs.__slots__} | {"application": merged}
        )
        yield name, inputs, evaluate(inputs, rules_of(name))


def assessed() -> Results:
    """Without what forms say, which is no result."""
    for name, _, one in _evaluated():
        yield name, _without_forms(one)
    some = next(inputs for _, inputs, _ in _evaluated())
    yield "one that could not be assessed", _without_forms(failed(some))


def _without_forms(assessment: Assessment) -> object:
    said, counted = codec.dump(assessment), assessment.counted
    assert counted is not None
    kept = said.pop("counted")
    del kept["application"]
    kept["own"] = [counted.own.instance_ids, [codec.dump(one.scores) for one in counted.own.rounds]]
    return [said, kept]


def told() -> Results:
    """Rows of the lists and what servers are told, without the words in them."""
    for name, inputs, one in _evaluated():
        counted = one.counted
        assert counted is not None
        application = inputs.application
        standard = RULES.pack.standard(application.type)
        known = ListedApplicant(application, standard, one, counted.own)
        row = applicant_row(known, RULES.districts)
        items = plan_item_rows([known])
        now = notice(known)
        yield (
            name,
            [
                {column: value for column, value in row.items() if column != "missing_th"},
                items,
                now and [now.state, now.about, [[len(t.things), t.must, t.supplement] for t in now.tasks]],
            ],
        )


GUARDED: Mapping[str, Guarded] = {
    one.number: one
    for one in (
        Guarded("RULE_VERSION", RULE_VERSION, "processing/assessment/evaluate.py", assessed),
        Guarded("READ_VERSION", READ_VERSION, "processing/register/read/__init__.py", forms.read),
        Guarded("CHECK_VERSION", CHECK_VERSION, "processing/decoding/jobs.py", files.measured),
        Guarded("NOTICES_VERSION", NOTICES_VERSION, "reports/lists/list_rows.py", told),
    )
}
