"""The clerk's sheet of resolutions: its columns, and one row as a resolution or as mistakes. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from mochocho.excel.cells import Cell, Sheet
from mochocho.excel.filled_sheet import DISPLACED
from mochocho.excel.typed import Mistake, Wrong, arabic, day_of, text_of, unusable, whole_of
from mochocho.words import thai
from mochocho.words.model import Finding, Gate, Outcome, Resolution, Votes
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Known, Part, Refusal, in_spite_of, refusals
from processing.decisions.decision import Decision, of_resolution
from processing.decisions.meetings import outcomes
from processing.decisions.meetings.outcomes import OUTCOMES

SHEETS = {Gate.DISTRICT: "มติระดับอำเภอ", Gate.PROVINCE: "มติระดับจังหวัด"}

KEY, DISTRICT, TYPE, NAME = "รหัสผู้สมัคร", "อำเภอ", "ประเภท", "ชื่อ"
OUTCOME, COMMITTEE, MEETING, DAY, REASON = "มติ", "คณะกรรมการ", "ครั้งที่", "วันที่ประชุม", "เหตุผล"
CONDITION, DUE, DEFERRED_TO = "เงื่อนไข", "ครบกำหนดเงื่อนไข", "เลื่อนไปครั้งที่"
IN_FAVOUR, OPPOSED, ABSTAINED, PRESENT = "เห็นชอบ", "ไม่เห็นชอบ", "งดออกเสียง", "ผู้มาประชุม"
RECUSED, NOTE = "ผู้ไม่ร่วมพิจารณา", "หมายเหตุ"
VOTES = (IN_FAVOUR, OPPOSED, ABSTAINED)
DETAILS = (CONDITION, DUE, DEFERRED_TO, *VOTES, PRESENT, RECUSED, NOTE)
BEFORE = "มติครั้งก่อน"  # told, never read: of those that were deferred and come again
COLUMNS = (KEY, DISTRICT, TYPE, NAME, OUTCOME, COMMITTEE, MEETING, DAY, REASON, *DETAILS, BEFORE)
READ = frozenset(COLUMNS) - {DISTRICT, TYPE, BEFORE}
ONCE = (COMMITTEE, MEETING, DAY, PRESENT)  # may be typed once, above the headings
HEADING_WITHIN = 10  # rows
NEEDED = (KEY, NAME, OUTCOME, COMMITTEE, MEETING, DAY)
_COLUMN_OF: Mapping[Part, str] = {
    "outcome": OUTCOME,
    "committee": COMMITTEE,
    "meeting_no": MEETING,
    "meeting_date": DAY,
    "reason": REASON,
    "votes": IN_FAVOUR,
    "present": PRESENT,
    "recused": RECUSED,
    "condition": CONDITION,
    "due": DUE,
    "deferred_to": DEFERRED_TO,
    "note": NOTE,
}
_WITHOUT_OUTCOME = (CONDITION, DUE, DEFERRED_TO, *VOTES, RECUSED)  # what is nothing without one

Place = tuple[str, int]  # sheet and row
_NO_KEY = Sentence(
    "ไม่มีรหัสนี้ในทะเบียน ให้ใช้แถวจากไฟล์ที่ระบบสร้างให้โดยไม่แก้รหัส",
    "the register has no such key; use a row of the file that the program makes, with its key as it is",
)


def parse_meeting_no(cell: Cell) -> str:
    """`ครั้งที่ ๑ / ๒๕๖๘` -> `1/2568`; whether it can be one, `refusals` says. Raises Wrong."""
    if cell.day:
        raise Wrong(
            "Excel เปลี่ยนเลขครั้งที่เป็นวันที่ ให้ตั้งรูปแบบช่องเป็นข้อความแล้วพิมพ์ใหม่ เช่น 1/2568",
            "Excel made a date of the meeting's number; set its format to Text and type it anew, as 1/2568",
        )
    return re.sub(r"\s", "", arabic(cell.text)).removeprefix("ครั้งที่")


def parse_outcome(cell: Cell) -> Outcome:
    """The outcome a clerk chose. Raises Wrong for any other word."""
    if outcome := outcomes.read(cell.text):
        return outcome
    words = [f"“{word}”" for word in OUTCOMES.values()]
    raise Wrong(
        f"มติต้องเป็น {' '.join(words[:-1])} หรือ {words[-1]}",
        f"a resolution must be {' '.join(words[:-1])} or {words[-1]}",
    )


def parse_votes(cell: Cell) -> Votes | None:
    """`6/1/0`: in favour, against, abstained; None where nothing is typed. Raises Wrong."""
    counts = [whole_of(Cell(part)) for part in cell.text.split("/")] if cell.text else []
    if len(counts) not in (0, len(VOTES)):
        raise Wrong(
            "คะแนนเสียงต้องเขียนแบบ เห็นชอบ/ไม่เห็นชอบ/งดออกเสียง เช่น 6/1/0",
            "write votes as in favour/against/abstained, such as 6/1/0",
        )
    return _votes(*counts) if counts else None


def parse_names(cell: Cell) -> tuple[str, ...]:
    """`นายหนึ่ง ใจดี, นางสอง ใจงาม`: names, each after a comma, a semicolon or a new line. Raises Wrong."""
    text_of(cell)
    parts = (part for line in cell.lines for part in re.split("[,;]", line))
    return tuple(name for part in parts if (name := thai.normalise(part)))


Read = TypeVar("Read")


def _if_any(read: Callable[[Cell], Read]) -> Callable[[Cell], Read | None]:
    return lambda cell: None if cell.empty else read(cell)


# How each column is read; the others are text.
_READ: Mapping[str, Callable[[Cell], Any]] = {
    OUTCOME: parse_outcome,
    MEETING: parse_meeting_no,
    DAY: day_of,
    DUE: _if_any(day_of),
    DEFERRED_TO: parse_meeting_no,
    **dict.fromkeys((*VOTES, PRESENT), _if_any(whole_of)),
    RECUSED: parse_names,
}

_INSTEAD: Mapping[str, Any] = {OUTCOME: Outcome.PASS, MEETING: "", DEFERRED_TO: "", RECUSED: ()}
_OF_OUTCOME = (CONDITION, DUE, DEFERRED_TO, IN_FAVOUR, REASON)  # what is right by what was resolved


@dataclass(frozen=True, slots=True)
class Once:
    """What is typed once for all rows, and where."""

    sheet: str
    row: int  # as Excel counts
    cell: Cell


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a sheet: the row of the headings (from 0; None: it has none), each of our columns
    in it, and what is typed once for all its rows. Columns of the clerk's own are passed over.
    """

    heading: int | None
    columns: Mapping[str, int]
    once: Mapping[str, Once]


