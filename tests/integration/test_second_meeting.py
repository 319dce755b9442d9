"""A second meeting of the province's committee in a year is about whom the first has not settled."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.decisions import recorded, recorder
from processing.decisions.decision import Decision, Kind
from processing.meetings import kept, packet_meeting
from processing.meetings.meeting import Level, Meeting
from processing.register import register_forms
from processing.releases.printed_now import printed_now
from processing.releases.release import Stands
from processing.releases.release_changes import changes_between
from processing.sittings.presented_units import presented_units
from reports.lint.examined_home import examined
from reports.packet import after_meeting, needed_sheets
from reports.packet.before_meeting import papers, write
from reports.packet.in_word.front_papers import front_papers
from reports.packet.make_packet import make_packet
from tests.integration import province_mirror as mirror

BY = "นางสาวสมมุติ ตัวอย่าง"
FIRST = Meeting(
    Level.PROVINCE, "1/2568", day=date(2025, 5, 1), starts="09:00", ends="12:00", place="ห้องประชุม"
)
SECOND = replace(FIRST, number="2/2568", day=date(2025, 6, 10))
PASSED = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ครบ", BY)
CERTIFIED = replace(PASSED, gate=Gate.PROVINCE, meeting_date=FIRST.day or date.max)
KEYS = [mirror.ENTITY.format(n) for n in range(1, 6)]


def resolve(home: Home, **resolutions: Resolution) -> None:
    """By the number of the applicant: `_1`."""
    recorder.record(home, {KEYS[int(name[1:]) - 1]: one for name, one in resolutions.items()})
    assess.do(home, assess.due(home))


def keep(home: Home, meeting: Meeting) -> None:
    with transaction(home.engine) as session:
        kept.keep(session, meeting, BY)


@pytest.fixture
def office(any_home: Home) -> Home:
    """A district passed four of five units; the first meeting certified one, refused one, put one off, and
    certified one on a condition.
    """
    mirror.send(any_home, *(mirror.application(any_home, n) for n in range(1, 6)))
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    keep(any_home, FIRST)
    resolve(any_home, _1=PASSED, _2=PASSED, _3=PASSED, _4=PASSED)
    resolve(
        any_home,
        _1=CERTIFIED,
        _2=replace(CERTIFIED, outcome=Outcome.FAIL, reason="คะแนนไม่ถึงเกณฑ์"),
        _3=replace(CERTIFIED, outcome=Outcome.DEFERRED, reason="รอบัญชี", deferred_to="2/2568"),
        _4=replace(CERTIFIED, outcome=Outcome.CONDITIONAL, condition="ส่งบัญชี", due=date(2025, 5, 30)),
    )
    return any_home


def text_of(pdf: Path) -> str:
    with pymupdf.open(pdf) as document:
        return "".join(page.get_text() for page in document)


def presented(home: Home, meeting: Meeting) -> set[str]:
    """Applicants that the portal's sitting and the lint take to be on the table: the same."""
    with reading(home.engine) as session:
        found = {one.key for units in presented_units(session, meeting).values() for one in units}
    assert found == {unit.key for unit in examined(home, meeting).units}
    return found


def dossiers(home: Home) -> list[str]:
    """Names in the outline of the packet."""
    (pdf,) = make_packet(home, home.settings.packet_dir).pdfs
    with pymupdf.open(pdf) as document:
        return sorted(title.split(maxsplit=1)[1] for level, title, _ in document.get_toc() if level > 1)


def names(*numbers: int) -> list[str]:
    return sorted(f"กลุ่มทอผ้าตัวอย่าง {'๐๑๒๓๔๕๖๗๘๙'[n]}" for n in numbers)


