"""Finds the applicants that may be one with some applicants: by national ID, and by type, place and name.

Of the others in a district, only the keys by which names are compared are read; the rest only of those whose
letters agree. Whom people told apart, and whoever withdrew or was merged, is not found.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.words.model import ApplicantType
from processing.decisions import recorded
from processing.decisions.decision import Ground, Kind
from processing.json_fields import text_of
from processing.likeness.compared import Likeness, Unit, likeness, percent
from processing.likeness.duplicates import Namesakes, Other
from processing.register.index_keys import letters_of, may_be_alike
from processing.tables import ApplicantRow, IdentityRow
from sync.tables import SubmissionVersion

Pairs = dict[str, set[str]]  # key -> keys of others


@dataclass(frozen=True, slots=True)
class _Known:
    """An applicant of a pair, as it is compared and shown."""

    key: str
    unit: Unit
    district: str
    source: str

    def other(self, alike: int = 100) -> Other:
        return Other(self.key, self.unit.name, self.district, self.source, alike)


def namesakes(session: Session, keys: Collection[str]) -> dict[str, Namesakes]:
    """Whom each of these applicants may be one with, by key; only those that may be one with somebody."""
    of_id, of_letters = _of_one_id(session, keys), _of_like_letters(session, keys)
    every = {key for pairs in (of_id, of_letters) for own, others in pairs.items() for key in (own, *others)}
    if not every:
        return {}
    out = {one.applicant_key for one in recorded.holding(session, (Kind.WITHDRAW, Kind.MERGE), every)}
    known = {one.key: one for one in _known(session, every - out)}
    apart = recorded.told_apart(session, every)
    found = {}
    for key in {*of_id, *of_letters} & known.keys():
        asked = _Asked(known, apart, known[key])
        if any(own := asked.of(of_id.get(key, ()), of_letters.get(key, ()))):
            found[key] = Namesakes(*own, itself=known[key].other())
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be asked about one applicant."""

    known: Mapping[str, _Known]
    apart: Mapping[tuple[str, str], Collection[Ground]]
    own: _Known

    def of(
        self, of_id: Collection[str], of_letters: Collection[str]
    ) -> tuple[tuple[Other, ...], tuple[Other, ...], tuple[Other, ...]]:
        """Those with its national ID, with its name, and with nearly its name."""
        one_id = tuple(self._shown(other) for other in self._open(of_id, Ground.NATIONAL_ID))
        same, near = list[Other](), list[Other]()
        for other in self._open(set(of_letters) - set(of_id), Ground.NAME):
            match likeness(self.own.unit, other.unit):
                case Likeness.SAME:
                    same.append(self._shown(other))
                case Likeness.NEAR:
                    near.append(self._shown(other))
        return one_id, tuple(same), tuple(near)

    def _open(self, keys: Collection[str], ground: Ground) -> Iterator[_Known]:
        for key in sorted(keys):
            pair = (min(key, self.own.key), max(key, self.own.key))
            if key in self.known and ground not in self.apart.get(pair, ()):
                yield self.known[key]

    def _shown(self, other: _Known) -> Other:
        return other.other(percent(self.own.unit, other.unit))


def _of_one_id(session: Session, keys: Collection[str]) -> Pairs:
    own = select(IdentityRow.national_id).where(IdentityRow.key.in_(keys), IdentityRow.national_id != "")
    holders = defaultdict[str, set[str]](set)
    query = select(IdentityRow.national_id, IdentityRow.key).where(IdentityRow.national_id.in_(own))
    for national_id, key in session.execute(query):
        holders[national_id].add(key)
    wanted = set(keys)
    return {key: held - {key} for held in holders.values() if len(held) > 1 for key in held if key in wanted}


def _of_like_letters(session: Session, keys: Collection[str]) -> Pairs:
    """The others of the same type and district whose names have nearly the same consonants."""
    own = session.execute(
        select(ApplicantRow.key, ApplicantRow.type, ApplicantRow.district, ApplicantRow.alike).where(
            ApplicantRow.key.in_(keys), ApplicantRow.alike != ""
        )
    ).all()
    query = select(ApplicantRow.type, ApplicantRow.district, ApplicantRow.key, ApplicantRow.alike)
    query = query.where(ApplicantRow.district.in_({row.district for row in own}), ApplicantRow.alike != "")
    beside = defaultdict[tuple[str, str], list[tuple[str, int]]](list)
    for type_, district, key, alike in session.execute(query):
        beside[type_, district].append((key, letters_of(alike)))
    pairs = Pairs()
    for row in own:
        mine = letters_of(row.alike)
        near = {
            key for key, letters in beside[row.type, row.district] if may_be_alike(row.type, mine, letters)
        }
        if len(near) > 1:
            pairs[row.key] = near - {row.key}
    return pairs


def _known(session: Session, keys: Collection[str]) -> Iterator[_Known]:
    row = ApplicantRow
    place = [text_of(row.application, part) for part in ("subdistrict", "moo", "village")]
    query = (
        select(row.key, row.district, SubmissionVersion.source, row.type, row.name, *place)
        .outerjoin(SubmissionVersion, SubmissionVersion.instance_id == ApplicantRow.instance_id)
        .where(ApplicantRow.key.in_(keys))
    )
    for key, district, source, type_, *named in session.execute(query):
        yield _Known(key, Unit(ApplicantType(type_), *named), district, source or "")
