"""The dossier of one unit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from mochocho.words.model import (
    ApplicantType,
    AssessorMarks,
    Case,
    DocumentState,
    FileRef,
    Gate,
    GateResult,
    GateState,
    Judgement,
    NotAssessed,
    Outcome,
    ReadFrom,
    Round,
    ScoreSheet,
    Severity,
    Unmade,
    Votes,
)
from mochocho.words.places import Province
from processing.findings.making import finding
from processing.scoring import score
from processing.scoring.reconcile import reconcile
from reports.view.applicant.dossier_documents import PAGES_SHOWN
from reports.view.dossier import Dossier, dossier, placeholder
from reports.view.pictures import Size, shown
from reports.view.printed_words import Tone
from tests.unit.reports.made_cases import PACK, TYPES, Cases, arranged, blocking, occasion, pack_of

PROVINCE = Province.named("เชียงราย")
MADE = Cases(PROVINCE)
LEADER = ApplicantType.LEADER


def dossier_of(case: Case) -> Dossier:
    (group,) = (g for g in arranged([case], PROVINCE, ()) if g.passed)
    return dossier(group.passed[0].no, case, group, pack_of, occasion())


def with_answers(case: Case, answers: Sequence[int | None]) -> Case:
    standard = PACK.standard(case.application.type)
    codes = [i.code for i in standard.indicators]
    scores = score.score_sheet(standard, dict(zip(codes, answers, strict=False)))
    return replace(case, assessment=replace(case.assessment, scores=scores))


@pytest.mark.parametrize("type_", TYPES)
def test_scores_are_those_of_the_assessment(type_: ApplicantType) -> None:
    case = MADE.case("พาน", type_, 1)
    scores, view = case.assessment.scores, dossier_of(case).scores
    assert scores is not None
    assert scores.percent is not None
    assert view is not None
    assert view.figure == occasion().words.hundredths(scores.percent)
    assert view.rounding.endswith("เล็กน้อย")
    assert [(row.points, row.full) for row in view.dimensions] == [
        (occasion().words.hundredths(d.points), occasion().words.marks(d.full)) for d in scores.dimensions
    ]
    assert sum(len(g.rows) for g in view.indicators) == len(scores.indicators)


def test_the_chart_has_a_corner_for_each_dimension_and_goes_deeper_where_these_are_too_few() -> None:
    groups = dossier_of(with_answers(MADE.case("พาน", ApplicantType.GROUP, 1), [1, 1, 6, 1])).scores
    assert groups is not None
    assert [(axis.label, axis.permille) for axis in groups.axes][:2] == [
        ("๑ ด้านการบริหารจัดการองค์กร", 1000),
        ("๒ ด้านกิจกรรมและการเคลื่อนไหวทางการพัฒนา", 0),
    ]
    leaders = dossier_of(with_answers(MADE.case("พาน", LEADER, 1), [1, 4])).scores
    assert leaders is not None
    assert [(axis.label, axis.permille) for axis in leaders.axes][:2] == [
        ("L1.1 ภูมิฐาน: สุขภาพและบุคลิกภาพ", 900),
        ("L1.2 ภูมิธรรม: คุณธรรมและจริยธรรม", 0),
    ]
    assert (len(groups.axes), len(leaders.axes)) == (4, 9)


def test_not_assessed_is_never_zero() -> None:
    view = dossier_of(with_answers(MADE.case("พาน", LEADER, 1), [None, 4])).scores
    assert view is not None
    first, second = view.indicators[0].rows[:2]
    assert (first.points, first.answer, first.verdict, first.tone) == ("-", "ยังไม่ประเมิน", "-", Tone.PLAIN)
    assert (second.points, second.answer, second.verdict) == ("๔.๐๐", "ระดับ ๔ ดี", "ผ่าน")
    assert (view.figure, view.caption) == ("", "ประเมินยังไม่ครบทุกตัวบ่งชี้")


def test_a_unit_without_scores_says_so() -> None:
    view = dossier_of(MADE.case("พาน", LEADER, 1, scored=False))
    assert view.scores is None
    assert view.no_scores == "ผลการประเมินตามตัวบ่งชี้: ยังไม่มีข้อมูล"


def test_gates_without_data_say_so_and_block_nobody() -> None:
    gates = {row.no: row.state for row in dossier_of(MADE.case("พาน", LEADER, 1)).gates}
    assert gates == {
        "๑": "ผ่าน",
        "๒": "ผ่าน",
        "๓": "ยังไม่มีข้อมูล",
        "๔": "ยังไม่มีข้อมูล",
        "๕": "ยังไม่มีข้อมูล",
        "๖": "ผ่าน",
        "๗": "รอการพิจารณา",
        "๘": "รอการพิจารณา",
    }


def test_a_gate_that_is_not_known_has_no_data() -> None:
    case = MADE.case("พาน", LEADER, 1)
    only = tuple(g for g in case.assessment.gates if g.gate is Gate.DISTRICT and g.state is GateState.PASSED)
    states = [
        g.state for g in dossier_of(replace(case, assessment=replace(case.assessment, gates=only))).gates
    ]
    assert states.count("ยังไม่มีข้อมูล") + states.count("รอการพิจารณา") == 7


def test_the_national_id_is_masked_and_its_digits_are_thai() -> None:
    facts = dict(dossier_of(MADE.case("พาน", LEADER, 1)).facts)
    assert facts["เลขประจำตัวประชาชน"] == "x-xxxx-xxxxx-๐๐-๙"
    assert "เลขประจำตัวประชาชน" not in dict(dossier_of(MADE.case("พาน", ApplicantType.GROUP, 1)).facts)


def test_the_resolution_of_the_district_is_told() -> None:
    facts = dict(dossier_of(MADE.case("พาน", LEADER, 1)).facts)
    assert facts["มติระดับอำเภอ"] == "รับรอง ครั้งที่ ๑/๒๕๖๘ วันที่ ๑๐ เมษายน ๒๕๖๘"


def test_what_both_committees_resolved_is_told_in_full() -> None:
    case = MADE.case("พาน", LEADER, 1)
    (passed,) = case.assessment.resolutions
    district = replace(
        passed,
        outcome=Outcome.CONDITIONAL,
        condition="ส่งสำเนาทะเบียนบ้าน",
        due=date(2025, 5, 31),
        votes=Votes(5, 1, 0),
        present=7,
        recused=("นายหนึ่ง ใจดี",),
        note="ประชุมทางไกล",
    )
    province = replace(
        passed,
        gate=Gate.PROVINCE,
        meeting_date=date(2025, 5, 1),
        outcome=Outcome.DEFERRED,
        deferred_to="2/2568",
        reason="ยังไม่ครบตามเงื่อนไข",
    )
    states = {Gate.DISTRICT: GateState.PASSED, Gate.PROVINCE: GateState.DEFERRED}
    gates = tuple(GateResult(gate, state) for gate, state in states.items())
    resolved = replace(case.assessment, resolutions=(district, province), gates=gates)
    told = dossier_of(replace(case, assessment=resolved))
    facts = dict(told.facts)
    assert facts["มติระดับอำเภอ"] == "รับรองแบบมีเงื่อนไข ครั้งที่ ๑/๒๕๖๘ วันที่ ๑๐ เมษายน ๒๕๖๘"
    assert facts["เงื่อนไข"] == "ส่งสำเนาทะเบียนบ้าน ภายในวันที่ ๓๑ พฤษภาคม ๒๕๖๘"
    assert facts["ผู้มาประชุม"] == "๗ คน"
    assert facts["คะแนนเสียง"] == "เห็นชอบ ๕ ไม่เห็นชอบ ๑ งดออกเสียง ๐"
    assert facts["ผู้ไม่ร่วมพิจารณา"] == "นายหนึ่ง ใจดี"
    assert facts["หมายเหตุมติ"] == "ประชุมทางไกล"
    line = "เลื่อนพิจารณา ไปครั้งที่ ๒/๒๕๖๘ ครั้งที่ ๑/๒๕๖๘ วันที่ ๑ พฤษภาคม ๒๕๖๘ เหตุผล: ยังไม่ครบตามเงื่อนไข"
    assert facts["มติระดับจังหวัด"] == line
    assert [row.state for row in told.gates if row.no in "๖๗"] == ["ผ่าน (มีเงื่อนไข)", "เลื่อนพิจารณา"]


def with_pages(case: Case, pages: int) -> Case:
    refs = tuple(FileRef(f"{i}.jpg", f"{i:064}") for i in range(pages))
    verdicts = tuple(replace(v, pages=refs) for v in case.assessment.verdicts)
    return replace(case, assessment=replace(case.assessment, verdicts=verdicts))


def test_documents_with_data_of_people_are_too_coarse_to_read() -> None:
    view = dossier_of(with_pages(MADE.case("พาน", LEADER, 1), 1))
    rows = {row.name: row for row in view.documents}
    for name in ("สำเนาบัตรประชาชน", "สำเนาทะเบียนบ้าน"):
        assert [page.size for page in rows[name].pages] == [Size.VEILED]
        assert rows[name].leaves == ()
    assert view.veil_note


def test_other_documents_are_large_enough_to_be_read_and_the_application_is_not() -> None:
    form, minutes = dossier_of(with_pages(MADE.case("พาน", ApplicantType.GROUP, 1), 2)).documents[:2]
    assert ([page.size for page in form.pages], form.leaves) == ([Size.THUMB] * 2, ())
    assert minutes.pages == ()
    assert [(leaf.caption, leaf.picture.size) for leaf in minutes.leaves] == [
        (f"{minutes.name} หน้า ๑", Size.READING),
        (f"{minutes.name} หน้า ๒", Size.READING),
    ]


def test_every_page_of_a_pdf_is_shown_and_only_the_first_pages_of_a_long_one() -> None:
    case = with_pages(MADE.case("พาน", ApplicantType.GROUP, 1), 2)
    first, second, *others = case.assessment.verdicts
    for sheets, drawn, notes in (
        ((3, 0), [1, 2, 3, 0], ()),
        ((0, 40), [0, 1, 2, 3, 4, 5], ("แสดง ๖ หน้าแรก จากทั้งหมด ๔๑ หน้า",)),
    ):
        verdicts = (first, replace(second, sheets=sheets), *others)
        told = replace(case.assessment, verdicts=verdicts)
        row = dossier_of(replace(case, assessment=told)).documents[1]
        assert [leaf.picture.sheet for leaf in row.leaves] == drawn
        assert row.notes == notes


def test_the_portrait_is_shown_once() -> None:
    case = with_pages(MADE.case("พาน", LEADER, 1), 1)
    portrait = replace(case.application, portrait=FileRef("0.jpg", f"{0:064}"))
    view = dossier_of(replace(case, application=portrait))
    photo = next(row for row in view.documents if row.name == "รูปถ่าย")
    assert view.portrait is not None
    assert (photo.pages, photo.leaves, photo.notes) == ((), (), ("ดูรูปถ่ายที่หน้าแรกของแฟ้ม",))


def test_a_returned_document_says_by_whom_and_why() -> None:
    case = MADE.case("พาน", ApplicantType.GROUP, 1)
    first = case.assessment.verdicts[0]
    why = finding(
        "document.returned",
        first.document,
        ReadFrom(),
        Severity.BLOCKING,
        document="ใบสมัคร",
        by="นางเจ้าหน้าที่ ตัวอย่าง",
        reason="ลงชื่อไม่ครบ",
    )
    judged = Judgement(DocumentState.RETURNED, by="นางเจ้าหน้าที่ ตัวอย่าง", reason="ลงชื่อไม่ครบ")
    returned = replace(first, state=DocumentState.RETURNED, findings=(why,), judged=judged)
    told = replace(case.assessment, verdicts=(returned, *case.assessment.verdicts[1:]))
    row = dossier_of(replace(case, assessment=told)).documents[0]
    assert row.notes == ("ใบสมัคร: นางเจ้าหน้าที่ ตัวอย่างส่งคืน เพราะลงชื่อไม่ครบ",)


def test_eligibility_is_told_as_the_form_says_it() -> None:
    case = MADE.case("พาน", LEADER, 1)
    answers = {"residence_1y": "98", "continuous_work": "yes", "respected": "no", "position_any": "informal"}
    for months, said in (("98", "๘ ปี ๒ เดือน"), ("24", "๒ ปี"), ("0", "๐ เดือน"), ("นาน", "นาน")):
        asked = replace(case.application, eligibility={**answers, "residence_1y": months})
        told = dict(dossier_of(replace(case, application=asked)).eligibility.rows)
        assert list(told.values()) == [said, "ใช่", "ไม่ใช่", "ตำแหน่งไม่เป็นทางการ"]
    assert set(dict(dossier_of(case).eligibility.rows).values()) == {"ไม่ได้ตอบ"}


def marked(case: Case, assessors: int, *, hidden: bool = False) -> Case:
    """Scores of this many assessors; the second gave a mark less for the first indicator."""
    scores = case.assessment.scores
    assert scores is not None
    points = tuple(i.points for i in scores.indicators)
    less = (points[0] - 100 if points[0] else points[0], *points[1:])
    marks = tuple(
        AssessorMarks(f"นายตรวจ คนที่{no}", date(2025, 4, no), () if hidden else less if no == 2 else points)
        for no in range(1, assessors + 1)
    )
    return replace(case, assessment=replace(case.assessment, scores=replace(scores, marks=marks)))


def test_each_assessors_marks_stand_beside_the_agreed_ones_with_the_days_of_the_visits() -> None:
    case = marked(with_answers(MADE.case("พาน", ApplicantType.GROUP, 1), [1, 1, 6, 1]), 2)
    told = dossier_of(case)
    assert told.scores is not None
    assert told.scores.indicators_head == (
        *("ข้อ", "ตัวบ่งชี้", "ผลที่ตรวจพบ", "เต็ม"),
        *("คนที่ ๑", "คนที่ ๒", "ได้", "ผล"),
    )
    first = told.scores.indicators[0].rows[0]
    assert (first.marks, first.points) == (("๕.๐๐", "๔.๐๐"), "๕.๐๐")
    assert told.scores.assessors == (
        "ผู้ตรวจประเมิน: นายตรวจ คนที่๑ (คนที่ ๑ ตรวจวันที่ ๑ เมษายน ๒๕๖๘) "
        "และนายตรวจ คนที่๒ (คนที่ ๒ ตรวจวันที่ ๒ เมษายน ๒๕๖๘)"
    )
    assert dict(told.facts)["วันที่ตรวจประเมิน"] == "๑ เมษายน ๒๕๖๘ และ ๒ เมษายน ๒๕๖๘"


@pytest.mark.parametrize(("assessors", "hidden"), [(1, False), (10, False), (3, True)])
def test_marks_have_no_columns_where_one_assessed_or_too_many_or_others_are_awaited(
    assessors: int, hidden: bool
) -> None:
    told = dossier_of(marked(MADE.case("พาน", LEADER, 1), assessors, hidden=hidden)).scores
    assert told is not None
    assert not any("คนที่" in head for head in told.indicators_head)
    assert {row.marks for group in told.indicators for row in group.rows} == {()}
    assert "ตรวจวันที่ ๑ เมษายน ๒๕๖๘" in told.assessors


def test_a_long_document_shows_its_first_pages_and_says_how_many_there_are() -> None:
    rows = dossier_of(with_pages(MADE.case("พาน", ApplicantType.GROUP, 1), 40)).documents
    assert {len(row.pages) + len(row.leaves) for row in rows} == {PAGES_SHOWN}
    assert rows[0].notes == ("แสดง ๖ หน้าแรก จากทั้งหมด ๔๐ หน้า",)


def test_findings_are_told_once_each_in_the_order_of_the_checks() -> None:
    found = [blocking("ภาพ 2 ไม่ชัด"), blocking("ภาพ 1 ไม่ชัด"), blocking("ภาพ 2 ไม่ชัด")]
    view = dossier_of(MADE.case("พาน", LEADER, 1, findings=found))
    assert view.findings.rows == (("ต้องแก้ไข", "ภาพ ๒ ไม่ชัด"), ("ต้องแก้ไข", "ภาพ ๑ ไม่ชัด"))


def test_a_pass_against_the_evidence_stands_at_the_top_for_each_committee_and_not_among_the_rest() -> None:
    meeting = {"committee": "คณะกรรมการ", "meeting": "1/2568", "day": "2025-04-10"}
    found = [
        finding("against.held", Gate.DISTRICT, **meeting, reason="เจ้าของพื้นที่รับรองแล้ว"),
        finding("against.edited", Gate.DISTRICT, what=("answers", "score"), **meeting),
        finding("against.no_district_pass", Gate.PROVINCE, **meeting),
        blocking("ภาพ 2 ไม่ชัด"),
    ]
    view = dossier_of(MADE.case("พาน", LEADER, 1, findings=found))
    assert [(one.title, one.points, one.answers) for one in view.against] == [
        (
            "คณะกรรมการอำเภอมีมติผ่าน ทั้งที่ขัดกับหลักฐาน",
            ("ใบสมัครถูกระงับไว้", "คำตอบในใบสมัคร และคะแนนของกรรมการ ถูกแก้ไขหลังจากมีมติ"),
            ("เหตุผลที่คณะกรรมการยืนยันมติ: เจ้าของพื้นที่รับรองแล้ว", "คณะกรรมการยังไม่ได้ยืนยันมติหลังจากนั้น"),
        ),
        (
            "คณะกรรมการจังหวัดมีมติผ่าน ทั้งที่ขัดกับหลักฐาน",
            ("ยังไม่มีมติผ่านของคณะกรรมการระดับอำเภอ",),
            ("คณะกรรมการยังไม่ได้ให้เหตุผลที่ยืนยันมติ",),
        ),
    ]
    assert view.findings.rows == (("ต้องแก้ไข", "ภาพ ๒ ไม่ชัด"),)
    assert dossier_of(MADE.case("พาน", LEADER, 1)).against == ()


def test_the_code_is_the_applicant_key_exactly() -> None:
    case = MADE.case("พาน", LEADER, 1)
    view = dossier_of(case)
    assert view.head.code.text == case.application.key
    assert "".join(view.head.key) == case.application.key
    assert view.head.code in set(shown(view))


def test_the_order_in_which_sheets_arrived_changes_nothing() -> None:
    case = MADE.case("พาน", LEADER, 1)
    scores = case.assessment.scores
    assert scores is not None
    photos = (
        ("L1.1.2", FileRef("b", "b" * 64)),
        ("L1.1.1", FileRef("a", "a" * 64)),
        ("L1.1.2", FileRef("c", "0" * 64)),
    )
    first = replace(case, remarks=("ก", "ข"), evidence=photos)
    turned = replace(scores, assessors=scores.assessors[::-1])
    second = replace(first, remarks=("ข", "ก"), evidence=photos[::-1])
    second = replace(second, assessment=replace(case.assessment, scores=turned))
    assert dossier_of(first) == dossier_of(second)


def test_a_sample_pack_is_named_as_such() -> None:
    assert dossier_of(MADE.case("พาน", LEADER, 1)).head.sample == "เกณฑ์ตัวอย่าง"


def test_what_cannot_be_seen_in_a_name_is_taken_out() -> None:
    view = dossier_of(MADE.case("พาน", LEADER, 1, named="นาย\u202eสมชาย\u200b \n ใจดี\x00"))
    assert view.head.name.text == "นายสมชาย ใจดี"
    assert dossier_of(MADE.case("พาน", LEADER, 1, named=" ")).head.name.text == "(ไม่ระบุชื่อ)"


def test_a_national_id_typed_into_a_name_is_not_printed() -> None:
    case = MADE.case("พาน", LEADER, 1)
    typed = replace(case.application, name="นายสมมติ ใจดี เลข 1-0000-00000-12-1")
    view = dossier_of(replace(case, application=typed))
    assert "๐๐๐๐" not in str(view.head.name)
    assert "x-xxxx-xxxxx-xx-x" in str(view.head.name)


def with_committee(case: Case) -> Case:
    """What two rounds of assessors left: an interest, something not assessable, reasons, two scores."""
    standard = PACK.standard(case.application.type)
    first, second = standard.indicators[:2]
    seen = {i.code: {"yes_no": 1, "rubric": 4}.get(i.measure.kind, 2) for i in standard.indicators}
    sheets = [
        assessed(
            "นายหนึ่ง กรรมการ",
            {**seen, first.code: None},
            not_assessed={first.code: NotAssessed("no_evidence")},
        ),
        assessed("นางสอง กรรมการ", {}, interest="เป็นสมาชิกของกลุ่ม"),
        assessed(
            "นายสาม กรรมการ",
            {**seen, first.code: None},
            mode="paper",
            entered_by="นางธุรการ ตัวอย่าง",
            justifications={second.code: "เห็นระเบียบฉบับลงมติและสมุดบันทึกการประชุมครบ"},
        ),
        assessed("นางสี่ กรรมการจังหวัด", {**seen, second.code: 0}, round=Round.PROVINCIAL),
    ]
    agreed = [
        reconcile(case.application, lambda _: standard, sheets, r) for r in (Round.ONSITE, Round.PROVINCIAL)
    ]
    assessment = replace(
        case.assessment,
        scores=agreed[0].scores,
        provincial=agreed[1].scores,
        findings=tuple(f for one in agreed for f in one.findings),
    )
    reasons = tuple((c, s.assessor, why) for s in sheets for c, why in s.justifications.items())
    return replace(case, assessment=assessment, justifications=reasons)


def assessed(assessor: str, answers: dict[str, int | None], **more: object) -> ScoreSheet:
    made = ScoreSheet(f"root {assessor}", f"i {assessor}", "1", "k", assessor, date(2025, 4, 1), answers)
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_provincial_round_stands_beside_the_visit_and_changes_nothing_of_it() -> None:
    case = with_committee(MADE.case("พาน", ApplicantType.GROUP, 1))
    alone = replace(case, assessment=replace(case.assessment, provincial=None))
    both, visit = dossier_of(case).scores, dossier_of(alone).scores
    assert both is not None
    assert visit is not None
    assert (both.figure, both.total, both.axes) == (visit.figure, visit.total, visit.axes)
    assert (visit.provincial, "จังหวัด" in visit.head, "จังหวัด" in visit.indicators_head) == ("", False, False)
    assert both.head[-1] == both.indicators_head[-2] == "จังหวัด"
    assert both.provincial.startswith("รอบจังหวัด: ได้ ")
    assert "นางสี่ กรรมการจังหวัด" in both.provincial_assessors
    assert "นางสี่ กรรมการจังหวัด" not in both.assessors
    rows = [row for group in both.indicators for row in group.rows]
    assert (rows[0].points, rows[0].provincial, rows[1].provincial) == ("-", "๕.๐๐", "๐.๐๐")
    assert all(row.provincial == "" for group in visit.indicators for row in group.rows)


def test_what_was_scored_at_the_province_alone_is_not_lost() -> None:
    case = with_committee(MADE.case("พาน", ApplicantType.GROUP, 1))
    view = dossier_of(replace(case, assessment=replace(case.assessment, scores=None)))
    assert view.scores is None
    assert "รอบจังหวัด: ได้" in view.no_scores


def test_the_committee_sees_interests_what_could_not_be_assessed_and_reasons() -> None:
    view = dossier_of(with_committee(MADE.case("พาน", ApplicantType.GROUP, 1)))
    said = " ".join(sentence for _, sentence in view.findings.rows)
    for words in (
        "นางสอง กรรมการแจ้งว่ามีส่วนได้เสียกับผู้สมัครรายนี้ (“เป็นสมาชิกของกลุ่ม”) จึงไม่ให้คะแนน",
        "นายหนึ่ง กรรมการ (ไม่มีหลักฐานให้ตรวจ)",
        "นายสาม กรรมการกรอกแทนจากกระดาษโดยนางธุรการ ตัวอย่าง",
    ):
        assert words in said
    assert [sentence for _, sentence in view.justifications.rows] == [
        "G1.1.2 นายสาม กรรมการ: เห็นระเบียบฉบับลงมติและสมุดบันทึกการประชุมครบ"
    ]
    assert view.scores is not None
    assert "นางสอง" not in view.scores.assessors


@pytest.mark.parametrize("unmade", Unmade)
def test_what_replaces_a_dossier_says_whose_it_is_why_and_what_to_do(unmade: Unmade) -> None:
    case = MADE.case("พาน", LEADER, 1)
    made = dossier_of(case)
    (group,) = (g for g in arranged([case], PROVINCE, ()) if g.passed)
    instead = placeholder(made.head.no, replace(case, unmade=unmade), group, occasion())
    assert instead.head == made.head
    assert instead.head.subtitle == "ประเภทผู้นำชุมชน อำเภอพาน จังหวัดเชียงราย"
    assert instead.why.startswith("จัดทำเอกสารของผู้สมัครรายนี้ไม่ได้ เพราะโปรแกรม")
    assert "mochocho status" in instead.to_do


def test_a_sheet_of_official_standards_is_no_sample() -> None:
    case = MADE.case("พาน", LEADER, 1)
    (group,) = (g for g in arranged([case], PROVINCE, ()) if g.passed)
    official = replace(occasion(), official=True)
    unmade = replace(case, unmade=Unmade.READING)
    assert placeholder(1, unmade, group, official).head.sample == ""
    assert dossier(1, case, group, pack_of, official).head.sample == ""


def test_an_applicant_of_no_village_stands_in_its_district() -> None:
    case = MADE.case("พาน", LEADER, 1)
    nowhere = replace(case.application, subdistrict="", village="", moo="")
    facts = dict(dossier_of(replace(case, application=nowhere)).facts)
    assert facts["พื้นที่"] == "อำเภอพาน"


def test_what_the_province_resolves_is_ticked_by_hand_until_it_is_recorded() -> None:
    case = MADE.case("พาน", LEADER, 1)
    assert dossier_of(case).ballot == ("รับรอง", "รับรองแบบมีเงื่อนไข", "เลื่อนพิจารณา", "ไม่รับรอง")
    province = replace(case.assessment.resolutions[0], gate=Gate.PROVINCE)
    resolved = replace(case.assessment, resolutions=(*case.assessment.resolutions, province))
    view = dossier_of(replace(case, assessment=resolved))
    assert (view.ballot_title, view.ballot) == ("", ())
