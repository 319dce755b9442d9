"""The text of a PDF is what was typed, also where marks stand alone or at heights of their own."""

import itertools
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from fontTools.ttLib import TTFont

from mochocho.words import letters, thai
from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from reports.papers import templates
from reports.typesetting.fonts import OWN, Face, face
from reports.typesetting.line_breaks import Breaker
from reports.typesetting.typesetter import Sheet, Typesetter, canonical
from tests.unit.reports.bound_sheets import as_bound
from tests.unit.reports.made_cases import Cases
from tests.unit.reports.test_fonts import CONSONANTS, NEIGHBOURS, TONES, VOWELS
from tests.unit.reports.test_typesetter import bare, sheets

PROVINCE = Province.named("เชียงราย")
EACH_ON_A_PAGE = b"""#import "base.typ": *
#show: paper
#for text in data.texts { t(text); pagebreak(weak: true) }
"""
BELOW_THE_NUMBER = pymupdf.Rect(0, 65, 600, 850)
COMMON = ("กิจ ก่อน", "สมบูรณ์ ประจำปี", "พุทฺธํ สรณํ คจฺฉามิ", "ผู้ใหญ่บ้าน ที่ ปั้น น้ำ")  # what odd ones may spoil
ODD = (
    *("🌾์", "❤่ ก", "❤️่", "👍🏽่", "🇹🇭่", "😀ี้", "🌾ำ", "★่ ☎ี", "A่", "é้", "中่", "中ำ", "中̀", "ກ่", "က่", "ก່", "(ັ)"),
    *("่ก", "ก ้ำ", "ก ่ ข", "เ่ก", "ะ่", "๑่", "-้", "ุโA", "ัู้", "็่๊ณ"),
    *("ก̀า ก̄ ค̈ ง̊", "Z̀́̂à̌l̃g̱̣o̊̄", "ê̌", "m̄", "ไิีู้", "ກິ ກົ້ ນ້ຳ"),
    *("កម្ពុជា ខ្ញុំ ជំនុំ ភ្នំពេញ ស្រី", "မောင်မောင် ကြည် ဒေါ်", "ၸၢႆးၶမ်း", "ᨾᩮᩬᨦ ᨩ᩠ᨿᨦᩉ᩠ᨾᩲ᩵"),
    *NEIGHBOURS.values(),
    *("龘龘 ก", "Иван さくら", "กѪข"),  # in no font
)


@pytest.fixture
def typesetter(tmp_path: Path) -> Typesetter:
    return Typesetter(tmp_path / "store", tmp_path / "cache", face(None, ""), thai_digits=False)


def printed(typesetter: Typesetter, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of each, as programs read it; each stands on a page of its own of one sheet."""
    monkeypatch.setitem(templates(), "agenda.typ", EACH_ON_A_PAGE)
    data = canonical({"texts": [Breaker().boxed(text) for text in texts]})
    with as_bound(typesetter, Sheet("k", "agenda", data, (), (), ())) as document:
        return [bare(page.get_text(clip=BELOW_THE_NUMBER)) for page in document]


def test_whatever_marks_stand_alone_each_text_is_read_as_it_was_typed(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        thai.normalise(text)
        for pair in itertools.zip_longest(ODD, COMMON * 12)
        for text in filter(None, pair)
    ]
    assert printed(typesetter, texts, monkeypatch) == list(map(bare, texts))


LAO = [letter for letter in map(chr, range(0xE81, 0xEAF)) if letter.isalpha() and not letters.lacking(letter)]
LAO_VOWELS = ["", *"ັິີຶືຸູົຼ", "ຼິ", "ຼົ"]
LAO_TONES = ["", *"່້໊໋໌"]


def test_every_lao_cluster_is_read_as_it_was_typed(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also without reports/formats/pdf_letters.py: no mark of ours has a height of its own."""
    monkeypatch.setattr(Face, "misleads", lambda *_: False)
    clusters = [*map("".join, itertools.product(LAO, LAO_VOWELS, LAO_TONES))]
    clusters += [f"{letter}{tone}ຳ" for letter, tone in itertools.product(LAO, LAO_TONES)]
    lines = [" ".join(clusters[at : at + 60]) for at in range(0, len(clusters), 60)]
    assert printed(typesetter, lines, monkeypatch) == list(map(bare, lines))


@pytest.fixture
def offices(tmp_path: Path) -> Face:
    """A font in which every other mark has a height of its own, as that of a font from elsewhere."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    for file in OWN.glob("*.ttf"):
        font = TTFont(file)
        for lookup in font["GPOS"].table.LookupList.Lookup:
            for table in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
                marks = getattr(table, "MarkArray", None) or getattr(table, "Mark1Array", None)
                for record in marks.MarkRecord[::2] if marks else ():
                    record.MarkAnchor.YCoordinate -= 15
        for record in font["name"].names:
            record.string = str(record).replace("Sarabun Packet", "Office Face")
        font.save(folder / file.name)
    return face(folder, "Office Face")


def test_in_the_offices_own_font_every_thai_cluster_is_read_as_it_was_typed(
    typesetter: Typesetter, offices: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    clusters = ["".join(one) for one in itertools.product(CONSONANTS, VOWELS, TONES) if one[1:] != ("็", "่")]
    lines = [" ".join(clusters[at : at + 60]) for at in range(0, len(clusters), 60)]
    own = replace(typesetter, face=offices)
    assert printed(own, lines, monkeypatch) == [bare(thai.normalise(line)) for line in lines]


def test_an_emoji_with_a_mark_on_it_is_drawn_and_read(typesetter: Typesetter) -> None:
    name = "กลุ่ม🌾่เกษตร ❤️้ กิจ ก่อน"
    case = Cases(PROVINCE).case("พาน", ApplicantType.GROUP, 1, named=name)
    for paper, sheet in sheets(typesetter, [case]).items():
        if paper in ("names", "dossier"):
            with as_bound(typesetter, sheet) as document:
                assert bare(name) in bare("".join(page.get_text() for page in document))
                assert {"🌾", "❤"} <= drawn(document)


def drawn(document: pymupdf.Document) -> set[str]:
    """The letters that stand in fonts for emoji and symbols."""
    spans = (span for page in document for span in page.get_texttrace() if "Noto" in span["font"])
    return {chr(one[0]) for span in spans for one in span["chars"]}
