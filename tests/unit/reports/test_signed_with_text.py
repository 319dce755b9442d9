"""Nobody signs a page that says nothing else: the last rows or lines of a paper go with its signature."""

from collections.abc import Callable, Iterator, Sequence

import pymupdf
import pytest

from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from reports.single import letter_pages
from reports.view.blocks import Block, Form, Kind, Paper, Signature

HEAD, LINE, SIGNER, FOOT = "หัวตาราง", "รายการที่", "(นายลงนาม ตัวอย่าง)", "สำนักงานพัฒนาชุมชน"
LABELS = (("ที่", "ชร ๐๐๑๙/๑"), ("ส่วนราชการ", "ศาลากลาง"), ("วันที่", "๑ มกราคม ๒๕๖๘"), ("เรียน", "นายอำเภอ"))
SIGNED = (Signature("นายลงนาม ตัวอย่าง", ("รองผู้ว่าราชการจังหวัด",)),)
LENGTHS = range(24, 48, 3)  # of tables: some fit on a page, some do not
A_THIRD = (2.5 + 25.2 / 3) / 2.54 * 72  # points from the head of a page
Body = Callable[[int], tuple[Block, ...]]


def rows(n: int) -> tuple[Block, ...]:
    cells = tuple((str(i), f"{LINE} {i}", "ผ่าน") for i in range(n))
    return (Block(Kind.TABLE, cells=(("ลำดับ", HEAD, "ผล"), *cells), widths=(1, 4, 2)),)


def lines(n: int) -> tuple[Block, ...]:
    return (Block(Kind.DASH, f"{LINE} ๑"),) * n


def record(n: int) -> tuple[Block, ...]:
    """Lists under headings, as in a record of knowledge."""
    return tuple(one for i in range(0, n, 6) for one in (Block(Kind.ITEM, "ขั้นตอน"), *lines(min(6, n - i))))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return open_home(Settings(home=tmp_path_factory.mktemp("signed") / "home"))


def pages(home: Home, form: Form, body: Body, lengths: Sequence[int]) -> Iterator[str]:
    """What each page says of papers of these lengths, all in one file, without its catchword."""
    foot = (FOOT,) if form in (Form.LETTER, Form.PLAIN) else ()
    begun = Block(Kind.PARAGRAPH, "ที่ประชุมมีมติ ดังนี้")
    papers = [
        Paper("ก", form, (begun, *body(n)), ("ก",), LABELS, "ขอแสดงความนับถือ", SIGNED, foot) for n in lengths
    ]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        for page in document:
            yield "\n".join(line for line in page.get_text().splitlines() if not line.startswith("/"))


def holds(home: Home, form: Form, body: Body, lengths: Sequence[int]) -> None:
    said = list(pages(home, form, body, lengths))
    assert sum(page.count(LINE) for page in said) == sum(lengths), "no row is lost, none said twice"
    signed = [page for page in said if SIGNER in page]
    assert len(signed) == len(lengths)
    assert [page for page in signed if page.count(LINE) < 2] == []
    assert [page for page in said if FOOT in page and SIGNER not in page] == []
    if body is rows:
        assert [page for page in said if page.count(HEAD) != (LINE in page)] == [], (
            "each page heads its rows once"
        )


@pytest.mark.parametrize(("form", "first"), [(Form.MEETING, 26), (Form.LETTER, 17)])
def test_the_last_rows_of_a_table_are_on_the_page_that_is_signed(home: Home, form: Form, first: int) -> None:
    """The shortest has room on one page, the longest fills it by itself."""
    holds(home, form, rows, range(first, first + 12))


@pytest.mark.long
@pytest.mark.parametrize("body", [rows, lines])
@pytest.mark.parametrize("form", Form)
def test_papers_of_any_length_and_form_are_signed_below_their_text(
    home: Home, form: Form, body: Body
) -> None:
    holds(home, form, body, range(2, 81))


@pytest.mark.parametrize(
    ("form", "signed", "body"),
    [
        (Form.PLAIN, SIGNED, rows),
        (Form.ANNOUNCEMENT, SIGNED, rows),
        (Form.MEETING, (), rows),
        (Form.MEETING, (), record),
    ],
)
def test_the_last_page_of_a_form_is_at_least_a_third_full(
    home: Home, form: Form, signed: tuple[Signature, ...], body: Body
) -> None:
    """Its rows and lists are set closer, and where that does not take them in, looser."""
    papers = [Paper("ก", form, body(n), ("ก",), (), "ลงชื่อ", signed) for n in LENGTHS]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        texts = [page.get_text() for page in document]
        ends = [max(word[3] for word in page.get_text("words")) for page in document]
    assert sum(text.count(LINE) for text in texts) == sum(LENGTHS)
    begun = [text.lstrip().startswith("ก") for text in texts]
    numbered = [text.startswith("- ๒ -") for text in texts]
    assert [first != second for first, second in zip(begun, numbered, strict=True)] == [True] * len(texts)
    last = [
        end
        for end, first, following in zip(ends, begun, [*begun[1:], True], strict=True)
        if following and not first
    ]
    assert last, "some have a second page"
    assert min(last) > A_THIRD


def test_a_letter_that_goes_on_for_little_is_one_page_with_the_same_room_to_sign(home: Home) -> None:
    head, foot = 2.5 / 2.54 * 72, (29.7 - 2) / 2.54 * 72
    two_pages = 0
    for n in range(16, 32):
        body = (Block(Kind.PARAGRAPH, "ที่ประชุมมีมติ ดังนี้"), *lines(n))
        letter = Paper("ก", Form.LETTER, body, ("ก",), LABELS, "ขอแสดงความนับถือ", SIGNED, (FOOT,))
        with pymupdf.open(stream=letter_pages.pdf(home, [letter])) as document:
            ends = [max(b[3] for b in page.get_text("blocks") if b[4][0] != "/") for page in document]
            signed = document[-1]
            (closing,), (signer,) = signed.search_for("ขอแสดงความนับถือ"), signed.search_for(SIGNER)
        assert signer.y0 - closing.y1 > 40
        if len(ends) == 2:
            two_pages += 1
            assert ends[0] + ends[1] - head > foot + 20, f"{n} lines need not go on"
    assert 0 < two_pages < 16
