"""Sweeps what killed processes left half written in a home: photos of people among it."""

import logging
import time

from mochocho.storage.files import sweep
from mochocho.storage.home import Home

AGE_SECONDS = 600.0  # since it was last written; what a living process holds is left however old it is
EVERY_SECONDS = 3600.0

log = logging.getLogger(__name__)
_swept_at: dict[str, float] = {}  # by home, in this process


def sweep_now_and_then(home: Home) -> None:
    """The first time that this process looks for work, and every hour."""
    key, now = str(home.settings.home), time.monotonic()
    if now - _swept_at.get(key, -EVERY_SECONDS) < EVERY_SECONDS:
        return
    _swept_at[key] = now
    settings = home.settings
    count = sweep(settings.home, AGE_SECONDS, below=False)
    count += sweep(settings.store_dir, AGE_SECONDS, below=False)  # they lie beside the shelves
    for folder in (settings.spool_dir, settings.cache_dir, settings.packet_dir):
        count += sweep(folder, AGE_SECONDS, below=True)
    if count:
        log.info("swept %d files that killed processes had left", count)
