"""A page of a document as a picture for a screen: made again by a child from people's bytes, and kept."""

from mochocho.storage.home import Home
from processing.decoding.jobs import SHOW_VERSION
from reports.typesetting.cache import Cache, papers_dir
from reports.typesetting.shown_files import JPEG_MAGIC, shown

LONGEST = 1600  # pixels: handwriting is read, and a picture has some 300 kB
THUMBNAIL = 160  # pixels: what it shows is seen, what is written on it is not


def document_picture(home: Home, sha256: str, sheet: int = 0, longest: int = LONGEST) -> bytes | None:
    """A JPEG of a stored picture, upright, or of one page (`sheet`, from 1) of a PDF; None for what cannot be
    shown. Raises NotInStore, and Transient where no child can be had.

    It is kept beside what was typeset: what is erased from the store is erased there with the next packet.
    """
    cache, key = Cache(papers_dir(home)), f"screen {sha256} {sheet} {longest} {SHOW_VERSION}"
    kept = cache.get(key)
    if kept is None:
        home.store.open(sha256).close()
        kept = shown(home.store.path(sha256), longest, sheet)
        cache.put(key, kept)
    return kept if kept.startswith(JPEG_MAGIC) else None
