"""The register of certificates: every one that was given, and how each stands now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome
from processing.certificates.certificate import Certificate, content_of, key_id
from processing.decisions import recorded
from processing.decisions.decision import Certified, Decision, Kind


class State(StrEnum):
    """How a certificate stands. UNFOUNDED: the resolution it was given for holds no more."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNFOUNDED = "unfounded"


@dataclass(frozen=True, slots=True)
class Given:
    """One certificate of the register. `replaces`, `replaced_by`: numbers of others; `why`: why it stands for
    another, or why it was revoked. `decision`: the number of the decision that gave it.
    """

    certificate: Certificate
    state: State
    applicant_key: str
    decision: int
    public_key: bytes
    meeting_no: str
    meeting_date: date
    given_by: str
    replaces: int | None = None
    replaced_by: int | None = None
    why: str = ""


def register(home: Home, session: Session) -> list[Given]:
    """Every certificate of this home, in the order of the numbers."""
    decisions = recorded.certificates(session)
    undone = recorded.undoing(session, [one.number for one in decisions])
    by_number = {one.number: one for one in decisions}
    founded = _founded(session, {one.applicant_key for one in decisions})
    return sorted(
        (_given(home, one, by_number, undone.get(one.number), founded) for one in decisions),
        key=lambda one: one.certificate.number,
    )


def certificate_of(home: Home, content: Certified) -> Certificate:
    """The certificate that a decision gave."""
    return Certificate(
        home.province.code,
        home.pack.fiscal_year_be,
        content.number,
        content.type,
        content.day,
        content.district,
        content.name,
        key_id(content_of(content.public_key)),
        content.signature,
    )


def revoked_of(every: Iterable[Given], meeting_no: str) -> list[Given]:
    """Those that were revoked, of whom this meeting of the province's committee certified."""
    return [one for one in every if one.state is State.REVOKED and one.meeting_no == meeting_no]


def corrected_names(every: Iterable[Given]) -> dict[str, str]:
    """By applicant key, the name of a certificate that stands and spells it otherwise than one that it came
    in place of: somebody corrected it.
    """
    by_number = {one.certificate.number: one for one in every}
    found = dict[str, str]()
    for one in by_number.values():
        former = one
        while one.state is State.VALID and former.replaces is not None:
            former = by_number[former.replaces]
            if former.certificate.name != one.certificate.name:
                found[one.applicant_key] = one.certificate.name
    return found


def public_keys(every: Sequence[Given]) -> list[bytes]:
    """The keys that check these, each once, the one in use last."""
    return list(dict.fromkeys(one.public_key for one in every))


def _given(
    home: Home,
    decision: Decision,
    by_number: dict[int, Decision],
    undone: Decision | None,
    founded: Collection[str],
) -> Given:
    content = decision.content
    assert isinstance(content, Certified)  # noqa: S101 - of its kind
    replaces = by_number[decision.undoes].content if decision.undoes else None
    state = State.VALID if decision.applicant_key in founded else State.UNFOUNDED
    if undone:
        state = State.REPLACED if undone.kind is Kind.CERTIFY else State.REVOKED
    return Given(
        certificate_of(home, content),
        state,
        decision.applicant_key,
        decision.number,
        content_of(content.public_key),
        content.meeting_no,
        content.meeting_date,
        decision.recorded_by,
        replaces.number if isinstance(replaces, Certified) else None,
        undone.content.number if undone and isinstance(undone.content, Certified) else None,
        undone.reason if undone else decision.reason,
    )


def _founded(session: Session, keys: Collection[str]) -> set[str]:
    """Those of these applicants whom the province's resolution certifies, and who were not set aside."""
    aside = {one.applicant_key for one in recorded.holding(session, (Kind.WITHDRAW, Kind.MERGE), keys)}
    return {
        key
        for key, resolutions in recorded.latest_resolutions(session, keys).items()
        for one in resolutions
        if one.gate is Gate.PROVINCE and one.outcome is Outcome.PASS and key not in aside
    }
