"""Annexes that are cited and not bound, or bound and not cited, or that act (rules.md 45). Pure."""

import re
from collections import Counter
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import AGENDA, texts

NOT_BOUND = error(
    "annex.not_bound",
    "45",
    Sentence("อ้างเอกสารแนบ {number} แต่ยังไม่ได้แนบไฟล์", "annex {number} is cited, but no file is bound"),
    Sentence("ให้แนบไฟล์ PDF ของเอกสารแนบ {number} หรือลบข้อความที่อ้าง", "bind its PDF, or do not cite it"),
)
NOT_CITED = warning(
    "annex.not_cited",
    "45",
    Sentence(
        "แนบไฟล์เอกสารแนบ {number} “{title}” แต่ไม่มีเอกสารใดอ้างถึง",
        "annex {number}, “{title}”, is bound and never cited",
    ),
    Sentence("ให้อ้างในระเบียบวาระ หรือนำไฟล์ออก", "cite it in the agenda, or take it out"),
)
TWICE = error(
    "annex.twice",
    "45",
    Sentence("มีเอกสารแนบ {number} มากกว่าหนึ่งฉบับ", "there are several annexes {number}"),
    Sentence("ให้แก้หมายเลขเอกสารแนบ", "give each its own number"),
)
ACTS = error(
    "annex.acts",
    "45",
    Sentence(
        "ไฟล์ของเอกสารแนบ {number} มีสิ่งที่ทำงานเองหรือโยงออกนอกไฟล์ ({what})",
        "the file of annex {number} has active content ({what})",
    ),
    Sentence("ให้แนบไฟล์ใหม่ด้วย `mochocho meeting annex`", "bind it again with `mochocho meeting annex`"),
)
ENTRIES = (NOT_BOUND, NOT_CITED, TWICE, ACTS)
NAME_LIST = 4  # the packet binds it itself
_CITED = re.compile(r"เอกสารแนบ ?(\d+)")


def check(looked: Examined) -> Iterator[Found]:
    """Annexes and where they are cited."""
    annexes = looked.meeting.annexes
    bound, cited = Counter(annex.number for annex in annexes), set[int]()
    for text in texts(looked):
        for number in map(int, _CITED.findall(text.plain)):
            if number not in cited and number not in bound and number != NAME_LIST:
                yield NOT_BOUND.at(text.place, number=number)
            cited.add(number)
    for at, annex in enumerate(annexes, 1):
        place = Place(AGENDA, f"annexes.{at}")
        if annex.number not in cited:
            yield NOT_CITED.at(place, number=annex.number, title=annex.title)
    for number, what in looked.acting:
        yield ACTS.at(Place(AGENDA, "annexes"), number=number, what=what)
    for number, times in bound.items():
        if times > 1:
            yield TWICE.at(Place(AGENDA, "annexes"), number=number)
