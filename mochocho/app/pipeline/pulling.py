"""How the conveyor pulls: which sources it is time to look at, and how closely.

The ticks look at a server as often as its settings say; a person who asks does not wait for that.
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

COMPARED_SECONDS = 3600.0  # a packet of workers may be made of files that were compared so long ago


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for: every file of servers compared, and what vanished from these let go."""

    revalidate: bool = False
    accept_absence: Collection[str] = ()


AS_USUAL = Asked()


def every(home: Home) -> list[str]:
    """The keys of all sources."""
    return [source.key for source in sources(home)]


def in_time(home: Home) -> list[str]:
    """The keys of the sources that it is time to look at."""
    now = datetime.now(UTC)
    return [s.key for s in sources(home) if not isinstance(s, Server) or schedule.is_due(home, s.key, now)]


def do(
    home: Home, keys: Collection[str], progress: ProgressCall | None, asked: Asked | None = None
) -> tuple[dict[str, Exception], bool]:
    """Pull from these. Returns the error of each that failed, and whether anything had changed."""
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
        except Exception as error:  # one source that is away must not keep the others waiting
            failed[source.key] = error
            if isinstance(error, Terminal):
                forget()  # whoever mends it may give it another secret
        else:
            changed = changed or bool(report.due or report.moved)
    return failed, changed


def compare_files(home: Home) -> bool:
    """Compare every file with its server's before papers are made, unless that was done a short while ago.

    A server that is away forbids no packet: that its files were not compared is told. Returns whether
    anything had changed, so that what was assessed is no longer what is there.
    """
    now = datetime.now(UTC)
    old = [s.key for s in servers(home) if schedule.files_are_old(home, s.key, now, COMPARED_SECONDS)]
    failed, changed = do(home, old, None, Asked(revalidate=True))
    for line in uncompared(failed):
        log.warning("%s", redact(line.en))
    return changed


def uncompared(failed: dict[str, Exception]) -> Iterator[Sentence]:
    """What to tell of the servers whose files could not be compared."""
    for key, error in failed.items():
        why = explain(error)[0]
        yield Sentence(
            f"{key}: เทียบแฟ้มกับเซิร์ฟเวอร์ไม่ได้ เอกสารใช้แฟ้มที่มีอยู่ที่นี่ ({why.th})",
            f"{key}: its files could not be compared; the papers show what was here ({why.en})",
        )
