"""What a letter says is enclosed, against what its texts cite (rules.md 42, 45). Pure."""

import re
from collections.abc import Iterator, Sequence

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error, warning
from reports.lint.printed_texts import AGENDA, LETTER, PAPERS, Typed, plain, typed_by_the_office

NO_NUMBER = warning(
    "enclosure.no_number",
    "42",
    Sentence("สิ่งที่ส่งมาด้วย “{written}” ไม่มีจำนวน", "“{written}” is enclosed, but not how many"),
    Sentence("ให้เขียนจำนวน เช่น จำนวน 1 ฉบับ", "write how many, as “จำนวน 1 ฉบับ”"),
)
NO_MEASURE = warning(
    "enclosure.no_measure",
    "42",
    Sentence(
        "สิ่งที่ส่งมาด้วย “{written}” มีจำนวนแต่ไม่มีหน่วยนับ", "“{written}” is enclosed, but not of what so many are"
    ),
    Sentence("ให้เขียนหน่วยนับ เช่น ฉบับ ชุด แผ่น", "write “ฉบับ”, “ชุด” or “แผ่น” behind the number"),
)
LACKING = warning(
    "enclosure.lacking",
    "42",
    Sentence(
        "ข้อความกล่าวถึง “{what}” ที่ส่งไปด้วย แต่ไม่มีในรายการสิ่งที่ส่งมาด้วย",
        "the text speaks of the enclosed “{what}”, which the list of enclosures does not have",
    ),
    Sentence("ให้เพิ่มในรายการสิ่งที่ส่งมาด้วย หรือแก้ข้อความ", "list it among the enclosures, or mend the text"),
)
TWICE = warning(
    "enclosure.twice",
    "42",
    Sentence("สิ่งที่ส่งมาด้วยมี “{written}” ซ้ำ", "“{written}” is enclosed twice"),
    Sentence("ให้เหลือรายการเดียว หรือรวมจำนวน", "list it once"),
)
OTHER = error(
    "enclosure.another",
    "42",
    Sentence(
        "เขียน “{written}” แต่สิ่งที่ส่งมาด้วย {number} คือ “{title}”",
        "says “{written}”, but enclosure {number} is “{title}”",
    ),
    Sentence(
        "ให้แก้เป็นสิ่งที่ส่งมาด้วย {right} หรือเรียงรายการใหม่", "cite enclosure {right}, or put the list in order"
    ),
)
COUNT = error(
    "enclosure.count_differs",
    "42",
    Sentence(
        "เขียนว่ามีสิ่งที่ส่งมาด้วย {written} รายการ แต่หนังสือเชิญมี {listed} รายการ",
        "says {written} enclosures, but the invitation lists {listed}",
    ),
    Sentence("ให้แก้จำนวนหรือรายการ", "mend the number or the list"),
)
NOT_THE_LIST = error(
    "annex.not_the_list",
    "45",
    Sentence(
        "เขียนว่าบัญชีรายชื่อคือเอกสารแนบ {number} แต่บัญชีรายชื่อคือเอกสารแนบ 4",
        "says that the list is annex {number}, but it is annex 4",
    ),
    Sentence("ให้แก้เป็นเอกสารแนบ 4", "write “เอกสารแนบ 4”"),
)
SAME_ANNEX = warning(
    "annex.same_title",
    "45",
    Sentence(
        "เอกสารแนบ {number} และ {other} มีชื่อเดียวกัน “{title}”",
        "annexes {number} and {other} are both “{title}”",
    ),
    Sentence("ให้ตรวจว่าแนบไฟล์และเขียนชื่อถูกฉบับ", "check which file is which"),
)
ENTRIES = (NO_NUMBER, NO_MEASURE, LACKING, TWICE, OTHER, COUNT, NOT_THE_LIST, SAME_ANNEX)
_LACKING = re.compile("จำนวน ?(?:0 ?)?(?:ฉบับ|ชุด|แผ่น|เล่ม)")
_NO_MEASURE = re.compile(r"จำนวน ?\d+ ?$")
# Which enclosure a text says that it sends: the reply form by asking for it, others as enclosed
_SENT = (
    ("แบบตอบรับ", "ตอบรับ", re.compile("(?:ส่ง|กรอก|ตาม)แบบตอบรับ")),
    ("วาระการประชุม", "วาระ", re.compile("วาระการประชุม ?ที่(?:ได้)?(?:ส่งมา|แนบมา)")),
    ("ลำดับการนำเสนอ", "ลำดับ", re.compile("ลำดับการนำเสนอ ?ที่(?:ได้)?(?:ส่งมา|แนบมา)")),
)
_OTHER_WAY = re.compile("QR|คิวอาร์|ลิงก์|ออนไลน์|Form|https?:|www", re.IGNORECASE)  # by which a form is sent
_HOW_MANY = re.compile(r" ?(?:จำนวน ?)?\d+ ?(?:ฉบับ|ชุด|แผ่น|เล่ม|หน้า).*$")
_CITED = re.compile(r"([ก-๙]+) ?\(สิ่งที่ส่งมาด้วย ?(?:ลำดับ(?:ที่)?|ที่)? ?(\d{1,2})\)")
_KNOWN = ("ลำดับการนำเสนอ", "แบบตอบรับ", "วาระการประชุม")  # enclosures that letters cite by name
_COUNT = re.compile(
    r"(?:สิ่งที่ส่งมาด้วย ?(?:รวม)?จำนวน|(?:แบบตอบรับ|ลำดับการนำเสนอ) ?รวม(?:ทั้งสิ้น|จำนวน)?) ?(\d{1,2}) ?รายการ"
)
_THE_LIST = re.compile(r"ทั้งสิ้น ?\d+ ?หน่วยงาน[^()]{0,20}\(เอกสารแนบ ?(?:ที่ ?)?([1-35-9])\)")


