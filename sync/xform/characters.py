"""Characters of XML as phones write them: surrogate pairs are joined, what XML forbids is found.

Older Collect writes an emoji as two references, one for each half of its surrogate pair
(getodk/javarosa#685); some programs write the halves as bytes. XML 1.0 (production 2) allows neither, though
all is there that was typed.
"""

import re

_CONTROLS = bytes(sorted({*range(0x20)} - {*b"\t\n\r"}))
# In these `&#` is text. One that never ends holds all that follows, or each would be searched to the end.
_NO_REFERENCES = r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*)"
_REFERENCES = re.compile(rf"{_NO_REFERENCES}|(?:&#(?:x[0-9A-Fa-f]+|[0-9]+);)+", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:x0*([0-9A-Fa-f]+)|0*([0-9]+));")
_LONGEST = 7  # digits of the greatest code point, 1114111


def decode_utf8(content: bytes) -> str:
    """UTF-8 in which a surrogate pair may be written as two characters. Raises UnicodeDecodeError."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _joined(content.decode("utf-8", "surrogatepass"))


def join_references(text: str) -> str:
    """The XML with each pair of references to the two halves of a surrogate pair made one character.

    A reference that names no character of XML becomes a half of a pair, which is none either.
    """
    return _REFERENCES.sub(_rejoined, text) if "&#" in text else text


def has_forbidden(text: str) -> bool:
    """Whether some character of the text, written as it is, may not stand in XML."""
    try:
        content = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return True
    # Many times as quick as a pattern, which would hold up every other thread of the process while it looks.
    return len(content.translate(None, _CONTROLS)) < len(content) or "\ufffe" in text or "\uffff" in text


def _rejoined(found: re.Match[str]) -> str:
    run = found.group()
    return _joined(_REFERENCE.sub(_halves, run)) if run.startswith("&#") else run


def _halves(found: re.Match[str]) -> str:
    """A reference as it stands; the half of a pair, and in its place what is forbidden, as a character."""
    hexadecimal, decimal = found.groups()
    digits = hexadecimal or decimal
    number = int(digits, 16 if hexadecimal else 10) if len(digits) <= _LONGEST else -1
    if 0xD800 <= number <= 0xDFFF:
        return chr(number)
    return found.group() if 0 < number <= 0x10FFFF and not has_forbidden(chr(number)) else "\ud800"


def _joined(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
