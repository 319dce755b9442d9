"""The score sheet as assessors and clerks fill it in, in both modes and rounds, with Collect's engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Indicator, Pack, Standard
from mochocho.words.model import ApplicantType, Round, ScoreSheet
from mochocho.words.numbers import half_up
from mochocho.words.places import Province
from processing.register.read.score_sheet import read_sheet
from processing.scoring.score import score_sheet
from processing.scoring.sheet_remarks import must_justify
from sync.mirror.queries import Mirrored
from sync.xform.parse import parse_instance
from tests.headless import answers
from tests.headless.collect import Answer, FillResult, headless
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm

PACK = load_pack("2568-sample").pack
CHIANG_RAI = Province.named("เชียงราย")
KEYS = {s.code: f"00000000-0000-4000-8000-00000000000{at}" for at, s in enumerate(PACK.standards)}
each_type = pytest.mark.parametrize("standard", PACK.standards, ids=lambda standard: str(standard.code))
LISTED = (
    "name,label,districts,committee\n"
    "a1,นายหนึ่ง กรรมการ,,district\n"
    "b2,นางสอง กรรมการ,5701 5702,district\n"
    "c3,นายสาม กรรมการ,5718,district\n"
    "d4,นางสี่ กรรมการ,,provincial\n"
)


@cache
def onsite_form(pack: Pack = PACK) -> BuiltForm:
    return next(f for f in build_forms(pack, CHIANG_RAI, "odk") if f.form_id == names.ONSITE)


@dataclass(frozen=True)
class Phone:
    """A phone with the score sheet and its two lists; `pack` is what the form was built from."""

    folder: Path
    pack: Pack = PACK
    device: str = "collect:headless00000001"

    def fill(self, standard: Standard, given: Mapping[str, Answer], more_sheets: int = 0) -> FillResult:
        path = self.folder / f"{names.ONSITE}.xml"
        path.write_text(onsite_form(self.pack).xform, "utf-8")
        row = {"label": "ก", "applicant_name": "ก", "district": answers.DISTRICT}
        rows = [{**row, "name": key, "applicant_type": type_} for type_, key in KEYS.items()]
        answers.write_applicants(self.folder, rows)
        asked = {**answers.onsite(KEYS[standard.code], {}), **given}
        if given.get("mode") == "paper":
            asked["take_place"] = None
        wanted = {k: v for k, v in asked.items() if v is not None}
        properties = {"deviceid": self.device}
        return headless().fill(path, wanted, repeats={"more_sheets": more_sheets}, properties=properties)

    def sheet(self, standard: Standard, given: Mapping[str, Answer], more_sheets: int = 0) -> ScoreSheet:
        """What the server reads from it."""
        filled = self.fill(standard, given, more_sheets)
        assert filled.xml is not None, filled.problems
        assert filled.unused == ()
        received = Mirrored("root", "i", "1", "0" * 64, {}, None, False, "s", names.ONSITE)
        return read_sheet(parse_instance(filled.xml.encode()), received, self.pack)


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    (tmp_path / "assessors.csv").write_text("name,label,districts,committee\n", "utf-8")
    return Phone(tmp_path)


@pytest.fixture
def listed(tmp_path: Path) -> Phone:
    (tmp_path / "assessors.csv").write_text(LISTED, "utf-8")
    return Phone(tmp_path)


def best(indicator: Indicator) -> int:
    return {"yes_no": 1, "rubric": 5}.get(indicator.measure.kind, getattr(indicator.measure, "threshold", 0))


def full_marks(standard: Standard) -> dict[str, Answer]:
    return {names.indicator(i.code): best(i) for i in standard.indicators}


def cannot(standard: Standard, *indicators: Indicator) -> dict[str, Answer]:
    """What names these on their screens as what cannot be assessed."""
    chosen = {i.code for i in indicators}
    return {
        names.cannot(component.code): " ".join(
            names.flat(i.code) for i in component.indicators if i.code in chosen
        )
        for dimension in standard.dimensions
        for component in dimension.components
        if chosen & {i.code for i in component.indicators}
    }


def refused(filled: FillResult) -> set[str]:
    assert filled.xml is None
    return {problem.name for problem in filled.problems}


def offered(filled: FillResult, name: str) -> Mapping[str, str]:
    return next(question.choices for question in filled.seen if question.name == name)


def screens(filled: FillResult, form: BuiltForm) -> int:
    """How many screens a person went through: a group shown as one list is one, any other question is one."""
    body = etree.fromstring(form.xform.encode()).find("{*}body")
    assert body is not None
    screen: dict[str, str] = {}
    for control in body.iter(etree.Element):
        if reference := control.get("ref"):
            lists = [a.get("ref", "") for a in control.iterancestors() if a.get("appearance") == "field-list"]
            screen[reference.rpartition("/")[2]] = lists[-1] if lists else reference
    return len(dict.fromkeys(screen[question.name] for question in filled.seen))


# Who assesses


def test_the_committees_list_is_offered_and_cut_to_round_and_district(listed: Phone) -> None:
    standard = PACK.standards[0]
    given = {**full_marks(standard), "assessor_typed": None}
    onsite = listed.fill(standard, given)
    assert set(offered(onsite, "assessor")) == {"a1", "b2"}
    assert refused(onsite) == {"assessor"}
    assert set(offered(listed.fill(standard, {**given, "round": "provincial"}), "assessor")) == {"d4"}
    sheet = listed.sheet(standard, {**given, "assessor": "b2"})
    assert (sheet.assessor_id, sheet.assessor) == ("b2", "นางสอง กรรมการ")


def test_whoever_is_not_on_the_list_is_typed(listed: Phone) -> None:
    standard = PACK.standards[0]
    given = {**full_marks(standard), "assessor_not_listed": "yes", "assessor_typed": "นายห้า แทน"}
    sheet = listed.sheet(standard, given)
    assert (sheet.assessor_id, sheet.assessor) == ("", "นายห้า แทน")


def test_where_no_list_was_published_the_name_is_typed_at_once(phone: Phone) -> None:
    filled = phone.fill(PACK.standards[0], full_marks(PACK.standards[0]))
    assert not {"assessor", "assessor_not_listed"} & {question.name for question in filled.seen}


# An interest


@each_type
def test_a_declared_interest_ends_the_sheet_without_any_mark(phone: Phone, standard: Standard) -> None:
    given: dict[str, Answer] = {"conflict": "yes", "conflict_why": "เป็นน้องเขย"}
    filled = phone.fill(standard, given)
    assert filled.xml is not None
    root = etree.fromstring(filled.xml.encode())
    written = {etree.QName(e).localname for e in root.iter(etree.Element)}
    assert not [name for name in written if name.startswith(("i_", "s_", "d_", "n_", "j_", "e_", "photos_"))]
    assert (root.findtext(".//{*}total") or "", "sign_assessor" in written) == ("", True)
    assert phone.sheet(standard, given).interest == "เป็นน้องเขย"
    assert refused(phone.fill(standard, {"conflict": "yes"})) == {"conflict_why"}


# What cannot be assessed


@each_type
def test_what_cannot_be_assessed_needs_a_reason_and_leaves_no_total(phone: Phone, standard: Standard) -> None:
    first, second = standard.indicators[:2]
    given = {**full_marks(standard), names.indicator(first.code): None, names.indicator(second.code): None}
    given |= cannot(standard, first, second)
    asked = {names.not_assessed(first.code), names.not_assessed(second.code)}
    assert refused(phone.fill(standard, given)) == asked
    given |= {names.not_assessed(first.code): "no_evidence", names.not_assessed(second.code): "other"}
    assert refused(phone.fill(standard, given)) == {names.not_assessed_why(second.code)}
    given[names.not_assessed_why(second.code)] = "หัวหน้าไม่อยู่"
    sheet = phone.sheet(standard, given)
    assert (sheet.answers[first.code], sheet.phone_total, sheet.phone_percent) == (None, None, None)
    assert (sheet.not_assessed[first.code].reason, sheet.not_assessed[second.code].why) == (
        "no_evidence",
        "หัวหน้าไม่อยู่",
    )
    zero = {**full_marks(standard), names.indicator(standard.indicators[-1].code): 0}
    if standard.indicators[-1].measure.kind != "rubric":
        assert phone.sheet(standard, zero).phone_total is not None


# Reasons that the pack asks for


@pytest.mark.parametrize("justify", ["always", "extremes"])
def test_a_reason_is_asked_on_the_phone_exactly_where_the_server_misses_it(
    phone: Phone, justify: str
) -> None:
    pack = asking(justify)
    asker = Phone(phone.folder, pack)
    for standard in pack.standards[:2]:
        for answer_of in (lambda _: 1, best):
            given = {i.code: answer_of(i) for i in standard.indicators}
            filled = asker.fill(standard, {names.indicator(code): a for code, a in given.items()})
            due = {names.justification(i.code) for i in standard.indicators if must_justify(i, given[i.code])}
            assert due
            assert refused(filled) == due
    said = dict.fromkeys(due, "เห็นหลักฐาน")
    sheet = asker.sheet(standard, {**full_marks(standard), **said})
    assert set(sheet.justifications.values()) == {"เห็นหลักฐาน"}


@cache
def asking(justify: str) -> Pack:
    """The released pack, every indicator of which asks for a reason."""
    data = PACK.model_dump()
    for standard in data["standards"]:
        for component in (c for d in standard["dimensions"] for c in d["components"]):
            for indicator in component["indicators"]:
                indicator["justify"] = justify
    return Pack.model_validate(data)


# Two modes, two rounds


@each_type
def test_nothing_is_asked_about_what_cannot_be_assessed_until_it_is_named(
    phone: Phone, standard: Standard
) -> None:
    last = standard.indicators[-1]
    given = full_marks(standard)
    asked = {question.name for question in phone.fill(standard, given).seen}
    screens_with_one = {
        names.cannot(c.code) for dimension in standard.dimensions for c in dimension.components
    }
    assert {name for name in asked if name.startswith("cannot_")} == screens_with_one
    assert not [name for name in asked if name.startswith("n_")]
    named = {**given, **cannot(standard, last), names.indicator(last.code): None}
    asked = {question.name for question in phone.fill(standard, named).seen}
    assert [name for name in asked if name.startswith("n_")] == [names.not_assessed(last.code)]
    assert names.indicator(last.code) not in asked


def test_on_the_assessors_own_phone_the_place_is_taken_when_it_is_said(phone: Phone) -> None:
    standard = PACK.standards[1]
    given = {**full_marks(standard), "location": "19.9 99.8 400 5", "sign_assessor": "a.png"}
    filled = phone.fill(standard, given)
    assert "location" not in {question.name for question in filled.seen}
    sheet = phone.sheet(standard, given)
    assert (sheet.mode, sheet.gps, sheet.signed, sheet.applicant_signed) == ("own", "fix", True, False)
    assert refused(phone.fill(standard, {**given, "take_place": None})) == {"take_place"}


@pytest.mark.parametrize("device", ["ee.example.org:Ab12cdEf34GhIj56", "getodk.org:web-forms", ""])
def test_a_browser_need_not_take_the_place(phone: Phone, device: str) -> None:
    standard = PACK.standards[1]
    browser = Phone(phone.folder, device=device)
    at_home = browser.sheet(standard, {**full_marks(standard), "take_place": None})
    assert (at_home.mode, at_home.gps) == ("own", "")
    there = browser.sheet(standard, {**full_marks(standard), "location": "19.9 99.8 400 5"})
    assert there.gps == "fix"
    without = phone.sheet(standard, full_marks(standard))
    assert (without.gps, without.signed) == ("", False)


def test_a_clerk_copies_a_signed_paper(phone: Phone) -> None:
    standard = PACK.standards[1]
    given = {**full_marks(standard), "mode": "paper", "location": "19.9 99.8 400 5"}
    assert refused(phone.fill(standard, given)) == {"entered_by", "sheet_photo"}
    given |= {"entered_by": "นางธุรการ ตัวอย่าง"}
    assert refused(phone.fill(standard, given)) == {"sheet_photo"}  # whatever is deleted
    given |= {"sheet_photo": "1.jpg", "sheet_page": ["2.jpg", "3.jpg"]}
    assert [photo.name for photo in phone.sheet(standard, {**given, "sheet_page": None}).papers] == ["1.jpg"]
    sheet = phone.sheet(standard, given, more_sheets=2)
    assert (sheet.mode, sheet.entered_by, sheet.assessor) == (
        "paper",
        "นางธุรการ ตัวอย่าง",
        "นายตัวอย่าง กรรมการ",
    )
    assert [photo.name for photo in sheet.papers] == ["1.jpg", "2.jpg", "3.jpg"]
    assert sheet.gps == ""


@each_type
def test_the_provincial_round_scores_the_same_way(phone: Phone, standard: Standard) -> None:
    sheet = phone.sheet(standard, {**full_marks(standard), "round": "provincial"})
    assert (sheet.round, sheet.phone_percent) == (Round.PROVINCIAL, 10_000)
    assert sheet.phone_total == half_up(score_sheet(standard, sheet.answers).points)


def test_evidence_is_photographed_for_the_chosen_indicators_only(phone: Phone) -> None:
    standard = PACK.standard(ApplicantType.GROUP)
    one, other = standard.dimensions[0].indicators[:2]
    chosen = {names.dimension_photos(standard.dimensions[0].code): names.flat(one.code)}
    photo = {names.evidence(one.code): "e.jpg"}
    sheet = phone.sheet(standard, {**full_marks(standard), **chosen, **photo})
    assert {code: ref.name for code, ref in sheet.evidence.items()} == {one.code: "e.jpg"}
    filled = phone.fill(standard, {**full_marks(standard), **chosen})
    assert names.evidence(other.code) not in {question.name for question in filled.seen}
    offers = offered(filled, names.dimension_photos(standard.dimensions[0].code))
    assert set(offers) == {names.flat(i.code) for i in standard.dimensions[0].indicators}


# Quick enough for five to nine members


@each_type
def test_a_sheet_is_one_screen_a_component_and_eight_more(phone: Phone, standard: Standard) -> None:
    form = onsite_form()
    own = screens(phone.fill(standard, full_marks(standard)), form)
    components = sum(len(dimension.components) for dimension in standard.dimensions)
    # Sample criteria, the scan, the district, the applicant, the visit; evidence, the closing, what is sent.
    assert own == components + 8
    scanned = {**full_marks(standard), "scan": KEYS[standard.code], "picked": None, "district": None}
    assert screens(phone.fill(standard, scanned), form) == components + 6
    paper = {**scanned, "mode": "paper", "entered_by": "นางธุรการ", "sheet_photo": "1.jpg"}
    assert screens(phone.fill(standard, paper), form) == components + 7
    declared = {
        "conflict": "yes",
        "conflict_why": "ญาติ",
        **{k: scanned[k] for k in ("scan", "picked", "district")},
    }
    assert screens(phone.fill(standard, declared), form) == 5
