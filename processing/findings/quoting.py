"""Quotations and lists that can be put into a sentence. Pure."""

from mochocho.words import thai

QUOTED_CHARACTERS = 120  # an answer that is longer is no answer to what was asked


def quoted(text: str) -> str:
    """A person's text, made safe to stand inside a sentence."""
    short = thai.normalise(text)
    return f"“{short[:QUOTED_CHARACTERS]}…”" if len(short) > QUOTED_CHARACTERS else f"“{short}”"


def listed(items: tuple[str, ...], most: int = 3) -> str:
    """`ก`, `ก และข`, `ก, ข และค`, `ก, ข, ค และอีก ๒ รายการ`."""
    rest = len(items) - most
    if rest > 0:
        return f"{', '.join(items[:most])} และอีก {rest} รายการ"
    *others, last = items or ("",)
    return f"{', '.join(others)} {thai.and_(last)}" if others else last
