"""Last year's results: kept as this cycle took them over, and found again for those who apply again.

A leader is found by the national ID, the others by type, place and name. Where only nearly, or where several
are found, the office is asked; it also takes apart what was found wrongly.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, delete, exists, insert, select
from sqlalchemy.orm import Session

from mochocho.words.model import ApplicantType, Application, FormerResult, Identity
from processing import codec
from processing.decisions import recorded
from processing.decisions.decision import Kind
from processing.json_fields import text_of
from processing.likeness.compared import Likeness, Unit, likeness, percent
from processing.likeness.duplicates import Former, Other
from processing.register.index_keys import alike_key, letters_of, may_be_alike
from processing.tables import ApplicantRow, FormerIdentityRow, FormerResultRow, IdentityRow

# key, type, name, district, alike key or result, subdistrict, moo, village
Applied = Row[str, str, str, str, Any, str, str, str]
YEAR = "cycle"  # the source of a former result, beside those of forms


def replace_all(session: Session, results: Iterable[tuple[FormerResult, Application, Identity]]) -> int:
    """Keep these results of last year, in place of any kept before. Returns how many."""
    session.execute(delete(FormerIdentityRow))
    session.execute(delete(FormerResultRow))
    rows, identities = list[dict[str, object]](), list[dict[str, str]]()
    for result, application, identity in results:
        place = {name: getattr(application, name) for name in ("subdistrict", "moo", "village")}
        rows.append(
            {
                "key": result.key,
                "type": application.type.value,
                "name": application.name,
                "district": application.district,
                "alike": alike_key(application),
                "place": place,
                "result": codec.dump(result),
            }
        )
        if identity.national_id:
            identities.append({"key": result.key, "national_id": identity.national_id})
    if rows:
        session.execute(insert(FormerResultRow), rows)
    if identities:
        session.execute(insert(FormerIdentityRow), identities)
    return len(rows)


def former(session: Session, keys: Collection[str]) -> dict[str, Former]:
    """What these applicants came to last year, and whom each may have been then; only those with either."""
    if not session.scalar(select(exists().select_from(FormerResultRow))):
        return {}
    own = {row.key: row for row in session.execute(_own(keys))}
    found = _Found(of_id=_of_id(session, keys), alike=_alike(session, own.values()))
    every = {key for pairs in (found.of_id, found.alike) for others in pairs.values() for key in others}
    told = recorded.holding(session, (Kind.CONTINUES,), keys)
    found.told = {one.applicant_key: one.about for one in told}
    found.apart = set(recorded.told_apart(session, keys))
    found.rows = {row.key: row for row in session.execute(_kept({*every, *found.told.values()}))}
    results = ((key, found.of(row)) for key, row in own.items())
    return {key: result for key, result in results if result != Former()}


@dataclass(slots=True)
class _Found:
    """Who may be whom, by the applicant's key."""

    of_id: Mapping[str, set[str]]
    alike: Mapping[str, set[str]]
    told: Mapping[str, str] = field(default_factory=dict)  # as people decided
    apart: Collection[tuple[str, str]] = ()
    rows: Mapping[str, Applied] = field(default_factory=dict)

    def of(self, own: Applied) -> Former:
        if own.key in self.told:
            return self._linked(self.told[own.key])
        one = _unit(own)
        same_id = [key for key in sorted(self.of_id.get(own.key, ())) if (own.key, key) not in self.apart]
        if len(same_id) == 1:
            return self._linked(same_id[0])
        named = {
            key: likeness(one, _unit(self.rows[key]))
            for key in sorted(self.alike.get(own.key, ()))
            if (own.key, key) not in self.apart
        }
        same = [key for key, how in named.items() if how is Likeness.SAME]
        if len(same) == 1 and not same_id and one.type is not ApplicantType.LEADER:
            return self._linked(same[0])
        asked = dict.fromkeys([*same_id, *same, *(key for key, how in named.items() if how)])
        return Former(None, tuple(self._shown(one, self.rows[key]) for key in asked))

    def _linked(self, key: str) -> Former:
        return Former(codec.load(FormerResult, self.rows[key].result) if key in self.rows else None)

    def _shown(self, one: Unit, row: Applied) -> Other:
        year = codec.load(FormerResult, row.result).year_be
        return Other(row.key, row.name, row.district, f"{YEAR}:{year}", percent(one, _unit(row)))


def _own(keys: Collection[str]) -> Select[str, str, str, str, Any, str, str, str]:
    row = ApplicantRow
    place = [text_of(row.application, part) for part in ("subdistrict", "moo", "village")]
    return select(row.key, row.type, row.name, row.district, row.alike, *place).where(row.key.in_(keys))


def _kept(keys: Collection[str]) -> Select[str, str, str, str, Any, str, str, str]:
    row = FormerResultRow
    place = [text_of(row.place, part) for part in ("subdistrict", "moo", "village")]
    return select(row.key, row.type, row.name, row.district, row.result, *place).where(row.key.in_(keys))


def _unit(row: Applied) -> Unit:
    return Unit(ApplicantType(row.type), row.name, row.subdistrict, row.moo, row.village)


def _of_id(session: Session, keys: Collection[str]) -> dict[str, set[str]]:
    query = (
        select(IdentityRow.key, FormerIdentityRow.key)
        .join(FormerIdentityRow, FormerIdentityRow.national_id == IdentityRow.national_id)
        .join(ApplicantRow, ApplicantRow.key == IdentityRow.key)
        .join(FormerResultRow, FormerResultRow.key == FormerIdentityRow.key)
        .where(IdentityRow.key.in_(keys), ApplicantRow.type == FormerResultRow.type)
    )
    found = defaultdict[str, set[str]](set)
    for key, then in session.execute(query):
        found[key].add(then)
    return found


def _alike(session: Session, own: Collection[Applied]) -> dict[str, set[str]]:
    """Those of last year of the same type and district whose names have nearly the same consonants."""
    row = FormerResultRow
    query = select(row.type, row.district, row.key, row.alike).where(row.alike != "")
    beside = defaultdict[tuple[str, str], list[tuple[str, int]]](list)
    for type_, district, key, alike in session.execute(
        query.where(row.district.in_({one.district for one in own}))
    ):
        beside[type_, district].append((key, letters_of(alike)))
    return {
        one.key: {
            key
            for key, letters in beside[one.type, one.district]
            if may_be_alike(one.type, letters_of(one.alike), letters)
        }
        for one in own
        if one.alike
    }


def asked_about(found: Mapping[str, Former]) -> Iterator[tuple[str, Other]]:
    """Everybody of last year that somebody may have been, by key."""
    return ((key, other) for key, one in sorted(found.items()) for other in one.asked)
