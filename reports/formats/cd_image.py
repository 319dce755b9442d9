"""The image of a CD with Thai names: the same files give the same bytes.

Every folder stands in it twice, by names of capital letters and digits (ISO 9660) and by its own (Joliet);
both name the same content. Written here because the library for it takes the day from the clock and is not
of a licence that the program may depend on (docs/architecture.md).
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from mochocho.storage.files import CHUNK, atomic_file
from mochocho.words.errors import Terminal
from reports.formats.disc_records import (
    BLOCK,
    PARENT,
    SELF,
    Line,
    Place,
    Volume,
    descriptor,
    folder,
    paths,
    record,
    terminator,
)
from reports.formats.medium import Entry

CD_BYTES = 736_966_656  # of a disc of 80 minutes; more needs a DVD
MOST_BYTES = (4 << 30) - BLOCK  # of one file: a record's size has 32 bits
_SYSTEM_AREA = 16  # blocks in front, empty
_READ_AHEAD = 150  # blocks behind that drives read past the end of what is burned in one go
_PLAIN = re.compile(r"([A-Z0-9_]{1,8})(?:\.([A-Z0-9_]{1,4}))?")
_NUMBERED, _SUFFIX = re.compile("F[0-9]{4}"), re.compile("[A-Z0-9]{1,4}")
_MOST_LABEL = 16  # letters of a label in Unicode


@dataclass(slots=True)
class _Folder:
    """A folder while the disc is laid out. `files`: name -> number of the entry."""

    files: dict[str, int] = field(default_factory=dict)
    folders: "dict[str, _Folder]" = field(default_factory=dict)


def write(target: Path, entries: Sequence[Entry], label: str) -> int:
    """Write the image, whole or not at all; its size in bytes. Entries have names of `file_names.in_joliet`.

    Raises Terminal for a file of 4 GB, which no such disc can hold.
    """
    ordered = sorted(entries, key=lambda one: one.path)
    sizes = [entry.size for entry in ordered]
    for entry, size in zip(ordered, sizes, strict=True):
        if size > MOST_BYTES:
            name = "/".join(entry.path)
            raise Terminal(f"{name} ใหญ่เกิน 4 GB แผ่นซีดีเก็บไม่ได้", f"{name} has more than 4 GB: no CD holds it")
    head, blocks = _laid_out(_tree(ordered), sizes, label)
    with atomic_file(target) as file:
        file.write(bytes(_SYSTEM_AREA * BLOCK))
        file.write(head)
        for entry, size in zip(ordered, sizes, strict=True):
            _copy(entry, file)
            file.write(bytes(-size % BLOCK))
        file.write(bytes(_READ_AHEAD * BLOCK))
    return blocks * BLOCK


def _copy(entry: Entry, to: BinaryIO) -> None:
    if isinstance(entry.source, bytes):
        to.write(entry.source)
        return
    with entry.source.open("rb") as content:
        shutil.copyfileobj(content, to, CHUNK)


def _tree(entries: Iterable[Entry]) -> _Folder:
    root = _Folder()
    for number, entry in enumerate(entries):
        at = root
        for name in entry.path[:-1]:
            at = at.folders.setdefault(name, _Folder())
        at.files[entry.path[-1]] = number
    return root


def _laid_out(root: _Folder, sizes: Sequence[int], label: str) -> tuple[bytes, int]:
    """Everything between the empty blocks in front and the files, and how many blocks the disc has."""
    halves = [_Half(root, joliet) for joliet in (False, True)]
    at = _SYSTEM_AREA + 3  # behind two descriptors and their end
    for half in halves:
        at = half.place(at)
    files = []
    for size in sizes:
        files.append(Place(at, size))
        at += -(-size // BLOCK)
    blocks = at + _READ_AHEAD
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in label).upper()
    described = [half.volume(label[:_MOST_LABEL] if half.joliet else plain, blocks) for half in halves]
    body = b"".join(half.content(files) for half in halves)
    return b"".join(map(descriptor, described)) + terminator() + body, blocks


class _Half:
    """One of the two ways in which the disc names its files."""

    def __init__(self, root: _Folder, joliet: bool) -> None:
        self.joliet = joliet
        # level by level, each in the order of its names: the order of a table of paths
        self._every: list[tuple[bytes, _Folder, int]] = [(SELF, root, 0)]
        for number, (_, one, _) in enumerate(self._every):
            self._every += [
                (name, one.folders[own], number) for own, name in self._names(one.folders, "D").items()
            ]
        self._files = [self._names(one.files, "F", b"" if joliet else b";1") for _, one, _ in self._every]
        self._places: list[Place] = []
        self._paths = (Place(0, 0), Place(0, 0))

    def place(self, at: int) -> int:
        """Lay out tables and folders from this block on; the block behind them."""
        size = len(paths(self._lines([0] * len(self._every)), "little"))
        each = -(-size // BLOCK)
        self._paths = (Place(at, size), Place(at + each, size))
        at += 2 * each
        for number in range(len(self._every)):
            size = len(folder(self._records(number, None)))
            self._places.append(Place(at, size))
            at += size // BLOCK
        return at

    def volume(self, label: str, blocks: int) -> Volume:
        return Volume(label, blocks, self._places[0], self._paths, self.joliet)

    def content(self, files: Sequence[Place]) -> bytes:
        lines = self._lines([place.block for place in self._places])
        tables = [paths(lines, order) for order in ("little", "big")]
        padded = b"".join(table + bytes(-len(table) % BLOCK) for table in tables)
        return padded + b"".join(folder(self._records(n, files)) for n in range(len(self._every)))

    def _lines(self, blocks: Sequence[int]) -> list[Line]:
        return [
            Line(name, block, parent + 1)
            for (name, _, parent), block in zip(self._every, blocks, strict=True)
        ]

    def _records(self, number: int, files: Sequence[Place] | None) -> list[bytes]:
        """The lines of a folder; without `files`, as long as they will be."""
        nowhere = Place(0, 0)
        _, own, parent = self._every[number]
        of = self._places if files is not None else [nowhere] * len(self._every)
        made = {
            name: record(name, of[at], folder=True)
            for at, (name, _, above) in enumerate(self._every)
            if above == number and at
        }
        for typed, name in self._files[number].items():
            made[name] = record(name, files[own.files[typed]] if files is not None else nowhere, folder=False)
        itself, above = (record(mark, of[at], folder=True) for mark, at in ((SELF, number), (PARENT, parent)))
        return [itself, above, *(made[name] for name in sorted(made))]

    def _names(self, typed: Iterable[str], letter: str, version: bytes = b"") -> dict[str, bytes]:
        """Each name as this half of the disc has it, in the order of these."""
        if self.joliet:
            spelt = [(name, name.encode("utf-16-be")) for name in typed]
        else:
            spelt = [(name, plain.encode() + version) for name, plain in _plain(sorted(typed), letter)]
        return dict(sorted(spelt, key=lambda pair: pair[1]))


def _plain(names: Sequence[str], letter: str) -> Iterator[tuple[str, str]]:
    """Each name as ISO 9660 has it: a file's as it is in capitals where it is plain, the others numbered."""
    for number, name in enumerate(names, 1):
        upper = name.upper()
        stem, _, suffix = upper.rpartition(".")
        if letter == "D":
            yield name, f"D{number:04}"
        elif _PLAIN.fullmatch(upper) and not _NUMBERED.match(upper):
            yield name, upper if stem else f"{upper}."
        else:
            yield name, f"F{number:04}.{suffix if stem and _SUFFIX.fullmatch(suffix) else ''}"
