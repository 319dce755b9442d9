"""One part of a meeting as its form shows it, and as it was typed there. Pure.

Both go through `TypedMeeting`, what is typed into a meeting's files: so a page reads, refuses and words the
same as an import.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.pages.meetings.meeting_parts import BARE, FOLDED, LISTED, ROW_TH, Part
from mochocho.excel.cells import Cell
from mochocho.excel.typed import arabic
from mochocho.words.thai import normalise, normalise_lines, typed_lines
from processing.meetings.files.file_words import MEETING_SHEET, YES, Field, Kind, Table
from processing.meetings.files.typed_meeting import At, Typed, TypedMeeting

MORE_ROWS = {
    "members": 3,
    "own": 2,
    "pauses": 2,
    "replies": 3,
    "attendance": 3,
    "items": 2,
}  # to be filled in
MOST_ROWS = 300
_UNKNOWN = {"attends"}  # a choice that may be left open
_NEW = {
    "role": "กรรมการ",
    "channel": "แบบตอบรับ",
    "present": "มา",
    "online": "ไม่ใช่",
}  # what a new row has chosen
_ROWS = {Kind.LINES: 4, Kind.IN_LINES: 2}  # that a person sees of a field
_LABELLED = (Kind.DAY, Kind.HOUR, Kind.WHOLE)
PLACE, DROP = "place", "drop"  # beside the fields of a row: its place in the list, and that it goes


@dataclass(frozen=True, slots=True)
class Entry:
    """One field. `id`: its name too; `lines`: how many a person sees, 0 = a single one; `choices`: none = it
    is typed; `told`: its value in a line of several, with its label where the value alone does not say;
    `folded`: what it is folded away under.
    """

    id: str
    label: str
    value: str
    lines: int = 0
    choices: Mapping[str, str] | None = None
    told: str = ""
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the form, with rows to be filled in at its end. `each`: what a row is called."""

    part: str
    title: str
    each: str
    rows: tuple[tuple[Entry, ...], ...]
    filled: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The fields of a part and its lists."""

    entries: tuple[Entry, ...]
    listings: tuple[Listing, ...]

    @property
    def empty(self) -> bool:
        return not any(self.values.values()) and not any(one.filled for one in self.listings)

    @property
    def values(self) -> dict[str, str]:
        """By id, of all fields outside the lists."""
        return {one.id: one.value for one in self.entries}


def shown(part: Part, typed: TypedMeeting) -> Shown:
    """What stands in its fields."""
    entries = [_entry(one.path, one, typed.single.get(one.heading, ())) for one in part.fields]
    bare = [table for table in part.tables if table.part == BARE]
    for table in bare:
        lines = [cells[0].text for row in typed.rows[BARE] for cells in row.values() if cells]
        entries.append(Entry(BARE, table.fields[0].heading, "\n".join(lines), lines=8))
    lists = (_listing(table, typed.rows[table.part]) for table in part.tables if table not in bare)
    return Shown(tuple(entries), tuple(lists))


def typed(part: Part, form: Mapping[str, str], stands: TypedMeeting) -> TypedMeeting:
    """The whole meeting with this part as a form has it. What does not stand in the form is left as it is."""
    single = dict(stands.single)
    rows = dict(stands.rows)
    for one in part.fields:
        if one.path in form:
            single[one.heading] = _cells(one, form[one.path])
    for table in part.tables:
        if table.part == BARE and BARE in form:
            rows[BARE] = [{table.fields[0].heading: [cell]} for cell in _lines(form[BARE])]
        elif f"{table.part}-rows" in form:
            rows[table.part] = _typed_rows(table, form)
    return TypedMeeting(single, rows)


def same(part: Part, one: TypedMeeting, other: TypedMeeting) -> bool:
    """Whether a part is alike in both."""
    return shown(part, one) == shown(part, other)


def lines_of(listing: Listing) -> list[str]:
    """The rows of a list that are filled, each as one line."""
    return [" ".join(one.told for one in row if one.told) for row in listing.rows[: listing.filled]]


def errors(part: Part, mistakes: Sequence[At]) -> FormErrors:
    """What is wrong, at the fields of this part; what is wrong elsewhere in the meeting, above them."""
    places = dict(_places(part))
    fields: dict[str, FieldError] = {}
    whole = []
    for one in mistakes:
        where = places.get((one.sheet, one.heading))
        if where is None:
            whole.append(f"{one.heading}: {one.said.th}" if one.heading else one.said.th)
            continue
        name, words = where if one.row is None else _in_row(*where, one.row)
        before = f"{fields[name].said} " if name in fields else ""
        fields[name] = FieldError(words, before + one.said.th)
    order = [*(name for name, _ in places.values()), *fields]
    return FormErrors(dict(sorted(fields.items(), key=lambda item: order.index(item[0]))), tuple(whole))


def _places(part: Part) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Of each heading: the id of its field, and its words; of one in a list both with `{}` for the row."""
    for one in part.fields:
        yield (MEETING_SHEET, one.heading), (one.path, one.heading)
    for table in part.tables:
        for one in table.fields:
            if table.part == BARE:
                yield (table.sheet, one.heading), (BARE, one.heading)
            else:
                words = f"{ROW_TH[table.part]} {{}} {one.heading}"
                yield (table.sheet, one.heading), (f"{table.part}-{{}}-{one.path}", words)


