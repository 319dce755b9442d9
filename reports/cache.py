"""Files that can be made again, by the hash of what they are made of. A damaged one counts as absent."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from mochocho.files import CHUNK, atomic_file, private_dir

SEAL = hashlib.sha256().digest_size


class Cache:
    """`root/ab/cdef…`: content, then its sha256. Readers of PDF pass over what follows the end of the PDF."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, key: str) -> Path | None:
        """The sealed file of `key`, None when there is none that is whole."""
        path = self.path(key)
        return path if _whole(path) else None

    def get(self, key: str) -> bytes | None:
        """The content of `key`, None when there is none that is whole."""
        path = self.find(key)
        return path.read_bytes()[:-SEAL] if path else None

    def put(self, key: str, content: bytes) -> None:
        path = self.path(key)
        private_dir(path.parent)
        with atomic_file(path) as file:
            file.write(content)
            file.write(hashlib.sha256(content).digest())

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop every other file: what is erased from the store must not live on here."""
        kept = {self.path(key) for key in keys}
        for path in self.root.glob("[0-9a-f][0-9a-f]/*"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def path(self, key: str) -> Path:
        """Where `key` lies or would lie."""
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.root / name[:2] / name[2:]


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
