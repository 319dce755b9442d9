"""Enketo in Chromium fills in every form as JavaRosa (ODK Collect) does; the server scores both alike.

ODK Web Forms is compared with JavaRosa in test_engines_agree.py, so all three agree. hypothesis chooses the
answers: always 5 fills per form, 100 per form and profile with `pytest -m long`.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from mochocho.words.model import ApplicantType
from tests.engines.engines import Answer, Outcome, Round, enketo, javarosa, web_forms
from tests.engines.fills import fills
from tests.engines.questions import Description, describe
from tests.engines.world import APPLICANTS, form_path
from tests.headless import answers
from tests.integration.test_engines_agree import (
    GPS,
    as_read,
    differences,
    scores_of_the_server,
    scores_on_the_phone,
    to_be_matched,
    unnumbered,
)
from xlsforms.build import FORMS
from xlsforms.built import Profile

CI_FILLS = 3
USUAL = [pytest.param(form_id, "kobo", CI_FILLS) for form_id in FORMS.values()]
LONG = [
    pytest.param(form_id, profile, 100, marks=pytest.mark.long)
    for form_id in FORMS.values()
    for profile in ("odk", "kobo")
]


@pytest.mark.parametrize(("form_id", "profile", "number"), [*USUAL, *LONG])
def test_enketo_agrees_with_collect_and_the_server(form_id: str, profile: Profile, number: int) -> None:
    form = form_path(form_id, profile)
    described = describe(form)
    accepted = 0

    @settings(
        max_examples=number,
        database=None,
        derandomize=number == CI_FILLS,
        suppress_health_check=list(HealthCheck),
    )
    @given(rounds=fills(form).map(partial(trimmed, form=described)), location=st.sampled_from(["", GPS]))
    def agree(rounds: list[Round], location: str) -> None:
        nonlocal accepted
        collect, web = (engine.fill(form, rounds, location) for engine in (javarosa(), enketo()))
        assert differences(plain(collect, described), plain(web, described), described) == {}
        read = as_read(form_id, web)
        assert read == as_read(form_id, collect)
        if not web.refused and not to_be_matched(web):
            accepted += 1
            assert not isinstance(read, str), f"Enketo accepts what the server refuses: {read}"
            assert scores_on_the_phone(web) == scores_of_the_server(read, web)

    agree()
    assert accepted >= number // 5  # else little was compared with the server


def trimmed(rounds: Sequence[Round], form: Description) -> list[Round]:
    """What people type as Enketo keeps it: without white space at its ends, a browser's field on one line."""
    several = {question.name for question in form.questions if question.multiline}
    return [
        replace(
            each, answers={name: _trimmed(answer, name in several) for name, answer in each.answers.items()}
        )
        for each in rounds
    ]


def _trimmed(answer: Answer, multiline: bool) -> Answer:
    if isinstance(answer, str):
        return _kept(answer, multiline)
    if answer is None or isinstance(answer, int):
        return answer
    return [_kept(one, multiline) if isinstance(one, str) else one for one in answer]


def _kept(typed: str, multiline: bool) -> str:
    return typed.strip() if multiline else re.sub(r"[\r\n]", "", typed.strip())


def plain(outcome: Outcome, form: Description) -> Outcome:
    """Without what Enketo does in every form: it trims what is computed, marks what is a file, and leaves an
    empty round of a repeat that is not asked for any more.
    """
    files = {f"{path}/@type" for path, kind in form.kinds.items() if kind == "binary"}
    nodes = {path: value.strip() for path, value in outcome.nodes.items() if unnumbered(path) not in files}
    rounds = {path: _round_of(path, form) for path in nodes}
    filled = {rounds[path] for path, value in nodes.items() if value}
    return replace(outcome, nodes={p: v for p, v in nodes.items() if not rounds[p] or rounds[p] in filled})


def _round_of(path: str, form: Description) -> str:
    """The round of a repeat in which this stands, else ''."""
    names = "|".join(form.repeats) or "(?!)"
    found = re.match(rf".*/({names})(\[\d+\])?(?=/|$)", path)
    return found[0] if found else ""


def test_42_of_60_with_thirds_is_42_in_every_engine() -> None:
    group = next(a for a in APPLICANTS if a["applicant_type"] == ApplicantType.GROUP)
    form = form_path("mochocho_onsite", "kobo")
    given = {**answers.onsite(group["name"], answers.THIRDS), "assessor": "a1"}
    for engine in (javarosa(), web_forms(), enketo()):
        filled = engine.fill(form, [Round(given)], GPS)
        shown = {name: filled.nodes[f"/data/{name}"] for name in ("total", "full", "percent")}
        assert (shown, filled.refused) == ({"total": "4200", "full": "6000", "percent": "7000"}, {})
        texts = [filled.nodes[f"/data/{name}_text"] for name in ("total", "full", "percent")]
        assert texts == ["42.00", "60.00", "70.00"]
        read = as_read("mochocho_onsite", filled)
        assert (read.phone_exact, read.phone_total) == (42, 4200)


@pytest.mark.long
def test_an_interest_declared_after_the_marks_leaves_no_total() -> None:
    form = form_path("mochocho_onsite", "kobo")
    rounds = find(
        fills(form).map(partial(trimmed, form=describe(form))),
        lambda some: len(some) == 1 and _all_marks(javarosa().fill(form, some, "")),
        settings=settings(database=None, suppress_health_check=list(HealthCheck)),
        random=random.Random(1),
    )
    declared = replace(rounds[0], answers={**rounds[0].answers, "conflict": "yes", "conflict_why": "ญาติ"})
    for engine in (javarosa(), enketo()):
        filled = engine.fill(form, [*rounds, declared], "").nodes
        assert [filled.get(f"/data/{name}", "") for name in ("total", "full", "percent")] == ["", "", ""]
        assert [filled[f"/data/{name}_text"] for name in ("total", "full", "percent")] == ["-", "-", "-"]


def _all_marks(outcome: Outcome) -> bool:
    return bool(outcome.nodes.get("/data/total"))
