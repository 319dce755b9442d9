"""The fonts of papers: the Sarabun we ship, or the office's own font.

Letters that neither has (Lao, Burmese, Khmer, Tai scripts, Chinese, symbols, emoji) come from fallback fonts;
letters that no font has are a finding (`mochocho.words.letters`).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mochocho.words.errors import Terminal
from mochocho.words.letters import lacking
from mochocho.words.thai import loose_marks

if TYPE_CHECKING:
    from PIL import ImageFont

OWN = Path(__file__).resolve().parents[2] / "mochocho" / "fonts"
OWN_FAMILY = "Sarabun Packet"
BESIDE = OWN / "beside"
BESIDE_FAMILIES = tuple(
    f"Noto {name}"
    for name in (
        *("Sans Khmer", "Sans Lao", "Sans Myanmar", "Sans NewTaiLue", "Sans Tai Le", "Sans Tai Tham"),
        *("Sans SC", "Sans Symbols 2", "Emoji"),
    )
)
# typst takes a letter and the marks on it from one font: of an emoji with a tone mark it draws that alone.
_THAI, _LAO, _LATIN = "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e", "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece", "\u0300-\u036f"
_APART = re.compile(
    f"[\u0370-\u0dff\u0e80-\u1dff\u1f00-\U0010ffff]\ufe0f?\u20e3?[{_THAI}{_LATIN}]+"
    f"|[!-@\\[-`{{-~\u00a1-\u00bf\u2010-\u2027][{_LAO}]+"
)
# Marks that our fonts put at heights of their own: of Latin, Lao, Burmese, Khmer and Tai scripts.
_AT_HEIGHTS = re.compile(f"[{_LATIN}{_LAO}\u102b-\u109d\u17b4-\u17dd\u1a55-\u1a7f\ua9e5\uaa7b-\uaa7d]")
SAMPLE = "มาตรฐานการพัฒนาชุมชน ประจำปี ๒๕๖๘"
MEASURED_AT = 1000


def set_apart(text: str) -> str:
    """What finds a letter from which the marks on it are set apart, if this text has one; else nothing."""
    return _APART.pattern if _APART.search(text) else ""


@dataclass(frozen=True, slots=True)
class Face:
    """A font family, its folder, and the factor that makes it as wide as Sarabun."""

    family: str
    folder: Path
    scale: float
    digests: tuple[str, ...]  # sha256 of its files and of the fallback fonts, sorted

    @property
    def families(self) -> tuple[str, ...]:
        """The families in the order in which a letter is looked up."""
        return tuple(dict.fromkeys((self.family, OWN_FAMILY, *BESIDE_FAMILIES)))

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys((self.folder, OWN)))

    def misleads(self, text: str) -> bool:
        """Whether programs may read other letters in a PDF of this text (reports/formats/pdf_letters.py)."""
        ours = self.family == OWN_FAMILY  # made so that none of its Thai marks has a height of its own
        return not ours or _AT_HEIGHTS.search(text) is not None or bool(loose_marks(text) or lacking(text))


def face(folder: Path | None, family: str) -> Face:
    """The office's font, or ours if `folder` is None. Raises Terminal when the folder lacks the family."""
    if folder is None:
        return _own()
    if not family:
        raise Terminal(
            "papers.font_family: ให้ระบุชื่อแบบอักษรที่อยู่ใน papers.font_dir เช่น TH SarabunPSK",
            "papers.font_family: name the family in papers.font_dir, such as TH SarabunPSK",
        )
    return _face(folder, family)


@cache
def _own() -> Face:
    return Face(OWN_FAMILY, OWN, 1.0, _digests(()))


@cache
def _face(folder: Path, family: str) -> Face:
    files = sorted(p for p in folder.glob("*") if p.suffix.lower() in {".ttf", ".otf"})
    named = ((_name(file), file) for file in files)
    styles = {name[1]: file for name, file in named if name[0] == family}
    if "Regular" not in styles or "Bold" not in styles:
        raise Terminal(
            f"{folder}: ไม่มีแบบอักษร “{family}” ทั้งตัวปกติและตัวหนา (.ttf หรือ .otf) "
            "ให้วางไฟล์ไว้ที่นั่น หรือแก้ papers.font_family",
            f'{folder}: the font "{family}" is not there in Regular and Bold (.ttf or .otf); '
            "put the files there, or mend papers.font_family",
        )
    scale = _width(OWN / "SarabunPacket-Regular.ttf") / _width(styles["Regular"])
    return Face(family, folder, round(scale, 3), _digests(styles.values()))


def _digests(files: Iterable[Path]) -> tuple[str, ...]:
    used = {*files, *OWN.glob("*.ttf"), *BESIDE.glob("*.ttf")}
    return tuple(sorted({hashlib.sha256(path.read_bytes()).hexdigest() for path in used}))


def _name(path: Path) -> tuple[str | None, str | None]:
    """Family and style; None for files that are not fonts."""
    try:
        return _font(path).getname()
    except OSError:
        return None, None


def _font(path: Path) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(path, MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


def _width(path: Path) -> float:
    return _font(path).getlength(SAMPLE)
