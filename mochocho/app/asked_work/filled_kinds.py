"""The kinds of files that an office fills in and hands in as a whole, with who reads and writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mochocho.app.cards import cards_workbook
from mochocho.storage.home import Home
from mochocho.words.model import Gate
from processing.decisions import record_resolutions
from processing.decisions.office.filled_file import ReadFile
from processing.documents.desk import desk_workbooks
from processing.rulings import rulings_workbook


@dataclass(frozen=True, slots=True)
class FilledKind:
    """`th`: what the file is called; `read`: as its command reads it; `blanks`: the files to fill in, by what
    each is called.
    """

    th: str
    read: ReadFile
    blanks: Mapping[str, Callable[[Home, Path], None]]


KINDS: Mapping[str, FilledKind] = {
    "resolutions": FilledKind(
        "มติของคณะกรรมการ",
        record_resolutions.read_xlsx,
        {
            "มติระดับอำเภอ": partial(record_resolutions.template_xlsx, gate=Gate.DISTRICT),
            "มติระดับจังหวัด": partial(record_resolutions.template_xlsx, gate=Gate.PROVINCE),
        },
    ),
    "rulings": FilledKind(
        "คำวินิจฉัยและคะแนนที่ปรับ", rulings_workbook.read_xlsx, {"คำวินิจฉัย": rulings_workbook.write}
    ),
    "documents": FilledKind(
        "ผลการตรวจเอกสาร",
        desk_workbooks.read_xlsx,
        {"เอกสารรอคนตรวจ": desk_workbooks.write_province},
    ),
    "cards": FilledKind(
        "ภาพที่อาจมีบัตรประจำตัว",
        cards_workbook.read_xlsx,
        {"ภาพที่เคยเปิดแบบปกปิด": cards_workbook.write_noted},
    ),
}