def _in_row(name: str, words: str, row: int) -> tuple[str, str]:
    return name.format(row), words.format(row + 1)


def _entry(name: str, one: Field, cells: Sequence[Cell], *, new: bool = False, folded: str = "") -> Entry:
    value = "\n".join(cell.text for cell in cells)
    lines = _ROWS.get(one.kind, 0)
    if one.choices is None:
        return Entry(name, one.heading, value, lines, told=_told(one, value), folded=folded)
    chosen = _NEW.get(one.path, "") if new else value
    words = {word: word for word in one.choices}
    if one.path in _UNKNOWN or not chosen:
        words = {"": "ไม่ระบุ"} | words
    return Entry(name, one.heading, chosen, choices=words, told=_told(one, chosen))


def _told(one: Field, value: str) -> str:
    if one.choices is YES:
        return one.heading if YES.get(value) else ""
    return f"{one.heading} {value}" if value and one.kind in _LABELLED else value


def _listing(table: Table, rows: Sequence[Typed]) -> Listing:
    made = [*_entries(table, rows)]
    spare = [
        tuple(_in_line(table, number, one, (), new=True) for one in table.fields)
        for number in range(len(rows), len(rows) + MORE_ROWS[table.part])
    ]
    return Listing(table.part, LISTED[table.part], ROW_TH[table.part], (*made, *spare), len(made))


def _entries(table: Table, rows: Sequence[Typed]) -> Iterator[tuple[Entry, ...]]:
    for number, row in enumerate(rows):
        yield tuple(_in_line(table, number, one, row.get(one.heading, ())) for one in table.fields)


def _in_line(table: Table, number: int, one: Field, cells: Sequence[Cell], *, new: bool = False) -> Entry:
    title, paths = FOLDED.get(table.part, ("", frozenset()))
    folded = title if one.path.partition(".")[0] in paths else ""
    return _entry(_id(table, number, one), one, cells, new=new, folded=folded)


def _id(table: Table, number: int, one: Field) -> str:
    return f"{table.part}-{number}-{one.path}"


def _typed_rows(table: Table, form: Mapping[str, str]) -> list[Typed]:
    """The rows in which anything is typed and that stay, in the order of their places."""
    count = form[f"{table.part}-rows"]
    found: list[tuple[float, Typed]] = []
    for number in range(min(int(count) if count.isdecimal() else 0, MOST_ROWS)):
        row = {one.heading: _cells(one, form.get(_id(table, number, one), "")) for one in table.fields}
        written = any(row[one.heading] for one in table.fields if one.choices is None)
        if written and f"{table.part}-{number}-{DROP}" not in form:
            found.append((_place(form.get(f"{table.part}-{number}-{PLACE}", ""), number + 1), row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _place(text: str, stands: int) -> float:
    """Where a row goes: one that is moved up stands before, one that is moved down behind what is there."""
    text = arabic(normalise(text))
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else stands
    return wanted + (wanted > stands) / 2 - (wanted < stands) / 2


def _cells(one: Field, text: str) -> list[Cell]:
    if one.kind is Kind.LINES:
        return _lines(text)
    if one.kind is Kind.IN_LINES:
        return [Cell(kept)] if (kept := normalise_lines(text)) else []
    return [Cell(plain)] if (plain := normalise(text)) else []


def _lines(text: str) -> list[Cell]:
    return [*map(Cell, typed_lines(text))]
