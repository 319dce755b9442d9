"""Both forms filled in as a person does, with ODK Collect's engine."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Standard
from mochocho.words import thai
from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from tests.headless import answers
from tests.headless.collect import ENGLISH, THAI, Answer, FillResult, HeadlessCollect, headless
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm, Profile

PACK = load_pack("2568-sample").pack
CHIANG_RAI = Province.named("เชียงราย")
LEADER = PACK.standard(ApplicantType.LEADER)
each_type = pytest.mark.parametrize("standard", PACK.standards, ids=lambda standard: str(standard.code))


@dataclass(frozen=True)
class Phone:
    """A phone with both forms in a folder, as Collect keeps them; the folder also holds their media."""

    engine: HeadlessCollect
    folder: Path

    def apply(self, filled: answers.Answers, language: str = THAI) -> FillResult:
        form = self.folder / f"{names.APPLICATION}.xml"
        return self.engine.fill(form, filled.values, repeats=filled.repeats, language=language)

    def score(self, values: dict[str, Answer], language: str = THAI) -> FillResult:
        return self.engine.fill(self.folder / f"{names.ONSITE}.xml", values, language=language)


@cache
def built(profile: Profile) -> tuple[BuiltForm, ...]:
    return build_forms(PACK, CHIANG_RAI, profile)


def phone_with(folder: Path, profile: Profile) -> Phone:
    engine = headless()
    for form in built(profile):
        (folder / f"{form.form_id}.xml").write_text(form.xform, encoding="utf-8")
        for name, content in form.media.items():
            (folder / name).write_bytes(content)
    return Phone(engine, folder)


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return phone_with(tmp_path, "odk")


@pytest.fixture
def listed(phone: Phone) -> dict[ApplicantType, str]:
    """One applicant of each type on the phone's list, and one of another district: type -> key."""
    rows = [answers.entity(phone.apply(answers.application(s))) for s in PACK.standards]
    far = answers.entity(phone.apply(answers.application(LEADER, district="5718")))
    answers.write_applicants(phone.folder, [*rows, far])
    return {ApplicantType(row["applicant_type"]): row["name"] for row in rows}


def finalised(filled: FillResult) -> etree._Element:
    assert filled.xml is not None, filled.problems
    return etree.fromstring(filled.xml.encode())


def value(root: etree._Element, field: str) -> str | None:
    return root.findtext(f".//{{*}}{field}")


def fields(root: etree._Element) -> list[str]:
    return [etree.QName(element).localname for element in root.iter(etree.Element)]


def refusals(filled: FillResult) -> dict[str, tuple[str, str]]:
    assert filled.xml is None
    return {problem.name: (problem.code, problem.message) for problem in filled.problems}


def scores(standard: Standard) -> dict[str, int]:
    return answers.random_answers(standard.indicators, random.Random(2568))


# The application


@each_type
def test_a_complete_application_of_each_type(phone: Phone, standard: Standard) -> None:
    given = answers.application(standard)
    filled = phone.apply(given)
    root = finalised(filled)
    assert filled.unused == ()
    for field, answer in given.values.items():
        written = [element.text for element in root.iterfind(f".//{{*}}{field}")]
        assert written == (answer if isinstance(answer, list) else [str(answer)])
    assert answers.entity(filled) == {
        "name": answers.entity(filled)["name"],
        "label": f"{given.values['applicant_name']} (เมืองเชียงราย)",
        "applicant_type": standard.code,
        "applicant_name": given.values["applicant_name"],
        "district": "5701",
        "district_name": "เมืองเชียงราย",
    }


@each_type
def test_only_the_chosen_type_is_asked_about_and_written(phone: Phone, standard: Standard) -> None:
    filled = phone.apply(answers.application(standard))
    others = [other.code for other in PACK.standards if other is not standard]
    asked = [question.name for question in filled.seen] + fields(finalised(filled))
    for other in others:
        assert not [name for name in asked if name.startswith(tuple(f"{kind}_{other}_" for kind in KINDS))]
    assert ("national_id" in asked) == (standard.code == "leader")


