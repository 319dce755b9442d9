"""Two people decide in one matter: the second is shown what the first recorded, and nothing is doubled."""

import pickle
from datetime import date

import pytest

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions.decision import Decision, Kind, of_resolution
from processing.decisions.recorded import about_applicant, last_number
from processing.decisions.recorder import Overtaken, Recorded, record_decisions
from tests.integration.registered import put

ONE, OTHER = "นางหนึ่ง ตัวอย่าง", "นายสอง ตัวอย่าง"
DISTRICT = "คณะกรรมการตรวจประเมินอำเภอตัวอย่าง"


@pytest.fixture
def office(any_home: Home) -> Home:
    """Two applicants, and a withdrawal of the first that was taken back: the chain is not new."""
    put(any_home, 1, 2)
    (withdrawn,) = record_decisions(any_home, [Decision(Kind.WITHDRAW, "k1", reason="ย้าย", recorded_by=ONE)])
    record_decisions(any_home, [back(withdrawn)])
    return any_home


def back(recorded: Recorded, by: str = ONE) -> Decision:
    number = recorded.decision.number
    return Decision(
        Kind.REVOKE, recorded.decision.applicant_key, reason="กลับมา", recorded_by=by, undoes=number
    )


def resolved(key: str, outcome: Outcome, by: str, reason: str = "") -> Decision:
    resolution = Resolution(
        Gate.DISTRICT, outcome, DISTRICT, "1/2568", date(2025, 4, 10), reason, recorded_by=by
    )
    return of_resolution(key, resolution)


def shown(home: Home) -> int:
    with reading(home.engine) as session:
        return last_number(session)


def chain(home: Home, key: str) -> int:
    with reading(home.engine) as session:
        return len(about_applicant(session, key))


def test_the_second_is_told_who_decided_and_nothing_of_the_lot_is_recorded(office: Home) -> None:
    looked = shown(office)
    (first,) = record_decisions(office, [resolved("k1", Outcome.PASS, ONE)], shown=looked)
    both = [
        resolved("k2", Outcome.PASS, OTHER),
        resolved("k1", Outcome.FAIL, OTHER, "ผลงานยังไม่ต่อเนื่อง"),
    ]
    with pytest.raises(Overtaken, match=ONE) as overtaken:
        record_decisions(office, both, shown=looked)
    assert overtaken.value.later == first.decision
    assert pickle.loads(pickle.dumps(overtaken.value)).later == first.decision
    assert chain(office, "k2") == 0
    record_decisions(office, both, shown=shown(office))
    assert (chain(office, "k1"), chain(office, "k2")) == (4, 1)


def test_the_same_decision_sent_again_is_no_other(office: Home) -> None:
    looked = shown(office)
    assert record_decisions(office, [resolved("k1", Outcome.PASS, ONE)], shown=looked)
    assert record_decisions(office, [resolved("k1", Outcome.PASS, OTHER)], shown=looked) == ()
    assert chain(office, "k1") == 3


def test_another_matter_and_another_applicant_stand_in_nobodys_way(office: Home) -> None:
    looked = shown(office)
    record_decisions(office, [resolved("k1", Outcome.PASS, ONE)], shown=looked)
    assert record_decisions(office, [resolved("k2", Outcome.PASS, OTHER)], shown=looked)
    leaving = Decision(Kind.WITHDRAW, "k1", reason="ย้าย", recorded_by=OTHER)
    assert record_decisions(office, [leaving], shown=looked)


def test_what_was_undone_meanwhile_is_shown_too(office: Home) -> None:
    (passed,) = record_decisions(office, [resolved("k1", Outcome.PASS, ONE)])
    looked = shown(office)
    (undone,) = record_decisions(office, [back(passed)], shown=looked)
    with pytest.raises(Overtaken) as overtaken:
        record_decisions(office, [resolved("k1", Outcome.FAIL, OTHER, "ไม่พบผลงาน")], shown=looked)
    assert overtaken.value.later == undone.decision


def test_who_takes_back_an_earlier_one_is_told_of_the_later_one(office: Home) -> None:
    (passed,) = record_decisions(office, [resolved("k1", Outcome.PASS, ONE)])
    looked = shown(office)
    (failed,) = record_decisions(office, [resolved("k1", Outcome.FAIL, OTHER, "ไม่พบผลงาน")], shown=looked)
    with pytest.raises(Overtaken) as overtaken:
        record_decisions(office, [back(passed)], shown=looked)
    assert overtaken.value.later == failed.decision
