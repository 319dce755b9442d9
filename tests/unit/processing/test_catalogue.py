"""The catalogue of findings: every code that is used, every word that is shown."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words import thai
from mochocho.words.model import Doubt, DoubtedDay, Finding, ReadFrom, Round, Severity, Value
from processing import codec
from processing.findings import value_words
from processing.findings.catalogue import CATALOGUE, ENTRIES
from processing.findings.entry import Audience, Wording
from processing.findings.making import doubted, finding, of_round
from processing.findings.of_documents import FILE_PROBLEMS
from processing.findings.saying import said
from tests.house.tree import ROOT

WORDINGS = [(one.code, wording) for one in ENTRIES for wording in one.wordings]
# A value that a placeholder of each way may get; what is free text is what anybody may type.
free = st.text("กขคา้09{}", min_size=1, max_size=60)
named = free | st.just("")
days = st.dates().map(str)
source = st.sampled_from(["spool", "central:north", "kobo:k", "folder:f", ""])
others = st.lists(st.tuples(free, free, free, source, st.just("90")), min_size=1, max_size=3).map(tuple)
OF_WAY: dict[str, st.SearchStrategy[Value]] = {
    "": free | st.integers(0, 9999),
    "agreed_by": st.sampled_from(sorted(value_words.AGREED_BY)),
    "assessor": named,
    "compared": st.tuples(days | st.just(""), days | st.just("")),
    "count": st.lists(free, min_size=1, max_size=12).map(tuple),
    "day": days,
    "days": st.lists(days | st.just(""), min_size=1, max_size=12).map(tuple),
    "edited": st.lists(st.sampled_from(sorted(value_words.EDITED)), min_size=1).map(tuple),
    "close": st.sampled_from(sorted(value_words.CLOSE)),
    "doubt": st.sampled_from([doubt.value for doubt in Doubt]),
    "form": st.sampled_from(sorted(value_words.FORMS)),
    "found": st.integers(0, 1),
    "hundredths": st.integers(0, 10000),
    "known_as": st.tuples(free, source),
    "letters": st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA0), min_size=1),
    "marks": st.lists(st.tuples(named, st.sampled_from(["", "0", "5"])), min_size=2, max_size=12).map(tuple),
    "more": st.integers(0, 500),
    "not_assessed_by": st.lists(
        st.tuples(named, st.sampled_from(["", "no_evidence", "not_applicable", "other"]), named),
        min_size=1,
        max_size=12,
    ).map(tuple),
    "page": st.integers(0, 20),
    "sheet": st.integers(0, 20),
    "people": others,
    "person": named,
    "place": st.tuples(
        *[st.sampled_from(["0", "20", "55"])] * 2, *[st.sampled_from(["60", "85", "100"])] * 2
    ),
    "plan_parts": st.lists(st.sampled_from(sorted(value_words.PLAN_PARTS)), min_size=1).map(tuple),
    "quoted": free,
    "taken": st.sampled_from(sorted(value_words.TAKEN)),
}
ALIKE = {"people_known": "people", "listed": "count", "quoted_list": "count", "doubt_mend": "doubt"}


def _ways(wording: Wording) -> dict[str, str]:
    """Each placeholder with one way in which it is written."""
    every = (wording.template(audience) for audience in Audience)
    return {
        name: ALIKE.get(way or "", way or "")
        for text in every
        for _, name, way, _ in Formatter().parse(text)
        if name
    }


@st.composite
def made(draw: st.DrawFn) -> tuple[Finding, Wording]:
    """A finding of any wording of the catalogue, with values that it may have."""
    code, wording = draw(st.sampled_from(WORDINGS))
    values = {name: draw(OF_WAY[way]) for name, way in _ways(wording).items()}
    return finding(code, "subject", ReadFrom(), Severity.BLOCKING, **values), wording


@given(made(), st.sampled_from(Audience))
def test_a_sentence_has_all_its_values_and_leaves_no_hole(
    one: tuple[Finding, Wording], audience: Audience
) -> None:
    sentence, template = said(one[0], audience), one[1].template(audience)
    assert bool(sentence) == bool(template)
    assert not re.search(r"\{[a-z_]{3,}", sentence)
    assert not re.search(r"\(\)|“”|  |None|\( | \)", sentence)
    assert sentence == sentence.strip()
    assert sentence == thai.digits(sentence)


@given(made())
def test_a_finding_is_stored_exactly(one: tuple[Finding, Wording]) -> None:
    stored = codec.dump(one[0])
    assert codec.load(Finding, stored) == one[0]
    assert said(codec.load(Finding, stored)) == said(one[0])


def test_each_code_stands_once_and_its_wordings_are_told_apart_by_their_values() -> None:
    assert len(CATALOGUE) == len(ENTRIES)
    for one in ENTRIES:
        assert len({wording.placeholders for wording in one.wordings}) == len(one.wordings), one.code


def _codes_in_source() -> Iterator[str]:
    """Every code that source makes a finding of, as a pattern; part of one may be computed."""
    for path in sorted((ROOT / "processing").rglob("*.py")):
        text = path.read_text("utf-8")
        if path.parent.name == "findings" or not re.search(r"\b(finding|remark|_about)\(", text):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        parts_of = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in nodes:
            if id(node) in parts_of:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(r"[a-z_]+\.[a-z_]+", node.value) and node.value.split(".")[0] in FAMILIES:
                    yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else None for p in node.values]
                known = "".join("x" if part is None else str(part) for part in parts)
                if re.fullmatch(r"[a-z_]+\.[a-z_]+", known):
                    yield "".join("[a-z_]+" if part is None else re.escape(str(part)) for part in parts)


FAMILIES = {one.code.split(".")[0] for one in ENTRIES}


def test_every_code_that_is_made_is_in_the_catalogue_and_the_other_way_round() -> None:
    patterns = set(_codes_in_source())
    for pattern in patterns:
        assert any(re.fullmatch(pattern, code) for code in CATALOGUE), pattern
    for code in CATALOGUE:
        assert any(re.fullmatch(pattern, code) for pattern in patterns), code


# How the field or the office is told to do something; “ให้คะแนน” and “ให้คณะกรรมการ” are no such thing.
INSTRUCTION = re.compile(
    "ให้(แก้ไข|ส่ง|ถ่าย|ตรวจ|เปิด|ดาวน์โหลด|รับแบบ|เลือก|ระบุ|แนบ|พิมพ์|บันทึก|ตั้ง|ลด|แจ้ง|ประเมิน|ลงลายมือ|ผู้|เจ้าหน้าที่"
    "|อำเภอ|กรรมการ|สอบถาม|จัดหา|ผู้ดูแล)|ขอให้|ควรถ่าย|ส่งใหม่|อีกครั้ง|ถ่ายใหม่|ตอบใหม่|แก้ไขแล้ว|แล้วแก้ไข|หากไม่ถูกต้อง"
)
MENDS = re.compile("ให้|ขอ|ควร|ผลเป็นไปตามมติ|doubt_mend|[(]{reason}[)]")


@pytest.mark.parametrize(("code", "wording"), WORDINGS)
def test_a_committee_is_told_what_is_and_the_office_what_mends_it(code: str, wording: Wording) -> None:
    assert not INSTRUCTION.search(wording.template(Audience.COMMITTEE))
    assert MENDS.search(wording.mend)
    assert wording.template(Audience.OFFICE) == f"{wording.said} {wording.mend}"


@given(made())
def test_no_value_brings_an_instruction_of_ours_into_a_committees_paper(
    one: tuple[Finding, Wording],
) -> None:
    sentence = said(one[0], Audience.COMMITTEE).replace(value_words.NOT_ASSESSED["no_evidence"], "")
    assert not INSTRUCTION.search(sentence)


# Beside these sentences the notice itself says what to do, or nothing can be done.
SAID_BY_THE_NOTICE = {
    "eligibility.not_met",
    "eligibility.barred",
    "resolution.conditional",
    "resolution.deferred",
    "resolution.failed",
}


@pytest.mark.parametrize(("code", "wording"), [(c, w) for c, w in WORDINGS if w.field])
def test_the_field_is_told_what_mends_it(code: str, wording: Wording) -> None:
    told = wording.template(Audience.FIELD)
    if wording.severity is None:  # why a document is asked for; the notice says how it is sent
        assert len(told) <= 40
        assert code == "document.returned" or not list(_placeholders(told))  # that one in a person's words
    else:
        assert MENDS.search(told) or code in SAID_BY_THE_NOTICE


def test_the_field_reads_of_nobody_else() -> None:
    for _, wording in WORDINGS:
        assert not {"others", "masked_id", "who"} & set(_placeholders(wording.template(Audience.FIELD)))


def _placeholders(template: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(template) if name)


def test_each_problem_of_a_file_is_worded_wherever_files_are_shown() -> None:
    for problem in FILE_PROBLEMS:
        for family in ("document.", "evidence.", "sheet.paper_"):
            assert f"{family}{problem}" in CATALOGUE


@pytest.mark.parametrize("doubt", Doubt)
def test_what_a_doubted_day_says(doubt: Doubt) -> None:
    day = DoubtedDay("applied_on", "วันที่สมัคร", "๒๕๖๘-๐๑-๓๒" * 13, doubt)
    sentence = said(finding("applicant.unlikely_date", day.path, **doubted(day)))
    assert sentence.startswith("วันที่สมัคร “")
    assert "…”" in sentence
    assert sentence.endswith("แล้วแก้ไขใบสมัคร")


def test_words_of_other_values_than_were_stored_are_said_by_their_code_until_judged_anew() -> None:
    gone = Finding("applicant.no_name", "x", Severity.WARNING, (("was", "อื่น"),))
    unknown = Finding("no.such_code", "x", Severity.WARNING)
    assert said(gone) == "ข้อตรวจพบ applicant.no_name"
    assert said(unknown) == "ข้อตรวจพบ no.such_code"


def test_what_an_older_version_stored_is_said_as_it_had_it() -> None:
    stored = {
        "code": "document.later",
        "subject": "photo",
        "severity": "blocking",
        "message_th": "ยังไม่ได้ส่งรูปถ่าย",
        "read_from": {"instance_id": "uuid:1", "path": "photo", "sha256": ""},
    }
    of_photo = codec.load(Finding, stored)
    assert said(of_photo) == said(of_photo, Audience.COMMITTEE) == "ยังไม่ได้ส่งรูปถ่าย"
    assert said(of_photo, Audience.FIELD) == "แจ้งว่าจะส่งภายหลัง"
    of_others = replace(of_photo, code="applicant.same_name", message_th="ตรงกับใบสมัครของ นายสมมุติ")
    assert "สมมุติ" not in said(of_others, Audience.FIELD)
    assert said(replace(of_photo, code="sheet.no_gps"), Audience.FIELD) == ""
    assert said(replace(of_photo, code="applicant.no_name"), Audience.FIELD) == of_photo.message_th


def test_a_wrong_name_of_a_value_or_a_gravity_that_nobody_said_is_a_mistake_of_the_program() -> None:
    with pytest.raises(LookupError):
        finding("document.later", "photo", paper="รูปถ่าย")
    with pytest.raises(LookupError):
        finding("no.such_code", "photo")
    with pytest.raises(TypeError):
        finding("document.later", "photo", document="รูปถ่าย")


def test_the_round_is_named_where_it_is_the_provinces() -> None:
    one = finding("sheet.no_gps", "onsite", who="นายก")
    assert said(of_round(one, Round.PROVINCIAL)) == f"รอบจังหวัด: {said(one)}"
    assert of_round(one, Round.ONSITE) == one
