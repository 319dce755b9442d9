"""Erases a person: their forms, photos and rows; what the office must keep stays, without what names them."""

import logging
from dataclasses import replace

from mochocho.app.erasing import covered_words, gone_files, own_rows, run_erasure
from mochocho.app.erasing.ledger_of_erasures import Plan, Receipt
from mochocho.app.erasing.run_erasure import Asked
from mochocho.app.erasing.whose_data import whose_data
from mochocho.app.persons.holders import holders
from mochocho.app.pipeline.lock import conveyor_lock
from mochocho.storage.db import closed, reading
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from processing.persons.sought_person import Sought
from processing.register import register_forms
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.targets import erase_there

log = logging.getLogger(__name__)


def foreseen(home: Home, sought: Sought) -> Receipt | None:
    """What `erase` would do; changes nothing. None where this home has no application of the person."""
    with reading(home.engine) as session:
        belongs = holders(session)
        whose = whose_data(home, session, belongs, sought)
        if whose is None:
            return None
        own = own_rows.own_rows(session, belongs, whose.keys)
        found = covered_words.changes(session, home.store, belongs, whose, own)
    files = gone_files.naming_files(home, belongs, whose.persons, whose.keys)
    return Receipt(
        0,
        ", ".join(whose.keys),
        covered=dict(sorted(found.counts.items())),
        files=tuple(sorted(own.files)),
        others=len(files.ours),
        releases=found.released,
        left=files.left,
        servers=own.on_servers,
    )


def erase(home: Home, sought: Sought, asked: Asked) -> Receipt | None:
    """Erase the person, after finishing whatever erasure was cut off; None where nothing of them is here."""
    with conveyor_lock(home):
        run_erasure.finish_unfinished(home)
        _read_what_waits(home)
        plan = _plan(home, sought)
        if plan is not None:
            return run_erasure.finish(home, run_erasure.begin(home, plan, asked))
    return run_erasure.done_before(home, sought.key) if sought.key else None


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
    return Plan(whose, gone_files.naming_files(home, belongs, whose.persons, whose.keys))


def _read_what_waits(home: Home) -> None:
    """What phones posted is read first, so that it is known whose it is."""
    with reading(home.engine) as session:
        if closed(session.connection()):
            return
    pull(home, SpoolSource(home))
    register_forms.run(home)