KINDS = ("el", "doc", "pages", "photo", "waived")


@each_type
def test_an_application_without_any_document_is_finalised(phone: Phone, standard: Standard) -> None:
    later = finalised(phone.apply(answers.application(standard, status="later")))
    silent = answers.application(standard, status="later")
    for document in standard.documents:
        field = names.document(standard.code, document.code)
        assert value(later, field) == "later"
        del silent.values[field]
    unanswered = finalised(phone.apply(silent))
    for root in (later, unanswered):
        assert not [field for field in fields(root) if field.startswith(("pages_", "photo_", "signature"))]


@each_type
def test_the_application_signed_on_the_phone(phone: Phone, standard: Standard) -> None:
    form = next(document for document in standard.documents if document.capture == "signed_form")
    field = names.document(standard.code, form.code)
    signed = answers.application(standard, status="later", signature="signature.png")
    signed.values[field] = "signed"
    filled = phone.apply(signed)
    assert value(finalised(filled), "signature") == "signature.png"
    assert filled.unused == ()
    question = next(question for question in filled.seen if question.name == "signature")
    assert str(signed.values["applicant_name"]) in question.label


def test_a_waived_copy_names_who_saw_the_original(phone: Phone) -> None:
    given = answers.application(LEADER)
    field, who = (name(LEADER.code, "id_card_copy") for name in (names.document, names.waived_by))
    given.values[field] = "waived"
    assert refusals(phone.apply(given)) == {who: ("required", "กรุณากรอกชื่อผู้ตรวจตัวจริง")}
    given.values[who] = "นายตัวอย่าง ผู้ตรวจ"
    root = finalised(phone.apply(given))
    assert value(root, who) == "นายตัวอย่าง ผู้ตรวจ"
    assert names.photo(LEADER.code, "id_card_copy") not in fields(root)


def test_a_wrong_national_id_is_refused_in_both_languages(phone: Phone) -> None:
    given = answers.application(LEADER, national_id="1000000000008")
    assert refusals(phone.apply(given))["national_id"] == (
        "constraint",
        "เลขประจำตัวประชาชนไม่ถูกต้อง ตรวจให้ครบ 13 หลัก หากไม่มีเลข 13 หลัก ให้ลบออกแล้วเลือกข้อถัดไป",
    )
    assert refusals(phone.apply(given, ENGLISH))["national_id"][1].startswith("Not a valid national ID")


def test_the_phone_and_the_server_agree_on_every_national_id(phone: Phone) -> None:
    dice = random.Random(13)
    for _ in range(40):
        body = "".join(dice.choices("0123456789", k=12))
        good = body + thai.national_id_check_digit(body)
        for number in (good, good[:-1] + dice.choice("0123456789"), good[: dice.randint(1, 12)], good + "0"):
            filled = phone.apply(answers.application(LEADER, status="later", national_id=number))
            assert (filled.xml is not None) == thai.valid_national_id(number), number


def test_a_leader_without_a_national_id_says_why(phone: Phone) -> None:
    given = answers.application(LEADER, no_national_id="none")
    del given.values["national_id"]
    filled = phone.apply(given)
    assert value(finalised(filled), "no_national_id") == "none"
    choices = next(question.choices for question in filled.seen if question.name == "no_national_id")
    assert choices["none"] == "ไม่มีเลข 13 หลัก"


