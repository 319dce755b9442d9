"""A page of a document as a picture for a screen: made again by a child from people's bytes, and kept."""

from mochocho.storage.home import Home
from processing.decoding.jobs import COVER_VERSION, SHOW_VERSION
from reports.typesetting.cache import Cache, papers_dir
from reports.typesetting.shown_files import JPEG_MAGIC, shown

LONGEST = 1600  # pixels: handwriting is read, and a picture has some 300 kB
THUMBNAIL = 160  # pixels: what it shows is seen, what is written on it is not


def document_picture(
    home: Home, sha256: str, sheet: int = 0, longest: int = LONGEST, *, covered: bool = False
) -> bytes | None:
    """A JPEG of a stored picture, upright, or of one page (`sheet`, from 1) of a PDF; None for what cannot be
    shown. Raises NotInStore, and Transient where no child can be had.

    `covered`: only what of an ID card may be seen; None where the machine is not sure.

    It is kept beside what was typeset: what is erased from the store is erased there with the next packet.
    """
    way = f"covered {COVER_VERSION}" if covered else "screen"
    cache, key = Cache(papers_dir(home)), f"{way} {sha256} {sheet} {longest} {SHOW_VERSION}"
    kept = cache.get(key)
    if kept is None:
        home.store.open(sha256).close()
        kept = shown(home.store.path(sha256), longest, sheet, covered=covered)
        cache.put(key, kept)
    return kept if kept.startswith(JPEG_MAGIC) else None
