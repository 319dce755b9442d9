"""Homes that many tests begin with: filled once for a process that tests, copied for each test.

Most of what such a test took was opening the same photographs and assessing the same applicants again.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from mochocho.storage.home import Home
from tests import databases
from tests.own_numbers import numbers_of

Fill = Callable[[Home], object]  # a function of a module: it is known by its name
Copy = Callable[[Fill], Home]


class PreparedHomes:
    """`folder` holds what was filled until the process ends."""

    def __init__(self, folder: Path, sqlite: Path, postgresql: Callable[[], str]) -> None:
        self._folder, self._sqlite, self._postgresql = folder, sqlite, postgresql
        self._made: dict[tuple[str, Fill], tuple[Path, str]] = {}
        self._kept = ExitStack()

    @contextmanager
    def copying(self, kind: str, folder: Path) -> Iterator[Copy]:
        """Copies homes on this kind of database into `folder`, which has none; closes them in the end."""
        with ExitStack() as opened:
            yield lambda fill: opened.enter_context(self._copied(kind, fill, folder))

    def close(self) -> None:
        self._kept.close()

    @contextmanager
    def _copied(self, kind: str, fill: Fill, folder: Path) -> Iterator[Home]:
        if (kind, fill) not in self._made:
            with numbers_of(f"{fill.__module__}.{fill.__name__}"):
                self._made[kind, fill] = self._filled(kind, fill)
        made, database = self._made[kind, fill]
        shutil.copytree(made, folder, dirs_exist_ok=True)
        with ExitStack() as opened:
            url = opened.enter_context(databases.postgresql(database)) if database else ""
            yield opened.enter_context(databases.home_in(folder, url))

    def _filled(self, kind: str, fill: Fill) -> tuple[Path, str]:
        folder = self._folder / f"{len(self._made)}-{fill.__module__}-{fill.__name__}"
        if kind == "sqlite":
            with databases.home_on_sqlite(folder, self._sqlite) as home:
                fill(home)
            return folder, ""
        url = self._kept.enter_context(databases.postgresql(self._postgresql()))
        with databases.home_in(folder, url) as home:
            fill(home)
        return folder, make_url(url).database or ""
