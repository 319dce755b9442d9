"""Deletes half-written files that killed processes left in a home; some are photos of people."""

import logging
import time

from mochocho.storage.files import sweep
from mochocho.storage.home import Home
from processing.releases import kept_releases

AGE_SECONDS = 600.0  # since the last write; a living process's files are kept however old they are
EVERY_SECONDS = 3600.0

log = logging.getLogger(__name__)
_swept_at: dict[str, float] = {}  # by home, in this process


def sweep_now_and_then(home: Home) -> None:
    """Sweep when this process first looks for work, and then every hour."""
    key, now = str(home.settings.home), time.monotonic()
    if now - _swept_at.get(key, -EVERY_SECONDS) < EVERY_SECONDS:
        return
    _swept_at[key] = now
    settings = home.settings
    count = sweep(settings.home, AGE_SECONDS, below=False)
    count += sweep(settings.store_dir, AGE_SECONDS, below=False)  # they are beside the shelves
    released = settings.home / kept_releases.FOLDER
    for folder in (settings.spool_dir, settings.cache_dir, settings.packet_dir, released):
        count += sweep(folder, AGE_SECONDS, below=True)
    if count:
        log.info("swept %d files that killed processes had left", count)
