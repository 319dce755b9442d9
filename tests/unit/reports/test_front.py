"""The papers before the dossiers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mochocho.words.model import ApplicantType, Case, Finding, Gate, GateResult, GateState, Outcome, Value
from mochocho.words.places import Province
from processing.findings.making import finding
from reports.view.arrange import Group
from reports.view.blocks import Kind, Paper
from reports.view.front import (
    MOST_ROWS,
    Listing,
    NamedRow,
    blocked,
    counts,
    cover,
    names,
    order_paper,
    order_table,
    with_names,
    with_reasons,
)
from reports.view.front import Volume as CoverVolume
from reports.view.letters.agenda import agenda
from reports.view.occasion import Occasion
from reports.view.printed_words import Words
from tests.source_004 import ROWS, TOTALS
from tests.unit.reports.made_cases import (
    CHIANG_RAI,
    PRESENTED,
    TYPES,
    Cases,
    arranged,
    blocking,
    occasion,
    of,
)

CHIANG_RAI_PROVINCE = Province.named("เชียงราย")
LAMPHUN = Province.named("ลำพูน")
ONE_VOLUME = CoverVolume("", ())


EVERYONE = tuple(Cases(CHIANG_RAI_PROVINCE).province_of({row[0]: row[1:] for row in CHIANG_RAI}))


def chiang_rai() -> tuple[Group, ...]:
    return arranged(EVERYONE, CHIANG_RAI_PROVINCE, PRESENTED)


def names_of(groups: Sequence[Group], cases: Sequence[Case], made: Occasion | None = None) -> list[Listing]:
    """แนบ ๔ as it is typeset, a stretch at a time."""
    return [
        with_names(stretch, of(cases, stretch.keys), made or occasion())
        for stretch in names(groups, made or occasion())
    ]


def blocked_of(case: Case) -> Listing:
    (stretch,) = blocked(arranged([case], LAMPHUN, ()), occasion())
    return with_reasons(stretch, of([case], stretch.keys), occasion())


def test_the_order_table_is_that_of_source_004() -> None:
    table = order_table(chiang_rai(), occasion())
    assert tuple(" ".join(row) for row in table.rows) == ROWS
    assert table.totals == tuple(TOTALS.split())
    assert table.head == ("ลำดับ", "อำเภอ", "ผู้นำชุมชน", "กลุ่มองค์กรชุมชน", "เครือข่ายชุมชน", "ชุมชน", "รวม")


numbers = st.lists(st.integers(0, 6), min_size=4, max_size=4)


@settings(max_examples=30)
@given(st.lists(numbers, min_size=8, max_size=8))
def test_the_order_table_adds_up_for_any_counts(drawn: list[list[int]]) -> None:
    rows = dict(zip([d.name_th for d in LAMPHUN.districts], drawn, strict=True))
    held = [Cases(LAMPHUN).case("ลี้", t, 99, passed=False) for t in TYPES]
    groups = arranged([*Cases(LAMPHUN).province_of(rows), *held], LAMPHUN, tuple(rows))
    table = order_table(groups, replace(occasion(thai_digits=False), province="ลำพูน"))
    assert [row[1] for row in table.rows] == list(rows)
    assert [[int(cell) for cell in row[2:]] for row in table.rows] == [[*r, sum(r)] for r in drawn]
    columns = [sum(column) for column in zip(*drawn, strict=True)]
    assert [int(cell) for cell in table.totals[1:]] == [*columns, sum(columns)]


def words_of(paper: Paper) -> str:
    return "\n".join(
        [
            *paper.title,
            *(b.text for b in paper.blocks),
            *(c for b in paper.blocks for r in b.cells for c in r),
        ]
    )


def test_every_paper_prints_the_same_counts() -> None:
    groups = chiang_rai()
    papers = words_of(agenda(occasion(), counts(groups)))
    assert "จำนวนทั้งสิ้น ๑๒๙ หน่วยงาน" in papers
    assert cover(groups, occasion(), ONE_VOLUME).counts == (
        ("ผู้นำชุมชน", "๗๑", "คน"),
        ("กลุ่มองค์กรชุมชน", "๒๔", "กลุ่ม"),
        ("เครือข่ายองค์กรชุมชน", "๑๔", "เครือข่าย"),
        ("ชุมชน", "๒๐", "ชุมชน"),
    )
    for line in ("จำนวน ๗๑ คน", "จำนวน ๒๔ กลุ่ม", "จำนวน ๑๔ เครือข่าย", "จำนวน ๒๐ ชุมชน"):
        assert line in papers
    assert names(groups, occasion())[-1].listing.totals[0] == "รวมทั้งสิ้น ๑๒๙ หน่วยงาน"


def test_the_agenda_says_what_source_004_says_without_its_slips() -> None:
    paper = agenda(occasion(), counts(chiang_rai()))
    assert paper.title == (
        "ระเบียบวาระการประชุม",
        "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด จังหวัดเชียงราย",
        "ครั้งที่ ๑/๒๕๖๘",
        "วันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘",
        "เวลา ๐๙.๐๐ - ๑๔.๓๐ น.",
        "ณ ห้องประชุมพวงแสด ชั้น ๓ ศาลากลางจังหวัดเชียงราย",
    )
    assert [b.text for b in paper.blocks if b.kind is Kind.ITEM] == [
        "ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "ระเบียบวาระที่ ๒ เรื่องรับรองรายงานการประชุมครั้งที่แล้ว",
        "ระเบียบวาระที่ ๓ เรื่องเพื่อทราบ",
        "ระเบียบวาระที่ ๔ เรื่องเพื่อพิจารณา",
        "ระเบียบวาระที่ ๕ เรื่องอื่น ๆ (ถ้ามี)",
    ]
    text = words_of(paper)
    assert "ตามคำสั่งจังหวัดเชียงราย ที่ ๖๔๕๙/๒๕๖๗ ลงวันที่ ๑๘ พฤศจิกายน ๒๕๖๗" in text
    assert "- ไม่มี -" in text
    for slip in ("ชุมชนชนจังหวัด", "อาทิ เช่น", "ต่างๆ", "ขร", "๐๘.๓๐", "มาตรฐานพัฒนาชุมชน"):
        assert slip not in text


def test_the_second_meeting_has_minutes_to_adopt() -> None:
    first = occasion()
    assert first.sitting is not None
    second = replace(first, sitting=replace(first.sitting, number="2/2568"))
    assert "- ไม่มี -" not in words_of(agenda(second, counts(chiang_rai())))


def test_what_is_not_set_is_left_to_be_filled_in() -> None:
    bare = replace(occasion(), sitting=None, provincial_order=None, district_order=None)
    paper = agenda(bare, counts(()))
    assert all("..." in line for line in paper.title[2:])
    assert "ตามคำสั่งจังหวัดเชียงราย ที่ ............/............ ลงวันที่ ....." in words_of(paper)
    assert order_paper((), bare).note == ""


def test_digits_are_of_one_kind() -> None:
    arabic = replace(occasion(), words=Words(thai_digits=False))
    assert not set("๐๑๒๓๔๕๖๗๘๙") & set(words_of(agenda(arabic, counts(chiang_rai()))))
    assert not set("0123456789") & set(words_of(agenda(occasion(), counts(chiang_rai()))))


def test_the_list_of_units_is_numbered_through_and_shows_percents() -> None:
    rows = [row for part in names_of(chiang_rai(), EVERYONE) for group in part.groups for row in group.rows]
    assert [row.no for row in rows] == [Words().text(no) for no in range(1, 130)]
    assert all(row.percent.count(".") == 1 for row in rows)


def first_pages(groups: Sequence[Group], made: Occasion) -> tuple[Listing, Listing]:
    return names(groups, made)[0].listing, blocked(groups, made)[0].listing


def test_scores_of_a_sample_pack_are_marked_on_every_paper_that_shows_them() -> None:
    groups = chiang_rai()
    sample, official = occasion(), replace(occasion(), official=True)
    for paper in (cover(groups, sample, ONE_VOLUME), *first_pages(groups, sample)):
        assert paper.sample == "เกณฑ์ตัวอย่าง"
    for paper in (cover(groups, official, ONE_VOLUME), *first_pages(groups, official)):
        assert paper.sample == ""


def held_back(*messages: str, state: GateState = GateState.NO_DATA) -> tuple[str, ...]:
    case = Cases(LAMPHUN).case(
        "ลี้", ApplicantType.LEADER, 1, passed=False, findings=[blocking(m) for m in messages]
    )
    gates = tuple(replace(g, state=state) if g.gate is Gate.DISTRICT else g for g in case.assessment.gates)
    case = replace(case, assessment=replace(case.assessment, gates=gates))
    (group,) = blocked_of(case).groups
    return group.rows[0].reasons


def test_a_unit_without_a_resolution_says_so() -> None:
    assert held_back() == ("ยังไม่มีมติของคณะกรรมการอำเภอ",)


def test_reasons_are_the_findings_that_block_then_the_resolution() -> None:
    assert held_back("ขาดทะเบียนบ้าน 1 ฉบับ", "ขาดทะเบียนบ้าน 1 ฉบับ") == (
        "ขาดทะเบียนบ้าน ๑ ฉบับ",
        "ยังไม่มีมติของคณะกรรมการอำเภอ",
    )


def test_a_resolution_against_needs_no_other_reason() -> None:
    assert held_back(state=GateState.FAILED) == ("คณะกรรมการอำเภอมีมติไม่รับรอง",)


def test_what_was_put_off_says_to_which_meeting_and_why_and_nothing_of_a_refusal() -> None:
    put_off = finding(
        "resolution.deferred",
        Gate.DISTRICT,
        committee="คณะกรรมการอำเภอลี้",
        meeting="1/2568",
        day="2025-04-10",
        to="2/2568",
        reason="ผู้แทนกลุ่มไม่มา",
    )
    case = Cases(LAMPHUN).case("ลี้", ApplicantType.LEADER, 1, passed=False)
    gate = GateResult(Gate.DISTRICT, GateState.DEFERRED, (put_off,))
    case = replace(case, assessment=replace(case.assessment, gates=(gate,)))
    (group,) = blocked_of(case).groups
    assert group.rows[0].reasons == (
        "คณะกรรมการอำเภอลี้ ครั้งที่ ๑/๒๕๖๘ วันที่ ๑๐ เม.ย. ๒๕๖๘ มีมติเลื่อนการพิจารณาไปครั้งที่ ๒/๒๕๖๘: ผู้แทนกลุ่มไม่มา",
    )


def test_findings_of_a_failed_gate_are_reasons() -> None:
    case = Cases(LAMPHUN).case("ลี้", ApplicantType.LEADER, 1, passed=False)
    failed = GateResult(Gate.DISTRICT, GateState.FAILED, (blocking("คณะกรรมการมีมติไม่ผ่าน: หลักฐานไม่พอ"),))
    case = replace(case, assessment=replace(case.assessment, gates=(failed,)))
    (group,) = blocked_of(case).groups
    assert group.rows[0].reasons == ("คณะกรรมการมีมติไม่ผ่าน: หลักฐานไม่พอ",)


def against(code: str, gate: Gate = Gate.DISTRICT, **values: Value) -> Finding:
    return finding(
        f"against.{code}", gate, committee="คณะกรรมการอำเภอ", meeting="1/2568", day="2025-04-10", **values
    )


def test_a_pass_against_the_evidence_is_marked_and_noted_under_its_number_with_the_reason() -> None:
    low = against("below_pass", percent=4076, needed=70, reason="ชุมชนรับรองผลงาน 3 ปี")
    no_house = against("document_missing", documents=("สำเนาทะเบียนบ้าน",))
    cases = [
        Cases(LAMPHUN).case("ลี้", ApplicantType.LEADER, 1, findings=[low]),
        Cases(LAMPHUN).case("ลี้", ApplicantType.GROUP, 2),
        Cases(LAMPHUN).case("ลี้", ApplicantType.GROUP, 3, findings=[no_house]),
    ]
    (listing,) = names_of(arranged(cases, LAMPHUN, ()), cases)
    rows = [row for row in listing.groups[0].rows if isinstance(row, NamedRow)]
    marked = [row for row in rows if row.name.text.endswith("*")]
    assert listing.marked_title == "* คณะกรรมการอำเภอมีมติผ่าน ทั้งที่ขัดกับหลักฐาน"
    assert [row.against for row in marked] == [
        "คะแนนรวมร้อยละ ๔๐.๗๖ ต่ำกว่าเกณฑ์ร้อยละ ๗๐ เหตุผลที่คณะกรรมการยืนยันมติ: ชุมชนรับรองผลงาน ๓ ปี",
        "ยังไม่มีเอกสารบังคับ (สำเนาทะเบียนบ้าน) คณะกรรมการยังไม่ได้ให้เหตุผลที่ยืนยันมติ",
    ]
    assert [row.against for row in rows if row not in marked] == [""]


def test_a_conditional_pass_is_in_the_list_with_what_it_owes_and_by_when() -> None:
    low = against("below_pass", percent=4076, needed=70, reason="ชุมชนรับรองผลงาน 3 ปี")
    cases = [
        Cases(LAMPHUN).case("ลี้", ApplicantType.LEADER, 1),
        on_condition(Cases(LAMPHUN).case("ลี้", ApplicantType.GROUP, 2)),
        on_condition(Cases(LAMPHUN).case("ลี้", ApplicantType.GROUP, 3, findings=[low])),
    ]
    (listing,) = names_of(arranged(cases, LAMPHUN, ()), cases)
    rows = [row for row in listing.groups[0].rows if isinstance(row, NamedRow)]
    assert listing.conditional_title == "** คณะกรรมการอำเภอมีมติรับรองแบบมีเงื่อนไข"
    assert [row.condition for row in rows] == ["", *["ส่งระเบียบกลุ่ม ๑ ฉบับ ภายในวันที่ ๓๑ พฤษภาคม ๒๕๖๘"] * 2]
    marks = [row.name.text.partition("*")[1:] for row in rows]
    assert sorted("".join(mark) for mark in marks) == ["", "* **", "**"]
    assert [row.no for row in rows] == ["๑", "๒", "๓"]


def on_condition(case: Case) -> Case:
    (passed,) = case.assessment.resolutions
    owed = replace(passed, outcome=Outcome.CONDITIONAL, condition="ส่งระเบียบกลุ่ม 1 ฉบับ", due=date(2025, 5, 31))
    return replace(case, assessment=replace(case.assessment, resolutions=(owed,)))


def test_everybody_is_named_with_what_was_resolved_and_who_refused_publication_is_told() -> None:
    cases = [Cases(LAMPHUN).case("ลี้", ApplicantType.LEADER, no, named=f"นายหนึ่ง ใจดี{no}") for no in range(3)]
    for no in (0, 2):
        refused = replace(cases[no].application, publication_consent=False, village=f"บ้านที่ {no}")
        cases[no] = replace(cases[no], application=refused)
    (passed,) = cases[1].assessment.resolutions
    certified = (passed, replace(passed, gate=Gate.PROVINCE))
    cases[1] = replace(cases[1], assessment=replace(cases[1].assessment, resolutions=certified))
    (listing,) = names_of(arranged(cases, LAMPHUN, ()), cases)
    rows = [row for row in listing.groups[0].rows if isinstance(row, NamedRow)]
    assert [row.name.text for row in rows] == ["นายหนึ่ง ใจดี๐", "นายหนึ่ง ใจดี๑", "นายหนึ่ง ใจดี๒"]
    assert "บ้านที่ ๒" in rows[2].place.text
    assert [row.resolved for row in rows] == ["", "รับรอง", ""]
    assert listing.head[-1] == "มติ"
    assert listing.unnamed == "ลำดับที่ ๑ และ ๓ ไม่ประสงค์เผยแพร่ชื่อ จึงไม่ลงชื่อในประกาศรายชื่อผู้ผ่านการรับรอง"


def test_a_list_without_such_a_pass_has_no_note() -> None:
    of_province = against("below_pass", Gate.PROVINCE, percent=4076, needed=70)
    case = Cases(LAMPHUN).case("ลี้", ApplicantType.LEADER, 1, findings=[of_province])
    (listing,) = names_of(arranged([case], LAMPHUN, ()), [case])
    assert listing.marked_title == listing.conditional_title == ""
    assert not any("*" in row.name.text for row in listing.groups[0].rows)


def test_a_long_list_is_set_in_parts_of_whole_districts() -> None:
    rows = {d.name_th: (80, 10, 0, 0) for d in LAMPHUN.districts}
    cases = tuple(Cases(LAMPHUN).province_of(rows))
    groups = arranged(cases, LAMPHUN, ())
    parts = names_of(groups, cases)
    assert [g.title for part in parts for g in part.groups] == [g.title for g in groups]
    rows_of_all = [row.no for part in parts for g in part.groups for row in g.rows]
    assert rows_of_all == [Words().text(no) for no in range(1, len(cases) + 1)]
    assert all(sum(len(g.rows) for g in part.groups) <= MOST_ROWS for part in parts)
    assert [bool(part.title) for part in parts] == [True] + [False] * (len(parts) - 1)
    assert [bool(part.totals) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [bool(part.note) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_dates_are_of_the_buddhist_era() -> None:
    assert occasion().words.date(date(2025, 5, 1), weekday=True) == "วันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘"


def test_an_empty_province_still_has_its_papers() -> None:
    groups = arranged([], LAMPHUN, ())
    made: Occasion = occasion()
    assert [page.empty for page in first_pages(groups, made)] == ["- ไม่มี -"] * 2
    assert order_table(groups, made).totals == ("รวม", "๐", "๐", "๐", "๐", "๐")


@pytest.mark.parametrize(("more", "parts"), [(0, 1), (1, 2)])
def test_a_list_of_just_as_many_as_fit_is_set_in_one_part(more: int, parts: int) -> None:
    rows = {"ลี้": (MOST_ROWS - 10, 0, 0, 0), "แม่ทา": (10 + more, 0, 0, 0)}
    cases = tuple(Cases(LAMPHUN).province_of(rows))
    assert len(names_of(arranged(cases, LAMPHUN, ()), cases)) == parts
