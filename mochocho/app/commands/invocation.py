"""One call of the command line: its global options, and its settings and home, opened when needed.

Commands import what they need when they run, so that `--help` and wrong options are answered at once.
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
    """The values of the global options."""

    config: Path | None

    @cached_property
    def settings(self) -> "Settings":
        from mochocho.app.terminal import log_forwarding
        from mochocho.settings.config import load_settings

        settings = load_settings(self.config)
        log_forwarding.forward(settings.logs.syslog, settings.logs.ca_file)
        return settings

    @cached_property
    def home(self) -> "Home":
        """The home of the settings; its database is first upgraded to the newest revision."""
        from mochocho.app.migrations.migrate import upgrade
        from mochocho.storage.home import open_home

        home = open_home(self.settings)
        try:
            upgrade(home.engine)
        except BaseException:
            home.engine.dispose()  # `close` knows only a home that was handed out
            raise
        loading.end()
        return home

    @property
    def writable_home(self) -> "Home":
        """`home`, for commands that write. Raises Closed when its cycle is closed."""
        from mochocho.storage.db import reading, refuse_closed

        with reading(self.home.engine) as session:
            refuse_closed(session.connection())
        return self.home

    def handed_in(self, path: Path) -> Path:
        """This file or folder, once the virus scanner has looked at it. Raises as `refuse_infected`."""
        from processing.documents.virus_scan import refuse_infected

        if path.is_dir():
            for one in sorted(path.rglob("*")):
                refuse_infected(self.settings, one, str(one))
        else:
            refuse_infected(self.settings, path)
        return path

    def close(self) -> None:
        """Close the connections to the database."""
        if "home" in vars(self):  # the property was used
            self.home.engine.dispose()


pass_invocation = click.make_pass_decorator(Invocation)
