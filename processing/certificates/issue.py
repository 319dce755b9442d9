"""Gives certificates, gives them anew and revokes them; each by a recorded decision.

One series for the province's year, by type, then district (code), then name. Whoever the provincial committee
certified later gets the numbers after the last that was ever given, whatever became of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution
from processing.certificates.certificate import Certificate, letters, made
from processing.certificates.given import Given, certificate_of, corrected_names, register
from processing.certificates.signing import Signer, signer
from processing.chunks import batched
from processing.decisions import recorded, recorder
from processing.decisions.decision import Certified, Decision, Kind, Plain, resolution_of
from processing.tables import ApplicantRow

CHUNK = 500  # applicants asked for at once
_TYPES = tuple(ApplicantType)


@dataclass(frozen=True, slots=True)
class Unit:
    """Whom the provincial committee's resolution passes. `district`: its name."""

    key: str
    root_id: str
    type: ApplicantType
    name: str
    district: str
    district_code: str
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has no certificate that holds: `ready` in the order of numbering, `owing`: under a condition,
    `revoked`: after the committee's last resolution; `last`: the last number that was ever given.
    """

    ready: tuple[Unit, ...]
    owing: tuple[Unit, ...]
    revoked: tuple[Unit, ...]
    last: int

    @property
    def numbers(self) -> Iterable[tuple[int, Unit]]:
        """The number that each would get now."""
        return enumerate(self.ready, self.last + 1)


def waiting(home: Home) -> Waiting:
    """Who waits for a certificate now."""
    with reading(home.engine) as session:
        return _waiting(home, session)


def give(home: Home, by: str, day: date | None) -> Sequence[Certificate]:
    """Give one to everyone who waits; `day`: on it, None = of the meeting that certified.

    Raises Refused, Terminal where the key cannot be used.
    """
    with transaction(home.engine) as session:
        recorder.taken_head(session)  # two at once must not give one number to two
        found = _waiting(home, session)
        if not found.ready:
            return ()
        key = signer(home.settings.home)
        decisions = [_decision(home, key, number, unit, by, day) for number, unit in found.numbers]
        recorder.append(session, decisions, home.pack)
        return [certificate_of(home, d.content) for d in decisions if isinstance(d.content, Certified)]


def reissue(
    home: Home, number: int, reason: str, by: str, *, day: date | None = None, name: str = ""
) -> Certificate:
    """Give another in place of one that is lost or says what is wrong, with a number of its own.

    It says what the register says now, the name as it was corrected; `name`: spelt so instead. Raises
    Refused; BadInput certificate.*.
    """
    with transaction(home.engine) as session:
        recorder.taken_head(session)
        former = _the(home, session, number)
        unit = _unit_of(home, session, former)
        last = _last(recorded.certificates(session))
        corrected = corrected_names(register(home, session)).get(unit.key, "")
        unit = replace(unit, name=name or corrected or unit.name)
        decision = _decision(home, signer(home.settings.home), last + 1, unit, by, day)
        decision = replace(decision, reason=reason, undoes=former.decision)
        recorder.append(session, [decision], home.pack)
        assert isinstance(decision.content, Certified)  # noqa: S101 - made above
        return certificate_of(home, decision.content)


def revoke(home: Home, number: int, reason: str, by: str) -> Given:
    """Revoke this one. Raises Refused; BadInput certificate.*."""
    with transaction(home.engine) as session:
        recorder.taken_head(session)
        former = _the(home, session, number)
        decision = Decision(
            Kind.REVOKE, former.applicant_key, "", Plain(), reason, by, undoes=former.decision
        )
        recorder.append(session, [decision], home.pack)
        return former


def _the(home: Home, session: Session, number: int) -> Given:
    found = next((one for one in register(home, session) if one.certificate.number == number), None)
    if found is None:
        raise BadInput(
            "certificate.number",
            f"ไม่มีหนังสือรับรองเลขที่ {number} ให้ดูเลขที่จาก mochocho certificates list",
            f"there is no certificate number {number}; mochocho certificates list shows the numbers",
        )
    return found


def _decision(home: Home, key: Signer, number: int, unit: Unit, by: str, day: date | None) -> Decision:
    resolution = unit.resolution
    plain = Certificate(
        home.province.code,
        home.pack.fiscal_year_be,
        number,
        unit.type,
        day or resolution.meeting_date,
        unit.district,
        unit.name,
        key.key_id,
    )
    signed = made(plain, key.sign)
    content = Certified(
        number,
        signed.type,
        signed.name,
        signed.district,
        signed.day,
        resolution.meeting_no,
        resolution.meeting_date,
        letters(key.public),
        signed.signature,
    )
    return Decision(Kind.CERTIFY, unit.key, content=content, recorded_by=by)


def _waiting(home: Home, session: Session) -> Waiting:
    given = recorded.certificates(session)
    have = {
        one.applicant_key
        for one in recorded.holding(session, (Kind.CERTIFY,), {one.applicant_key for one in given})
    }
    passed = [unit for unit in _passed(home, session) if unit.key not in have]
    ended = _revoked_since(session, given)
    revoked = tuple(unit for unit in passed if unit.key in ended)
    owing = tuple(u for u in passed if u.key not in ended and u.resolution.outcome is Outcome.CONDITIONAL)
    ready = tuple(u for u in passed if u not in owing and u not in revoked)
    return Waiting(ready, owing, revoked, _last(given))


def _revoked_since(session: Session, given: Sequence[Decision]) -> set[str]:
    """Those whose certificate was revoked after the province's last resolution about them: to give them
    another is for the committee to resolve.
    """
    undone = recorded.undoing(session, [one.number for one in given])
    ended = {one.applicant_key: one.number for one in undone.values() if one.kind is Kind.REVOKE}
    resolved = {
        one.applicant_key: one.number
        for one in recorded.holding(session, (Kind.RESOLUTION,), ended)
        if resolution_of(one).gate is Gate.PROVINCE
    }
    return {key for key, number in ended.items() if resolved.get(key, 0) < number}


def _last(given: Sequence[Decision]) -> int:
    return max((one.content.number for one in given if isinstance(one.content, Certified)), default=0)


def _passed(home: Home, session: Session) -> list[Unit]:
    keys = list(session.scalars(select(ApplicantRow.key)))
    found = [unit for chunk in batched(keys, CHUNK) for unit in _units(home, session, chunk)]
    return sorted(
        found, key=lambda u: (_TYPES.index(u.type), u.district_code, thai.sort_key(u.name), u.root_id)
    )


def _units(home: Home, session: Session, keys: Sequence[str]) -> Iterable[Unit]:
    """Those of these applicants whom the provincial resolution passes, and who were not set aside."""
    resolved = recorded.latest_resolutions(session, keys)
    aside = {one.applicant_key for one in recorded.holding(session, (Kind.WITHDRAW, Kind.MERGE), keys)}
    columns = (ApplicantRow.key, ApplicantRow.root_id, ApplicantRow.type, ApplicantRow.name)
    query = select(*columns, ApplicantRow.district).where(ApplicantRow.key.in_(keys))
    for row in session.execute(query):
        for one in resolved.get(row.key, ()):
            if one.gate is Gate.PROVINCE and one.outcome.passes and row.key not in aside:
                district = home.province.district(row.district)
                named = district.name_th if district else ""
                yield Unit(row.key, row.root_id, ApplicantType(row.type), row.name, named, row.district, one)


def _unit_of(home: Home, session: Session, former: Given) -> Unit:
    found = next(iter(_units(home, session, [former.applicant_key])), None)
    if found is None:
        raise BadInput(
            "certificate.unfounded",
            "ผู้ได้รับหนังสือรับรองนี้ไม่อยู่ในทะเบียนหรือไม่มีมติรับรองที่มีผลอยู่ จึงออกใหม่แทนไม่ได้ หากต้องยกเลิกให้เพิกถอน",
            "its holder is not in the register, or no resolution that certifies it holds, "
            "so it cannot be reissued; revoke it if it is to end",
        )
    return found
