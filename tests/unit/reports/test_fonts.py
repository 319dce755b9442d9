"""The letters papers are set in."""

import itertools
import json
import shutil
from pathlib import Path

import pymupdf
import pytest
import typst

from mochocho.errors import Terminal
from reports.fonts import OWN, OWN_FAMILY, Face, face

CONSONANTS = [chr(c) for c in range(ord("ก"), ord("ฮ") + 1)]
VOWELS = ["", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็"]
TONES = ["", "่", "้", "๊", "๋", "์"]


def text_of(words: list[str], face_: Face, weight: str) -> list[str]:
    source = """
        #set page(width: 20cm, height: 30cm)
        #set text(font: sys.inputs.family, lang: "th", weight: sys.inputs.weight)
        #for word in json("words.json") { box(word); linebreak() }
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[face_.folder])
    pdf = typst.compile(  # type: ignore[call-overload]
        {"main.typ": source.encode(), "words.json": json.dumps(words).encode()},
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"family": face_.family, "weight": weight},
    )
    with pymupdf.open(stream=pdf) as document:
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
    assert len(own.digests) == 2


def test_the_offices_font_is_taken_from_its_folder(tmp_path: Path) -> None:
    for file in OWN.glob("*.ttf"):
        shutil.copy(file, tmp_path)
    assert face(tmp_path, OWN_FAMILY).digests == face(None, "").digests


@pytest.mark.parametrize(("family", "said"), [("", "font_family"), ("TH SarabunPSK", "TH SarabunPSK")])
def test_a_folder_without_the_font_is_refused(tmp_path: Path, family: str, said: str) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(Terminal, match=said):
        face(tmp_path, family)
