"""From XML to the domain model: what is tolerated, what is refused, what is never a zero."""

from collections.abc import Mapping
from datetime import date

import pytest

from mochocho.standards.load import load_pack
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, FileRef, NotAssessed, Round
from processing.assessment.application_checks import remarks
from processing.register.read.application import read_application
from processing.register.read.score_sheet import read_sheet
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance, parse_instance
from xlsforms import names

PACK = load_pack("2568-sample").pack


def instance(body: str, meta: str = "") -> Instance:
    return parse_instance(
        f'<data id="f" version="1" xmlns:x="urn:x">{body}'
        f"<x:meta><x:instanceID>uuid:i1</x:instanceID>{meta}</x:meta></data>".encode()
    )


def received(files: Mapping[str, str | None] | None = None) -> Mirrored:
    return Mirrored("root", "i1", "1", "0" * 64, files or {}, ("5701",), False, "s")


def test_an_application_with_repeats_in_any_group() -> None:
    entity = '<x:entity dataset="applicants" id="e1" create="1"><x:label>ก</x:label></x:entity>'
    body = """
      <applicant_type>leader</applicant_type>
      <who><applicant_name> นางสมมติ  ทดสอบ </applicant_name><district>5701</district></who>
      <applied_on>2025-01-15</applied_on><national_id>๑-๐๐๐๐-๐๐๐๐๐-๐๐-๙</national_id><phone>000-000-0000</phone>
      <g><el_leader_residence_1y>24</el_leader_residence_1y></g>
      <docs>
        <doc_leader_application_form/>
        <doc_leader_id_card_copy>attached</doc_leader_id_card_copy>
        <pages_leader_id_card_copy><photo_leader_id_card_copy>1.jpg</photo_leader_id_card_copy></pages_leader_id_card_copy>
        <pages_leader_id_card_copy><photo_leader_id_card_copy/></pages_leader_id_card_copy>
        <pages_leader_id_card_copy><photo_leader_id_card_copy>2.jpg</photo_leader_id_card_copy></pages_leader_id_card_copy>
        <doc_leader_photo>attached</doc_leader_photo><photo_leader_photo>me.jpg</photo_leader_photo>
      </docs>
      <signature>sig.png</signature>"""
    application, identity = read_application(
        instance(body, entity),
        received({"1.jpg": "aa", "2.jpg": None, "me.jpg": "cc", "sig.png": "dd"}),
        PACK,
    )
    assert (application.key, application.root_id, application.instance_id) == ("e1", "root", "i1")
    assert (application.type, application.name) == (ApplicantType.LEADER, "นางสมมติ ทดสอบ")
    assert application.applied_on == date(2025, 1, 15)
    assert application.eligibility["residence_1y"] == "24"
    assert application.eligibility["respected"] == ""
    assert application.documents["id_card_copy"].pages == (FileRef("1.jpg", "aa"), FileRef("2.jpg", None))
    assert application.portrait == FileRef("me.jpg", "cc")
    assert application.documents["application_form"].status == "signed"
    assert application.documents["application_form"].pages == (FileRef("sig.png", "dd"),)
    assert application.documents["house_registration_copy"].status == ""
    assert application.officer_districts == ("5701",)
    assert (identity.key, identity.national_id, identity.phone) == ("e1", "1000000000009", "000-000-0000")
    assert "1000000000009" not in repr(identity)


def test_almost_nothing_is_enough_to_be_registered() -> None:
    application, _ = read_application(instance("<applicant_type>group</applicant_type>"), received(), PACK)
    assert (application.key, application.name, application.applied_on) == ("root", "", None)


