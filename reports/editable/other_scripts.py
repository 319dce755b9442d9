"""Letters of neighbours' scripts, Chinese, emoji in editable papers: as small as the Thai ones beside them.

An office's font has the small letters of TH Sarabun at 16 points. What is taken from another font for the
letters that it lacks would be half as large again, and stand into the lines above and below.
"""

import re
from collections.abc import Iterable, Iterator
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


def set_as_small(content: Iterable[etree._Element], typeface: Typeface) -> None:
    """Set such letters of paragraphs and tables in runs of their own, as large as the Thai letters look."""
    for one in content:
        for paragraph in [*one.iter(qualified("w:p"))]:
            for run in paragraph.findall(qualified("w:r")):
                if _OF_OTHERS.search("".join(map(str, run.itertext()))):
                    half_points = typeface.beside(_points(paragraph))
                    for part in _parts(run, half_points):
                        run.addprevious(part)
                    paragraph.remove(run)


def _points(paragraph: etree._Element) -> float:
    style = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
    return (
        OFFICIAL_POINTS if style is None else _POINTS.get(style.get(qualified("w:val"), ""), OFFICIAL_POINTS)
    )


def _parts(run: etree._Element, half_points: int) -> Iterator[etree._Element]:
    looks = run.find(qualified("w:rPr"))
    for child in run:
        if child.tag == qualified("w:t"):
            for at, text in enumerate(_OF_OTHERS.split(child.text or "")):
                if text:
                    small = (element("w:sz", val=half_points), element("w:szCs", val=half_points))
                    kept = () if looks is None else deepcopy(looks)
                    own = element("w:rPr", *kept, *(small if at % 2 else ()))
                    yield element("w:r", own if len(own) else None, *written(text))
        elif child is not looks:
            yield element("w:r", None if looks is None else deepcopy(looks), child)
