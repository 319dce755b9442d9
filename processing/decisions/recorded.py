"""What was decided, as recorded: of each matter the last decision that is not undone holds."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mochocho.storage.newest_rows import newest
from mochocho.words.model import RESOLVED_GATES, Resolution
from processing import codec
from processing.decisions.decided import READ
from processing.decisions.decision import (
    CONTENT,
    Decision,
    Distinguished,
    Ground,
    Kind,
    Merged,
    OnCard,
    Registered,
    Seen,
    resolution_of,
)
from processing.tables import DecisionRow


def holding(session: Session, kinds: Iterable[Kind], keys: Collection[str]) -> list[Decision]:
    """The decisions of these kinds about these applicants that hold, in the order of their numbers."""
    return _holding(session, kinds, DecisionRow.applicant_key, keys)


def matches(session: Session, roots: Collection[str]) -> dict[str, Decision]:
    """Which applicant these forms are about, as people decided, by root id."""
    found = _holding(session, (Kind.MATCH,), DecisionRow.about, roots)
    return {decision.about: decision for decision in found}


def told_apart(session: Session, keys: Collection[str]) -> dict[tuple[str, str], tuple[Ground, ...]]:
    """Which pairs of these applicants people told apart, by both keys in order, and on which grounds they
    were asked about.
    """
    found = _holding(session, (Kind.DISTINCT,), DecisionRow.applicant_key, keys)
    return {
        (one.applicant_key, one.about): one.content.grounds
        for one in found
        if isinstance(one.content, Distinguished)
    }


def latest_resolutions(session: Session, keys: Collection[str]) -> dict[str, tuple[Resolution, ...]]:
    """The resolution that holds at each gate, by applicant key, in the order of the gates; of these keys."""
    found = defaultdict[str, list[Resolution]](list)
    for decision in holding(session, (Kind.RESOLUTION,), keys):
        found[decision.applicant_key].append(resolution_of(decision))
    return {key: tuple(sorted(own, key=_place)) for key, own in found.items()}


def of_assessments(session: Session, keys: Collection[str]) -> dict[str, list[Decision]]:
    """The decisions about each of these applicants that hold and that an assessment reads, by key."""
    found = defaultdict[str, list[Decision]](list)
    for decision in holding(session, READ, keys):
        found[decision.applicant_key].append(decision)
    return found


def merged_into(session: Session, keys: Collection[str]) -> list[Decision]:
    """The decisions that hold by which the forms of others count for one of these applicants."""
    merged = _holding(session, (Kind.MERGE,), DecisionRow.about, ("",))
    return [one for one in merged if isinstance(one.content, Merged) and one.content.into in keys]


def counting_for(session: Session, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The applicants whose forms count for each of these: itself, and those that were merged into it."""
    found = {key: [key] for key in keys}
    for one in merged_into(session, keys):
        if isinstance(one.content, Merged):
            found[one.content.into].append(one.applicant_key)
    return {key: tuple(own) for key, own in found.items()}


def on_cards(session: Session, places: Collection[str]) -> dict[str, bool]:
    """Whether a card is on these pages (`CardPage.place`), as people decided; those that they did decide."""
    found = _holding(session, (Kind.CARD_PAGE,), DecisionRow.about, places)
    return {one.about: one.content.card for one in found if isinstance(one.content, OnCard)}


