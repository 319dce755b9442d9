"""A province's letters on its letters that are another province's, or none's (rules.md 44). Pure.

The letters are those of annex 1 of the Office of the Prime Minister's rules on official correspondence of
B.E. 2526.
"""

import re
from collections.abc import Iterator, Mapping

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, error
from reports.lint.printed_texts import Typed, texts

OTHER = error(
    "province.other_code",
    "44",
    Sentence(
        "“{written}” เป็นอักษรย่อของจังหวัด{other} แต่ที่นี่คือจังหวัด{province} ซึ่งใช้ “{code}”",
        "“{written}” are the letters of {other}; this is {province}, whose letters are “{code}”",
    ),
    Sentence("ให้แก้เป็น “{code}”", "write “{code}”"),
)
UNKNOWN = error(
    "province.no_code",
    "44",
    Sentence(
        "“{written}” ไม่ใช่อักษรย่อของจังหวัดใด จังหวัด{province}ใช้ “{code}”",
        "“{written}” are no province's letters; those of {province} are “{code}”",
    ),
    Sentence("ให้แก้เป็น “{code}”", "write “{code}”"),
)
ENTRIES = (OTHER, UNKNOWN)
CODES: Mapping[str, str] = dict(
    zip(
        [
            "กระบี่",
            "กรุงเทพมหานคร",
            "กาญจนบุรี",
            "กาฬสินธุ์",
            "กำแพงเพชร",
            "ขอนแก่น",
            "จันทบุรี",
            "ฉะเชิงเทรา",
            "ชลบุรี",
            "ชัยนาท",
            "ชัยภูมิ",
            "ชุมพร",
            "เชียงราย",
            "เชียงใหม่",
            "ตรัง",
            "ตราด",
            "ตาก",
            "นครนายก",
            "นครปฐม",
            "นครพนม",
            "นครราชสีมา",
            "นครศรีธรรมราช",
            "นครสวรรค์",
            "นนทบุรี",
            "นราธิวาส",
            "น่าน",
            "บึงกาฬ",
            "บุรีรัมย์",
            "ปทุมธานี",
            "ประจวบคีรีขันธ์",
            "ปราจีนบุรี",
            "ปัตตานี",
            "พระนครศรีอยุธยา",
            "พะเยา",
            "พังงา",
            "พัทลุง",
            "พิจิตร",
            "พิษณุโลก",
            "เพชรบุรี",
            "เพชรบูรณ์",
            "แพร่",
            "ภูเก็ต",
            "มหาสารคาม",
            "มุกดาหาร",
            "แม่ฮ่องสอน",
            "ยโสธร",
            "ยะลา",
            "ร้อยเอ็ด",
            "ระนอง",
            "ระยอง",
            "ราชบุรี",
            "ลพบุรี",
            "ลำปาง",
            "ลำพูน",
            "เลย",
            "ศรีสะเกษ",
            "สกลนคร",
            "สงขลา",
            "สตูล",
            "สมุทรปราการ",
            "สมุทรสงคราม",
            "สมุทรสาคร",
            "สระแก้ว",
            "สระบุรี",
            "สิงห์บุรี",
            "สุโขทัย",
            "สุพรรณบุรี",
            "สุราษฎร์ธานี",
            "สุรินทร์",
            "หนองคาย",
            "หนองบัวลำภู",
            "อ่างทอง",
            "อำนาจเจริญ",
            "อุดรธานี",
            "อุตรดิตถ์",
            "อุทัยธานี",
            "อุบลราชธานี",
        ],
        [
            "กบ",
            "กท",
            "กจ",
            "กส",
            "กพ",
            "ขก",
            "จบ",
            "ฉช",
            "ชบ",
            "ชน",
            "ชย",
            "ชพ",
            "ชร",
            "ชม",
            "ตง",
            "ตร",
            "ตก",
            "นย",
            "นฐ",
            "นพ",
            "นม",
            "นศ",
            "นว",
            "นบ",
            "นธ",
            "นน",
            "บก",
            "บร",
            "ปท",
            "ปข",
            "ปจ",
            "ปน",
            "อย",
            "พย",
            "พง",
            "พท",
            "พจ",
            "พล",
            "พบ",
            "พช",
            "พร",
            "ภก",
            "มค",
            "มห",
            "มส",
            "ยส",
            "ยล",
            "รอ",
            "รน",
            "รย",
            "รบ",
            "ลบ",
            "ลป",
            "ลพ",
            "ลย",
            "ศก",
            "สน",
            "สข",
            "สต",
            "สป",
            "สส",
            "สค",
            "สก",
            "สบ",
            "สห",
            "สท",
            "สพ",
            "สฎ",
            "สร",
            "นค",
            "นภ",
            "อท",
            "อจ",
            "อด",
            "อต",
            "อน",
            "อบ",
        ],
        strict=True,
    )
)
NAMES: Mapping[str, str] = {code: name for name, code in CODES.items()}
_NUMBERED = re.compile(r"([ก-ฮ]{2}) ?(?=\d{4}(?!\d))")  # "ชร 0019.2/ว 96"
_ADDRESS = re.compile(r"(?<![ก-๙])([ก-ฮ]{2}) ?(?=\d{5}(?!\d))")  # "ถนนแม่ฟ้าหลวง ชร 57100"


def check(looked: Examined) -> Iterator[Found]:
    """Letters of provinces in the meeting's own letters' numbers and in addresses."""
    own = looked.province.name_th
    for text in texts(looked):
        if text.place.field.endswith("number") and (found := _NUMBERED.match(text.plain)):
            yield from judged(text, found[1], own)
        for found in _ADDRESS.finditer(text.plain):
            if ".office" in text.place.field or found[1] not in NAMES:
                yield from judged(text, found[1], own)


def judged(text: Typed, written: str, province: str) -> Iterator[Found]:
    """What is wrong with these letters where those of this province should stand."""
    code = CODES.get(province)
    if code is None or written == code:
        return
    if other := NAMES.get(written):
        yield OTHER.at(text.place, written=written, other=other, province=province, code=code)
    else:
        yield UNKNOWN.at(text.place, written=written, province=province, code=code)
