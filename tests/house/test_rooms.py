"""Folders are small, and the names of files say what is in them."""

from collections import defaultdict
from pathlib import PurePosixPath

from tests.house.tree import ROOT, package_files

MOST = 14  # files of a folder, its __init__ among them
NUMBERED = "mochocho/app/migrations/versions"  # one a revision: they only grow
SAME_PART = {"sync/central", "sync/kobo", "sync/openrosa"}  # servers: each has the same parts
EVERYWHERE = {"__init__.py", "tables.py", "protocol.py"}  # tables of a package; what its kind of place offers


def _modules() -> list[PurePosixPath]:
    paths = [PurePosixPath(path.relative_to(ROOT).as_posix()) for path in package_files()]
    return [path for path in paths if path.suffix == ".py"]


def test_no_folder_is_a_heap() -> None:
    held = defaultdict(list)
    for path in _modules():
        held[str(path.parent)].append(path.name)
    assert {folder: len(names) for folder, names in held.items() if len(names) > MOST} in (
        {},
        {NUMBERED: len(held[NUMBERED])},
    )


def test_a_name_of_a_file_means_one_thing() -> None:
    places = defaultdict(set)
    for path in _modules():
        if path.name not in EVERYWHERE:
            places[path.name].add(str(path.parent))
    assert {name: where for name, where in places.items() if len(where) > 1 and not where <= SAME_PART} == {}
