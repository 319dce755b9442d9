"""A page of an ID card with all but number and names covered; where the machine is not sure, that is noted.

What is noted lies in the cache, as it is found again whenever the page is shown.
"""

from pathlib import Path

from mochocho.storage.files import private_dir
from mochocho.storage.home import Home
from processing.decisions.effects.on_cards import CardPage
from processing.decoding.jobs import COVER_VERSION
from reports.typesetting.document_picture import THUMBNAIL, document_picture


def covered(home: Home, page: CardPage) -> bytes | None:
    """A JPEG; None where the machine is not sure, or cannot open the page. Raises as `document_picture`."""
    drawn = document_picture(home, page.sha256, page.sheet, covered=True)
    if drawn is None and document_picture(home, page.sha256, page.sheet, THUMBNAIL) is not None:
        (private_dir(_noted(home)) / page.place).touch(mode=0o600)
    return drawn


def noted(home: Home) -> frozenset[CardPage]:
    """Every page that was shown and of which the machine was not sure."""
    folder = _noted(home)
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    return frozenset(filter(None, map(CardPage.of, names)))


def _noted(home: Home) -> Path:
    return home.cache_dir / f"cards {COVER_VERSION}"
