"""Words of the field that a text spells wrongly: a letter or mark too few, too many or another (rules.md 44).

Only words that stand in every meeting's papers are known: no other word is taken for one of them. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import one_of, typed_by_the_office

MISSPELT = warning(
    "words.misspelt",
    "44",
    Sentence("“{written}” น่าจะสะกดว่า “{right}”", "“{written}” seems to mean “{right}”"),
    Sentence("ให้แก้คำสะกด", "spell it so"),
)
ENTRIES = (MISSPELT,)
_WORDS = (
    *("คณะกรรมการ", "มาตรฐาน", "หน่วยงาน", "เครือข่าย", "ผู้นำชุมชน", "พัฒนาชุมชน", "ทั้งสิ้น"),
    *("เพื่อพิจารณา", "ครั้งที่", "แยกเป็น", "ประกอบด้วย", "ดำเนินการ", "กำหนด", "ตามคำสั่ง"),
    *("ลงวันที่", "จังหวัด", "ห้องประชุม", "ประชุม", "รับรอง", "นายอำเภอ", "เลขานุการ"),
    *("ผู้ว่าราชการ", "ปฏิบัติราชการ", "ปฏิบัติการ", "ชำนาญการ", "นักวิชาการ", "แบบตอบรับ"),
    *("สิ่งที่ส่งมาด้วย", "สำนักงาน", "เจ้าหน้าที่", "ศาลากลาง", "ระเบียบวาระ", "กลุ่มเป้าหมาย"),
    *("ประสานงาน", "หมายเลข", "โทรศัพท์", "อิเล็กทรอนิกส์", "ไปรษณีย์", "ประสิทธิภาพ", "กระบวนการ"),
    *("เรียนรู้", "ขับเคลื่อน", "ส่งเสริม", "สนับสนุน", "ความเข้มแข็ง", "การประเมิน", "หลักเกณฑ์"),
    *("งบประมาณ", "พฤหัสบดี", "มอบหมาย", "แต่งตั้ง", "องค์ประชุม", "หนังสือ", "ประชาสัมพันธ์"),
    *("หลักฐาน", "ลงทะเบียน", "รายละเอียด", "ตามลำดับ", "โปรดทราบ", "ทราบโดยทั่วกัน", "ตรวจประเมิน", "อนุมัติ"),
)
# Slips that are more than one letter away, or of words that papers seldom have
_KNOWN: Mapping[str, str] = {
    "มาตราฐาน": "มาตรฐาน",
    "อนุญาติ": "อนุญาต",
    "สังเกตุ": "สังเกต",
    "ประกาศณียบัตร": "ประกาศนียบัตร",
    "เกียรติบัตร์": "เกียรติบัตร",
    "ลายเซ็นต์": "ลายเซ็น",
    "พัฒนาการณ์": "พัฒนาการ",
    "ดำเนินการณ์": "ดำเนินการ",
    "สถานะการณ์": "สถานการณ์",
    "บุคคลากร": "บุคลากร",
    "คำนวน": "คำนวณ",
    "ผลลัพท์": "ผลลัพธ์",
    "โอกาศ": "โอกาส",
    "สัมนา": "สัมมนา",
    "กฏหมาย": "กฎหมาย",
    "กฏเกณฑ์": "กฎเกณฑ์",
    "เว็ปไซต์": "เว็บไซต์",
    "อิเลคทรอนิกส์": "อิเล็กทรอนิกส์",
    "องก์กร": "องค์กร",
    "รัรบรอง": "รับรอง",
    "ครี้งที่": "ครั้งที่",
    "แะล": "และ",
    "มซซ": "มชช",
    "ผู้ว่าการจังหวัด": "ผู้ว่าราชการจังหวัด",
}
# What is another word, or the end of one and the beginning of the next: ทั้ง|สินค้า, ศาล|กลาง
_OTHER_WORDS = frozenset(["ทั้งสิน", "ศาลกลาง", "รับร้อง", "แต่ตั้ง"])
_TAKEN_FOR = ("่้๊", "ัิีึื", "ุู", "ำา", "เแ", "ชซ", "ขช", "คด", "ฎฏ", "ณนญ", "สศษ", "ใไ")  # one for another
_VOWELS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39"  # above and below
_MARKED = frozenset(_VOWELS).union(map(chr, range(ord("ก"), ord("ฮ") + 1)))
_ABOVE = frozenset(f"{_VOWELS}\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_SHORTEST = 5  # letters of a slip: a shorter one is a part of other words
_START = 3  # letters by which slips are found
# What no word has: a space before า, as texts copied out of a PDF have it, a leading vowel twice, วันที 1
_NEVER = (
    (re.compile("[ก-๙]*[ก-ฮ] า[ก-๙]*"), lambda slip: slip.replace(" า", "ำ")),
    (re.compile("[แโใไ]{2}[ก-๙]{1,6}"), lambda slip: slip[1:]),
    (re.compile(r"(?:วัน(?:[ก-๙]{3,9})?|ครั้ง|ชั้น|ลำดับ|วาระ)ที(?= ?\d)"), lambda slip: f"{slip}่"),
)
_SOME = re.compile("[ก-๙]{5,}")
_NO_WORDS = re.compile(r"\.(?:name|of|email|line|telephone)$")  # what these fields hold has no spelling


def check(looked: Examined) -> Iterator[Found]:
    """Words that the office spelt wrongly."""
    for text in typed_by_the_office(looked):
        if not _NO_WORDS.search(text.place.field):
            for written, right in _misspelt(text.plain):
                yield MISSPELT.at(text.place, written=written, right=right)


@lru_cache(maxsize=1024)
def _misspelt(plain: str) -> tuple[tuple[str, str], ...]:
    """Each slip and the word that is meant; what is spelt right is not looked at."""
    starts = _by_start()
    found = [(one[0], meant(one[0])) for pattern, meant in _NEVER for one in pattern.finditer(plain)]
    for run in _SOME.findall(_right().sub(" ", plain)):
        ends = 0
        for at in range(len(run)):
            near = starts.get(run[at : at + _START])
            if near and at >= ends and (slip := _begins(run, at, near)):
                found.append(slip)
                ends = at + len(slip[0])
    return tuple(found)


def _begins(run: str, at: int, near: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The slip that stands there; a mark behind it makes its last letter one of another word."""
    return next(
        (one for one in near if run.startswith(one[0], at) and run[at + len(one[0]) :][:1] not in _ABOVE),
        None,
    )


