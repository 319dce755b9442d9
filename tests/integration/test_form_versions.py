"""A form opened in an old version and sent after the new one is published is assessed by its own rules.

Filled in by the engine of ODK Collect, sent over HTTP to the endpoint, assessed by the conveyor.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import Settings
from mochocho.standards.load import RELEASED
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Case
from processing.assessment.cases import cases
from processing.register.form_packs import Packs
from processing.scoring.score import score_sheet
from reports.packet import lay_out
from sync.publish.published import put_form
from tests.contract.openrosa_phone import Phone, new_phone, serving
from tests.headless import answers
from tests.headless.collect import headless
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm

LEADER = ApplicantType.LEADER
TAKEN_OUT, HARDER, HEAVIER = "L1.1.1", "L1.3.1", "L2.1.1"
OLD_CHOICE = "formal"


def changed_pack(folder: Path) -> Path:
    """The next pack: an indicator gone, one harder, one worth more, a longer residence, a choice renamed."""
    data = yaml.safe_load((RELEASED / "2568-sample.yaml").read_text("utf-8"))
    data["id"] = "changed"
    leader = data["standards"][0]
    for component in (c for d in leader["dimensions"] for c in d["components"]):
        component["indicators"] = [i for i in component["indicators"] if i["code"] != TAKEN_OUT]
        for indicator in component["indicators"]:
            if indicator["code"] == HARDER:
                indicator["measure"]["threshold"] *= 2
            if indicator["code"] == HEAVIER:
                indicator["full_marks"] = 10
    for rule in leader["eligibility"]:
        _change_rule(rule["check"])
    path = folder / "changed.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def _change_rule(check: dict[str, Any]) -> None:
    if check["type"] == "duration_months":
        check["at_least"] *= 5
    for option in check.get("choices", []):
        if option["code"] == OLD_CHOICE:
            option["code"] = "renamed"


@dataclass
class Field:
    """A home with a phone; `forms` by id, as the home's pack has them now."""

    home: Home
    folder: Path
    forms: dict[str, BuiltForm]

    @classmethod
    def of(cls, home: Home, folder: Path) -> "Field":
        forms = {form.form_id: form for form in build_forms(home.pack, home.province, "odk")}
        for form in forms.values():
            put_form(home, form)
        folder.mkdir()
        return cls(home, folder, forms)

    def fill(self, form_id: str, given: answers.Answers) -> bytes:
        path = self.folder / f"{form_id}.xml"
        path.write_text(self.forms[form_id].xform, "utf-8")
        for name, content in self.forms[form_id].media.items():
            if not (self.folder / name).exists():
                (self.folder / name).write_bytes(content)
        filled = headless().fill(path, given.values, repeats=given.repeats)
        assert filled.xml is not None, filled.problems
        assert filled.unused == ()
        return filled.xml.encode()

    def application(self) -> bytes:
        standard = self.home.pack.standard(LEADER)
        return self.fill(names.APPLICATION, answers.application(standard, status="later"))

    def sheet(self, key: str, **more: str) -> bytes:
        row = {
            "name": key,
            "label": "ก",
            "applicant_type": "leader",
            "applicant_name": "ก",
            "district": "5701",
        }
        answers.write_applicants(self.folder, [row])
        best = {
            i.code: {"yes_no": 1, "rubric": 5}.get(i.measure.kind, getattr(i.measure, "threshold", 0))
            for i in self.home.pack.standard(LEADER).indicators
        }
        return self.fill(names.ONSITE, answers.Answers(answers.onsite(key, best, **more)))


@pytest.fixture
def last_year(home: Home, tmp_path: Path) -> Field:
    return Field.of(home, tmp_path / "phone-1")


@pytest.fixture
def publish_next(home: Home, tmp_path: Path) -> Iterator[Callable[[], Field]]:
    """Publish the forms of the next pack; what was published before stays acceptable."""
    opened: list[Home] = []

    def publish() -> Field:
        opened.append(open_home(Settings(home=home.settings.home, pack=str(changed_pack(tmp_path)))))
        return Field.of(opened[0], tmp_path / "phone-2")

    yield publish
    for one in opened:
        one.engine.dispose()


