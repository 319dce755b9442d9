"""A person's word on a page of which the machine was not sure: one way for command, portal and Excel."""

from mochocho.app.cards.cards_sheet import decision_of
from mochocho.app.cards.covered_page import covered
from mochocho.storage.home import Home
from mochocho.words.sentences import Sentence
from processing.decisions.acceptable import Refusal
from processing.decisions.effects.on_cards import CardPage
from processing.decisions.recorder import Recorded, Refused, record_decisions

_COVERED = Sentence(
    "เครื่องพบเลขประจำตัวในภาพนี้และปกปิดให้แล้ว จึงไม่ต้องวินิจฉัย",
    "the machine found the ID number in this picture and covered it, so nobody needs to decide",
)


def judge(home: Home, key: str, place: str, *, card: bool, reason: str, by: str) -> tuple[Recorded, ...]:
    """Record whether a card is on this page (`CardPage.place`); returns what did not stand already.

    Raises Refused: `about` for a page that this applicant does not have or where the machine found the number
    itself, `reason` where none is given.
    """
    for refusal in of_the_machine(home, CardPage.of(place)):
        raise Refused(refusal)
    return record_decisions(home, [decision_of(key, place, card=card, reason=reason, by=by)])


def of_the_machine(home: Home, page: CardPage | None) -> tuple[Refusal, ...]:
    """Why nobody is asked about this page, where the machine found the number itself."""
    if page is None or not home.store.has(page.sha256) or covered(home, page) is None:
        return ()
    return (Refusal("about", _COVERED),)
