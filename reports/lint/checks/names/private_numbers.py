"""National ID numbers that a text tells to everybody who reads the papers (thai-papers.md 6, 7). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import typed_by_the_office

NATIONAL_ID = error(
    "words.national_id",
    "PDPA",
    Sentence("มีเลขประจำตัวประชาชน ซึ่งลงท้ายด้วย {last}", "has a national ID number, which ends in {last}"),
    Sentence("ให้ลบเลขประจำตัวประชาชนออกจากเอกสาร", "delete the number: papers of a meeting need none"),
)
ENTRIES = (NATIONAL_ID,)
_SHAPED = re.compile(r"(?<![\d-])[1-8]([- ])\d{4}\1\d{5}\1\d{2}\1\d(?![\d-])")
_CALLED = re.compile(r"(?:ประชาชน|บัตร) ?(?:เลขที่|เลข|หมายเลข)? ?:? ?\d{13}(?!\d)")
_SHOWN = 2  # last digits


def check(looked: Examined) -> Iterator[Found]:
    """Texts of the office; of the number only its end is told."""
    for text in typed_by_the_office(looked):
        for pattern in (_SHAPED, _CALLED):
            for found in pattern.finditer(text.plain):
                yield NATIONAL_ID.at(text.place, last=found[0].replace("-", "")[-_SHOWN:])
