"""One applicant as a page shows it: gates, scores with their chart, documents, decisions, versions. Pure.

Every figure has a way into its explanation: `about`, the steps by which `part` finds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mochocho.standards.schema import Indicator, Pack
from mochocho.words.model import (
    FileRef,
    Finding,
    Gate,
    GateState,
    IndicatorScore,
    Round,
    Scores,
    Severity,
    Verdict,
)
from mochocho.words.numbers import half_up, hundredths
from processing.decisions.decision import Decision
from processing.decisions.office.told import titles_of
from processing.findings.saying import said
from processing.scoring.score import percent
from processing.standings.standing import stands_at
from reports.explaining.documents_explained import decision_line
from reports.explaining.explained_case import ExplainedCase
from reports.explaining.explanation import explain
from reports.explaining.line_tree import SCREEN, Line, part_of
from reports.view.applicant_names import name_of, place_line
from reports.view.dossier import CONDITIONALLY
from reports.view.printed_words import (
    GATE_STATE,
    JUDGED,
    SEVERITY,
    TYPE,
    UNMADE,
    document_state,
    judged_words,
)
from reports.view.scores import NOT_ASSESSED
from xlsforms import names

STEP = "/"
NOTHING = "–"
CONDITIONS = "resolution.conditional"
ROUND_TITLES = {
    Round.SELF_BEFORE: "ก่อนพัฒนา",
    Round.SELF_AFTER: "หลังพัฒนา",
    Round.ONSITE: "กรรมการอำเภอ",
    Round.PROVINCIAL: "กรรมการจังหวัด",
}
# What the explanation calls the parts of a round.
ABOUT = {
    Round.SELF_BEFORE: "self_before",
    Round.SELF_AFTER: "self_after",
    Round.ONSITE: "total",
    Round.PROVINCIAL: "provincial",
}


# Parts of the explanation that tell what assessors answered.
OF_ASSESSORS = ("total", "provincial", "findings", "decisions")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to press. `permille`: of full marks, for its bar; None = not assessed, which is no zero."""

    text: str
    about: str
    permille: int | None = None


@dataclass(frozen=True, slots=True)
class GateShown:
    """One gate. `here`: it is the one to pass next; `shut`: something keeps it shut, which `why` says."""

    no: int
    name: str
    state: str
    passed: bool
    here: bool
    shut: bool
    why: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class IndicatorShown:
    """One indicator: its figure in each round, in the order of `ApplicantScreen.rounds`; None = not in that
    round's form. `evidence`: photos of it that can be shown.
    """

    code: str
    text: str
    full: str
    figures: tuple[Figure | None, ...]
    verdict: str
    passed: bool | None
    evidence: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True)
class DimensionShown:
    code: str
    text: str
    figures: tuple[Figure | None, ...]
    indicators: tuple[IndicatorShown, ...]


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """One document. `mandatory`, `good`: True = accepted or waived, False = to be mended, None = neither."""

    name: str
    mandatory: bool
    state: str
    good: bool | None
    notes: tuple[str, ...]
    pages: tuple[FileRef, ...]
    about: str
    identifies: bool  # its pages are shown covered, and whole on demand


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision; `undone`: it holds no more."""

    text: str
    below: tuple[str, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class FindingShown:
    """What a check found, as the office reads it. `judged`: a person took the document as it is."""

    mark: str
    text: str
    blocking: bool
    judged: bool


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round's total, as a percentage where it is complete."""

    title: str
    total: Figure


@dataclass(frozen=True, slots=True)
class ApplicantScreen:
    """Everything of the page. `unmade`: why only the name can be shown, '' = all can."""

    key: str
    name: str
    subtitle: str
    register_no: int | None
    masked_id: str
    unmade: str
    changed: bool
    gates: tuple[GateShown, ...]
    rounds: tuple[RoundShown, ...]
    pass_mark: str
    reached: bool | None
    dimensions: tuple[DimensionShown, ...]
    documents: tuple[DocumentShown, ...]
    findings: tuple[FindingShown, ...]
    decisions: tuple[DecisionShown, ...]
    remarks: tuple[str, ...]


def part(lines: tuple[Line, ...], about: str) -> tuple[Line, ...]:
    """The lines that a figure leads to: the first step's, then within these the next step's."""
    for step in filter(None, about.split(STEP)):
        lines = part_of(lines, step)
    return lines


