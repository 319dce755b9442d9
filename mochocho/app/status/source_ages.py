"""How old the data of each source are, and whether that is as it should be: few queries, no request."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.settings.config import Server
from mochocho.storage.home import Home
from sync.openrosa.source import SpoolSource
from sync.tables import SubmissionVersion, Sweep

KINDS_TH = {"central": "ODK Central", "kobo": "KoboToolbox"}
INTERVALS = 2  # a server looked at whole within so many intervals is in order


@dataclass(frozen=True, slots=True)
class SourceAge:
    """One source. `last`: of a server when it was last looked at whole, of others when a form last came;
    `in_order`: None where nothing is expected. `problem`: why the last look was not whole, in Thai.
    """

    key: str
    name_th: str
    last: datetime | None
    in_order: bool | None
    problem: str = ""
    due: int = 0
    vanished: int = 0


def look(home: Home, session: Session, now: datetime) -> tuple[SourceAge, ...]:
    """The servers in the order of the settings, then phones and folders."""
    settings = home.settings
    sweeps = {sweep.source: sweep for sweep in session.scalars(select(Sweep))}
    servers = settings.servers if settings.cycle_open else ()
    return (
        *(_server(server, sweeps.get(server.source_key), now) for server in servers),
        *_received(home, session),
    )


def _server(server: Server, sweep: Sweep | None, now: datetime) -> SourceAge:
    last = sweep.whole_at if sweep else None
    fresh = last is not None and now - last <= timedelta(seconds=INTERVALS * server.sweep_seconds)
    problem = (sweep.problem_th or sweep.problem or "") if sweep else ""
    name = f"{KINDS_TH[server.kind]} ({server.key})"
    return SourceAge(
        key=server.source_key,
        name_th=name,
        last=last,
        in_order=fresh and not problem,
        problem=problem.removeprefix(f"{server.source_key}:").strip(),
        due=sweep.due if sweep else 0,
        vanished=sweep.vanished if sweep else 0,
    )


def _received(home: Home, session: Session) -> Iterator[SourceAge]:
    version = SubmissionVersion
    query = select(version.source, func.max(version.received_at), func.max(version.id)).group_by(
        version.source
    )
    last = {source: at for source, at, _ in session.execute(query)}
    named = {SpoolSource.key: "รับตรงจากโทรศัพท์"}
    named |= {f"folder:{folder.key}": f"โฟลเดอร์ {folder.key}" for folder in home.settings.folders}
    for key, name in named.items():
        if key in last:
            yield SourceAge(key, name, last[key], None)
