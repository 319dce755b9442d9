"""No line's end tears a compound or a name apart, in pieces at any width and in pages of a drawn province."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, product
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.settings.config import Settings
from mochocho.storage.files import Store
from mochocho.storage.home import open_home
from mochocho.words.model import Case
from mochocho.words.places import Province
from reports.packet.volumes import books
from reports.single import letter_pages
from reports.typesetting.fonts import face
from reports.typesetting.line_breaks import Breaker, person
from reports.typesetting.never_parted.compounds import LONGEST, compounds, letters, terms
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.typesetter import Typesetter
from reports.view.blocks import Block, Form, Kind, Paper
from tests.house.tree import ROOT
from tests.torn_words import (
    CUT_BY_ICU,
    FREQUENT,
    OF_COMMUNITIES,
    OF_OFFICES_AND_TRADES,
    OF_VILLAGES,
    parted,
    torn,
    turns,
    turns_of_pieces,
)
from tests.unit.reports.bound_sheets import as_bound
from tests.unit.reports.made_cases import TYPES, Cases, arranged, occasion, of, pack_of

NARROW, NORMAL = 22, 80  # letters of a line
BETWEEN = (
    *("ของ", "และ", "ใน", "ให้", "เป็น", "มี", "ที่", "เพื่อ", "แก่", " ", " (", ") ", " ๑๒ ", " ๓๑ ม.ค. ๒๕๖๘ "),
    " ๑๕ หน่วย ",
)
# What begins with ผู้, การ, ความ or ที่, and with a verb behind it.
PREFIXED = (
    *("ผู้มาประชุม", "ผู้ไม่มาประชุม", "ผู้เข้าร่วมประชุม", "การเข้าร่วมประชุม", "ผู้จดรายงานการประชุม"),
    *("ผู้ตรวจรายงานการประชุม", "ผู้ผ่านการประเมิน", "ผู้ผ่านการรับรอง", "ผู้ได้รับการรับรอง", "ผู้ประเมิน"),
    *("ผู้ตรวจประเมิน", "ผู้ออกเอกสาร", "ผู้ให้คำแนะนำ", "ผู้มีสิทธิ", "ผู้ขอรับการประเมิน", "ผู้ประสานงาน"),
    *("ผู้ลงนาม", "ผู้บันทึก", "ผู้รับรอง", "ผู้ช่วยเลขานุการ", "ผู้ใหญ่บ้าน", "การออกเอกสาร", "การให้คะแนน"),
    *("การลงมติ", "การรับสมัคร", "การตรวจเอกสาร", "การขึ้นทะเบียน", "การติดตาม", "การมีส่วนร่วม", "การออมทรัพย์"),
    *("ความเห็นชอบ", "ความก้าวหน้า", "ความร่วมมือ", "ความเข้มแข็ง", "ความพึงพอใจ", "ความเป็นผู้นำ", "ที่ปรึกษา"),
    *("ที่ประชุม", "ที่ทำการ", "ที่ว่าการอำเภอ", "ที่ตั้ง", "ที่สาธารณะ"),
)
SMALL = (
    *("ของ", "และ", "ใน", "ให้", "ที่", "เพื่อ", "แก่", "โดย", "จาก", "เป็น", "การ", "ความ", "ได้", "มี"),
    *("ไม่", "แล้ว", "อย่าง", "กับ", "ตาม", "ซึ่ง", "จะ", "ต้อง", "หรือ", "เมื่อ", "ทั้ง", "ทุก", "นี้", "นั้น"),
)
SURNAMES = ("สุวรรณตัวอย่าง", "ใจกว้างเกษตร", "การค้าสมมุติ", "บ้านเหนือดี")


def thai_lines() -> list[str]:
    """Every sentence that the program has for people, with its placeholders."""
    files = (ROOT / "docs" / "findings.md", *sorted((ROOT / "mochocho/standards/packs").glob("*.yaml")))
    return [
        line
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search("[ก-ฮ]", line)
    ]


@pytest.mark.parametrize("width", [NARROW, 35, NORMAL])
def test_sentences_of_the_program_are_not_torn(width: int) -> None:
    breaker = Breaker()
    ends = (end for line in thai_lines() for end in turns_of_pieces(breaker.pieces(line), width))
    assert torn(ends, FREQUENT) == []


@given(
    st.lists(st.tuples(st.sampled_from(FREQUENT), st.sampled_from(BETWEEN)), max_size=12),
    st.integers(NARROW, NORMAL),
)
def test_compounds_in_any_sentence_are_not_torn(said: list[tuple[str, str]], width: int) -> None:
    text = "".join(word + between for word, between in said).strip()
    assert torn(turns_of_pieces(Breaker().pieces(text), width), {word for word, _ in said}) == []


@given(
    st.lists(st.tuples(st.sampled_from(PREFIXED), st.sampled_from(BETWEEN)), max_size=12),
    st.integers(NARROW, NORMAL),
)
def test_a_prefix_stays_with_its_verb_and_object(said: list[tuple[str, str]], width: int) -> None:
    text = "".join(word + between for word, between in said).strip()
    assert torn(turns_of_pieces(Breaker().pieces(text), width), {word for word, _ in said}) == []


def test_in_a_cell_too_narrow_for_a_compound_no_prefix_stands_alone(tmp_path: Path) -> None:
    """Its lines end between its words; where it fits the cell, it stands on one line."""
    home = open_home(Settings(home=tmp_path / "home"))
    words = (*PREFIXED, "กลุ่มองค์กรชุมชน", "การประชุมครั้งที่ ๒/๒๕๖๘", "ชุมชนเข้มแข็ง", "ชำนาญการพิเศษ", "ภาคประชาสังคม")
    table = Block(Kind.TABLE, cells=(("", ""), *((word, "") for word in words)), widths=(3, 20))
    with pymupdf.open(stream=letter_pages.pdf(home, [Paper("ก", Form.PLAIN, (table,))])) as document:
        lines = [line for page in document for line in page.get_text().split() if not line.isdigit()]
    assert "".join(lines).replace("--", "") == "".join(words).replace(" ", "")
    assert {"ผู้", "การ", "ไม่", "ผู้ไม่", "กลุ่มองค์กร"}.isdisjoint(lines)
    assert {"ผู้มาประชุม", "ผู้ได้รับ", "องค์กรชุมชน"} <= set(lines)
    assert {"ครั้งที่", "เข้มแข็ง", "ชำนาญการ", "ประชาสังคม"} <= set(lines)


def torn_between(pairs: Iterable[tuple[str, str]], words: Iterable[str] = FREQUENT) -> list[str]:
    """The texts of a small word, a compound and a small word in which a line may end inside the compound."""
    breaker, found = Breaker(), []
    for (before, after), word in product(pairs, words):
        pieces = breaker.pieces(before + word + after)
        if any(len(before) < end < len(before + word) for end in accumulate(map(len, pieces))):
            found.append("|".join(pieces))
    return found


def test_compounds_beside_a_small_word_are_whole() -> None:
    """ICU takes letters of one for the other: เหมาะ|สมใน, เป็นก|ระ|บวน|การ."""
    assert torn_between([(small, "") for small in SMALL] + [("", small) for small in SMALL]) == []


def test_compounds_of_communities_are_whole() -> None:
    assert torn_between([("", ""), ("ซึ่ง", "แล้ว"), ("ได้การ", "ให้"), ("(", ") ")], OF_COMMUNITIES) == []


def test_words_of_villages_and_offices_that_few_dictionaries_have_are_whole() -> None:
    assert torn_between([("", ""), ("ซึ่ง", "แล้ว"), ("ได้การ", "ให้"), ("(", ") ")], OF_VILLAGES) == []


def test_words_of_offices_and_trades_are_whole_in_sentences_and_lists() -> None:
    between = [("", ""), ("ได้ส่งเสริมให้มี", "ในหมู่บ้าน"), ("1.", ","), ("ที่ประชุมมีมติให้", "ของตำบล")]
    assert torn_between(between, OF_OFFICES_AND_TRADES) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1.ต่อยอด 2)น้ำท่วม", ["1.ต่อยอด", " ", "2)น้ำท่วม"]),
        ("-ปลูกป่า", ["-ปลูกป่า"]),
        ("ก)น้ำท่วม ๑.๒ปลูกป่า", ["ก)น้ำท่วม", " ", "๑.๒ปลูกป่า"]),
        ("น้ำท่วม,ดินถล่ม:ไฟป่า", ["น้ำท่วม,", "ดินถล่ม:", "ไฟป่า"]),
        ("ประชุมใหญ่(สามัญ)ประจำปี", ["ประชุมใหญ่", "(สามัญ)", "ประจำปี"]),
        ('กิจกรรม"คนดีศรีสังคม"ของ', ["กิจกรรม", '"คนดีศรีสังคม"', "ของ"]),
        ("2.ภัยแล้ง3.ดินถล่ม", ["2.ภัยแล้ง3.ดินถล่ม"]),
        ("รพ.สต. พ.ศ.๒๕๖๘", ["รพ.สต.", " ", "พ.ศ.๒๕๖๘"]),
        ("ชื่อ......ตำแหน่ง", ["ชื่อ......", "ตำแหน่ง"]),
    ],
)
def test_a_mark_without_a_space_hides_no_compound(text: str, pieces: list[str]) -> None:
    """As people type lists and brackets; what stands in brackets or behind a comma may begin a line."""
    assert Breaker().pieces(text) == pieces


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("แก้ลำดับให้ตรงกัน", "ลำดับ"),
        ("แจ้งล่วงหน้าที่ประชุม", "ล่วงหน้า"),
        ("บ้านห้วยเหลียง", "เหลียง"),  # in no dictionary
        ("ปลูกผักเหมียงแล้ว", "เหมียง"),
        ("พักรับประทานอาหารกลางวัน", "รับประทานอาหาร"),
        ("ปลูกป่าและประธานอพม.ประชุมแล้ว", "อพม."),
        ("ชาวบ้านปลูกมะเดื่อและขิงแดงแล้ว", "ขิงแดง"),
        ("ซึ่งทำโอทอปแล้วขายได้", "โอทอป"),
    ],
)
def test_no_line_ends_between_words_that_share_letters_or_are_short(text: str, whole: str) -> None:
    ends = {*accumulate(map(len, Breaker().pieces(text)))}
    assert ends.isdisjoint(range(text.index(whole) + 1, text.index(whole) + len(whole)))


def test_words_that_icu_cuts_are_whole_beside_any_small_word() -> None:
    assert torn_between([(small, "") for small in SMALL] + [("", small) for small in SMALL], CUT_BY_ICU) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ยึดเป็นกติกาและกรอบ", ["ยึด", "เป็น", "กติกา", "และ", "กรอบ"]),
        ("รอมติแล้วกลับไป", ["รอมติ", "แล้ว", "กลับ", "ไป"]),
        ("ยังมีผลอยู่", ["ยังมี", "ผล", "อยู่"]),
        ("โดยการบูรณาการกับอำเภอ", ["โดย", "การบูรณาการ", "กับ", "อำเภอ"]),
        ("อย่างน้อยหนึ่งคน", ["อย่างน้อย", "หนึ่ง", "คน"]),
        ("คณะกรรมการฯ และอนุกรรมการฯ ฯลฯ", ["คณะกรรมการฯ", " ", "และ", "อนุกรรมการฯ ฯลฯ"]),
        ("เพื่อตอบแทนเฟซบุ๊ก", ["เพื่อ", "ตอบแทน", "เฟซบุ๊ก"]),
        ("ผู้อำนวยการกลุ่มงาน", ["ผู้อำนวยการกลุ่มงาน"]),
        ("หมู่บ้านมีนโยบายชัดเจน", ["หมู่บ้าน", "มี", "นโยบาย", "ชัดเจน"]),
        ("มีการเตรียมความพร้อม", ["มี", "การเตรียม", "ความพร้อม"]),
        ("มีหน้าที่ได้", ["มีหน้าที่", "ได้"]),
        ("ได้รับการสนับสนุนช้อปปี้", ["ได้รับ", "การสนับสนุน", "ช้อป", "ปี้"]),
        ("หน่วยงานทิกเกอร์", ["หน่วยงาน", "ทิก", "เกอร์"]),
        ("สุทธาทิพย์และลูกา", ["สุทธา", "ทิพย์", "และ", "ลูกา"]),
        ("รับคำปรึกษาจากกรรมการ", ["รับคำปรึกษา", "จาก", "กรรมการ"]),
    ],
)
def test_letters_that_icu_gives_to_another_word_are_given_back(text: str, pieces: list[str]) -> None:
    assert Breaker().pieces(text) == pieces


@pytest.mark.long
def test_compounds_between_any_two_small_words_are_whole() -> None:
    assert torn_between(product(SMALL, SMALL)) == []


def test_a_compound_is_never_longer_than_a_piece() -> None:
    assert max(map(letters, compounds() | terms())) <= LONGEST


def test_overlapping_compounds_stay_together_as_long_as_they_fit() -> None:
    assert Breaker().pieces("ได้รับมอบหมายแล้ว") == ["ได้รับมอบหมาย", "แล้ว"]


def test_two_words_that_icu_takes_for_one_are_told_apart() -> None:
    pieces = Breaker().pieces("กำหนดให้มีการดำเนินงานการพัฒนาตามระบบ")
    assert pieces == ["กำหนดให้", "มี", "การดำเนินงาน", "การพัฒนา", "ตาม", "ระบบ"]


@pytest.mark.parametrize("surname", SURNAMES)
@pytest.mark.parametrize("before", ["กรรมการ นายสมชาย ", "ที่ปรึกษานางสาวสมหญิง "])
def test_a_name_after_its_title_breaks_at_its_space_only(before: str, surname: str) -> None:
    pieces = Breaker().pieces(f"{before}{surname} เป็นพี่เลี้ยงของหมู่บ้าน")
    assert surname in pieces


@pytest.mark.parametrize("surname", SURNAMES)
def test_names_of_the_case_are_whole_without_a_title(surname: str) -> None:
    boxed = Breaker().boxed((f"ให้คะแนนโดย {surname}และคณะ", "มีส่วนร่วม"), [f"สมชาย {surname}"])
    assert any(piece.startswith(surname) for piece in boxed[0])
    assert boxed[1] == ["มีส่วนร่วม"]


def test_a_name_longer_than_any_line_is_cut_between_syllables() -> None:
    pieces = Breaker().boxed(("ผู้ใหญ่",), ["ก"])  # the case has names, the text has none
    assert pieces == [["ผู้ใหญ่"]]
    cut = Breaker().pieces("นายวงศ์ประเสริฐเกียรติคุณสุวรรณโชติพัฒนกิจ")
    assert not [piece for piece in cut if re.match("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]", piece)]


@pytest.mark.parametrize(
    "name", ["ศรีวิชัยรัตนโกสินทร์มหาราชวงศ์ตระกูลทอง", "ၸၢႆးသႅင်ၸိုၼ်ႈၶမ်းလိူင်း", "ก" * 11 + "จันทร์" + "ก" * 20]
)
def test_no_line_begins_with_a_letter_that_has_no_sound(name: str) -> None:
    """Neither in a person's name nor in a text."""
    for part in (*person(name), *Breaker().pieces(f"แทน {name} แล้ว")):
        for piece in [part] if isinstance(part, str) else part:
            assert not re.match("[ก-ฮ]{1,2}\u0e4c|[\u1000-\u1081]\u103a", piece), piece


