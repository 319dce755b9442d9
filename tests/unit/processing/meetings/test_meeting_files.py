"""A meeting leaves as Excel and as YAML and comes back the same, whatever people typed into it."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from mochocho.excel.workbooks import read_workbook
from processing import codec
from processing.meetings.files import meeting_yaml
from processing.meetings.files.file_words import MEETING_SHEET, SHEETS
from processing.meetings.files.meeting_workbook import ReadBook, book
from processing.meetings.files.typed_meeting import TypedMeeting, read, written
from processing.meetings.meeting import Held, Level, Meeting, Member, Minuted, Person, Role
from processing.meetings.wrong import wrong
from tests.drawn_meetings import DISTRICTS, meetings

DRAWN = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def through_excel(typed: TypedMeeting, folder: Path) -> tuple[TypedMeeting, int | None]:
    path = folder / "meeting.xlsx"
    path.write_bytes(book(typed, 4))
    back = ReadBook(path)
    assert back.missing == []
    return back.typed, back.version


def through_yaml(typed: TypedMeeting, _folder: Path) -> tuple[TypedMeeting, int | None]:
    back, version, _ = meeting_yaml.parsed(meeting_yaml.dumped(typed, 4))
    return back, version


@pytest.mark.parametrize("through", [through_excel, through_yaml])
def test_what_is_exported_is_imported_again(
    through: Callable[[TypedMeeting, Path], tuple[TypedMeeting, int | None]], tmp_path: Path
) -> None:
    @DRAWN
    @given(meetings())
    def same(meeting: Meeting) -> None:
        assert list(wrong(meeting, 2568, DISTRICTS)) == []
        back, version = through(written(meeting, DISTRICTS), tmp_path)
        assert (read(back, DISTRICTS), back.mistakes, version) == (meeting, [], 4)
        assert codec.load(Meeting, json.loads(json.dumps(codec.dump(meeting)))) == meeting, "in the database"

    same()


def test_what_was_written_before_substitutes_and_days_had_columns_is_read(tmp_path: Path) -> None:
    path = tmp_path / "meeting.xlsx"
    members = (Member(Person("นายสมมุติ ประธาน", "นายอำเภอ"), Role.CHAIR),)
    meeting = Meeting(Level.PROVINCE, "1/2568", members=members, held=Held(items=(Minuted("1", ("ก",)),)))
    path.write_bytes(book(written(meeting, DISTRICTS), 0))
    before = openpyxl.load_workbook(path)
    for name, columns in (("กรรมการ", 4), ("รายงานการประชุม", 7)):
        before[name].delete_cols(columns + 1, 9)
    before.save(path)
    back = ReadBook(path)
    assert (back.missing, read(back.typed, DISTRICTS)) == ([], meeting)
    stored = codec.dump(meeting)
    for row, names in (
        (stored["members"][0], "substitute since until"),
        (stored["held"]["items"][0], "resolved_at"),
    ):
        for name in names.split():
            del row[name]
    assert codec.load(Meeting, stored) == meeting


@settings(DRAWN, max_examples=2)
@given(meetings())
def test_the_same_meeting_gives_the_same_bytes(meeting: Meeting) -> None:
    assert book(written(meeting, DISTRICTS), 1) == book(written(meeting, DISTRICTS), 1)


def test_the_file_has_its_sheets_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "meeting.xlsx"
    path.write_bytes(book(written(Meeting(Level.PROVINCE, "1/2568", place="=1+1"), DISTRICTS), 0))
    assert tuple(openpyxl.load_workbook(path).sheetnames) == SHEETS
    cells = [cell for sheet in read_workbook(path) for row in sheet.rows for cell in row]
    assert not any(cell.formula for cell in cells)
    assert any(cell.text == "=1+1" for cell in cells)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("๑/๒๕๖๘", "1/2568"), ("ครั้งที่ 1/2568", "1/2568")],
)
def test_a_number_is_read_as_it_is_written(typed: str, meant: str) -> None:
    assert yaml_of({"ครั้งที่": typed}).number == meant


@pytest.mark.parametrize("typed", ["9.00", "๐๙.๐๐ น.", "09:00", "9:00:00", "09.00 นาฬิกา"])
def test_an_hour_is_read_as_it_is_written(typed: str) -> None:
    assert yaml_of({"เวลาเริ่ม": f'"{typed}"'}).starts == "09:00"


@pytest.mark.parametrize("typed", ["๑ พฤษภาคม ๒๕๖๘", "1/5/2568", "2025-05-01", "1 พ.ค. 2568"])
def test_a_day_is_read_as_it_is_written(typed: str) -> None:
    day = yaml_of({"วันที่ประชุม": typed}).day
    assert day is not None
    assert day.isoformat() == "2025-05-01"


def test_a_block_of_several_lines_is_as_many_paragraphs() -> None:
    lines = "|\n    ศาลากลางจังหวัด\n\n    ถนนตัวอย่าง\n"
    assert yaml_of({"หนังสือเชิญ: ส่วนราชการและที่อยู่": lines}).letter.office == ("ศาลากลางจังหวัด", "ถนนตัวอย่าง")
    assert yaml_of({"สถานที่": lines}).place == "ศาลากลางจังหวัด ถนนตัวอย่าง"


def yaml_of(values: dict[str, str]) -> Meeting:
    every = {"ระดับ": "จังหวัด", "ครั้งที่": "1/2568", **values}
    text = "\n".join((f"{MEETING_SHEET}:", *(f'  "{heading}": {value}' for heading, value in every.items())))
    typed, _, _ = meeting_yaml.parsed(text)
    meeting = read(typed, DISTRICTS)
    assert meeting is not None, typed.mistakes
    return meeting