@lru_cache(maxsize=1)
def _right() -> re.Pattern[str]:
    return re.compile(one_of((*_WORDS, "กรมการ")))


@lru_cache(maxsize=1)
def _by_start() -> Mapping[str, list[tuple[str, str]]]:
    """Every slip with its word, by its first letters, the longest first."""
    slips = {slip: word for word in _WORDS for slip in _slips(word)} | dict(_KNOWN)
    starts: dict[str, list[tuple[str, str]]] = {}
    right = " ".join(_WORDS)
    for slip, word in sorted(slips.items(), key=lambda one: -len(one[0])):
        if slip not in _OTHER_WORDS and slip not in right:
            starts.setdefault(slip[:_START], []).append((slip, word))
    return starts


def _slips(word: str) -> Iterator[str]:
    """Ways to mistype a word by one letter, none of them a part of it or longer than it at an end."""
    made = set[str]()
    for at, letter in enumerate(word):
        before, behind = word[:at], word[at + 1 :]
        made.add(before + behind)
        made.add(before + behind[:1] + letter + behind[1:])
        made.add(before + letter + letter + behind)
        for like in _TAKEN_FOR:
            if letter in like:
                made.update(before + other + behind for other in like)
        if letter in _MARKED and behind[:1] not in _ABOVE:
            made.update(before + letter + mark + behind for mark in "่้์")
    yield from (slip for slip in made if len(slip) >= _SHORTEST and slip not in word and word not in slip)
