"""The cost of drawing a PDF: bytes of drawing instructions, times how often each is executed. Pure.

A page may draw a form that draws another one ten times, and so on: two kilobytes can ask for 10⁹ drawings.
"""

import re

import pikepdf

from processing.decoding.problem import Problem

COSTLY = 256 << 20  # bytes: a town's map has some millions
DEEPEST = 40  # nested forms

_DRAWN = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_FORM = pikepdf.Name("/Form")
_Costs = dict[tuple[int, int], int]


def cost_of(pdf: pikepdf.Pdf) -> int:
    """The cost of all pages. Raises Problem too_complex for endless nesting."""
    if not any(_is_form(thing) for thing in pdf.objects):
        return 0
    costs: _Costs = {}
    return sum(_drawn(_content(page.obj), page.resources, costs, 0) for page in pdf.pages)


def _is_form(thing: object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == _FORM


def _drawn(content: bytes, resources: object, costs: _Costs, depth: int) -> int:
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    total = len(content)
    if not isinstance(forms, pikepdf.Dictionary):
        return total
    for name in _DRAWN.findall(content):
        form = forms.get("/" + _ESCAPED.sub(_unescaped, name).decode("utf-8", "replace"))
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == _FORM:
            total += _form(form, resources, costs, depth + 1)
    return total


def _form(form: pikepdf.Stream, outer: object, costs: _Costs, depth: int) -> int:
    if depth > DEEPEST:
        raise Problem("too_complex")
    if form.objgen not in costs:
        costs[form.objgen] = _drawn(_bytes(form), form.get("/Resources", outer), costs, depth)
    return costs[form.objgen]


def _content(page: pikepdf.Object) -> bytes:
    held = page.get("/Contents")
    parts = list(held) if isinstance(held, pikepdf.Array) else [held]
    return b"\n".join(_bytes(part) for part in parts if isinstance(part, pikepdf.Stream))


def _bytes(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # what cannot be unpacked draws nothing
        return b""


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])
