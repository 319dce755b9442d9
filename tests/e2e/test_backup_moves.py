"""A province backed up, restored into either database and printed there: the same hashes, the same papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app.backup.make import backup
from mochocho.app.backup.restore import restore
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from reports.packet.make_packet import make_packet
from tests.e2e import small_province
from tests.e2e.conftest import Played


def quiet(_stage: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, small: Played, tmp_path: Path) -> Iterator[Home]:
    """An empty home with the province's settings, of each kind in turn."""
    url = request.getfixturevalue("empty_postgresql_url") if request.param == "postgresql" else ""
    (tmp_path / "mochocho.toml").write_bytes((small.folder / "mochocho.toml").read_bytes())
    home = open_home(load_settings(tmp_path / "mochocho.toml", database_url=url))
    upgrade(home.engine)
    yield home
    home.engine.dispose()


def test_the_same_papers_in_a_home_of_either_kind(small: Played, elsewhere: Home, tmp_path: Path) -> None:
    played = small_province.opened(small.folder)
    made = backup(played, tmp_path / "one.tar", quiet)
    played.engine.dispose()
    assert made.problems == ()

    restore(elsewhere, tmp_path / "one.tar", quiet)
    again = backup(elsewhere, tmp_path / "two.tar", quiet)
    assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()
    assert again.manifest == made.manifest

    run_once(elsewhere)
    make_packet(elsewhere, tmp_path / "packet")
    assert small_province.papers(tmp_path / "packet") == small_province.papers(small.folder)


def test_no_officers_token_is_in_it(small: Played, tmp_path: Path) -> None:
    played = small_province.opened(small.folder)
    backup(played, tmp_path / "one.tar", quiet)
    played.engine.dispose()
    assert small.tokens
    assert not any(token.encode() in (tmp_path / "one.tar").read_bytes() for token in small.tokens)
