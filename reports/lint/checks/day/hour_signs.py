"""Hours with a colon beside hours with a dot: 09:00 น. and 09.00 น. (thai-papers.md 4; rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import typed_by_the_office

COLON = warning(
    "hours.colon",
    "44",
    Sentence(
        "เขียนเวลา “{written}” แต่ที่อื่นเขียน “{other}” หนังสือราชการใช้จุด",
        "writes “{written}”, but elsewhere “{other}”; official papers have the dot",
    ),
    Sentence("ให้เขียนเวลาด้วยจุดทุกแห่ง", "write hours with a dot everywhere"),
)
ENTRIES = (COLON,)
_HOUR = re.compile(r"(?<![\d.:])[0-2]?\d([.:])[0-5]\d(?![\d:])(?= ?(?:น\.|นาฬิกา|-|–|ถึง))")


def check(looked: Examined) -> Iterator[Found]:
    """Each hour with a colon, where any text has one with a dot; where all have colons, that is a habit."""
    said = [
        (text, found)
        for text in typed_by_the_office(looked)
        if "น." in text.plain or "นาฬิกา" in text.plain
        for found in _HOUR.finditer(text.plain)
    ]
    dotted = next((found[0] for _, found in said if found[1] == "."), "")
    for text, found in said if dotted else ():
        if found[1] == ":":
            yield COLON.at(text.place, written=found[0], other=dotted)
