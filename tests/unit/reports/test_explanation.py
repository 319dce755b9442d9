"""Every figure of a dossier is explained, from the answer to the rounding."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from mochocho.words.model import ApplicantType, Case, FileRef, Gate, HeldMeeting, Outcome, Round, Unmade
from mochocho.words.numbers import arabic
from mochocho.words.places import Province
from processing.assessment.evaluate import Inputs, evaluate
from processing.decisions.decided import Decided
from processing.decisions.decision import (
    CONTENT,
    Decision,
    Kind,
    Plain,
    Reconciled,
    Ruled,
    Seen,
    Waived,
    of_resolution,
)
from processing.decisions.office.told import KIND_TH, what
from processing.decisions.on_documents import judged_pages
from reports.explaining.exact_figures import marks, percents
from reports.explaining.explained_case import ExplainedCase
from reports.explaining.explanation import explain
from reports.explaining.line_tree import Line, part_of, texts
from reports.view.dossier import dossier
from tests.pins.applicants import (
    GOOD,
    MEASURED,
    PACK,
    RULES,
    answers,
    application,
    assessed,
    attached,
    everyone,
    resolution,
    sheet,
)
from tests.printed_figures import figures, printed
from tests.unit.reports.made_cases import arranged, occasion

PROVINCE = Province.named("เชียงราย")
NETWORK = ApplicantType.NETWORK
PLAIN = occasion(thai_digits=False)


def case_of(inputs: Inputs) -> Case:
    result = evaluate(inputs, RULES)
    assert result.counted is not None
    counted = result.counted
    return Case(
        application=counted.application,
        masked_id="x-xxxx-xxxxx-00-9" if counted.application.type is ApplicantType.LEADER else "",
        assessment=result,
        evidence=counted.evidence,
        remarks=counted.remarks,
        justifications=counted.justifications,
        sources=tuple((one, f"{one:0<64}") for one in counted.instances),
        own=counted.own,
    )


def known(inputs: Inputs, **more: object) -> ExplainedCase:
    case = case_of(inputs)
    assert case.assessment.counted is not None
    sheets = {one.instance_id: one for one in inputs.sheets}
    return ExplainedCase(
        case=case,
        pack_of=RULES.pack_of,
        sheets={one: sheets[one] for one in case.assessment.counted.sheets},
        measurements=inputs.measurements,
        decisions=tuple(of_resolution("k", one) for one in inputs.decided.resolutions),
        **more,  # type: ignore[arg-type]
    )


def said(lines: tuple[Line, ...]) -> str:
    return "\n".join(texts(lines))


def not_explained(one: ExplainedCase) -> set[str]:
    (group,) = (group for group in arranged([one.case], PROVINCE, ()) if group.passed or group.blocked)
    view = dossier(1, one.case, group, RULES.pack_of, PLAIN)
    return printed(view) - set(figures(arabic(said(explain(one)))))


def test_every_figure_of_every_dossier_is_explained() -> None:
    """Of networks, which have meetings too; the demo's test has all types."""
    told = ((name, known(inputs)) for name, inputs in everyone() if name.startswith(NETWORK))
    assert {name: left for name, one in told if (left := not_explained(one))} == {}


def test_what_an_applicant_told_of_itself_is_explained() -> None:
    told = application(
        NETWORK, founded_be=2545, main_works=("ปลูกป่า 300 ไร่", "ออมเงิน"), age=45, occupation="ทำนา"
    )
    one = known(Inputs("d", told, measurements=MEASURED))
    assert not_explained(one) == set()
    assert "ผลงานสำคัญ (1) ปลูกป่า 300 ไร่ (2) ออมเงิน" in said(explain(one))


def meetings(*present: int) -> Inputs:
    (code,) = (i.code for i in PACK.standard(NETWORK).indicators if i.from_meetings)
    held = tuple(HeldMeeting(date(2025, month, 1), count, 30) for month, count in enumerate(present, 1))
    after = assessed(NETWORK, Round.SELF_AFTER, meetings={code: held})
    return Inputs("d", application(NETWORK), self_assessments=(after,), measurements=MEASURED)


def three() -> Inputs:
    standard = PACK.standard(NETWORK)
    first = standard.indicators[0].code
    sheets = (
        sheet(NETWORK, "นายหนึ่ง ตรวจดี", 9, evidence={first: GOOD}),
        sheet(NETWORK, "นางสอง ตรวจดี", 4),
        sheet(NETWORK, "นางสาม ตรวจดี", 9, answers={**answers(standard, 9), first: None}),
        sheet(NETWORK, "นายจังหวัด ตรวจซ้ำ", 7, round=Round.PROVINCIAL),
    )
    return Inputs(
        "d",
        application(NETWORK),
        sheets=sheets,
        measurements=MEASURED,
        decided=Decided((resolution(Gate.DISTRICT, Outcome.PASS),)),
    )


