"""Reads a filled-in sheet of verdicts: what is wrong in any row, or every decision."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.excel.cells import Sheet
from mochocho.excel.filled_sheet import KEY
from mochocho.excel.row_counts import telling
from mochocho.excel.typed import Mistake
from mochocho.excel.workbooks import read_workbook
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from mochocho.words.progress import ProgressCall
from processing.decisions.acceptable import Refusal
from processing.decisions.decision import Decision
from processing.decisions.office.filled_file import FilledFile
from processing.decisions.office.verdict_row import MatterRow, VerdictRow
from processing.decisions.recorder import weighed
from processing.tables import ApplicantRow

Row = TypeVar("Row", bound=VerdictRow)
OfMatter = TypeVar("OfMatter", bound=MatterRow)
Read = tuple[Sequence[Decision], Sequence[Mistake]]


def read_file(
    path: Path, kind: type[Row], progress: ProgressCall, read: Callable[[Sequence[Row]], Read]
) -> FilledFile:
    """Every decision of the rows in which something is typed, as `read` gives them.

    Raises BadInput when it is no Excel file (excel.*) or has no such sheet (decision.no_sheet).
    """
    sheet = _sheet_of(path, kind.SHEET, progress)
    every = list(kind.below(sheet))
    typed = [row for row in every if not row.undecided]
    undecided = len(every) - len(typed)
    if unfit := kind.unfit(sheet):
        return FilledFile((), undecided, tuple(unfit))
    decisions, mistakes = read(typed)
    if mistakes:
        in_order = sorted(dict.fromkeys(mistakes), key=lambda one: one.row)
        return FilledFile((), undecided, tuple(in_order))
    return FilledFile(tuple(decisions), undecided)


def _sheet_of(path: Path, name: str, progress: ProgressCall) -> Sheet:
    for sheet in read_workbook(path, telling(path, progress)):
        if sheet.name == name:
            return sheet
    raise BadInput(
        "decision.no_sheet",
        f"ไฟล์นี้ไม่มีแผ่นงานชื่อ “{name}” ให้ใช้ไฟล์ที่ระบบสร้างให้",
        f"the file has no sheet “{name}”; use the file that the program makes",
    )


def read_matters(
    home: Home,
    rows: Sequence[OfMatter],
    decided: Callable[[Sequence[OfMatter]], Sequence[Decision]],
    progress: ProgressCall,
    besides: Callable[[OfMatter], Iterable[Refusal]] = lambda _: (),
) -> Read:
    """Their decisions, and what is wrong with them. `decided`: of rows whose verdict can be read; `besides`:
    why one that could be recorded is not taken.
    """
    with reading(home.engine) as session:
        names = names_of(session, {row[KEY].text for row in rows})
    mistakes = [*_twice(rows), *(wrong for row in rows for wrong in row.unread(names))]
    readable = [row for row in rows if row.chosen]
    decisions = decided(readable)
    with reading(home.engine) as session:
        found = weighed(session, decisions, home.pack, progress)
    for row, one in zip(readable, found, strict=True):
        mistakes += row.refused(one.refusals or besides(row))
    return decisions, mistakes


def names_of(session: Session, keys: Collection[str]) -> dict[str, str]:
    """The registered name of each of these applicants that there is."""
    query = select(ApplicantRow.key, ApplicantRow.name).where(ApplicantRow.key.in_(keys))
    return dict(session.execute(query).all())


def _twice(rows: Iterable[MatterRow]) -> Iterator[Mistake]:
    seen = set[tuple[str, str]]()
    for row in rows:
        if row.matter in seen:
            yield row.mistake(row.ABOUT, row.AGAIN)
        seen.add(row.matter)