TYPED_WRONGLY = {
    "a name of 2,000 characters": ("applicant_name", "ก" * 2000, "ชื่อต้องมี 2 ถึง 200 ตัวอักษร"),
    "a name of spaces": ("applicant_name", "   ", "ชื่อต้องมี 2 ถึง 200 ตัวอักษร"),
    "a village of 2,000 characters": ("village", "ก" * 2000, "ยาวได้ไม่เกิน 100 ตัวอักษร"),
    "an address of 2,000 characters": ("address", "ก" * 2000, "ยาวได้ไม่เกิน 300 ตัวอักษร"),
    "a phone of three digits": ("phone", "191", "หมายเลขโทรศัพท์ต้องขึ้นต้นด้วย 0"),
    "a phone of dashes": ("phone", "0--------", "หมายเลขโทรศัพท์ต้องขึ้นต้นด้วย 0"),
    "a phone of eleven digits": ("phone", "000-0000-0000", "มีตัวเลข 9 หรือ 10 หลัก"),
    "a village of zeros": ("moo", "00", "หมู่ที่เป็นตัวเลข 1 ถึง 99"),
    "a village below one": ("moo", "๐", "หมู่ที่เป็นตัวเลข 1 ถึง 99"),
    "a date to come": ("applied_on", "2099-01-01", "วันที่ต้องไม่อยู่ในอนาคต"),
    "B.E. typed as C.E.": ("applied_on", "2567-12-01", "ตรวจว่าไม่ได้สลับปี พ.ศ. กับ ค.ศ."),
    "C.E. typed as B.E.": ("applied_on", "1481-12-01", "ตรวจว่าไม่ได้สลับปี พ.ศ. กับ ค.ศ."),
    "an age of a child": ("age", 14, "อายุเป็นจำนวนปี 15 ถึง 110"),
    "months below zero": ("el_leader_residence_1y", -1, "จำนวนเดือนต้องอยู่ระหว่าง 0 ถึง 1200"),
}


@pytest.mark.parametrize(("field", "typed", "message"), TYPED_WRONGLY.values(), ids=TYPED_WRONGLY)
def test_what_is_typed_wrongly_is_refused_with_a_reason(
    phone: Phone, field: str, typed: Answer, message: str
) -> None:
    given = answers.application(LEADER)
    given.values[field] = typed
    refused = refusals(phone.apply(given))
    assert refused.keys() == {field}
    assert message in refused[field][1]


def test_a_year_of_founding_is_a_buddhist_one_that_has_begun(phone: Phone) -> None:
    group = PACK.standard(ApplicantType.GROUP)
    taken, common, to_come = (
        phone.apply(answers.application(group, status="later", founded_be=year))
        for year in (2567, 1997, 2568)
    )
    assert value(finalised(taken), "founded_be") == "2567"
    said = "ต้องเป็นปี พ.ศ. ที่ไม่เกินปีที่สมัคร ถ้าเป็นปี ค.ศ. ให้บวก 543 หากไม่ทราบให้เว้นว่าง"
    for refused in (common, to_come):
        assert refusals(refused) == {"founded_be": ("constraint", said)}


# The onsite score sheet


@each_type
@pytest.mark.parametrize("way", ["picked", "scanned", "scanned in capitals"])
def test_a_score_sheet_of_each_type(
    phone: Phone, listed: dict[ApplicantType, str], standard: Standard, way: str
) -> None:
    key = listed[standard.code]
    given = answers.onsite(key, scores(standard))
    if way != "picked":
        del given["picked"], given["district"]
        given["scan"] = key.upper() if way == "scanned in capitals" else key
    filled = phone.score(given)
    root = finalised(filled)
    assert filled.unused == ()
    assert value(root, "applicant_key") == key
    assert value(root, "applicant_type") == standard.code
    assert value(root, "applicant_name") == f"{standard.th}ตัวอย่าง บ้านดอนแก้ว"
    written = {field for field in fields(root) if field.startswith("i_")}
    assert written == {names.indicator(indicator.code) for indicator in standard.indicators}


def test_the_list_holds_the_chosen_district_only(phone: Phone, listed: dict[ApplicantType, str]) -> None:
    filled = phone.score({"district": "5701"})
    offered = next(question.choices for question in filled.seen if question.name == "picked")
    assert set(offered) == set(listed.values())
    filled = phone.score({"district": "5718"})
    (far,) = next(question.choices for question in filled.seen if question.name == "picked").values()
    assert far == "ผู้นำชุมชนตัวอย่าง บ้านดอนแก้ว (ดอยหลวง)"


