"""The kinds of files that are shown before they are taken, and how each is looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mochocho.app.asked_work.filled_kinds import KINDS
from mochocho.app.asked_work.previews import filled_previews, pack_previews, village_previews
from mochocho.app.asked_work.previews.preview import Preview
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall, silent


@dataclass(frozen=True, slots=True)
class PreviewKind:
    """`th`: what the file is called; `endings`: of the names it may have; `look`: what it would change, as
    whoever is named handed it in, telling how far it is; `at_once`: how many rows are read in half a second.
    """

    th: str
    endings: tuple[str, ...]
    look: Callable[[Home, Path, str, ProgressCall], Preview]
    at_once: int = 500


_EXCEL = (".xlsx", ".xlsm")
VILLAGES, PACK = "villages", "pack"
PREVIEWS: Mapping[str, PreviewKind] = {
    key: PreviewKind(kind.th, _EXCEL, partial(filled_previews.preview, kind)) for key, kind in KINDS.items()
} | {
    VILLAGES: PreviewKind("รายชื่อหมู่บ้าน", (".xlsx", ".csv"), village_previews.preview),
    PACK: PreviewKind("ชุดเกณฑ์", (*_EXCEL, ".yaml", ".yml"), pack_previews.preview, 3_000),
}


def looked_at(kind: str, home: Home, path: Path, by: str, progress: ProgressCall = silent) -> Preview:
    """What a file of this kind would change; one that is not taken is not kept."""
    found = PREVIEWS[kind].look(home, path, by, progress)
    if found.refused:
        path.unlink(missing_ok=True)
    return found
