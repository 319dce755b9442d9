"""The row of the access log that stands before anything leaves the home from the command line."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mochocho.storage.home import Home


def log_export(home: "Home", about: str, reason: str) -> None:
    """Log that whoever holds the command line is about to be given `about`; whatever cannot be logged is not
    written. `reason`: which command.
    """
    from mochocho.app.portal import access_chain
    from mochocho.storage.db import transaction

    with transaction(home.engine, counted=False) as session:
        who = access_chain.at_the_command_line(home)
        access_chain.append(session, who, "export", about, reason, datetime.now(UTC))
