"""The doctor's check of backups: once people have sent something, they must be made regularly."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from mochocho.app.backup.make import backup
from mochocho.app.doctor import backup_checks
from mochocho.app.status.metrics import to_prometheus
from mochocho.app.status.status_figures import look
from mochocho.storage.home import Home
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from tests import builders

DAY = timedelta(days=1)


def states(home: Home, later: timedelta = timedelta()) -> list[str]:
    return [check.state for check in backup_checks.examine(home.settings, datetime.now(UTC) + later)]


def test_nobody_is_warned_before_anything_was_sent(home: Home) -> None:
    assert states(home) == []


def test_what_was_sent_is_to_be_backed_up_every_week(home: Home, tmp_path: Path) -> None:
    builders.publish(home, builders.xform())
    builders.post(home, builders.application(), officer_id=builders.officer(home))
    pull(home, SpoolSource(home))
    assert states(home) == ["warn"]
    assert "\nmochocho_backup_seconds " not in to_prometheus(look(home), datetime.now(UTC))

    backup(home, tmp_path / "backup.tar", lambda *_: None)
    assert states(home) == states(home, 6 * DAY) == ["ok"]
    assert states(home, 8 * DAY) == ["warn"]
    text = to_prometheus(look(home), datetime.now(UTC) + DAY)
    (line,) = (line for line in text.splitlines() if line.startswith("mochocho_backup_seconds "))
    assert 86_400 <= float(line.split()[1]) < 90_000
