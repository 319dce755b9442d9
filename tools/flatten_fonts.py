"""Make the fonts of papers: Sarabun, Noto's of neighbours' scripts, with marks at a few fixed heights.

typst splits a run of text at a glyph with a vertical offset and repeats its ActualText, so that "ทั้ง" would
be extracted from the PDF as "ทั้ทั้ง". Moving anchors by at most 0.08 em leaves no offsets inside a Thai
cluster, by at most 0.09 em none inside a Lao one. Maintenance only:
python tools/flatten_fonts.py FOLDER_WITH_SARABUN_TTF FOLDER_WITH_NOTO_TTF
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont

FAMILY = "Sarabun Packet"
STYLES = ("Regular", "Bold")
TARGET = Path(__file__).resolve().parent.parent / "mochocho" / "fonts"
MARK_TO_BASE, MARK_TO_MARK, EXTENSION = 4, 6, 9
FAMILY_NAMES, POSTSCRIPT_NAME = (1, 4, 16), 6
BESIDE = ("Khmer", "Lao", "Myanmar", "TaiTham")


class Within(NamedTuple):
    """How far an anchor is moved, and which heights are taken for one: thousandths of an em."""

    near: int
    same: int


THAI, BESIDE_THAI = Within(80, 5), Within(90, 60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sarabun", type=Path, help="folder with Sarabun-Regular.ttf, Sarabun-Bold.ttf")
    parser.add_argument("noto", type=Path, help="folder with NotoSansLao-Regular.ttf and the like")
    given = parser.parse_args()
    for style in STYLES:
        font = TTFont(given.sarabun / f"Sarabun-{style}.ttf", recalcTimestamp=False)
        rename(font)
        save(font, TARGET / f"SarabunPacket-{style}.ttf", is_thai, THAI)
    for script in BESIDE:
        name = f"NotoSans{script}-Regular.ttf"
        save(TTFont(given.noto / name, recalcTimestamp=False), TARGET / "beside" / name, bool, BESIDE_THAI)


def save(font: TTFont, path: Path, moves: Callable[[str], bool], within: Within) -> None:
    """Save a font with the anchors of those glyphs that `moves` names moved."""
    moved = sum(flatten(list(marks), list(places), within) for marks, places in anchors(font, moves))
    font.save(path)
    print(f"{path.name}: {moved} anchors moved")


def anchors(
    font: TTFont, moves: Callable[[str], bool]
) -> Iterator[tuple[Iterator[tuple[int, Any]], Iterator[tuple[int, Any]]]]:
    """For each table that places marks: the marks' own anchors, and those they are put on, by class."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            table = subtable.ExtSubTable if subtable.LookupType == EXTENSION else subtable
            if table.LookupType == MARK_TO_BASE:
                bases = zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True)
                under = ((glyph, record.BaseAnchor) for glyph, record in bases)
                marks = zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True)
            elif table.LookupType == MARK_TO_MARK:
                bases = zip(table.Mark2Coverage.glyphs, table.Mark2Array.Mark2Record, strict=True)
                under = ((glyph, record.Mark2Anchor) for glyph, record in bases)
                marks = zip(table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord, strict=True)
            else:
                continue
            yield (
                ((record.Class, record.MarkAnchor) for glyph, record in marks if moves(glyph)),
                (pair for glyph, places in under if moves(glyph) for pair in enumerate(places)),
            )


def is_thai(glyph: str) -> bool:
    return glyph.startswith("uni0E") or "thai" in glyph


def flatten(marks: list[tuple[int, Any]], places: list[tuple[int, Any]], within: Within) -> int:
    """Move anchors that are near one of their class's mark heights to that height. Returns how many moved."""
    counted: Mapping[int, Counter[int]] = defaultdict(Counter)
    for mark_class, anchor in marks:
        counted[mark_class][anchor.YCoordinate] += 1
    heights = {c: levels(counts, within.same) for c, counts in counted.items()}
    moved = 0
    for mark_class, anchor in (*marks, *places):
        if anchor is None or mark_class not in heights:
            continue
        nearest = min(heights[mark_class], key=lambda y: abs(y - anchor.YCoordinate))
        if 0 < abs(nearest - anchor.YCoordinate) <= within.near:
            anchor.YCoordinate = nearest
            moved += 1
    return moved


def levels(counts: Counter[int], same: int) -> list[int]:
    """The heights of a class; of nearly equal ones the most frequent."""
    kept: list[int] = []
    for height, _ in counts.most_common():
        if all(abs(height - other) > same for other in kept):
            kept.append(height)
    return kept


def rename(font: TTFont) -> None:
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = str(record).replace("Sarabun", FAMILY)
        elif record.nameID == POSTSCRIPT_NAME:
            record.string = str(record).replace("Sarabun", FAMILY.replace(" ", ""))


if __name__ == "__main__":
    main()
