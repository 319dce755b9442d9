"""How far an erasure is: kept in a row, so that one that was cut off is done to its end, and none twice.

planned   it is known what goes; in one transaction the rows are covered and removed
covered   files go
emptied   nothing names the person any more; the database is written anew
done
"""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.erasing.gone_files import NamingFiles
from mochocho.app.erasing.whose.whose_data import WhoseData
from mochocho.app.tables import ErasureRow
from mochocho.storage.db import advance, transaction
from mochocho.storage.home import Home
from processing import codec
from processing.decisions.chain import canonical

PLANNED, COVERED, EMPTIED, DONE = "planned", "covered", "emptied", "done"


@dataclass(frozen=True)
class Plan:
    """What goes. `whose` None: everybody's, of the whole cycle. `stored`: sha256; `instances`: whose posts
    go; both are known once the rows are done.
    """

    whose: WhoseData | None
    files: NamingFiles
    stored: tuple[str, ...] = ()
    instances: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What went, by counts and hashes; it names nobody.

    `removed`, `covered`: rows by table; `files`: sha256 of what went from the store; `others`: how many other
    files; `releases`: whose files went; `left`: files that a person looks at; `servers`: (server, root there)
    that hold the same, (server, `list/row`) of lists, (server, "") of a whole cycle; `mentioned`: that hold
    forms of others that name the person; `counts`: of a whole cycle, what stays known of it;
    `namesakes`: keys of applicants of the same name, of which nothing went; `only`: the parts
    (`whose.mentions`) that somebody chose, of a name that several people bear; `spared`: those in which the
    name stays, as somebody serves by it; `deleted`: of `servers` what the program has deleted there.
    """

    number: int
    about: str
    officer: str = ""
    reason: str = ""
    begun_at: str = ""
    removed: dict[str, int] = field(default_factory=dict)
    covered: dict[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    others: int = 0
    releases: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    servers: tuple[tuple[str, str], ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    namesakes: tuple[str, ...] = ()
    mentioned: tuple[tuple[str, str], ...] = ()
    only: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    deleted: tuple[tuple[str, str], ...] = ()


def unfinished(session: Session) -> ErasureRow | None:
    """The one that was cut off; there is one at most."""
    return session.scalar(select(ErasureRow).where(ErasureRow.state != DONE).order_by(ErasureRow.id).limit(1))


def plan_of(row: ErasureRow) -> Plan:
    return codec.load(Plan, json.loads(row.plan))


def receipt_of(row: ErasureRow) -> Receipt:
    return codec.load(Receipt, json.loads(row.receipt))


def spelt(value: Plan | Receipt) -> str:
    return canonical(codec.dump(value))


def step(home: Home, number: int, state: str, **columns: Any) -> None:
    """Note how far it is; also of a cycle that is closed."""
    with transaction(home.engine, counted=False) as session:
        row = session.get_one(ErasureRow, number)
        row.state = state
        for name, value in columns.items():
            setattr(row, name, value)
        session.flush()
        advance(session.connection())


def begun(row: ErasureRow, plan: Plan) -> Receipt:
    """The receipt before anything went from the database: who has it done, and the files that go by name."""
    return Receipt(
        row.id,
        row.about,
        row.officer,
        row.reason,
        row.begun_at.isoformat(timespec="seconds"),
        others=plan.files.others,
        left=plan.files.left,
        namesakes=plan.whose.may_be_same if plan.whose else (),
        only=(plan.whose.only or ()) if plan.whose else (),
        spared=plan.whose.spared if plan.whose else (),
    )
