"""The fonts of papers."""

import itertools
import json
import shutil
import unicodedata
from pathlib import Path

import pymupdf
import pytest
import typst
from fontTools.ttLib import TTFont

from mochocho.words import letters
from mochocho.words.errors import Terminal
from reports.typesetting.fonts import BESIDE, BESIDE_FAMILIES, OWN, OWN_FAMILY, Face, face
from reports.typesetting.line_breaks import person

CONSONANTS = [chr(c) for c in range(ord("ก"), ord("ฮ") + 1)]
VOWELS = ["", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็"]
TONES = ["", "่", "้", "๊", "๋", "์"]


def pdf_of(words: list[str], face_: Face, weight: str) -> bytes:
    source = """
        #set page(width: 20cm, height: 30cm)
        #set text(font: json("families.json"), lang: "th", weight: sys.inputs.weight, fallback: false)
        #for word in json("words.json") { box(word); linebreak() }
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(face_.folders)
    )
    content = {"words.json": words, "families.json": face_.families}
    pdf = typst.compile(  # type: ignore[call-overload]
        {
            "main.typ": source.encode(),
            **{name: json.dumps(value).encode() for name, value in content.items()},
        },
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"weight": weight},
    )
    assert isinstance(pdf, bytes)
    return pdf


def text_of(words: list[str], face_: Face, weight: str) -> list[str]:
    with pymupdf.open(stream=pdf_of(words, face_, weight)) as document:
        return "".join(page.get_text() for page in document).split()


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_thai_cluster_is_extracted_as_it_was_written(weight: str) -> None:
    clusters = [c + v + t for c, v, t in itertools.product(CONSONANTS, VOWELS, TONES) if not (v == "็" and t)]
    with_am = [f"{c}{t}ำ" for c, t in itertools.product(CONSONANTS, TONES[:-1])]
    signs = ["ฤๅษี", "ฯลฯ", "ๆ", "เ", "แ", "โ", "ใ", "ไ", "๐๑๒๓๔๕๖๗๘๙", "“ก”", "(ก)", "–", "…", "x-xxxx"]
    words = [*clusters, *with_am, *signs]
    assert text_of(words, face(None, ""), weight) == words


def test_our_own_font_is_the_measure() -> None:
    own = face(None, "")
    assert (own.family, own.folder, own.scale) == (OWN_FAMILY, OWN, 1.0)
    assert len(own.digests) == 2 + len(BESIDE_FAMILIES)


def test_the_offices_font_is_taken_from_its_folder(tmp_path: Path) -> None:
    for file in OWN.glob("*.ttf"):
        shutil.copy(file, tmp_path)
    assert face(tmp_path, OWN_FAMILY).digests == face(None, "").digests


@pytest.mark.parametrize(("family", "said"), [("", "font_family"), ("TH SarabunPSK", "TH SarabunPSK")])
def test_a_folder_without_the_font_is_refused(tmp_path: Path, family: str, said: str) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(Terminal, match=said):
        face(tmp_path, family)


NEIGHBOURS = {
    "Lao": "ບຸນມີ ສີສະຫວັດ",
    "Burmese": "မောင်မောင် စိုင်းခမ်း",
    "Khmer": "សុខ ចាន់ធូ",
    "Tai Tham": "ᨾᩮᩬᨦ",
    "Tai Le": "ᥖᥭᥰ",
    "New Tai Lue": "ᦑᦺ",
    "Chinese of the mainland": "段希文 王小明 张伟",
    "Chinese of Taiwan": "張偉 劉德華 陳國興",
    "symbols": "☎ ☑ ✓ ★",
    "emoji": "🌾 👍🏽 😀 ❤️ 🇹🇭 👨‍👩‍👧 1️⃣",
}


@pytest.mark.parametrize("name", NEIGHBOURS.values(), ids=NEIGHBOURS.keys())
@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_names_of_neighbours_are_drawn(name: str, weight: str) -> None:
    """No glyph is the empty box, number 0 of a font."""
    assert letters.lacking(name) == ()
    drawn = glyphs(name, weight)
    assert drawn
    assert 0 not in drawn


def test_what_no_font_has_is_the_empty_box_and_said_to_be() -> None:
    assert set(glyphs("龘🀀", "regular")) == {0}
    assert letters.lacking("นาย王龘🀀 สกุล") == ("龘", "🀀")


def glyphs(word: str, weight: str) -> list[int]:
    with pymupdf.open(stream=pdf_of([word], face(None, ""), weight)) as document:
        spans = [span for page in document for span in page.get_texttrace()]
    return [char[1] for span in spans for char in span["chars"]]


def test_the_table_of_letters_is_that_of_the_fonts() -> None:
    own = [set(TTFont(file).getBestCmap()) for file in OWN.glob("*.ttf")]
    beside = (set(TTFont(file).getBestCmap()) for file in BESIDE.glob("*.ttf"))
    have = {chr(code) for code in set.intersection(*own).union(*beside)}
    assert {c for c in map(chr, range(0x21, 0x110000)) if not letters.lacking(c)} - have <= NOTHING_TO_DRAW
    assert have & {c for c in map(chr, range(0x21, 0x110000)) if letters.lacking(c)} == set()


NOTHING_TO_DRAW = {c for c in map(chr, range(0x110000)) if c.isspace()} | set(map(chr, range(0xFE00, 0xFE10)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("龘", "อักษรจีน U+9F98"),
        ("🀀", "ภาพสัญลักษณ์ U+1F000"),
        ("☊", "ภาพสัญลักษณ์ U+260A"),
        ("さくら", "อักษรญี่ปุ่น U+304F, U+3055, U+3089"),
        ("\uf8aa", "อักขระเฉพาะของแบบอักษรเดิม U+F8AA"),
        ("กก王龘龘㐀㐁㐂", "อักษรจีน U+3400, U+3401, U+3402 และอีก 1 ตัว"),
    ],
)
def test_characters_are_named_in_letters_that_can_be_printed(text: str, said: str) -> None:
    named = letters.named(letters.lacking(text))
    assert named.startswith(said)
    assert letters.lacking(named) == ()


@pytest.mark.parametrize("name", ["ບຸນມີສີສະຫວັດ" * 4, "မောင်မောင်စိုင်းခမ်း" * 4])
def test_a_long_name_is_cut_between_clusters(name: str) -> None:
    pieces = person(name * 2)
    assert "".join("".join(piece) for piece in pieces) == name * 2
    assert len(pieces) > 1
    assert not any(unicodedata.category(piece[0][0]).startswith("M") for piece in pieces)
