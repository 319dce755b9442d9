"""Labels that papers print themselves and that were typed once more (thai-papers.md 2; rules.md 42). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import typed_by_the_office

LABEL = warning(
    "letter.label_twice",
    "42",
    Sentence(
        "“{written}” ขึ้นต้นด้วย “{label}” ซึ่งเอกสารพิมพ์ให้แล้ว จะพิมพ์ซ้ำ",
        "“{written}” begins with “{label}”, which papers print themselves",
    ),
    Sentence("ให้ลบ “{label}” ออกจากช่องนี้", "delete “{label}” in this field"),
)
ENTRIES = (LABEL,)
_LABELS = (
    (re.compile(r"\w+\.to"), re.compile("เรียน ?")),
    (re.compile(r"\w+\.subject"), re.compile("เรื่อง[ :]")),
    (re.compile(r"(?:letter|circular|memo)\.number"), re.compile("(?:เลข)?ที่ ?(?=[ก-ฮ0-9])")),
    (re.compile(r"\w+\.refers\.\d+"), re.compile("อ้างถึง ?")),
    (re.compile(r"\w+\.enclosures\.\d+"), re.compile(r"สิ่งที่ส่งมาด้วย ?|\d{1,2}[.)] ")),
    (re.compile(r"\w+\.paragraphs\.\d+"), re.compile("ขอแสดงความนับถือ")),
    (re.compile(r"contact\.email"), re.compile("(?:อีเมล|e-?mail)[ :]+", re.IGNORECASE)),
    (
        re.compile(r"contact\.line"),
        re.compile("(?:id ?)?(?:ไลน์|ไอดี(?:ไลน์)?|line)(?: ?id)?[ :]+", re.IGNORECASE),
    ),
    (re.compile("place"), re.compile("ณ ")),
    (re.compile(r"\w+\.name"), re.compile(r"\( ?|ลงชื่อ ?")),
)  # field, what it begins with


def check(looked: Examined) -> Iterator[Found]:
    """Fields that begin with their own label, or a name in the brackets of a signature."""
    for text in typed_by_the_office(looked):
        for field, label in _LABELS:
            if field.fullmatch(text.place.field) and (found := label.match(text.plain)):
                yield LABEL.at(text.place, written=text.plain[:60], label=found[0].strip())
