"""Supplements and records of knowledge as their forms write them; fields of applications since issue 4."""

from datetime import UTC, date, datetime

import pytest

from mochocho.standards.load import load_pack
from mochocho.words.errors import BadInput
from mochocho.words.model import Adviser, FileRef, Origin, Replaces, TeamMember
from processing.register.read.application import read_application
from processing.register.read.knowledge import read_knowledge
from processing.register.read.self_assessment import read_self_assessment
from processing.register.read.supplement import read_supplement
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance, parse_instance

PACK = load_pack("2568-sample").pack
KEY = "10000000-0000-4000-8000-000000000001"


def instance(body: str) -> Instance:
    meta = "<meta><instanceID>uuid:i-1</instanceID></meta>"
    return parse_instance(f'<data id="f" version="1">{body}{meta}</data>'.encode())


def received(*names: str) -> Mirrored:
    files = {name: f"sha of {name}" for name in names}
    return Mirrored(
        form_id="f",
        root_id="r-1",
        instance_id="i-1",
        form_version="1",
        xml_sha256="x",
        files=files,
        officer_districts=("5701",),
        conflict=False,
        state_digest="d",
    )


def test_a_supplement_of_every_kind() -> None:
    body = f"""
      <end>2025-02-01T10:00:00.000+07:00</end><applicant_key>{KEY}</applicant_key>
      <for_leader_application_form><how_leader_application_form>signed</how_leader_application_form>
      </for_leader_application_form>
      <for_leader_photo><photo_leader_photo>face.jpg</photo_leader_photo></for_leader_photo>
      <for_leader_house_registration_copy>
        <how_leader_house_registration_copy>page</how_leader_house_registration_copy>
        <page_leader_house_registration_copy>2</page_leader_house_registration_copy>
        <pages_leader_house_registration_copy>
          <photo_leader_house_registration_copy>h2.jpg</photo_leader_house_registration_copy>
        </pages_leader_house_registration_copy>
      </for_leader_house_registration_copy>
      <for_leader_id_card_copy><how_leader_id_card_copy>waived</how_leader_id_card_copy>
        <waived_leader_id_card_copy> นางสาวตัวอย่าง  ใจดี</waived_leader_id_card_copy></for_leader_id_card_copy>
      <for_leader_advisory_list><how_leader_advisory_list>whole</how_leader_advisory_list>
        <pages_leader_advisory_list><photo_leader_advisory_list>v1.jpg</photo_leader_advisory_list>
        </pages_leader_advisory_list><pages_leader_advisory_list>
        <photo_leader_advisory_list>v2.jpg</photo_leader_advisory_list></pages_leader_advisory_list>
      </for_leader_advisory_list>
      <signature>s.png</signature><sent_at>2025-02-01T09:00:00.000+07:00</sent_at>"""
    read = read_supplement(instance(body), received("face.jpg", "h2.jpg", "v1.jpg", "s.png"), PACK)

    assert read.applicant_key == KEY
    assert read.sent_at == datetime(2025, 2, 1, 3, tzinfo=UTC)
    assert read.officer_districts == ("5701",)
    assert read.portrait == FileRef("face.jpg", "sha of face.jpg")
    assert {code: (d.replaces, d.page, [p.name for p in d.pages]) for code, d in read.documents.items()} == {
        "application_form": (Replaces.SIGNED, 0, ["s.png"]),
        "photo": (Replaces.WHOLE, 0, ["face.jpg"]),
        "house_registration_copy": (Replaces.PAGE, 2, ["h2.jpg"]),
        "id_card_copy": (Replaces.WAIVED, 0, []),
        "advisory_list": (Replaces.WHOLE, 0, ["v1.jpg", "v2.jpg"]),
    }
    assert read.documents["id_card_copy"].waived_by == "นางสาวตัวอย่าง ใจดี"
    assert read.documents["advisory_list"].pages[1].sha256 is None  # it has not come yet


def test_pages_are_never_lost_to_an_answer_nobody_knows() -> None:
    body = f"""<applicant_key>uuid:{KEY}</applicant_key>
      <how_group_lead_team_list>page</how_group_lead_team_list><page_group_lead_team_list>x</page_group_lead_team_list>
      <photo_group_lead_team_list>a.jpg</photo_group_lead_team_list>
      <how_group_new_document>renamed</how_group_new_document>
      <photo_group_new_document>b.jpg</photo_group_new_document>
      <photo_group_dropped>c.jpg</photo_group_dropped>
      <how_group_member_meeting_minutes>whole</how_group_member_meeting_minutes>"""
    read = read_supplement(instance(body), received("a.jpg", "b.jpg", "c.jpg"), PACK)

    assert read.sent_at is None
    assert {code: (d.replaces, d.page) for code, d in read.documents.items()} == {
        "lead_team_list": (Replaces.PAGE, 0),
        "new_document": (Replaces.WHOLE, 0),
        "dropped": (Replaces.WHOLE, 0),
    }


