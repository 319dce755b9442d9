"""`mochocho meeting lint` and `meeting schedule`, as an office uses them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home, open_home
from processing.meetings import kept
from processing.meetings.meeting import Agenda, Annex, Appointment, Letter, Level, Meeting, Pause, Schedule
from reports.lint.counted_mistakes import counted
from reports.lint.examined import Examined
from reports.lint.examined_home import examined
from reports.lint.lint_entry import Found
from reports.lint.lint_meeting import lint
from tests import builders
from tests.builders import uid
from tests.integration import commands

KEY = uid("applicant")
BY = "นางบันทึก ตัวอย่าง"
AN_HOUR = ("กำหนดการประชุมในวันพุธที่ ๒๓ เมษายน ๒๕๖๘ เวลา ๐๘.๓๐ - ๑๔.๓๐ น.",)
MEETING = Meeting(
    Level.PROVINCE,
    "1/2568",
    day=date(2025, 4, 23),
    starts="09:00",
    ends="14:30",
    place="ห้องประชุม",
    letter=Letter(
        number="ชร 0019.2/ว 96", day=date(2025, 4, 9), paragraphs=AN_HOUR, reply_by=date(2025, 4, 18)
    ),
    agenda=Agenda(),
    schedule=Schedule(15, pauses=(Pause("12:00", "13:00"),)),
    annexes=tuple(Annex(no, f"เอกสารแนบ {no}", "0" * 64, 1) for no in (1, 2, 3)),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province with one applicant whom its district passed, as the current folder."""
    commands.settings(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert call("status").exit_code == 0
    home = opened(tmp_path)
    builders.publish(home, builders.xform())
    builders.post(home, builders.application(), officer_id=builders.officer(home))
    home.engine.dispose()
    assert call("run").exit_code in (0, 3)
    words = ["--outcome", "pass", "--committee", "คณะกรรมการอำเภอ", "--meeting", "1/2568"]
    decided = call("decide", KEY, *words, "--date", "2025-04-20", "--reason", "ตรวจแล้ว")
    assert decided.exit_code == 0, decided.output
    assert call("assess").exit_code in (0, 3)
    return tmp_path


@pytest.fixture
def home(folder: Path) -> Iterator[Home]:
    found = opened(folder)
    yield found
    found.engine.dispose()


def opened(folder: Path) -> Home:
    return open_home(load_settings(folder / "mochocho.toml"))


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def keep(home: Home, meeting: Meeting) -> None:
    with transaction(home.engine) as session:
        kept.keep(session, meeting, BY)


def test_a_fault_is_told_with_its_place_and_mended_none_is_left(home: Home) -> None:
    keep(home, MEETING)
    told = call("--lang", "th", "meeting", "lint")
    assert told.exit_code == 1
    for words in ("ต้องแก้", "หนังสือเชิญประชุม", "letter.paragraphs.1", "hours.differ", "08.30 - 14.30"):
        assert words in told.stdout
    assert "ต้องแก้ 1 ข้อ" in told.stdout.splitlines()[-1]

    keep(home, replace(MEETING, starts="08:30"))
    mended = call("meeting", "lint", "province:1/2568")
    assert mended.exit_code == 0, mended.stdout
    assert "meeting.empty" in mended.stdout  # a warning: no members, nobody to sign
    assert mended.stdout.splitlines()[-1].startswith("meeting 1/2568: 0 errors")


def test_papers_signed_on_a_day_off_or_in_an_impossible_order_are_told(home: Home) -> None:
    signed = Appointment("9/2568", date(2025, 4, 8), "แต่งตั้งคณะกรรมการ")
    right = replace(MEETING, starts="08:30", appointment=signed, circular=Letter(day=date(2025, 3, 3)))
    keep(home, right)
    assert not any(code in call("meeting", "lint").stdout for code in ("date.day_off", "_letter"))

    saturday = replace(right.letter, day=date(2025, 4, 12))
    keep(home, replace(right, letter=saturday, circular=Letter(day=date(2025, 4, 6))))
    told = call("--lang", "th", "meeting", "lint")
    assert told.exit_code == 0  # to be looked at: some do sign on a Saturday
    assert "วันที่ของหนังสือเชิญ 12 เมษายน 2568 เป็นวันเสาร์" in told.stdout
    assert "วันที่ของหนังสือเปิดรอบ 6 เมษายน 2568 เป็นวันจักรี" in told.stdout

    keep(home, replace(right, appointment=replace(signed, day=date(2025, 4, 10))))
    told = call("meeting", "lint")
    assert (told.exit_code, "date.appointed_after_letter" in told.stdout) == (0, True)
    keep(home, replace(right, circular=Letter(day=date(2025, 4, 10))))
    told = call("meeting", "lint")
    assert (told.exit_code, "date.circular_after_letter" in told.stdout) == (1, True)


def test_the_packet_tells_how_much_is_to_be_mended(home: Home) -> None:
    bound = replace(MEETING, annexes=tuple(replace(one, sha256=_page(home)) for one in MEETING.annexes))
    keep(home, bound)
    made = call("packet")
    assert "1 errors to mend before signing; `mochocho meeting lint` says where and how" in made.stdout
    keep(home, replace(bound, starts="08:30", place="ห้องประชุมใหญ่"))
    told = call("meeting", "lint")
    assert (told.exit_code, "papers.older" in told.stdout) == (1, True)


def test_mistakes_are_counted_again_only_where_something_is_another(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Examined] = []

    def told(one: Examined) -> tuple[Found, ...]:
        looked.append(one)
        return lint(one)

    monkeypatch.setattr("reports.lint.lint_meeting.lint", told)
    keep(home, MEETING)
    first = [counted(home, MEETING) for _ in range(2)]
    assert first[0] == first[1]
    assert (len(looked), first[0].errors > 0) == (1, True)
    mended = replace(MEETING, starts="08:30")
    keep(home, mended)
    assert counted(home, mended).errors == first[0].errors - 1
    assert counted(home, MEETING) != counted(home, mended)
    (home.cache_dir / "mistakes.json").write_bytes(b"[")
    assert counted(home, mended).errors == first[0].errors - 1, "cut off by a power cut"


def _page(home: Home) -> str:
    """An empty page in the store, by its sha256."""
    with pymupdf.open() as paper:
        paper.new_page()
        return home.store.put(paper.tobytes(no_new_id=True))


def test_the_unit_that_its_district_passed_lies_before_the_province(home: Home) -> None:
    (unit,) = examined(home, MEETING).units
    assert (unit.key, unit.unconfirmed > 0) == (KEY, False)
    district = replace(MEETING, level=Level.DISTRICT, district=unit.district)
    assert [one.key for one in examined(home, district).units] == [KEY]
    assert (
        examined(home, replace(district, district="5701" if unit.district != "5701" else "5702")).units == ()
    )


def test_a_meeting_that_is_not_there_is_told_with_those_that_are(home: Home) -> None:
    assert call("meeting", "lint").exit_code == 1
    assert "no meeting is set up" in call("meeting", "lint").stderr
    keep(home, MEETING)
    wrong = call("meeting", "lint", "province:9/2568")
    assert (wrong.exit_code, "1/2568" in wrong.stderr) == (1, True)


def test_the_day_by_the_hour_and_a_late_district_after_another(home: Home) -> None:
    keep(
        home, replace(MEETING, schedule=Schedule(60, pauses=(Pause("09:30", "10:00", "พัก"),)), starts="09:00")
    )
    (unit,) = examined(home, MEETING).units
    district = home.province.district(unit.district)
    assert district is not None
    day = call("meeting", "schedule")
    assert day.stdout.splitlines() == ["09.30 - 10.00  พัก", f"10.00 - 11.00  อำเภอ{district.name_th}"]

    other = next(d.name_th for d in home.province.districts if d != district)
    moved = call("meeting", "schedule", "--late", f"อำเภอ{district.name_th}", "--after", other, "--by", BY)
    assert moved.exit_code == 0, moved.stderr
    with transaction(home.engine) as session:
        order = kept.meetings(session)[0].schedule.order
    assert order.index(district.name_th) == order.index(other) + 1
    assert len(order) == len(home.province.districts)


def test_who_finds_no_time_waits_and_who_cannot_be_moved_is_refused(folder: Path, home: Home) -> None:
    commands.settings(folder, recorder="")
    keep(home, replace(MEETING, schedule=Schedule(240), ends="12:00"))
    told = call("meeting", "schedule")
    assert (told.exit_code, "no time for" in told.stderr) == (3, True)
    elsewhere, nobody = ("--late", "ฝาง", "--by", BY), ("--late", "แม่จัน")
    for words, said in ((elsewhere, "there is no district ฝาง"), (nobody, "say who records it")):
        refused = call("meeting", "schedule", *words)
        assert (refused.exit_code, said in refused.stderr) == (2, True)
    keep(home, replace(MEETING, day=date(2030, 4, 23)))
    refused = call("meeting", "schedule", "--late", "แม่จัน", "--by", BY)
    assert (refused.exit_code, "over a year from the fiscal year" in refused.stderr) == (1, True)
