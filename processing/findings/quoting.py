"""Quotations and lists that can be put into a sentence. Pure."""

from mochocho.words import thai

QUOTED_CHARACTERS = 40


def quoted(text: str) -> str:
    """A person's text, made safe to stand inside a sentence."""
    short = thai.normalise(text)
    return f"“{short[:QUOTED_CHARACTERS]}…”" if len(short) > QUOTED_CHARACTERS else f"“{short}”"


def listed(items: tuple[str, ...], most: int = 3) -> str:
    """`ก, ข, ค และอีก ๒ รายการ`."""
    rest = len(items) - most
    text = ", ".join(items[:most])
    return f"{text} และอีก {rest} รายการ" if rest > 0 else text
