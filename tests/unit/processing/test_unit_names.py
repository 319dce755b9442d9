"""Names of applicants: which pairs are one, which are asked about, and which are two."""

import unicodedata
from itertools import permutations
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mochocho.words import people
from mochocho.words.model import ApplicantType
from processing.likeness.compared import Likeness, Unit, likeness, percent
from processing.register.index_keys import letters_of, may_be_alike
from processing.register.unit_names import spelt, taken_apart

LEADER, GROUP = ApplicantType.LEADER, ApplicantType.GROUP
NETWORK, COMMUNITY = ApplicantType.NETWORK, ApplicantType.COMMUNITY
SAME, NEAR = Likeness.SAME, Likeness.NEAR

Pair = tuple[Unit, Unit]


def group(name: str, village: str = "บ้านสันทราย", moo: str = "3", subdistrict: str = "แม่จัน") -> Unit:
    return Unit(GROUP, name, subdistrict, moo, village)


def network(name: str, subdistrict: str = "แม่จัน") -> Unit:
    return Unit(NETWORK, name, subdistrict)


def community(name: str, moo: str = "", subdistrict: str = "แม่จัน") -> Unit:
    return Unit(COMMUNITY, name, subdistrict, moo)


def leader(name: str, village: str = "บ้านสันทราย", moo: str = "3") -> Unit:
    return Unit(LEADER, name, "แม่จัน", moo, village)


WEAVERS = group("กลุ่มทอผ้าบ้านสันทราย")
SAVERS = group("กลุ่มออมทรัพย์เพื่อการผลิตบ้านสันทราย")
FUNDS = network("เครือข่ายกองทุนหมู่บ้านอำเภอแม่จัน")
VILLAGE = community("ชุมชนบ้านสันทราย")

