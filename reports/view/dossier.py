"""The dossier of one unit: who it is, its scores, its documents, and the findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mochocho.standards.schema import Pack, Standard
from mochocho.words.model import (
    RESOLVED_GATES,
    ApplicantType,
    Application,
    Case,
    Gate,
    GateState,
    Origin,
    Outcome,
)
from mochocho.words.thai import sort_key
from processing.assessment.evaluate import PackOf
from processing.decisions.against_evidence import speaks_against
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.findings.entry import Audience
from processing.findings.saying import worded
from reports.view import resolved
from reports.view.against import PassAgainst, pass_against
from reports.view.applicant.dossier_documents import NO_PHOTO_CONSENT, VEIL_NOTE, DocumentRow, documents
from reports.view.applicant.dossier_facts import Fact, eligible, facts, main_works
from reports.view.applicant_names import Name, dossier_number, name_of
from reports.view.arrange import Group
from reports.view.occasion import Occasion
from reports.view.own.own_forms import OwnView, own_view
from reports.view.own.own_progress import ProgressView, progress_view
from reports.view.pictures import Code, Picture, Size, picture
from reports.view.printed_words import (
    GATE_STATE,
    JUDGED,
    SAMPLE,
    SEVERITY,
    TYPE,
    UNMADE,
    UNMADE_TO_DO,
    Tone,
    Words,
)
from reports.view.resolved import NOTHING_YET
from reports.view.scores import ScoresView, provincial_line, scores_view
from xlsforms import names

TITLE = "แฟ้มข้อมูลผู้ขอรับการประเมิน"
KEY_CAPTION = "รหัสผู้สมัครสำหรับแบบประเมิน"
KEY_LINE = 19  # letters of a UUID up to and including its third dash
ORIGIN = {Origin.INSIDE: "บุคคลภายในชุมชน", Origin.OUTSIDE: "บุคคลภายนอกชุมชน"}
GATE_TONE: Mapping[GateState, Tone] = {
    GateState.PASSED: Tone.GOOD,
    GateState.FAILED: Tone.BAD,
    GateState.NO_DATA: Tone.PLAIN,
    GateState.DEFERRED: Tone.PLAIN,
}
AWAITED, AWAITING = (Gate.PROVINCE, Gate.ANNOUNCED), "รอการพิจารณา"
CONDITIONALLY = "ผ่าน (มีเงื่อนไข)"


@dataclass(frozen=True, slots=True)
class GateRow:
    no: str
    name: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Section:
    """A title over sentences, each preceded by a word ("" for none)."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """A title over rules, each with what the applicant's form says to it."""

    title: str
    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    caption: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Head:
    """Whose dossier it is: what stands above every page and at the top of the first."""

    no: int
    number: str
    title: str
    name: Name
    subtitle: str
    sample: str
    code: Code  # the applicant key exactly as the on-site form's barcode question needs it
    key: tuple[str, ...]  # the key in lines that fit under the code
    key_caption: str


