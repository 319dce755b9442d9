"""The list of pages that a person is asked about: is there an ID card on it, or may it be shown whole?"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.cards.covered_page import covered, noted
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall
from processing.decisions import recorded
from processing.decisions.effects.on_cards import CardPage
from processing.documents.desk.on_desk import OnDesk, lying, of_applicants
from processing.register.form_packs import Packs
from processing.register.within_scope import within
from processing.scope import EVERYTHING, Scope
from processing.tables import ApplicantFileRow, ApplicantRow

LISTED = 25  # applicants on one page of the portal


@dataclass(frozen=True, slots=True)
class Unsure:
    """One page as it is listed. `number`: of the document's pages, from 1."""

    one: OnDesk
    page: CardPage
    number: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What is shown of the list, and how many applicants follow."""

    pages: tuple[Unsure, ...]
    more: int


def all_looked_at(home: Home, districts: Collection[str] | None, progress: ProgressCall) -> list[Unsure]:
    """Every undecided page of which the machine is not sure, each looked at; of these districts (codes)."""
    every = [page for one in lying(home, districts) for page in _pages(one)]
    with reading(home.engine) as session:
        decided = recorded.on_cards(session, {each.page.place for each in every})
    found = list[Unsure]()
    waiting = [each for each in every if each.page.place not in decided and home.store.has(each.page.sha256)]
    for done, each in enumerate(waiting, 1):
        if covered(home, each.page) is None:
            found.append(each)
        progress("cards", done, len(waiting))
    known = noted(home)  # without those that cannot be opened at all
    return [each for each in found if each.page in known]


def noted_so_far(home: Home, session: Session, scope: Scope) -> Listed:
    """Those within this scope that were come upon and are not decided, of the first applicants by key."""
    open_pages, keys = _open(home, session, scope)
    return Listed(_of(home, session, open_pages, keys[:LISTED]), max(0, len(keys) - LISTED))


def every_noted(home: Home, session: Session) -> tuple[Unsure, ...]:
    """All of them, of every district."""
    return _of(home, session, *_open(home, session, EVERYTHING))


def _open(home: Home, session: Session, scope: Scope) -> tuple[set[CardPage], list[str]]:
    """The pages, and the keys of their applicants within the scope."""
    pages = noted(home)
    decided = recorded.on_cards(session, {page.place for page in pages})
    open_pages = {page for page in pages if page.place not in decided}
    query = (
        select(ApplicantFileRow.applicant_key, ApplicantFileRow.sha256)
        .join(ApplicantRow, ApplicantRow.key == ApplicantFileRow.applicant_key)
        .where(within(scope))
    )
    files = {page.sha256 for page in open_pages}
    return open_pages, sorted({key for key, sha256 in session.execute(query) if sha256 in files})


def _of(home: Home, session: Session, pages: set[CardPage], keys: Sequence[str]) -> tuple[Unsure, ...]:
    shown = of_applicants(home, Packs(home, session), session, keys)
    return tuple(each for one in shown for each in _pages(one) if each.page in pages)


def _pages(one: OnDesk) -> Iterator[Unsure]:
    if not one.document.identifies:
        return
    number = 0
    for file, sheets in zip(one.verdict.pages, one.verdict.sheets or repeat(0), strict=False):
        for sheet in range(1, sheets + 1) if sheets else (0,):
            number += 1
            if file.sha256:
                yield Unsure(one, CardPage(file.sha256, sheet), number)
