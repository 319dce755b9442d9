"""Erases a person: their forms, photos and rows; what the office must keep stays, without what names them."""

import logging
from dataclasses import replace

from mochocho.app.erasing import covered_words, gone_files, run_erasure
from mochocho.app.erasing.ledger_of_erasures import Plan, Receipt
from mochocho.app.erasing.receipt_told import digest_of
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.erasing.whose import own_rows, still_serving
from mochocho.app.erasing.whose.pseudonym import pseudonym
from mochocho.app.erasing.whose.whose_data import cycle_of, whose_data
from mochocho.app.persons.holders import holders
from mochocho.app.pipeline.lock import conveyor_lock
from mochocho.storage.db import closed, reading
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal
from processing.persons.sought_person import Sought
from processing.register import register_forms
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.targets import erase_there

log = logging.getLogger(__name__)


class Differs(Terminal):
    """What would go is not what was shown; `receipt`: what it is now."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(
            "สิ่งที่จะลบไม่เหมือนที่แสดงไว้ ยังไม่ได้ลบ ให้ดูรายการใหม่แล้วกดอีกครั้ง",
            "what would go is not what was shown; nothing was erased, look at it anew",
        )
        self.receipt = receipt


def refuse_serving(home: Home, sought: Sought) -> None:
    """Raise Terminal where the person has an open account or a task in an open cycle."""
    with reading(home.engine) as session:
        whose = whose_data(home, session, holders(session), sought)
        if whose is not None:
            still_serving.refuse(home, session, whose)


def foreseen(home: Home, sought: Sought, asked: Asked) -> Receipt | None:
    """The receipt that `erase` would give; changes nothing. None where nothing of the person is here."""
    plan = _plan(home, sought)
    return run_erasure.rehearse(home, plan, asked) if plan else None


def finish_cut_off(home: Home, wait: float) -> None:
    """Do whatever erasure was cut off to its end. Raises Transient as `erase`."""
    with conveyor_lock(home, wait):
        run_erasure.finish_unfinished(home)


def erase(home: Home, sought: Sought, asked: Asked, *, shown: str = "", wait: float = 60.0) -> Receipt | None:
    """Erase the person, after finishing whatever erasure was cut off; None where nothing of them is here.

    `shown`: `receipt_told.digest_of` what was foreseen, '' = nobody looked. Raises Differs where it is now
    another, Transient where the conveyor is at work for `wait` seconds.
    """
    with conveyor_lock(home, wait):
        run_erasure.finish_unfinished(home)
        _read_what_waits(home)
        plan = _plan(home, sought)
        if plan is not None:
            if shown and digest_of(now := run_erasure.rehearse(home, plan, asked)) != shown:
                raise Differs(now)
            return run_erasure.finish(home, run_erasure.begin(home, plan, asked))
    about = sought.key or (pseudonym(cycle_of(home), sought.name) if sought.name else "")
    return run_erasure.done_before(home, about) if about else None


def on_servers(home: Home, receipt: Receipt) -> Receipt:
    """Delete what servers hold of it; the receipt with what is still to be done there."""
    left = list[tuple[str, str]]()
    for server, root in receipt.servers:
        try:
            if erase_there(home, server, root):
                continue
        except MochochoError as error:
            log.warning("%s %s: %s", server, root, error)
        left.append((server, root))
    return replace(receipt, servers=tuple(left))


def _plan(home: Home, sought: Sought) -> Plan | None:
    with reading(home.engine) as session:
        belongs = holders(session)
        whose = whose_data(home, session, belongs, sought)
        if whose is None:
            return None
        files = gone_files.naming_files(home, belongs, whose.persons, whose.keys)
        if not (whose.keys or files.ours):
            own = own_rows.own_rows(session, belongs, whose.keys)
            if not covered_words.changes(session, home.store, belongs, whose, own).rows:
                return None
    return Plan(whose, files)


def _read_what_waits(home: Home) -> None:
    """What phones posted is read first, so that it is known whose it is."""
    with reading(home.engine) as session:
        if closed(session.connection()):
            return
    pull(home, SpoolSource(home))
    register_forms.run(home)