@dataclass(frozen=True, slots=True)
class Dossier:
    head: Head
    against: tuple[PassAgainst, ...]  # what is to be read before anything else
    facts: tuple[Fact, ...]
    works: tuple[Fact, ...]
    eligibility: Rules
    portrait: Picture | None
    scene: Picture | None  # for groups: the first photo of what they do
    no_portrait: str
    gates_title: str
    gates: tuple[GateRow, ...]
    scores: ScoresView | None
    no_scores: str
    justifications: Section
    documents_title: str
    documents: tuple[DocumentRow, ...]
    veil_note: str
    evidence_title: str
    evidence: tuple[Evidence, ...]
    own: OwnView | None
    progress: ProgressView | None
    lead_team: Section
    advisers: Section
    findings: Section
    remarks: Section
    ballot_title: str  # "" once the province's committee has resolved
    ballot: tuple[str, ...]  # what may be ticked by hand


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What replaces a dossier that could not be made: whose it is, why, and what to do."""

    head: Head
    why: str
    to_do: str


def placeholder(no: int, case: Case, group: Group, occasion: Occasion) -> Placeholder:
    """The placeholder of a case that is `unmade`; reads only who it is."""
    return Placeholder(
        head=_head(no, case, group, occasion),
        why=UNMADE[case.unmade] if case.unmade else "",
        to_do=UNMADE_TO_DO,
    )


def dossier(no: int, case: Case, group: Group, pack_of: PackOf, occasion: Occasion) -> Dossier:
    """Everything the committee sees of one unit, each form by the standards of its own version.

    `no`: its number in แนบ ๔, its own until it has one of the register.
    """
    w = occasion.words
    application = case.application
    pack = pack_of(names.APPLICATION, application.form_version)
    standard = pack.standard(application.type)
    scores = case.assessment.scores
    scored_by = pack_of(names.ONSITE, scores.form_version) if scores else pack
    scored = scored_by.standard(application.type)
    rows = tuple(documents(case, standard, w))
    photos = application.photo_consent is not False
    evidence = tuple(_evidence(case, scored, w)) if photos else ()
    one_person = application.type is ApplicantType.LEADER
    return Dossier(
        head=_head(no, case, group, occasion),
        against=tuple(one for gate in RESOLVED_GATES if (one := pass_against(case, gate, w))),
        facts=tuple(facts(case, group.title, w)),
        works=tuple((label, w.text(said)) for label, said in main_works(application)),
        eligibility=Rules("คุณสมบัติตามใบสมัคร", tuple(eligible(application, standard, w))),
        portrait=picture(application.portrait, Size.PORTRAIT) if application.portrait and photos else None,
        scene=evidence[0].picture if not one_person and evidence else None,
        no_portrait=_no_portrait(application) if one_person else "",
        gates_title="ลำดับขั้นการรับรอง",
        gates=tuple(_gates(case, pack, w)),
        scores=_scores(case, scored_by, w),
        no_scores="" if scores else _no_scores(case, w),
        justifications=_justifications(case, scored, w),
        documents_title="เอกสารประกอบ",
        documents=rows,
        veil_note=VEIL_NOTE if any(_veiled(p) for d in rows for p in d.pages) else "",
        evidence_title="ภาพประกอบการตรวจประเมิน" if evidence else "",
        evidence=evidence,
        own=own_view(case, standard, w),
        progress=progress_view(case, pack_of, w),
        lead_team=_team(application, w),
        advisers=_advisers(application, w),
        findings=_findings(case, w),
        remarks=Section(
            "ข้อเสนอแนะของผู้ตรวจประเมิน" if case.remarks else "",
            tuple(("", w.text(remark)) for remark in sorted(case.remarks, key=sort_key)),
        ),
        ballot_title="" if resolved.at_this_meeting(case, occasion.meeting) else "มติที่ประชุม",
        ballot=() if resolved.at_this_meeting(case, occasion.meeting) else tuple(OUTCOMES.values()),
    )


def _head(no: int, case: Case, group: Group, occasion: Occasion) -> Head:
    w, application = occasion.words, case.application
    return Head(
        no=case.register_no or no,
        number=dossier_number(case, no, w),
        title=TITLE,
        name=name_of(application, w),
        subtitle=w.text(f"ประเภท{TYPE[application.type]} {group.title} จังหวัด{occasion.province}"),
        sample="" if occasion.official else SAMPLE,
        code=Code(application.key),
        key=(application.key[:KEY_LINE], application.key[KEY_LINE:]),
        key_caption=KEY_CAPTION,
    )


def _no_portrait(application: Application) -> str:
    """The text in place of a portrait that is not shown."""
    if application.photo_consent is False:
        return NO_PHOTO_CONSENT
    return "" if application.portrait else "ไม่มีรูปถ่าย"


def _team(application: Application, w: Words) -> Section:
    """The lead team in the order in which it was entered, its head first."""
    rows = tuple(("", _person(w, one.name, one.role, one.origin)) for one in application.lead_team)
    return Section("ทีมนำการพัฒนา" if rows else "", rows)


def _advisers(application: Application, w: Words) -> Section:
    rows = tuple(("", _person(w, one.name, one.about, one.origin)) for one in application.advisers)
    return Section("คณะที่ปรึกษา" if rows else "", rows)


def _person(w: Words, name: str, what: str, origin: Origin) -> str:
    """`นายหนึ่ง ใจดี ประธาน (บุคคลภายในชุมชน)`."""
    said = f"{name} {what}" if what else name
    return w.text(f"{said} ({ORIGIN[origin]})" if origin in ORIGIN else said)


def _scores(case: Case, pack: Pack, w: Words) -> ScoresView | None:
    scores, provincial = case.assessment.scores, case.assessment.provincial
    return scores_view(scores, case.application.type, pack, w, provincial) if scores else None


def _no_scores(case: Case, w: Words) -> str:
    provincial = case.assessment.provincial
    said = f"ผลการประเมินตามตัวบ่งชี้: {NOTHING_YET}"
    return f"{said} {provincial_line(provincial, w)}" if provincial else said


def _justifications(case: Case, standard: Standard, w: Words) -> Section:
    """The assessors' reasons, where the standards ask for them; in the order of the indicators."""
    order = {indicator.code: i for i, indicator in enumerate(standard.indicators)}
    said = sorted(
        case.justifications, key=lambda one: (order.get(one[0], len(order)), sort_key(one[1]), one[2])
    )
    rows = tuple(("", w.text(f"{code} {assessor}: {why}")) for code, assessor, why in said)
    return Section("เหตุผลประกอบคะแนน" if rows else "", rows)


def _veiled(shown: Picture) -> bool:
    return shown.size is Size.VEILED


def _gates(case: Case, pack: Pack, w: Words) -> Iterator[GateRow]:
    states = {result.gate: result.state for result in case.assessment.gates}
    conditional = {r.gate for r in case.assessment.resolutions if r.outcome is Outcome.CONDITIONAL}
    for i, gate in enumerate(pack.gates, 1):
        state = states.get(gate.code, GateState.NO_DATA)
        said = CONDITIONALLY if gate.code in conditional else GATE_STATE[state]
        if state is GateState.NO_DATA and gate.code in AWAITED:
            said = AWAITING
        yield GateRow(w.text(i), w.text(gate.th), said, GATE_TONE[state])


def _evidence(case: Case, standard: Standard, w: Words) -> Iterator[Evidence]:
    texts = {i.code: i.th for i in standard.indicators}
    order = {code: i for i, code in enumerate(texts)}
    for code, ref in sorted(case.evidence, key=lambda e: (order.get(e[0], len(order)), e[1].sha256 or "")):
        caption = f"{w.text(code)} {w.text(texts.get(code, ''))}".strip()
        yield Evidence(caption, picture(ref, Size.EVIDENCE))


def _findings(case: Case, w: Words) -> Section:
    settled = {f for verdict in case.assessment.verdicts if verdict.settled for f in verdict.findings}
    found = dict.fromkeys(
        (JUDGED if f in settled else SEVERITY[f.severity], w.in_lines(worded(f, Audience.COMMITTEE)))
        for f in case.assessment.findings
        if not speaks_against(f)  # told at the top
    )
    return Section("ข้อตรวจพบ", tuple(found) or (("", "ไม่มีข้อตรวจพบ"),))
