"""How large letters of other scripts are in an office's own file, whose styles may be of any font."""

import re
from collections.abc import Iterator

from lxml import etree

from reports.editable.markup import qualified
from reports.editable.typeface import beside_small

# Fonts with small letters, as offices have them: of the 13 national ones, and those that came with Windows.
_SMALL = re.compile(
    "TH |(?:Angsana|Browallia|Cordia|Dillenia|Eucrosia|Freesia|Iris|Jasmine|Kodchiang|Lily) ?(?:New|UPC)"
)
_WORDS_OWN = 20  # half points, where a file says nothing
_STYLE, _DEFAULTS, _LOOKS, _OF_PARAGRAPH, _BASED_ON, _VAL, _ID = (
    qualified(f"w:{name}") for name in ("style", "rPrDefault", "rPr", "pPr", "basedOn", "val", "styleId")
)
_STYLES_NAMED = {"run": qualified("w:rStyle"), "paragraph": qualified("w:pStyle")}


class LetterSizes:
    """Of the runs of one file, by their own looks and its styles, as these are when it is asked."""

    def __init__(self, styles: etree._Element) -> None:
        self._styles = styles

    def beside(self, run: etree._Element) -> int | None:
        """Half points at which other scripts look as large as the Thai of this run; None = as they are."""
        looks = [*self._looks(run)]
        font = _first(looks, "rFonts", "cs", "ascii")
        size = _first(looks, "szCs") or _first(looks, "sz") or str(_WORDS_OWN)
        return beside_small(float(size)) if _SMALL.match(font) else None

    def _looks(self, run: etree._Element) -> Iterator[etree._Element]:
        """What says how the run looks, the nearest first."""
        own = run.find(_LOOKS)
        if own is not None:
            yield own
            yield from self._of_style(own.find(_STYLES_NAMED["run"]))
        of_paragraph = next(run.iterancestors(qualified("w:p"))).find(_OF_PARAGRAPH)
        named = None if of_paragraph is None else of_paragraph.find(_STYLES_NAMED["paragraph"])
        yield from self._of_style(named) if named is not None else self._chain(self._usual())
        yield from self._styles.iterfind(f".//{_DEFAULTS}/{_LOOKS}")

    def _of_style(self, named: etree._Element | None) -> Iterator[etree._Element]:
        if named is not None:
            yield from self._chain(self._styled(str(named.get(_VAL))))

    def _chain(self, style: etree._Element | None) -> Iterator[etree._Element]:
        """The looks of a style, then of the one that it is based on, and so on; a file may go in circles."""
        seen: list[etree._Element] = []
        while style is not None and style not in seen:
            seen.append(style)
            yield from style.iterchildren(_LOOKS)
            based = style.find(_BASED_ON)
            style = None if based is None else self._styled(str(based.get(_VAL)))

    def _styled(self, id_: str) -> etree._Element | None:
        return next((one for one in self._styles.iterchildren(_STYLE) if one.get(_ID) == id_), None)

    def _usual(self) -> etree._Element | None:
        """The style of paragraphs that name none."""
        default, kind = qualified("w:default"), qualified("w:type")
        every = self._styles.iterchildren(_STYLE)
        return next((one for one in every if one.get(default) and one.get(kind) == "paragraph"), None)


def _first(looks: list[etree._Element], name: str, *attributes: str) -> str:
    """The nearest word on this, by the first of these attributes that it has; "" where nothing says it."""
    for one in looks:
        for said in one.iterchildren(qualified(f"w:{name}")):
            found = (said.get(qualified(f"w:{attribute}")) for attribute in (attributes or ("val",)))
            if value := next(filter(None, found), ""):
                return value
    return ""
