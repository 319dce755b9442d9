"""Whether the releases of a home are as they were recorded: their folders, and the chain of their rows."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.releases import kept_releases
from processing.releases.kept_releases import folder_of, releases
from processing.releases.release_file import NAME
from processing.releases.verified_folder import Fault, FolderFault, VerifiedFolder, verify


def of_home(home: Home, keys: Collection[bytes] = ()) -> Iterator[VerifiedFolder]:
    """Every recorded release against the files in its folder, then folders that no row records."""
    with reading(home.engine) as session:
        every = releases(session)
        broken = set(kept_releases.broken(session))
    for kept in every:
        found = verify(folder_of(home, kept.release), keys)
        if kept.row in broken or (found.release is not None and found.release != kept.release):
            found = _not_recorded(found)
        yield found
    known = {folder_of(home, kept.release) for kept in every}
    for folder in sorted(_folders(home.settings.home / kept_releases.FOLDER)):
        if folder not in known:
            yield _not_recorded(verify(folder, keys))


def _folders(root: Path) -> Iterator[Path]:
    """releases/<meeting>/<number> and addendum-<number> within."""
    for name in ("*/*", "*/*/addendum-*"):
        yield from (one for one in root.glob(name) if one.is_dir() and not one.parts[-2].startswith("."))


def _not_recorded(found: VerifiedFolder) -> VerifiedFolder:
    fault = FolderFault(Fault.NOT_RECORDED, found.folder / NAME)
    return replace(found, faults=(*found.faults, fault))
