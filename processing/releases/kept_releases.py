"""Releases as they are kept: a chain of rows, each hashed with the one before, and a folder of files each.

hash = `decisions.chain.hash_of` of ["mochocho.release.1", number, meeting_key, release, addendum, content,
       recorded_at, recorded_by, previous]
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.storage import audit_told
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from processing import codec
from processing.decisions import covered_rows
from processing.decisions.chain import GENESIS, Head, canonical, hash_of, moment_of
from processing.releases.release import Release
from processing.releases.tables import ReleaseRow

FOLDER = "releases"
_SPELLING = "mochocho.release.1"


@dataclass(frozen=True)
class KeptRelease:
    """A release as it was recorded. `row`: its number in the chain."""

    row: int
    release: Release
    recorded_at: datetime
    recorded_by: str
    hash: str


def releases(session: Session, meeting_key: str | None = None) -> list[KeptRelease]:
    """Every release with its addenda, of all meetings or of one, in the order in which they were recorded."""
    query = select(ReleaseRow).order_by(ReleaseRow.number)
    if meeting_key is not None:
        query = query.where(ReleaseRow.meeting_key == meeting_key)
    return [_kept(row) for row in session.scalars(query)]


def kept_release(session: Session, meeting_key: str, number: int | None = None) -> KeptRelease | None:
    """The release of this number, without its addenda; None = the last one. None where there is none."""
    query = select(ReleaseRow).where(ReleaseRow.meeting_key == meeting_key, ReleaseRow.addendum == 0)
    if number is not None:
        query = query.where(ReleaseRow.release == number)
    row = session.scalar(query.order_by(ReleaseRow.release.desc()).limit(1))
    return _kept(row) if row else None


def last_addendum(session: Session, of: KeptRelease) -> KeptRelease:
    """The last addendum to this release; the release itself where there is none."""
    query = select(ReleaseRow).where(
        ReleaseRow.meeting_key == of.release.meeting_key, ReleaseRow.release == of.release.number
    )
    row = session.scalar(query.order_by(ReleaseRow.addendum.desc()).limit(1))
    return _kept(row) if row else of


def next_number(session: Session, meeting_key: str) -> int:
    """The number that the next release of this meeting gets."""
    query = select(func.max(ReleaseRow.release)).where(ReleaseRow.meeting_key == meeting_key)
    return (session.scalar(query) or 0) + 1


def append(session: Session, release: Release, at: datetime) -> KeptRelease:
    """Append it in the caller's transaction, which no other that appends runs beside.

    Raises Terminal where one of its number is there.
    """
    last = session.scalar(select(ReleaseRow).order_by(ReleaseRow.number.desc()).limit(1))
    row = ReleaseRow(
        number=last.number + 1 if last else 1,
        meeting_key=release.meeting_key,
        release=release.number,
        addendum=release.addendum,
        content=canonical(codec.dump(release)),
        recorded_at=at,
        recorded_by=release.by,
        previous=last.hash if last else GENESIS,
        hash="",
    )
    row.hash = digest_of(row)
    taken = select(ReleaseRow.number).where(
        ReleaseRow.meeting_key == row.meeting_key,
        ReleaseRow.release == row.release,
        ReleaseRow.addendum == row.addendum,
    )
    if session.scalar(taken) is not None:
        raise Terminal(
            f"มีผู้อื่นออกเอกสาร {release.name} ไปก่อนแล้ว ให้ดูด้วย `mochocho packet list`",
            f"{release.name} was released meanwhile; see `mochocho packet list`",
        )
    session.add(row)
    session.flush()
    what = "addendum" if release.addendum else "release"
    audit_told.tell(session, ReleaseRow.__tablename__, row.number, row.hash, what, "")
    return _kept(row)


def broken(session: Session) -> list[int]:
    """The numbers of the rows at which the chain is not as it was written."""
    covered = covered_rows.of_chain(session, ReleaseRow.__tablename__)
    return list(_faults(session.scalars(select(ReleaseRow).order_by(ReleaseRow.number)), covered))


def heads(session: Session) -> list[Head]:
    """The last decision that each release knows of: heads of the chain of decisions that were given out."""
    return [
        Head(one.release.decisions.number, one.release.decisions.hash, one.release.name)
        for one in releases(session)
    ]


def folder_of(home: Home, release: Release) -> Path:
    """Where its files are: releases/province-1-2568/1, and addendum-1 within."""
    return home.settings.home / FOLDER / folder_name(release)


def folder_name(release: Release) -> Path:
    """As `folder_of`, from the folder of all releases."""
    meeting = release.meeting_key.replace(":", "-").replace("/", "-")
    own = Path(meeting, str(release.number))
    return own / f"addendum-{release.addendum}" if release.addendum else own


def _faults(rows: "Iterator[ReleaseRow]", covered: Mapping[int, str]) -> Iterator[int]:
    number, digest = 0, GENESIS
    for row in rows:
        as_recorded = digest_of(row) in (row.hash, covered.get(row.number))
        if row.number != number + 1 or row.previous != digest or not as_recorded:
            yield row.number
        number, digest = row.number, row.hash


def digest_of(row: ReleaseRow) -> str:
    """What its columns hash to."""
    return hash_of(
        [
            _SPELLING,
            row.number,
            row.meeting_key,
            row.release,
            row.addendum,
            row.content,
            moment_of(row.recorded_at),
            row.recorded_by,
            row.previous,
        ]
    )


def _kept(row: ReleaseRow) -> KeptRelease:
    release = codec.load(Release, json.loads(row.content))
    return KeptRelease(row.number, release, row.recorded_at, row.recorded_by, row.hash)
