"""What stands in an archive or on a disc: files in folders, with names that this kind of medium takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mochocho.storage.file_names import Fits, distinct


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. `path`: its folders and its name; `source`: its content, or a file that has it; `said`: what
    it is, where its name does not say so.
    """

    path: tuple[str, ...]
    source: Path | bytes
    said: str = ""

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.source) if isinstance(self.source, bytes) else self.source.stat().st_size


def fitted(entries: Iterable[Entry], fits: Fits) -> list[Entry]:
    """The entries in order, every folder and file with a name that fits and is unlike its neighbours'."""
    return [replace(entry, path=path) for entry, path in _fitted([(e, e.path) for e in entries], fits)]


def _fitted(
    level: Sequence[tuple[Entry, tuple[str, ...]]], fits: Fits
) -> list[tuple[Entry, tuple[str, ...]]]:
    """Entries with what is left of their paths below one folder."""
    folders = list(dict.fromkeys(path[0] for _, path in level if len(path) > 1))
    files = [(entry, path[0]) for entry, path in level if len(path) == 1]
    names = distinct([*folders, *(name for _, name in files)], fits)
    found: list[tuple[Entry, tuple[str, ...]]] = [
        (entry, (name,)) for (entry, _), name in zip(files, names[len(folders) :], strict=True)
    ]
    for folder, name in zip(folders, names[: len(folders)], strict=True):
        below = [(entry, path[1:]) for entry, path in level if len(path) > 1 and path[0] == folder]
        found += [(entry, (name, *path)) for entry, path in _fitted(below, fits)]
    return found
