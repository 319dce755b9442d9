"""The status for a person's screen, and as JSON for programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.table import Table

from mochocho.app import standings
from mochocho.app.ages import age
from mochocho.app.console import out, say
from mochocho.app.redact import redact
from mochocho.app.status import Failed, Status


def to_json(now: Status) -> str:
    """For programs: the fields of `Status`, times in ISO 8601."""
    return json.dumps(_covered(asdict(now)), ensure_ascii=False, indent=2, default=datetime.isoformat)


def _covered(value: Any) -> Any:
    """The same with every text redacted: names are as officers typed them."""
    match value:
        case str():
            return redact(value)
        case dict():
            return {name: _covered(held) for name, held in value.items()}
        case list() | tuple():
            return [_covered(held) for held in value]
    return value


def table(now: Status, at: datetime) -> None:
    """Print it for a person; `at` is the time that ages are counted to."""
    grid = Table("stage", box=None, pad_edge=False)
    for heading in ("done", "due", "queued", "running", "failed", "waiting for a person", "oldest"):
        grid.add_column(heading, justify="right")
    for stage in now.stages:
        failed, waiting = sum(len(f.items) for f in stage.failed), sum(w.count for w in stage.waiting)
        numbers = (stage.done, stage.due, stage.queued, stage.running, failed, waiting)
        grid.add_row(stage.name, *map(str, numbers), age(stage.oldest, at) if stage.oldest else "")
    out.print(grid)
    for server in now.servers:
        out.print(standings.table(server, at))
    for line in _lines(now, at):
        say(redact(line))


def _lines(now: Status, at: datetime) -> Iterator[str]:
    yield f"decisions: {now.decisions}"
    yield f"officers: {now.officers_active} active, {now.officers_revoked} revoked"
    if now.looked_at:
        yield f"the workers' conveyor looked {age(now.looked_at, at)} ago"
    if now.packet_made_at:
        yield f"last packet: meeting {now.packet_meeting}, made {age(now.packet_made_at, at)} ago"
    if now.missing_attachments:
        yield f"files that have not arrived: {now.missing_attachments}"
    yield from _server_lines(now, at)
    for stage in now.stages:
        for w in stage.waiting:
            oldest = f", oldest {age(w.since, at)}" if w.since else ""
            yield f"{stage.name}: {w.count} × {w.code}{oldest}: {w.message_th}"
        for failed in stage.failed:
            yield _failed_line(stage.name, failed, at)
    for held in now.held:
        yield f"held: {held.name} ({held.key}): {held.message_th}"
    for root_id in now.conflicts:
        yield f"conflict: {root_id} was edited twice from one version; both are kept"


def _server_lines(now: Status, at: datetime) -> Iterator[str]:
    for server in now.servers:
        yield from standings.lines(server, at)
    if now.overruled:
        yield f"written on a server by others and put right, as only mochocho writes it: {now.overruled}"


def _failed_line(stage: str, failed: Failed, at: datetime) -> str:
    what = f"{failed.items[0]}" if len(failed.items) == 1 else f"{len(failed.items)} items"
    again = f"again in {age(at, failed.again)}" if failed.again else f"`mochocho replay {stage}` when mended"
    return (
        f"{stage}: {what or 'the stage itself'} failed, {failed.code}, {age(failed.since, at)} ago: "
        f"{failed.message}; {again}"
    )
