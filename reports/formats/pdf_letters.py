"""What a PDF says its glyphs are, where letters have marks that stand alone or at heights of their own.

typst says at each place what a letter with its marks is (ActualText), again for each glyph of it that stands
higher; of what one glyph shows, its font says it, for all places. Programs compare the two, and read a mark
twice where they differ: so the marks of letters are said at their places only, and once.
"""

import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

_ENTRY = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_ENTRIES = re.compile(rb"(?:\d+ beginbfchar\n.*?endbfchar\n)+", re.DOTALL)
_MOST = 100  # entries of one block, as the standard says
_UTF_16 = b"\xfe\xff"
_BOX = b"\0\0"  # the glyph for whatever a font lacks


def read_as_typed(pdf: bytes, lacking: Collection[str] = ()) -> bytes:
    """The PDF with a text in which each letter and mark stands once. The same PDF gives the same bytes.

    `lacking`: letters of its text that no font has; what the first is in each font, typst says nowhere.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as book:
        fonts = {one.objgen: _Font(one, lacking) for one in book.objects if _has_letters(one)}
        pages = [_Page(_named(page, fonts)) for page in book.pages]
        if lacking:  # what is said of the others is known when all pages were read
            for own, page in zip(pages, book.pages, strict=True):
                own.read(pikepdf.parse_content_stream(page))
        for own, page in zip(pages, book.pages, strict=True):
            mended = [*own.mended(pikepdf.parse_content_stream(page))]
            page.Contents = book.make_stream(pikepdf.unparse_content_stream(mended))
        for font in fonts.values():
            font.say_letters()
        whole = io.BytesIO()
        book.save(whole, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return whole.getvalue()


def _named(page: Any, fonts: Mapping[Any, "_Font"]) -> Mapping[str, "_Font"]:
    shown = page.Resources.get("/Font", {}).items()
    return {name: fonts[font.objgen] for name, font in shown if font.objgen in fonts}


def _has_letters(one: Any) -> bool:
    import pikepdf

    return isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one


class _Font:
    """A font of a PDF: what it says that its glyphs are."""

    def __init__(self, font: Any, lacking: Collection[str]) -> None:
        self._lacking = set(lacking)
        self._table = font.ToUnicode
        found = _ENTRIES.search(self._table.read_bytes())
        entries = _ENTRY.findall(found[0]) if found else ()
        self._said = {bytes.fromhex(glyph.decode()): _text(said) for glyph, said in entries}
        self._wide = {
            number.to_bytes(2, "big")
            for first, last, wide in _ranges(font.DescendantFonts[0].W)
            for number in range(first, last + 1)
            if wide
        }

    def said(self, glyph: bytes) -> str:
        """What it says that this glyph is, with whatever belongs to it."""
        if glyph == _BOX:
            return next(iter(self._lacking)) if len(self._lacking) == 1 else ""
        return self._said.get(glyph, "")

    def is_one_letter(self, glyph: bytes) -> bool:
        """Whether this glyph alone is one letter: it takes place, and is said to be one letter, no mark."""
        said = self.said(glyph)
        return glyph != _BOX and len(said) == 1 and glyph in self._wide and unicodedata.category(said) != "Mn"

    def says_itself(self, text: str) -> None:
        """A letter that the font lacks is said at its places: it is not the first."""
        self._lacking.discard(text)

    def say_letters(self) -> None:
        """Say of each glyph the letter alone, and nothing of marks: each place says what else it is."""
        letters = ((glyph, said[0]) for glyph, said in self._said.items() if glyph in self._wide)
        kept = [
            b"<%s> <%s>" % (_hex(glyph), _hex(letter.encode("utf-16-be")))
            for glyph, letter in letters
            if unicodedata.category(letter) != "Mn"
        ]
        blocks = [kept[at : at + _MOST] for at in range(0, len(kept), _MOST)]
        made = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(one), b"\n".join(one)) for one in blocks)
        self._table.write(_ENTRIES.sub(lambda _: made, self._table.read_bytes()))


def _text(said: bytes) -> str:
    return bytes.fromhex(said.decode()).decode("utf-16-be", "replace")


def _hex(content: bytes) -> bytes:
    return content.hex().upper().encode()


def _ranges(widths: Sequence[Any]) -> Iterator[tuple[int, int, Any]]:
    """From which glyph to which how wide, as typst writes it."""
    yield from ((int(widths[at]), int(widths[at + 1]), widths[at + 2]) for at in range(0, len(widths), 3))


class _Page:
    """The operations of a page, one after the other."""

    def __init__(self, fonts: Mapping[str, _Font]) -> None:
        self._fonts = fonts
        self._font: _Font | None = None
        self._open: list[str | None] = []  # what the marked contents around are said to be
        # what was said last, and of which glyph
        self._last: tuple[_Font | None, str, bytes] = (None, "", b"")
        self._begins = False  # whether a text begins here

    def read(self, operations: Iterable[Any]) -> None:
        """Note of which letters that a font lacks it is said what they are."""
        said: list[str | None] = []
        for operation in operations:
            match str(operation.operator):
                case "Tf":
                    self._font = self._fonts.get(str(operation.operands[0]))
                case "BDC" | "BMC":
                    said.append(_actual(operation))
                case "EMC":
                    said.pop()
                case "Tj" | "TJ" if self._font is not None and said and said[-1] is not None:
                    if _BOX in _parts(operation):
                        self._font.says_itself(said[-1])

    def mended(self, operations: Iterable[Any]) -> Iterator[Any]:
        """Those of the mended page."""
        for operation in operations:
            kept = [operation]
            match str(operation.operator):
                case "BT":
                    self._begins = True
                case "Tf":
                    self._font = self._fonts.get(str(operation.operands[0]))
                case "BDC" | "BMC":
                    self._open.append(_actual(operation))
                    kept = kept if self._open[-1] is None else []  # said where the glyphs are known
                case "EMC":
                    kept = kept if self._open.pop() is None else []
                case "Tj" | "TJ" if self._font is not None:
                    kept = [*self._shown(self._font, _parts(operation))]
            yield from kept

    def _shown(self, font: _Font, parts: Sequence[Any]) -> Iterator[Any]:
        actual = next((one for one in reversed(self._open) if one is not None), None)
        if actual is not None:
            first = next(part for part in parts if isinstance(part, bytes))
            yield from _shows(parts, self._once(font, actual, first))
            return
        plain: list[Any] = []
        for part in parts:
            text = font.said(part) if isinstance(part, bytes) else ""
            said = self._once(font, text, part) if text else text
            if text and not font.is_one_letter(part):
                yield from _shows(plain)
                yield from _shows([part], said)
                plain = []
            else:
                plain.append(part)
        yield from _shows(plain)

    def _once(self, font: _Font, text: str, glyph: bytes) -> str:
        """What is said here: nothing, where the letter before goes on at another height."""
        begins, self._begins = self._begins, False
        before, said, first = self._last
        if begins and before is font and said == text and first != glyph and not font.is_one_letter(glyph):
            return ""
        self._last = (font, text, glyph)
        return text


def _actual(operation: Any) -> str | None:
    import pikepdf

    said = operation.operands[-1]
    return str(said.ActualText) if isinstance(said, pikepdf.Dictionary) and "/ActualText" in said else None


def _parts(operation: Any) -> list[Any]:
    """Glyphs, each as its two bytes, and the numbers between them."""
    import pikepdf

    (shown,) = operation.operands
    parts: list[Any] = []
    for one in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(one, pikepdf.String):
            content = bytes(one)
            parts += [content[at : at + 2] for at in range(0, len(content), 2)]
        else:
            parts.append(one)
    return parts


def _shows(parts: Sequence[Any], said: str | None = None) -> Iterator[Any]:
    """The operations that show these; `said`: what they are together."""
    import pikepdf

    if not parts:
        return
    if said is not None:
        actual = pikepdf.Dictionary(ActualText=pikepdf.String(_UTF_16 + said.encode("utf-16-be")))
        yield pikepdf.ContentStreamInstruction([pikepdf.Name.Span, actual], pikepdf.Operator("BDC"))
    shown = pikepdf.Array([pikepdf.String(part) if isinstance(part, bytes) else part for part in parts])
    yield pikepdf.ContentStreamInstruction([shown], pikepdf.Operator("TJ"))
    if said is not None:
        yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
