"""Erases a person: their forms, photos and rows; what the office must keep stays, without what names them."""

import logging
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from mochocho.app.erasing import covered_words, gone_files, run_erasure
from mochocho.app.erasing.ledger_of_erasures import Plan, Receipt
from mochocho.app.erasing.receipt_told import digest_of
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.erasing.whose import own_rows, still_serving
from mochocho.app.erasing.whose.mentions import FILES, Mention, mentions
from mochocho.app.erasing.whose.pseudonym import kept_part, pseudonym
from mochocho.app.erasing.whose.whose_data import WhoseData, cycle_of, whose_data
from mochocho.app.persons.holders import holders
from mochocho.app.pipeline.lock import conveyor_lock
from mochocho.storage.db import closed, reading
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal
from processing.persons.sought_person import Sought
from processing.register import register_forms
from sync.mirror.writing.erased_ids import ErasedIds
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.targets import erase_there

Only = Collection[str] | None
log = logging.getLogger(__name__)


class Differs(Terminal):
    """What would go is not what was shown; `receipt`: what it is now."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(
            "สิ่งที่จะลบไม่เหมือนที่แสดงไว้ ยังไม่ได้ลบ ให้ดูรายการใหม่แล้วกดอีกครั้ง",
            "what would go is not what was shown; nothing was erased, look at it anew",
        )
        self.receipt = receipt


def mentions_of(home: Home, sought: Sought) -> list[Mention]:
    """The parts in which somebody stands who is known by name alone; none where applications are theirs."""
    with reading(home.engine) as session:
        belongs = holders(session)
        whose = whose_data(home, session, belongs, sought)
        if whose is None or whose.keys:
            return []
        files = gone_files.naming_files(home, belongs, whose.persons, ())
        return mentions(home, session, belongs, sought, files)


def refuse_serving(home: Home, sought: Sought, only: Only = None) -> None:
    """Raise Terminal where somebody who is known by name alone has an open account or a task in an open
    cycle, of the parts that are to go.
    """
    with reading(home.engine) as session:
        whose = whose_data(home, session, holders(session), sought, only)
        if whose is not None:
            still_serving.refuse(home, session, whose)


def foreseen(home: Home, sought: Sought, asked: Asked, only: Only = None) -> Receipt | None:
    """The receipt that `erase` would give; changes nothing. None where nothing of the person is here."""
    plan = _plan(home, sought, only)
    return run_erasure.rehearse(home, plan, asked) if plan else None


def finish_cut_off(home: Home, wait: float) -> None:
    """Do whatever erasure was cut off to its end. Raises Transient as `erase`."""
    with conveyor_lock(home, wait):
        run_erasure.finish_unfinished(home)


def erase(
    home: Home,
    sought: Sought,
    asked: Asked,
    only: Only = None,
    *,
    shown: str = "",
    wait: float = 60.0,
    again: ErasedIds | None = None,
) -> Receipt | None:
    """Erase the person, after finishing whatever erasure was cut off; None where nothing of them is here.

    `only`: the parts (`mentions_of`) in which a name is theirs, None = all; `again`: in a restored home, what
    was noted when an applicant was erased, which says where the name stayed.
    `shown`: `receipt_told.digest_of` what was foreseen, '' = nobody looked. Raises Differs where it is now
    another, Transient where the conveyor is at work for `wait` seconds.
    """
    with conveyor_lock(home, wait):
        run_erasure.finish_unfinished(home)
        _read_what_waits(home)
        plan = _plan(home, sought, only, again)
        if plan is not None:
            if shown and digest_of(now := run_erasure.rehearse(home, plan, asked)) != shown:
                raise Differs(now)
            return run_erasure.finish(home, run_erasure.begin(home, plan, asked))
    about = sought.key or (pseudonym(cycle_of(home), sought.name) if sought.name else "")
    return run_erasure.done_before(home, about) if about else None


def on_servers(home: Home, receipt: Receipt) -> Receipt:
    """Delete what servers hold of it; the receipt with what went and what is still to be done there."""
    left, deleted = list[tuple[str, str]](), list[tuple[str, str]]()
    for server, root in receipt.servers:
        try:
            if erase_there(home, server, root):
                deleted.append((server, root))
                continue
        except MochochoError as error:
            log.warning("%s %s: %s", server, root, error)
        left.append((server, root))
    return replace(receipt, servers=tuple(left), deleted=tuple(deleted))


def _plan(home: Home, sought: Sought, only: Only, again: ErasedIds | None = None) -> Plan | None:
    with reading(home.engine) as session:
        belongs = holders(session)
        whose = whose_data(home, session, belongs, sought, only)
        if whose is None:
            return None
        if whose.keys:
            whose = replace(whose, spared=_spared(home, session, whose, again))
        files = gone_files.naming_files(home, belongs, whose.persons, whose.keys)
        if not whose.covers(FILES):
            files = files.emptied
        if not (whose.keys or (files.ours if whose.only is None else files.others)):
            own = own_rows.own_rows(session, belongs, whose.keys)
            if not covered_words.changes(session, home.store, belongs, whose, own).rows:
                return None
    return Plan(whose, files)


def _spared(home: Home, session: Session, whose: WhoseData, again: ErasedIds | None) -> tuple[str, ...]:
    """The parts in which somebody serves by an applicant's name; in a restored home what stayed then."""
    parts = {part for task in still_serving.serving(home, session, whose) for part in task.mentions}
    if again is not None:
        parts = {one for one in parts if any(again.holds(kept_part(key, one)) for key in whose.keys)}
    return tuple(sorted(parts))


def _read_what_waits(home: Home) -> None:
    """What phones posted is read first, so that it is known whose it is."""
    with reading(home.engine) as session:
        if closed(session.connection()):
            return
    pull(home, SpoolSource(home))
    register_forms.run(home)
