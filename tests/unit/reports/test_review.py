"""The comment for a server: what is missing, what to do, its length, and whom it must not name."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words import thai
from mochocho.words.model import NOTHING_OWN, Approved, DocumentAnswer, Gate, Outcome, Resolution, ReviewState
from processing.assessment.evaluate import failed
from processing.decisions.decided import Decided
from processing.findings.of_documents import FILE_PROBLEMS
from processing.likeness.duplicates import Other, Others, Slice
from reports.lists.list_rows import ListedApplicant
from reports.notices.review import LONGEST, notice
from tests.unit.reports.made_inputs import BROKEN, COMPLETE, LEADER, TH, inputs, pages, said, told, yes

MARK = re.compile(r"\n\[มชช\. [0-9a-f]{8}\]$")


def test_complete_is_told_and_decides_nothing() -> None:
    now = said(inputs())
    assert now.state is ReviewState.RECEIVED
    assert now.tasks == ()
    assert now.text == "ตรวจใบสมัครแล้ว คุณสมบัติและเอกสารครบถ้วน ไม่ต้องส่งอะไรเพิ่ม ขอบคุณ"
    assert MARK.search(now.comment)


def test_documents_and_pages_are_named_with_the_reason_and_the_easiest_way() -> None:
    now = said(
        inputs(
            {
                "id_card_copy": DocumentAnswer("later"),
                "house_registration_copy": pages("good", "damaged", "truncated", "truncated"),
                "application_form": pages(None),
            }
        )
    )
    assert now.state is ReviewState.HAS_ISSUES
    assert now.text.splitlines() == [
        "ตรวจใบสมัครแล้ว ยังมีรายการที่ขอให้ดำเนินการ",
        "เอกสารที่ขอให้ส่งหรือถ่ายใหม่:",
        f"- {TH['house_registration_copy']} หน้าที่ ๒ (ไฟล์เสีย เปิดไม่ได้)",
        f"- {TH['house_registration_copy']} หน้าที่ ๓, ๔ (ไฟล์ขาดตอนท้าย)",
        f"- {TH['id_card_copy']} (แจ้งว่าจะส่งภายหลัง)",
        "ขอให้ส่งด้วยแบบ “ส่งเอกสารเพิ่มเติม” ไม่ต้องแก้ไขใบสมัคร",
        "ภาพที่ยังมาไม่ถึง:",
        f"- {TH['application_form']}",
        "ขอให้เปิดโทรศัพท์ที่ใช้กรอกขณะมีสัญญาณแล้วส่งแบบเดิมอีกครั้ง ถ้าไม่มีแล้ว ให้ถ่ายใหม่ด้วยแบบ “ส่งเอกสารเพิ่มเติม”",
    ]


@pytest.mark.parametrize("problem", BROKEN)
def test_every_way_a_file_can_fail_has_few_words(problem: str) -> None:
    (line,) = said(inputs({"id_card_copy": pages(problem)})).tasks[0].things
    assert FILE_PROBLEMS[problem].th not in line
    assert line.startswith(f"{TH['id_card_copy']} (")


def test_what_no_supplement_can_bring_is_mended_in_the_application() -> None:
    rule = LEADER.eligibility[0]
    now = said(inputs(eligibility={**yes(), rule.code: ""}))
    assert now.state is ReviewState.HAS_ISSUES
    assert thai.digits(rule.th) in now.text
    assert "ขอให้แก้ไขใบสมัคร" in now.text
    assert "ส่งเอกสารเพิ่มเติม" not in now.text


def test_what_is_held_says_why() -> None:
    now = said(inputs(officer_districts=("5702",)))
    assert now.state is ReviewState.HAS_ISSUES
    assert "ใบสมัครนี้ส่งโดยเจ้าหน้าที่ของอำเภออื่น" in now.text


def test_what_is_only_worth_a_look_keeps_nothing_back() -> None:
    now = said(inputs(applied_on=None))
    assert now.state is ReviewState.RECEIVED
    assert "ควรตรวจด้วย:\n- ไม่ได้กรอกวันที่สมัคร" in now.text


def test_nobody_else_is_named_and_no_number_of_a_person_stands_in_it() -> None:
    other = Others((Other("b", "นางสาวอื่น ตัวอย่าง", "5701"),), 1)
    page = COMPLETE["id_card_copy"].pages[0].sha256 or ""
    shared = Slice(((page, other),), other, masked_id="x-xxxx-xxxxx-00-9", id_problem="invalid")
    rule = next(r for r in LEADER.eligibility if r.check.type == "declaration")
    answers = {**yes(), rule.code: "1000000000009 โทร 000-000-0000"}
    now = said(replace(inputs(eligibility=answers), slice=shared))
    assert "นางสาวอื่น" not in now.comment
    assert "ซ้ำกับใบสมัครอื่น" in now.comment
    assert not re.search("[0-9๐-๙]([- ]?[0-9๐-๙]){8}", MARK.sub("", now.comment))
    assert "00-9" not in now.comment
    assert "๐๐-๙" not in now.comment


def test_where_only_the_office_can_act_nothing_is_said() -> None:
    not_measured = inputs({"id_card_copy": pages("f" * 64)})
    assert told(not_measured) is None
    assert (
        notice(ListedApplicant(not_measured.application, LEADER, failed(not_measured), NOTHING_OWN)) is None
    )


def test_the_last_committee_that_resolved_decides() -> None:
    district = Resolution(Gate.DISTRICT, Outcome.FAIL, "คณะกรรมการอำเภอ", "1/2568", date(2025, 4, 20))
    province = replace(district, gate=Gate.PROVINCE, outcome=Outcome.PASS, committee="คณะกรรมการจังหวัด")
    now = said(replace(inputs({"id_card_copy": DocumentAnswer("later")}), decided=Decided((district,))))
    assert now.state is ReviewState.REJECTED
    assert now.text.startswith("คณะกรรมการอำเภอ ครั้งที่ ๑/๒๕๖๘")
    assert now.tasks == ()  # nobody is sent for papers that change nothing
    now = said(replace(inputs(), decided=Decided((replace(district, outcome=Outcome.PASS), province))))
    assert now.state is ReviewState.APPROVED
    assert now.text.startswith("คณะกรรมการจังหวัดมีมติผ่านการรับรองแล้ว")


DISTRICT = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการอำเภอ", "1/2568", date(2025, 4, 20))
PROVINCE = replace(DISTRICT, gate=Gate.PROVINCE, committee="คณะกรรมการจังหวัด", meeting_date=date(2025, 5, 1))
OWED = {"outcome": Outcome.CONDITIONAL, "condition": "ส่งระเบียบกลุ่ม", "due": date(2025, 5, 31)}
PUT_OFF = {"outcome": Outcome.DEFERRED, "deferred_to": "2/2568", "reason": "ผู้แทนไม่มา"}
LACKING = {"id_card_copy": DocumentAnswer("later")}


@pytest.mark.parametrize("gate", [DISTRICT, PROVINCE])
def test_a_conditional_pass_asks_the_field_for_what_is_owed_and_is_not_approved(gate: Resolution) -> None:
    now = said(replace(inputs(), decided=Decided((replace(gate, **OWED),))))
    assert now.state is ReviewState.HAS_ISSUES
    (task,) = now.tasks
    assert task.things == ("ส่งระเบียบกลุ่ม ภายในวันที่ ๓๑ พ.ค. ๒๕๖๘",)
    assert "ส่งเอกสารเพิ่มเติม" not in now.text


def test_the_provinces_plain_pass_ends_the_districts_condition() -> None:
    district = replace(DISTRICT, **OWED)
    assert said(replace(inputs(), decided=Decided((district, PROVINCE)))).state is ReviewState.APPROVED
    put_off = replace(PROVINCE, **PUT_OFF)
    now = said(replace(inputs(), decided=Decided((district, put_off))))
    assert now.state is ReviewState.HAS_ISSUES
    assert now.text.startswith("คณะกรรมการจังหวัด ครั้งที่ ๑/๒๕๖๘ วันที่ ๑ พ.ค. ๒๕๖๘ มีมติเลื่อนการพิจารณา")
    assert "ส่งระเบียบกลุ่ม" in now.text


@pytest.mark.parametrize("gate", [DISTRICT, PROVINCE])
def test_what_was_put_off_is_not_rejected_and_still_says_what_is_missing(gate: Resolution) -> None:
    decided = Decided((replace(gate, **PUT_OFF),))
    now = said(replace(inputs(), decided=decided))
    assert (now.state, now.tasks) == (ReviewState.RECEIVED, ())
    assert now.text.endswith("มีมติเลื่อนการพิจารณาไปครั้งที่ ๒/๒๕๖๘: ผู้แทนไม่มา")
    lacking = said(replace(inputs(LACKING), decided=decided))
    assert lacking.state is ReviewState.HAS_ISSUES
    assert "เลื่อนการพิจารณา" in lacking.opening
    assert "ส่งเอกสารเพิ่มเติม" in lacking.text


@pytest.mark.parametrize(
    ("approved", "complete", "district_passed", "certified"),
    [
        ("committee", "received", "received", "approved"),
        ("documents", "approved", "approved", "approved"),
        ("never", "received", "received", "received"),
    ],
)
def test_what_approved_says_is_a_setting(
    approved: Approved, complete: str, district_passed: str, certified: str
) -> None:
    district = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการอำเภอ", "1/2568", date(2025, 4, 20))
    province = replace(district, gate=Gate.PROVINCE, committee="คณะกรรมการจังหวัด")
    lacking = {"id_card_copy": DocumentAnswer("later")}
    refused = replace(district, outcome=Outcome.FAIL)
    states = [
        said(replace(inputs(documents), decided=Decided(resolutions)), approved).state
        for documents, resolutions in (
            ({}, ()), ({}, (district,)), ({}, (district, province)), (lacking, ()), ({}, (refused,)),
        )
    ]  # fmt: skip
    assert states == [complete, district_passed, certified, "hasIssues", "rejected"]


ANSWERS = st.one_of(
    st.sampled_from([DocumentAnswer(status) for status in ("", "later", "signed", "waived", "อื่น ๆ")]),
    st.lists(st.sampled_from([None, "good", "f" * 64, *BROKEN]), max_size=12).map(lambda shas: pages(*shas)),
)


@given(
    st.dictionaries(st.sampled_from([*COMPLETE]), ANSWERS),
    st.dictionaries(st.sampled_from([rule.code for rule in LEADER.eligibility]), st.text(max_size=30)),
)
def test_however_much_is_missing_the_comment_is_short_and_marked(
    documents: dict[str, DocumentAnswer], answers: dict[str, str]
) -> None:
    of = inputs(documents, eligibility={**yes(), **answers})
    if now := told(of):
        assert len(now.comment) <= LONGEST
        assert MARK.search(now.comment)
        assert said(of).comment == now.comment
        assert (now.state is ReviewState.HAS_ISSUES) == any(task.must for task in now.tasks)
        for task in now.tasks:  # every kind is named, and nothing is left out unsaid
            _, _, after = now.text.partition(f"\n{task.title}:\n")
            shown = [line for line in after.split("\n") if line.startswith("- ")]
            count = sum(f"- {thing}" == line for thing, line in zip(task.things, shown, strict=False))
            rest = len(task.things) - count
            assert not rest or re.fullmatch("- (และอีก )?[๐-๙]+ รายการ", shown[count])


def test_a_later_version_is_told_in_the_same_words_under_another_mark() -> None:
    one, other = said(inputs()), said(inputs(instance_id="later"))
    assert one.text == other.text
    assert one.comment != other.comment