def told(case: Case, rng: random.Random) -> Case:
    """With free text of many compounds, as assessors and officers write it."""
    words = [rng.choice(FREQUENT) + rng.choice(BETWEEN) for _ in range(40)]
    remarks = tuple("".join(words[i : i + 10]).strip() for i in range(0, 40, 10))
    application = replace(case.application, village=f"บ้าน{rng.choice(SURNAMES)}")
    return replace(case, application=application, remarks=(*case.remarks, *remarks))


def pages(folder: Path, province: Province, cases: Iterable[Case]) -> Iterator[pymupdf.Page]:
    typesetter = Typesetter(folder / "store", folder / "cache", face(None, ""), thai_digits=True)
    printer, everyone = Printer(typesetter, whole_names(province)), list(cases)
    order = [district.name_th for district in province.districts]
    for book in books(arranged(everyone, province, order), pack_of, occasion(), None):
        for part in book.parts:
            sheet = printer.sheet(part, of(everyone, part.keys))
            with as_bound(typesetter, sheet) as document:
                yield from document


def torn_in(folder: Path, name: str, seed: int) -> list[tuple[str, ...]]:
    province, rng = Province.named(name), random.Random(seed)
    made = Cases(province, Store(folder / "store"), pictures=1)
    cases = [
        told(made.case(rng.choice(province.districts).name_th, type_, no), rng)
        for no, type_ in enumerate(TYPES)
    ]
    ends = [end for page in pages(folder, province, cases) for end in turns(page)]
    return [*torn(ends, FREQUENT), *parted(ends)]


def test_the_pages_of_a_drawn_province_are_not_torn(tmp_path: Path) -> None:
    assert torn_in(tmp_path, "ลำพูน", 1) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_forty_drawn_provinces_are_not_torn(tmp_path: Path, seed: int) -> None:
    every = ("เชียงราย", "ลำพูน", "นครสวรรค์", "กำแพงเพชร", "สงขลา", "ขอนแก่น", "ระยอง", "ประจวบคีรีขันธ์")
    assert torn_in(tmp_path, every[seed % len(every)], seed) == []
