"""Whose data an erasure is about: the person's applications, and everything by which they are named.

Somebody without an application (of a lead team or committee, an adviser, an assessor, an officer) is known by
name alone.
"""

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.erasing.whose.form_text import form_text
from mochocho.app.erasing.whose.pseudonym import ANYBODY, gone_part, kept_part, pseudonym
from mochocho.app.erasing.whose.telephones_beside import telephones_beside
from mochocho.app.persons.holders import Holders
from mochocho.app.persons.other_people import named_people
from mochocho.storage.home import Home
from mochocho.words import numbers
from mochocho.words.model import ApplicantType
from processing.persons.covered_texts import Eraser, longer_names, same_name
from processing.persons.sought_person import Sought
from processing.tables import ApplicantRow, FormerIdentityRow, FormerResultRow, IdentityRow
from sync.tables import Submission, SubmissionVersion
from xlsforms import names as form_names

_LEAST = 4  # letters: a shorter name stands in other words
_FIELD = re.compile(r"<(applicant_name|national_id|phone)>([^<]+)</")


@dataclass(frozen=True)
class WhoseData:
    """`keys`: of the person's applications, of this cycle and of last year's results; `persons`: one for each
    way in which the person is named; `namesakes`: keys of applicants of the same name, whose name stays;
    `longer`: names of others that hold the person's; `pseudonym`: of who has no application.

    The name goes from every part of others' rows (`mentions`) but those of `spared`; where several bear
    it, from those of `only`. None = every part.
    """

    keys: tuple[str, ...]
    persons: tuple[Sought, ...]
    namesakes: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()
    pseudonym: str = ""
    only: tuple[str, ...] | None = None
    spared: tuple[str, ...] = ()

    def covers(self, mention: str) -> bool:
        """Whether the person's name goes from this part."""
        return (self.only is None or mention in self.only) and mention not in self.spared

    @property
    def marks(self) -> frozenset[str]:
        """As what it is remembered, so that a restore erases the same."""
        if self.keys:
            return frozenset((*self.keys, *(kept_part(key, one) for key in self.keys for one in self.spared)))
        if self.only is None:
            return frozenset((ANYBODY, self.pseudonym))
        return frozenset((ANYBODY, *(gone_part(self.pseudonym, one) for one in ("", *self.only))))

    @property
    def abouts(self) -> tuple[str, ...]:
        """As what the person stands in logs, decisions and receipts."""
        return self.keys or (self.pseudonym,)

    @property
    def may_be_same(self) -> tuple[str, ...]:
        """Keys of applicants of whom a person says whether they are this person, known by name alone."""
        return self.namesakes if self.pseudonym else ()

    @property
    def eraser(self) -> Eraser:
        """Takes the person out of texts."""
        return Eraser(self.persons, self.longer)

    @property
    def by_numbers(self) -> Eraser:
        """Takes the person's numbers out of what is a namesake's."""
        return Eraser(tuple(one for one in self.persons if not one.name))


def whose_data(
    home: Home, session: Session, belongs: Holders, sought: Sought, only: Collection[str] | None = None
) -> WhoseData | None:
    """The person of a key or national ID, or of a name where no application is theirs. `only`: the parts in
    which such a name is theirs, None = all.

    A name, telephone or national ID that is given is looked for beside what the applications say. None where
    this home has no application of the person, and no name is given.
    """
    keys = _keys(session, sought)
    if not keys and (sought.key or not sought.name):
        return None
    national_ids = {sought.national_id, *_national_ids(session, keys)} - {""}
    for one in national_ids:
        keys |= _keys(session, Sought(one))
    told = list(_told(home, session, belongs, keys))
    named = {sought.name, *(text for name, text in told if name == "applicant_name")}
    national_ids |= {numbers.bare(text) for name, text in told if name == "national_id"}
    telephones = {numbers.bare(text) for name, text in told if name == "phone" and numbers.is_telephone(text)}
    if not keys:
        telephones |= telephones_beside(session, belongs, Sought(name=sought.name), only)
    telephones = {sought.telephone, *telephones} - {""} - _telephones_of_others(session, keys)
    persons = (
        *(Sought(national_id=one) for one in sorted(national_ids) if re.fullmatch("[0-9]{13}", one)),
        *(Sought(telephone=one) for one in sorted(telephones)),
        *(one for one in (Sought(name=name) for name in sorted(named)) if len(one.spelt_name) >= _LEAST),
    )
    return WhoseData(
        tuple(sorted(keys)),
        persons,
        tuple(sorted(_namesakes(session, keys, persons))),
        longer_names(persons, named_people(session)),
        "" if keys else pseudonym(cycle_of(home), sought.name),
        None if keys or only is None else tuple(sorted(only)),
    )


def cycle_of(home: Home) -> str:
    """The cycle in which a pseudonym stands for a person."""
    return f"{home.province.name_th} {home.pack.fiscal_year_be}"


def _keys(session: Session, sought: Sought) -> set[str]:
    keys = set[str]()
    if sought.key:
        for table in (ApplicantRow, FormerResultRow, IdentityRow):
            keys |= set(session.scalars(select(table.key).where(table.key == sought.key)))
    if sought.national_id:
        for identity in (IdentityRow, FormerIdentityRow):
            query = select(identity.key).where(identity.national_id == sought.national_id)
            keys |= set(session.scalars(query))
    return keys


def _national_ids(session: Session, keys: set[str]) -> Iterator[str]:
    for table in (IdentityRow, FormerIdentityRow):
        yield from session.scalars(select(table.national_id).where(table.key.in_(keys)))


def _told(home: Home, session: Session, belongs: Holders, keys: set[str]) -> Iterator[tuple[str, str]]:
    """(field, text) of each way in which the applications name the person, earlier versions too. What a
    group, network or community is called names nobody.
    """
    for table in (ApplicantRow, FormerResultRow):
        query = select(table.name).where(table.key.in_(keys), table.type == ApplicantType.LEADER)
        yield from (("applicant_name", name) for name in session.scalars(query))
    for national_id, phone in session.execute(
        select(IdentityRow.national_id, IdentityRow.phone).where(IdentityRow.key.in_(keys))
    ):
        yield from (("national_id", national_id), ("phone", phone))
    units = set(
        session.scalars(
            select(ApplicantRow.key).where(
                ApplicantRow.key.in_(keys), ApplicantRow.type != ApplicantType.LEADER
            )
        )
    )
    applications = (
        select(Submission.root_id, SubmissionVersion.xml_sha256)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .where(Submission.form_id == form_names.APPLICATION)
    )
    for root, xml in session.execute(applications):
        if belongs.roots.get(root) in keys:
            for name, text in _FIELD.findall(form_text(home.store, xml)):
                if name != "applicant_name" or belongs.roots[root] not in units:
                    yield name, html.unescape(text)


def _telephones_of_others(session: Session, keys: set[str]) -> set[str]:
    """A telephone of a family or an office is others' too."""
    query = select(IdentityRow.phone).where(IdentityRow.key.not_in(keys))
    return {numbers.bare(phone) for phone in session.scalars(query)}


def _namesakes(session: Session, keys: set[str], persons: tuple[Sought, ...]) -> Iterator[str]:
    for table in (ApplicantRow, FormerResultRow):
        query = select(table.key, table.name).where(
            table.key.not_in(keys), table.type == ApplicantType.LEADER
        )
        yield from (key for key, name in session.execute(query) if same_name(persons, name))
