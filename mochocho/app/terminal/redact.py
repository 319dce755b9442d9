"""The last safeguard before a line is printed or logged: masks tokens, passwords and national IDs."""

import re

from mochocho.words import thai

_RULES = (
    # The officer's token in an address that a phone calls.
    (re.compile(r"(/key/)[^/\s\"'?#]+"), r"\1[token]"),
    # The token by itself: 32 bytes in base64url.
    (re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])", re.ASCII), "[token]"),
    # A database or proxy URL with its password.
    (re.compile(r"(://[^/\s:@]*:)[^/\s@]+@"), r"\1[password]@"),
)


def redact(text: str) -> str:
    """`text` with officers' tokens, passwords in URLs and thirteen-digit IDs masked."""
    for pattern, cover in _RULES:
        text = pattern.sub(cover, text)
    return thai.cover_national_ids(text)
