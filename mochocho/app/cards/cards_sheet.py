"""The sheet of pages that may show an ID card: its columns, a row as a decision or as mistakes. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from mochocho.excel import filled_sheet
from mochocho.excel.cells import Sheet
from mochocho.excel.filled_sheet import KEY, NAME, FilledRow
from mochocho.excel.typed import Mistake
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Part, Refusal
from processing.decisions.decision import Decision, Kind, OnCard, Seen
from processing.decisions.effects.on_cards import CardPage

SHEET = "ภาพที่อาจมีบัตรประจำตัว"
DISTRICT, TYPE, DOCUMENT, PAGE, PICTURE = "อำเภอ", "ประเภท", "เอกสาร", "หน้า", "ภาพ"
VERDICT, REASON, PLACE = "ในภาพ", "เหตุผล", "รหัสภาพ"
COLUMNS = (DISTRICT, TYPE, NAME, DOCUMENT, PAGE, PICTURE, VERDICT, REASON, KEY, PLACE)
NEEDED = (NAME, VERDICT, REASON, KEY, PLACE)
CARD: Mapping[str, bool] = {"มีบัตร": True, "ไม่มีบัตร": False}
_COLUMN_OF: Mapping[Part, str] = {"key": KEY, "about": PLACE, "pages": PLACE, "reason": REASON}


class CardRow(FilledRow):
    """One row of the sheet, by column name."""

    SHEET = SHEET

    @property
    def undecided(self) -> bool:
        """Nothing is typed in it."""
        return self[VERDICT].empty and self[REASON].empty

    @property
    def page(self) -> CardPage | None:
        return CardPage.of(self[PLACE].text)

    @property
    def matter(self) -> tuple[str, str]:
        return self[KEY].text, self[PLACE].text

    def unread(self, names: Mapping[str, str]) -> Iterator[Mistake]:
        """What keeps a decision from being read in it; `names`: applicant key -> registered name."""
        yield from self.unusable()
        if self[VERDICT].text not in CARD:
            wanted = ", ".join(f"“{word}”" for word in CARD)
            said = Sentence(f"ต้องเป็นข้อใดข้อหนึ่ง: {wanted}", f"must be one of these: {wanted}")
            yield self.mistake(VERDICT, said)
        yield from self.displaced(names)

    def decision(self, by: str) -> Decision:
        """What is typed in it, once that can be read."""
        key, place = self.matter
        return decision_of(key, place, card=CARD[self[VERDICT].text], reason=self[REASON].text, by=by)

    def refused(self, refusals: Iterable[Refusal]) -> Iterator[Mistake]:
        for refusal in refusals:
            yield self.mistake(_COLUMN_OF.get(refusal.part, ""), refusal.said)


def decision_of(key: str, place: str, *, card: bool, reason: str, by: str) -> Decision:
    """A person's word on the page of this place (`CardPage.place`), as it is recorded."""
    page = CardPage.of(place)
    seen = Seen(files=(page.sha256,)) if page else Seen()
    return Decision(Kind.CARD_PAGE, key, place, OnCard(card), reason, by, seen=seen)


def unfit(sheet: Sheet) -> list[Mistake]:
    """What keeps its rows from being read."""
    return filled_sheet.unfit(sheet, NEEDED, COLUMNS)


def rows(sheet: Sheet) -> Iterator[CardRow]:
    """The rows under the headings in which anything is typed or written."""
    return (CardRow(*below) for below in filled_sheet.cells_below(sheet, COLUMNS))
