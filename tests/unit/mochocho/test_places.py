"""Districts of a province: names and codes as in the sources, no abolished ones."""

import pytest
from geothai import provinces
from geothai.abolished import abolished_areas

from mochocho.words.errors import Terminal
from mochocho.words.places import District, Province, Subdistrict

CHIANG_RAI = {
    "5701": "เมืองเชียงราย",
    "5702": "เวียงชัย",
    "5703": "เชียงของ",
    "5704": "เทิง",
    "5705": "พาน",
    "5706": "ป่าแดด",
    "5707": "แม่จัน",
    "5708": "เชียงแสน",
    "5709": "แม่สาย",
    "5710": "แม่สรวย",
    "5711": "เวียงป่าเป้า",
    "5712": "พญาเม็งราย",
    "5713": "เวียงแก่น",
    "5714": "ขุนตาล",
    "5715": "แม่ฟ้าหลวง",
    "5716": "แม่ลาว",
    "5717": "เวียงเชียงรุ้ง",
    "5718": "ดอยหลวง",
}
LAMPHUN = ["เมืองลำพูน", "แม่ทา", "บ้านโฮ่ง", "ลี้", "ทุ่งหัวช้าง", "ป่าซาง", "บ้านธิ", "เวียงหนองล่อง"]


def test_chiang_rai_has_the_eighteen_districts_of_the_agenda_of_2568() -> None:
    province = Province.named("เชียงราย")
    assert (province.code, province.name_th, province.name_en) == ("57", "เชียงราย", "Chiang Rai")
    assert {d.code: d.name_th for d in province.districts} == CHIANG_RAI
    assert [d.code for d in province.districts] == sorted(CHIANG_RAI)


def test_lamphun_has_the_eight_districts_of_2564() -> None:
    assert [d.name_th for d in Province.named("ลำพูน").districts] == LAMPHUN


def test_a_district_by_its_code() -> None:
    province = Province.named("เชียงราย")
    assert province.district("5704") == District("5704", "เทิง", "Thoeng")
    assert province.district("5101") is None


def test_subdistricts_are_those_of_their_district() -> None:
    province = Province.named("เชียงราย")
    codes = [s.code for d in province.districts for s in d.subdistricts]
    assert len(codes) == len(set(codes)) == 124
    assert all(s.code.startswith(d.code) for d in province.districts for s in d.subdistricts)
    assert codes == sorted(codes)
    assert province.subdistrict("570101") == Subdistrict("570101", "เวียง", "Wiang")
    assert province.subdistrict("570199") is None
    assert province.subdistrict("500101") is None


@pytest.mark.parametrize("typed", ["จังหวัดเชียงราย", " เชียงราย ", "จังหวัด เชียงราย", "เชียง\u200bราย"])
def test_a_name_as_people_type_it(typed: str) -> None:
    assert Province.named(typed) == Province.named("เชียงราย")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("เชียงลาย", 'did you mean "เชียงราย"?'),
        ("ลำพุน", 'did you mean "ลำพูน"?'),
        ("Atlantis", "in full"),
        ("", "in full"),
    ],
)
def test_an_unknown_province_is_refused_with_what_to_do(typed: str, hint: str) -> None:
    with pytest.raises(Terminal) as refused:
        Province.named(typed)
    assert hint in str(refused.value)


def test_every_province_has_districts_in_force_only() -> None:
    gone = {area.code for area in abolished_areas()}
    for name in (p.name_th for p in provinces()):
        province = Province.named(name)
        codes = [d.code for d in province.districts]
        assert codes == sorted(set(codes))
        assert codes
        assert not gone & set(codes)
        assert all(len(c) == 4 and c.startswith(province.code) for c in codes)
        assert not any(d.name_th.startswith("อำเภอ") for d in province.districts)
