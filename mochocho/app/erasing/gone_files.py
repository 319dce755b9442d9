"""The files that go with a person: what came with their forms, and everything that was made of it."""

import hashlib
import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from mochocho.app.persons.found_places import in_files
from mochocho.app.persons.holders import Holders
from mochocho.storage.db import reading
from mochocho.storage.files import sweep, sync_dir, write_file
from mochocho.storage.home import Home
from processing.certificates.signing import signer
from processing.persons.sought_person import By, Certainty, Sought
from processing.releases import kept_releases, release_file
from sync.tables import PublishedForm

_DEPTH = 3  # of a path in the store: store/ab/cdef…
_EMPTIED = ("cache", "packet")  # folders of which everything goes, whoever is erased
_OURS = ("spool", "store", *_EMPTIED)  # folders of the home in which no file is anybody else's


@dataclass(frozen=True)
class NamingFiles:
    """Files that name the person, by their paths in the home. `ours`: made or received, and go; `left`: a
    person looks at them: settings, what others sent, what somebody put into the home.
    """

    ours: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def others(self) -> int:
        """How many of ours go because they name the person."""
        return len(self.ours) - len(self.emptied.ours)

    @property
    def emptied(self) -> "NamingFiles":
        """Without those that go because they name the person."""
        ours = tuple(path for path in self.ours if path.partition("/")[0] in _EMPTIED)
        return replace(self, ours=ours)

    @property
    def stored(self) -> set[str]:
        """The sha256 of those that stand in the store under it."""
        parts = (path.split("/") for path in self.ours)
        return {
            two + rest for folder, two, rest in (p for p in parts if len(p) == _DEPTH) if folder == "store"
        }


def naming_files(
    home: Home, belongs: Holders, persons: Collection[Sought], keys: Collection[str]
) -> NamingFiles:
    """Of files that are not packed: the inside of PDF, Excel and ZIP files is not read."""
    ours, left = set[str](), set[str]()
    published = _published(home)  # every submission is read by them: one that names the person is looked at
    for person in persons:
        for place in in_files(home, person, belongs):
            if place.hit.by is By.KEY or place.hit.certainty is Certainty.NEAR or place.key in keys:
                continue
            if place.kind == "form" or place.at.startswith(f"{kept_releases.FOLDER}/"):
                continue  # written anew without the person
            known = place.kind != "attachment" and place.at.partition("/")[0] in _OURS
            known = known and place.at not in published
            (ours if known and place.kind != "settings" else left).add(place.at)
    return NamingFiles(tuple(sorted(ours)), tuple(sorted(left)))


def _published(home: Home) -> set[str]:
    """The paths in the home of published forms and their packs."""
    with reading(home.engine) as session:
        rows = session.execute(select(PublishedForm.xform_sha256, PublishedForm.pack_sha256)).all()
    top = home.settings.home
    return {home.store.path(sha256).relative_to(top).as_posix() for row in rows for sha256 in row if sha256}


def remove(home: Home, stored: Collection[str], instances: Collection[str], paths: Collection[str]) -> None:
    """Take them away; what is gone already is passed over. `stored`: sha256; `instances`: of posts; `paths`:
    in the home.
    """
    top = home.settings.home
    for sha256 in stored:
        _unlink(home.store.path(sha256))
    for instance in instances:
        post = hashlib.sha256(instance.encode()).hexdigest()
        _remove_folder(home.settings.spool_dir / "posts" / post[:2] / post)
    for record in _unusable(home.settings.spool_dir / "unusable", set(stored)):
        _unlink(record)
    for named in paths:
        _unlink(top / named)
    for folder in (home.settings.cache_dir, home.settings.packet_dir):
        _empty(folder)
    for folder, below in ((top, False), (home.settings.store_dir, False), (home.settings.spool_dir, True)):
        sweep(folder, 0.0, below=below)
    _released(home)


def of_releases(home: Home) -> list[Path]:
    """The files of releases that tell of somebody who was erased."""
    with reading(home.engine) as session:
        erased = [one.release for one in kept_releases.releases(session) if one.release.erased]
    folders = [(kept_releases.folder_of(home, release), release) for release in erased]
    return [
        path
        for folder, release in folders
        for path in (folder / file.name for file in release.files)
        if path.is_file()
    ]


def _released(home: Home) -> None:
    """Their files go, and what says what they were is written and signed anew, without the person."""
    for path in of_releases(home):
        _unlink(path)
    with reading(home.engine) as session:
        kept = kept_releases.releases(session)
    for one in kept:
        file = kept_releases.folder_of(home, one.release) / release_file.NAME
        if one.release.erased and file.is_file():
            content = release_file.written(one.release, signer(home.settings.home))
            if file.read_bytes() != content:
                write_file(file, content)


def _unusable(folder: Path, stored: Collection[str]) -> Iterator[Path]:
    """Records of what phones sent that could not be used, of files that went."""
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            record = json.loads(path.read_bytes())
        except ValueError:  # no record of ours; one that names the person goes by its path
            continue
        if record.get("sha256") in stored or any(file[1] in stored for file in record.get("files", ())):
            yield path


def _unlink(path: Path) -> None:
    if path.exists():
        path.unlink()
        sync_dir(path.parent)


def _remove_folder(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
        sync_dir(folder.parent)


def _empty(folder: Path) -> None:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
