"""Typesetting: every text that goes in comes out, within the page, and no line begins badly."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PIL import Image

from mochocho.storage.files import Store
from mochocho.words.model import ApplicantType, Case, FileRef, Finding, Severity
from mochocho.words.places import Province
from reports.packet.exports.whole_volume import whole_volume
from reports.packet.volumes import BUNDLE, books
from reports.papers import shared, templates
from reports.typesetting import typesetter as typesetters
from reports.typesetting.fonts import face
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.typesetter import Sheet, Typesetter, qr
from reports.view.pictures import Code
from tests.qr_reader import text_in
from tests.unit.reports.bound_sheets import as_bound
from tests.unit.reports.made_cases import (
    CHIANG_RAI,
    PRESENTED,
    TYPES,
    Cases,
    arranged,
    blocking,
    occasion,
    of,
    pack_of,
)

PROVINCE = Province.named("เชียงราย")
LONG = "ชุมชนคนดีศรีสมมุติผู้มีจิตอาสาพัฒนาท้องถิ่นอย่างยั่งยืน"
LISTS_OF_PICTURES = {"pages"}
NAMES = {
    "words": (LONG * 40)[:2000],
    "one letter": "ก" * 2000,
    "stacked marks": "ป้ำ" * 650,
    "latin": "W" * 2000,
}


@pytest.fixture
def typesetter(tmp_path: Path) -> Typesetter:
    return Typesetter(tmp_path / "store", tmp_path / "cache", face(None, ""), thai_digits=True)


def sheets(typesetter: Typesetter, cases: Sequence[Case]) -> dict[str, Sheet]:
    """The first sheet of each paper."""
    printer = Printer(typesetter, whole_names(PROVINCE))
    found: dict[str, Sheet] = {}
    for book in books(arranged(cases, PROVINCE, PRESENTED), pack_of, occasion(), None):
        for part in book.parts:
            found.setdefault(part.paper, printer.sheet(part, of(cases, part.keys)))
    return found


def bare(text: str) -> str:
    return "".join(text.split())


def texts(value: Any) -> Iterator[str]:
    """What is to be read in a sheet: lists of pieces, in the order of the view. A piece that may go on in the
    next line is a list of its own.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in LISTS_OF_PICTURES:
                yield from texts(item)
    elif isinstance(value, list) and any(isinstance(item, str) for item in value):
        yield bare("".join(map("".join, value)))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def read(document: pymupdf.Document) -> str:
    return bare("".join(page.get_text() for page in document))


def province(store: Store | None = None) -> list[Case]:
    made = Cases(PROVINCE, store, pictures=3)
    held = [made.case("เทิง", t, 90, passed=False, findings=[blocking("ขาดใบสมัคร (1 ฉบับ)")]) for t in TYPES]
    return [*made.province_of({row[0]: row[1:] for row in CHIANG_RAI[:3]}), *held]


