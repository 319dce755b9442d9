"""A process that tells a server what is due, so that a test can kill it at the worst moment.

    python -m tests.integration.notice_victim HOME URL

MOCHOCHO_SECRET_NORTH: the password of the server's account, tests.models.central.app.EMAIL.
"""

import sys
from pathlib import Path

from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings import config
from mochocho.settings.config import Settings
from mochocho.storage.home import open_home
from tests.models.central.app import EMAIL


def server(url: str) -> config.Server:
    """The one server of the home."""
    return config.Server(key="north", kind="central", url=url, project=1, email=EMAIL)


if __name__ == "__main__":
    home = open_home(Settings(home=Path(sys.argv[1]), servers=(server(sys.argv[2]),)))
    assert run_once(home, stages=("notices",)).problems == ()