def layout(sheet: Sheet, cover: Sheet | None = None) -> Layout:
    """The layout of a sheet. `cover`: the sheet on which the meeting is typed for it too."""
    once = dict(layout(cover).once) if cover else {}
    for number, cells in enumerate(sheet.rows[:HEADING_WITHIN]):
        if any(cell.text == KEY for cell in cells):
            return Layout(number, _columns(cells), once)
        if cells and cells[0].text in ONCE:
            once[cells[0].text] = Once(sheet.name, number + 1, cells[1] if len(cells) > 1 else Cell())
    return Layout(None, {}, once)


def ours(book: Sequence[Sheet], districts: Collection[str]) -> list[tuple[Gate, Sheet, Layout]]:
    """The sheets that hold resolutions, each with the gate they are of.

    A sheet is named after its gate; or one without headings is, and holds what is typed once for the sheets
    beside it: those with our headings, and those named after a district whether they still have them or not.
    """
    gates = {name: gate for gate, name in SHEETS.items()}
    found = [(gates[sheet.name], sheet, layout(sheet)) for sheet in book if sheet.name in gates]
    covers = [(gate, sheet) for gate, sheet, own in found if own.heading is None]
    for gate, cover in covers[:1]:
        others = [(sheet, layout(sheet, cover)) for sheet in book if sheet.name not in gates]
        under = [(s, own) for s, own in others if own.heading is not None or s.name in districts]
        if under:
            found = [one for one in found if one[1] is not cover]
            found += [(gate, sheet, own) for sheet, own in under]
    return found


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if cell.text in COLUMNS:
            found.setdefault(cell.text, place)
    return found


