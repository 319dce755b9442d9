"""The clerk's sheet of documents: its columns, and one row as a decision or as mistakes. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from mochocho.excel import filled_sheet
from mochocho.excel.cells import Sheet
from mochocho.excel.filled_sheet import KEY, NAME, FilledRow
from mochocho.excel.typed import Mistake
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Part, Refusal
from processing.decisions.decision import Kind
from processing.documents.desk.typed_verdicts import Typed

SHEET = "เอกสารรอคนตรวจ"
TYPE, DOCUMENT, STATE, FOUND, PICTURE = "ประเภท", "เอกสาร", "สถานะ", "สิ่งที่ระบบพบ", "ภาพ"
VERDICT, REASON, SEEN_BY = "คำวินิจฉัย", "เหตุผล", "ผู้เห็นตัวจริง"
CODE, PAGES = "รหัสเอกสาร", "รหัสภาพ"
COLUMNS = (TYPE, NAME, DOCUMENT, STATE, FOUND, PICTURE, VERDICT, REASON, SEEN_BY, KEY, CODE, PAGES)
NEEDED = (NAME, VERDICT, KEY, CODE, PAGES)
TYPED = (VERDICT, REASON, SEEN_BY)
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


class DeskRow(FilledRow):
    """One row of the sheet, by column name."""

    SHEET = SHEET

    @property
    def undecided(self) -> bool:
        """Nothing is typed in it."""
        return all(self[column].empty for column in TYPED)

    @property
    def matter(self) -> tuple[str, str]:
        return self[KEY].text, self[CODE].text

    def unread(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        """What keeps a decision from being read in it; `names`: applicant key -> registered name."""
        yield from self.unusable()
        if self[VERDICT].text not in KINDS:
            wanted = ", ".join(f"“{word}”" for word in KINDS)
            said = Sentence(
                f"คำวินิจฉัยต้องเป็นข้อใดข้อหนึ่ง: {wanted}", f"the verdict must be one of these: {wanted}"
            )
            yield self.mistake(VERDICT, said)
        yield from self.displaced(names)

    @property
    def typed(self) -> Typed:
        """What is typed in it, once that can be read."""
        return Typed(
            KINDS[self[VERDICT].text],
            *self.matter,
            reason=self[REASON].text,
            seen_by=self[SEEN_BY].text,
            pages=self[PAGES].text,
        )

    def refused(self, refusals: Iterable[Refusal]) -> Iterator[Mistake]:
        for refusal in refusals:
            yield self.mistake(_COLUMN_OF.get(refusal.part, ""), refusal.said)


def unfit(sheet: Sheet) -> list[Mistake]:
    """What keeps its rows from being read."""
    return filled_sheet.unfit(sheet, NEEDED, COLUMNS)


def rows(sheet: Sheet) -> Iterator[DeskRow]:
    """The rows under the headings in which anything is typed or written."""
    return (DeskRow(*below) for below in filled_sheet.cells_below(sheet, COLUMNS))
