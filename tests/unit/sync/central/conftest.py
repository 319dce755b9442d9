"""A served Central model, and a home whose settings name it."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Server, Settings
from mochocho.storage.home import open_home
from sync.central import source, target
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.serving import serve


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """`model`, `served` and its `home`; `source()` and `target()` make new ones of its only server."""
    monkeypatch.setenv("MOCHOCHO_SECRET_PROVINCE", PASSWORD)
    model = CentralModel()
    with serve(model) as served:
        server = Server(key="province", kind="central", url=served.url, project=1, email=EMAIL)
        home = open_home(Settings(home=tmp_path / "home", servers=(server,)))
        upgrade(home.engine)
        yield SimpleNamespace(
            model=model,
            served=served,
            home=home,
            server=server,
            source=lambda **changes: source.make(home, server.model_copy(update=changes)),
            target=lambda **changes: target.make(home, server.model_copy(update=changes)),
        )
        home.engine.dispose()
