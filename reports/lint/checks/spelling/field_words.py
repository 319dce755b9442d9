"""Words of the field that a text spells wrongly: a letter or mark too few, too many or another (rules.md 44).

Only words that stand in every meeting's papers are known: no other word is taken for one of them. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from mochocho.words.sentences import Sentence
from mochocho.words.thai import WEEKDAYS
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
WORDS = (
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
    "โครงการณ์": "โครงการ",
    "อีเมลล์": "อีเมล",
    "วิดิทัศน์": "วีดิทัศน์",
    "วิดีทัศน์": "วีดิทัศน์",
    "พร้อมเพียงกัน": "พร้อมเพรียงกัน",
    "ศักยาภาพ": "ศักยภาพ",
    "อณุญาต": "อนุญาต",
    "อณุมัติ": "อนุมัติ",
    "บุคลากรณ์": "บุคลากร",
    "ทรัพยากรณ์": "ทรัพยากร",
    "อนุเคาะห์": "อนุเคราะห์",
    "อนุเคราห์": "อนุเคราะห์",
    "ประสพการณ์": "ประสบการณ์",
    "วัตถุประสงศ์": "วัตถุประสงค์",
    "ปรากฎ": "ปรากฏ",
    "ปฎิบัติ": "ปฏิบัติ",
    "ปฎิทิน": "ปฏิทิน",
    "รายงาณ": "รายงาน",
    "ขอบคุน": "ขอบคุณ",
    "คุณวุฒ": "คุณวุฒิ",
    "ปฎิรูป": "ปฏิรูป",
    "ภาระกิจ": "ภารกิจ",
    "พันธะกิจ": "พันธกิจ",
    "สาธารณะสุข": "สาธารณสุข",
    "ยุทธศาตร์": "ยุทธศาสตร์",
    "อินเตอร์เน็ต": "อินเทอร์เน็ต",
    "อัพโหลด": "อัปโหลด",
    "ผู้ว่าการจังหวัด": "ผู้ว่าราชการจังหวัด",
    "เศรฐกิจ": "เศรษฐกิจ",
    "ประเมิณ": "ประเมิน",
    "หมู่บ้าณ": "หมู่บ้าน",
    "ชุมชน์": "ชุมชน",
    "ชุมขน": "ชุมชน",
    "รับทารบ": "รับทราบ",
    "ดีเด๋น": "ดีเด่น",
    "บุคลการ": "บุคลากร",
    "ส่วนไดเสีย": "ส่วนได้เสีย",
    "ลาปวย": "ลาป่วย",
    "อำภอ": "อำเภอ",
    "อุธรณ์": "อุทธรณ์",
    "อุทรณ์": "อุทธรณ์",
    "อำเอภ": "อำเภอ",
    "ตนแอง": "ตนเอง",
    "ติดราชการณ์": "ติดราชการ",
}
# What is another word, or the end of one and the beginning of the next: ทั้ง|สินค้า, ศาล|กลาง
_OTHER_WORDS = frozenset(["ทั้งสิน", "ศาลกลาง", "รับร้อง", "แต่ตั้ง", "เรียนร้", "ลทะเบียน"])
_TAKEN_FOR = ("่้๊", "ัิีึื", "ุู", "ำา", "เแ", "ชซ", "ขช", "คด", "ฎฏ", "ณนญ", "สศษ", "ใไ")  # one for another
_VOWELS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39"  # above and below
_MARKED = frozenset(_VOWELS).union(map(chr, range(ord("ก"), ord("ฮ") + 1)))
ABOVE = frozenset(f"{_VOWELS}\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_LIKE_A_DAY = 0.75  # of 1
GOES_ON = ABOVE | frozenset("ะาำ")  # behind a letter: it is one of another word, กระบวนกระบิด
_MENDED = re.compile('แก้(?:ไข)?(?:คำว่า|จาก|ข้อความ)* ?[“"][^”"]*[”"]')
_SHORTEST = 5  # letters of a slip: a shorter one is a part of other words
_START = 3  # letters by which slips are found


def _weekday(slip: str) -> str:
    """The weekday that is nearly written, or the same, which is no slip."""
    near = get_close_matches(slip.removeprefix("วัน"), WEEKDAYS, 1, _LIKE_A_DAY)
    return f"วัน{near[0]}" if near else slip


# What no word has: a space before า, as texts copied out of a PDF have it, a leading vowel twice, วันที 1;
# and abbreviations with another letter or without their last dot
_NEVER = (
    (re.compile("(?<![ก-๙.])ม(?!ชช)[ชขซ]{2}(?![ก-๙])|(?<![ก-๙.])มชช(?![ก-๙.])"), lambda _: "มชช."),
    (re.compile(r"(?<![ก-๙.])(?:พ\.ศ(?!\.)|พศ\.?)(?= ?\d)"), lambda _: "พ.ศ."),
    (re.compile(r"\d\d\.\d\d น(?![ก-๙.])"), lambda slip: f"{slip}."),
    (re.compile("(?:ประชุม|มติ|โปรด|เพื่อ)(?:รับ)?ทราย"), lambda slip: f"{slip[:-1]}บ"),
    (re.compile(r"(?<![ก-๙.])(?:มี|ม|ก|เม|พ|มิ|ส|ต|ธ)\.[คพย](?![ก-๙.])"), lambda slip: f"{slip}."),
    (re.compile(r"เวลา ?\d\d\.\d\d(?: ?[-–] ?\d\d\.\d\d)?(?= ณ )"), lambda slip: f"{slip} น."),
    (re.compile("ประชุมชี้แจ้ง"), lambda _: "ประชุมชี้แจง"),
    (re.compile("เห็นขอบ(?!เขต|ฟ้า|ของ|ป่า)"), lambda _: "เห็นชอบ"),
    (re.compile("รับรอบ(?=มาตรฐาน|ผล|ราย)"), lambda _: "รับรอง"),
    (re.compile(f"วัน(?!{'|'.join(WEEKDAYS)}|พฤหัสที่)[ก-๙]{{2,9}}(?=ที่ ?\\d{{1,2}} [ก-ฮเ-ไ])"), _weekday),
    (re.compile("(?<!เว)ทีประชุม"), lambda _: "ที่ประชุม"),
    (re.compile("(?:เรื่อง|สิ่ง|ตาม)ที(?=ประธาน|ส่งมา|เสนอ)"), lambda slip: f"{slip}่"),
    (re.compile(r"(?<=\d )ชบับ"), lambda _: "ฉบับ"),
    (re.compile("วัตถุประสง(?!ค)"), lambda _: "วัตถุประสงค์"),
    (re.compile("มาตรฐานน?์"), lambda _: "มาตรฐาน"),
    (re.compile("รับทรา(?![บทม])"), lambda _: "รับทราบ"),
    (re.compile("รับทาบ(?!ทาม)"), lambda _: "รับทราบ"),
    (re.compile("ราชกา(?=จังหวัด)"), lambda _: "ราชการ"),
    (re.compile("ฉบั(?!บ)[ก-ฮ]?(?![ก-๙])"), lambda _: "ฉบับ"),
    (
        re.compile("(?:ดำเนิน|ปฏิบัติ|ชำนาญ|วิชา|บริหาร|จัด|โครง|ราช|พัฒนา|กำหนด|มาตร|หลัก|บริ|เลขานุ|บูรณา)การณ์"),
        lambda slip: slip[:-2],
    ),
    (re.compile(r"\d\d\.\d\d น[ก-ฮ](?![ก-๙])"), lambda slip: f"{slip[:-1]}."),  # นง
    (re.compile("พัฒนากร(?=จังหวัด)"), lambda _: "พัฒนาการ"),
    (re.compile("เกษต(?!ร)"), lambda _: "เกษตร"),
    (re.compile("[ก-๙]{2,9}(?:ศศ|ษษ)(?![ก-๙])"), lambda slip: slip[:-1]),
    (re.compile("ฉบับบ|ถนนน"), lambda slip: slip[:-1]),
    (re.compile("สหกรณ(?![์ก-๎])|สหกรณ(?=การ|จังหวัด|อำเภอ)"), lambda _: "สหกรณ์"),
    (re.compile("(?<=กล่าว)ตอนรับ(?!สมัคร)"), lambda _: "ต้อนรับ"),
    (re.compile(r"\d\d\.\d\d\. ?น\."), lambda slip: f"{slip[:5]} น."),
    (re.compile("ศาลากลา(?=จังหวัด|(?![ก-๙]))"), lambda _: "ศาลากลาง"),
    # a key held too long at the end of a word; not คะแนน, ถนน, จำนน, แดด
    (re.compile("[ก-ฮเ-ไ][ก-๙]{2,9}(?<![เแโถชสหำ])([ดตนมยลว])\\1(?![ก-๙.])"), lambda slip: slip[:-1]),
    (re.compile("[ก-๙]*[ก-ฮ] า[ก-๙]*"), lambda slip: slip.replace(" า", "ำ")),
    (re.compile("[แโใไ]{2}[ก-๙]{1,6}"), lambda slip: slip[1:]),
    (re.compile("[ก-๙]{1,9}(?:ะะ|าา)[ก-๙]{0,9}"), lambda slip: slip.replace("ะะ", "ะ").replace("าา", "า")),
    (re.compile(r"(?:วัน(?:[ก-๙]{3,9})?|ครั้ง|ชั้น|ลำดับ|วาระ)ที(?= ?\d)"), lambda slip: f"{slip}่"),
)
_SOME = re.compile("[ก-๙]{5,}")
NO_WORDS = re.compile(r"\.(?:name|of|email|line|telephone)$")  # what these fields hold has no spelling


def check(looked: Examined) -> Iterator[Found]:
    """Words that the office spelt wrongly."""
    for text in typed_by_the_office(looked):
        if not NO_WORDS.search(text.place.field):
            for written, right in _misspelt(of_its_own(text.plain)):
                yield MISSPELT.at(text.place, written=written, right=right)


def of_its_own(plain: str) -> str:
    """A text without the words that it only quotes, as minutes mend others: แก้ “รับทาบ” เป็น “รับทราบ”."""
    return _MENDED.sub(" ", plain) if "แก้" in plain else plain


@lru_cache(maxsize=1024)
def _misspelt(plain: str) -> tuple[tuple[str, str], ...]:
    """Each slip and the word that is meant; what is spelt right is not looked at."""
    starts = _by_start()
    found = [(one[0], meant(one[0])) for pattern, meant in _NEVER for one in pattern.finditer(plain)]
    found = [slip for slip in found if slip[0] != slip[1]]
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
        (one for one in near if run.startswith(one[0], at) and run[at + len(one[0]) :][:1] not in GOES_ON),
        None,
    )


@lru_cache(maxsize=1)
def _right() -> re.Pattern[str]:
    return re.compile(one_of((*WORDS, "กรมการ")))


@lru_cache(maxsize=1)
def _by_start() -> Mapping[str, list[tuple[str, str]]]:
    """Every slip with its word, by its first letters, the longest first."""
    slips = {slip: word for word in WORDS for slip in _slips(word)} | dict(_KNOWN)
    starts: dict[str, list[tuple[str, str]]] = {}
    right = " ".join(WORDS)
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
        if letter in _MARKED and behind[:1] not in ABOVE:
            made.update(before + letter + mark + behind for mark in "่้์")
    yield from (slip for slip in made if len(slip) >= _SHORTEST and slip not in word and word not in slip)
