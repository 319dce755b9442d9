"""Finds other applicants that share files, IDs or names with these."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import ColumnElement, collate, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from processing.documents.copies import where_else
from processing.likeness import former_results
from processing.likeness.duplicates import NAMED, NOBODY, Former, Holders, Other, Slice, slice_of
from processing.likeness.namesakes import namesakes
from processing.tables import ApplicantFileRow, ApplicantRow, IdentityRow

Text = InstrumentedAttribute[str]


def slices(session: Session, keys: Collection[str]) -> dict[str, Slice]:
    """What each of these applicants shares with others, by key."""
    files, asked = _shared_files(session, keys), namesakes(session, keys)
    before = former_results.former(session, keys)
    query = select(ApplicantRow.key, ApplicantRow.type, IdentityRow.national_id).outerjoin(
        IdentityRow, IdentityRow.key == ApplicantRow.key
    )
    copied = where_else.copies(session, keys)
    return {
        key: replace(
            slice_of(key, type_, national_id or "", files.get(key, {}), asked.get(key, NOBODY)),
            copies=copied.get(key, ()),
            former=before.get(key, Former()),
        )
        for key, type_, national_id in session.execute(query.where(ApplicantRow.key.in_(keys)))
    }


def _shared_files(session: Session, keys: Collection[str]) -> dict[str, dict[str, Holders]]:
    """Key -> the pages that others sent too, by sha256."""
    mine, other = aliased(ApplicantFileRow), aliased(ApplicantFileRow)
    also_sent = exists().where(
        other.sha256 == mine.sha256, other.page, other.applicant_key != mine.applicant_key
    )
    query = select(mine.applicant_key, mine.sha256).where(mine.applicant_key.in_(keys), mine.page, also_sent)
    shared = session.execute(query).all()
    if not shared:
        return {}
    held = _holders(
        session,
        ApplicantFileRow.sha256,
        ApplicantFileRow.applicant_key,
        ApplicantFileRow.page & ApplicantFileRow.sha256.in_({sha256 for _, sha256 in shared}),
    )
    found = defaultdict[str, dict[str, Holders]](dict)
    for key, sha256 in shared:
        found[key][sha256] = held[sha256]
    return found


def _holders(session: Session, what: Text, key: Text, where: ColumnElement[bool]) -> dict[str, Holders]:
    """The holders of each value of `what` that several have."""
    # Byte order on every database, because it decides which names papers show.
    in_order = collate(key, "C" if session.get_bind().dialect.name == "postgresql" else "BINARY")
    place = func.row_number().over(partition_by=what, order_by=in_order)
    ranked = select(
        what.label("what"),
        key.label("key"),
        place.label("place"),
        func.count().over(partition_by=what).label("count"),
    )
    found = ranked.where(where).subquery()
    query = select(found).where(found.c.place <= NAMED + 1, found.c.count > 1)
    # Names are read by a query of their own: in a join, PostgreSQL would scan all applicants.
    first = sorted((what, place, key, count) for what, key, place, count in session.execute(query))
    named = _names(session, {holder for _, _, holder, _ in first})
    holders = defaultdict[str, list[Other]](list)
    for thing, _, holder, _ in first:
        holders[thing].append(Other(holder, *named[holder]))
    counts = {thing: count for thing, _, _, count in first}
    return {thing: Holders(tuple(own), counts[thing]) for thing, own in holders.items()}


def _names(session: Session, keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """Key -> (name, district code)."""
    if not keys:
        return {}
    query = select(ApplicantRow.key, ApplicantRow.name, ApplicantRow.district)
    rows = session.execute(query.where(ApplicantRow.key.in_(keys)))
    return {key: (name, district) for key, name, district in rows}
