"""The only writer of the chain: decisions of every kind are checked, and appended one after another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.standards.schema import Pack
from mochocho.storage import audit_told
from mochocho.storage.db import insert_or_ignore, transaction
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, Assessment, Finding, Gate, Resolution
from mochocho.words.progress import ProgressCall, silent
from processing import codec
from processing.chunks import batched
from processing.decisions import against_evidence, last_assessed, recorded
from processing.decisions.acceptable import Known, Refusal, refusals
from processing.decisions.chain import GENESIS, Link, canonical
from processing.decisions.decision import (
    OF_DOCUMENTS,
    Certified,
    Content,
    Decision,
    Kind,
    Merged,
    Registered,
    Resolved,
    Seen,
    of_resolution,
    resolution_of,
)
from processing.decisions.effects.on_applicants import Unit
from processing.decisions.effects.on_certificates import Certificates
from processing.decisions.on_documents import NO_ANSWER, Submitted
from processing.tables import (
    ApplicantFileRow,
    ApplicantRow,
    AssessmentRow,
    DecisionHeadRow,
    DecisionRow,
    FormerResultRow,
)

CHUNK = 500  # applicants asked for at once
_IN_LINES = ("condition", "note")  # what papers print as it was typed, as they do the reason
_CODES = {"key": "unknown_applicant"}


class Refused(BadInput):
    """A decision that cannot be recorded. `part`: of it, for the door to say where that was typed; `every`:
    all that is to be put right, of which the first is the message.
    """

    def __init__(self, *every: Refusal) -> None:
        refusal, *_ = every
        self.part, self.every = refusal.part, every
        super().__init__(f"decision.{_CODES.get(refusal.part, refusal.part)}", *refusal.said)
        self.args = every  # what __init__ takes, for whoever unpickles it


class Overtaken(BadInput):
    """In the same matter another decision was recorded since this one's was shown. `later`: that one."""

    def __init__(self, later: Decision) -> None:
        self.later = later
        who, number = later.recorded_by, later.number
        super().__init__(
            "decision.overtaken",
            f"{who} บันทึกเรื่องเดียวกันไว้ก่อนแล้ว (ลำดับที่ {number}) ให้ดูของเดิมแล้วตัดสินใหม่",
            f"{who} recorded the same matter before (number {number}); look at that and decide anew",
        )
        self.args = (later,)  # what __init__ takes, for whoever unpickles it


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as it was recorded, and the evidence against a committee's pass, as it was weighed then."""

    decision: Decision
    against: tuple[Finding, ...] = ()


def record(home: Home, resolutions: Mapping[str, Resolution]) -> int:
    """Record one resolution an applicant (by key); as `record_all`."""
    return record_all(home, sorted(resolutions.items(), key=itemgetter(0)))


def record_all(home: Home, resolutions: Sequence[tuple[str, Resolution]], *, shown: int | None = None) -> int:
    """Record resolutions by applicant key, as `record_decisions`. Returns how many were not standing."""
    decisions = [of_resolution(key, one) for key, one in resolutions]
    return len(record_decisions(home, decisions, shown=shown))


def record_decisions(
    home: Home, decisions: Sequence[Decision], *, shown: int | None = None
) -> tuple[Recorded, ...]:
    """Record all of these or none. Returns those that did not stand already, as they were recorded.

    `shown`: the number of the last decision (`recorded.last_number`) when whoever decides was shown what they
    decide about; None = they ask for no such care. Raises Refused, decision.<part>, for the first that cannot
    be (`acceptable.Part`; of the key: decision.unknown_applicant); Overtaken where another came since.
    """
    with transaction(home.engine) as session:
        return append(session, decisions, home.pack, shown=shown)


