"""A person's word on a page of which the machine was not sure: one way for command and portal."""

from mochocho.app.cards.covered_page import covered
from mochocho.storage.home import Home
from processing.decisions.acceptable import Refusal
from processing.decisions.decision import Decision, Kind, OnCard, Seen
from processing.decisions.effects.on_cards import CardPage
from processing.decisions.recorder import Recorded, Refused, record_decisions


def judge(home: Home, key: str, place: str, *, card: bool, reason: str, by: str) -> tuple[Recorded, ...]:
    """Record whether a card is on this page (`CardPage.place`); returns what did not stand already.

    Raises Refused: `about` for a page that this applicant does not have or where the machine found the number
    itself, `reason` where none is given.
    """
    page = CardPage.of(place)
    if page and home.store.has(page.sha256) and covered(home, page) is not None:
        raise Refused(Refusal("about", "เครื่องพบเลขประจำตัวในภาพนี้และปกปิดให้แล้ว จึงไม่ต้องวินิจฉัย"))
    seen = Seen(files=(page.sha256,)) if page else Seen()
    return record_decisions(home, [Decision(Kind.CARD_PAGE, key, place, OnCard(card), reason, by, seen=seen)])
