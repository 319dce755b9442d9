"""The plan and the self-assessment, filled in with ODK Collect's engine and read by the server."""

import csv
import random
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack, Standard
from mochocho.words.model import ApplicantType, Plan, SelfAssessment
from mochocho.words.numbers import half_up
from mochocho.words.places import Province
from processing.register.read.plan import read_plan
from processing.register.read.self_assessment import read_self_assessment
from processing.scoring.score import score_sheet
from sync.mirror.queries import Mirrored
from sync.xform.parse import parse_instance
from tests.headless import answers
from tests.headless.collect import ENGLISH, THAI, Answer, FillResult, headless
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm, Profile
from xlsforms.list_columns import COLUMNS

PACK = load_pack("2568-sample").pack
NETWORK = PACK.standard(ApplicantType.NETWORK)
KEYS = {s.code: f"00000000-0000-4000-8000-00000000000{n}" for n, s in enumerate(PACK.standards)}
KEY = KEYS[ApplicantType.NETWORK]
MET = "N1.2.2"
each_type = pytest.mark.parametrize("standard", PACK.standards, ids=lambda standard: str(standard.code))


@cache
def built(profile: Profile) -> Mapping[str, BuiltForm]:
    return {form.form_id: form for form in build_forms(PACK, Province.named("เชียงราย"), profile)}


def phone_with(folder: Path, profile: Profile, items: Iterable[Mapping[str, str]] = ()) -> Path:
    """A phone with both forms and the lists: an applicant of each type, and these sub-criteria."""
    for form_id in (names.PLAN, names.SELF_ASSESSMENT):
        (folder / f"{form_id}.xml").write_text(built(profile)[form_id].xform, encoding="utf-8")
    applicants = [
        {"name": key, "label": "ก", "applicant_type": type_, "applicant_name": "เครือข่ายตัวอย่าง"}
        | {"district": answers.DISTRICT, "district_name": "เมืองเชียงราย"}
        for type_, key in KEYS.items()
    ]
    write_list(folder, names.APPLICANTS, applicants)
    write_list(folder, names.PLAN_ITEMS, items)
    return folder


