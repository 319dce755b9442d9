"""A cache of files that can be made again, by the hash of their inputs. A damaged file counts as missing."""

import hashlib
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from mochocho.storage.files import CHUNK, atomic_file, private_dir

if TYPE_CHECKING:  # processes that typeset open no database, and need not load one
    from mochocho.storage.home import Home

SEAL = hashlib.sha256().digest_size
SHELF = 2  # letters of a name that name its folder


def papers_dir(home: "Home") -> Path:
    """Where a home keeps what was typeset and drawn."""
    return home.cache_dir / "papers"


class Cache:
    """`root/ab/cdef…`: content followed by its sha256. PDF readers ignore what follows the end of a PDF."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, key: str) -> Path | None:
        """The file of `key`; None when there is none, or it is damaged."""
        path = self.path(key)
        return path if _whole(path) else None

    def get(self, key: str) -> bytes | None:
        """The content of `key`; None when there is none, or it is damaged."""
        try:
            kept = self.path(key).read_bytes()
        except FileNotFoundError:
            return None
        content, seal = kept[:-SEAL], kept[-SEAL:]
        return content if hashlib.sha256(content).digest() == seal else None

    def put(self, key: str, content: bytes) -> None:
        path = self.path(key)
        private_dir(path.parent)
        with atomic_file(path, lasting=False) as file:
            file.write(content)
            file.write(hashlib.sha256(content).digest())

    def drop(self, key: str) -> None:
        """Delete a damaged file."""
        self.path(key).unlink(missing_ok=True)

    def keep_only(self, names: Iterable[str]) -> None:
        """Delete every file except those of these names, given in order.

        What is erased from the store must not survive here.
        """
        shelves = groupby(names, lambda name: name[:SHELF])
        shelf, own = next(shelves, ("", iter(())))
        for here in (f"{i:02x}" for i in range(256)):
            kept: set[str] = set()
            if shelf == here:
                kept = {name[SHELF:] for name in own}
                shelf, own = next(shelves, ("", iter(())))
            for path in (self.root / here).glob("*"):
                # files with a dot are being written
                if path.name not in kept and not path.name.startswith("."):
                    path.unlink(missing_ok=True)

    def path(self, key: str) -> Path:
        """The path of `key`, whether or not it exists."""
        name = name_of(key)
        return self.root / name[:SHELF] / name[SHELF:]


def name_of(key: str) -> str:
    """The file name of a key, for `Cache.keep_only`."""
    return hashlib.sha256(key.encode()).hexdigest()


def _whole(path: Path) -> bool:
    try:
        left = path.stat().st_size - SEAL
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while left > 0:
                chunk = file.read(min(CHUNK, left))
                if not chunk:
                    return False
                digest.update(chunk)
                left -= len(chunk)
            return left == 0 and file.read() == digest.digest()
    except FileNotFoundError:
        return False
