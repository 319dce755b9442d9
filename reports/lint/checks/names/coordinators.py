"""Whom texts name to be asked, where it is not the contact that is set (rules.md 43, 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import typed_by_the_office

OTHER = warning(
    "contact.other_name",
    "44",
    Sentence(
        "เขียนให้ประสานกับ “{written}” แต่ผู้ประสานงานที่บันทึกไว้คือ “{name}”",
        "names “{written}” to be asked, but the contact is “{name}”",
    ),
    Sentence("ให้แก้ชื่อในข้อความหรือผู้ประสานงานให้ตรงกัน", "mend the name in the text, or the contact"),
)
ENTRIES = (OTHER,)
_NAME = r"(?P<name>(?:นางสาว|น\.ส\.|นาง|นาย(?!อำเภอ|ก[อทส])) ?[ก-๙]{2,} [ก-๙]{2,})"
_OTHER = _NAME.replace("<name>", "<other>")
_ASKED = re.compile(
    rf"มอบหมายให้ ?{_NAME}[^,;]{{0,140}}?ผู้ประสานงาน|ประสาน(?:งาน|รายละเอียด)?(?:ได้)?(?:ที่|กับ) ?{_OTHER}"
)
_LETTERS = re.compile(r"(?:letter|memo)\.paragraphs|texts\.")


def check(looked: Examined) -> Iterator[Found]:
    """The office's own letters."""
    contact = looked.meeting.contact.name
    if not contact:
        return
    for text in typed_by_the_office(looked):
        if "ประสาน" not in text.plain or not _LETTERS.match(text.place.field):
            continue
        if people.key(contact) in people.bare(text.plain):
            continue
        for found in _ASKED.finditer(text.plain):
            written = found["name"] or found["other"]
            key = people.key(written)
            if key not in people.bare(contact) and not people.alike(
                key, people.key(contact)
            ):  # told as a slip
                yield OTHER.at(text.place, written=written, name=contact)