TWO_SPELLINGS: list[Pair] = [
    (WEAVERS, group("กลุ่ม ทอผ้า บ้าน สันทราย")),
    (WEAVERS, group("ทอผ้าบ้านสันทราย")),
    (WEAVERS, group("กลุ่มทอผ้า")),
    (WEAVERS, group("กลุ่มทอผ้าสันทราย")),
    (WEAVERS, group("กลุ่มทอผ้า บ.สันทราย")),
    (WEAVERS, group("กลุ่มทอผ้าหมู่บ้านสันทราย")),
    (WEAVERS, group("วิสาหกิจชุมชนทอผ้าบ้านสันทราย")),
    (WEAVERS, group("กลุ่มวิสาหกิจชุมชนทอผ้าบ้านสันทราย")),
    (WEAVERS, group("วสช.ทอผ้าบ้านสันทราย")),
    (WEAVERS, group("วิสาหกิจชุมชน กลุ่มทอผ้า")),
    (WEAVERS, group("ชมรมทอผ้าบ้านสันทราย")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย หมู่ที่ 3")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย หมู่ ๓")),
    (WEAVERS, group("กลุ่มทอผ้า ม.3 บ้านสันทราย", moo="")),
    (WEAVERS, group("กลุ่มทอผ้า ม.3 ต.แม่จัน อ.แม่จัน จ.เชียงราย")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย ตำบลแม่จัน")),
    (WEAVERS, group("กลุ่มทอผ้าบ้าน\u200bสันทราย")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย\ufeff")),
    (WEAVERS, group("กลุ่มทอผ้า (บ้านสันทราย)")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย", village="สันทราย")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย", village="", moo="")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย", subdistrict="ต.แม่จัน")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย", subdistrict="")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย", moo="๐๓")),
    (group("กลุ่มแม่บ้านแปรรูป"), group("กลุ่มเเม่บ้านเเปรรูป")),
    (group("กลุ่มแม่บ้านบ้านสันทราย"), group("กลุ่มแม่บ้านสันทราย")),
    (group("กลุ่มแปรรูป"), group("กลุ่มเ เปรรูป")),
    (group("กลุ่มน้ำพริก"), group("กลุ่มนํ้าพริก")),
    (group("กลุ่มน้ำพริก"), group("กลุ่มน้ํ\u0e32พริก")),
    (group("กลุ่มอนุรักษ์พันธุ์ปลา"), group("กลุ่มอนุรักษ์พันธ์ุปลา")),
    (group("กลุ่มเกษตรอินทรีย์"), group("กลุ่มเกษตรอินทร์ีย")),
    (group("กลุ่มออมทรัพย์"), group("กลุ่มออมทรัพย")),
    (group("กลุ่มผู้สูงอายุ"), group("กลุ่มผูู้สูงอายุ")),
    (group("กลุ่มผู้สูงอายุ 2"), group("กลุ่มผู้สูงอายุ ๒")),
    (group("กลุ่ม OTOP แม่จัน"), group("กลุ่ม otop แม่จัน")),
    (FUNDS, network("เครือข่ายกองทุนหมู่บ้าน")),
    (FUNDS, network("กองทุนหมู่บ้าน อ.แม่จัน")),
    (FUNDS, network("เครือข่ายองค์กรชุมชนกองทุนหมู่บ้านอำเภอแม่จัน")),
    (FUNDS, network("เครือข่ายกองทุนหมู่บ้านอำเภอแม่จัน", subdistrict="ป่าซาง")),
    (VILLAGE, community("บ้านสันทราย")),
    (VILLAGE, community("หมู่บ้านสันทราย หมู่ที่ 3", moo="3")),
    (VILLAGE, community("ชุมชนสันทราย")),
    (leader("นายสม ใจดี"), leader("สม ใจดี")),
    (leader("นายสม ใจดี"), leader("กำนันสม  ใจดี")),
    (leader("นายพันธุ์ศักดิ์ ใจดี"), leader("นายพันธ์ุศักดิ ใจดี")),
]
NEARLY: list[Pair] = [
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทาย")),
    (WEAVERS, group("กลุ่มทอผาบ้านสันทราย")),
    (WEAVERS, group("กลุ่มทอฝ้าบ้านสันทราย")),
    (WEAVERS, group("กลุ่มทอผ้้าาบ้านสันทรายย")),
    (SAVERS, group("กลุ่มออมทรัพย์ฯ บ้านสันทราย")),
    (SAVERS, group("กลุ่มออมทรัพเพื่อการผลิต")),
    (SAVERS, group("กลุ่มออมทรัพย์เพื่อการผลีต")),
    (group("กลุ่มทอผ้า", "", ""), group("กลุ่มทอผ้าบ้านเหนือ", "", "")),
    (group("กลุ่มจักสานไม้ไผ่"), group("กลุ่มจักรสานไม้ไผ่")),
    (network("เครือข่ายอาสาพัฒนาชุมชน"), network("เครือข่ายอาสาพัฒนชุมชน")),
    (VILLAGE, community("ชุมชนบ้านสันทาย")),
    (leader("นายวิชัย ใจดีมาก"), leader("นายวิไชย ใจดีมาก")),
]
OTHERS: list[Pair] = [
    (WEAVERS, group("กลุ่มจักสานบ้านสันทราย")),
    (WEAVERS, group("กลุ่มทอเสื่อบ้านสันทราย")),
    (WEAVERS, SAVERS),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย", moo="4")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย", subdistrict="ป่าซาง")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย ต.ป่าซาง")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันติสุข")),
    (WEAVERS, group("กลุ่มทอผ้า", "บ้านดอนแก้ว", "")),
    (WEAVERS, group("กลุ่มทอผ้าบ้านสันทราย 2")),
    (WEAVERS, network("เครือข่ายทอผ้าบ้านสันทราย")),
    (WEAVERS, group("")),
    (WEAVERS, group("กลุ่ม")),
    (group("กลุ่มทอผ้าบ้านเหนือ", "", ""), group("กลุ่มทอผ้าบ้านใต้", "", "")),
    (group("กลุ่มเลี้ยงปลา"), group("กลุ่มเลี้ยงปู")),
    (group("กลุ่มเลี้ยงปลาบ้านหนองหอมใหญ่"), group("กลุ่มเลี้ยงปูบ้านหนองหอมใหญ่")),
    (group("กลุ่มเลี้ยงโคบ้านสันทราย"), group("กลุ่มเลี้ยงไก่บ้านสันทราย")),
    (group("กลุ่มออมทรัพย์หมู่ 3", "", ""), group("กลุ่มออมทรัพย์หมู่ 4", "", "")),
    (group("กองทุนหมู่บ้านสันทราย"), group("กลุ่มแม่บ้านสันทราย")),
    (network("เครือข่ายกองทุนตำบลแม่จัน"), network("เครือข่ายกองทุนตำบลป่าซาง")),
    (network("เครือข่ายกองทุนตำบลแม่จัน"), network("เครือข่ายกองทุนอำเภอแม่จัน")),
    (community("ชุมชนบ้านสันทรายเหนือ"), community("ชุมชนบ้านสันทรายใต้")),
    (community("ชุมชนบ้านสันทราย หมู่ 3"), community("ชุมชนบ้านสันทราย หมู่ 4")),
    (community("ชุมชนป่าซาง"), community("ชุมชนป่าตอง")),
    (leader("นายสมชาย ใจดี"), leader("นายสมหมาย ใจดี")),
    (leader("นายสม ใจดี"), leader("นายสม ใจดี", moo="5")),
    (leader("นางนวล แสงทอง"), leader("นางนวล แสงจันทร์")),
]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        *((pair, SAME) for pair in TWO_SPELLINGS),
        *((pair, NEAR) for pair in NEARLY),
        *((pair, None) for pair in OTHERS),
    ],
    ids=lambda one: f"{one[0].name} | {one[1].name}" if isinstance(one, tuple) else str(one),
)
def test_pairs(pair: Pair, expected: Likeness | None) -> None:
    assert [likeness(*pair), likeness(*reversed(pair))] == [expected, expected]
    if expected:
        assert may_be_alike(
            pair[0].type, *(letters_of(f"t d {people.sounds(one.parts.whole)}") for one in pair)
        )
        assert percent(*pair) >= 50


