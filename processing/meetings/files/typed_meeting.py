"""A Meeting as what is typed into its files, and back; the same for Excel and YAML. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mochocho.excel.cells import Cell
from mochocho.excel.typed import IS_FORMULA, Wrong, arabic, day_of, hour_of, text_of, whole_of
from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing import codec
from processing.meetings.files.file_words import (
    HELD,
    MEETING_SHEET,
    SINGLE,
    TABLES,
    VOTES,
    YES,
    Field,
    Kind,
    Table,
)
from processing.meetings.meeting import Meeting
from processing.meetings.wrong import LONGEST, WrongPart
from processing.meetings.wrong_words import no_such_district

Typed = Mapping[str, Sequence[Cell]]  # by heading; of LINES several
_TOO_LONG = Sentence(
    f"ข้อความยาวเกิน {LONGEST} ตัวอักษร ให้แบ่งเป็นหลายย่อหน้า",
    f"the text is longer than {LONGEST} letters; part it into paragraphs",
)


@dataclass(frozen=True, slots=True)
class At:
    """A mistake. `row`: the place in the list from 0; None = in the sheet of single values."""

    sheet: str
    row: int | None
    heading: str
    said: Sentence


@dataclass(slots=True)
class TypedMeeting:
    """What a file holds: single values, and the rows of each list by its `part`."""

    single: Typed
    rows: Mapping[str, Sequence[Typed]]
    mistakes: list[At] = field(default_factory=list)


def written(meeting: Meeting, districts: Mapping[str, str]) -> TypedMeeting:
    """As it is typed. `districts`: code -> name."""
    single = {one.heading: _cells(one, _got(meeting, one.path), districts) for one in SINGLE}
    single[HELD.heading] = [Cell("ใช่")] if meeting.held else []
    rows = {
        table.part: [_row(table, one, districts) for one in _got(meeting, table.path) or ()]
        for table in TABLES
    }
    return TypedMeeting(single, rows)


def read(typed: TypedMeeting, districts: Mapping[str, str]) -> Meeting | None:
    """The meeting; None where anything cannot be read, each noted in `typed.mistakes`."""
    data: dict[str, Any] = {}
    for one in SINGLE:
        _take(typed, MEETING_SHEET, None, one, typed.single.get(one.heading, ()), data, districts)
    held = data.pop(HELD.path, None) if not isinstance(data.get(HELD.path), dict) else None
    if held:
        data[HELD.path] = {}
    for table in TABLES:
        rows = [
            _read_row(typed, table, number, row, districts)
            for number, row in enumerate(typed.rows.get(table.part, ()))
        ]
        if rows:
            _put(data, table.path, rows)
    _complete(data.get("held"))
    return None if typed.mistakes else codec.load(Meeting, data)


def located(one: WrongPart) -> At:
    """Where in the files a wrong part stands."""
    if not one.part:
        heading = next((f.heading for f in SINGLE if f.path == one.field), "")
        return At(MEETING_SHEET, None, heading, one.said)
    table = next(table for table in TABLES if table.part == one.part)
    heading = next((f.heading for f in table.fields if f.path == one.field), "")
    return At(table.sheet, one.row, heading, one.said)


def _row(table: Table, row: object, districts: Mapping[str, str]) -> Typed:
    return {one.heading: _cells(one, _got(row, one.path), districts) for one in table.fields}


def _got(value: object, path: str) -> Any:
    for name in path.split(".") if path else ():
        value = None if value is None else getattr(value, name)
    return value


def _cells(one: Field, value: Any, districts: Mapping[str, str]) -> list[Cell]:
    if value is None or value == "" or one is HELD:
        return []
    match one.kind:
        case Kind.LINES:
            return [Cell(line) for line in value]
        case Kind.DAY:
            return [Cell(thai.date_words(value, thai_digits=False))]
        case Kind.DISTRICT:
            return [Cell(districts.get(value, value))]
        case Kind.CHOICE:
            words = {meant: word for word, meant in (one.choices or {}).items()}
            return [Cell(words[value])]
    return [Cell(str(value))]


def _read_row(
    typed: TypedMeeting, table: Table, number: int, row: Typed, districts: Mapping[str, str]
) -> Any:
    data: dict[str, Any] = dict(table.fixed or {})
    for one in table.fields:
        _take(typed, table.sheet, number, one, row.get(one.heading, ()), data, districts)
    if table.fields[0].path == "":
        return data.get("", "")
    if votes := data.get("votes"):
        data["votes"] = {name.partition(".")[2]: votes.get(name.partition(".")[2], 0) for name in VOTES}
    for name in ("person", "substitute", "guest"):
        if name in data:
            data[name].setdefault("name", "")
    return data


def _take(
    typed: TypedMeeting,
    sheet: str,
    row: int | None,
    one: Field,
    cells: Sequence[Cell],
    data: dict[str, Any],
    districts: Mapping[str, str],
) -> None:
    """Put the value of these cells into `data`, or note what is wrong with them."""
    filled = [cell for cell in cells if not cell.empty]
    try:
        if filled:
            _put(data, one.path, _value(one, filled, districts))
        elif one.required:
            raise Wrong("ต้องกรอก", "is not filled in")
    except Wrong as wrong:
        typed.mistakes.append(At(sheet, row, one.heading, wrong.said))


def _put(data: dict[str, Any], path: str, value: object) -> None:
    *parents, name = path.split(".")
    for parent in parents:
        if not isinstance(data.get(parent), dict):
            data[parent] = {}
        data = data[parent]
    data[name] = value


def _complete(held: Any) -> None:
    """Who wrote the minutes may have a position and no name yet."""
    for name in ("written_by", "checked_by"):
        if held and name in held:
            held[name].setdefault("name", "")


def _value(one: Field, cells: Sequence[Cell], districts: Mapping[str, str]) -> object:
    """Raises Wrong."""
    for cell in cells:
        if cell.formula:
            raise Wrong(*IS_FORMULA)
        if len(cell.text) > LONGEST:
            raise Wrong(*_TOO_LONG)
    if one.kind is Kind.LINES:
        return [line for cell in cells for line in _lines(cell)]
    if len(cells) > 1:
        raise Wrong("มีค่าหลายบรรทัด ให้เหลือค่าเดียว", "there are several values; keep one")
    if one.kind is Kind.CHOICE:
        return _chosen(text_of(cells[0]), one.choices or YES)
    if one.kind is Kind.DISTRICT:
        return _district(text_of(cells[0]), districts)
    return _READ[one.kind](cells[0])


def _number(cell: Cell) -> str:
    return arabic(text_of(cell)).removeprefix("ครั้งที่").strip()


def _in_lines(cell: Cell) -> str:
    text_of(cell)
    return cell.in_lines


def _lines(cell: Cell) -> Iterator[str]:
    text_of(cell)
    yield from cell.lines


def _district(text: str, districts: Mapping[str, str]) -> str:
    name = text.removeprefix("อำเภอ").strip()
    code = next((code for code, known in districts.items() if known == name), None)
    if code is None:
        raise Wrong(*no_such_district(text))
    return code


def _chosen(text: str, choices: Mapping[str, object]) -> object:
    if text not in choices:
        wanted = " ".join(f"“{word}”" for word in choices)
        raise Wrong(f"ต้องเป็นข้อใดข้อหนึ่ง: {wanted}", f"must be one of these: {wanted}")
    return choices[text]


_READ: Mapping[Kind, Callable[[Cell], object]] = {
    Kind.TEXT: text_of,
    Kind.IN_LINES: _in_lines,
    Kind.DAY: day_of,
    Kind.HOUR: hour_of,
    Kind.WHOLE: whole_of,
    Kind.NUMBER: _number,
}
