"""What is held of one person: their own rows and files, and what the rows of others say of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.persons.found_places import Place, every_row, find
from mochocho.app.persons.holders import Holders, holders
from mochocho.app.persons.other_people import OtherPeople, other_people
from mochocho.app.persons.place_words import FILES
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words import numbers
from processing.persons.sought_person import Certainty, Sought
from processing.tables import ApplicantRow, FormerIdentityRow, IdentityRow
from sync.tables import Attachment, Submission, SubmissionVersion
from xlsforms import names


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row about the person's own application. `values`: with what is others' covered."""

    table: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mention:
    """What another's row or a file says of the person. `text`: as it stands, others covered; '' of a file."""

    kind: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that came with the person's own forms; `sha256` names it in the store."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of it. `keys`: of the person's own applications; `withheld`: files of the assessors' sheets, which
    show other people.
    """

    keys: tuple[str, ...]
    rows: tuple[OwnRow, ...]
    mentions: tuple[Mention, ...]
    files: tuple[OwnFile, ...]
    withheld: int


def gather(home: Home, person: Sought) -> Gathered:
    """Everything of this person.

    An application is the person's own by its key or by the national ID: another may have the same name or
    telephone, so these alone give what names the person and nothing else of a row.
    """
    with reading(home.engine) as session:
        keys = _own_keys(session, person)
        known = _learnt(session, person, keys)
        others, belongs = other_people(session, known), holders(session)
        rows = tuple(_own_rows(session, keys, belongs, others))
        files, withheld = _files(session, keys, belongs)
    return Gathered(keys, rows, tuple(_mentions(find(home, known), keys, others)), files, withheld)


def _own_keys(session: Session, person: Sought) -> tuple[str, ...]:
    """Of this cycle and of last year's results."""
    keys = set(session.scalars(select(ApplicantRow.key).where(ApplicantRow.key == person.key)))
    if person.national_id:
        for table in (IdentityRow, FormerIdentityRow):
            keys |= set(session.scalars(select(table.key).where(table.national_id == person.national_id)))
    return tuple(sorted(keys))


def _learnt(session: Session, person: Sought, keys: tuple[str, ...]) -> Sought:
    """The person with what their own application says of them, so that it is not covered as another's."""
    for key in keys:
        row, identity = session.get(ApplicantRow, key), session.get(IdentityRow, key)
        if row is not None:
            person = replace(person, key=person.key or key, name=person.name or row.name)
        if identity is not None:
            telephone = numbers.bare(identity.phone) if numbers.is_telephone(identity.phone) else ""
            person = replace(
                person,
                national_id=person.national_id or identity.national_id,
                telephone=person.telephone or telephone,
            )
    return person


def _own_rows(
    session: Session, keys: tuple[str, ...], belongs: Holders, others: OtherPeople
) -> Iterator[OwnRow]:
    for table, values in every_row(session) if keys else ():
        if belongs.of_row(table.name, values) in keys:
            yield OwnRow(table.name, others.cover(values))


def _mentions(places: list[Place], keys: tuple[str, ...], others: OtherPeople) -> Iterator[Mention]:
    for place in places:
        if place.hit.certainty is not Certainty.NEAR and place.key not in keys:
            # around the name in a line of a file may stand people whom no row names
            alone = place.kind in FILES and place.hit.certainty is Certainty.WITHIN
            yield Mention(place.kind, place.path, "" if alone else others.cover(place.hit.written))


def _files(session: Session, keys: tuple[str, ...], belongs: Holders) -> tuple[tuple[OwnFile, ...], int]:
    query = (
        select(Submission.form_id, Submission.root_id, Attachment.name, Attachment.sha256)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Attachment, Attachment.version_id == SubmissionVersion.id)
        .where(Attachment.sha256.is_not(None))
        .order_by(Submission.id, SubmissionVersion.id, Attachment.name)
    )
    own, withheld = dict[str, OwnFile](), set[str]()
    for form_id, root, name, sha256 in session.execute(query):
        if belongs.roots.get(root) not in keys:
            continue
        if form_id == names.ONSITE:
            withheld.add(str(sha256))
        else:
            own.setdefault(str(sha256), OwnFile(name, str(sha256)))
    return tuple(own.values()), len(withheld - own.keys())
