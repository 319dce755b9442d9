"""The part of a cycle's erasure that is done in the database: decisions stay, without the people in them."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from mochocho.app.erasing import ledger_of_erasures as ledger
from mochocho.app.erasing.ledger_of_erasures import Plan, Receipt
from mochocho.app.tables import AccessHeadRow, ErasureRow
from mochocho.storage.db import Base, ClosingRow
from mochocho.storage.files import Store
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing.decisions import recorder
from processing.decisions.chain import Link, canonical, digest
from processing.decisions.decision import Covered, Decision, Erased, Kind
from processing.meetings.tables import MeetingRow
from processing.persons.covered_texts import ERASED
from processing.releases import kept_releases
from processing.releases.tables import ReleaseRow
from processing.tables import ApplicantRow, DecisionRow, FormerResultRow
from sync.mirror.writing import erased_ids
from sync.tables import Attachment, FormerFile, Quarantined, ServerForm, Submission, SubmissionVersion

# what the office keeps: decisions, releases and meetings without people, and what names nobody
_KEPT = frozenset(
    [
        "closing",
        "decision",
        "decision_head",
        "erased",
        "erasure",
        "meeting",
        "packet",
        "portal_access_head",
        "published_form",
        "released_packet",
        "revision",
        "server_form",
        "server_version",
    ]
)
_OF_FORMS = (SubmissionVersion.xml_sha256, Attachment.sha256, FormerFile.sha256, Quarantined.sha256)
_TYPED = frozenset(["reason", "condition", "note", "seen_by", "recorded_by", "by", "detail", "said"])
_PERSONAL = frozenset(["telephone", "email"])


def cycle_id(year: int) -> str:
    """As which a whole cycle stands among the ids that were erased."""
    return f"cycle {year}"


def cover(home: Home, session: Session, row: ErasureRow, plan: Plan) -> tuple[Plan, Receipt]:
    """Remove everybody's rows, cover people in what stays, and record it in the chain of decisions.

    Returns the plan with the files that go, and the receipt.
    """
    counts = dict(_counts(session))
    erased_ids.remember(session, {*_ids(session), cycle_id(home.pack.fiscal_year_be)})
    covered = [*_decisions(session), *_releases(session)]
    meetings = _meetings(session)
    session.execute(update(ClosingRow).where(ClosingRow.by != "").values(by=ERASED))
    reopened = update(ClosingRow).where(ClosingRow.reopened_by.is_not(None))
    session.execute(reopened.values(reopened_by=ERASED, reopened_for=ERASED))
    log = session.get(AccessHeadRow, 1)
    removed = _removed(session)
    content = Erased(tuple(covered), *((log.number, log.hash) if log else ()))
    decision = Decision(Kind.ERASE, row.about, "", content, row.reason, row.officer)
    recorder.append(session, [decision], home.pack)
    stored = erased_ids.unnamed(session, set(_in_store(home.store)))
    chains = Counter(one.chain for one in covered)
    releases = [one.release.name for one in kept_releases.releases(session)]
    return (
        replace(plan, stored=tuple(sorted(stored))),
        replace(
            ledger.begun(row, plan),
            removed=dict(sorted((+removed).items())),
            covered=dict(sorted((+Counter({**chains, "meeting": meetings})).items())),
            files=tuple(sorted(stored)),
            releases=tuple(sorted(releases)),
            servers=servers_of(session),
            counts=counts,
        ),
    )


def foreseen(home: Home, session: Session) -> tuple[dict[str, int], dict[str, int], tuple[str, ...]]:
    """How many rows would go, by table; what stays known; the files (sha256) that came with forms."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _KEPT]
    rows = {one.name: session.scalar(select(func.count()).select_from(one)) or 0 for one in tables}
    forms = {
        str(one) for column in _OF_FORMS for one in session.scalars(select(column).where(column.is_not(None)))
    }
    files = tuple(sorted(forms & set(_in_store(home.store))))
    return {name: count for name, count in sorted(rows.items()) if count}, dict(_counts(session)), files


