"""The records of a disc: ISO 9660 (ECMA-119) and its supplement for names in Unicode, Joliet. Pure.

Numbers stand in both orders of bytes, blocks have 2,048 bytes, every day is the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

BLOCK = 2048
_DAY = bytes((80, 1, 1, 0, 0, 0, 0))  # 1 January 1980, seven bytes as records have it
_MOMENT = b"1980010100000000\x00"
_NO_MOMENT = b"0" * 16 + b"\x00"
_ROOT_RECORD = 34
_UCS2_LEVEL_3 = b"%/E"
_DIRECTORY = 2  # flag of a record
SELF, PARENT = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder or a file lies: its first block, and its size in bytes."""

    block: int
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """A folder in a table of paths: its name, its first block, the number of its parent from 1."""

    name: bytes
    block: int
    parent: int


@dataclass(frozen=True, slots=True)
class Volume:
    """What a descriptor says. `paths`: both tables of paths, little-endian first; `blocks`: of the disc."""

    label: str
    blocks: int
    root: Place
    paths: tuple[Place, Place]
    joliet: bool


def record(name: bytes, place: Place, *, folder: bool) -> bytes:
    """One line of a folder."""
    head = bytes((0,)) + _both32(place.block) + _both32(place.size) + _DAY
    head += bytes((_DIRECTORY if folder else 0, 0, 0)) + _both16(1) + bytes((len(name),)) + name
    padded = head + b"\x00" * ((len(head) + 1) % 2)
    return bytes((len(padded) + 1,)) + padded


def folder(records: Sequence[bytes]) -> bytes:
    """A folder's blocks: no record lies in two."""
    blocks, last = [], b""
    for one in records:
        if len(last) + len(one) > BLOCK:
            blocks.append(last)
            last = b""
        last += one
    return b"".join(block.ljust(BLOCK, b"\x00") for block in (*blocks, last))


def paths(lines: Sequence[Line], order: str) -> bytes:
    """A table of paths. `order`: "little" or "big"."""
    found = b""
    for line in lines:
        number = line.block.to_bytes(4, order)  # type: ignore[arg-type]  # one of the two words
        parent = line.parent.to_bytes(2, order)  # type: ignore[arg-type]
        name = line.name + b"\x00" * (len(line.name) % 2)
        found += bytes((len(line.name), 0)) + number + parent + name
    return found


def descriptor(volume: Volume) -> bytes:
    """A block that says what the disc holds: the primary one, or that of the Unicode names."""
    little, big = volume.paths
    parts = (
        bytes((2 if volume.joliet else 1,)),
        b"CD001\x01\x00",
        _text("", 32, joliet=volume.joliet),
        _text(volume.label, 32, joliet=volume.joliet),
        b"\x00" * 8,
        _both32(volume.blocks),
        (_UCS2_LEVEL_3 if volume.joliet else b"").ljust(32, b"\x00"),
        _both16(1) * 2,
        _both16(BLOCK),
        _both32(little.size),
        little.block.to_bytes(4, "little") + bytes(4),
        big.block.to_bytes(4, "big") + bytes(4),
        record(SELF, volume.root, folder=True)[:_ROOT_RECORD],
        _text("", 128, joliet=volume.joliet) * 4,
        _text("", 37, joliet=volume.joliet) * 3,
        _MOMENT * 2,
        _NO_MOMENT * 2,
        b"\x01\x00",
    )
    return b"".join(parts).ljust(BLOCK, b"\x00")


def terminator() -> bytes:
    """The block behind the last descriptor."""
    return b"\xffCD001\x01".ljust(BLOCK, b"\x00")


def _text(text: str, size: int, *, joliet: bool) -> bytes:
    """Filled up with spaces; of Unicode text the odd byte at the end is empty."""
    if joliet:
        return text.ljust(size // 2)[: size // 2].encode("utf-16-be").ljust(size, b"\x00")
    return text.ljust(size)[:size].encode()


def _both16(number: int) -> bytes:
    return number.to_bytes(2, "little") + number.to_bytes(2, "big")


def _both32(number: int) -> bytes:
    return number.to_bytes(4, "little") + number.to_bytes(4, "big")
