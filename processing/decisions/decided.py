"""What holds of the decisions about one applicant, as an input of its assessment. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from mochocho.words.model import RESOLVED_GATES, Gate, Resolution, Round, Ruling, Settled
from processing.decisions.decision import (
    OF_DOCUMENTS,
    Closed,
    Decision,
    Kind,
    Merged,
    Reconciled,
    Ruled,
    Seen,
    resolution_of,
)

# The kinds that are input; of DISTINCT and CONTINUES, the search for applicants that may be one.
READ = frozenset(Kind) - {
    Kind.DISTINCT,
    Kind.CONTINUES,
    Kind.MATCH,
    Kind.REGISTER,
    Kind.CERTIFY,
    Kind.REOPEN,
    Kind.REVOKE,
    Kind.CARD_PAGE,
    Kind.ERASE,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of the kinds `READ` that hold about one applicant, whatever number or day each has.

    `resolutions`: at most one a gate, in the order of the gates; `decisions`: the others, at most one in a
    matter, by kind and what they are about.
    """

    resolutions: tuple[Resolution, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @classmethod
    def of(cls, holding: Iterable[Decision]) -> "Decided":
        """What holds about one applicant."""
        every = list(holding)
        resolved = (resolution_of(one) for one in every if one.kind is Kind.RESOLUTION)
        others = (_bare(one) for one in every if one.kind is not Kind.RESOLUTION)
        return cls(
            tuple(sorted(resolved, key=lambda one: RESOLVED_GATES.index(one.gate))),
            tuple(sorted(others, key=lambda one: one.matter)),
        )

    def about(self, kinds: Collection[Kind]) -> dict[str, Decision]:
        """Those of these kinds, by the document's code, rule or indicator that each is about."""
        return {one.about: one for one in self.decisions if one.kind in kinds}

    def the(self, kind: Kind) -> Decision | None:
        """The one of a kind that is about the applicant as a whole."""
        return self.about((kind,)).get("")

    @property
    def merged_into(self) -> str:
        """The key of the applicant that its forms count for; '' where it stands for itself."""
        merged = self.the(Kind.MERGE)
        return merged.content.into if merged and isinstance(merged.content, Merged) else ""

    def rulings(self) -> Mapping[str, Ruling]:
        """By rule of eligibility, whether a person takes it as met."""
        return {
            one.about: Ruling(one.content.met, one.reason, one.recorded_by)
            for one in self.decisions
            if isinstance(one.content, Ruled)
        }

    def scores(self, round_: Round) -> Mapping[str, Settled]:
        """By indicator, the answer that counts in this round in place of the assessors'."""
        return {
            one.about: Settled(one.content.answer, one.reason, one.recorded_by)
            for one in self.decisions
            if isinstance(one.content, Reconciled) and one.content.round is round_
        }

    @property
    def withdrawn_consents(self) -> frozenset[str]:
        """What consent was withdrawn for (`decision.OF_CONSENT`)."""
        return frozenset(self.about((Kind.OBJECT,)))

    def closed(self, round_: Round) -> frozenset[str] | None:
        """The root ids of the sheets that had come when this round was closed; None while it is open."""
        one = self.about((Kind.SHEETS_CLOSE,)).get(round_.value)
        return frozenset(one.content.sheets) if one and isinstance(one.content, Closed) else None


NOTHING_DECIDED = Decided()


def lay_before(holding: Iterable[Decision]) -> tuple[tuple[Gate, str], ...]:
    """(gate, digest of the assessment that lay before the committee), where there was one."""
    return tuple(
        sorted(
            (Gate(one.about), one.seen.assessment)
            for one in holding
            if one.kind is Kind.RESOLUTION and one.seen.assessment
        )
    )


def _bare(decision: Decision) -> Decision:
    """Without what says when and as which it was recorded: the same decision gives the same assessment."""
    files = decision.seen.files if decision.kind in OF_DOCUMENTS else ()
    seen = Seen(decision.seen.instance_id, files)
    return replace(decision, number=0, recorded_at=None, undoes=None, seen=seen)
