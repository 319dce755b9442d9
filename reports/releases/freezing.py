"""Freezes files as a release, whole or not at all: copied, looked at, named in a signed file and a row."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mochocho.storage.db import transaction
from mochocho.storage.files import private_dir, sha256_of, sync_dir, temporary_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Transient
from processing.certificates.signing import signer
from processing.decisions import recorder
from processing.decisions.chain import Head
from processing.releases import kept_releases, release_file
from processing.releases.active_content import active_content
from processing.releases.kept_releases import KeptRelease
from processing.releases.release import FrozenFile, Release
from reports.packet import needed_sheets

CHANGED_MEANWHILE = Transient(
    "มีผู้บันทึกข้อมูลระหว่างที่กำลังออกเอกสาร ยังไม่ได้ออก ให้สั่งอีกครั้ง",
    "something was recorded while the packet was being released; nothing was released, try again",
)


@contextmanager
def staging(home: Home) -> Iterator[Path]:
    """A folder for the files of a release that is being made; no other is made in this home meanwhile."""
    with needed_sheets.alone(home), temporary_dir(home.settings.home / kept_releases.FOLDER) as folder:
        yield private_dir(folder / "release")


def frozen(folder: Path, paths: Sequence[Path]) -> tuple[FrozenFile, ...]:
    """Copy files into the folder, those that are not there, each with its sum. Raises Terminal where one
    acts.
    """
    found = []
    for path in paths:
        target = folder / path.name
        if path != target:
            shutil.copyfile(path, target)
            _flushed(target)
        refuse_active(target)
        found.append(FrozenFile(target.name, sha256_of(target), target.stat().st_size))
    return tuple(found)


def refuse_active(path: Path) -> None:
    """Raises Terminal where the file acts."""
    if acts := active_content(path):
        what = ", ".join(f"{one.what} {one.where}".strip() for one in acts[:5])
        raise Terminal(
            f"{path.name} มีสิ่งที่ทำงานเองหรือโยงออกนอกไฟล์ ({what}) จึงไม่ออกเอกสาร ให้แจ้งผู้ดูแลระบบ",
            f"{path.name} has active content ({what}), so it is not released",
        )


def publish(home: Home, folder: Path, release: Release, *, still: Callable[[], bool]) -> KeptRelease:
    """Give the finished folder its place, and record it. `still`: whether all is as it was when it was made.

    Raises Transient where something was recorded meanwhile, Terminal where its number is taken.
    """
    write_file(folder / release_file.NAME, release_file.written(release, signer(home.settings.home)))
    target = kept_releases.folder_of(home, release)
    with transaction(home.engine, counted=False) as session:  # makes nothing due
        head = recorder.taken_head(session)  # no other is appended beside it
        if not still() or (head.number, head.hash) != (release.decisions.number, release.decisions.hash):
            raise CHANGED_MEANWHILE
        kept = kept_releases.append(session, release, datetime.now(UTC))
        private_dir(target.parent)
        if target.exists():  # of a release that was interrupted before it was recorded
            shutil.rmtree(target)
        os.replace(folder, target)  # noqa: PTH105 - one call site to name in crash tests
        sync_dir(target.parent)
    return kept


def head_of(home: Home) -> Head:
    """The last decision."""
    with transaction(home.engine, counted=False) as session:
        head = recorder.taken_head(session)
        return Head(head.number, head.hash)


def with_files(release: Release, *more: Sequence[FrozenFile]) -> Release:
    """The release with these files too."""
    return replace(release, files=(*release.files, *(one for some in more for one in some)))


def _flushed(path: Path) -> None:
    path.chmod(0o600)
    with path.open("r+b") as file:
        os.fsync(file.fileno())
