"""A running portal takes up the settings as they are changed in their file, by its own page or by hand.

What belongs to the machine (home, database, address, provider) is taken up at the next start.
"""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from mochocho.settings.config import Settings, load_settings
from mochocho.standards.load import load_pack
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from mochocho.words.places import Province

_AT_THE_START = ("home", "database_url", "database_password", "endpoint", "portal", "workers")
UNREAD = "mochocho.settings_unread"


def install(app: Flask) -> None:
    """Look before every request whether the file is another."""
    home: Home = app.extensions["mochocho.home"]
    app.extensions[UNREAD] = ""
    file = home.settings.file
    if file is None:
        return
    known = _stamp(file)

    def follow() -> None:
        nonlocal known
        now = _stamp(file)
        if now == known:
            return
        known = now
        try:
            app.extensions["mochocho.home"] = with_settings(
                app.extensions["mochocho.home"], load_settings(file if now else None)
            )
            app.extensions[UNREAD] = ""
        except MochochoError as error:  # as it was read last, until it is mended
            app.extensions[UNREAD] = error.th

    app.before_request(follow)


def with_settings(home: Home, settings: Settings) -> Home:
    """The same home with other settings. Raises Terminal where their pack or province cannot be used."""
    kept = {name: getattr(home.settings, name) for name in _AT_THE_START}
    loaded, province = load_pack(settings.pack), Province.named(settings.province)
    return replace(
        home,
        settings=settings.model_copy(update=kept),
        pack=loaded.pack,
        pack_digest=loaded.digest,
        province=province,
    )


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
