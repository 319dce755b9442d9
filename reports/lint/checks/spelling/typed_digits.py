"""Numbers in digits of two scripts, with letters for digits, a space or a comma amiss (rules.md 44). Pure."""

import re
from collections.abc import Iterator

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Entry, Found, error, warning
from reports.lint.printed_texts import Typed, typed_by_the_office
from reports.lint.spelt_numbers import COUNTED
from reports.lint.typed_days import MONTH_NAMES

MIXED = warning(
    "digits.mixed",
    "44",
    Sentence("“{written}” มีทั้งเลขไทยและเลขอารบิก", "“{written}” has Thai and Arabic digits"),
    Sentence("ให้พิมพ์ตัวเลขใหม่เป็นเลขชุดเดียว", "type the number again in digits of one kind"),
)
LETTERS = error(
    "digits.letters",
    "44",
    Sentence("“{written}” มีตัวอักษรอังกฤษแทนตัวเลข", "“{written}” has Latin letters instead of digits"),
    Sentence("ให้พิมพ์เป็นตัวเลข 0 หรือ 1", "type the digits 0 or 1"),
)
APART = warning(
    "digits.apart",
    "44",
    Sentence("ตัวเลข “{written}” มีช่องว่างคั่นกลาง", "the number “{written}” has a space inside"),
    Sentence("ให้ลบช่องว่าง หรือแก้ตัวเลข", "delete the space, or mend the number"),
)
COMMA = warning(
    "digits.comma",
    "44",
    Sentence("ตัวเลข “{written}” มีจุลภาคผิดที่", "the number “{written}” has its comma in the wrong place"),
    Sentence("ให้ตรวจว่าตัวเลขขาดหรือเกินหลักใด", "see which digit is lacking or too many"),
)
NO_YEAR = error(
    "year.no_year",
    "44",
    Sentence("“{written}” ไม่ใช่ปี พ.ศ.", "“{written}” has no Buddhist year"),
    Sentence("ให้แก้ปีในข้อความ", "mend the year in the text"),
)
ENTRIES = (MIXED, LETTERS, APART, COMMA, NO_YEAR)
_MIXED = re.compile("[0-9]+[๐-๙][0-9๐-๙]*|[๐-๙]+[0-9][0-9๐-๙]*|[A-Za-z][A-Za-z.]*[๐-๙][^ ]*@[^ ]*")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9@._/-])"
    r"(?:\d{1,2}\.[OoIl\d]*[OoIl][OoIl\d]*|[OoIl]{1,3}\d{2,}\.\d+)(?![A-Za-z@])"
)
_COUNTS = f"{COUNTED}|ชุด|แผ่น|เล่ม|บาท|วัน|หน้า|ข้อ"
_WITH_A_LETTER = r"(?=\d*[OoIl])[\dOoIl]"
_ALONE = (
    re.compile(rf"(?<![A-Za-z0-9@._/:-]){_WITH_A_LETTER}{{1,4}} ?(?:{_COUNTS})(?!ไลน์)"),  # จำนวน l ฉบับ
    re.compile(rf"(?:ครั้งที่|ชั้น|แนบ|ส่งมาด้วย|ลำดับที่|วาระที่|วันที่|หมู่ที่) ?{_WITH_A_LETTER}{{1,3}}(?![A-Za-z0-9@.])"),
    re.compile(r"(?<![A-Za-z\d])(?=\d*[OoIl])2[5O][\dOoIl]{2}(?![\dA-Za-z])"),  # 256O
)
_SEVERAL = re.compile(
    rf"[0-9๐-๙]+(?:[/.:,-][0-9๐-๙]+)+|[0-9๐-๙]{{1,2}} ?(?:{MONTH_NAMES}) ?(?:พ\.ศ\. ?)?[0-9๐-๙]{{4}}"
)  # numbers that are one: ๓/2568, ๓๐ เมษายน 2568
_APART = (
    re.compile(r"(?<!\d)(?:25\d \d|2 5\d\d|25 \d\d)(?!\d)(?= ?(?:[^\d\s]|$))"),
    re.compile(rf"(?<=จำนวน )\d \d(?= ?(?:{COUNTED}|ชุด))|(?<=ละ )\d \d(?= ?(?:{COUNTED}))"),
)
_ARABIC, _THAI, _LETTER = re.compile("[0-9]"), re.compile("[๐-๙]"), re.compile("[OoIl]")
_YEARS = re.compile("(?:ปี|พ\\.ศ\\.) ?$")
_COMMA = re.compile(rf"(?<![\d,.])\d{{1,3}}(?:,\d{{3}})*,(?:\d{{1,2}}|\d{{4,}})(?![\d,]) ?(?:{COUNTED}|บาท)")
_TOO_MANY = re.compile(r"(?<![\d,.])\d{4,}(?:,\d{3})+(?![\d,]) ?บาท")  # 1500,000
_HOUR = re.compile(r"(?<![\d,.])[0-2]?\d,[0-5]\d(?= ?(?:-|–|น\.|ถึง))")  # 08,30 น.
_OUT_OF_TIME = re.compile(
    r"(?:ประจำ ?ปี(?: ?งบประมาณ)?|ปีงบประมาณ|รอบปี) ?(?:พ\.? ?ศ\.? ?)?"
    r"(\d{3}|2[6-9]\d\d|[3-9]\d{3}|\d{5})(?! ?(?:\d|วัน|ปี|ครั้ง|คน|บาท))"
)
_FIVE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_MONTH = re.compile(rf"(?:{MONTH_NAMES}) ?$")
_BEFORE = 16  # letters in which the month before a year stands


def check(looked: Examined) -> Iterator[Found]:
    """Numbers that are mistyped."""
    for text in typed_by_the_office(looked):
        yield from (MIXED.at(text.place, written=found[0]) for found in _MIXED.finditer(text.text))
        yield from _of_two_scripts(text)
        yield from _each(text, LETTERS, _LATIN)
        for alone in _ALONE if _LETTER.search(text.plain) else ():
            yield from _each(text, LETTERS, alone)
        yield from _each(text, COMMA, _COMMA)
        yield from _each(text, COMMA, _TOO_MANY)
        yield from _each(text, COMMA, _HOUR)
        yield from _each(text, NO_YEAR, _OUT_OF_TIME)
        for found in _FIVE.finditer(text.plain):
            if month := _MONTH.search(text.plain[max(0, found.start() - _BEFORE) : found.start()]):
                yield NO_YEAR.at(text.place, written=f"{month[0]}{found[0]}")
        yield from _apart(text)


def _of_two_scripts(text: Typed) -> Iterator[Found]:
    """Numbers each of one script that stand together as one."""
    if _ARABIC.search(text.text) and _THAI.search(text.text):
        for found in _SEVERAL.finditer(text.text):
            runs = re.findall("[0-9๐-๙]+", found[0])
            kinds = [bool(_ARABIC.search(run)) + 2 * bool(_THAI.search(run)) for run in runs]
            if set(kinds) == {1, 2}:
                yield MIXED.at(text.place, written=found[0])


def _each(text: Typed, entry: Entry, pattern: re.Pattern[str]) -> Iterator[Found]:
    yield from (entry.at(text.place, written=found[0]) for found in pattern.finditer(text.plain))


def _apart(text: Typed) -> Iterator[Found]:
    of_a_year, counted = _APART
    for found in of_a_year.finditer(text.plain):
        if _YEARS.search(text.plain[: found.start()]):
            yield APART.at(text.place, written=found[0])
    yield from _each(text, APART, counted)