def write_list(folder: Path, name: str, rows: Iterable[Mapping[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS[name], restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    return phone_with(tmp_path, "odk")


def sub_criterion(seq: int, key: str = KEY) -> dict[str, str]:
    return {
        "name": f"item-{key[-1]}-{seq}",
        "label": f"เกณฑ์ย่อยที่ {seq}",
        "applicant": key,
        "indicator": "N1.1.1",
        "seq": str(seq),
        "seq_i": str(seq),
        "target": str(10 * seq),
        "unit": "ครั้ง",
        "due": "2025-06-30",
    }


CHOSEN = {"district": answers.DISTRICT, "picked": KEY}


def planned(**more: Answer) -> dict[str, Answer]:
    """A plan of two sub-criteria and one mentor."""
    return {
        **CHOSEN,
        "agreed_on": "2025-01-10",
        "agreed_with": "สมาชิกเครือข่าย 25 คน",
        "period_months": 9,
        "item_indicator": ["N1.1.1", "N1.2.1"],
        "item_text": ["ทบทวนคำสั่งคณะกรรมการ", "ประชุมทุกเดือน"],
        "item_target": ["1", "9"],
        "item_unit": ["ฉบับ", "ครั้ง"],
        "item_gap": "กรรมการยังไม่รู้หน้าที่",
        "item_method": "แลกเปลี่ยนเรียนรู้",
        "item_when": "ม.ค.–มี.ค. 2568",
        "item_evidence": "บันทึกการประชุม",
        "item_due": ["2025-03-31", "2026-01-11"],
        "mentor_name": "นายพี่เลี้ยง ตัวอย่าง",
        "mentor_from": "certified",
        **more,
    }


def fill_plan(folder: Path, values: Mapping[str, Answer], language: str = THAI) -> FillResult:
    repeats = {"items": 2, "mentors": 1}
    return headless().fill(folder / f"{names.PLAN}.xml", values, repeats=repeats, language=language)


def assessed(standard: Standard, given: Mapping[str, int], **more: Answer) -> dict[str, Answer]:
    """A self-assessment; attendance is left to `more`."""
    asked = {i.code for i in standard.indicators if not i.from_meetings}
    return {
        "district": answers.DISTRICT,
        "picked": KEYS[standard.code],
        "round": "self_after",
        "assessed_on": "2025-03-30",
        **{names.indicator(code): answer for code, answer in given.items() if code in asked},
        **more,
    }


def meetings(*held: tuple[int, int]) -> dict[str, Answer]:
    return {
        names.meetings_held(MET): "1" if held else "0",
        names.met_on(MET): "2025-02-01",
        names.present(MET): [str(present) for present, _ in held],
        names.members(MET): [str(members) for _, members in held],
    }


def fill(folder: Path, values: Mapping[str, Answer], held: int = 0, language: str = THAI) -> FillResult:
    form = folder / f"{names.SELF_ASSESSMENT}.xml"
    return headless().fill(form, values, repeats={names.meetings(MET): held}, language=language)


def received(filled: FillResult) -> Mirrored:
    assert filled.xml is not None, filled.problems
    return Mirrored("root", "root", "1", "", {}, None, False, "")


def read(filled: FillResult) -> SelfAssessment:
    mirrored = received(filled)
    return read_self_assessment(parse_instance(str(filled.xml).encode()), mirrored, PACK)


def refusals(filled: FillResult) -> dict[str, tuple[str, str]]:
    assert filled.xml is None
    return {problem.name: (problem.code, problem.message) for problem in filled.problems}


def values(filled: FillResult) -> dict[str, str]:
    root = etree.fromstring(str(filled.xml).encode())
    return {etree.QName(e).localname: e.text or "" for e in root.iter(etree.Element)}


# The plan


def plan_of(filled: FillResult) -> Plan:
    return read_plan(parse_instance(str(filled.xml).encode()), received(filled), PACK)


def test_a_plan_is_filled_and_read(phone: Path) -> None:
    filled = fill_plan(phone, planned())
    plan = plan_of(filled)
    assert filled.unused == ()
    assert plan.applicant_key == KEY
    assert [(i.indicator, i.text, i.target, i.unit) for i in plan.items] == [
        ("N1.1.1", "ทบทวนคำสั่งคณะกรรมการ", 1, "ฉบับ"),
        ("N1.2.1", "ประชุมทุกเดือน", 9, "ครั้ง"),
    ]
    assert plan.items[1].due is not None
    assert (plan.period_months, plan.mentors[0].origin) == (9, "certified")


def test_only_indicators_of_the_applicants_type_are_offered(phone: Path) -> None:
    filled = fill_plan(phone, planned())
    choices = next(question.choices for question in filled.seen if question.name == "item_indicator")
    assert [*choices] == [i.code for i in NETWORK.indicators]
    assert choices["N1.1.1"] == f"N1.1.1 {NETWORK.indicators[0].th}"


@pytest.mark.parametrize(
    ("field", "answer", "message"),
    [
        ("item_target", "0", "เป้าหมายต้องเป็นจำนวนตั้งแต่ 1"),
        ("item_due", "2025-01-09", "กำหนดแล้วเสร็จต้องไม่ก่อนวันที่ตกลงแผน"),
        ("item_due", "2568-03-31", "กำหนดแล้วเสร็จต้องไม่ก่อนวันที่ตกลงแผน"),
        ("period_months", 13, "ระยะเวลาต้องอยู่ระหว่าง 1 ถึง 12 เดือน"),
        ("agreed_on", "2568-01-10", "วันที่ต้องไม่อยู่ในอนาคต"),
        ("item_text", "ก", "เกณฑ์ย่อยต้องมี 2 ถึง 200 ตัวอักษร"),
    ],
)
def test_a_plan_refuses_what_cannot_be(phone: Path, field: str, answer: Answer, message: str) -> None:
    code, said = refusals(fill_plan(phone, planned(**{field: answer})))[field]
    assert (code, said[: len(message)]) == ("constraint", message)


def test_a_plan_says_in_both_languages_what_is_missing(phone: Path) -> None:
    silent = {name: answer for name, answer in planned().items() if name != "item_evidence"}
    assert refusals(fill_plan(phone, silent))["item_evidence"] == ("required", "กรุณากรอกหลักฐานที่จะเก็บ")
    assert refusals(fill_plan(phone, silent, ENGLISH))["item_evidence"][1] == "Please enter the evidence."


# The self-assessment


@each_type
@pytest.mark.parametrize("seed", range(2))
def test_points_and_gaps_on_the_phone_equal_the_servers(phone: Path, standard: Standard, seed: int) -> None:
    dice = random.Random(f"{standard.code} {seed}")
    held = [(dice.randint(0, of), of) for of in dice.choices(range(1, 60), k=dice.randint(1, 4))]
    given = answers.random_answers(standard.indicators, dice)
    asked = meetings(*held) if any(i.from_meetings for i in standard.indicators) else {}
    filled = fill(phone, assessed(standard, given, **asked), len(held))
    one, written = read(filled), values(filled)
    scores = score_sheet(standard, one.answers)
    assert filled.unused == ()
    shown = (half_up(scores.points), scores.full, half_up(scores.percent or 0))
    assert (one.phone_total, one.phone_max, one.phone_percent) == shown
    assert one.phone_exact == scores.points / 100
    assert written["gap_total"] == str(scores.full - half_up(scores.points))
    for indicator in scores.indicators:
        points = half_up(indicator.points or 0)
        assert written[names.points(indicator.code)] == str(points)
        assert written[names.gap(indicator.code)] == str(indicator.full - points)
        assert written[names.indicator(indicator.code)] == str(one.answers[indicator.code])


def test_every_meeting_is_recorded_and_none_at_all_is_zero(phone: Path) -> None:
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    one = read(fill(phone, assessed(NETWORK, full, **meetings((21, 30), (7, 31))), 2))
    assert [(m.present, m.members) for m in one.meetings[MET]] == [(21, 30), (7, 31)]
    assert one.answers[MET] == 28 * 100 // 61
    none = read(fill(phone, assessed(NETWORK, full, **{names.meetings_held(MET): "0"})))
    assert (none.answers[MET], none.meetings) == (0, {})


def each_meeting_counts() -> Pack:
    """The sample where every meeting has to reach the percentage by itself."""
    content = PACK.model_dump(mode="json") | {"id": "each"}
    network = next(one for one in content["standards"] if one["code"] == NETWORK.code)
    for component in network["dimensions"][0]["components"]:
        for indicator in component["indicators"]:
            if indicator["code"] == MET:
                indicator["attendance"] = "each"
    return Pack.model_validate(content)


def test_the_least_attended_meeting_counts_where_the_pack_says_each(phone: Path) -> None:
    pack = each_meeting_counts()
    forms = build_forms(pack, Province.named("เชียงราย"), "odk")
    form = next(one for one in forms if one.form_id == names.SELF_ASSESSMENT)
    (phone / f"{names.SELF_ASSESSMENT}.xml").write_text(form.xform, encoding="utf-8")
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    for held, percent in (((24, 40), (30, 40), (32, 40)), "60"), (((29, 41), (29, 41)), "70"):
        filled = fill(phone, assessed(NETWORK, full, **meetings(*held)), len(held))
        assert values(filled)[names.indicator(MET)] == percent
        one = read_self_assessment(parse_instance(str(filled.xml).encode()), received(filled), pack)
        assert one.answers[MET] == int(percent)


def test_more_members_cannot_be_present_than_there_are(phone: Path) -> None:
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    refused = refusals(fill(phone, assessed(NETWORK, full, **meetings((31, 30))), 1))
    assert refused[names.members(MET)][1].startswith("สมาชิกทั้งหมดต้องมีอย่างน้อย 1 คน")


def test_the_applicants_own_sub_criteria_are_shown_and_recorded(tmp_path: Path) -> None:
    others = KEYS[ApplicantType.GROUP]
    phone = phone_with(tmp_path, "odk", [sub_criterion(1), sub_criterion(1, others), sub_criterion(2)])
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    own: dict[str, Answer] = {"own_actual": ["7", "0"], "own_note": ["บันทึกการประชุม", ""]}
    filled = fill(phone, assessed(NETWORK, full, **meetings((1, 1)), **own), 1)
    assert [(o.item, o.target, o.actual, o.note) for o in read(filled).own] == [
        (f"item-{KEY[-1]}-1", 10, 7, "บันทึกการประชุม"),
        (f"item-{KEY[-1]}-2", 20, 0, ""),
    ]
    shown = [question for question in filled.seen if question.name == "own_actual"]
    assert [q.label for q in shown] == [f"เกณฑ์ย่อยที่ {n} – ทำได้แล้วเท่าใด (ครั้ง)" for n in (1, 2)]
    assert "เป้าหมาย 20 (ครั้ง)" in shown[1].hint


def test_an_own_sub_criterion_is_not_passed_over(tmp_path: Path) -> None:
    phone = phone_with(tmp_path, "odk", [sub_criterion(1)])
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    filled = fill(phone, assessed(NETWORK, full, **meetings((1, 1))), 1)
    assert refusals(filled)["own_actual"] == ("required", "กรุณากรอกจำนวนที่ทำได้")


def test_without_a_plan_nothing_of_it_is_asked(phone: Path) -> None:
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    filled = fill(phone, assessed(NETWORK, full, **meetings((1, 1)), round="self_before"), 1)
    assert read(filled).own == ()
    assert not [question for question in filled.seen if question.name.startswith("own_")]


def test_a_missing_signature_is_shown_before_sending_and_stops_nobody(phone: Path) -> None:
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    given = assessed(NETWORK, full, **meetings())
    unsigned, signed = fill(phone, given), fill(phone, {**given, "sign_applicant": "s.png"})
    assert [read(filled).signed for filled in (unsigned, signed)] == [False, True]
    noted = "missing_sign_applicant"
    shown = [noted in {question.name for question in filled.seen} for filled in (unsigned, signed)]
    assert shown == [True, False]


def test_only_a_periodic_one_has_an_interval(phone: Path) -> None:
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    periodic = assessed(NETWORK, full, **meetings((1, 1)), round="self_periodic")
    assert refusals(fill(phone, periodic, 1))["interval"][0] == "required"
    assert read(fill(phone, {**periodic, "interval": "6"}, 1)).interval == 6
    assert fill(phone, assessed(NETWORK, full, **meetings((1, 1)), interval="3"), 1).unused == ("interval",)


def test_the_plan_and_the_result_meet_on_the_server(tmp_path: Path) -> None:
    """What the phone wrote of a plan, through the list, comes back under the ids of the plan."""
    plan = plan_of(fill_plan(phone_with(tmp_path, "odk"), planned()))
    rows = [
        sub_criterion(n) | {"name": item.id, "label": item.text, "target": str(item.target)}
        for n, item in enumerate(plan.items, 1)
    ]
    phone = phone_with(tmp_path, "odk", rows)
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    after = read(fill(phone, assessed(NETWORK, full, **meetings((1, 1)), own_actual=["1", "9"]), 1))
    assert [own.item for own in after.own] == [item.id for item in plan.items]


def test_kobo_takes_an_applicant_that_is_not_listed(tmp_path: Path) -> None:
    phone = phone_with(tmp_path, "kobo")
    full = dict.fromkeys((i.code for i in NETWORK.indicators), 1)
    given = assessed(NETWORK, full)
    del given["picked"]
    typed = {"not_listed": "yes", "typed_name": "เครือข่ายใหม่", "typed_type": "network"}
    filled = fill(phone, {**given, **meetings((1, 1)), **typed}, 1)
    assert filled.unused == ()
    assert (values(filled)["applicant_key"], values(filled)["own_count"]) == ("", "0")
    assert values(filled)["percent"] != ""