def servers_of(session: Session) -> tuple[tuple[str, str], ...]:
    """The servers on which the cycle's forms were, each with no root: all that is there."""
    published = select(ServerForm.server).distinct().order_by(ServerForm.server)
    return tuple((server, "") for server in session.scalars(published))


def _counts(session: Session) -> Iterator[tuple[str, int]]:
    """How many applied, by type, and how many decisions of each kind there are: they name nobody."""
    types = select(ApplicantRow.type, func.count()).group_by(ApplicantRow.type).order_by(ApplicantRow.type)
    kinds = select(DecisionRow.kind, func.count()).group_by(DecisionRow.kind).order_by(DecisionRow.kind)
    for query in (types, kinds):
        yield from ((str(name), int(count)) for name, count in session.execute(query))


def _ids(session: Session) -> Iterator[str]:
    for column in (
        ApplicantRow.key,
        FormerResultRow.key,
        Submission.root_id,
        SubmissionVersion.instance_id,
    ):
        yield from session.scalars(select(column))


def _decisions(session: Session) -> Iterator[Covered]:
    for row in session.scalars(select(DecisionRow).where(DecisionRow.kind != Kind.ERASE)).all():
        content = _without_people(json.loads(row.content))
        if row.kind == Kind.CERTIFY and content["type"] == ApplicantType.LEADER:
            content["name"] = ERASED
        now = {
            "content": canonical(content),
            "reason": row.reason and ERASED,
            "recorded_by": row.recorded_by and ERASED,
        }
        if any(getattr(row, name) != value for name, value in now.items()):
            session.execute(update(DecisionRow).where(DecisionRow.number == row.number).values(now))
            session.expire(row)
            link = Link(**{name: getattr(row, name) for name in Link.__slots__})
            yield Covered("decision", row.number, digest(link))


def _releases(session: Session) -> Iterator[Covered]:
    for row in session.scalars(select(ReleaseRow)).all():
        content = _without_people(json.loads(row.content))
        content["printed"]["meeting"] = _people_less(content["printed"]["meeting"])
        for unit in content["printed"]["units"]:
            if unit["type"] == ApplicantType.LEADER:
                unit["name"] = ERASED
        now = {"content": canonical({**content, "erased": True}), "recorded_by": ERASED}
        session.execute(update(ReleaseRow).where(ReleaseRow.number == row.number).values(now))
        session.expire(row)
        yield Covered("released_packet", row.number, kept_releases.digest_of(row))


def _meetings(session: Session) -> int:
    rows = session.scalars(select(MeetingRow)).all()
    for row in rows:
        row.content, row.recorded_by = _people_less(row.content), ERASED
    session.flush()
    return len(rows)


def _without_people(value: Any) -> Any:
    """What was recorded, without what somebody typed and who typed it."""
    match value:
        case dict():
            return {
                name: ERASED if name in _TYPED and one and isinstance(one, str) else _typed(name, one)
                for name, one in value.items()
            }
        case list():
            return [_without_people(one) for one in value]
    return value


def _typed(name: str, value: Any) -> Any:
    if name == "recused":
        return [ERASED for _ in value]
    return _without_people(value)


def _people_less(value: Any) -> Any:
    """A meeting without its people."""
    match value:
        case dict():
            return {name: _of_person(name, one) for name, one in value.items()}
        case list():
            return [_people_less(one) for one in value]
    return value


def _of_person(name: str, value: Any) -> Any:
    if isinstance(value, str) and value and name in {"name", *_TYPED}:
        return ERASED
    return "" if name in _PERSONAL else _people_less(value)


def _removed(session: Session) -> Counter[str]:
    gone = Counter[str]()
    session.execute(update(Submission).values(current_id=None))
    session.execute(update(ApplicantRow).values(assessment_id=None))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in _KEPT:
            result = session.execute(delete(table))
            assert isinstance(result, CursorResult)  # noqa: S101 - of a DELETE
            gone[table.name] += result.rowcount
    return gone


def _in_store(store: Store) -> Iterator[str]:
    for shelf in sorted(store.root.iterdir()):
        if shelf.is_dir() and not shelf.name.startswith("."):
            yield from (shelf.name + file.name for file in shelf.iterdir())
