"""Applicants of all kinds, with everything that assessing can find; people are invented."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Choice, DurationMonths, Indicator, Pack, Reconciling, Standard
from mochocho.words.model import (
    Adviser,
    ApplicantType,
    Application,
    DocumentAnswer,
    Doubt,
    DoubtedDay,
    Doubtful,
    FileRef,
    FormerResult,
    Gate,
    HeldMeeting,
    Knowledge,
    Measurement,
    Mentor,
    NotAssessed,
    NotOffered,
    Outcome,
    OwnResult,
    Plan,
    PlanItem,
    Replaces,
    Resolution,
    Round,
    ScoreSheet,
    SelfAssessment,
    Supplement,
    SupplementedDocument,
    Suspicion,
    TeamMember,
)
from processing.assessment.evaluate import Inputs, Rules, evaluate
from processing.decisions.decided import Decided
from processing.decisions.decision import (
    OF_DOCUMENTS,
    Closed,
    Content,
    Decision,
    Kind,
    Merged,
    Plain,
    Reconciled,
    Ruled,
    Seen,
    Waived,
)
from processing.decisions.on_documents import judged_pages
from processing.documents.copies.page_copy import PageCopy
from processing.findings.of_documents import FILE_PROBLEMS
from processing.likeness.duplicates import Former, Other, Others, Slice
from processing.rounds.calendar import Stage, Term
from processing.scoring.named_committee import Member, Role

HOME, ELSEWHERE = "5701", "5702"
GOOD, PROFILE = FileRef("good.jpg", "good"), FileRef("small.jpg", "small")
UNMEASURED, AWAY = FileRef("new.jpg", "new"), FileRef("away.jpg", None)
PROBLEMS = sorted(set(FILE_PROBLEMS) - {"not_measured"})
MEASURED = {
    "good": Measurement("good", 9, "jpeg", 1200, 900),
    "small": Measurement("small", 9, "jpeg", 60, 80),
    "pdf": Measurement("pdf", 9, "pdf", pages=2),
    **{kind: Measurement(kind, 9, "jpeg", suspicions=(Suspicion(kind, 3, 9),)) for kind in Doubtful},
    **{problem: Measurement(problem, 9, "jpeg", problem=problem) for problem in PROBLEMS},
}
MEASURED |= {
    f"good {document.code}": Measurement(f"good {document.code}", 9, "jpeg", 1200, 900)
    for standard in load_pack("2568-sample").pack.standards
    for document in standard.documents
}
NOON = datetime(2025, 3, 1, 5, tzinfo=UTC)
DOUBTED = (
    DoubtedDay("day", "วันที่", "2568-02-30", Doubt.BUDDHIST),
    DoubtedDay("day", "วันที่", "x", Doubt.UNREADABLE),
)


def _pack(*, earlier: bool) -> Pack:
    """The sample with an indicator that must be met and one that must be justified.

    `earlier`: as it might have been a version ago, with an indicator fewer and other full marks.
    """
    content = load_pack("2568-sample").pack.model_dump(mode="json")
    for standard in content["standards"]:
        indicators = standard["dimensions"][0]["components"][0]["indicators"]
        indicators[0] |= {"required_to_pass": True, "justify": "extremes"}
        indicators[-1] |= {"justify": "always"}
        if earlier:
            indicators[0]["full_marks"] += 1
            del indicators[1:2]
    return Pack.model_validate(content)


PACK, EARLIER = _pack(earlier=False), _pack(earlier=True)
RULES = Rules(PACK, {HOME: "เมืองเชียงราย", ELSEWHERE: "เวียงชัย"}, lambda _, v: EARLIER if v == "0" else PACK)
# Of a province that names its committee and how its answers become one.
_BY_MEDIAN = Reconciling(rule="median", above=20, source="none", confidence="reconstructed")
NAMED = replace(
    RULES,
    pack=PACK.model_copy(update={"reconciling": _BY_MEDIAN}),
    members=(
        Member("นายหนึ่ง", Round.ONSITE, Role.CHAIR),
        Member("นางสอง", Round.ONSITE, Role.SECRETARY, (HOME,)),
        Member("นางสาม", Round.ONSITE),
    ),
)
BY_NAMED = "by a named committee"
BY_CALENDAR = "by a calendar"
TERM = Term(date(2025, 2, 1), date(2025, 2, 28))


def rules_of(name: str) -> Rules:
    """The rules by which a case of this name is assessed."""
    if BY_CALENDAR in name:
        return replace(RULES, calendar=dict.fromkeys(Stage, TERM))
    return NAMED if BY_NAMED in name else RULES


def answer(indicator: Indicator, tenths: int) -> int:
    match indicator.measure.kind:
        case "yes_no":
            return int(tenths >= 5)
        case "rubric":
            return max(1, tenths // 2)
        case _:
            return indicator.measure.threshold * tenths // 10


def answers(standard: Standard, tenths: int) -> dict[str, int | None]:
    return {indicator.code: answer(indicator, tenths) for indicator in standard.indicators}


def eligible(standard: Standard) -> dict[str, str]:
    """Answers that meet every rule."""
    said = {}
    for rule in standard.eligibility:
        match rule.check:
            case DurationMonths(at_least=months):
                said[rule.code] = str(months)
            case Choice(choices=choices):
                said[rule.code] = choices[0].code
            case _:
                said[rule.code] = "yes"
    return said


def attached(*pages: FileRef) -> DocumentAnswer:
    return DocumentAnswer("attached", pages, path="photo")


def page_of(document: str) -> FileRef:
    """A good page of this document and of no other."""
    return FileRef("good.jpg", f"good {document}")


def application(type_: ApplicantType, **changes: Any) -> Application:
    standard = PACK.standard(type_)
    complete = Application(
        key="k",
        root_id="r",
        instance_id="i",
        form_version="1",
        type=type_,
        name="ผู้สมัครตัวอย่าง",
        district=HOME,
        subdistrict="รอบเวียง",
        village="หนองบัว",
        applied_on=date(2025, 1, 15),
        eligibility=eligible(standard),
        documents={document.code: attached(page_of(document.code)) for document in standard.documents},
        portrait=GOOD,
    )
    return replace(complete, **changes)


def sheet(type_: ApplicantType, assessor: str, tenths: int = 9, **changes: Any) -> ScoreSheet:
    standard = PACK.standard(type_)
    complete = ScoreSheet(
        root_id=f"s-{assessor}",
        instance_id=f"s-{assessor}-1",
        form_version="1",
        applicant_key="k",
        assessor=assessor,
        visited_on=date(2025, 4, 1),
        answers=answers(standard, tenths),
        evidence={standard.indicators[0].code: GOOD},
        justifications={indicator.code: "เห็นจริง" for indicator in standard.indicators},
        mode="own",
        gps="fix",
        signed=True,
        applicant_signed=True,
    )
    return replace(complete, **changes)


def assessed(type_: ApplicantType, round_: Round, tenths: int = 9, **changes: Any) -> SelfAssessment:
    complete = SelfAssessment(
        root_id=f"a-{round_}",
        instance_id=f"a-{round_}-1",
        form_version="1",
        applicant_key="k",
        round=round_,
        interval=3 if round_ is Round.SELF_PERIODIC else None,
        assessed_on=date(2025, 2, 1),
        answers=answers(PACK.standard(type_), tenths),
    )
    return replace(complete, **changes)


def item(type_: ApplicantType, **changes: Any) -> PlanItem:
    code = PACK.standard(type_).indicators[0].code
    return replace(
        PlanItem("item", code, "จัดเวที", 4, "ครั้ง", "ทักษะ", "อบรม", "ม.ค.", evidence="ภาพ"), **changes
    )


def plan(*items: PlanItem, **changes: Any) -> Plan:
    return replace(Plan("p", "p-1", "1", "k", items, agreed_on=date(2025, 1, 20)), **changes)


def supplement(root: str, documents: Mapping[str, SupplementedDocument], **changes: Any) -> Supplement:
    return replace(Supplement(root, f"{root}-1", "1", "k", NOON, documents, received_at=NOON), **changes)


def resolution(gate: Gate, outcome: Outcome, instance_id: str = "i") -> Resolution:
    more: dict[Outcome, dict[str, Any]] = {
        Outcome.CONDITIONAL: {"condition": "ส่งสำเนาทะเบียนบ้าน", "due": date(2025, 6, 30)},
        Outcome.DEFERRED: {"deferred_to": "2/2568"},
    }
    return Resolution(
        gate,
        outcome,
        "คณะกรรมการอำเภอ",
        "1/2568",
        date(2025, 5, 1),
        "ครบ",
        instance_id=instance_id,
        **more.get(outcome, {}),
    )


def everyone() -> Iterator[tuple[str, Inputs]]:
    """(name, what is known of one applicant); what stands before a colon names a family of cases."""
    for type_ in ApplicantType:
        for name, changes in (
            *_applications(type_),
            *_documents(type_),
            *_sheets(type_),
            *_by_named(type_),
            *_own_work(type_),
            *_in_rounds(type_),
            *_later(type_),
            *_decided(type_),
            *_ruled(type_),
        ):
            complete = Inputs("d", application(type_), measurements=MEASURED)
            yield f"{type_} {name}", replace(complete, **changes)


Changes = tuple[str, dict[str, Any]]


def _applications(type_: ApplicantType) -> Iterator[Changes]:
    standard = PACK.standard(type_)
    yield "complete", {}
    for name, changes in {
        "without anything": {
            "name": "",
            "applied_on": None,
            "eligibility": {},
            "documents": {},
            "portrait": None,
        },
        "another district's officer": {"officer_districts": (ELSEWHERE,)},
        "its own officer": {"officer_districts": (ELSEWHERE, HOME)},
        "no district": {"district": ""},
        "a district of nowhere": {"district": "9999"},
        "edited twice": {"conflict": True},
        "days in doubt": {"doubted": DOUBTED, "applied_on": None},
        "misread": {"misread": ("phone", "moo")},
        "misread age and year": {"misread": ("age", "founded_be")},
        "letters": {"name": "กลุ่ม 🀀"},
        "loose marks": {"name": "กลุ่ม ่ทอผ้า"},
        "a question of another year": {"eligibility": {**eligible(standard), "gone": "yes"}},
        "an old form": {"form_version": "0"},
    }.items():
        yield name, {"application": application(type_, **changes)}
    for rule in standard.eligibility:
        for said in ("", "no", "0", "5", "600", "ไม่ทราบ"):
            changed = {**eligible(standard), rule.code: said}
            yield f"{rule.code}: {said}", {"application": application(type_, eligibility=changed)}
    bad = (NotOffered("who/from", "มาจาก", "elsewhere"),)
    yield "a choice not offered", {"application": application(type_, not_offered=bad)}
    yield "a sheet's choice not offered", {"sheets": (sheet(type_, "นายหนึ่ง", not_offered=bad),)}
    yield "an edit unread", {"unread_edits": ("อ่านไม่ได้",)}
    page, there = f"good {standard.documents[0].code}", standard.documents[1].code
    others = Others((Other("a", "ก", HOME, "spool"), Other("b", "ข", ELSEWHERE, "kobo:x", 90)), 5)
    for name, own in {
        "shares a page": Slice(shared_files=((page, others),)),
        "a copy elsewhere": Slice(copies=(PageCopy(page, 0, 91, type_, there, 2, 0, "ก", HOME, 1),)),
        "a copy of its own": Slice(copies=(PageCopy(page, 3, 100, type_, there, 0, 4),)),
        "shares an ID": Slice(same_id=others, masked_id="x-xxxx-xxxxx-00-9"),
        "a namesake": Slice(same_name=others, alike_name=Others((Other("c", "ค", HOME),), 1)),
        "perhaps of last year": Slice(former=Former(None, (Other("then", "ก", HOME, "cycle:2567", 90),))),
        "of last year": Slice(former=Former(FormerResult("then", 2567, type_, "ก"))),
        "no ID": Slice(id_problem="missing"),
        "a wrong ID": Slice(id_problem="invalid"),
    }.items():
        yield name, {"slice": own}
    record = Knowledge("k1", "k1-1", "1", "k", "ก", "เรื่อง", "", "", None, "", doubted=DOUBTED)
    yield "knowledge of a doubted day", {"knowledge": (record,)}


def _documents(type_: ApplicantType) -> Iterator[Changes]:
    standard = PACK.standard(type_)
    said = {
        "not answered": DocumentAnswer(""),
        "later": DocumentAnswer("later"),
        "unknown": DocumentAnswer("renamed", (GOOD,)),
        "signed": DocumentAnswer("signed", (GOOD,)),
        "signed without": DocumentAnswer("signed"),
        "waived": DocumentAnswer("waived", waived_by="นางเห็น ตัวจริง"),
        "waived by nobody": DocumentAnswer("waived"),
        "no pages": attached(),
        "away": attached(GOOD, AWAY),
        "unmeasured": attached(UNMEASURED, GOOD),
        "PDF": attached(FileRef("a.pdf", "pdf")),
        "small": attached(PROFILE),
        **{problem: attached(GOOD, FileRef("bad.jpg", problem)) for problem in PROBLEMS},
    }
    for document in standard.documents:
        for name, one in said.items():
            documents = {**application(type_).documents, document.code: one}
            yield f"{document.code}: {name}", {"application": application(type_, documents=documents)}
    for kind in Doubtful:
        documents = {standard.documents[0].code: attached(GOOD, FileRef("odd.jpg", kind))}
        changed = {**application(type_).documents, **documents}
        yield f"a page that looks {kind}", {"application": application(type_, documents=changed)}
    documents = {**application(type_).documents, "gone": attached(GOOD)}
    yield "a document of another year", {"application": application(type_, documents=documents)}
    for name, portrait in (
        ("PDF", FileRef("a.pdf", "pdf")),
        ("small", PROFILE),
        ("away", AWAY),
        ("none", None),
    ):
        yield f"portrait {name}", {"application": application(type_, portrait=portrait)}


def _sheets(type_: ApplicantType) -> Iterator[Changes]:
    standard = PACK.standard(type_)
    first, second = standard.indicators[:2]
    other = next(t for t in ApplicantType if t is not type_)
    alone: dict[str, dict[str, Any]] = {
        **{f"marks: {tenths} tenths": {"answers": answers(standard, tenths)} for tenths in range(11)},
        "nothing assessed": {"answers": {}},
        "one not assessed": {
            "answers": {**answers(standard, 9), first.code: None},
            "not_assessed": {first.code: NotAssessed("no_evidence")},
        },
        "another district's officer": {"officer_districts": (ELSEWHERE,)},
        "another type's": {"answers": answers(PACK.standard(other), 9)},
        "nobody's": {"assessor": ""},
        "edited twice": {"conflict": True},
        "an interest": {"interest": "ญาติ", "answers": {}},
        "unusable": {"unusable": {first.code: "x"}, "answers": {**answers(standard, 9), first.code: None}},
        "no reasons": {"justifications": {}},
        "nowhere": {"gps": "", "signed": False, "applicant_signed": False},
        "mocked": {"gps": "mocked"},
        "placed": {"gps": "placed"},
        "copied": {"mode": "paper", "entered_by": "นายคัด ลอก", "papers": (GOOD,)},
        "copied without": {"mode": "paper", "papers": ()},
        "phone differs": {"phone_total": 1, "phone_max": 2},
        "an old form": {"form_version": "0"},
        "a day in doubt": {"doubted": DOUBTED, "visited_on": None},
        "remarks": {"remarks": "ควรเก็บหลักฐาน"},
        **{f"evidence: {p}": {"evidence": {first.code: FileRef("e.jpg", p)}} for p in PROBLEMS},
        **{f"paper: {p}": {"mode": "paper", "papers": (FileRef("e.jpg", p),)} for p in PROBLEMS},
        "evidence away": {"evidence": {first.code: AWAY}},
        "evidence unmeasured": {"evidence": {first.code: UNMEASURED}},
        "paper unmeasured": {"mode": "paper", "papers": (UNMEASURED,)},
    }
    for name, changes in alone.items():
        yield f"sheet {name}", {"sheets": (replace(sheet(type_, "นายหนึ่ง"), **changes),)}
    three = (sheet(type_, "นายหนึ่ง", 9), sheet(type_, "นางสอง", 7), sheet(type_, "นางสาม", 6))
    apart = {**answers(standard, 7), first.code: None, second.code: None}
    again = sheet(type_, "นายหนึ่ง", 5, root_id="s-again", instance_id="s-again-1", visited_on=date(2025, 4, 3))
    interested = replace(again, interest="ญาติ", answers={})
    for name, sheets in {
        "three": three,
        "three, two of them partly": (three[0], replace(three[1], answers=apart), three[2]),
        "one twice": (three[0], again, three[1]),
        "one interested": (three[0], interested, three[1]),
        "two forms": (three[0], replace(three[1], form_version="0", visited_on=date(2025, 3, 1))),
        "two forms, the old one last": (
            three[0],
            replace(three[1], form_version="0", visited_on=date(2025, 4, 9)),
        ),
        "names alike": (sheet(type_, "นายสมชาย ตัวอย่างดี"), sheet(type_, "นายสมชาย ตัวอยางดี")),
        "both rounds": (*three, sheet(type_, "นายจังหวัด", 4, round=Round.PROVINCIAL, conflict=True)),
        "provincial alone": (sheet(type_, "นายจังหวัด", 8, round=Round.PROVINCIAL, gps=""),),
    }.items():
        yield f"sheets {name}", {"sheets": sheets}
    advised = application(
        type_, advisers=(Adviser("ผญบ.ปรึกษา ตัวอย่าง"),), lead_team=(TeamMember("นายปรึกษา ตัวอยาง"),)
    )
    yield "sheet of an adviser", {"sheets": (sheet(type_, "นายปรึกษา ตัวอย่าง"),), "application": advised}
    mentored = (plan(item(type_), mentors=(Mentor("นายหนึ่ง"),)),)
    yield "sheet of a mentor", {"sheets": (sheet(type_, "นายหนึ่ง"),), "plans": mentored}


def _by_named(type_: ApplicantType) -> Iterator[Changes]:
    """Sheets of a committee that the settings name, under a pack that says how far apart they may be."""
    three = (sheet(type_, "นายหนึ่ง", 9), sheet(type_, "นางสอง", 4), sheet(type_, "นางสาม", 6))
    passed = {"decided": Decided((resolution(Gate.DISTRICT, Outcome.PASS),))}
    yield f"{BY_NAMED}: apart", {"sheets": three}
    yield f"{BY_NAMED}: apart and passed", {"sheets": three, **passed}
    yield f"{BY_NAMED}: two of three", {"sheets": three[:2]}
    closed = Closed(tuple(one.root_id for one in three[:2]))
    closing = Decided.of([Decision(Kind.SHEETS_CLOSE, "k", Round.ONSITE.value, closed, "หมดเวลา", "ประธาน")])
    yield f"{BY_NAMED} that closed: before the third", {"sheets": three, "decided": closing}
    yield f"{BY_NAMED} and a stranger: all", {"sheets": (*three, sheet(type_, "นายสี่", 6))}


def _own_work(type_: ApplicantType) -> Iterator[Changes]:
    standard = PACK.standard(type_)
    first = standard.indicators[0].code
    other = next(t for t in ApplicantType if t is not type_)
    plans: dict[str, tuple[Plan, ...]] = {
        "plan": (plan(item(type_)),),
        "plan of nothing": (plan(),),
        "plan of an unknown indicator": (plan(item(type_, indicator="X"), item(type_, indicator="")),),
        "plan of blanks": (plan(item(type_, text="", target=None, gap="", method="", when="", evidence="")),),
        "plan of a doubted due day": (plan(item(type_, when="", due_doubted=True)),),
        "plan in doubt": (plan(item(type_), doubted=DOUBTED, conflict=True),),
        "plan from elsewhere": (plan(item(type_), officer_districts=(ELSEWHERE,)),),
        "two plans": (plan(item(type_)), plan(root_id="p2", instance_id="p2-1", agreed_on=date(2025, 2, 1))),
    }
    for name, some in plans.items():
        yield name, {"plans": some}
    before, after = assessed(type_, Round.SELF_BEFORE, 4), assessed(type_, Round.SELF_AFTER, 9)
    low = (HeldMeeting(date(2025, 1, 1), 3, 30), HeldMeeting(None, 30, 30), HeldMeeting(None, None, 30))
    result = OwnResult("item", first, "จัดเวที", 4, "ครั้ง", None)
    done = replace(result, actual=5)
    selves: dict[str, tuple[SelfAssessment, ...]] = {
        "before": (before,),
        "before and after": (before, replace(after, assessed_on=date(2025, 3, 30), own=(done,))),
        "after before before": (before, replace(after, assessed_on=date(2025, 1, 1))),
        "twice": (before, replace(before, root_id="a2", instance_id="a2-1", assessed_on=date(2025, 2, 9))),
        "between": (before, assessed(type_, Round.SELF_PERIODIC, 6)),
        **_periodic(type_),
        "incomplete": (replace(before, answers={**before.answers, first: None}, own=(result,)),),
        "another type's": (replace(before, answers=answers(PACK.standard(other), 5)),),
        "in doubt": (replace(before, doubted=DOUBTED, assessed_on=None, conflict=True),),
        "of no day": (replace(before, assessed_on=None),),
        "from elsewhere": (replace(before, officer_districts=(ELSEWHERE,)),),
        "phone differs": (replace(after, phone_total=1, phone_max=2),),
        "meetings below": (replace(after, meetings={i.code: low for i in standard.indicators}),),
        "evidence away": (replace(after, evidence={first: AWAY}),),
        "an old form": (replace(after, form_version="0"),),
        "not signed": (replace(after, signed=False),),
    }
    for name, own in selves.items():
        yield f"self {name}: alone", {"self_assessments": own}
        yield f"self {name}: with a plan", {"self_assessments": own, "plans": (plan(item(type_)),)}


def _periodic(type_: ApplicantType) -> dict[str, tuple[SelfAssessment, ...]]:
    """Two of one day, and two that are closer than the months between them."""
    one = assessed(type_, Round.SELF_PERIODIC, 6, interval=3)
    other = {"root_id": "s2", "instance_id": "s2-1"}
    return {
        "between twice": (one, replace(one, **other)),
        "between and soon again": (one, replace(one, **other, assessed_on=date(2025, 4, 1))),
    }


def _in_rounds(type_: ApplicantType) -> Iterator[Changes]:
    """Forms before, in and after their rounds, and visits before what they look at."""
    for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 28), date(2025, 3, 1)):
        yield (
            f"{BY_CALENDAR}: all on {day}",
            {
                "application": application(type_, applied_on=day),
                "plans": (plan(item(type_), agreed_on=day),),
                "self_assessments": (assessed(type_, Round.SELF_BEFORE, 4, assessed_on=day),),
                "sheets": (sheet(type_, "นายหนึ่ง", visited_on=day),),
            },
        )
    yield (
        "visited before the own part",
        {
            "self_assessments": (assessed(type_, Round.SELF_AFTER, 9, assessed_on=date(2025, 3, 30)),),
            "sheets": (sheet(type_, "นายหนึ่ง", visited_on=date(2025, 3, 1)),),
        },
    )


def _later(type_: ApplicantType) -> Iterator[Changes]:
    code = PACK.standard(type_).documents[0].code
    whole = {code: SupplementedDocument(Replaces.WHOLE, (GOOD,), path="photo")}
    for name, one in {
        "supplement": supplement("u", whole),
        "supplement from elsewhere": supplement("u", whole, officer_districts=(ELSEWHERE,)),
        "supplement edited twice": supplement("u", whole, conflict=True),
        "supplement in doubt": supplement("u", whole, doubted=DOUBTED),
    }.items():
        yield name, {"supplements": (one,)}
    late = supplement("v", whole, sent_at=NOON.replace(day=2), received_at=NOON.replace(day=1, hour=1))
    yield "supplements whose clocks disagree", {"supplements": (supplement("u", whole), late)}


def _decided(type_: ApplicantType) -> Iterator[Changes]:
    no_documents = application(type_, documents={}, eligibility={})
    from_elsewhere = application(type_, officer_districts=(ELSEWHERE,))
    for outcome in Outcome:
        for gates in ((Gate.DISTRICT,), (Gate.PROVINCE,), (Gate.DISTRICT, Gate.PROVINCE)):
            resolved = tuple(resolution(gate, outcome) for gate in gates)
            name = f"{outcome} at {' '.join(gates)}"
            yield f"{name}: alone", {"decided": Decided(resolved)}
            yield f"{name}: nothing sent", {"decided": Decided(resolved), "application": no_documents}
            yield f"{name}: held", {"decided": Decided(resolved), "application": from_elsewhere}
    passed = {"decided": Decided((resolution(Gate.DISTRICT, Outcome.PASS),))}
    later = replace(resolution(Gate.DISTRICT, Outcome.PASS), meeting_date=date(2025, 5, 2))
    both = Decided((later, resolution(Gate.PROVINCE, Outcome.PASS)))
    yield "the province passed it before the district", {"decided": both}
    yield "edited after it passed", {"decided": Decided((resolution(Gate.DISTRICT, Outcome.PASS, "i-0"),))}
    standard = PACK.standard(type_)
    apart = {**answers(standard, 9), standard.indicators[0].code: None}
    for name, marks in {"no marks": answers(standard, 0), "not all marks": apart}.items():
        yield f"passed with {name}", {"sheets": (sheet(type_, "นายหนึ่ง", answers=marks),), **passed}
    codes = [document.code for document in standard.documents]
    unreadable = application(
        type_, documents={code: attached(FileRef("e.jpg", PROBLEMS[0])) for code in codes}
    )
    yield "passed with documents unreadable", {"application": unreadable, **passed}
    yield from _judged(type_)


def _judged(type_: ApplicantType) -> Iterator[Changes]:
    """Each decision about a document of each kind, about its pages as they are and as they were before."""
    code = PACK.standard(type_).documents[1].code
    held = {"resolutions": (resolution(Gate.DISTRICT, Outcome.PASS),)}
    for name, one in {
        "good": attached(GOOD),
        "odd": attached(FileRef("odd.jpg", "dark")),
        "bad": attached(GOOD, FileRef("bad.jpg", "truncated")),
        "later": DocumentAnswer("later"),
        "waived": DocumentAnswer("waived", waived_by="นางเห็น ตัวจริง"),
    }.items():
        changed = application(type_, documents={**application(type_).documents, code: one})
        for kind in OF_DOCUMENTS:
            content = Waived("นางเห็น ตัวจริง") if kind is Kind.DOCUMENT_WAIVE else Plain()
            for then, pages in {"now": judged_pages(one), "before": ("gone",)}.items():
                made = Decision(kind, "k", code, content, "เหตุ", "นางรับ เอกสาร", seen=Seen("i", pages))
                given = {"application": changed, "decided": Decided(decisions=(made,), **held)}
                yield f"{kind}: {name} {then}", given


def _ruled(type_: ApplicantType) -> Iterator[Changes]:
    """What people decided beside the committees."""
    standard = PACK.standard(type_)
    rule, indicator = standard.eligibility[0].code, standard.indicators[0].code

    def held(kind: Kind, about: str, content: Content) -> Decided:
        return Decided.of([Decision(kind, "k", about, content, "ตรวจแล้ว", "นางวินิจฉัย ตัวอย่าง")])

    yield "withdrawn", {"decided": held(Kind.WITHDRAW, "", Plain())}
    yield "merged", {"decided": held(Kind.MERGE, "", Merged("other")), "into": "ชื่ออื่น"}
    for met in (True, False):
        ruled = held(Kind.ELIGIBILITY_OVERRIDE, rule, Ruled(met))
        yield f"ruled {met}: answered", {"decided": ruled}
        yield (
            f"ruled {met}: not answered",
            {"decided": ruled, "application": application(type_, eligibility={})},
        )
    sheets = tuple(sheet(type_, f"นาย{n}", n) for n in (1, 4))
    for about in (indicator, "Z9"):
        settled = held(Kind.SCORE_RECONCILE, about, Reconciled(Round.ONSITE, 1))
        yield f"settled {about}", {"decided": settled, "sheets": sheets}
    passed = resolution(Gate.DISTRICT, Outcome.PASS)
    lay = evaluate(Inputs("d", application(type_), sheets, decided=Decided((passed,))), RULES)
    since = replace(held(Kind.SCORE_RECONCILE, indicator, Reconciled(Round.ONSITE, 1)), resolutions=(passed,))
    yield (
        "settled after it was passed",
        {"decided": since, "sheets": sheets, "before": {Gate.DISTRICT: lay}},
    )
