"""The clerk's sheet of documents: its columns, and what is typed in a row. Pure."""

from collections.abc import Mapping

from mochocho.excel.filled_sheet import KEY, NAME
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Part
from processing.decisions.decision import Kind
from processing.decisions.office.verdict_row import MatterRow
from processing.documents.desk.typed_verdicts import Typed

SHEET = "เอกสารรอคนตรวจ"
TYPE, DOCUMENT, STATE, FOUND, PICTURE = "ประเภท", "เอกสาร", "สถานะ", "สิ่งที่ระบบพบ", "ภาพ"
VERDICT, REASON, SEEN_BY = "คำวินิจฉัย", "เหตุผล", "ผู้เห็นตัวจริง"
CODE, PAGES = "รหัสเอกสาร", "รหัสภาพ"
COLUMNS = (TYPE, NAME, DOCUMENT, STATE, FOUND, PICTURE, VERDICT, REASON, SEEN_BY, KEY, CODE, PAGES)
KINDS: Mapping[str, Kind] = {
    "รับ": Kind.DOCUMENT_ACCEPT,
    "ยกเว้น": Kind.DOCUMENT_WAIVE,
    "ส่งคืน": Kind.DOCUMENT_RETURN,
}
_COLUMN_OF: Mapping[Part, str] = {
    "key": KEY,
    "about": CODE,
    "pages": PAGES,
    "reason": REASON,
    "seen_by": SEEN_BY,
}


class DeskRow(MatterRow):
    """One row of the sheet, by column name."""

    SHEET = SHEET
    COLUMNS = COLUMNS
    NEEDED = (NAME, VERDICT, KEY, CODE, PAGES)
    VERDICT = VERDICT
    CHOICES = KINDS
    NOT_CHOSEN = Sentence("คำวินิจฉัยต้องเป็นข้อใดข้อหนึ่ง", "the verdict must be one of these")
    TYPED = (VERDICT, REASON, SEEN_BY)
    COLUMN_OF = _COLUMN_OF
    ABOUT = CODE
    AGAIN = Sentence(
        "เอกสารนี้ซ้ำกับแถวก่อนหน้า ให้เหลือแถวเดียว", "an earlier row is of this document; keep one of them"
    )

    @property
    def typed(self) -> Typed:
        """What is typed in it, once that can be read."""
        return Typed(
            KINDS[self[VERDICT].text],
            *self.matter,
            reason=self[REASON].in_lines,
            seen_by=self[SEEN_BY].text,
            pages=self[PAGES].text,
        )
