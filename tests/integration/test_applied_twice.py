"""Applicants that may be one: found across sources, asked of the office, and answered by it."""

import re

import pytest

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, Case
from mochocho.words.thai import national_id_check_digit
from processing.assessment import assess
from processing.assessment import cases as casebook
from processing.decisions.audit import examine
from processing.decisions.decision import Decision, Ground, Kind, Merged
from processing.decisions.recorder import record_decisions
from processing.findings import saying
from processing.likeness import open_questions
from processing.likeness.namesakes import namesakes
from processing.register import register_forms
from tests.integration import province_mirror as mirror

PLACE = {"subdistrict_name": "โป่งงาม", "subdistrict": "570909", "moo": "11", "village": "บ้านหนองหอม"}
KEYS = [mirror.ENTITY.format(n) for n in (1, 2, 3)]
ID = "100000000001" + national_id_check_digit("100000000001")
BY = "นางสาวบันทึก ตัวอย่าง"
WHY = {"reason": "ประธานคนละคน", "by": BY}


def run(home: Home) -> dict[str, Case]:
    register_forms.run(home)
    assess.do(home, assess.due(home))
    assert assess.due(home) == []
    return {case.application.key: case for case in casebook.cases(home)}


def told(case: Case) -> list[str]:
    return [
        saying.said(f)
        for f in case.assessment.findings
        if f.code.endswith(("_name", "duplicate_national_id")) and f.code.startswith("applicant.")
    ]


def groups(home: Home, *names_and_sources: tuple[str, str]) -> None:
    for number, (name, source) in enumerate(names_and_sources, start=1):
        mirror.send(home, mirror.application(home, number, applicant_name=name, **PLACE), source=source)


def test_one_group_on_two_servers_is_asked_about_once_and_silenced_by_an_answer(any_home: Home) -> None:
    groups(
        any_home,
        ("กลุ่มทอผ้าบ้านหนองหอม", "central:north"),
        ("วิสาหกิจชุมชน ทอผ้า บ.หนองหอม", "kobo:south"),
        ("กลุ่มจักสาน", "spool"),
    )
    cases = run(any_home)
    assert [len(told(cases[key])) for key in KEYS] == [1, 1, 0]
    for own, other, here, there in (
        (KEYS[0], KEYS[1], "ODK Central north", "KoboToolbox south"),
        (KEYS[1], KEYS[0], "KoboToolbox south", "ODK Central north"),
    ):
        (sentence,) = told(cases[own])
        found = re.search(r"รหัส (\S+) จาก(.*?) ชื่อเหมือนกัน ๑๐๐ %.*ใบนี้รหัส (\S+) จาก(.*?)\)", sentence)
        assert found is not None, sentence
        assert (found[1], found[3]) == (other, own)
        assert there in found[2]
        assert here in found[4]
    (asked,) = open_questions.every(any_home)
    assert (asked.one.key, asked.other.key, asked.ground) == (KEYS[0], KEYS[1], Ground.NAME)

    assert open_questions.answer_distinct(any_home, KEYS[1], KEYS[0], **WHY)
    assert not open_questions.answer_distinct(any_home, KEYS[0], KEYS[1], **WHY)
    assert open_questions.every(any_home) == []
    assert [told(case) for case in run(any_home).values()] == [[], [], []]
    assert examine(any_home).found == ()


def test_an_answer_that_is_taken_back_asks_again(home: Home) -> None:
    groups(home, ("กลุ่มทอผ้าบ้านหนองหอม", "a"), ("ทอผ้าหนองหอม", "a"))
    run(home)
    open_questions.answer_distinct(home, *KEYS[:2], **WHY)
    taken_back = Decision(
        Kind.REVOKE, KEYS[0], KEYS[1], reason="ตรวจใหม่แล้วเป็นกลุ่มเดียวกัน", recorded_by=BY, undoes=1
    )
    record_decisions(home, [taken_back])
    assert [len(told(case)) for case in run(home).values()] == [1, 1]


def test_who_agrees_in_something_else_is_asked_about_anew(home: Home) -> None:
    forms = [
        mirror.application(home, n, ApplicantType.LEADER, applicant_name=name, **PLACE)
        for n, name in ((1, "นายสม ใจดี"), (2, "กำนันสม ใจดี"))
    ]
    for number, form in enumerate(forms):
        first = f"10000000001{number}"
        form.fields["national_id"] = first + national_id_check_digit(first)
    mirror.send(home, *forms)
    run(home)
    open_questions.answer_distinct(home, *KEYS[:2], **WHY)
    assert open_questions.every(home) == []
    for form in forms:
        form.fields["national_id"] = ID
    mirror.send(home, *forms)
    cases = run(home)
    assert [["x-xxxx-xxxxx-" in one for one in told(case)] for case in cases.values()] == [[True], [True]]
    open_questions.answer_distinct(home, *KEYS[:2], **WHY)
    forms[0].fields["national_id"] = ""
    mirror.send(home, forms[0])
    assert [told(case) for case in run(home).values()] == [[], []]  # both answers hold


@pytest.mark.parametrize(
    ("one", "other", "reason", "code"),
    [
        (KEYS[0], KEYS[1], "", "decision.reason"),
        (KEYS[0], KEYS[2], "คนละกลุ่ม", "decision.not_asked"),
        (KEYS[0], "nobody", "คนละกลุ่ม", "decision.not_asked"),
        (KEYS[0], KEYS[0], "คนละกลุ่ม", "decision.not_asked"),
    ],
)
def test_what_is_no_answer_is_refused(home: Home, one: str, other: str, reason: str, code: str) -> None:
    groups(home, ("กลุ่มทอผ้าบ้านหนองหอม", "a"), ("ทอผ้าหนองหอม", "a"), ("กลุ่มจักสาน", "a"))
    run(home)
    with pytest.raises(BadInput) as refused:
        open_questions.answer_distinct(home, one, other, reason, BY)
    assert refused.value.code == code


def test_who_withdrew_or_was_merged_is_not_asked_about(home: Home) -> None:
    groups(home, ("กลุ่มทอผ้าบ้านหนองหอม", "a"), ("ทอผ้าหนองหอม", "a"), ("กลุ่มทอผ้า", "a"))
    run(home)
    assert len(open_questions.every(home)) == 3
    merged = Decision(Kind.MERGE, KEYS[1], content=Merged(KEYS[0]), reason="ใบเดียวกัน", recorded_by=BY)
    record_decisions(home, [merged])
    assert [(one.one.key, one.other.key) for one in open_questions.every(home)] == [(KEYS[0], KEYS[2])]
    record_decisions(home, [Decision(Kind.WITHDRAW, KEYS[2], reason="ขอถอน", recorded_by=BY)])
    with reading(home.engine) as session:
        assert namesakes(session, KEYS) == {}