def test_the_second_packet_is_of_whom_the_first_meeting_has_not_settled(office: Home) -> None:
    assert presented(office, FIRST) == {*KEYS[:4]}
    assert dossiers(office) == names(1, 2, 3, 4)
    keep(office, SECOND)
    assert packet_meeting.of_home(office) == SECOND
    assert presented(office, SECOND) == {*KEYS[2:4]}
    assert dossiers(office) == names(3, 4)
    text = text_of(office.settings.packet_dir / "packet.pdf")
    assert "จำนวนทั้งสิ้น ๒ หน่วยงาน" in " ".join(text.split())
    assert "ไม่รวม ๒ หน่วยงานที่คณะกรรมการมีมติแล้วในการประชุมครั้งก่อน" in " ".join(text.split())
    (_, _, listed) = front_papers(office)
    rows = [row for block in listed.blocks for row in block.cells][1:]
    assert sorted(row[1] for row in rows) == names(3, 4)
    assert {row[-1] for row in rows} == {""}, "what the first meeting left over is resolved now"
    assert text.count("ไม่รับรอง") == 2, "each dossier has boxes for it"


def test_papers_before_the_meeting_count_the_same_units(office: Home, tmp_path: Path) -> None:
    keep(office, SECOND)
    memo = next(one for one in papers(office, SECOND) if "บันทึก" in one.name)
    assert "๒ หน่วยงาน" in " ".join(block.text for block in memo.blocks)
    sheets = [path for path in write(office, SECOND, tmp_path) if "score" in path.name]
    said = " ".join("".join(map(text_of, sheets)).split())
    assert all((name in said) == (name in names(3, 4)) for name in names(1, 2, 3, 4))


def test_minutes_count_whom_the_agenda_did_before_anything_is_resolved_and_after(
    office: Home, tmp_path: Path
) -> None:
    def said(meeting: Meeting) -> str:
        first = next(after_meeting.write(office, meeting, tmp_path))
        return " ".join(text_of(first).split())

    keep(office, SECOND)
    assert "จำนวนทั้งสิ้น ๔ หน่วยงาน" in said(FIRST)
    assert "จำนวนทั้งสิ้น ๒ หน่วยงาน" in said(SECOND), "none is resolved"
    resolve(office, _4=replace(CERTIFIED, meeting_no="2/2568", meeting_date=SECOND.day or date.max))
    assert "จำนวนทั้งสิ้น ๒ หน่วยงาน" in said(SECOND), "one of two is"


def test_a_resolution_that_is_taken_back_puts_its_unit_on_the_table_again(office: Home) -> None:
    keep(office, SECOND)
    assert dossiers(office) == names(3, 4)
    before = needed_sheets.state(office)
    with reading(office.engine) as session:
        (held,) = [
            one
            for one in recorded.holding(session, (Kind.RESOLUTION,), KEYS[1:2])
            if one.about == Gate.PROVINCE
        ]
    back = Decision(Kind.REVOKE, KEYS[1], reason="มีผู้คัดค้าน", recorded_by=BY, undoes=held.number)
    recorder.record_decisions(office, [back])
    assess.do(office, assess.due(office))
    assert needed_sheets.state(office) != before
    assert dossiers(office) == names(2, 3, 4)
    assert presented(office, SECOND) == {*KEYS[1:4]}


def test_who_is_settled_by_the_second_meeting_stays_in_its_packet(office: Home) -> None:
    keep(office, SECOND)
    resolve(office, _4=replace(CERTIFIED, meeting_no="2/2568", meeting_date=SECOND.day or date.max))
    assert dossiers(office) == names(3, 4)


def test_what_was_released_for_the_first_meeting_does_not_change_with_the_second(office: Home) -> None:
    with reading(office.engine) as session:
        before = printed_now(office, session, FIRST)
    keep(office, SECOND)
    with reading(office.engine) as session:
        assert changes_between(before, printed_now(office, session, FIRST)) == ()
        second = printed_now(office, session, SECOND)
    stands = {unit.key: unit.stands for unit in second.units}
    assert [stands[key] for key in KEYS] == [
        *(Stands.SETTLED, Stands.SETTLED, Stands.DOSSIER, Stands.DOSSIER, Stands.WAITING)
    ]


def test_a_first_meeting_without_resolutions_settles_nothing(any_home: Home) -> None:
    mirror.send(any_home, *(mirror.application(any_home, n) for n in range(1, 3)))
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    keep(any_home, FIRST)
    resolve(any_home, _1=PASSED, _2=PASSED)
    keep(any_home, SECOND)
    assert presented(any_home, SECOND) == {*KEYS[:2]}
    assert len([*cases.cases(any_home)]) == 2
