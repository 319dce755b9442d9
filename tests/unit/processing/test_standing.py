"""Where an applicant stands: the gate to pass next, the months, and by what it is sought."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import (
    ApplicantType,
    Application,
    Assessment,
    Counted,
    Gate,
    GateResult,
    GateState,
    NotPresented,
    Outcome,
    Resolution,
    Round,
    SelfAssessment,
    SelfRound,
)
from processing.scoring import score
from processing.standings.standing import (
    NO_MONTH,
    awaits,
    letters,
    place,
    sought,
    standing_of,
    stands_at,
    states_of,
)
from processing.standings.standing_list import words
from tests.unit.reports.made_cases import PACK

STATES = st.lists(st.sampled_from(GateState), min_size=8, max_size=8).map(tuple)


@pytest.mark.parametrize(
    ("stored", "gate"),
    [
        ("nnnnnnnn", Gate.ELIGIBLE),
        ("ppnnnnnn", Gate.SELF_BEFORE),
        ("pfnnnnnn", Gate.DOCUMENTS),
        ("pfpppnnn", Gate.DOCUMENTS),  # what came later opens nothing before it
        ("ppnnnpnn", Gate.PROVINCE),  # nothing was received for the three between: they block nobody
        ("ppnnnfnn", Gate.DISTRICT),
        ("ppnnnppn", Gate.ANNOUNCED),
        ("pfnnnpnn", Gate.PROVINCE),  # the committee passed it against the evidence
        ("pppppppd", Gate.ANNOUNCED),
        ("ppnnnpdn", Gate.PROVINCE),
        ("pppppppp", None),
    ],
)
def test_the_gate_it_stands_at(stored: str, gate: Gate | None) -> None:
    assert stands_at(states_of(stored)) is gate


@pytest.mark.parametrize(
    ("stored", "gate"),
    [
        ("ppnnnnnn", Gate.DISTRICT),
        ("pppppnnn", Gate.DISTRICT),
        ("pfpppnnn", None),
        ("ppfnnnnn", None),
        ("pnpppnnn", None),
        ("ppnnnfnn", None),  # it has resolved
        ("ppnnndnn", None),  # and will again, at a meeting to come
        ("ppnnnpnn", Gate.PROVINCE),
        ("pfnnnpnn", Gate.PROVINCE),
        ("ppnnnppn", None),
        ("ppnnnpdn", None),
    ],
)
def test_the_committee_that_is_all_it_awaits(stored: str, gate: Gate | None) -> None:
    assert awaits(states_of(stored)) is gate


@given(STATES)
def test_nobody_stands_at_a_gate_that_is_passed(states: tuple[GateState, ...]) -> None:
    assert states_of(letters(states)) == states
    at = stands_at(states)
    if at is None:
        assert states[-1] is GateState.PASSED
    else:
        assert states[list(Gate).index(at)] is not GateState.PASSED


def assessment(**changes: object) -> Assessment:
    application = Application(
        key="k",
        root_id="r",
        instance_id="i",
        form_version="1",
        type=ApplicantType.GROUP,
        name="กลุ่มทอผ้าบ้านหนองบัว",
        district="5701",
        subdistrict="ตำบลเวียง",
        village="บ้านหนองบัว",
        applied_on=date(2025, 1, 15),
        eligibility={},
        documents={},
    )
    states = states_of("ppnnppnn")
    made = Assessment(
        key="k",
        digest="d",
        verdicts=(),
        eligibility=(),
        scores=None,
        gates=tuple(GateResult(gate, state) for gate, state in zip(Gate, states, strict=True)),
        findings=(),
        resolutions=(Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการ", "1/2568", date(2025, 4, 10)),),
        counted=Counted(application, ("i",)),
    )
    return replace(made, **changes)


def test_months_are_those_of_papers_and_meetings() -> None:
    made = assessment()
    after = SelfAssessment("r", "i", "1", "k", Round.SELF_AFTER, None, date(2025, 3, 2), {})
    empty = score.score_sheet(PACK.standard(ApplicantType.GROUP), {})
    assert made.counted is not None
    counted = replace(made.counted, own=replace(made.counted.own, rounds=(SelfRound(after, empty),)))
    months = standing_of(replace(made, counted=counted)).months
    assert months == ("2025-01", "2025-01", NO_MONTH, NO_MONTH, "2025-03", "2025-04", NO_MONTH, NO_MONTH)


def test_whoever_withdrew_waits_for_nobody() -> None:
    standing = standing_of(assessment(not_presented=NotPresented.WITHDRAWN))
    assert (standing.presented, standing.to_judge, standing.to_settle, standing.twice) == (False, 0, 0, False)


@pytest.mark.parametrize(
    "typed",
    ["กลุ่มทอผ้า", "ทอผ้าบ้านหนองบัว", "บ้านหนองบัว", "บ.หนองบัว", "ต.เวียง", "หนองบัว ทอผ้า", "กลุ่มทอผ้า บ้านหนองบัว"],
)
def test_sought_by_name_village_and_subdistrict(typed: str) -> None:
    made = assessment().counted
    assert made is not None
    held = sought(made.application)
    assert words(typed)
    assert all(word in held for word in words(typed))


def test_places_sort_as_a_dictionary_does() -> None:
    names = ["แม่ลาว", "กลุ่มข้าว", "เกษตร", "ไก่", "กา", "ขาว", "Ant", "1 กลุ่ม"]
    from mochocho.words.thai import sort_key

    assert sorted(names, key=place) == sorted(names, key=lambda name: sort_key(name)[0])
