"""Whether the files of a release are those that were released; needs no home, no network, only the folder."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mochocho.storage.files import sha256_of
from mochocho.words.errors import BadInput
from processing.certificates.certificate import key_id
from processing.releases import release_file
from processing.releases.active_content import active_content
from processing.releases.release import Release

_OF_SYSTEMS = {"thumbs.db", "desktop.ini"}  # what Windows puts into folders that somebody looked at


class Fault(StrEnum):
    """What is wrong with a file of a release."""

    CHANGED = "changed"
    MISSING = "missing"
    FOREIGN = "foreign"  # it is not of the release
    NO_RELEASE = "no_release"  # release.json is not there or cannot be read
    UNSIGNED = "unsigned"  # release.json was altered
    OTHER_KEY = "other_key"  # signed by none of the keys that were given
    NOT_RECORDED = "not_recorded"  # the home knows no such release, or another
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class FolderFault:
    """One of them. `file`: its path; `detail`: of what acts in it, as its format calls it."""

    fault: Fault
    file: Path
    detail: str = ""


@dataclass(frozen=True)
class VerifiedFolder:
    """A folder that was looked at; `release`: as its file says, None where that cannot be read. `key_id`: of
    the key that signed it; `gone`: how many files went as somebody of whom they tell was erased.
    """

    folder: Path
    release: Release | None
    key_id: str
    files: int
    faults: tuple[FolderFault, ...]
    gone: int = 0


def verify(folder: Path, keys: Collection[bytes] = (), only: str = "") -> VerifiedFolder:
    """Every file of a release's folder against its `release.json`; `only`: this one of them.

    `keys`: public keys of the province; none = whichever key the file names. Raises OSError.
    """
    file = folder / release_file.NAME
    try:
        said = release_file.read(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError, BadInput):
        return VerifiedFolder(folder, None, "", 0, (FolderFault(Fault.NO_RELEASE, file),))
    faults = list[FolderFault]()
    if not said.signed:
        faults.append(FolderFault(Fault.UNSIGNED, file))
    elif keys and said.key_id not in map(key_id, keys):
        faults.append(FolderFault(Fault.OTHER_KEY, file, said.key_id))
    named = [one for one in said.release.files if not only or one.name == only]
    gone = [one for one in named if said.release.erased and not (folder / one.name).exists()]
    for one in named:
        if one not in gone:
            faults += _faults(folder / one.name, one.sha256)
    if not only:
        faults += _foreign(folder, {one.name for one in named})
    elif not named:
        faults.append(FolderFault(Fault.FOREIGN, folder / only))
    return VerifiedFolder(folder, said.release, said.key_id, len(named), tuple(faults), len(gone))


def folders(folder: Path) -> Sequence[Path]:
    """A release's folder and those of its addenda within, in order."""
    return (folder, *sorted(folder.glob("addendum-*"), key=lambda one: (len(one.name), one.name)))


def _faults(path: Path, sha256: str) -> Iterator[FolderFault]:
    if not path.is_file():
        yield FolderFault(Fault.MISSING, path)
        return
    if sha256_of(path) != sha256:
        yield FolderFault(Fault.CHANGED, path)
    for one in active_content(path):
        yield FolderFault(Fault.ACTIVE, path, f"{one.what} {one.where}".strip())


def _foreign(folder: Path, named: Collection[str]) -> Iterator[FolderFault]:
    for path in sorted(folder.iterdir()):
        known = path.name in named or path.name == release_file.NAME or path.name.lower() in _OF_SYSTEMS
        addendum = path.is_dir() and path.name.startswith("addendum-")
        if not known and not addendum and not path.name.startswith("."):
            yield FolderFault(Fault.FOREIGN, path)
