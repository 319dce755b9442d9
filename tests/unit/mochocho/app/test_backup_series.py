"""A folder of backups: their names, and which are deleted."""

import hashlib
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mochocho.app.backup.series import next_in, prune
from mochocho.app.commands.cli import cli
from mochocho.storage.home import Home
from tests.builders import publish, xform

NOON = datetime(2025, 5, 1, 12, 0, tzinfo=UTC)


def series(folder: Path, days: int) -> list[Path]:
    paths = [next_in(folder, NOON + timedelta(days=day)) for day in range(days)]
    for path in paths:
        path.touch()
    return paths


def test_a_backup_is_named_by_the_moment_it_began_whatever_the_zone() -> None:
    thai = NOON.astimezone(timezone(timedelta(hours=7)))
    assert next_in(Path("b"), thai) == Path("b/mochocho-2025-05-01T120000Z.tar")


def test_the_newest_are_kept(tmp_path: Path) -> None:
    made = series(tmp_path, 5)
    assert prune(tmp_path, 2, made[-1]) == made[:3]
    assert sorted(tmp_path.iterdir()) == made[3:]


def test_fewer_than_are_to_be_kept_all_stay(tmp_path: Path) -> None:
    made = series(tmp_path, 2)
    assert prune(tmp_path, 14, made[-1]) == []
    assert sorted(tmp_path.iterdir()) == made


def test_the_one_just_made_stays_though_a_clock_once_ran_ahead(tmp_path: Path) -> None:
    made = series(tmp_path, 3)
    prune(tmp_path, 1, made[0])
    assert sorted(tmp_path.iterdir()) == [made[0]]


def test_only_what_the_series_named_goes(tmp_path: Path) -> None:
    made = series(tmp_path, 3)
    others = [
        tmp_path / name
        for name in ("2568-05-01.tar", "mochocho-before-upgrade.tar", "backup.log", "mochocho-2025-05-01.tar")
    ]
    for path in others:
        path.touch()
    folder = next_in(tmp_path, NOON - timedelta(days=9))
    folder.mkdir()
    prune(tmp_path, 1, made[-1])
    assert sorted(tmp_path.iterdir()) == sorted([made[-1], folder, *others])


@given(st.integers(1, 9), st.integers(1, 9))
def test_as_many_as_asked_for_are_left(days: int, keep: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        made = series(Path(temporary), days)
        prune(Path(temporary), keep, made[-1])
        assert sorted(Path(temporary).iterdir()) == made[-keep:]


# --- the command


def command(home: Home, *words: object) -> Result:
    environment = {"MOCHOCHO_HOME": str(home.settings.home)}
    return CliRunner(env=environment).invoke(cli, ["backup", *map(str, words)])


def test_a_folder_is_given_a_backup_and_the_oldest_goes(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = series(folder, 3)

    result = command(home, folder, "--keep", 2)

    assert result.exit_code == 0, result.output
    newest, *others = sorted(folder.iterdir(), reverse=True)
    assert newest.stat().st_size > 0
    assert others == [made[-1]]
    assert all(str(path) in result.output for path in made[:2])


def test_what_is_not_whole_lets_no_older_one_go(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = series(folder, 3)
    publish(home, xform())
    home.store.path(hashlib.sha256(xform()).hexdigest()).unlink()

    assert command(home, folder, "--keep", 1).exit_code == 1

    assert set(made) <= set(folder.iterdir())


def test_only_a_folder_has_a_series(home: Home, tmp_path: Path) -> None:
    assert command(home, tmp_path / "one.tar", "--keep", 3).exit_code == 2
    assert not (tmp_path / "one.tar").exists()
