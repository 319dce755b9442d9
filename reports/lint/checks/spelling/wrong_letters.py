"""Words of the field that begin rightly and have one wrong letter behind: แบบตอบรัย (rules.md 44). Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from reports.lint.checks.spelling.field_words import ABOVE, GOES_ON, MISSPELT, NO_WORDS, WORDS, of_its_own
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found
from reports.lint.printed_texts import typed_by_the_office

EVERY = (  # whose later letters make no other word, whichever of them is mistyped
    *(word for word in WORDS if word not in ("กำหนด", "ทั้งสิ้น", "เรียนรู้")),
    *("พิจารณา", "เอกสาร", "บูรณาการ", "ศักยภาพ", "รับผิดชอบ", "เห็นชอบ", "คัดเลือก", "นำเสนอ", "ใบสมัคร", "รับสมัคร"),
    *("ตัวบ่งชี้", "ผู้ประเมิน", "โครงการ", "กิจกรรม", "เชิดชูเกียรติ", "พร้อมเพรียง", "อาหารกลางวัน", "ประเภท"),
    *(
        "กำหนดการ",
        "ทุกอำเภอ",
        "ปฏิบัติราชการแทน",
        "กลุ่มออมทรัพย์",
        "ผลการดำเนินงาน",
        "องค์กรชุมชน",
        "ประกอบการพิจารณา",
        "อำเภอ",
        "ขอเชิญ",
        "พี่เลี้ยง",
    ),
    *("ความร่วมมือ", "ข้อเสนอแนะ", "หมายเหตุ", "สืบเนื่อง", "เอกฉันท์", "สัมฤทธิ์", "ประสิทธิผล", "มหาดไทย"),
    *("เศรษฐกิจพอเพียง", "เพื่อการผลิต", "รับประทาน", "ราชการ", "เครื่องดื่ม", "อาหารว่าง", "จึงเรียนมา", "พระราชบัญญัติ"),
)
# What is another word, or the end of one and the beginning of the next
_OTHER_WORDS = frozenset(
    [
        *("รับรอบ", "รับรอ", "รับของ", "เอกสาข", "อนุวัติ", "เครือข่าว", "เห็นขอบ", "โครงงาน", "โครงกาย", "กิจกรร"),
        *(
            "ขอเชิด",
            "กิจธรรม",
            "เอกการ",
            "ประเภ",
            "ประทุม",
            "ดำเนินภาร",
            "ปฏิบัติภาร",
            "คณะกรมการ",
            "แต่ตั้ง",
            "นำเสนห",
        ),
    ]
)
_START = 3  # letters that are right
_LONG = 7  # letters of a word that is known although one is lacking
_CONSONANTS = frozenset(map(chr, range(ord("ก"), ord("ฮ") + 1)))
_WITH_SHIFT = dict(
    zip(
        "\u0e33พะรนยบหกดเ\u0e49\u0e48\u0e32สวแอมใ\u0e38\u0e37ภถคตจขชฟ",
        "ฎฑธณฯญฐฆฏโฌ\u0e47\u0e4bษศซฉฮฒฬ\u0e39\u0e4c๓๔๕๖๗๘๙ฤ",
        strict=True,
    )
)  # the other letter of a key
_SOME = re.compile("[ก-๙]{5,}")
_TONES = "่้"
_TEAM = "ม"  # หัวหน้าทีม


def check(looked: Examined) -> Iterator[Found]:
    """Words that the office typed with another letter, with one too many or too few."""
    for text in typed_by_the_office(looked):
        if not NO_WORDS.search(text.place.field):
            for written, right in _slips(of_its_own(text.plain)):
                yield MISSPELT.at(text.place, written=written, right=right)


@lru_cache(maxsize=1024)
def _slips(plain: str) -> tuple[tuple[str, str], ...]:
    starts = _by_start()
    found: list[tuple[str, str]] = []
    for run in _SOME.findall(plain):
        at = 0
        while at + _START < len(run):
            words = starts.get(run[at : at + _START], ())
            right = next((word for word in words if run.startswith(word, at)), "")
            slips = () if right else ((slip, word) for word in words if (slip := _slip(run, at, word)))
            written, meant = next(iter(slips), ("", ""))
            if written:
                found.append((written, meant))
            at += len(right or written) or 1
    return tuple(found)


@lru_cache(maxsize=1)
def _by_start() -> Mapping[str, list[str]]:
    starts = defaultdict[str, list[str]](list)
    for word in sorted(EVERY, key=len, reverse=True):
        starts[word[:_START]].append(word)
    return dict(starts)


def _slip(run: str, at: int, word: str) -> str:
    """What stands there instead of the word, "" where it is something else."""
    wrong = next((n for n, (a, b) in enumerate(zip(run[at:], word, strict=False)) if a != b), None)
    if wrong is None:  # the text ends within the word
        lacks = len(word) - (len(run) - at) == 1
        return _unless_other(run[at:], "") if lacks else ""
    if wrong < _START:
        return ""
    written, rest = run[at + wrong], word[wrong + 1 :]
    for length, is_it in (
        (len(word), _like(written, word[wrong]) and run.startswith(rest, at + wrong + 1)),
        (len(word) + 1, _is_one_more(run, at + wrong, word) and run.startswith(word[wrong:], at + wrong + 1)),
        (len(word) - 1, len(word) >= _LONG and _is_left_out(run[at + wrong :], word[wrong:])),
    ):
        if is_it:
            return _unless_other(run[at : at + length], run[at + length :])
    return ""


def _is_one_more(run: str, at: int, word: str) -> bool:
    """Whether a mark stands there that the word lacks, or in a long word the letter before once more."""
    return run[at] in ABOVE or (len(word) >= _LONG and run[at] == run[at - 1])


def _like(one: str, other: str) -> bool:
    """Whether one may be typed for the other: consonants, marks, or the letters of one key."""
    return (
        _WITH_SHIFT.get(one) == other
        or _WITH_SHIFT.get(other) == one
        or (one in _CONSONANTS and other in _CONSONANTS)
        or (one in ABOVE and other in ABOVE)
    )


def _is_left_out(behind: str, lacking: str) -> bool:
    """Whether a text goes on without the first of these letters: not its last one, unless it is a tone."""
    return behind.startswith(lacking[1:]) if lacking[1:] else lacking in _TONES and behind[:1] != _TEAM


def _unless_other(written: str, behind: str) -> str:
    """A vowel or mark behind it makes its last letter one of another word."""
    return "" if behind[:1] in GOES_ON or written in _OTHER_WORDS else written
