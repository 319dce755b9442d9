"""Numbers that texts spell: จำนวนแปดอำเภอ is read as จำนวน8อำเภอ. Pure."""

import re
from functools import lru_cache

_NINE = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_ONES = {word: number for number, word in enumerate(_NINE, 1)} | {"เอ็ด": 1, "ยี่": 2}
_TENS = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000}
_WORD = re.compile("|".join((*_ONES, *_TENS)))
_ONE = "|".join(_ONES)
# สิบเจ็ด, หนึ่งร้อยสามสิบ; ร้อย and พัน alone are parts of other words (สัมพันธ์, ร้อยเอ็ด)
SPELT = rf"(?<!ร้อย)(?:(?:{_ONE})(?:หมื่น|พัน|ร้อย|สิบ)?|สิบ)+"
COUNTED = "อำเภอ|หน่วยงาน|หน่วย|คน|ราย|ท่าน|กลุ่ม|เครือข่าย|ชุมชน|แห่ง|เสียง|นาที|ชั่วโมง|นาฬิกา|โมง|ฉบับ|รายการ|ครั้ง"
_BEFORE_COUNTED = re.compile(rf"({SPELT})(?= ?(?:{COUNTED}|ประเภท))")
_BEHIND = re.compile(rf"((?:ชั้น|แนบ|ลำดับ)(?:ที่)? ?)({SPELT})(?![ก-๙])")


@lru_cache(maxsize=4096)
def in_figures(plain: str) -> str:
    """The text with figures for numbers that it spells before what they count, behind what they number."""
    counted = _BEFORE_COUNTED.sub(lambda found: str(value(found[1])), plain)
    return _BEHIND.sub(lambda found: f"{found[1]}{value(found[2])}", counted)


def value(spelt: str) -> int:
    """หนึ่งร้อยยี่สิบเก้า as 129."""
    total = ones = 0
    for word in _WORD.findall(spelt):
        if word in _ONES:
            total, ones = total + ones, _ONES[word]
        else:
            total, ones = total + (ones or 1) * _TENS[word], 0
    return total + ones