@pytest.mark.parametrize(
    "scanned",
    [
        "0" * 36,
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "https://example.org/{key}",
        "{key} ",
        "{key} {key}",
        "-",
    ],
)
def test_a_code_that_is_not_on_the_phones_list_is_refused_in_thai(
    phone: Phone, listed: dict[ApplicantType, str], scanned: str
) -> None:
    given: dict[str, Answer] = {"scan": scanned.format(key=listed[ApplicantType.LEADER])}
    code, message = refusals(phone.score(given))["scan"]
    assert code == "constraint"
    assert message.startswith("รหัสนี้ไม่อยู่ในรายชื่อผู้สมัครบนเครื่องนี้")


@each_type
def test_an_indicator_that_is_not_assessed_blocks_and_gives_no_total(
    phone: Phone, listed: dict[ApplicantType, str], standard: Standard
) -> None:
    given = answers.onsite(listed[standard.code], scores(standard))
    missing = names.indicator(standard.indicators[-1].code)
    del given[missing]
    filled = phone.score(given)
    code, message = refusals(filled)[missing]
    assert code == "required"
    assert message.startswith("ยังไม่ได้ประเมินข้อนี้")
    (shown,) = (question.label for question in filled.seen if question.name == "preliminary")
    assert shown.startswith("คะแนนเบื้องต้น: - จาก ")


OUT_OF_RANGE = {"count": (-1, 1_000_000), "percent": (-1, 101), "yes_no": (2,), "rubric": (0, 6)}


@each_type
def test_answers_out_of_range_are_refused(
    phone: Phone, listed: dict[ApplicantType, str], standard: Standard
) -> None:
    for indicator in standard.indicators:
        for answer in OUT_OF_RANGE[indicator.measure.kind]:
            given = answers.onsite(listed[standard.code], scores(standard) | {indicator.code: answer})
            field = names.indicator(indicator.code)
            assert refusals(phone.score(given)).keys() == {field}, (indicator.code, answer)


def test_levels_thresholds_and_full_marks_are_shown(phone: Phone, listed: dict[ApplicantType, str]) -> None:
    for standard in PACK.standards:
        filled = phone.score(answers.onsite(listed[standard.code], scores(standard)))
        shown = {question.name: question for question in filled.seen}
        for indicator in standard.indicators:
            question = shown[names.indicator(indicator.code)]
            assert f"ได้เต็ม {indicator.full_marks} คะแนน" in question.hint
            if indicator.measure.kind == "count":
                assert indicator.measure.unit_th in question.label
                assert f"{indicator.measure.threshold} {indicator.measure.unit_th}" in question.hint
            if indicator.measure.kind == "rubric":
                labels = [f"{level.level} – {level.th}" for level in PACK.rubric_levels]
                assert list(question.choices.values()) == labels


def test_a_score_sheet_asks_for_assessor_date_and_interest_only(
    phone: Phone, listed: dict[ApplicantType, str]
) -> None:
    given = answers.onsite(listed[ApplicantType.GROUP], scores(PACK.standard(ApplicantType.GROUP)))
    asked = {"assessor_typed", "visited_on", "conflict"}
    bare = {field: answer for field, answer in given.items() if field not in asked}
    assert refusals(phone.score(bare)).keys() == asked
    full = given | {
        "location": "19.9 99.8 400 5",
        "remarks": "ดี",
        "sign_assessor": "a.png",
        "sign_applicant": "b.png",
    }
    root = finalised(phone.score(full))
    assert value(root, "location") == "19.9 99.8 400.0 5.0"
    assert value(root, "sign_applicant") == "b.png"


def test_the_kobo_forms_work_with_the_list_as_a_plain_file(tmp_path: Path) -> None:
    phone = phone_with(tmp_path, "kobo")
    assert refusals(phone.score({"district": "5701", "picked": "x"}))["picked"][0] == "uncastable"
    root = finalised(phone.apply(answers.application(LEADER)))
    key = str(value(root, "instanceID")).removeprefix("uuid:")
    row = {
        "name": key,
        "label": "ผู้นำ",
        "applicant_type": "leader",
        "applicant_name": "ผู้นำ",
        "district": "5701",
    }
    answers.write_applicants(phone.folder, [row])
    sheet = finalised(phone.score(answers.onsite(key, scores(LEADER))))
    assert value(sheet, "applicant_key") == key
