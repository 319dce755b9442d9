"""The office's emblem."""

from mochocho.storage.home import Home
from mochocho.words.errors import Terminal


def emblem(home: Home) -> bytes | None:
    """The image file that the settings name; None without one. Raises Terminal when it cannot be read."""
    path = home.settings.papers.emblem
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise Terminal(f"papers.emblem: {path} cannot be read ({error.strerror})") from error
