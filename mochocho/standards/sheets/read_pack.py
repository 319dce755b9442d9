"""Reads an officer's workbook: the pack, or every mistake to correct in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from mochocho.excel.cells import Sheet
from mochocho.excel.typed import Mistake
from mochocho.excel.workbooks import read_workbook
from mochocho.standards.origins import untraced
from mochocho.standards.schema import Pack
from mochocho.standards.sheets.assembling import assemble
from mochocho.standards.sheets.finding import lines_of
from mochocho.standards.sheets.lines import Report
from mochocho.words.progress import RowCall, unheard
from mochocho.words.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """`pack` is None when there are mistakes. `notices`: what a person should know but need not correct."""

    pack: Pack | None
    mistakes: tuple[Mistake, ...]
    notices: tuple[Sentence, ...]


def read_pack(path: Path, taken: Collection[str] = (), on_row: RowCall = unheard) -> Reading:
    """The pack in an .xlsx file; its id must not be in `taken`.

    Raises BadInput when it is not an Excel file (excel.*) or has none of our sheets (pack.no_sheet).
    """
    return pack_of(read_workbook(path, on_row), taken)


def pack_of(book: Sequence[Sheet], taken: Collection[str] = ()) -> Reading:
    """`read_pack` for a workbook that has been read already."""
    report = Report()
    lines = lines_of(book, report)
    pack = assemble(lines, report, taken)
    if pack and report.in_thai_only:
        said = Sentence(
            f"ข้อความอังกฤษว่าง {report.in_thai_only} ช่อง ใช้ข้อความไทยแทน",
            f"English texts that are empty and get the Thai instead: {report.in_thai_only}",
        )
        report.notices.append(said)
    if pack and pack.official and (items := untraced(pack)):
        said = Sentence(
            f"ชุดเป็นทางการ แต่มีรายการที่ไม่มีที่มา เอกสารจึงยังพิมพ์คำว่า เกณฑ์ตัวอย่าง: {'; '.join(items)}",
            "the pack is official, but items have no source, so papers still say “เกณฑ์ตัวอย่าง”: "
            f"{'; '.join(items)}",
        )
        report.notices.append(said)
    return Reading(pack, report.mistakes(sheet.name for sheet in book), tuple(report.notices))
