"""One call of the command line: its global options, and its settings and home, opened when needed.

Commands import what they need when they run, so that `--help` and a wrong option answer at once.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands import loading

if TYPE_CHECKING:
    from mochocho.settings.config import Settings
    from mochocho.storage.home import Home


@dataclass
class Invocation:
    """What the global options say."""

    config: Path | None

    @cached_property
    def settings(self) -> "Settings":
        from mochocho.settings.config import load_settings

        return load_settings(self.config)

    @cached_property
    def home(self) -> "Home":
        """The home of the settings, its database brought to the newest revision first."""
        from mochocho.app.migrations.migrate import upgrade
        from mochocho.storage.home import open_home

        home = open_home(self.settings)
        upgrade(home.engine)
        loading.end()
        return home

    def close(self) -> None:
        """Leave no connection to the database behind."""
        if "home" in vars(self):  # it was opened
            self.home.engine.dispose()


pass_invocation = click.make_pass_decorator(Invocation)
