"""A ZIP that is the same for the same files, with Thai names that come out as Thai on any system.

Names are UTF-8 with the flag that says so, from a host of Unix kind. Measured with unzip 6.0, 7-Zip and
Python under LC_ALL=C: all three give the Thai names; the extra field 0x7075 beside them makes unzip write
`#U0e40…`, a host of DOS kind makes it write letters of another code page. Nothing is packed: PDF, XLSX and
pictures are packed already, and what is only stored depends on no version of zlib.
"""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from mochocho.storage.files import CHUNK, atomic_file
from reports.formats.medium import Entry

_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say
_UNIX = 3
_READABLE = 0o644


def write(target: Path, entries: Iterable[Entry]) -> None:
    """Write the archive, whole or not at all; entries by name, whatever order they come in."""
    with atomic_file(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for entry in sorted(entries, key=lambda one: one.path):
            about = zipfile.ZipInfo("/".join(entry.path), _DAY_ONE)
            about.create_system, about.external_attr = _UNIX, _READABLE << 16
            about.file_size = entry.size
            with archive.open(about, "w") as to:
                if isinstance(entry.source, bytes):
                    to.write(entry.source)
                else:
                    with entry.source.open("rb") as content:
                        shutil.copyfileobj(content, to, CHUNK)
