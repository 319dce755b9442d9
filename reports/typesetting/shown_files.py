"""People's files as pictures, for papers and screens: opened in a child, and never where they end it."""

import logging
from pathlib import Path

from processing.decoding.jobs import DEATHS
from processing.decoding.keeper import Died, TooCostly, decoders

JPEG_MAGIC = b"\xff\xd8"
NOTHING = b'{"pages":null}'

log = logging.getLogger(__name__)


def shown(file: Path, longest: int, sheet: int = 0, *, covered: bool = False) -> bytes:
    """A JPEG within `longest` pixels, or JSON: the number of pages of a PDF, null for what cannot be shown.

    `sheet`: the page of a PDF that is drawn, from 1; 0 = none. `covered`: only what of an ID card may be
    seen, null where that is not sure. Raises OSError for a file that is not there,
    Transient where no child can be had.
    """
    for _ in range(DEATHS):
        try:
            return decoders().show(file, longest, sheet, covered=covered)
        except TooCostly:
            break
        except Died:
            log.warning("a file ended the process that was to show it")
    return NOTHING


def bare_pdf(file: Path) -> bytes:
    """A PDF to be saved, without what tells where, when and by which device it was made; b"" where it cannot
    be. Raises as `shown`.
    """
    try:
        return decoders().bare(file)
    except (Died, TooCostly):
        return b""
