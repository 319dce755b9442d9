"""Computes one applicant's assessment from its inputs: documents, scores, consensus, gates. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mochocho.standards.schema import Pack, Standard
from mochocho.words.model import (
    ApplicantType,
    Application,
    Assessment,
    Counted,
    DocumentState,
    FileRef,
    Finding,
    Gate,
    Knowledge,
    Measurement,
    OwnWork,
    Plan,
    ReadFrom,
    Round,
    Scores,
    ScoreSheet,
    SelfAssessment,
    Supplement,
    Verdict,
)
from processing.assessment import application_checks, choices_remarks, eligibility, printable
from processing.assessment import knowledge_remarks as knowledge
from processing.assessment.counted import counted
from processing.assessment.gates import all_gates, gates, resolved_gates
from processing.assessment.own_work import own_work
from processing.decisions import against_evidence
from processing.decisions.decided import NOTHING_DECIDED, Decided
from processing.decisions.decision import OF_DOCUMENTS
from processing.decisions.effects import consents, not_presented
from processing.documents.copies.page_copy import PageCopy, within
from processing.documents.verdicts import unknown_documents, verdicts
from processing.findings.making import finding
from processing.likeness import duplicates
from processing.likeness.duplicates import NOTHING_SHARED, Slice
from processing.register import supplements
from processing.rounds import round_checks
from processing.rounds.calendar import NO_CALENDAR, Calendar, Extension, of_district
from processing.scoring import close_people, contradictions, pass_rule
from processing.scoring.named_committee import Committee, Member
from processing.scoring.reconcile import Agreement, Consensus, StandardOf, reconcile
from xlsforms import names

_RECEIVED = (DocumentState.ACCEPTED, DocumentState.WAIVED)
Assessed = ScoreSheet | SelfAssessment
PackOf = Callable[[str, str], Pack]  # by form id and version

RULE_VERSION = 36  # raise it when the same inputs give another assessment


@dataclass(frozen=True, slots=True)
class Rules:
    """What is the same for every applicant of a cycle. `districts`: code -> name, the province's.

    `pack_of`: the pack that a form was built from, by form id and version. `members`: of the committees.
    `calendar`: when rounds are due; `extensions`: districts' own days.
    """

    pack: Pack
    districts: Mapping[str, str]
    pack_of: PackOf
    members: tuple[Member, ...] = ()
    calendar: Calendar = field(default_factory=lambda: NO_CALENDAR)
    extensions: tuple[Extension, ...] = ()

    def standard_of(self, type_: ApplicantType, form_id: str) -> StandardOf:
        """The criteria of one type, by the version of this form."""
        return lambda version: self.pack_of(form_id, version).standard(type_)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything one assessment is computed from besides the rules; `digest` identifies it."""

    digest: str
    application: Application
    sheets: tuple[ScoreSheet, ...] = ()
    plans: tuple[Plan, ...] = ()
    self_assessments: tuple[SelfAssessment, ...] = ()
    supplements: tuple[Supplement, ...] = ()  # already merged into the application's documents
    knowledge: tuple[Knowledge, ...] = ()
    # by sha256; may include other applicants' files
    measurements: Mapping[str, Measurement] = field(default_factory=dict)
    decided: Decided = NOTHING_DECIDED
    into: str = ""  # the name of the applicant it is merged into
    # by gate, the assessment that lay before the committee when it resolved; none where it is not known
    before: Mapping[Gate, Assessment] = field(default_factory=dict)
    slice: Slice = NOTHING_SHARED
    unread_edits: tuple[str, ...] = ()  # why newer versions could not be read


