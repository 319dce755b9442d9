"""The program's own files, as an input of papers: words and layout are mended within one version.

They are read when this is loaded: where they are replaced while a process works, the old program's work must
not be kept as the new one's.
"""

import hashlib
import os
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("mochocho", "processing", "reports")
MADE_WITH = ("icu4py", "mochocho", "pikepdf", "pillow", "segno", "typst")
READ = (".py", ".txt", ".typ", ".yaml")


@cache
def program_digest() -> str:
    """sha256 over the files of the packages that papers are made by; where they lie does not matter."""
    found = hashlib.sha256()
    for package in PACKAGES:
        for folder, folders, names in os.walk(ROOT / package):
            folders.sort()
            for name in sorted(one for one in names if one.endswith(READ)):
                path = os.path.join(folder, name)  # noqa: PTH118 - pathlib takes twice as long for a thousand
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
                    content = file.read()
                found.update(f"{path.removeprefix(str(ROOT)).replace(os.sep, '/')}\0".encode())
                found.update(hashlib.sha256(content).digest())
    return found.hexdigest()


def versions() -> list[str]:
    """Of the distributions that papers are made with, and of Python."""
    return [*map(version, MADE_WITH), *map(str, sys.version_info[:2])]


program_digest()