WORDS = "กลุ่ม ทอผ้า แม่บ้าน บ้าน สันทราย ออมทรัพย์ น้ำพริก พันธุ์ ตำบล แม่จัน หมู่ 3 ๓ ฯ OTOP"
words = st.sampled_from(WORDS.split())
names = (
    st.lists(words, max_size=6).map("".join)
    | st.text("กนมบาเแโไำะิีุู่้์ํๅ 3๓.\u200b", max_size=14)
    | st.text(max_size=12)
)


@given(names)
@example("เเเ")
@example("ก์ิ์")
@example("ํ์า")
def test_the_spelling_in_which_names_are_compared_is_its_own_spelling(name: str) -> None:
    assert spelt(spelt(name)) == spelt(name)


def _misspelt(name: str, random: Random) -> str:
    """Another spelling that looks the same, or is read the same."""
    pieces = []
    for char in name:
        match char:
            case "แ" if random.random() < 0.5:
                pieces.append("เเ")
            case "ำ" if random.random() < 0.5:
                pieces.append("ํา")
            case "3" if random.random() < 0.5:
                pieces.append("๓")
            case _:
                pieces.append(char)
        if random.random() < 0.2:
            pieces.append("\u200b")
        elif random.random() < 0.2 and not unicodedata.combining(char):
            pieces.append("")
    return "".join(pieces)


@given(st.lists(words, min_size=1, max_size=5).map("".join), st.randoms(use_true_random=False))
def test_a_name_that_looks_the_same_is_spelt_the_same(name: str, random: Random) -> None:
    other = _misspelt(name, random)
    assert spelt(other) == spelt(name)
    assert taken_apart(GROUP, other) == taken_apart(GROUP, name)


@pytest.mark.parametrize("marks", list(permutations("ุ้์")))
def test_marks_in_any_order_are_one_spelling(marks: tuple[str, ...]) -> None:
    assert spelt(f"พันธ{''.join(marks)}") == spelt("พันธุ้")


@given(names, names, st.sampled_from(ApplicantType))
def test_likeness_does_not_depend_on_who_came_first(one: str, other: str, type_: ApplicantType) -> None:
    pair = Unit(type_, one), Unit(type_, other)
    assert likeness(*pair) == likeness(*reversed(pair))
    if one and taken_apart(type_, one).whole:
        assert likeness(pair[0], pair[0]) is SAME
