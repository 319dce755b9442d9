"""The last safety before a line leaves the process: tokens, passwords and national IDs are covered."""

import re

_DIGIT = "[0-9๐-๙]"
_GAP = "[- .]?"
_RULES = (
    # The officer's token stands in the address the phone calls.
    (re.compile(r"(/key/)[^/\s\"'?#]+"), r"\1[token]"),
    # The same token alone: 32 bytes in base64url.
    (re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])", re.ASCII), "[token]"),
    # A database or proxy URL with its password.
    (re.compile(r"(://[^/\s:@]*:)[^/\s@]+@"), r"\1[password]@"),
    # A national ID: thirteen digits, Thai or Arabic, run together or grouped 1-4-5-2-1; no part of a longer
    # number or of a digest. Thai writes no space before it.
    (
        re.compile(
            rf"(?<![0-9A-Za-z๐-๙]){_DIGIT}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{5}}{_GAP}{_DIGIT}{{2}}{_GAP}{_DIGIT}(?![0-9A-Za-z๐-๙])"
        ),
        "x-xxxx-xxxxx-xx-x",
    ),
)


def redact(text: str) -> str:
    """`text` with officers' tokens, passwords in URLs and thirteen-digit IDs covered."""
    for pattern, cover in _RULES:
        text = pattern.sub(cover, text)
    return text
