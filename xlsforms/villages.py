"""Turns an office's spreadsheet of villages into a list that forms choose from."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from mochocho.excel.listing import Row, read_list
from mochocho.excel.typed import Wrong
from mochocho.words.errors import BadInput, Terminal
from mochocho.words.places import Province
from mochocho.words.progress import RowCall, unheard
from mochocho.words.sentences import Sentence, about, joined
from xlsforms import names
from xlsforms.list_columns import COLUMNS

SHOWN = 20  # mistakes in one message
_PREFIX = re.compile(r"^(?:ตำบล|ต\.|แขวง) ?")
NAME, LABEL, SUBDISTRICT = COLUMNS[names.VILLAGES]
# Other headings that offices use for these columns; case, spaces and punctuation are ignored.
HEADINGS = {
    NAME: ("code", "village code", "village id", "รหัส", "รหัสหมู่บ้าน", "รหัสบ้าน"),
    LABEL: ("village", "village name", "label::Thai", "ชื่อ", "ชื่อหมู่บ้าน", "ชื่อบ้าน", "หมู่บ้าน"),
    SUBDISTRICT: ("subdistrict code", "tambon", "tambon code", "ตำบล", "รหัสตำบล", "ชื่อตำบล", "แขวง"),
}


def read_villages(path: Path, province: Province, on_row: RowCall = unheard) -> bytes:
    """The content of villages.csv: columns as `list_columns.COLUMNS` has them, rows in the file's order.

    Reads .xlsx and text saved by Excel. Raises Terminal with the file, row and column of every mistake: a
    missing column or cell, a name used twice, a code that Excel broke, a subdistrict of another province.
    """
    try:
        rows = list(read_list(path, HEADINGS, on_row))
    except BadInput as error:
        raise Terminal(*about(str(path), error.said)) from error
    villages, faults = _Villages(province), list[Sentence]()
    for row in rows:
        try:
            villages.add(row)
        except Wrong as wrong:
            faults.append(wrong.said)
    if not rows:
        none = Sentence(
            "ไม่มีหมู่บ้านสักแถว ให้กรอกอย่างน้อยหนึ่งหมู่บ้าน หรือลบบรรทัด villages ในการตั้งค่า",
            "there is no village; fill in at least one, or remove the line villages from the settings",
        )
        faults.append(none)
    if faults:
        rest = len(faults) - SHOWN
        more = [Sentence(f"และอีก {rest} แห่ง", f"and {rest} more")] if rest > 0 else []
        raise Terminal(
            *joined(Sentence(f"{path}: {th}", f"{path}: {en}") for th, en in (*faults[:SHOWN], *more))
        )
    return villages.content()


class _Villages:
    """The villages read so far."""

    def __init__(self, province: Province) -> None:
        self._rows: dict[str, tuple[str, str]] = {}  # code -> label and subdistrict's code
        self._subdistricts: dict[str, dict[str, str]] = defaultdict(dict)  # code or name -> code -> district
        for district in province.districts:
            for one in district.subdistricts:
                for said in (one.code, one.name_th):
                    self._subdistricts[said][one.code] = district.name_th

    def add(self, row: Row) -> None:
        """Add a village. Raises Wrong, with the place, for a row that cannot be used."""
        name = _read(row, NAME, row.code, self._new)
        label = _read(row, LABEL, row.text, str)
        self._rows[name] = label, _read(row, SUBDISTRICT, row.code, self._subdistrict)

    def _new(self, name: str) -> str:
        if " " in name:  # forms separate several choices by spaces
            raise Wrong(
                f"รหัส “{name}” มีช่องว่าง ให้ใช้รหัสสั้น ๆ ที่ไม่มีช่องว่าง เช่น 57010101",
                f"the code “{name}” has a space; use a short code without one, such as 57010101",
            )
        if name in self._rows:
            raise Wrong(
                f"รหัส “{name}” ซ้ำกับแถวก่อนหน้า แต่ละหมู่บ้านต้องมีรหัสของตนเอง",
                f"the code “{name}” stands in an earlier row; each village has a code of its own",
            )
        return name

    def _subdistrict(self, said: str) -> str:
        found = self._subdistricts.get(_PREFIX.sub("", said), {})
        if len(found) == 1:
            return next(iter(found))
        if found:
            which = ", ".join(f"{code} (อำเภอ{district})" for code, district in found.items())
            raise Wrong(
                f"ตำบลชื่อ “{said}” มีหลายแห่งในจังหวัดนี้ ให้เขียนรหัสหกหลัก: {which}",
                f"the province has several subdistricts “{said}”; write the code of six digits: {which}",
            )
        raise Wrong(
            f"ไม่มีตำบล “{said}” ในจังหวัดนี้ ให้เขียนรหัสตำบลหกหลัก เช่น 570101",
            f"the province has no subdistrict “{said}”; write its code of six digits, such as 570101",
        )

    def content(self) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow((NAME, LABEL, SUBDISTRICT))
        writer.writerows((name, *rest) for name, rest in self._rows.items())
        return text.getvalue().encode()


def _read(row: Row, column: str, cell: Callable[[str], str], checked: Callable[[str], str]) -> str:
    """The checked text of a cell. Raises Wrong, with the place."""
    try:
        text = cell(column)
        if not text:
            raise Wrong("ยังไม่ได้กรอก", "is not filled in")
        return checked(text)
    except Wrong as wrong:
        at, said = row.at(column), wrong.said
        raise Wrong(f"{at.th}: {said.th}", f"{at.en}: {said.en}") from None