def test_an_indicator_names_each_assessors_answer_form_and_how_they_are_combined() -> None:
    first = PACK.standard(NETWORK).indicators[0]
    text = said(part_of(explain(known(three())), first.code))
    assert "นายหนึ่ง ตรวจดี ตอบ ใช่ → 5 × 1/1 = 5.00" in text
    assert "นางสอง ตรวจดี ตอบ ไม่ใช่ → 5 × 0/1 = 0.00" in text
    assert "นางสาม ตรวจดี: ยังไม่ประเมิน" in text
    assert "รวมกรรมการ 2 คน: ค่าเฉลี่ย (0 + 5) ÷ 2 = 2.50" in text
    assert f"แบบตรวจประเมินภาคสนาม รุ่น 1 · ข้อ i_N1_1_1 “{first.code} {first.th}” · ชุด s-นายหนึ่ง ตรวจดี-1" in text
    assert "sha256 good" in text
    assert "ผล: ไม่ผ่าน ข้อนี้ผ่านเมื่อได้ตั้งแต่ 5.00 คะแนน" in text


def test_a_dimension_is_the_sum_of_its_indicators() -> None:
    lines = explain(known(three()))
    line = part_of(lines, "N1")[0]
    score = next(d for d in case_of(three()).assessment.scores.dimensions if d.code == "N1")  # type: ignore[union-attr]
    _, _, added = line.text.rpartition(" = ")
    assert sum(map(Fraction, added.split(" + "))) * 100 == score.points


def test_an_answer_that_people_settled_stands_in_place_of_the_mean() -> None:
    first = PACK.standard(NETWORK).indicators[0].code
    settled = Decision(
        Kind.SCORE_RECONCILE, "k", first, Reconciled(Round.ONSITE, 1), "เห็นคำสั่งแต่งตั้งแล้ว", "นางประธาน"
    )
    inputs = three()
    told = replace(inputs, decided=replace(inputs.decided, decisions=(settled,)))
    text = said(part_of(part_of(explain(known(told)), "total"), first))
    assert "ได้ 5.00 จาก 5 คะแนน" in text
    assert "ใช้คำตอบที่ประมวลแล้วแทนค่าเฉลี่ย" in text
    assert "เห็นคำสั่งแต่งตั้งแล้ว" in text
    assert "นางประธาน" in text
    assert "รวมกรรมการ" not in text


def test_a_ruling_on_eligibility_says_who_and_why() -> None:
    named = PACK.standard(NETWORK).eligibility[0]
    rule = named.code
    ruled = Decision(Kind.ELIGIBILITY_OVERRIDE, "k", rule, Ruled(), "มีรายงานการประชุม", "นายวินิจฉัย")
    bare = application(NETWORK, eligibility={})
    told = replace(three(), application=bare, decided=Decided((), (ruled,)))
    one = replace(known(told), decisions=(ruled,))
    text = said(part_of(explain(one), rule))
    assert "ตอบ ไม่ได้ตอบ – ผ่าน" in text
    assert "นายวินิจฉัย" in text
    assert "มีรายงานการประชุม" in text
    assert f"วินิจฉัยคุณสมบัติ {named.th} (ไม่ขัดคุณสมบัติ)" in said(part_of(explain(one), "decisions"))


def test_a_document_that_a_person_took_says_who_and_why_and_leaves_nothing_to_do() -> None:
    code = PACK.standard(NETWORK).documents[1].code
    dark = attached(FileRef("odd.jpg", "dark"))
    seen = Seen("i", judged_pages(dark))
    taken = Decision(
        Kind.DOCUMENT_ACCEPT, "k", code, reason="อ่านได้ครบ", recorded_by="นางรับ เอกสาร", seen=seen
    )
    given = application(NETWORK, documents={**application(NETWORK).documents, code: dark})
    inputs = Inputs("d", given, measurements=MEASURED, decided=Decided((), (taken,)))
    lines = said(part_of(explain(known(inputs)), code))
    assert "เจ้าหน้าที่รับแล้ว" in lines
    assert "รับโดยนางรับ เอกสาร เหตุผล: อ่านได้ครบ" in lines
    assert "ตรวจแล้ว:" in lines
    assert "ให้เปิดดูภาพ" not in lines


def test_the_two_rounds_are_told_apart() -> None:
    lines = explain(known(three()))
    assert "นายจังหวัด" not in said(part_of(lines, "total"))
    assert "นายจังหวัด ตรวจซ้ำ ตอบ" in said(part_of(lines, "provincial"))
    assert "ไม่นำไปรวม" in said(part_of(lines, "provincial"))


def test_the_pass_rule_is_told_part_by_part() -> None:
    text = said(part_of(explain(known(three())), "pass"))
    assert "คะแนนรวมตั้งแต่ร้อยละ 70" in text
    assert "ตัวบ่งชี้บังคับ N1.1.1" in text
    assert "ไม่ผ่าน" in text


