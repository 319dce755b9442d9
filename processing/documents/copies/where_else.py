"""Finds where else the pages of some applicants are, by index: of others only those with a copy are read."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mochocho.words.model import Application
from processing.chunks import batched
from processing.decoding.jobs import CHECK_VERSION
from processing.documents.copies.page_copy import PageCopy
from processing.register import stored
from processing.register.within_scope import within
from processing.scope import Scope
from processing.tables import ApplicantFileRow, ApplicantRow, IdentityRow, SamePageRow

_AT_ONCE = 500  # files in one query


def copies(session: Session, keys: Collection[str]) -> dict[str, tuple[PageCopy, ...]]:
    """The copies of each of these applicants' pages in other files, by key; only of those that have any."""
    mine, other = aliased(ApplicantFileRow), aliased(ApplicantFileRow)
    query = (
        select(
            mine.applicant_key,
            SamePageRow.sha256,
            SamePageRow.sheet,
            SamePageRow.per_cent,
            SamePageRow.other,
            SamePageRow.other_sheet,
            other.applicant_key.label("holder"),
        )
        .join(SamePageRow, SamePageRow.sha256 == mine.sha256)
        .join(other, other.sha256 == SamePageRow.other)
        .where(
            mine.applicant_key.in_(keys), mine.page, other.page, SamePageRow.check_version == CHECK_VERSION
        )
    )
    rows = sorted(set(session.execute(query).all()), key=lambda row: (row.holder, row.other, row.other_sheet))
    if not rows:
        return {}
    every = {key for row in rows for key in (row.applicant_key, row.holder)}
    national_ids = dict(
        session.execute(
            select(IdentityRow.key, IdentityRow.national_id).where(
                IdentityRow.key.in_(every), IdentityRow.national_id != ""
            )
        ).all()
    )
    others = stored.applications(session, {row.holder for row in rows})
    of_pages = defaultdict[tuple[str, str, int], list[Any]](list)
    for row in rows:
        own = row.applicant_key == row.holder
        if own or not _same(national_ids, row.applicant_key, row.holder):
            of_pages[row.applicant_key, row.sha256, row.sheet].append(row)
    found = defaultdict[str, list[PageCopy]](list)
    for (key, _, _), places in of_pages.items():
        found[key] += _copies(key, places, others)
    return {key: tuple(own) for key, own in found.items()}


def holders(session: Session, sha256s: Collection[str]) -> set[str]:
    """The keys of everybody who has a page of which one of these files has a copy."""
    found = set[str]()
    for chunk in batched(sha256s, _AT_ONCE):
        query = (
            select(ApplicantFileRow.applicant_key)
            .join(SamePageRow, SamePageRow.other == ApplicantFileRow.sha256)
            .where(
                ApplicantFileRow.page,
                SamePageRow.check_version == CHECK_VERSION,
                SamePageRow.sha256.in_(chunk),
            )
        )
        found |= set(session.scalars(query))
    return found


def _same(national_ids: Mapping[str, str], one: str, other: str) -> bool:
    return one in national_ids and national_ids[one] == national_ids.get(other)


def _copies(key: str, places: Collection[Any], others: Mapping[str, Application]) -> Iterator[PageCopy]:
    """Of one page: every copy of the applicant's own, and the best of other applicants."""
    yield from (one for row in places if row.holder == key for one in _of(row, others[key], own=True))
    elsewhere = sorted((row for row in places if row.holder != key), key=lambda row: -row.per_cent)
    more = len({row.holder for row in elsewhere}) - 1
    best = (one for row in elsewhere for one in _of(row, others[row.holder], own=False, more=more))
    yield from islice(best, 1)


def _of(row: Any, other: Application, *, own: bool, more: int = 0) -> Iterator[PageCopy]:
    """The places of a file in an application."""
    for code, answer in other.documents.items():
        for number, page in enumerate(answer.pages):
            if page.sha256 == row.other:
                place = number + 1 if len(answer.pages) > 1 else 0
                whose = ("", "") if own else (other.name, other.district)
                yield PageCopy(
                    row.sha256,
                    row.sheet,
                    row.per_cent,
                    other.type,
                    code,
                    place,
                    row.other_sheet,
                    *whose,
                    more,
                )


def seen_with(session: Session, scope: Scope, key: str, sha256s: Collection[str]) -> list[tuple[str, str]]:
    """(key, name) of the others within this scope who have a page that is the same as one of these."""
    query = (
        select(ApplicantRow.key, ApplicantRow.name)
        .join(ApplicantFileRow, ApplicantFileRow.applicant_key == ApplicantRow.key)
        .join(SamePageRow, SamePageRow.other == ApplicantFileRow.sha256)
        .where(
            ApplicantFileRow.page,
            SamePageRow.check_version == CHECK_VERSION,
            SamePageRow.sha256.in_(sha256s),
            ApplicantRow.key != key,
            within(scope),
        )
        .order_by(ApplicantRow.name, ApplicantRow.key)
    )
    return [(row.key, row.name) for row in session.execute(query.distinct())]
