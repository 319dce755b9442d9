"""A meeting's YAML file: the sheets and headings of the Excel file as keys. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import yaml

from mochocho.excel.cells import Cell
from mochocho.standards.strict_yaml import Broken, Lines, parse
from mochocho.words import thai
from mochocho.words.sentences import Sentence
from processing.meetings.files.file_words import (
    MEETING_SHEET,
    SHEETS,
    SINGLE,
    TABLES,
    VERSION,
    Field,
    Kind,
    Table,
)
from processing.meetings.files.typed_meeting import At, Typed, TypedMeeting

_WIDTH = 1_000_000  # no line is folded


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as a block: the reader takes a quoted one for a forgotten mark."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = "|" if "\n" in data else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)


_Dumper.add_representer(str, _Dumper.represent_str)


def dumped(typed: TypedMeeting, version: int) -> str:
    """The text of the file; what is empty is left out."""
    content: dict[str, object] = {
        MEETING_SHEET: {VERSION: version, **_plain(SINGLE, typed.single)},
    }
    for sheet in SHEETS[1:]:
        tables = [table for table in TABLES if table.sheet == sheet]
        for table in tables:
            if rows := typed.rows[table.part]:
                content[_key(table)] = [_plain(table.fields, row) for row in rows]
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def parsed(text: str) -> tuple[TypedMeeting, int | None, Lines]:
    """What the file holds, the version it was written from (None: not said), and the line of each value.

    Raises Broken where it is no YAML of this kind.
    """
    content, lines = parse(text, thai.normalise_lines)
    if not isinstance(content, dict):
        raise Broken(1, f"ไฟล์ต้องเริ่มด้วย “{MEETING_SHEET}:”", f"the file must begin with “{MEETING_SHEET}:”")
    keys = {MEETING_SHEET, *map(_key, TABLES)}
    for key in content:
        if key not in keys:
            raise Broken(lines.of([key], of_key=True), *_unknown(key, " ".join(sorted(keys))))
    single = content.get(MEETING_SHEET) or {}
    version = single.pop(VERSION, None) if isinstance(single, dict) else None
    typed = TypedMeeting(
        _typed(SINGLE, single, lines, [MEETING_SHEET]),
        {table.part: list(_rows(table, content.get(_key(table)), lines)) for table in TABLES},
    )
    return typed, version if isinstance(version, int) else None, lines


def line_of(at: At, lines: Lines) -> int:
    """The line (from 1) of a mistake, or of what should hold the value."""
    if at.row is None:
        return lines.of([at.sheet, at.heading])
    keys = [_key(table) for table in TABLES if table.sheet == at.sheet]
    table = next(
        (t for t in TABLES if t.sheet == at.sheet and at.heading in [f.heading for f in t.fields]), None
    )
    return lines.of([_key(table) if table else keys[0], at.row, at.heading])


def _key(table: Table) -> str:
    """Two lists of one sheet are two keys here."""
    return "ช่วงพัก" if table.part == "pauses" else table.sheet


def _plain(fields: Iterable[Field], typed: Typed) -> dict[str, object]:
    return {
        one.heading: [cell.text for cell in typed[one.heading]]
        if one.kind is Kind.LINES
        else _scalar(one, typed[one.heading][0].text)
        for one in fields
        if typed[one.heading]
    }


def _scalar(one: Field, text: str) -> object:
    return int(text) if one.kind is Kind.WHOLE else text


def _rows(table: Table, value: object, lines: Lines) -> Iterator[Typed]:
    if value is None:
        return
    if not isinstance(value, list):
        raise Broken(
            lines.of([_key(table)]),
            f"“{_key(table)}” ต้องเป็นรายการ แต่ละรายการขึ้นต้นด้วย -",
            f"“{_key(table)}” must be a list whose items begin with -",
        )
    for number, row in enumerate(value):
        yield _typed(table.fields, row, lines, [_key(table), number])


def _unknown(key: str, known: str) -> Sentence:
    return Sentence(f"ไม่รู้จัก “{key}” ใช้ได้: {known}", f"there is no “{key}”; there are: {known}")


def _typed(fields: Sequence[Field], value: object, lines: Lines, loc: Sequence[str | int]) -> Typed:
    if not isinstance(value, Mapping):
        raise Broken(lines.of(loc), "ต้องเขียนเป็น “หัวข้อ: ค่า”", "write “heading: value” here")
    known = [one.heading for one in fields]
    found: dict[str, list[Cell]] = {}
    for key, typed in value.items():
        if key not in known:
            raise Broken(lines.of([*loc, key], of_key=True), *_unknown(key, ", ".join(known)))
        values = typed if isinstance(typed, list) else [typed]
        if any(isinstance(one, dict | list | bool) for one in values):
            raise Broken(lines.of([*loc, key]), f"“{key}” ต้องเป็นข้อความ", f"“{key}” must be text")
        found[key] = [_cell(str(one)) for one in values if one is not None]
    return found


def _cell(text: str) -> Cell:
    return Cell(thai.normalise(text), written=text)