def without_card(session: Session, keys: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """The pages on which people found no card, in order, by key of their applicant; of these keys, or all."""
    kinds, found = (Kind.CARD_PAGE,), defaultdict[str, list[str]](list)
    column = DecisionRow.kind if keys is None else DecisionRow.applicant_key
    for one in _holding(session, kinds, column, kinds if keys is None else keys):
        if isinstance(one.content, OnCard) and not one.content.card:
            found[one.applicant_key].append(one.about)
    return {key: tuple(sorted(found[key])) for key in sorted(found)}


def about_applicant(session: Session, key: str) -> list[Decision]:
    """Every decision about an applicant, whether it holds or not, in the order of their numbers."""
    query = select(DecisionRow).where(DecisionRow.applicant_key == key).order_by(DecisionRow.number)
    return [of_row(row) for row in session.scalars(query)]


def searched(session: Session, text: str, before: int | None, most: int) -> list[Decision]:
    """The newest decisions, newest first, whether they hold or not: of numbers below `before`, and with this
    text in the name of who recorded it, the applicant's key, the reason or what it is about.
    """
    columns = (DecisionRow.recorded_by, DecisionRow.applicant_key, DecisionRow.reason, DecisionRow.about)
    return [of_row(row) for row in session.scalars(newest(DecisionRow, columns, text, before, most))]


def register(session: Session) -> dict[int, str]:
    """Every number of the register that was ever given, with the applicant's key; none is ever undone."""
    query = select(DecisionRow).where(DecisionRow.kind == Kind.REGISTER).order_by(DecisionRow.number)
    given = (of_row(row) for row in session.scalars(query))
    return {one.content.number: one.applicant_key for one in given if isinstance(one.content, Registered)}


def certificates(session: Session) -> list[Decision]:
    """Every certificate that was ever given, whether it holds or not, in the order of the decisions."""
    query = select(DecisionRow).where(DecisionRow.kind == Kind.CERTIFY).order_by(DecisionRow.number)
    return [of_row(row) for row in session.scalars(query)]


def undoing(session: Session, numbers: Collection[int]) -> dict[int, Decision]:
    """What undid each of these decisions, by the number that was undone; each is undone once at most."""
    rows = session.scalars(select(DecisionRow).where(DecisionRow.undoes.in_(numbers)))
    return {row.undoes: of_row(row) for row in rows if row.undoes is not None}


def register_numbers(session: Session, keys: Collection[str]) -> dict[str, int]:
    """The register's numbers of these applicants that have one, by key."""
    found = holding(session, (Kind.REGISTER,), keys)
    return {one.applicant_key: one.content.number for one in found if isinstance(one.content, Registered)}


def numbered(session: Session, numbers: Collection[int]) -> dict[int, Decision]:
    """The decisions of these numbers, whether they hold or not."""
    rows = session.scalars(select(DecisionRow).where(DecisionRow.number.in_(numbers)))
    return {row.number: of_row(row) for row in rows}


def last_number(session: Session) -> int:
    """The number of the last decision; 0 where none was recorded."""
    return session.scalar(select(func.max(DecisionRow.number))) or 0


def since(session: Session, number: int) -> dict[tuple[str, str, str], Decision]:
    """The last decision after this number in each matter, by matter; what was undone is a matter too."""
    rows = session.scalars(
        select(DecisionRow).where(DecisionRow.number > number).order_by(DecisionRow.number)
    )
    found = list(map(of_row, rows))
    undone = numbered(session, {one.undoes for one in found if one.undoes is not None})
    return {undone.get(one.undoes or 0, one).matter: one for one in found}


def of_row(row: DecisionRow) -> Decision:
    """A stored decision. Raises ValueError when it is none that this version knows."""
    kind = Kind(row.kind)
    return Decision(
        kind=kind,
        applicant_key=row.applicant_key,
        about=row.about,
        content=codec.load(CONTENT[kind], json.loads(row.content)),
        reason=row.reason,
        recorded_by=row.recorded_by,
        undoes=row.undoes,
        seen=codec.load(Seen, json.loads(row.seen)),
        number=row.number,
        recorded_at=row.recorded_at,
    )


def _holding(
    session: Session, kinds: Iterable[Kind], column: InstrumentedAttribute[str], wanted: Collection[str]
) -> list[Decision]:
    asked = {"kinds": [*kinds], "wanted": [*wanted]}
    last = {decision.matter: decision for decision in map(of_row, session.scalars(_held(column), asked))}
    return sorted(last.values(), key=lambda decision: decision.number)


@cache
def _held(column: InstrumentedAttribute[str]) -> Select[DecisionRow]:
    """Those of some kinds that nobody undid; made once, as a page asks a dozen times."""
    undoing = aliased(DecisionRow)
    return (
        select(DecisionRow)
        .outerjoin(undoing, undoing.undoes == DecisionRow.number)
        .where(
            DecisionRow.kind.in_(bindparam("kinds", expanding=True)),
            column.in_(bindparam("wanted", expanding=True)),
            undoing.number.is_(None),
        )
        .order_by(DecisionRow.number)
    )


def _place(resolution: Resolution) -> int:
    return RESOLVED_GATES.index(resolution.gate)