class Row:
    """One row of a sheet, by column name; what it leaves empty is as typed once."""

    def __init__(self, sheet: str, number: int, cells: Sequence[Cell], layout: Layout) -> None:
        self._sheet, self._number = sheet, number
        self._cells = {
            c: cells[place] if place < len(cells) else Cell() for c, place in layout.columns.items()
        }
        other_meeting = not self[MEETING].empty  # how many came to that one stands in the row or nowhere
        self._once = {
            column: once
            for column, once in layout.once.items()
            if self[column].empty and not (column == PRESENT and other_meeting)
        }
        self._cells |= {column: once.cell for column, once in self._once.items()}

    def __getitem__(self, column: str) -> Cell:
        return self._cells.get(column, Cell())

    @property
    def place(self) -> Place:
        return self._sheet, self._number

    @property
    def undecided(self) -> bool:
        """No resolution is written in it; the template's own columns may be filled."""
        return self[OUTCOME].empty and not any(not self[column].empty for column in _WITHOUT_OUTCOME)

    def mistake(self, column: str, said: Sentence) -> Mistake:
        once = self._once.get(column)
        sheet, row = (once.sheet, once.row) if once else self.place
        return Mistake(sheet, row, column, said)

    @property
    def readable(self) -> bool:
        """Whether a resolution can be read in it, acceptable or not."""
        return not self.undecided and not any(self._unread())

    def mistakes(
        self, names: Mapping[str, str], gate: Gate, fiscal_year_be: int, against: Sequence[Finding]
    ) -> Iterator[Mistake]:
        """Everything to put right in this row.

        `names`: applicant key -> registered name; `against`: the evidence against its resolution.
        """
        for column, cell in self._cells.items():
            if wrong := unusable(cell):
                yield self.mistake(column, wrong)
        yield from self._about_applicant(names)
        unread = list(self._unread())
        yield from unread
        yield from self._refused(gate, fiscal_year_be, against, {one.column for one in unread})

    def warning(self, against: Sequence[Finding]) -> Mistake:
        """That the committee passed the applicant although the evidence is against it, with its reason."""
        told, reason = in_spite_of(against), self[REASON].text
        said = Sentence(
            f"{told.th} เหตุผลของคณะกรรมการ: {reason}", f"{told.en}; the committee's reason: {reason}"
        )
        return self.mistake(OUTCOME, said)

    def not_presented(self, refused: Iterable[Refusal]) -> Iterator[Mistake]:
        """That no committee decides about this applicant, as it withdrew or was merged."""
        for refusal in refused:
            if refusal.part == "aside":
                yield self.mistake(KEY, refusal.said)

    def _about_applicant(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        key = self[KEY].text
        if key not in names:
            yield self.mistake(KEY, _NO_KEY)
        elif self[NAME].text != thai.normalise(names[key]):
            yield self.mistake(NAME, DISPLACED)

    def _unread(self) -> Iterator[Mistake]:
        for column, read in _READ.items():
            try:
                read(self[column])
            except Wrong as wrong:
                yield self.mistake(column, wrong.said)

    def _refused(
        self, gate: Gate, fiscal_year_be: int, against: Sequence[Finding], unread: Collection[str]
    ) -> Iterator[Mistake]:
        """What is wrong in what can be read; what hangs on a column that cannot be is told of that alone."""
        untold = {*unread, *(_OF_OUTCOME if OUTCOME in unread else ())}
        for refusal in refusals(self._decision(gate, unread), fiscal_year_be, Known(against=tuple(against))):
            if refusal.part != "by":  # stands in no cell; the command says it
                column = _COLUMN_OF[refusal.part]
                if column not in untold:
                    yield self.mistake(column, refusal.said)

    def _decision(self, gate: Gate, unread: Collection[str]) -> Decision:
        """As it would be with something in the columns that cannot be read, of which nothing is told."""
        read: dict[str, Any] = {c: _INSTEAD.get(c) if c in unread else r(self[c]) for c, r in _READ.items()}
        read[DAY] = read[DAY] or read[DUE] or date.min
        if not {*VOTES, RECUSED}.isdisjoint(unread):
            read |= dict.fromkeys(VOTES)
        return of_resolution(self[KEY].text, self._resolution(read, gate, ""))

    def resolution(self, gate: Gate, recorded_by: str) -> Resolution:
        """The row's resolution, once it can be read."""
        return self._resolution({c: read(self[c]) for c, read in _READ.items()}, gate, recorded_by)

    def _resolution(self, read: Mapping[str, Any], gate: Gate, recorded_by: str) -> Resolution:
        return Resolution(
            gate=gate,
            outcome=read[OUTCOME],
            committee=self[COMMITTEE].text,
            meeting_no=read[MEETING],
            meeting_date=read[DAY],
            reason=self[REASON].in_lines,
            recorded_by=recorded_by,
            votes=_votes(*(read[column] for column in VOTES)),
            present=read[PRESENT],
            recused=read[RECUSED],
            condition=self[CONDITION].in_lines,
            due=read[DUE],
            deferred_to=read[DEFERRED_TO],
            note=self[NOTE].in_lines,
        )


def _votes(*counted: int | None) -> Votes | None:
    """Where any is typed, an empty one counts nobody."""
    return None if counted == (None,) * len(counted) else Votes(*(count or 0 for count in counted))


def written(resolution: Resolution) -> dict[str, str]:
    """A resolution as a row shows it, by column, and as `Row.resolution` reads it.

    One that was deferred is to be decided anew: its row is empty and tells where it comes from.
    """
    if resolution.outcome is Outcome.DEFERRED:
        why = f": {resolution.reason}" if resolution.reason else ""
        met = f"ครั้งที่ {resolution.meeting_no} วันที่ {_day(resolution.meeting_date)}"
        return {BEFORE: f"{met} มีมติเลื่อนไปครั้งที่ {resolution.deferred_to}{why}"}
    votes = resolution.votes
    counts = (votes.in_favour, votes.against, votes.abstained) if votes else ("", "", "")
    return {
        OUTCOME: OUTCOMES[resolution.outcome],
        COMMITTEE: resolution.committee,
        MEETING: resolution.meeting_no,
        DAY: _day(resolution.meeting_date),
        REASON: resolution.reason,
        CONDITION: resolution.condition,
        DUE: _day(resolution.due) if resolution.due else "",
        DEFERRED_TO: resolution.deferred_to,
        **dict(zip(VOTES, map(str, counts), strict=True)),
        PRESENT: "" if resolution.present is None else str(resolution.present),
        RECUSED: ", ".join(resolution.recused),
        NOTE: resolution.note,
    }


def _day(day: date) -> str:
    return thai.date_words(day, thai_digits=False)