@pytest.mark.parametrize(
    ("reader", "code"),
    [(read_supplement, "supplement.no_applicant"), (read_knowledge, "knowledge.no_applicant")],
)
def test_a_form_about_nobody_is_not_read(reader, code) -> None:
    with pytest.raises(BadInput) as refused:
        reader(instance("<applicant_key/>"), received(), PACK)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "signed"),
    [("<sign_applicant>s.png</sign_applicant>", True), ("<sign_applicant/>", False), ("", None)],
)
def test_a_self_assessment_is_unsigned_only_where_its_form_asks_for_a_signature(written, signed) -> None:
    body = f"<applicant_key>{KEY}</applicant_key><round>self_before</round>{written}"
    assert read_self_assessment(instance(body), received("s.png"), PACK).signed is signed


def test_a_record_of_knowledge() -> None:
    body = f"""<applicant_key>{KEY}</applicant_key><title>ทำปุ๋ยให้พอใช้</title><solves>ดินเสื่อม</solves>
      <place>บ้านสมมติ</place><author>นางสาวตัวอย่าง ใจดี</author><author_phone>000-000-0000</author_phone>
      <recorded_on>2025-08-01</recorded_on><story>วันแรก\n\nวันต่อมา</story>
      <steps><step>หมัก</step></steps><steps><step>กลับกอง</step></steps><steps><step/></steps>
      <assets><asset>ความชื้น</asset></assets><core_knowledge><core>ทำเป็นเวลา</core></core_knowledge>
      <strategies><strategy>เริ่มจากเล็ก</strategy></strategies><theories><theory>เศรษฐกิจพอเพียง</theory></theories>
      <photos><photo>p.jpg</photo><photo_about>กองปุ๋ย</photo_about></photos>
      <photos><photo/><photo_about/></photos><may_publish>no</may_publish>"""
    read = read_knowledge(instance(body), received("p.jpg"), PACK)

    assert (read.title, read.solves, read.place) == ("ทำปุ๋ยให้พอใช้", "ดินเสื่อม", "บ้านสมมติ")
    assert (read.author, read.recorded_on) == ("นางสาวตัวอย่าง ใจดี", date(2025, 8, 1))
    assert read.story == "วันแรก\n\nวันต่อมา"
    assert (read.steps, read.assets, read.core) == (("หมัก", "กลับกอง"), ("ความชื้น",), ("ทำเป็นเวลา",))
    assert (read.strategies, read.theories) == (("เริ่มจากเล็ก",), ("เศรษฐกิจพอเพียง",))
    assert read.photos == ((FileRef("p.jpg", "sha of p.jpg"), "กองปุ๋ย"),)
    assert read.may_publish is False
    assert "000-000-0000" not in repr(read)  # a phone number is nobody's business but the form's


def test_place_people_and_consent_of_an_application() -> None:
    body = """<applicant_type>group</applicant_type><subdistrict>570102</subdistrict><moo>4</moo>
      <village_listed>v1</village_listed><village_name>บ้านสมมติ</village_name>
      <subdistrict_name>รอบเวียง</subdistrict_name>
      <consent_photo>no</consent_photo><consent_publish>yes</consent_publish>
      <lead_team><team_name>นางหนึ่ง ตัวอย่าง</team_name><team_role>ประธาน</team_role>
      <team_from>inside</team_from></lead_team><lead_team><team_name/><team_role/><team_from/></lead_team>
      <lead_team><team_name>นายสอง ตัวอย่าง</team_name><team_role/><team_from>elsewhere</team_from></lead_team>
      <advisers><adviser_name>นายสาม ตัวอย่าง</adviser_name><adviser_from>outside</adviser_from>
      <adviser_about>บัญชี</adviser_about></advisers>"""
    read, _ = read_application(instance(body), received(), PACK)

    assert (read.subdistrict, read.subdistrict_code, read.moo, read.village) == (
        "รอบเวียง",
        "570102",
        "4",
        "บ้านสมมติ",
    )
    assert read.lead_team == (
        TeamMember("นางหนึ่ง ตัวอย่าง", "ประธาน", Origin.INSIDE),
        TeamMember("นายสอง ตัวอย่าง", "", Origin.UNKNOWN),
    )
    assert read.advisers == (Adviser("นายสาม ตัวอย่าง", "บัญชี", Origin.OUTSIDE),)
    assert (read.photo_consent, read.publication_consent) == (False, True)


def test_an_application_of_an_older_form_was_not_asked_for_consent() -> None:
    body = "<applicant_type>group</applicant_type><subdistrict>เวียง</subdistrict><village>บ้าน</village>"
    read, _ = read_application(instance(body), received(), PACK)

    assert (read.subdistrict, read.subdistrict_code, read.village) == ("เวียง", "", "บ้าน")
    assert (read.photo_consent, read.publication_consent) == (None, None)