def send(phone: Phone, xml: bytes) -> None:
    files = {}
    for element in etree.fromstring(xml).iter(etree.Element):
        if (element.text or "").endswith((".jpg", ".png")):
            files[str(element.text)] = b"\xff\xd8\xff\xe0 stands for a photo \xff\xd9"
    answer = phone.send(xml, files)
    assert answer.status_code == 201, answer.text


def only_case(home: Home) -> Case:
    run_once(home)
    (case,) = cases(home)
    return case


def key_of(application: bytes) -> str:
    entity = etree.fromstring(application).find(".//{*}entity")
    assert entity is not None
    return str(entity.get("id"))


def codes(case: Case) -> set[str]:
    return {f.code for f in case.assessment.findings}


def test_what_was_filled_before_is_judged_by_the_rules_it_was_filled_under(
    last_year: Field, publish_next: Callable[[], Field]
) -> None:
    application = last_year.application()
    sheet = last_year.sheet(key_of(application))
    now = publish_next()
    assert now.forms[names.ONSITE].version != last_year.forms[names.ONSITE].version
    with serving(now.home) as server:
        phone = new_phone(now.home, server)
        send(phone, application)
        send(phone, sheet)
    case = only_case(now.home)
    scores = case.assessment.scores
    assert scores is not None
    assert case.assessment.eligibility == ()
    assert scores.form_version == last_year.forms[names.ONSITE].version
    assert (scores.percent, len(scores.indicators)) == (10_000, 15)
    assert not codes(case) & {"sheet.other_version", "score.phone_differs"}
    assert Packs(now.home).of(names.ONSITE, scores.form_version) == last_year.home.pack


def test_the_same_answers_in_the_new_version_are_judged_by_the_new_rules(
    last_year: Field, publish_next: Callable[[], Field]
) -> None:
    now = publish_next()
    given = answers.application(now.home.pack.standard(LEADER), status="later")
    residence = names.eligibility(LEADER, "residence_1y")
    given.values[residence] = answers.application(last_year.home.pack.standard(LEADER)).values[residence]
    application = now.fill(names.APPLICATION, given)
    with serving(now.home) as server:
        send(new_phone(now.home, server), application)
    assert {f.code for f in only_case(now.home).assessment.eligibility} == {"eligibility.not_met"}


def test_sheets_of_two_versions_stand_by_the_newest_counted_one(
    last_year: Field, publish_next: Callable[[], Field]
) -> None:
    application = last_year.application()
    key = key_of(application)
    old = last_year.sheet(key, visited_on="2025-03-01")
    now = publish_next()
    new = now.sheet(key, visited_on="2025-03-02", assessor_typed="นางอีกคน กรรมการ")
    with serving(now.home) as server:
        phone = new_phone(now.home, server)
        for xml in (new, old, application):
            send(phone, xml)
    case = only_case(now.home)
    scores = case.assessment.scores
    assert scores is not None
    assert scores.form_version == now.forms[names.ONSITE].version
    assert TAKEN_OUT not in {i.code for i in scores.indicators}
    assert scores.percent == 10_000  # each full by its own rules, out of other marks or not
    assert {"sheet.other_version", "sheet.indicator_gone"} <= codes(case)
    assert scores.full == score_sheet(now.home.pack.standard(LEADER), {}).full
    lay_out.do(now.home)


def test_a_new_pack_that_gives_the_same_form_is_the_rules_of_that_form(home: Home, tmp_path: Path) -> None:
    Field.of(home, tmp_path / "phone")
    corrected = home.pack.model_copy(update={"id": "corrected"})
    again = Home(**{**vars(home), "pack": corrected, "pack_digest": "0" * 64})
    for form in build_forms(corrected, home.province, "odk"):
        put_form(again, form)
    version = build_forms(corrected, home.province, "odk")[0].version
    assert Packs(home).of(names.APPLICATION, version).id == "corrected"
