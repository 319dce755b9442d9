"""`status` tells of a condition whose day has passed, and of a deferral whose meeting was held."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mochocho.app.status import resolutions_due, status_figures
from mochocho.app.status.cures import of_person, to_come_back
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.decisions.decision import of_resolution
from processing.decisions.recorder import record_decisions
from processing.register import register_forms
from tests.integration import province_mirror as mirror

ONE, TWO = mirror.ENTITY.format(1), mirror.ENTITY.format(2)
DISTRICT = "คณะกรรมการตรวจประเมินอำเภอตัวอย่าง"
MET, DUE = date(2025, 4, 10), date(2025, 5, 30)
PASSED = Resolution(Gate.DISTRICT, Outcome.PASS, DISTRICT, "1/2568", MET, recorded_by="นางบันทึก ตัวอย่าง")
CONDITIONAL = replace(PASSED, outcome=Outcome.CONDITIONAL, condition="ส่งแผนปีหน้า", due=DUE)
DEFERRED = replace(PASSED, outcome=Outcome.DEFERRED, reason="รอเอกสาร", deferred_to="2/2568")


@pytest.fixture
def province(any_home: Home) -> Home:
    """Two units, registered."""
    mirror.send(any_home, mirror.application(any_home, 1), mirror.application(any_home, 2))
    register_forms.run(any_home)
    return any_home


def resolved(home: Home, *resolutions: tuple[str, Resolution]) -> None:
    record_decisions(home, [of_resolution(key, one) for key, one in resolutions])
    assess.do(home, assess.due(home))


def told(home: Home, today: date) -> dict[str, int]:
    every = [(case.application.name, case.assessment) for case in cases.cases(home)]
    with reading(home.engine) as session:
        return {code: count for code, _, count in resolutions_due.due(home, session, every, today)}


def codes(home: Home) -> Iterable[str]:
    return [one.code for one in status_figures.look(home).come_back]


def test_a_condition_is_told_the_day_after_and_no_more_once_it_was_met(province: Home) -> None:
    resolved(province, (ONE, CONDITIONAL), (TWO, PASSED))
    assert told(province, DUE) == {}
    assert told(province, date(2025, 5, 31)) == {resolutions_due.CONDITION: 1}
    assert resolutions_due.CONDITION in codes(province)
    met = replace(PASSED, meeting_no="2/2568", meeting_date=date(2025, 6, 5), reason="ทำครบตามเงื่อนไขแล้ว")
    resolved(province, (ONE, met))
    assert told(province, date(2025, 7, 1)) == {}


def test_a_deferral_is_told_once_its_meeting_was_held_without_it(province: Home) -> None:
    resolved(province, (ONE, DEFERRED))
    assert told(province, date(2026, 1, 1)) == {}
    later = replace(PASSED, meeting_no="2/2568", meeting_date=date(2025, 6, 5))
    resolved(province, (TWO, replace(later, committee=f"{DISTRICT}อื่น")))
    assert told(province, date(2026, 1, 1)) == {}  # another committee's meeting of that number
    resolved(province, (TWO, replace(later, reason="ทบทวนแล้ว")))
    assert told(province, date(2025, 6, 5)) == {}
    assert told(province, date(2025, 6, 6)) == {resolutions_due.DEFERRAL: 1}
    now = status_figures.look(province)
    (line,) = to_come_back(now)
    assert "2/2568" in line.th
    assert "put off to a meeting that is over" in line.en
    assert "`mochocho decide`" in line.en
    assert list(of_person(now, datetime.now(UTC), ("assess",))) == []  # `run` has nothing left to do