def append(
    session: Session, decisions: Sequence[Decision], pack: Pack, *, shown: int | None = None
) -> tuple[Recorded, ...]:
    """As `record_decisions`, within the caller's transaction, which no other that appends runs beside."""
    head = taken_head(session)
    about = _About.of(session, decisions, pack)
    later = {} if shown is None else recorded.since(session, shown)
    new = list[Recorded]()
    for decision in map(_normal, decisions):
        known = about.known(decision)
        if wrong := tuple(refusals(decision, pack.fiscal_year_be, known)):
            raise Refused(*wrong)
        if about.stands(decision):
            continue
        if other := later.get(about.matter(decision)):
            raise Overtaken(other)
        number = head.number + 1
        given = replace(decision, number=number, recorded_at=datetime.now(UTC), seen=about.seen(decision))
        link = _link(given, head.hash).hashed()
        session.add(DecisionRow(**asdict(link)))
        head.number, head.hash = number, link.hash
        told = (given.kind.value, given.applicant_key)
        audit_told.tell(session, DecisionRow.__tablename__, number, link.hash, *told)
        about.note(given)
        new.append(Recorded(given, known.against))
    return tuple(new)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a decision would meet: the evidence against a committee's pass, none where it stands already; and
    what is to be put right before it can be recorded.
    """

    against: tuple[Finding, ...]
    refusals: tuple[Refusal, ...]


def weighed(
    session: Session, decisions: Sequence[Decision], pack: Pack, progress: ProgressCall = silent
) -> list[Weighed]:
    """Each of these, as its applicant was last assessed; how many were checked is told of each."""
    normal, found = list(map(_normal, decisions)), list[Weighed]()
    for start in range(0, len(normal), CHUNK):
        chunk = normal[start : start + CHUNK]
        about = _About.of(session, chunk, pack)
        for one in chunk:
            known = about.known(one)
            found.append(Weighed(known.against, tuple(refusals(one, pack.fiscal_year_be, known))))
            progress("check", len(found), len(decisions))
    return found


def changes(
    session: Session, decisions: Sequence[Decision], pack: Pack
) -> list[tuple[Decision, Decision | None]]:
    """Those that do not stand already, each with what holds in its matter now."""
    normal = list(map(_normal, decisions))
    about = _About.of(session, normal, pack)
    return [(one, about.holds.get(about.matter(one))) for one in normal if not about.stands(one)]


def taken_head(session: Session) -> DecisionHeadRow:
    """The last decision, locked until the transaction ends: numbers and hashes follow one another."""
    insert_or_ignore(session, DecisionHeadRow, [{"id": 1, "number": 0, "hash": GENESIS}])
    query = select(DecisionHeadRow).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()


def _normal(decision: Decision) -> Decision:
    """As it is stored: every text that people typed in one spelling, those of several lines in these."""
    content = decision.content
    texts: dict[str, Any] = {
        name: (thai.normalise_lines if name in _IN_LINES else thai.normalise)(value)
        for name, value in ((name, getattr(content, name)) for name in content.__slots__)
        if type(value) is str
    }
    if isinstance(content, Resolved):
        texts["recused"] = tuple(map(thai.normalise, content.recused))
    return replace(
        decision,
        content=replace(content, **texts),
        reason=thai.normalise_lines(decision.reason),
        recorded_by=thai.normalise(decision.recorded_by),
    )


def _spelt(content: Content) -> dict[str, Any]:
    """What it says; a field that came later and says nothing is left out, as in rows recorded before it."""
    silent = {one.name for one in fields(content) if getattr(content, one.name) == one.default}
    return {name: value for name, value in codec.dump(content).items() if name not in silent}


def _link(decision: Decision, previous: str) -> Link:
    assert decision.recorded_at  # noqa: S101 - given by `append`
    return Link(
        number=decision.number,
        kind=decision.kind.value,
        applicant_key=decision.applicant_key,
        about=decision.about,
        content=canonical(_spelt(decision.content)),
        reason=decision.reason,
        recorded_by=decision.recorded_by,
        recorded_at=decision.recorded_at,
        seen=canonical(codec.dump(decision.seen)),
        undoes=decision.undoes,
        previous=previous,
    )


@dataclass(slots=True)
class _About:
    """What is known of what some decisions are about, kept up while they are appended."""

    pack: Pack
    now: dict[str, Seen]  # by applicant key, of those that are registered
    holds: dict[tuple[str, str, str], Decision]  # by matter
    earlier: dict[int, Decision]
    undone: dict[int, int] = field(default_factory=dict)  # number -> of what undid it
    # by key, of those whose assessment lay before whoever decided
    assessed: dict[str, Assessment] = field(default_factory=dict)
    types: dict[str, ApplicantType] = field(default_factory=dict)  # by applicant key
    register: dict[int, str] = field(default_factory=dict)  # numbers given -> applicant key
    certificates: dict[int, str] = field(default_factory=dict)  # numbers given -> applicant key
    files: dict[str, set[str]] = field(default_factory=dict)  # pages of documents, by applicant key
    former: set[str] = field(default_factory=set)  # keys of last year's applicants

    @classmethod
    def of(cls, session: Session, decisions: Sequence[Decision], pack: Pack) -> "_About":
        keys = {key for one in decisions for key in (one.applicant_key, _other(one)) if key}
        numbers = {one.undoes for one in decisions if one.undoes is not None}
        roots = {one.about for one in decisions if one.kind is Kind.MATCH}
        about = cls(pack, {}, {}, recorded.numbered(session, numbers))
        if any(one.kind is Kind.REGISTER for one in decisions):
            about.register = recorded.register(session)
        if any(one.kind is Kind.CERTIFY for one in decisions):
            about.certificates = {
                one.content.number: one.applicant_key
                for one in recorded.certificates(session)
                if isinstance(one.content, Certified)
            }
        of_pages = {one.applicant_key for one in decisions if one.kind is Kind.CARD_PAGE}
        for chunk in batched(of_pages, CHUNK):
            about.files |= _pages(session, chunk)
        others = {one.about for one in decisions if one.kind in (Kind.DISTINCT, Kind.CONTINUES)}
        about.former = set(
            session.scalars(select(FormerResultRow.key).where(FormerResultRow.key.in_(others)))
        )
        for chunk in batched(keys, CHUNK):
            about.now |= _seen(session, chunk)
            about.types |= _types(session, chunk)
            about.holds |= {one.matter: one for one in recorded.holding(session, set(Kind), chunk)}
            about.holds |= {one.matter: one for one in recorded.merged_into(session, chunk)}
        assessed = (Kind.RESOLUTION, *OF_DOCUMENTS)
        for chunk in batched({one.applicant_key for one in decisions if one.kind in assessed}, CHUNK):
            about.assessed |= last_assessed.of_applicants(session, chunk)
        about.holds |= {one.matter: one for one in recorded.matches(session, roots).values()}
        query = select(DecisionRow.undoes, DecisionRow.number).where(DecisionRow.undoes.in_(numbers))
        about.undone = {undoes: number for undoes, number in session.execute(query) if undoes is not None}
        return about

    def known(self, decision: Decision) -> Known:
        number = decision.undoes or 0
        return Known(
            registered=decision.applicant_key in self.now or self._was(decision),
            other=self._knows_other(decision),
            earlier=self.earlier.get(number),
            undone=self.undone.get(number),
            against=self._against(decision),
            document=self._document(decision),
            unit=None if self.stands(decision) else self._unit(decision.applicant_key),
            into=self._unit(_other(decision)),
            files=frozenset(self.files.get(decision.applicant_key, ())),
            register=self.register,
            certificates=self._certificates(decision.applicant_key),
        )

    def _certificates(self, key: str) -> Certificates:
        holds = self.holds.get((Kind.CERTIFY.value, key, ""))
        resolved = self.holds.get((Kind.RESOLUTION.value, key, Gate.PROVINCE.value))
        return Certificates(
            self.certificates,
            holds.content.number if holds and isinstance(holds.content, Certified) else None,
            resolved.content.outcome if resolved and isinstance(resolved.content, Resolved) else None,
        )

    def _knows_other(self, decision: Decision) -> bool:
        other = _other(decision)
        if decision.kind is Kind.CONTINUES:
            return other in self.former
        return not other or other in self.now or other in self.former

    def _was(self, decision: Decision) -> bool:
        """Whether it is about the applicant of an earlier decision, who may be gone from the register."""
        earlier = self.earlier.get(decision.undoes or 0)
        return decision.undoes is not None and (
            earlier is None or earlier.applicant_key == decision.applicant_key
        )

    def _unit(self, key: str) -> Unit | None:
        if key not in self.types:
            return None
        aside = {kind: self.holds.get((kind.value, key, "")) for kind in (Kind.WITHDRAW, Kind.MERGE)}
        return Unit(
            self.pack.standard(self.types[key]),
            {kind: one.number for kind, one in aside.items() if one},
            any(isinstance(one.content, Merged) and one.content.into == key for one in self.holds.values()),
        )

    def _document(self, decision: Decision) -> Submitted | None:
        assessment = self.assessed.get(decision.applicant_key)
        if assessment is None or assessment.counted is None or decision.kind not in OF_DOCUMENTS:
            return None
        answers = assessment.counted.application.documents
        return next(
            (
                Submitted(verdict, answers.get(verdict.document, NO_ANSWER))
                for verdict in assessment.verdicts
                if verdict.document == decision.about
            ),
            None,
        )

    def _against(self, decision: Decision) -> tuple[Finding, ...]:
        if decision.kind is not Kind.RESOLUTION or self.stands(decision):
            return ()
        return against_evidence.of(resolution_of(decision), self.assessed.get(decision.applicant_key))

    def stands(self, decision: Decision) -> bool:
        """Whether the same was decided and holds, whoever typed it."""
        holds = self.holds.get(decision.matter)
        if holds is None or decision.undoes is not None or _said(holds) != _said(decision):
            return False
        return decision.kind not in OF_DOCUMENTS or holds.seen.files == self.seen(decision).files

    def matter(self, decision: Decision) -> tuple[str, str, str]:
        """The matter in which it changes what holds: that of what it undoes."""
        return self.earlier.get(decision.undoes or 0, decision).matter

    def seen(self, decision: Decision) -> Seen:
        """What lay before whoever decided: as the door says, else as it is now; of a document its pages."""
        now = self.now.get(decision.applicant_key, Seen())
        if document := self._document(decision):
            return replace(now, files=document.pages)
        return decision.seen if decision.seen != Seen() else now

    def note(self, decision: Decision) -> None:
        if decision.undoes is not None:
            self.undone[decision.undoes] = decision.number
            self.holds.pop(self.earlier[decision.undoes].matter, None)
        if isinstance(decision.content, Registered):
            self.register[decision.content.number] = decision.applicant_key
        if isinstance(decision.content, Certified):
            self.certificates[decision.content.number] = decision.applicant_key
        self.earlier[decision.number] = self.holds[decision.matter] = decision


def _other(decision: Decision) -> str:
    if decision.kind in (Kind.DISTINCT, Kind.CONTINUES):
        return decision.about
    return decision.content.into if isinstance(decision.content, Merged) else ""


def _said(decision: Decision) -> tuple[object, ...]:
    return (decision.matter, decision.kind, decision.applicant_key, decision.content, decision.reason)


def _pages(session: Session, keys: Collection[str]) -> dict[str, set[str]]:
    query = select(ApplicantFileRow.applicant_key, ApplicantFileRow.sha256).where(
        ApplicantFileRow.applicant_key.in_(keys), ApplicantFileRow.page
    )
    found: dict[str, set[str]] = {}
    for key, sha256 in session.execute(query):
        found.setdefault(key, set()).add(sha256)
    return found


def _types(session: Session, keys: Collection[str]) -> dict[str, ApplicantType]:
    query = select(ApplicantRow.key, ApplicantRow.type).where(ApplicantRow.key.in_(keys))
    return {key: ApplicantType(type_) for key, type_ in session.execute(query)}


def _seen(session: Session, keys: Collection[str]) -> dict[str, Seen]:
    """How these applicants stand now, by key; those that are not registered are passed over."""
    files: dict[str, list[str]] = {}
    pages = select(ApplicantFileRow.applicant_key, ApplicantFileRow.sha256).where(
        ApplicantFileRow.applicant_key.in_(keys), ApplicantFileRow.page
    )
    for key, sha256 in session.execute(pages):
        files.setdefault(key, []).append(sha256)
    query = (
        select(ApplicantRow.key, ApplicantRow.instance_id, AssessmentRow.digest)
        .outerjoin(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .where(ApplicantRow.key.in_(keys))
    )
    return {
        key: Seen(instance_id, tuple(sorted(set(files.get(key, ())))), digest or "")
        for key, instance_id, digest in session.execute(query)
    }
