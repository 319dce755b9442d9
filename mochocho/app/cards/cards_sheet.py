"""The sheet of pages that may show an ID card: its columns, and a row as a decision. Pure."""

from collections.abc import Mapping

from mochocho.excel.filled_sheet import KEY, NAME
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Part
from processing.decisions.decision import Decision, Kind, OnCard, Seen
from processing.decisions.effects.on_cards import CardPage
from processing.decisions.office.verdict_row import MatterRow

DISTRICT, TYPE, DOCUMENT, PAGE, PICTURE = "อำเภอ", "ประเภท", "เอกสาร", "หน้า", "ภาพ"
VERDICT, REASON, PLACE = "ในภาพ", "เหตุผล", "รหัสภาพ"
COLUMNS = (DISTRICT, TYPE, NAME, DOCUMENT, PAGE, PICTURE, VERDICT, REASON, KEY, PLACE)
CARD: Mapping[str, bool] = {"มีบัตร": True, "ไม่มีบัตร": False}
_COLUMN_OF: Mapping[Part, str] = {"key": KEY, "about": PLACE, "pages": PLACE, "reason": REASON}


class CardRow(MatterRow):
    """One row of the sheet, by column name."""

    SHEET = "ภาพที่อาจมีบัตรประจำตัว"
    COLUMNS = COLUMNS
    NEEDED = (NAME, VERDICT, REASON, KEY, PLACE)
    VERDICT = VERDICT
    CHOICES = CARD
    NOT_CHOSEN = Sentence("ต้องเป็นข้อใดข้อหนึ่ง", "must be one of these")
    TYPED = (VERDICT, REASON)
    COLUMN_OF = _COLUMN_OF
    ABOUT = PLACE
    AGAIN = Sentence("ภาพนี้ซ้ำกับแถวก่อนหน้า ให้เหลือแถวเดียว", "an earlier row is of this page; keep one of them")

    @property
    def page(self) -> CardPage | None:
        return CardPage.of(self[PLACE].text)

    def decision(self, by: str) -> Decision:
        """What is typed in it, once that can be read."""
        key, place = self.matter
        return decision_of(key, place, card=CARD[self[VERDICT].text], reason=self[REASON].in_lines, by=by)


def decision_of(key: str, place: str, *, card: bool, reason: str, by: str) -> Decision:
    """A person's word on the page of this place (`CardPage.place`), as it is recorded."""
    page = CardPage.of(place)
    seen = Seen(files=(page.sha256,)) if page else Seen()
    return Decision(Kind.CARD_PAGE, key, place, OnCard(card), reason, by, seen=seen)
