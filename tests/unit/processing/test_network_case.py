"""The case of source 002: a network of volunteers with 3 meetings, 70 %, 2 and 2 activities (rules.md 37).

The source leaves two things open; a pack answers both. Whether the 70 % are of each meeting or of all of them
together is `attendance`; whether "at least 2" covers the activities that answer problems as well as those
with partners is the threshold of the former, 2 or 1.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.words.model import (
    ApplicantType,
    HeldMeeting,
    OwnWork,
    Round,
    Scores,
    ScoreSheet,
    SelfAssessment,
)
from processing.assessment.evaluate import Inputs, Rules, evaluate
from processing.scoring import attendance
from tests.pins.applicants import HOME, MEASURED, application

NETWORK = ApplicantType.NETWORK
COMMITTEE, RULES_OF_ORDER, MEETINGS, ATTENDED = "N1.1.1", "N1.1.2", "N1.2.1", "N1.2.2"
CAPACITY, PROBLEMS, PARTNERS = "N2.1.1", "N3.1.1", "N3.2.1"
ASKED = (COMMITTEE, RULES_OF_ORDER, MEETINGS, ATTENDED, CAPACITY, PROBLEMS, PARTNERS)
MEMBERS = 40
READINGS = tuple(product(("together", "each"), (1, 2)))
SAMPLE = load_pack("2568-sample").pack


def pack(read: str = "together", problems: int = 1) -> Pack:
    """The pack of one reading. `read`: of the 70 %; `problems`: activities that answer problems."""
    content = SAMPLE.model_dump(mode="json") | {"id": "khlong-khlung"}
    network = next(one for one in content["standards"] if one["code"] == NETWORK)
    for dimension in network["dimensions"]:
        for component in dimension["components"]:
            for indicator in component["indicators"]:
                if indicator["code"] == ATTENDED:
                    indicator["attendance"] = read
                if indicator["code"] == PROBLEMS:
                    indicator["measure"]["threshold"] = problems
    return Pack.model_validate(content)


def held(*present: int) -> tuple[HeldMeeting, ...]:
    return tuple(HeldMeeting(date(2025, 2, day), count, MEMBERS) for day, count in enumerate(present, 1))


def year(
    criteria: Pack, present: Sequence[int], capacity: int = 2, problems: int = 1, partners: int = 2
) -> Scores:
    """The network's own assessment of its year, as its form and the criteria give it."""
    standard = criteria.standard(NETWORK)
    (indicator,) = (i for i in standard.indicators if i.code == ATTENDED)
    meetings = held(*present)
    answers = {
        COMMITTEE: 1,
        RULES_OF_ORDER: 1,
        MEETINGS: len(meetings),
        ATTENDED: attendance.as_read(indicator, meetings),
        CAPACITY: capacity,
        PROBLEMS: problems,
        PARTNERS: partners,
    }
    after = SelfAssessment("a", "a-1", "1", "k", Round.SELF_AFTER, None, date(2025, 3, 1), answers)
    own = assessed(criteria, replace(after, meetings={ATTENDED: meetings}))
    return own.rounds[0].scores


def assessed(criteria: Pack, form: SelfAssessment) -> OwnWork:
    rules = Rules(criteria, {HOME: "คลองขลุง"}, lambda _form, _version: criteria)
    inputs = Inputs("d", application(NETWORK), self_assessments=(form,), measurements=MEASURED)
    counted = evaluate(inputs, rules).counted
    assert counted is not None
    return counted.own


def unmet(scores: Scores) -> list[str]:
    return [i.code for i in scores.indicators if i.code in ASKED and not i.passed]


@pytest.mark.parametrize(("read", "problems"), READINGS)
def test_what_the_source_asks_for_is_met_however_it_is_read(read: str, problems: int) -> None:
    """3 meetings of 28 of 40, 2 for capacity, 2 that answer problems, 2 with partners: the least of each."""
    scores = year(pack(read, problems), (28, 28, 28), problems=2)
    assert unmet(scores) == []
    assert all(i.points == i.full for i in scores.indicators if i.code in ASKED)


@pytest.mark.parametrize(
    ("what", "missing"),
    [
        ({"present": (40, 40)}, MEETINGS),
        ({"present": (27, 28, 28)}, ATTENDED),
        ({"capacity": 1}, CAPACITY),
        ({"problems": 0}, PROBLEMS),
        ({"partners": 1}, PARTNERS),
    ],
)
@pytest.mark.parametrize(("read", "problems"), READINGS)
def test_one_less_of_anything_is_not_enough_however_it_is_read(
    read: str, problems: int, what: dict[str, object], missing: str
) -> None:
    found = year(pack(read, problems), **{"present": (28, 28, 28), "problems": 2, **what})  # type: ignore[arg-type]
    assert unmet(found) == [missing]


def test_a_meeting_of_few_is_made_up_for_by_others_only_if_all_are_taken_together() -> None:
    """24, 30 and 32 of 40 are 71 % together, and 60 % at the first."""
    assert unmet(year(pack("together"), (24, 30, 32))) == []
    each = year(pack("each"), (24, 30, 32))
    assert unmet(each) == [ATTENDED]
    (score,) = (i for i in each.indicators if i.code == ATTENDED)
    assert (score.answer, score.points) == (60, Fraction(500 * 60, 70))


def test_two_covers_the_activities_that_answer_problems_only_if_the_pack_says_so() -> None:
    assert unmet(year(pack(problems=1), (28, 28, 28), problems=1)) == []
    assert unmet(year(pack(problems=2), (28, 28, 28), problems=1)) == [PROBLEMS]
    assert unmet(year(pack(problems=2), (28, 28, 28), problems=2)) == []


def test_the_meetings_that_are_too_low_are_named_where_all_are_taken_together() -> None:
    few = SelfAssessment("a", "a-1", "1", "k", Round.SELF_AFTER, None, date(2025, 3, 1), {ATTENDED: 71})
    low = replace(few, meetings={ATTENDED: held(24, 30, 32)})
    said = {read: [f.code for f in assessed(pack(read), low).remarks] for read in ("together", "each")}
    assert "self_assessment.meetings_below" in said["together"]
    assert "self_assessment.meetings_below" not in said["each"]


def test_an_assessor_types_one_percentage_whatever_the_reading() -> None:
    """The committee reads the attendance lists itself; its answer is no computation."""
    standard = SAMPLE.standard(NETWORK)
    answers = {i.code: 70 if i.code == ATTENDED else None for i in standard.indicators}
    sheet = ScoreSheet("s", "s-1", "1", "k", "นายตรวจ", date(2025, 4, 1), answers)
    for read in ("together", "each"):
        criteria = pack(read)
        rules = Rules(criteria, {HOME: "คลองขลุง"}, lambda _f, _v, own=criteria: own)  # type: ignore[misc]
        scores = evaluate(Inputs("d", application(NETWORK), sheets=(sheet,)), rules).scores
        assert scores is not None
        assert next(i.points for i in scores.indicators if i.code == ATTENDED) == 500


READ = {
    read: next(i for i in pack(read).standard(NETWORK).indicators if i.code == ATTENDED)
    for read in ("each", "together")
}


@given(st.lists(st.integers(0, MEMBERS), min_size=1, max_size=12))
def test_each_is_never_above_together(present: list[int]) -> None:
    each, together = (attendance.as_read(indicator, held(*present)) for indicator in READ.values())
    assert each is not None
    assert together is not None
    assert each == min(present) * 100 // MEMBERS
    assert each <= together