def check(looked: Examined) -> Iterator[Found]:
    """Enclosures and annexes by their names."""
    listed = tuple(map(plain, looked.meeting.letter.enclosures))
    for name in ("letter", "circular", "memo"):
        yield from _list(name, tuple(map(plain, getattr(looked.meeting, name).enclosures)))
    yield from _annexes(looked)
    other_way = any(map(_OTHER_WAY.search, looked.meeting.letter.paragraphs))
    for text in typed_by_the_office(looked):
        if listed and text.place.paper == LETTER:
            yield from _cited(text, listed)
            yield from () if other_way else _lacking(text, listed)
        if listed and text.place.paper in (LETTER, PAPERS["memo"]):
            for written in map(int, _COUNT.findall(text.figures)):
                if written != len(listed):
                    yield COUNT.at(text.place, written=written, listed=len(listed))
        for number in _THE_LIST.findall(text.figures):
            yield NOT_THE_LIST.at(text.place, number=number)


def _list(letter: str, listed: Sequence[str]) -> Iterator[Found]:
    names = [_HOW_MANY.sub("", one) for one in listed]
    for at, (one, name) in enumerate(zip(listed, names, strict=True)):
        place = Place(PAPERS[letter], f"{letter}.enclosures.{at + 1}")
        if _LACKING.search(one):
            yield NO_NUMBER.at(place, written=one)
        if _NO_MEASURE.search(one):
            yield NO_MEASURE.at(place, written=one)
        if name in names[:at]:
            yield TWICE.at(place, written=name)


def _cited(text: Typed, listed: Sequence[str]) -> Iterator[Found]:
    """An enclosure that is cited by name and by the number of another."""
    for words, number in _CITED.findall(text.figures):
        name = next((one for one in _KNOWN if words.endswith(one)), None)
        right = [at for at, title in enumerate(listed, 1) if name and name in title]
        cited = int(number)
        if len(right) == 1 and cited not in right and cited <= len(listed):
            written = f"{name} (สิ่งที่ส่งมาด้วย {cited})"
            yield OTHER.at(text.place, written=written, number=cited, title=listed[cited - 1], right=right[0])


def _lacking(text: Typed, listed: Sequence[str]) -> Iterator[Found]:
    """What a text says is enclosed and the list has under no name."""
    for what, words, sent in _SENT:
        if sent.search(text.plain) and not any(words in one for one in listed):
            yield LACKING.at(text.place, what=what)


def _annexes(looked: Examined) -> Iterator[Found]:
    first: dict[str, int] = {}
    for at, annex in enumerate(looked.meeting.annexes, 1):
        other = first.setdefault(plain(annex.title), annex.number)
        if other != annex.number:
            place = Place(AGENDA, f"annexes.{at}.title")
            yield SAME_ANNEX.at(place, number=other, other=annex.number, title=annex.title)