def evaluate(inputs: Inputs, rules: Rules) -> Assessment:
    """The assessment of one applicant."""
    application = consents.applied(inputs.application, inputs.decided)
    standard = rules.standard_of(application.type, names.APPLICATION)(application.form_version)
    unmet = eligibility.check(application, standard, inputs.decided.rulings())
    documents = verdicts(
        application,
        standard,
        inputs.measurements,
        inputs.decided.about(OF_DOCUMENTS),
        tuple(_copies(inputs, rules)),
    )
    held = tuple(_held(application, rules))
    consensus = _agreed(inputs, rules, Round.ONSITE)
    provincial = _agreed(inputs, rules, Round.PROVINCIAL)
    scored_by = _scoring_pack(consensus.scores, rules)
    scored = scored_by.standard(application.type)
    own = _own_part(application, inputs.plans, inputs.self_assessments, rules)
    results = gates(unmet, documents, held, inputs.decided.resolutions, own)
    assessed = Assessment(
        key=application.key,
        digest=inputs.digest,
        verdicts=documents,
        eligibility=unmet,
        scores=consensus.scores,
        gates=results,
        findings=(
            *held,
            *application_checks.unread_edits(application, inputs.unread_edits),
            *application_checks.remarks(application),
            *printable.remarks(
                application,
                (*inputs.sheets, *inputs.plans, *inputs.self_assessments, *inputs.decided.resolutions),
            ),
            *supplements.remarks(application, inputs.supplements),
            *knowledge.remarks(inputs.knowledge),
            *unmet,
            *(f for verdict in documents for f in verdict.findings),
            *unknown_documents(application, standard),
            *duplicates.check(application, inputs.slice, rules.districts),
            *own.findings,
            *_self_evidence_remarks(application, own, inputs.measurements, rules),
            *consensus.findings,
            *_contradictions(inputs, rules, _opened(consensus, provincial), own, documents, standard),
            *close_people.check(
                (*consensus.counted, *provincial.counted), close_people.named(application, own)
            ),
            *_evidence_remarks(scored, consensus.counted, inputs.measurements),
            *_paper_remarks((*consensus.counted, *provincial.counted), inputs.measurements),
            *pass_rule.check(scored_by, scored, consensus.scores),
            *provincial.findings,
            *round_checks.check(
                application,
                own,
                (*consensus.counted, *provincial.counted),
                inputs.knowledge,
                of_district(rules.calendar, rules.extensions, application.district),
            ),
            *(f for result in resolved_gates(inputs.decided.resolutions) for f in result.findings),
        ),
        resolutions=inputs.decided.resolutions,
        provincial=provincial.scores,
        counted=counted(
            application,
            inputs.supplements,
            (consensus, provincial),
            own,
            _evidence(scored, consensus.counted, inputs.measurements),
            inputs.slice.former.result,
        ),
    )
    found = (*assessed.findings, *choices_remarks.check(_forms(inputs), assessed.findings))
    told = replace(assessed, findings=(*against_evidence.every(assessed, inputs.before), *found))
    return not_presented.applied(told, inputs.decided, inputs.into)


def _forms(inputs: Inputs) -> Iterator[choices_remarks.Form]:
    """Every form of the applicant, its application first."""
    yield inputs.application
    yield from inputs.supplements
    yield from inputs.plans
    yield from inputs.self_assessments
    yield from inputs.sheets
    yield from inputs.knowledge


def _copies(inputs: Inputs, rules: Rules) -> Iterator[PageCopy]:
    """Where else the applicant's pages are, each place with the names that a sentence needs."""
    for one in (*within(inputs.application), *inputs.slice.copies):
        documents = rules.pack.standard(ApplicantType(one.type)).documents
        label = next((document.th for document in documents if document.code == one.document), "")
        yield replace(one, label=label, district=rules.districts.get(one.district, one.district))


def _agreed(inputs: Inputs, rules: Rules, round_: Round) -> Consensus:
    """The consensus of the assessors of one round, each sheet scored by its own form version."""
    application, said = inputs.application, rules.pack.reconciling
    standard_of = rules.standard_of(application.type, names.ONSITE)
    agreement = Agreement(
        rule=rules.pack.agreed_by,
        above=said.above if said and round_ is Round.ONSITE else None,  # the other round holds nothing open
        settled=inputs.decided.scores(round_),
        committee=Committee.of(rules.members, round_, application.district),
        closed=inputs.decided.closed(round_),
    )
    return reconcile(application, standard_of, inputs.sheets, round_, agreement)


def _opened(*rounds: Consensus) -> tuple[ScoreSheet, ...]:
    """The counted sheets of the rounds in which every sheet is in or that are closed."""
    return tuple(sheet for one in rounds if not one.awaited for sheet in one.counted)


def _contradictions(
    inputs: Inputs,
    rules: Rules,
    sheets: Iterable[ScoreSheet],
    own: OwnWork,
    documents: Iterable[Verdict],
    standard: Standard,
) -> Iterator[Finding]:
    """Answers of counted sheets that the applicant's own forms contradict."""
    application = inputs.application
    called = {document.code: document.th for document in standard.documents}
    received = {v.document: called[v.document] for v in documents if v.state in _RECEIVED}
    records = sum(application.is_theirs(one.officer_districts) for one in inputs.knowledge)
    return contradictions.check(
        rules.pack.standard(application.type),
        rules.standard_of(application.type, names.ONSITE),
        sheets,
        contradictions.OwnForms(own, records, received),
    )