def test_a_volume_for_an_archive_has_a_box_for_a_letter_that_no_font_has(typesetter: Typesetter) -> None:
    named = Cases(PROVINCE).case(
        "เทิง", ApplicantType.GROUP, 90, passed=False, named="🀀 A𠀀\ue000", findings=[blocking("ขาดใบสมัคร")]
    )
    sheet = sheets(typesetter, [named])["blocked"]
    with pymupdf.open(stream=whole_volume(typesetter, [(sheet, False)], "ก", date(2025, 5, 1))) as made:
        assert "□A□□" in read(made)


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers on one page as long as they need, so that nothing is repeated at the head of a page."""
    base = shared()["base.typ"].replace(b'paper: "a4",', b"width: 21cm, height: auto,")
    endless_shared = {**shared(), "base.typ": base}
    monkeypatch.setattr(typesetters, "shared", lambda: endless_shared)


@pytest.mark.usefixtures("endless")
@pytest.mark.parametrize("paper", ["cover", "agenda", "order", "names", "blocked"])
def test_the_text_of_a_paper_is_what_was_put_in(typesetter: Typesetter, paper: str) -> None:
    sheet = sheets(typesetter, province(Store(typesetter.store)))[paper]
    data = json.loads(sheet.data)
    data.pop("name", None)  # of its file and outline
    document, put_in = as_bound(typesetter, sheet), list(texts(data))
    printed = read(document)
    assert document.page_count == 1
    assert Counter(printed) == Counter("".join(put_in))
    assert [text for text in put_in if text not in printed] == []


@pytest.mark.usefixtures("endless")
def test_the_text_of_the_dossiers_is_what_was_put_in(typesetter: Typesetter) -> None:
    sheet = sheets(typesetter, province(Store(typesetter.store)))["dossier"]
    document, data = as_bound(typesetter, sheet), json.loads(sheet.data)
    pages = [bare(page.get_text()) for page in document]
    for dossier in data["dossiers"]:
        digits, no = typesetter.words.text, dossier["head"]["no"]
        own = [page for page in pages if re.search(rf"(?<![๐-๙]){digits(no)}-[๐-๙]", page)]
        numbers = [f"{digits(no)}-{digits(place)}" for place in range(1, len(own) + 1)]
        above = [part for part in ("title", "sample") for _ in own[1:]]  # every page of documents has them
        put_in = [*texts(dossier), *(text for part in above for text in texts(dossier["head"][part]))]
        printed = "".join(own)
        assert own
        assert Counter(printed) == Counter("".join([*put_in, *numbers]))
        assert [text for text in put_in if text not in printed] == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("paper", ["names", "blocked", "dossier"])
def test_a_name_of_2000_letters_neither_breaks_the_page_nor_is_lost(
    typesetter: Typesetter, paper: str, name: str
) -> None:
    made = Cases(PROVINCE)
    cases = [
        made.case("พาน", type_, 1, named=name, passed=paper != "blocked")
        for type_ in (ApplicantType.LEADER, ApplicantType.GROUP)
    ]
    document = as_bound(typesetter, sheets(typesetter, cases)[paper])
    words = [(page.rect, word) for page in document for word in page.get_text("words")]
    assert not Counter(name * 2) - Counter("".join(word[4] for _, word in words))
    assert all(page.contains(pymupdf.Rect(word[:4])) for page, word in words)


def test_many_findings_flow_over_pages(typesetter: Typesetter) -> None:
    found = [Finding("x", "x", Severity.WARNING, message_th=f"ข้อตรวจพบที่ {i}: {LONG}") for i in range(90)]
    case = Cases(PROVINCE).case("พาน", ApplicantType.LEADER, 1, findings=found)
    sheet = sheets(typesetter, [case])["dossier"]
    document = as_bound(typesetter, sheet)
    assert document.page_count > 4
    assert not Counter("".join(texts(json.loads(sheet.data)))) - Counter(read(document))


def test_pages_of_a_dossier_are_numbered_by_themselves(typesetter: Typesetter) -> None:
    sheet = sheets(typesetter, province())["dossier"]
    document = as_bound(typesetter, sheet)
    heads = [bare(page.get_text(clip=pymupdf.Rect(300, 0, 600, 65))).rpartition("่าง")[2] for page in document]
    numbers = [tuple(head.split("-")) for head in heads]
    first = [(typesetter.words.text(i), "๑") for i in range(1, 1 + BUNDLE)]
    assert [n for n in numbers if n[1] == "๑"] == first
    assert len(set(numbers)) == document.page_count


def test_pages_of_a_paper_are_numbered_from_the_second(typesetter: Typesetter) -> None:
    document = as_bound(typesetter, sheets(typesetter, province())["agenda"])
    heads = [page.get_text(clip=pymupdf.Rect(0, 0, 600, 62)).strip() for page in document]
    assert heads == ["", "- ๒ -", "- ๓ -"]


def test_what_stands_in_place_of_a_picture_says_why(typesetter: Typesetter) -> None:
    store = Store(typesetter.store)
    pdf = pymupdf.open()
    pdf.new_page()
    pdf.new_page()
    refs = (
        FileRef("a.pdf", store.put(pdf.tobytes())),
        FileRef("b.jpg", store.put(b"\xff\xd8\xff garbage")),
        FileRef("c.jpg", "f" * 64),
        FileRef("d.jpg", None),
    )
    case = Cases(PROVINCE).case("พาน", ApplicantType.GROUP, 1)
    verdicts = tuple(replace(v, pages=refs) for v in case.assessment.verdicts[:1])
    case = replace(case, assessment=replace(case.assessment, verdicts=verdicts))
    text = read(as_bound(typesetter, sheets(typesetter, [case])["dossier"]))
    assert "PDF๒หน้า" in text
    assert text.count("เปิดไฟล์ไม่ได้") == 1
    assert text.count("ยังไม่ได้รับไฟล์") == 2


def test_nothing_of_a_text_is_taken_for_markup(typesetter: Typesetter) -> None:
    name = '#panic("x") $a$ *b* _c_ @d <e> = f \\ `g` "h" - i'
    case = Cases(PROVINCE).case("พาน", ApplicantType.GROUP, 1, named=name)
    for paper in ("names", "dossier"):
        assert bare(name) in read(as_bound(typesetter, sheets(typesetter, [case])[paper]))


@pytest.mark.parametrize("width", ["16cm", "5cm"])
def test_no_line_begins_with_a_space_or_a_closing_mark(
    typesetter: Typesetter, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = (
        '#import "base.typ": *\n#show: paper\n#heading[.]\n#for b in data.blocks { t(b.text); parbreak() }'
    )
    monkeypatch.setitem(
        templates(), "agenda.typ", plain.replace("#for", f"#set page(width: {width} + 5cm)\n#for").encode()
    )
    document = as_bound(typesetter, sheets(typesetter, province())["agenda"])
    lines = [line for page in document for line in lines_of(page)]
    assert len(lines) > (30 if width == "16cm" else 90)
    assert [line for line in lines if line.startswith((" ", "\u00a0", *")”ฯๆ,"))] == []
    assert "\u25cc" not in "".join(lines)


def test_what_ends_with_a_dot_stands_between_its_spaces_where_a_cell_is_set_to_the_right(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    date_in_parts = (
        '#import "base.typ": *\n#show: paper\n#heading[.]\n#align(right, t((("๑๐ ", "เม.ย. ", "๒๕๖๘"),)))'
    )
    monkeypatch.setitem(templates(), "agenda.typ", date_in_parts.encode())
    document = as_bound(typesetter, sheets(typesetter, province())["agenda"])
    (words,) = [line for line in words_of(document[0]) if len(line) == 3]
    (_, first_ends), (month_begins, month_ends), (year_begins, _) = words
    assert month_begins - first_ends == pytest.approx(year_begins - month_ends, abs=0.2)


def words_of(page: pymupdf.Page) -> list[list[tuple[float, float]]]:
    """Where each word of each line begins and ends."""
    rows: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for left, _, right, _, _, block, line, _ in page.get_text("words"):
        rows.setdefault((block, line), []).append((left, right))
    return [*rows.values()]


def lines_of(page: pymupdf.Page) -> list[str]:
    """The text of each line as it stands on the page."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                for char in span["chars"]:
                    rows.setdefault(round(char["origin"][1], 1), []).append((char["origin"][0], char["c"]))
    return ["".join(c for _, c in row) for _, row in sorted(rows.items())]


def test_the_code_reads_as_the_key() -> None:
    key = "2705f22e-503e-40af-8464-3055301e6a74"
    with Image.open(io.BytesIO(qr(Code(key)))) as image:
        assert text_in(image) == key
