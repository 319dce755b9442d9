"""What a home holds, as digests: its database's rows, and every file that is kept."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from mochocho.app.backup import portable_rows
from mochocho.storage.home import Home


def of_rows(home: Home, without: Collection[str] = ()) -> str:
    """One digest of every row that a backup has, on either database; of no table `without`."""
    digest = hashlib.sha256()
    with portable_rows.snapshot(home.engine) as connection:
        for chunk in portable_rows.dump(connection):
            if chunk.table not in without:
                digest.update(chunk.table.encode() + chunk.content)
    return digest.hexdigest()


def of_files(folder: Path) -> dict[str, str]:
    """The digest of each kept file below a folder; databases and caches are left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] in ("store", "spool", "packet")
    }
