"""Excel's own way of writing letters that XML cannot hold: `_x000D_` (ECMA-376, 22.9.2.19, ST_Xstring).

A text that looks like one is written with its underscore escaped: `_x005F_x000D_` is shown as `_x000D_`.
openpyxl drops every `x005F_` instead, also where a person typed it; XlsxWriter escapes only the first of two
that share an underscore.
"""

import re

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_NO_LETTER = re.compile(f"[{_CONTROLS}]")
_NOT_IN_XML = re.compile(f"[{_CONTROLS}\\r]")
# The last underscore may come of a control that follows.
_LOOKS_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{_CONTROLS}\\r])")


def escaped(text: str) -> str:
    """The text as a file holds it, so that Excel shows it as it was typed."""
    kept = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", kept)


def shown(text: str) -> str:
    """The text as Excel shows it. What stands for no letter (a control, half of a pair) stays as written."""
    return _ESCAPED.sub(_letters, text) if "_x" in text else text


def _letters(found: re.Match[str]) -> str:
    written = [int(found[0][at + 2 : at + 6], 16) for at in range(0, len(found[0]), 7)]
    pairs = b"".join(one.to_bytes(2, "big") for one in written).decode("utf-16-be", "surrogatepass")
    return "".join(_shown(letter) for letter in pairs)


def _shown(letter: str) -> str:
    return f"_x{ord(letter):04X}_" if _NO_LETTER.match(letter) else letter