def test_attendance_is_counted_from_the_list_of_meetings() -> None:
    text = said(part_of(explain(known(meetings(21, 24, 20))), "N1.2.2"))
    assert "นับจากการประชุม 3 ครั้ง: ผู้เข้าประชุมรวม 65 จากสมาชิกรวม 90 คน = รวมร้อยละ 72 (ปัดเศษทิ้ง)" in text
    assert "20/30 คน ร้อยละ 66" in text
    assert "กติกา 37" in text


def test_a_decision_says_who_when_and_why() -> None:
    waived = Decision(
        Kind.DOCUMENT_WAIVE,
        "k",
        "application_form",
        Waived("นางเห็น ตัวจริง"),
        "บัตรจริงอยู่ที่อำเภอ",
        "นายบันทึก",
        number=7,
        recorded_at=datetime(2025, 4, 2, 3, tzinfo=UTC),
    )
    one = known(three())
    text = said(part_of(explain(replace(one, decisions=(*one.decisions, waived))), "decisions"))
    assert "มติคณะกรรมการ ระดับอำเภอ รับรอง คณะกรรมการอำเภอ ครั้งที่ 1/2568 วันที่ 1 พฤษภาคม 2568" in text
    assert "เลขที่ 7 ยกเว้นเอกสาร ใบสมัคร ผู้เห็นตัวจริง นางเห็น ตัวจริง บันทึกเมื่อ 2 เมษายน 2568 โดย นายบันทึก" in text
    assert "เหตุผล: บัตรจริงอยู่ที่อำเภอ" in text


@pytest.mark.parametrize("kind", [kind for kind in Kind if CONTENT[kind] is Plain])
def test_a_decision_of_every_kind_is_worded_once_for_lists_and_explanations(kind: Kind) -> None:
    one = replace(known(three()), decisions=(Decision(kind, "k", "ก", reason="เหตุ", number=5, undoes=4),))
    (told,) = part_of(explain(one), "decisions")[0].below
    assert told.text == f"เลขที่ 5 {what(one.decisions[0], {})}"
    assert told.text.startswith(f"เลขที่ 5 {KIND_TH[kind]} ก ")
    assert told.text.endswith("เลขที่ 4")


def test_every_kind_has_words_of_its_own() -> None:
    assert set(KIND_TH) == set(Kind)
    assert len(set(KIND_TH.values())) == len(Kind)


def test_a_sheet_that_was_edited_since_is_said_to_be_gone() -> None:
    one = known(three())
    text = said(explain(replace(one, sheets=dict(list(one.sheets.items())[1:]), changed=True)))
    assert "1 คนที่นับไว้ถูกแก้ไขหรือถอนหลังการตรวจครั้งนี้" in text
    assert "`mochocho assess` จะตรวจใหม่" in text


@pytest.mark.parametrize("unmade", Unmade)
def test_an_applicant_without_papers_has_the_reason(unmade: Unmade) -> None:
    one = known(three())
    lines = explain(replace(one, case=replace(one.case, unmade=unmade)))
    assert "โปรแกรม" in said(lines)
    assert part_of(lines, "total") == ()


def test_no_line_names_a_national_id() -> None:
    inputs = three()
    named = replace(inputs, application=replace(inputs.application, name="นายตัวอย่าง 1000000000009"))
    assert "1000000000009" not in said(explain(known(named)))


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(500), "5.00"),
        (Fraction(1000, 3), "3.33 (เศษส่วน 10/3 ปัดครั้งเดียว ครึ่งขึ้นไปปัดขึ้น)"),
        (Fraction(699_850, 1000), "7.00 (เศษส่วน 13997/2000 ปัดครั้งเดียว ครึ่งขึ้นไปปัดขึ้น)"),
        (Fraction(0), "0.00"),
    ],
)
def test_a_rounded_figure_stands_beside_its_fraction(points: Fraction, text: str) -> None:
    assert marks(points) == text


def test_a_percentage_is_exact_before_it_is_rounded() -> None:
    assert percents(Fraction(7000)) == "70.00"
    assert percents(Fraction(20_999, 3)).startswith("70.00 (เศษส่วน 20999/300 ")


def test_what_was_gained_and_what_is_left_is_told_per_indicator() -> None:
    before, after = (assessed(NETWORK, r, t) for r, t in ((Round.SELF_BEFORE, 4), (Round.SELF_AFTER, 9)))
    inputs = Inputs("d", application(NETWORK), self_assessments=(before, after), measurements=MEASURED)
    text = said(part_of(explain(known(inputs)), "progress"))
    assert "N1.2.1: ก่อน 1.67 หลัง 3.33 จาก 5 · เปลี่ยน +1.67 · เหลือถึงเต็ม 1.67" in text
    older = replace(before, form_version="0")
    text = said(part_of(explain(known(replace(inputs, self_assessments=(older, after)))), "progress"))
    assert "N1.1.1: ก่อน 0.00 หลัง 5.00 จาก 5 · เทียบไม่ได้ เพราะแบบก่อนและหลังพัฒนาเป็นคนละเกณฑ์" in text
