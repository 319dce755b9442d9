"""The text of a paragraph across the runs that Word splits it into, and placeholders in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reports.editable.markup import LINES, element, possible, qualified
from reports.editable.office_templates.named_places import name_of

_MARK = re.compile(r"\{\{([^{}\x00]*)\}\}")
_LOOSE = re.compile(r"\{\{|\}\}")
_CUT = "\x00"  # in the place of a tab or a line break: no placeholder reaches across one
_P, _T = qualified("w:p"), qualified("w:t")
_CUTS = {qualified(f"w:{name}") for name in ("tab", "br", "cr", "drawing", "pict", "fldChar", "ptab")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Mark:
    """A placeholder: its name, and where it stands in the paragraph's text."""

    name: str
    typed: str
    start: int
    end: int


class MarkedText:
    """One paragraph. Its own text alone: a text box in it has paragraphs of its own."""

    def __init__(self, paragraph: etree._Element) -> None:
        self.paragraph = paragraph
        self._nodes: list[tuple[int, etree._Element]] = []
        pieces: list[str] = []
        at = 0
        for node in paragraph.iter(_T, *_CUTS):
            if _owner(node) is not paragraph:
                continue
            if node.tag == _T:
                self._nodes.append((at, node))
            piece = str(node.text or "") if node.tag == _T else _CUT
            pieces.append(piece)
            at += len(piece)
        self.text = "".join(pieces)

    @property
    def shown(self) -> str:
        """The text as a person sees it."""
        return " ".join(self.text.replace(_CUT, " ").split())

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(
            Mark(name_of(found[1]), found[0], found.start(), found.end())
            for found in _MARK.finditer(self.text)
        )

    @property
    def loose(self) -> bool:
        """Whether braces stand without their partners."""
        return _LOOSE.search(_MARK.sub("", self.text)) is not None

    def replace(self, values: Mapping[str, str]) -> None:
        """Put each value in the place of its mark, in the letters of the mark's beginning."""
        for mark in reversed(self.marks):
            self._put(mark, LINES.split(values[mark.name]))

    def _put(self, mark: Mark, lines: Sequence[str]) -> None:
        """From right to left: what stands before keeps its place."""
        touched = [
            (at, node) for at, node in self._nodes if at < mark.end and at + len(node.text or "") > mark.start
        ]
        first_at, first = touched[0]
        last_at, last = touched[-1]
        behind = str(last.text or "")[mark.end - last_at :]
        for _, node in touched[1:-1]:
            node.text = ""
        if last is not first:
            _set(last, behind)
        before = str(first.text or "")[: mark.start - first_at]
        more = _lines_after(first, lines[1:])
        _set(first, before + possible(lines[0]))
        if last is first:
            end = first if more is None else more
            _set(end, str(end.text or "") + behind)


def _lines_after(node: etree._Element, lines: Sequence[str]) -> etree._Element | None:
    """Each line behind a line break, after this text; returns the last."""
    end = None
    for line in lines:
        end = element("w:t")
        _set(end, possible(line))
        broken = element("w:br")
        node.addnext(broken)
        broken.addnext(end)
        node = end
    return end


def _set(node: etree._Element, text: str) -> None:
    node.text = text
    node.set(_SPACE, "preserve")


def _owner(node: etree._Element) -> etree._Element | None:
    return next(node.iterancestors(_P), None)
