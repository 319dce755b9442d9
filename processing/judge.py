"""One applicant's assessment from all that is known of it: verify -> score -> reconcile -> gates. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mochocho.model import (
    Application,
    Assessment,
    FileRef,
    Finding,
    Measurement,
    ReadFrom,
    Resolution,
    ScoreSheet,
)
from mochocho.standards.schema import Pack, Standard
from processing import applicant, cross, eligibility, marks
from processing.cross import NOTHING_SHARED, Slice
from processing.documents.decodable import PROBLEMS_TH
from processing.documents.verdicts import unknown_documents, verdicts
from processing.findings import finding
from processing.gates import all_gates, gates, needs_review, resolved_gates
from processing.reconcile import reconcile
from xlsforms import names

RULE_VERSION = 1  # raise it when the same inputs come to another assessment


@dataclass(frozen=True, slots=True)
class Rules:
    """What is the same for every applicant of a cycle. `districts`: code -> name, the province's."""

    pack: Pack
    districts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything one assessment is computed from, besides the rules; `digest` names it all."""

    digest: str
    application: Application
    sheets: tuple[ScoreSheet, ...] = ()
    measurements: Mapping[str, Measurement] = field(default_factory=dict)  # by sha256; may hold others' files
    resolutions: tuple[Resolution, ...] = ()  # the standing one of each gate
    slice: Slice = NOTHING_SHARED
    unread_edits: tuple[str, ...] = ()  # why newer versions could not be read


def judge(inputs: Inputs, rules: Rules) -> Assessment:
    """The assessment of one applicant."""
    application = inputs.application
    standard = rules.pack.standard(application.type)
    unmet = eligibility.check(application, standard)
    documents = verdicts(application, standard, inputs.measurements)
    held = tuple(_held(application, rules))
    consensus = reconcile(application, standard, inputs.sheets)
    results = gates(unmet, documents, held, inputs.resolutions)
    return Assessment(
        key=application.key,
        digest=inputs.digest,
        verdicts=documents,
        eligibility=unmet,
        scores=consensus.scores,
        gates=results,
        findings=(
            *held,
            *applicant.unread_edits(application, inputs.unread_edits),
            *applicant.remarks(application, rules.pack.fiscal_year_be),
            *unmet,
            *(f for verdict in documents for f in verdict.findings),
            *unknown_documents(application, standard),
            *cross.check(application, inputs.slice, rules.districts),
            *consensus.findings,
            *_evidence_remarks(standard, consensus.counted, inputs.measurements),
            *marks.check(rules.pack, standard, consensus.scores),
            *(f for result in resolved_gates(inputs.resolutions) for f in result.findings),
            *needs_review(inputs.resolutions, results, documents, application.instance_id),
        ),
        resolutions=inputs.resolutions,
    )


def failed(inputs: Inputs) -> Assessment:
    """What stands in the place of an assessment that could not be computed: nothing known, said aloud.

    Its digest is not that of its inputs, so that it stays due. What committees resolved stays: it was never
    computed.
    """
    message = "ระบบประเมินใบสมัครนี้ไม่สำเร็จเพราะข้อผิดพลาดของโปรแกรม ให้แจ้งผู้ดูแลระบบ"
    read_from = ReadFrom(inputs.application.instance_id)
    return Assessment(
        key=inputs.application.key,
        digest=f"{inputs.digest} failed",
        verdicts=(),
        eligibility=(),
        scores=None,
        gates=all_gates(resolved_gates(inputs.resolutions)),
        findings=(finding("assess.failed", "application", message, blocking=True, read_from=read_from),),
        resolutions=inputs.resolutions,
    )


def evidence(
    standard: Standard, sheets: Sequence[ScoreSheet], measurements: Mapping[str, Measurement]
) -> tuple[tuple[str, FileRef], ...]:
    """The photos of evidence that can be shown, as (indicator code, photo), in the order of the pack."""
    return tuple(
        (code, photo)
        for code, _, photo in _photos(standard, sheets)
        if not _photo_problem(photo, measurements)
    )


def _held(application: Application, rules: Rules) -> Iterator[Finding]:
    checks = (
        applicant.unknown_district(application, frozenset(rules.districts)),
        applicant.sent_from_elsewhere(application),
    )
    return (f for f in checks if f)


def _photos(standard: Standard, sheets: Sequence[ScoreSheet]) -> Iterator[tuple[str, ScoreSheet, FileRef]]:
    for indicator in standard.indicators:
        for sheet in sheets:
            if photo := sheet.evidence.get(indicator.code):
                yield indicator.code, sheet, photo


def _photo_problem(photo: FileRef, measurements: Mapping[str, Measurement]) -> str:
    if photo.sha256 is None:
        return "not_arrived"
    measurement = measurements.get(photo.sha256)
    return "not_measured" if measurement is None else measurement.problem


def _evidence_remarks(
    standard: Standard, sheets: Sequence[ScoreSheet], measurements: Mapping[str, Measurement]
) -> Iterator[Finding]:
    for code, sheet, photo in _photos(standard, sheets):
        if problem := _photo_problem(photo, measurements):
            said = PROBLEMS_TH.get(problem, "ยังมาไม่ถึง ให้ส่งแบบให้คะแนนนี้อีกครั้งขณะมีสัญญาณ")
            read_from = ReadFrom(sheet.instance_id, names.evidence(code), photo.sha256 or "")
            message = f"ภาพหลักฐานตัวบ่งชี้ {code}: {said}"
            yield finding(f"evidence.{problem}", code, message, blocking=False, read_from=read_from)