def explained(known: ExplainedCase, *, blind: bool) -> tuple[Line, ...]:
    """The explanation that this person may read."""
    lines = explain(known)
    return tuple(one for one in lines if not (blind and one.about in OF_ASSESSORS))


def applicant_screen(
    known: ExplainedCase, every: Sequence[Decision], district: str, *, blind: bool
) -> ApplicantScreen:
    """`every`: all decisions about the applicant, also those that hold no more; `district`: its name.

    `blind`: for an assessor, who must not see what the others answered.
    """
    case, application = known.case, known.case.application
    parts = (TYPE[application.type], place_line(application, SCREEN), f"อำเภอ{district}")
    rounds = () if case.unmade else tuple(one for one in _rounds(known) if not (blind and one.judged))
    onsite = next((one.scores for one in rounds if one.round is Round.ONSITE), None)
    holding = {one.number for one in known.decisions}
    titles = titles_of([known.standard])
    return ApplicantScreen(
        key=application.key,
        name=name_of(application, SCREEN).text,
        subtitle=" · ".join(part for part in parts if part),
        register_no=case.register_no,
        masked_id=case.masked_id,
        unmade=UNMADE[case.unmade] if case.unmade else "",
        changed=known.changed,
        gates=tuple(_gates(known)),
        rounds=tuple(RoundShown(ROUND_TITLES[one.round], _total(one)) for one in rounds),
        pass_mark=str(known.pack_of(names.ONSITE, onsite.form_version).pass_rule.percent) if onsite else "",
        reached=_reached(known, onsite),
        dimensions=tuple(_dimensions(known, rounds)) if rounds else (),
        documents=() if case.unmade else tuple(_documents(known)),
        findings=() if blind else tuple(_findings(known)),
        decisions=() if blind else tuple(_decision(one, titles, one.number in holding) for one in every),
        remarks=() if blind else tuple(SCREEN.text(one) for one in case.remarks),
    )


@dataclass(frozen=True, slots=True)
class _Round:
    round: Round
    scores: Scores
    pack: Pack

    @property
    def judged(self) -> bool:
        """Whether a committee answered."""
        return self.round in (Round.ONSITE, Round.PROVINCIAL)


def _rounds(known: ExplainedCase) -> Iterator[_Round]:
    """The rounds with scores: before, after, on site, provincial; of several of one kind the last."""
    own = {one.assessment.round: one for one in known.case.own.rounds}
    for round_ in (Round.SELF_BEFORE, Round.SELF_AFTER):
        if held := own.get(round_):
            version = held.assessment.form_version
            yield _Round(round_, held.scores, known.pack_of(names.SELF_ASSESSMENT, version))
    assessment = known.case.assessment
    for round_, scores in ((Round.ONSITE, assessment.scores), (Round.PROVINCIAL, assessment.provincial)):
        if scores:
            yield _Round(round_, scores, known.pack_of(names.ONSITE, scores.form_version))


def _total(one: _Round) -> Figure:
    share = one.scores.percent
    text = NOT_ASSESSED if share is None else hundredths(share)
    return Figure(text, ABOUT[one.round], None if share is None else half_up(share / 10))


def _reached(known: ExplainedCase, onsite: Scores | None) -> bool | None:
    """Whether the exact percentage is at the pass mark; None where there is none."""
    if onsite is None or onsite.percent is None:
        return None
    return onsite.percent >= known.pack_of(names.ONSITE, onsite.form_version).pass_rule.percent * 100


def _gates(known: ExplainedCase) -> Iterator[GateShown]:
    results = {result.gate: result for result in known.case.assessment.gates}
    at = stands_at([results[gate].state for gate in Gate])
    for no, gate in enumerate(known.application_pack.gates, 1):
        result = results[gate.code]
        conditional = any(found.code == CONDITIONS for found in result.findings)
        yield GateShown(
            no=no,
            name=gate.th,
            state=CONDITIONALLY if conditional else GATE_STATE[result.state],
            passed=result.state is GateState.PASSED,
            here=gate.code is at,
            shut=result.state in (GateState.FAILED, GateState.DEFERRED),
            why=tuple(SCREEN.text(said(found)) for found in result.findings),
            about=gate.code.value,
        )


