"""What offices never part at the end of a line though it has spaces. Pure.

A date, a telephone number, the number of a letter; a number with its label or unit, a code with the first
word of what it stands for, the word before dots to write on, a title with its name.
"""

import re
from collections.abc import Iterator

from mochocho.words import people
from mochocho.words.thai import MONTHS, MONTHS_SHORT, WEEKDAYS

LONGEST_WHOLE = 36  # letters; a date with its weekday and พ.ศ. has 31, and stands between marks
_N = "๐-๙0-9"
_MONTH = "|".join(map(re.escape, (*MONTHS, *MONTHS_SHORT)))
_WEEKDAY = "|".join(WEEKDAYS)
# Of a date with two days, such as ๑ - ๒ พฤษภาคม ๒๕๖๘, both.
_DATE = (
    rf"(?:วัน(?:{_WEEKDAY})?ที่ )?(?<![{_N}])[{_N}]{{1,2}}(?:(?: ?[-–] ?| และ )[{_N}]{{1,2}})? ?(?:{_MONTH})"
    rf"(?: (?:พ\.ศ\. ?)?(?:[{_N}]{{4}}|[{_N}]{{2}})(?![{_N}]))?"
)
_TELEPHONE = rf"(?<![{_N}])[๐0](?:[ -][{_N}]{{3,4}}){{2}}(?: ?ต่อ [{_N}]+)?"
_LETTER_NUMBER = rf"(?<![ก-๎])[ก-ฮ]{{2}} [{_N}]{{4}}(?:\.[{_N}]+)?/(?:ว ?)?[{_N}]*"
_WHOLE = re.compile(f"{_DATE}|{_TELEPHONE}|{_LETTER_NUMBER}")

_UNIT_BEGINS = "น\\.|บาท|คน|กลุ่ม|เครือข่าย|ชุมชน|ชุด|ฉบับ|นาที|หน่วย|ราย|แฟ้ม|หน้า|แห่ง|ครัวเรือน|คะแนน|แผ่น|เล่ม|ชั่วโมง|%"
# Units that begin other words, or stand behind a number of another thing (หมู่ที่ ๕ ตำบล…).
_UNIT_WHOLE = "วัน|เดือน|ปี|ครั้ง|ข้อ|ตำบล|อำเภอ|หมู่บ้าน|ภาพ|เรื่อง|เสียง|ด้าน|ประเภท|ไร่|เมตร|กิโลเมตร|กม\\.|ตร\\.ม\\."
_UNIT_WHOLE += f"|ชั้น(?! ?[{_N}])"  # อาคาร ๔ ชั้น, not ชั้น ๔
_TITLE = "|".join(
    re.escape(title)
    for title in sorted(people.TITLES, key=len, reverse=True)
    if title.endswith(".") or title in ("นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง")
)
_SPACE = re.compile(
    rf"เวลา (?![{_N}.]+ [-–] )(?=[{_N}])"  # before two hours a line may end: they are long enough
    rf"|(?:พ\.ศ\.|ค\.ศ\.|ชั้น|ข้อ|ปี|ที่|แนบ|จำนวน|ร้อยละ|หมู่|ระดับ|เกณฑ์|อายุ|ต่อ|หน้า"
    rf"|ส่งมาด้วย|เลขที่|โทร\.|โทรศัพท์|โทรสาร|เห็นชอบ|งดออกเสียง) (?=[{_N}.…])"
    rf"|(?<=[{_N}]) (?={_UNIT_BEGINS}|(?:{_UNIT_WHOLE})(?![ก-๎]))"
    rf"|(?:^[{_N}]+|(?<![A-Za-z])[A-Z][{_N}]+(?:\.[{_N}]+)*) (?=[ก-ฮเ-ไ])"  # a code before what it stands for
    rf"|(?<=ระดับ [{_N}]) (?=[ก-ฮเ-ไ])"  # a level before its name
    rf"|(?<=[{_N}]) (?=[-–] [{_N}])|(?<=[{_N}] [-–]) (?=[{_N}])"
    rf"|(?<![ก-๎])(?:ว่าที่ |(?:{_TITLE}) )(?=[ก-ฮเ-ไ])"
    rf"|(?<=\([{_N}]\)) (?=[ก-ฮเ-ไ])"  # a point's number before what it says
    r"|(?<=LINE) (?=ID:)|(?<=ID:) |(?<=[(\[“‘]) |(?<= ณ) |(?<=^ณ) "
)
_BEFORE_NAME = re.compile(rf"(?:ว่าที่|ณ|{_TITLE}|(?:[ก-ฮ]\.)+)")
_AFTER_DOTS = re.compile(r"(?:(?<=\.{3})|(?<=…))(?=[ก-ฮเ-ไ])")


def wholes(text: str) -> Iterator[range]:
    """The places inside dates, telephone numbers and letter numbers, where no line should end."""
    for found in _WHOLE.finditer(text):
        yield range(found.start() + 1, found.end())


def glued_spaces(text: str) -> Iterator[int]:
    """The ends of spaces at which no line should end."""
    return (found.end() for found in _SPACE.finditer(text))


def stays_with_next(word: str) -> bool:
    """Whether this word of a person's name is none itself: a title, an initial, the ณ of a surname."""
    return _BEFORE_NAME.fullmatch(word) is not None


def after_dots(text: str) -> Iterator[int]:
    """Where a line may end between dots to write on and the label after them."""
    return (found.start() for found in _AFTER_DOTS.finditer(text))
