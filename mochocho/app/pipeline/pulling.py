"""Pulling by the conveyor: which sources it is time to pull, and how thoroughly.

Ticks pull a server as often as its settings say; a person who asks does not have to wait for that.
"""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from mochocho.app.terminal.faults import explain
from mochocho.app.terminal.redact import redact
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.progress import ProgressCall
from mochocho.words.sentences import Sentence
from sync.pull import schedule
from sync.pull.pull_source import pull
from sync.pull.registry import forget, servers, sources
from sync.sources.protocol import Server

log = logging.getLogger(__name__)

COMPARED_SECONDS = 3600.0  # workers may make a packet from files that were compared this long ago


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for: to compare every file of servers,
    and to let vanished roots of these sources go.
    """

    revalidate: bool = False
    accept_absence: Collection[str] = ()


AS_USUAL = Asked()


def every(home: Home) -> list[str]:
    """The keys of all sources."""
    return [source.key for source in sources(home)]


def in_time(home: Home) -> list[str]:
    """The keys of the sources that it is time to pull."""
    now = datetime.now(UTC)
    return [s.key for s in sources(home) if not isinstance(s, Server) or schedule.is_due(home, s.key, now)]


def do(
    home: Home, keys: Collection[str], progress: ProgressCall | None, asked: Asked | None = None
) -> tuple[dict[str, Exception], bool]:
    """Pull from these. Returns the errors of those that failed, and whether anything changed."""
    failed: dict[str, Exception] = {}
    changed = False
    for source in sources(home):
        if source.key not in keys:
            continue
        try:
            report = pull(
                home,
                source,
                progress,
                revalidate=asked is not None and asked.revalidate,
                quick=asked is None,
                accept_absence=asked is not None and source.key in asked.accept_absence,
            )
        except Exception as error:  # a source that is away must not delay the others
            failed[source.key] = error
            if isinstance(error, Terminal):
                forget()  # the person who corrects it may give it another secret
        else:
            changed = changed or bool(report.due or report.moved)
    return failed, changed


def compare_files(home: Home) -> bool:
    """Compare every file with its server's before papers are made, unless that was done recently.

    A server that is away does not prevent a packet; that its files were not compared is reported. Returns
    whether anything changed, so that the assessments are out of date.
    """
    now = datetime.now(UTC)
    old = [s.key for s in servers(home) if schedule.files_are_old(home, s.key, now, COMPARED_SECONDS)]
    failed, changed = do(home, old, None, Asked(revalidate=True))
    for line in uncompared(failed):
        log.warning("%s", redact(line.en))
    return changed


def uncompared(failed: dict[str, Exception]) -> Iterator[Sentence]:
    """Sentences about the servers whose files could not be compared."""
    for key, error in failed.items():
        why = explain(error)[0]
        yield Sentence(
            f"{key}: เทียบไฟล์กับเซิร์ฟเวอร์ไม่ได้ เอกสารใช้ไฟล์ที่มีอยู่ที่นี่ ({why.th})",
            f"{key}: its files could not be compared; the papers show what was here ({why.en})",
        )