def _own_part(
    application: Application,
    plans: Iterable[Plan],
    assessments: Iterable[SelfAssessment],
    rules: Rules,
) -> OwnWork:
    """The applicant's own forms that count, each by the rules of its own form version."""
    planned_by = rules.standard_of(application.type, names.PLAN)
    assessed_by = rules.standard_of(application.type, names.SELF_ASSESSMENT)
    return own_work(application, plans, assessments, planned_by, assessed_by)


def _scoring_pack(scores: Scores | None, rules: Rules) -> Pack:
    """The pack whose indicators these scores have; the cycle's where there are no scores."""
    return rules.pack_of(names.ONSITE, scores.form_version) if scores else rules.pack


def failed(inputs: Inputs) -> Assessment:
    """The assessment of an applicant that could not be assessed: it holds one finding that says so.

    Its digest is not that of the inputs, so the applicant stays due. Committees' resolutions stay, since they
    are not computed.
    """
    read_from = ReadFrom(inputs.application.instance_id)
    return Assessment(
        key=inputs.application.key,
        digest=f"{inputs.digest} failed",
        verdicts=(),
        eligibility=(),
        scores=None,
        gates=all_gates(resolved_gates(inputs.decided.resolutions)),
        findings=(finding("assess.failed", "application", read_from),),
        resolutions=inputs.decided.resolutions,
        counted=Counted(inputs.application, (inputs.application.instance_id,)),
    )


def _evidence(
    standard: Standard, sheets: Sequence[ScoreSheet], measurements: Mapping[str, Measurement]
) -> tuple[tuple[str, FileRef], ...]:
    """The evidence photos that can be shown, as (indicator code, photo), in the order of the pack."""
    return tuple(
        (code, photo)
        for code, _, photo in _photos(standard, sheets)
        if not _photo_problem(photo, measurements)
    )


def _held(application: Application, rules: Rules) -> Iterator[Finding]:
    checks = (
        application_checks.unknown_district(application, frozenset(rules.districts)),
        application_checks.sent_from_elsewhere(application),
    )
    return (f for f in checks if f)


def _photos(standard: Standard, sheets: Sequence[Assessed]) -> Iterator[tuple[str, Assessed, FileRef]]:
    for indicator in standard.indicators:
        for sheet in sheets:
            if photo := sheet.evidence.get(indicator.code):
                yield indicator.code, sheet, photo


def _photo_problem(photo: FileRef, measurements: Mapping[str, Measurement]) -> str:
    if photo.sha256 is None:
        return "not_arrived"
    measurement = measurements.get(photo.sha256)
    return "not_measured" if measurement is None else measurement.problem


def _self_evidence_remarks(
    application: Application, own: OwnWork, measurements: Mapping[str, Measurement], rules: Rules
) -> Iterator[Finding]:
    standard_of = rules.standard_of(application.type, names.SELF_ASSESSMENT)
    for one in own.rounds:
        standard = standard_of(one.assessment.form_version)
        yield from _evidence_remarks(standard, [one.assessment], measurements)


def _evidence_remarks(
    standard: Standard, sheets: Sequence[Assessed], measurements: Mapping[str, Measurement]
) -> Iterator[Finding]:
    for code, sheet, photo in _photos(standard, sheets):
        if problem := _photo_problem(photo, measurements):
            read_from = ReadFrom(sheet.instance_id, names.evidence(code), photo.sha256 or "")
            yield finding(f"evidence.{problem}", code, read_from, indicator=code)


def _paper_remarks(
    sheets: Iterable[ScoreSheet], measurements: Mapping[str, Measurement]
) -> Iterator[Finding]:
    """Problems of photographed paper sheets: an unreadable photo proves no signature, but the sheet
    counts.
    """
    for sheet in sheets:
        for photo in sheet.papers:
            problem = _photo_problem(photo, measurements)
            # for a photo that has not arrived there is `sheet.no_paper`
            if problem and problem != "not_arrived":
                read_from = ReadFrom(sheet.instance_id, "sheet_photo", photo.sha256 or "")
                code = f"sheet.paper_{problem}"
                yield finding(code, names.ONSITE, read_from, who=sheet.assessor)
