"""How a finding is worded: one place for severity, quoting and the fields' names. Pure."""

from mochocho.words import thai
from mochocho.words.model import Finding, ReadFrom, Severity

QUOTED_CHARACTERS = 40


def finding(
    code: str, subject: str, message_th: str, *, blocking: bool, read_from: ReadFrom | None = None
) -> Finding:
    """A finding; digits of the sentence become Thai ones."""
    severity = Severity.BLOCKING if blocking else Severity.WARNING
    return Finding(code, subject, severity, thai.digits(message_th), read_from or ReadFrom())


def quoted(text: str) -> str:
    """What somebody wrote, fit to stand inside a sentence."""
    short = thai.normalise(text)
    return f"“{short[:QUOTED_CHARACTERS]}…”" if len(short) > QUOTED_CHARACTERS else f"“{short}”"


def listed(items: tuple[str, ...], most: int = 3) -> str:
    """`ก, ข, ค และอีก ๒ รายการ`."""
    rest = len(items) - most
    text = ", ".join(items[:most])
    return f"{text} และอีก {rest} รายการ" if rest > 0 else text
