"""What lies before a committee about one unit: score, documents, what is against a pass, its resolution."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from mochocho.words.model import (
    TO_JUDGE,
    Assessment,
    DocumentState,
    Finding,
    Gate,
    Outcome,
    Resolution,
    Severity,
)
from mochocho.words.numbers import hundredths
from processing.chunks import batched
from processing.decisions import against_evidence, last_assessed
from processing.decisions.record_resolutions import READ_AT_ONCE, Listed

_ANY_PASS = Resolution(Gate.DISTRICT, Outcome.PASS, "", "", date.max)  # after every other committee's
_SHORT = {
    DocumentState.MISSING: "ยังไม่มี",
    DocumentState.UNREADABLE: "อ่านไม่ได้",
    DocumentState.RETURNED: "ส่งคืน",
    DocumentState.SUSPICIOUS: "รอคนตรวจ",
    DocumentState.NEEDS_PERSON: "มาใหม่",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as it lies before a committee. `against`: the evidence against any pass."""

    listed: Listed
    assessed: bool
    percent: Fraction | None = None  # None = not complete
    documents: str = ""
    against: tuple[Finding, ...] = ()

    @property
    def percent_words(self) -> str:
        """The score in percent, that it is not complete, or '' where nothing was assessed."""
        if not self.assessed:
            return ""
        return "ยังไม่ครบ" if self.percent is None else hundredths(self.percent)

    @property
    def resolution(self) -> Resolution | None:
        """What is recorded of it at this gate."""
        return self.listed.resolution


def units(session: Session, rows: Sequence[Listed], gate: Gate) -> list[Unit]:
    """These applicants (`record_resolutions.listed`) as they lie before the committee of this gate."""
    known: dict[str, Assessment] = {}
    for chunk in batched([one.key for one in rows], READ_AT_ONCE):
        known |= last_assessed.of_applicants(session, chunk)
    return [_unit(one, known.get(one.key), gate) for one in rows]


def _unit(one: Listed, assessment: Assessment | None, gate: Gate) -> Unit:
    if assessment is None:
        return Unit(one, assessed=False)
    return Unit(
        one,
        assessed=True,
        percent=assessment.scores.percent if assessment.scores else None,
        documents=_documents(assessment),
        against=against_evidence.of(replace(_ANY_PASS, gate=gate), assessment, assessment.resolutions),
    )


def _documents(assessment: Assessment) -> str:
    """`ครบ`, or how many documents are in which state: mandatory ones, and those that wait for a person."""
    states = [
        verdict.state
        for verdict in assessment.verdicts
        if verdict.state in TO_JUDGE or any(f.severity is Severity.BLOCKING for f in verdict.findings)
    ]
    lacking = [f"{word} {count}" for state, word in _SHORT.items() if (count := states.count(state))]
    return " ".join(lacking) or "ครบ"
