"""Characters of XML as phones write them: joins surrogate pairs, finds characters that XML forbids.

Older Collect writes an emoji as two references, one for each half of its surrogate pair
(getodk/javarosa#685); some programs write the halves as bytes. XML 1.0 (production 2) allows neither,
although nothing of what was typed is lost.
"""

import re

_CONTROLS = bytes(sorted({*range(0x20)} - {*b"\t\n\r"}))
# In these, `&#` is plain text. An unclosed one extends to the end, or each would be searched to the end.
_NO_REFERENCES = r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*)"
_REFERENCES = re.compile(rf"{_NO_REFERENCES}|(?:&#(?:x[0-9A-Fa-f]+|[0-9]+);)+", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:x0*([0-9A-Fa-f]+)|0*([0-9]+));")
_LONGEST = 7  # digits of the largest code point, 1114111


def decode_utf8(content: bytes) -> str:
    """UTF-8 in which a surrogate pair may be written as two characters. Raises UnicodeDecodeError."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _joined(content.decode("utf-8", "surrogatepass"))


def join_references(text: str) -> str:
    """The XML with each pair of references to surrogate halves replaced by the one character.

    A reference to no character of XML becomes half of a pair, which is not one either.
    """
    return _REFERENCES.sub(_rejoined, text) if "&#" in text else text


def has_forbidden(text: str) -> bool:
    """Whether the text contains a character that XML does not allow."""
    try:
        content = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return True
    # Many times as fast as a regular expression, which would block all other threads while it searches.
    return len(content.translate(None, _CONTROLS)) < len(content) or "\ufffe" in text or "\uffff" in text


def _rejoined(found: re.Match[str]) -> str:
    run = found.group()
    return _joined(_REFERENCE.sub(_halves, run)) if run.startswith("&#") else run


def _halves(found: re.Match[str]) -> str:
    """A reference as it is; half a pair, and any forbidden character as one, as a character."""
    hexadecimal, decimal = found.groups()
    digits = hexadecimal or decimal
    number = int(digits, 16 if hexadecimal else 10) if len(digits) <= _LONGEST else -1
    if 0xD800 <= number <= 0xDFFF:
        return chr(number)
    return found.group() if 0 < number <= 0x10FFFF and not has_forbidden(chr(number)) else "\ud800"


def _joined(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
