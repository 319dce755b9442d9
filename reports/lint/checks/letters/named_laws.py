"""Laws and rules that texts name with another year than theirs (rules.md 44). Pure.

Only those that papers of committees and of the programme cite; an amendment, (ฉบับที่ 8), has its own year.
"""

import re
from collections.abc import Iterator, Mapping

from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, warning
from reports.lint.printed_texts import each_once

YEAR = warning(
    "year.of_law_differs",
    "44",
    Sentence("เขียน “{written}” แต่กฎหมายนี้คือ พ.ศ. {year}", "says “{written}”, but that law is of {year}"),
    Sentence("ให้แก้ปีของกฎหมายที่อ้าง", "mend the year of the law"),
)
ENTRIES = (YEAR,)
_YEARS: Mapping[str, int] = {
    "ระเบียบบริหารราชการแผ่นดิน": 2534,
    "วิธีปฏิบัติราชการทางปกครอง": 2539,
    "จัดตั้งศาลปกครองและวิธีพิจารณาคดีปกครอง": 2542,
    "ข้อมูลข่าวสารของราชการ": 2540,
    "คุ้มครองข้อมูลส่วนบุคคล": 2562,
    "หลักเกณฑ์และวิธีการบริหารกิจการบ้านเมืองที่ดี": 2546,
    "การประชุมผ่านสื่ออิเล็กทรอนิกส์": 2563,
    "การปฏิบัติราชการทางอิเล็กทรอนิกส์": 2565,
    "ส่งเสริมวิสาหกิจชุมชน": 2548,
    "สภาองค์กรชุมชน": 2551,
    "งานสารบรรณ": 2526,
    "การจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ": 2560,
}
_NAMED = re.compile(
    rf"(?:พระราช|พ\.ร\.|ระเบียบ)[ก-๙. ]{{0,60}}?(?P<law>{'|'.join(_YEARS)})"
    r" ?(?:พ\.ศ\.|พุทธศักราช) ?(?P<year>2[45]\d\d)(?!\d)"
)


def check(looked: Examined) -> Iterator[Found]:
    """Each law beside its year."""
    for text in each_once(looked):
        for found in _NAMED.finditer(text.plain) if "พ.ศ." in text.plain or "พุทธ" in text.plain else ():
            if int(found["year"]) != (year := _YEARS[found["law"]]):
                yield YEAR.at(text.place, written=found[0], year=year)
