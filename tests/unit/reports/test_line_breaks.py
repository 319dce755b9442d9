"""Where a Thai line may break."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mochocho.words import thai
from mochocho.words.places import Province
from mochocho.words.thai import normalise
from reports.typesetting import line_breaks
from reports.typesetting.line_breaks import LONGEST, Breaker, person
from reports.typesetting.never_parted.compounds import room
from reports.typesetting.printing import whole_names

BAD_STARTS = tuple(")”ฯๆ,")
WORDS = (
    "มาตรฐาน",
    "การพัฒนา",
    "ชุมชน",
    "น้ำ",
    "ผู้",
    "ต่าง",
    "ทั้งนี้",
    "เชียงราย",
    "abc",
    "๑๒",
    "12",
    "พ.ศ.",
    "ก" * 70,
)
MARKS = (" ", " ", " ๆ", "ฯ", "ฯลฯ", ",", ", ", ")", " (", "”", "“", "/", ".", " ณ ", "!", "?")
texts = st.lists(st.sampled_from((*WORDS, *MARKS)), min_size=1, max_size=30).map("".join).map(normalise)


@given(texts)
def test_pieces_are_the_text(text: str) -> None:
    assert "".join(Breaker().pieces(text)) == text


@given(texts)
@example("ก ๆ ๆ")  # ICU ends a word before the space
def test_no_line_can_begin_with_a_space_or_a_closing_mark(text: str) -> None:
    pieces = Breaker().pieces(text)
    assert [p for p in pieces[1:] if p != " " and p.startswith((*BAD_STARTS, " "))] == []


@given(texts)
def test_every_piece_fits_a_narrow_cell(text: str) -> None:
    assert all(len(piece) <= 3 * LONGEST for piece in Breaker().pieces(text))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("วาระเรื่องอื่น ๆ (ถ้ามี)", "อื่น ๆ"),
        ("ประจำปี พ.ศ. ๒๕๖๘ นี้", "พ.ศ. ๒๕๖๘"),
        ("ชั้น ๓ ศาลากลาง", "ชั้น ๓"),
        ("เวลา ๐๙.๐๐ - ๑๔.๓๐ น.", "๑๔.๓๐ น."),
        ("มีมติไม่รับรองในการประชุมครั้งที่ ๑/๒๕๖๘", "ครั้งที่ ๑/๒๕๖๘"),
        ("เวลา ๐๙.๐๐ - ๑๔.๓๐ น.", "๐๙.๐๐ - ๑๔.๓๐ น."),
        ("ภายในวันที่ ๓๐ มิถุนายน ๒๕๖๘", "วันที่ ๓๐ มิถุนายน ๒๕๖๘"),
        ("เมื่อ ๒๕ เม.ย. ๒๕๖๘", "๒๕ เม.ย. ๒๕๖๘"),
        ("ในวันพฤหัสบดีที่ ๓๐ พฤศจิกายน พ.ศ. ๒๕๖๘", "วันพฤหัสบดีที่ ๓๐ พฤศจิกายน พ.ศ. ๒๕๖๘"),
        ("สั่ง ณ วันที่ ๓๐ เมษายน พ.ศ. ๒๕๖๘", "ณ วันที่ ๓๐ เมษายน พ.ศ. ๒๕๖๘"),
        ("อบรม ๙ - ๑๐ พฤษภาคม 2568", "๙ - ๑๐ พฤษภาคม 2568"),
        (
            "ภายในวันที่ ........................................ นี้",
            "วันที่ ........................................",
        ),
        ("วันที่........เดือน............พ.ศ.........", "เดือน............"),
        ("ตามที่ ชร ๐๐๑๙.๒/ว ๐๐๙๖ นั้น", "ชร ๐๐๑๙.๒/ว ๐๐๙๖"),
        ("สอบถามโทร. ๐ ๐๐๐๐ ๐๐๐๐ ต่อ ๑๒ ได้", "โทร. ๐ ๐๐๐๐ ๐๐๐๐ ต่อ ๑๒"),
        ("รวม ๑๕ หน่วย และ 3 ตำบล", "๑๕ หน่วย"),
        ("รวม ๑๕ หน่วย และ 3 ตำบล", "3 ตำบล"),
        ("นัดกับนาง สมหญิง ใจดี หรือ ดร. สมชาย", "ดร. สมชาย"),
        ("คะแนนรวมต่ำกว่าเกณฑ์ร้อยละ ๗๐", "ร้อยละ ๗๐"),
        ("คะแนนเสียง: เห็นชอบ ๕ ไม่เห็นชอบ ๒ งดออกเสียง ๐", "งดออกเสียง ๐"),
        ("คะแนนเสียง: เห็นชอบ ๕ ไม่เห็นชอบ ๒ งดออกเสียง ๐", "ไม่เห็นชอบ ๒"),
        ("ผ่าน (มีเงื่อนไข)", "(มีเงื่อนไข)"),
        ("จำนวน ๗๑ คน", "จำนวน ๗๑ คน"),
        ("บ้านห้วยไคร้ หมู่ที่ ๕", "หมู่ที่ ๕"),
        ("ส่งแบบตอบรับทาง LINE ID: somying68", "LINE ID: somying68"),
        ("ตัวบ่งชี้ L1.4.2 ประเมินตนเองแล้ว", "L1.4.2 ประเมินตนเอง"),
        ("นางดวง แก้ว: ระดับ ๔ ดีมาก และมีผลงาน", "ระดับ ๔ ดีมาก"),
        ("ระดับ ๓ ปานกลาง", "ระดับ ๓ ปานกลาง"),
        ("๔ โครงการ (เกณฑ์ ๑)", "(เกณฑ์ ๑)"),
        ("(๑) เปิดศูนย์ (๒) ดูแลป่า", "(๒) ดูแล"),
        ("ตามลำดับการนำเสนอ (สิ่งที่ส่งมาด้วย ๒) ทั้งนี้", "ด้วย ๒)"),
        ("ณ อาคาร ๔ ชั้น ศาลากลาง", "๔ ชั้น"),
        ("ถึงนายอำเภอทุกอำเภอ พร้อมสิ่งที่ส่งมาด้วย", "นายอำเภอทุกอำเภอ"),
        ("พักรับประทานอาหารกลางวัน เวลา ๑๒.๐๐ น.", "พักรับประทาน"),
    ],
)
def test_what_offices_never_part_stays_together(text: str, whole: str) -> None:
    assert any(whole in piece for piece in Breaker().pieces(text))


def test_names_of_places_are_not_broken() -> None:
    pieces = Breaker(["พญาเม็งราย", "อำเภอพญาเม็งราย"]).pieces("ผู้สมัครจากอำเภอพญาเม็งรายทุกคน")
    assert "อำเภอพญาเม็งราย" in pieces


def test_a_subdistrict_of_the_province_is_not_parted_from_its_word() -> None:
    pieces = Breaker(whole_names(Province.named("พระนครศรีอยุธยา"))).pieces(
        "ณ ศาลากลางจังหวัด ถนนสายเอเชีย ตำบลคลองสวนพลู ต.หัวรอ"
    )
    assert {"ตำบลคลองสวนพลู", "ต.หัวรอ"} <= set(pieces)


@settings(max_examples=60)
@example(date(2000, 2, 10), lambda d: thai.date_words(d, weekday=True), "มาตรฐาน", ",มาตรฐาน")
@example(date(2000, 2, 10), lambda d: thai.date_words(d, weekday=True), "“(", ")” ,แล้ว")
@given(
    st.dates(date(1941, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        (
            *(lambda d: thai.date_words(d, weekday=True), lambda d: f"วันที่ {thai.date_words(d)}"),
            *(thai.date_short, lambda d: thai.date_short(d, thai_digits=False)),
        )
    ),
    texts,
    texts,
)
def test_no_line_can_end_inside_a_date(
    day: date, written: Callable[[date], str], before: str, after: str
) -> None:
    pieces = Breaker().pieces(normalise(f"{before.strip()} {written(day)} {after.strip()}"))
    assert any(written(day) in piece for piece in pieces)


def test_a_number_of_a_place_does_not_hold_the_place_after_it() -> None:
    assert " " in Breaker().pieces("หมู่ที่ ๕ ตำบลแม่จัน")


def test_a_persons_name_breaks_at_its_spaces_only_and_not_behind_what_begins_it() -> None:
    assert person("นายสมชาย ณ ตัวอย่าง") == ["นายสมชาย", " ", "ณ ตัวอย่าง"]
    assert person("ว่าที่ ร.ต. ก. ใจดี") == [["ว่าที่ ", "ร.ต. ", "ก. ", "ใจดี"]]  # one part
    assert person("นาย สมชาย ใจดี") == ["นาย สมชาย", " ", "ใจดี"]


def test_a_word_longer_than_any_line_is_cut_between_clusters() -> None:
    pieces = person("ป้ำ" * 300)
    assert "".join(pieces) == "ป้ำ" * 300
    assert {piece.replace("ป้ำ", "") for piece in pieces} == {""}


@pytest.mark.parametrize("typed", ["กa1่🌾", "ก", "นาย", "1.", "ผู้นำ("])
def test_what_is_measured_grows_with_the_text_and_no_faster(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000 letters without a space, as an applicant may type them, took half a minute."""

    def measured(length: int) -> int:
        seen: list[str] = []

        def noted(text: str) -> float:
            seen.append(text)
            return room(text)

        monkeypatch.setattr(line_breaks, "room", noted)
        text = normalise(typed * (length // len(typed)))
        assert "".join(Breaker().pieces(text)) == text
        return len(seen)

    assert measured(4000) < 6 * measured(1000)
