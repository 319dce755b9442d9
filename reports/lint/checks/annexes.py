"""Annexes that are cited and not bound, or bound and not cited, or that act (rules.md 45). Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mochocho.words.sentences import Sentence
from processing.meetings.meeting import Annex
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import AGENDA, Typed, plain, texts

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
NOT_ENCLOSED = error(
    "enclosure.not_listed",
    "42",
    Sentence(
        "อ้างสิ่งที่ส่งมาด้วย {number} แต่หนังสือมีสิ่งที่ส่งมาด้วย {listed} รายการ",
        "enclosure {number} is cited, but the letter lists {listed}",
    ),
    Sentence(
        "ให้เพิ่มในรายการสิ่งที่ส่งมาด้วยของหนังสือ หรือแก้ลำดับที่อ้าง",
        "list it in the letter, or cite another",
    ),
)
ANOTHER = warning(
    "annex.another",
    "45",
    Sentence(
        "เขียน “{written}” แต่เอกสารแนบ {number} คือ “{title}”",
        "says “{written}”, but annex {number} is “{title}”",
    ),
    Sentence("ให้แก้ลำดับเอกสารแนบที่อ้าง", "mend which annex is cited"),
)
ENTRIES = (NOT_BOUND, NOT_CITED, TWICE, ACTS, NOT_ENCLOSED, ANOTHER)
NAME_LIST = 4  # the packet binds it itself
_NUMBERS = r"\d+(?:(?: ?(?:,|-|–|และ|ถึง|หรือ) ?(?:ที่ ?)?| )\d+)*"
_COUNTED = "ฉบับ|ชุด|เล่ม|แผ่น|หน้า|แฟ้ม|ไฟล์|รายการ|ภาพ|คน|ข้อ"  # behind a number: so many are enclosed
_CITED = re.compile(
    r"(?:เอกสาร ?(?:ที่ ?)?แนบ|(?:(?<![ก-๙])|(?<=ดัง)|(?<=ตาม))แนบ)(?:ท้าย)?(?: ?(?:หมายเลข|ลำดับที่|ลำดับ|ที่|:))? ?"
    rf"\(?({_NUMBERS})(?!\d)(?! ?(?:{_COUNTED}))"
)
_RANGE = re.compile(r"(\d+) ?(?:-|–|ถึง) ?(?:ที่ ?)?(\d+)")
_ENCLOSURE = re.compile(rf"สิ่งที่ส่งมาด้วย ?(?:ลำดับที่|ลำดับ|หมายเลข|ที่|:)? ?({_NUMBERS})(?!\d)(?! ?(?:{_COUNTED}))")
_BEHIND = re.compile(r" ?\((?:ตาม)?เอกสารแนบ ?(\d)\)")
_ORDER = re.compile(r"คำสั่ง[^\d]{0,40}ที่ ?(\d+/25\d\d)(?!\d)")
MOST = 20  # annexes that a range may name


def check(looked: Examined) -> Iterator[Found]:
    """Annexes and where they are cited."""
    annexes = looked.meeting.annexes
    bound, cited = Counter(annex.number for annex in annexes), set[int]()
    for text in texts(looked):
        for number in _numbers(_CITED, text.figures):
            if number not in cited and number not in bound and number != NAME_LIST:
                yield NOT_BOUND.at(text.place, number=number)
            cited.add(number)
        yield from _another(text, annexes)
    yield from _enclosures(looked)
    for at, annex in enumerate(annexes, 1):
        place = Place(AGENDA, f"annexes.{at}")
        if annex.number not in cited:
            yield NOT_CITED.at(place, number=annex.number, title=annex.title)
    for number, what in looked.acting:
        yield ACTS.at(Place(AGENDA, "annexes"), number=number, what=what)
    for number, times in bound.items():
        if times > 1:
            yield TWICE.at(Place(AGENDA, "annexes"), number=number)


def _another(text: Typed, annexes: Sequence[Annex]) -> Iterator[Found]:
    """The whole title or the order of one annex, and right behind it the number of another."""
    titles = {annex.number: plain(annex.title) for annex in annexes}
    for found in _BEHIND.finditer(text.plain) if "แนบ" in text.plain else ():
        number, before = int(found[1]), text.plain[: found.start()]
        named = [one for one, title in titles.items() if title and before.endswith(title)]
        ordered = _ORDER.findall(before), _ORDER.findall(titles.get(number, ""))
        if all(ordered) and ordered[0][-1] != ordered[1][-1]:
            written = f"คำสั่งที่ {ordered[0][-1]}{found[0]}"
            yield ANOTHER.at(text.place, written=written, number=number, title=titles[number])
        elif named and number not in named and number in titles:
            written = f"{titles[named[0]]}{found[0]}"
            yield ANOTHER.at(text.place, written=written, number=number, title=titles[number])


def _numbers(cited: re.Pattern[str], plain: str) -> Iterator[int]:
    """What a text cites, "1, 2 และ 4", "1 - 3"; each as often as it stands there."""
    for found in cited.finditer(plain):
        for span in _RANGE.finditer(found[1]):
            first, last = int(span[1]), int(span[2])
            yield from range(first, min(last, first + MOST) + 1)
        yield from map(int, re.findall(r"\d+", _RANGE.sub(" ", found[1])))


def _enclosures(looked: Examined) -> Iterator[Found]:
    """Enclosures that a letter's own words cite and its own list lacks."""
    meeting = looked.meeting
    listed = {
        name: len(letter.enclosures)
        for name, letter in (
            ("letter", meeting.letter),
            ("circular", meeting.circular),
            ("memo", meeting.memo),
        )
    }
    for text in texts(looked):
        own = listed.get(text.place.field.partition(".")[0]) or listed["letter"]
        for number in _numbers(_ENCLOSURE, text.figures):
            if own and number > own:
                yield NOT_ENCLOSED.at(text.place, number=number, listed=own)
