"""No assessor is told another's answers until all sheets are in or the chair closes the round."""

from dataclasses import replace
from typing import Any

import pytest

from mochocho.words.model import ApplicantType, Assessment, Round, ScoreSheet
from processing.assessment.evaluate import Inputs, evaluate
from processing.decisions.acceptable import Known, refusals
from processing.decisions.decided import Decided
from processing.decisions.decision import Closed, Decision, Kind
from processing.findings.catalogue import ENTRIES
from processing.scoring.named_committee import Member, Role
from processing.scoring.reconcile import TELLING
from tests.pins.applicants import MEASURED, NAMED, application, item, plan, sheet

LEADER = ApplicantType.LEADER
ONE, TWO, THREE = sheet(LEADER, "นายหนึ่ง", 9), sheet(LEADER, "นางสอง", 3), sheet(LEADER, "นางสาม", 6)
FOUR = sheet(LEADER, "นายสี่", 6)


def closing(*sheets: ScoreSheet) -> Decided:
    came = tuple(one.root_id for one in sheets)
    return Decided.of([Decision(Kind.SHEETS_CLOSE, "k", Round.ONSITE.value, Closed(came), "ครบวัน", "ประธาน")])


def assessed(*sheets: ScoreSheet, **changes: Any) -> Assessment:
    return evaluate(Inputs("d", application(LEADER), sheets=sheets, measurements=MEASURED, **changes), NAMED)


def told(one: Assessment) -> set[str]:
    return {f.code for f in one.findings if f.code in (*TELLING, "sheet.contradicts", "sheet.awaited")}


def test_until_all_are_in_nothing_tells_one_answer_to_another() -> None:
    came = (plan(item(LEADER)),)
    held = assessed(ONE, TWO, plans=came)
    assert told(held) == {"sheet.awaited"}
    assert held.scores is not None
    assert held.scores.spreads == ()
    assert held.counted is not None
    assert held.counted.justifications == ()
    (awaited,) = [dict(f.values) for f in held.findings if f.code == "sheet.awaited"]
    assert awaited == {"came": 2, "awaited": ("นางสาม",)}


def test_the_last_sheet_opens_them() -> None:
    opened = assessed(ONE, TWO, THREE, plans=(plan(item(LEADER)),))
    assert "sheet.awaited" not in told(opened)
    assert {"score.unreconciled", "sheet.contradicts"} <= told(opened)
    assert opened.scores is not None
    assert opened.scores.spreads
    assert opened.counted is not None
    assert opened.counted.justifications


def test_a_declared_interest_is_waited_for_no_longer() -> None:
    declared = replace(THREE, interest="ญาติ", answers={})
    assert "sheet.awaited" not in told(assessed(ONE, TWO, declared))


def test_the_chair_closes_and_what_comes_later_does_not_count() -> None:
    closed = assessed(ONE, TWO, decided=closing(ONE, TWO))
    late = assessed(ONE, TWO, THREE, decided=closing(ONE, TWO))
    assert "sheet.awaited" not in told(closed) | told(late)
    assert closed.scores is not None
    assert closed.scores.spreads
    assert late.scores == closed.scores
    assert [dict(f.values)["who"] for f in late.findings if f.code == "sheet.after_closing"] == ["นางสาม"]


def test_without_names_in_the_settings_everything_is_as_it_was() -> None:
    inputs = Inputs("d", application(LEADER), sheets=(ONE, TWO), measurements=MEASURED)
    assert "sheet.awaited" not in told(evaluate(inputs, replace(NAMED, members=())))


def test_a_sheet_by_somebody_who_is_not_of_the_committee_is_asked_about_and_counts() -> None:
    found = assessed(ONE, TWO, THREE, FOUR)
    assert [dict(f.values)["who"] for f in found.findings if f.code == "sheet.not_of_committee"] == ["นายสี่"]
    assert found.scores is not None
    assert "นายสี่" in found.scores.assessors


@pytest.mark.parametrize("title", ["นาย หนึ่ง", "นายหนึ่ง ", "หนึ่ง"])
def test_a_member_is_one_however_the_name_is_spaced(title: str) -> None:
    found = assessed(replace(ONE, assessor=title), TWO, THREE)
    assert not any(f.code == "sheet.not_of_committee" for f in found.findings)


def test_another_districts_members_are_not_waited_for() -> None:
    elsewhere = Member("นายไกล", Round.ONSITE, Role.MEMBER, ("5702",))
    rules = replace(NAMED, members=(*NAMED.members, elsewhere))
    inputs = Inputs("d", application(LEADER), sheets=(ONE, TWO, THREE), measurements=MEASURED)
    assert "sheet.awaited" not in told(evaluate(inputs, rules))


@pytest.mark.parametrize(
    ("about", "sheets", "reason", "parts"),
    [
        ("onsite", ("r",), "ครบวัน", []),
        ("provincial", ("r",), "ครบวัน", []),
        ("onsite", ("r",), " ", ["reason"]),
        ("onsite", (), "ครบวัน", ["about"]),
        ("self_after", ("r",), "ครบวัน", ["about"]),
        ("", ("r",), "ครบวัน", ["about"]),
    ],
)
def test_what_a_closing_must_say(about: str, sheets: tuple[str, ...], reason: str, parts: list[str]) -> None:
    decision = Decision(Kind.SHEETS_CLOSE, "k", about, Closed(sheets), reason, "นางประธาน ตัวอย่าง")
    assert [one.part for one in refusals(decision, 2568, Known())] == parts


def test_the_field_is_told_nothing_of_score_sheets() -> None:
    sheets = [one for one in ENTRIES if one.code.startswith(("sheet.", "score."))]
    assert sheets
    assert not [one.code for one in sheets for wording in one.wordings if wording.field]
