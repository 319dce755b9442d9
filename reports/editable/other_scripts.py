"""Letters of neighbours' scripts, Chinese, emoji in editable papers: as small as the Thai ones beside them.

An office's font has the small letters of TH Sarabun at 16 points. What is taken from another font for the
letters that it lacks would be half as large again, and stand into the lines above and below.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy

from lxml import etree

from reports.editable.markup import element, qualified, written
from reports.editable.office_styles import Style
from reports.editable.typeface import OFFICIAL_POINTS, Typeface

# Lao, Burmese and Shan, Khmer, the Tai scripts, Chinese and Japanese, Korean, emoji; spaces between them.
_OTHERS = (
    "\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u2e80-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\uac00-\ud7af\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_OF_OTHERS = re.compile(f"([{_OTHERS}]+(?: +[{_OTHERS}]+)*)")
_POINTS = {style.id: style.value.size for style in Style}
_P, _R, _T, _LOOKS = (qualified(f"w:{name}") for name in ("p", "r", "t", "rPr"))
_SIZES = tuple(qualified(f"w:{name}") for name in ("sz", "szCs"))
# What stands behind the sizes, in the order that the schema asks for.
_BEHIND_SIZES = {
    qualified(f"w:{name}")
    for name in (
        *("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
        *("eastAsianLayout", "specVanish", "oMath", "rPrChange"),
    )
}


def set_as_small(content: Iterable[etree._Element], typeface: Typeface) -> None:
    """Set such letters of paragraphs and tables in runs of their own, as large as the Thai letters look."""
    set_beside(content, lambda run: typeface.beside(_points(next(run.iterancestors(_P)))))


def set_beside(
    content: Iterable[etree._Element], half_points: Callable[[etree._Element], int | None]
) -> None:
    """The same, `half_points` as it says of the run in which they stand; None = as they are."""
    for one in content:
        for run in [*one.iter(_R)]:
            if not _OF_OTHERS.search("".join(text.text or "" for text in run.iterchildren(_T))):
                continue
            if (size := half_points(run)) is not None:
                for part in _parts(run, size):
                    run.addprevious(part)
                run.getparent().remove(run)  # type: ignore[union-attr]  # it stands in a paragraph


def _points(paragraph: etree._Element) -> float:
    style = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
    return (
        OFFICIAL_POINTS if style is None else _POINTS.get(style.get(qualified("w:val"), ""), OFFICIAL_POINTS)
    )


def _parts(run: etree._Element, half_points: int) -> Iterator[etree._Element]:
    looks = run.find(_LOOKS)
    for child in [*run]:
        if child.tag == _T:
            for at, text in enumerate(_OF_OTHERS.split(child.text or "")):
                if text:
                    own = _sized(looks, half_points) if at % 2 else _same(looks)
                    yield element("w:r", own, *written(text))
        elif child is not looks:
            yield element("w:r", _same(looks), child)


def _same(looks: etree._Element | None) -> etree._Element | None:
    return None if looks is None else deepcopy(looks)


def _sized(looks: etree._Element | None, half_points: int) -> etree._Element:
    own = element("w:rPr") if looks is None else deepcopy(looks)
    for size in [*own.iterchildren(*_SIZES)]:
        own.remove(size)
    at = next((i for i, child in enumerate(own) if child.tag in _BEHIND_SIZES), len(own))
    own[at:at] = [element("w:sz", val=half_points), element("w:szCs", val=half_points)]
    return own