@pytest.mark.parametrize("body", ["", "<applicant_type/>", "<applicant_type>ผู้นำ</applicant_type>"])
def test_an_application_of_no_known_type_is_refused(body: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_application(instance(body), received(), PACK)
    assert caught.value.code == "application.type_unknown"


def test_fields_the_pack_does_not_know_are_kept_for_the_checks_to_name() -> None:
    body = "<applicant_type>group</applicant_type><el_group_new>yes</el_group_new>"
    body += "<doc_group_new>later</doc_group_new>"
    application, _ = read_application(instance(body), received(), PACK)
    assert application.eligibility["new"] == "yes"
    assert application.documents["new"].status == "later"


def test_a_sheet_with_what_was_not_assessed() -> None:
    body = """<applicant_key>uuid:e1</applicant_key><applicant_type>group</applicant_type>
      <assessor>a1</assessor><assessor_name>นายตรวจ</assessor_name>
      <i_G1_1_1>1</i_G1_1_1><i_G1_2_1/><i_G2_1_1>4.0</i_G2_1_1><e_G1_1_1>p.jpg</e_G1_1_1>
      <total>NaN</total><full>6000</full><percent/>"""
    sheet = read_sheet(instance(body), received({"p.jpg": "aa"}), PACK)
    assert (sheet.applicant_key, sheet.assessor_id, sheet.assessor) == ("e1", "a1", "นายตรวจ")
    assert list(sheet.answers) == [i.code for i in PACK.standard(ApplicantType.GROUP).indicators]
    assert {code for code, answer in sheet.answers.items() if answer is not None} == {"G1.1.1", "G2.1.1"}
    assert sheet.answers["G2.1.1"] == 4
    assert dict(sheet.evidence) == {"G1.1.1": FileRef("p.jpg", "aa")}
    assert (sheet.phone_total, sheet.phone_max, sheet.phone_percent) == (None, 6000, None)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "sheet.no_applicant"),
        ("<applicant_key>e</applicant_key><i_G1_2_1>2.5</i_G1_2_1>", "sheet.not_a_number"),
        ("<applicant_key>e</applicant_key><round>self_before</round>", "sheet.unknown_round"),
        ("<applicant_key>e</applicant_key><i_G1_2_1>-1</i_G1_2_1>", "sheet.out_of_range"),
        ("<applicant_key>e</applicant_key><i_G9_9_9>1</i_G9_9_9>", "sheet.unknown_indicator"),
    ],
)
def test_a_sheet_that_cannot_be_counted_is_refused_whole(body: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_sheet(instance(body), received(), PACK)
    assert caught.value.code == code


def test_a_sheet_copied_from_paper_for_the_provincial_round() -> None:
    body = """<applicant_key>e1</applicant_key><applicant_type>group</applicant_type><round>provincial</round>
      <mode>paper</mode><entered_by>นางธุรการ</entered_by><conflict>no</conflict><assessor_name>ก</assessor_name>
      <n_G1_1_1>other</n_G1_1_1><n_G1_1_1_why>เอกสารสูญหาย</n_G1_1_1_why><n_G1_1_2>no_evidence</n_G1_1_2>
      <i_G1_2_1>4</i_G1_2_1><j_G1_2_1>เห็นสมุดประชุม</j_G1_2_1>
      <sheets><sheet_photo>1.jpg</sheet_photo></sheets><sheets><sheet_photo>2.jpg</sheet_photo></sheets>"""
    sheet = read_sheet(instance(body), received({"1.jpg": "aa", "2.jpg": None}), PACK)
    assert (sheet.round, sheet.mode, sheet.entered_by) == (Round.PROVINCIAL, "paper", "นางธุรการ")
    assert sheet.papers == (FileRef("1.jpg", "aa"), FileRef("2.jpg", None))
    assert sheet.not_assessed == {
        "G1.1.1": NotAssessed("other", "เอกสารสูญหาย"),
        "G1.1.2": NotAssessed("no_evidence"),
    }
    assert (sheet.answers["G1.1.1"], sheet.answers["G1.2.1"]) == (None, 4)
    assert sheet.justifications == {"G1.2.1": "เห็นสมุดประชุม"}
    assert sheet.interest is None


def test_the_first_page_of_the_paper_stands_outside_the_repeat_of_the_others() -> None:
    body = """<applicant_key>e1</applicant_key><mode>paper</mode><sheet_photo>1.jpg</sheet_photo>
      <more_sheets><sheet_page>2.jpg</sheet_page></more_sheets><more_sheets><sheet_page/></more_sheets>
      <location>19.9 99.8 400 5</location>"""
    sheet = read_sheet(instance(body), received({"1.jpg": "aa", "2.jpg": "bb"}), PACK)
    assert sheet.gps == ""  # where a paper is copied says nothing
    assert sheet.papers == (FileRef("1.jpg", "aa"), FileRef("2.jpg", "bb"))


@pytest.mark.parametrize(
    ("phone", "moo", "shown", "found"),
    [
        ("000-000-0000", "4", "4", []),
        ("๐๐ ๐๐๐ ๐๐๐๐", "๐๔", "4", []),
        ("", "", "", []),
        ("0--------", "00", "", ["applicant.no_telephone", "applicant.no_village_number"]),
        ("00-0000-0000-0", "100", "", ["applicant.no_telephone", "applicant.no_village_number"]),
        ("ไม่มี", "ม.4", "", ["applicant.no_telephone", "applicant.no_village_number"]),
    ],
)
def test_what_is_no_telephone_or_village_is_a_finding(
    phone: str, moo: str, shown: str, found: list[str]
) -> None:
    body = "<applicant_type>group</applicant_type><applicant_name>ก</applicant_name>"
    body += "<applied_on>2025-01-15</applied_on>"
    body += f"<phone>{phone}</phone><moo>{moo}</moo>"
    application, identity = read_application(instance(body), received(), PACK)
    assert (application.moo, identity.phone) == (shown, phone)
    assert [f.code for f in remarks(application)] == found


AGE, YEAR = "applicant.no_age", "applicant.no_founding_year"


@pytest.mark.parametrize(
    ("age", "founded", "shown", "found"),
    [
        ("15", "2100", (15, 2100), []),
        ("110.0", "2567", (110, 2567), []),
        ("", "", (None, None), []),
        ("14", "2568", (None, None), [AGE, YEAR]),  # one applied in 2567
        ("111", "1997", (None, None), [AGE, YEAR]),
        ("สี่สิบ", "พ.ศ. 2540", (None, None), [AGE, YEAR]),
    ],
)
def test_an_age_and_a_year_of_founding_are_told_or_asked_about(
    age: str, founded: str, shown: tuple[int | None, int | None], found: list[str]
) -> None:
    body = "<applicant_type>group</applicant_type><applicant_name>ก</applicant_name>"
    body += f"<applied_on>2024-12-15</applied_on><age>{age}</age><founded_be>{founded}</founded_be>"
    application, _ = read_application(instance(body), received(), PACK)
    assert (application.age, application.founded_be) == shown
    assert [f.code for f in remarks(application)] == found


def test_a_year_of_founding_without_a_day_of_the_application_is_not_after_the_cycle() -> None:
    body = "<applicant_type>group</applicant_type><applied_on/><founded_be>{}</founded_be>"
    years = [read_application(instance(body.format(y)), received(), PACK)[0].founded_be for y in (2568, 2569)]
    assert years == [2568, None]


def test_what_was_done_is_read_in_its_order_without_what_was_left_empty() -> None:
    body = """<applicant_type>leader</applicant_type><occupation> ทำนา  </occupation><main_work_1/>
      <main_work_2>ตั้งกลุ่ม
 ออมทรัพย์</main_work_2><main_work_3>#panic() {{7*7}}</main_work_3>"""
    application, _ = read_application(instance(body), received(), PACK)
    assert application.occupation == "ทำนา"
    assert application.main_works == ("ตั้งกลุ่ม ออมทรัพย์", "#panic() {{7*7}}")


def test_a_form_that_does_not_ask_for_the_background_tells_none_and_nothing_is_found() -> None:
    body = """<applicant_type>leader</applicant_type><applicant_name>ก</applicant_name>
      <applied_on>2024-12-15</applied_on>"""
    read, _ = read_application(instance(body), received(), PACK)
    assert (read.age, read.occupation, read.founded_be, read.main_works) == (None, "", None, ())
    assert list(remarks(read)) == []


@pytest.mark.parametrize(
    ("fix", "gps"),
    [
        ("", ""),
        ("19.9 99.8 400.0 5.0", "fix"),
        ("19.9 99.8 400.0 0.0", "mocked"),
        ("19.9 99.8", "fix"),
        ("20.047 99.771 0.0 0.0", "placed"),
        ("20.047 99.771 0 0", "placed"),
        ("20.047 99.771 -0.0 0", "placed"),
        ("20.047 99.771 0.0 12.5", "fix"),
        ("20.047 99.771 0", "fix"),
        ("0 0 0 0", "placed"),
    ],
)
def test_where_a_sheet_was_filled(fix: str, gps: str) -> None:
    body = f"<applicant_key>e1</applicant_key><mode>own</mode><location>{fix}</location>"
    assert read_sheet(instance(body), received(), PACK).gps == gps


def test_a_declaration_scores_nothing_whatever_else_it_holds() -> None:
    body = """<applicant_key>e1</applicant_key><applicant_type>group</applicant_type><i_G1_1_1>1</i_G1_1_1>
      <conflict>yes</conflict><conflict_why>เป็นประธานกลุ่ม</conflict_why>"""
    sheet = read_sheet(instance(body), received(), PACK)
    assert (sheet.interest, sheet.answers) == ("เป็นประธานกลุ่ม", {})


@pytest.mark.parametrize(("code", "chosen"), [("G1.1.1", "2"), ("G1.1.1", "มาก"), ("G1.1.1", "-1")])
def test_a_choice_that_was_not_offered_is_kept_apart(code: str, chosen: str) -> None:
    chose = f"<{names.indicator(code)}>{chosen}</{names.indicator(code)}>"
    body = f"<applicant_key>e</applicant_key><applicant_type>group</applicant_type>{chose}"
    sheet = read_sheet(instance(body), received(), PACK)
    assert (sheet.answers[code], sheet.unusable) == (None, {code: chosen})
