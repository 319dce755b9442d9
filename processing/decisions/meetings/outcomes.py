"""The four outcomes of a resolution as clerks write and papers print them. Pure."""

from collections.abc import Mapping

from mochocho.words.model import Outcome

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASS: "รับรอง",
    Outcome.CONDITIONAL: "รับรองแบบมีเงื่อนไข",
    Outcome.DEFERRED: "เลื่อนพิจารณา",
    Outcome.FAIL: "ไม่รับรอง",
}
# Files written before there were four, and districts that say "ผ่านการตรวจประเมิน".
_ALSO: Mapping[str, Outcome] = {"ผ่าน": Outcome.PASS, "ไม่ผ่าน": Outcome.FAIL}
_READ: Mapping[str, Outcome] = {**{word: outcome for outcome, word in OUTCOMES.items()}, **_ALSO}


def read(word: str) -> Outcome | None:
    """The outcome that a clerk wrote; None for any other word."""
    return _READ.get("".join(word.split()))