def _dimensions(known: ExplainedCase, rounds: Sequence[_Round]) -> Iterator[DimensionShown]:
    """By the criteria of the last committee's round, else of the last self-assessment."""
    newest = next((one for one in rounds if one.round is Round.ONSITE), rounds[-1])
    standard = newest.pack.standard(known.case.application.type)
    earned = [{one.code: one for one in each.scores.indicators} for each in rounds]
    sums = [{one.code: one for one in each.scores.dimensions} for each in rounds]
    photos: dict[str, list[FileRef]] = {}
    for code, photo in known.case.evidence if any(one.judged for one in rounds) else ():
        photos.setdefault(code, []).append(photo)
    for dimension in standard.dimensions:
        yield DimensionShown(
            code=dimension.code,
            text=SCREEN.text(dimension.th),
            figures=tuple(
                _figure(one.round, dimension.code, added.points, added.full)
                if (added := held.get(dimension.code))
                else None
                for one, held in zip(rounds, sums, strict=True)
            ),
            indicators=tuple(
                _indicator(indicator, rounds, earned, photos) for indicator in dimension.indicators
            ),
        )


def _indicator(
    indicator: Indicator,
    rounds: Sequence[_Round],
    earned: Sequence[Mapping[str, IndicatorScore]],
    photos: Mapping[str, Sequence[FileRef]],
) -> IndicatorShown:
    code = indicator.code
    figures = tuple(
        _figure(one.round, code, score.points, score.full) if (score := held.get(code)) else None
        for one, held in zip(rounds, earned, strict=True)
    )
    onsite = next((held.get(code) for one, held in zip(rounds, earned, strict=True) if _judges(one)), None)
    passed = onsite.passed if onsite else None
    return IndicatorShown(
        code=code,
        text=SCREEN.text(indicator.th),
        full=str(indicator.full_marks),
        figures=figures,
        verdict={True: "ผ่าน", False: "ไม่ผ่าน", None: NOTHING}[passed],
        passed=passed,
        evidence=tuple(photos.get(code, ())),
    )


def _judges(one: _Round) -> bool:
    return one.round is Round.ONSITE


def _figure(round_: Round, code: str, points: Fraction | None, full: int) -> Figure:
    about = f"{ABOUT[round_]}{STEP}{code}"
    if points is None:
        return Figure(NOT_ASSESSED, about)
    return Figure(hundredths(points), about, half_up(percent(points, full) / 10))


def _documents(known: ExplainedCase) -> Iterator[DocumentShown]:
    verdicts = {verdict.document: verdict for verdict in known.case.assessment.verdicts}
    for document in known.standard.documents:
        if verdict := verdicts.get(document.code):
            yield DocumentShown(
                name=SCREEN.text(document.th),
                mandatory=document.mandatory,
                state=document_state(verdict),
                good=_good(verdict),
                notes=tuple(dict.fromkeys(SCREEN.text(note) for note in _notes(verdict))),
                pages=verdict.pages,
                about=document.code,
                identifies=document.identifies,
            )


def _good(verdict: Verdict) -> bool | None:
    if verdict.state.value in ("accepted", "waived"):
        return True
    return None if verdict.state.value == "not_offered" else False


def _notes(verdict: Verdict) -> Iterator[str]:
    yield from judged_words(verdict)
    yield from map(said, verdict.findings)


def _findings(known: ExplainedCase) -> Iterator[FindingShown]:
    settled = {f for verdict in known.case.assessment.verdicts if verdict.settled for f in verdict.findings}
    shown: dict[tuple[str, str], FindingShown] = {}
    for found in known.case.assessment.findings:
        one = _finding(found, judged=found in settled)
        shown.setdefault((one.mark, one.text), one)
    # what keeps a gate shut first, what a person has settled last
    yield from sorted(shown.values(), key=lambda one: (one.judged, not one.blocking))


def _finding(found: Finding, *, judged: bool) -> FindingShown:
    mark = JUDGED if judged else SEVERITY[found.severity]
    blocking = found.severity is Severity.BLOCKING and not judged
    return FindingShown(mark, SCREEN.text(said(found)), blocking, judged)


def _decision(decision: Decision, titles: Mapping[str, str], holds: bool) -> DecisionShown:
    shown = decision_line(decision, titles)
    return DecisionShown(shown.text, tuple(line.text for line in shown.below), undone=not holds)
