"""The standards of a home as they were read last: to read their YAML takes a hundred times as long."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mochocho.storage.files import atomic_file, private_dir

_NAME = "standards.json"


@dataclass(frozen=True, slots=True)
class KeptStandards:
    """One file in this folder: what it was read from, by its sha256, and on the next line what was read."""

    folder: Path

    def find(self, source: str) -> bytes | None:
        """What was read from this, as JSON."""
        try:
            known, _, content = (self.folder / _NAME).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if known == source.encode() else None

    def keep(self, source: str, content: bytes) -> None:
        """Keep it instead of what was kept, where the disk takes it."""
        with suppress(OSError), atomic_file(private_dir(self.folder) / _NAME, lasting=False) as file:
            file.write(source.encode() + b"\n" + content)
