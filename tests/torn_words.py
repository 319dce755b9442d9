"""Words that the ends of lines tear apart, in the pages of a PDF."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pymupdf

from mochocho.words.thai import MONTHS, MONTHS_SHORT

SAME_LINE = 3.0  # points between the baselines of pieces of one line
WORD_GAP = 8.0  # points between pieces of one line; a wider gap is another column
NEXT_LINE = 2.2  # times the size of the letters

# Compounds that stand in the papers often.
FREQUENT = (
    *("ร้อยละ", "มอบหมาย", "สิ่งแวดล้อม", "เครือข่าย", "ความคิดเห็น", "คณะกรรมการ", "คณะทำงาน"),
    *("คณะอนุกรรมการ", "กรรมการ", "ประธาน", "รองประธาน", "เลขานุการ", "ผู้ช่วยเลขานุการ"),
    *("ตัวบ่งชี้", "องค์ประกอบ", "หลักเกณฑ์", "มาตรฐาน", "การพัฒนา", "พัฒนาการ", "ผู้ว่าราชการ"),
    *("ศาลากลาง", "นายอำเภอ", "ที่ว่าการอำเภอ", "ผู้ใหญ่บ้าน", "กำนัน", "ผู้นำ", "ชุมชน", "หมู่บ้าน"),
    *("ครัวเรือน", "เศรษฐกิจ", "พอเพียง", "เศรษฐกิจพอเพียง", "ออมทรัพย์", "กองทุน", "สวัสดิการ"),
    *("สมาชิก", "ประชาคม", "ประชาชน", "ประชาธิปไตย", "การมีส่วนร่วม", "ส่วนร่วม", "กระบวนการ"),
    *("กิจกรรม", "โครงการ", "แผนงาน", "แผนพัฒนา", "ข้อเสนอแนะ", "ข้อมูล", "ข้อบกพร่อง", "เอกสาร"),
    *("หลักฐาน", "ภาพถ่าย", "รูปถ่าย", "สำเนา", "ทะเบียนบ้าน", "บัตรประจำตัว", "ประจำตัวประชาชน"),
    *("ใบสมัคร", "ผู้สมัคร", "ผู้ประเมิน", "การประเมิน", "ประเมินตนเอง", "ความรู้", "ความสามารถ"),
    *("ความเข้มแข็ง", "ความสามัคคี", "ความโปร่งใส", "ความรับผิดชอบ", "ความสุข", "ความเป็นผู้นำ"),
    *("การเรียนรู้", "การจัดการ", "การบริหาร", "การบริหารจัดการ", "การดำเนินงาน", "การแก้ไข"),
    *("การแก้ไขปัญหา", "ระเบียบวาระ", "วาระการประชุม", "การประชุม", "ที่ประชุม", "มติที่ประชุม"),
    *("ห้องประชุม", "รายงานการประชุม", "ลายมือชื่อ", "ลงลายมือชื่อ", "ลงชื่อ", "ผู้เข้าร่วม"),
    *("ผู้แทน", "หน่วยงาน", "ภาคีเครือข่าย", "ภูมิปัญญา", "ท้องถิ่น", "วัฒนธรรม", "ทรัพยากร"),
    *("ธรรมชาติ", "ทรัพยากรธรรมชาติ", "อาชีพ", "รายได้", "ลดรายจ่าย", "รายจ่าย", "ต้นแบบ", "ขยายผล"),
    *("ถ่ายทอด", "วิทยากร", "แก้ปัญหา", "ยาเสพติด", "สุขภาพ", "ผู้สูงอายุ", "เยาวชน", "สตรี"),
    *("ผู้ด้อยโอกาส", "คุณธรรม", "จริยธรรม", "คุณภาพชีวิต", "ธรรมาภิบาล", "ปฏิบัติหน้าที่"),
    *("ปฏิบัติงาน", "ปฏิบัติราชการแทน", "ประชาสัมพันธ์", "เผยแพร่", "รับรอง", "ผ่านเกณฑ์"),
    *("คะแนนเต็ม", "คะแนนรวม", "คะแนนเฉลี่ย", "จุดแข็ง", "จุดอ่อน", "วิสัยทัศน์", "พันธกิจ"),
    *("ยุทธศาสตร์", "เป้าหมาย", "วัตถุประสงค์", "ตัวอย่าง", "ต่อเนื่อง", "สม่ำเสมอ", "ครบถ้วน"),
    *("ชัดเจน", "เหมาะสม", "สอดคล้อง", "เข้าใจ", "ยอมรับ", "ส่งเสริม", "สนับสนุน", "จิตอาสา"),
    *("เสียสละ", "ซื่อสัตย์", "สุจริต", "ไว้วางใจ", "น่าเชื่อถือ", "แลกเปลี่ยน", "เปลี่ยนแปลง"),
    *("ริเริ่ม", "สร้างสรรค์", "แก้ไข", "ปรับปรุง", "ติดตาม", "ตรวจสอบ", "ตรวจประเมิน", "บันทึก"),
    *("จัดทำ", "จัดเก็บ", "ประจำปี", "ปีงบประมาณ", "งบประมาณ", "วันที่", "ครั้งที่", "หมู่ที่"),
    *("อย่างน้อย", "อย่างต่อเนื่อง"),
)

# Compounds of what people write about their communities, and of offices, that stand in no paper's own words.
OF_COMMUNITIES = (
    *("ปราชญ์ชาวบ้าน", "สัมมาชีพชุมชน", "อาสาสมัครสาธารณสุข", "ศูนย์เรียนรู้", "แหล่งเรียนรู้", "แหล่งทุน"),
    *("โรงเรียนผู้สูงอายุ", "ธนาคารขยะ", "ธนาคารหมู่บ้าน", "ร้านค้าชุมชน", "ตลาดชุมชน", "ผลิตภัณฑ์ชุมชน"),
    *("ท่องเที่ยวชุมชน", "นวัตวิถี", "เกษตรอินทรีย์", "น้ำหมักชีวภาพ", "ผักสวนครัว", "พืชผักสวนครัว", "รั้วกินได้"),
    *("ทุนหมุนเวียน", "หนี้นอกระบบ", "หนี้ครัวเรือน", "เงินปันผล", "งบดุล", "ดอกเบี้ย", "ประชุมใหญ่", "ประชุมสามัญ"),
    *("กติกาชุมชน", "ธรรมนูญชุมชน", "ข้อตกลงร่วม", "บันทึกข้อตกลง", "ลงพื้นที่", "ถอดบทเรียน", "องค์ความรู้"),
    *("จัดการความรู้", "ภูมิปัญญาท้องถิ่น", "ศิลปวัฒนธรรม", "ประเพณีท้องถิ่น", "ป่าชุมชน", "ป่าต้นน้ำ", "ฝายชะลอน้ำ"),
    *("คัดแยกขยะ", "ถังขยะเปียก", "ลดโลกร้อน", "ก๊าซเรือนกระจก", "หมอกควัน", "ไฟป่า", "บำบัดทุกข์", "บำรุงสุข"),
    *("โครงสร้างพื้นฐาน", "ประปาหมู่บ้าน", "ผู้ช่วยผู้ใหญ่บ้าน", "สารวัตรกำนัน", "แพทย์ประจำตำบล", "เหรัญญิก"),
    *("กองทุนหมู่บ้าน", "แม่ของแผ่นดิน", "กองทุนสวัสดิการ", "ฌาปนกิจสงเคราะห์", "ผู้ป่วยติดเตียง", "คนพิการ"),
    *("ครัวเรือนยากจน", "ครัวเรือนเปราะบาง", "ครัวเรือนต้นแบบ", "หมู่บ้านต้นแบบ", "พอประมาณ", "ภูมิคุ้มกัน"),
    *("พึ่งตนเอง", "พึ่งพาตนเอง", "ชุมชนเข้มแข็ง", "ภาวะผู้นำ", "มนุษยสัมพันธ์", "คิดริเริ่ม", "คิดวิเคราะห์"),
    *("ปัญหาอุปสรรค", "ไกล่เกลี่ยข้อพิพาท", "หลักธรรมาภิบาล", "หลักนิติธรรม", "สถาบันการเงินชุมชน", "สื่อออนไลน์"),
    *("หอกระจายข่าว", "บรรจุภัณฑ์", "เพิ่มมูลค่า", "ศึกษาดูงาน", "ศักยภาพ", "อาชีพเสริม", "ผ้าทอ", "จักสาน"),
    *("สัจจะออมทรัพย์", "ภาคประชาสังคม", "ภาคีการพัฒนา", "องค์การบริหารส่วนตำบล", "พัฒนาการจังหวัด"),
    *("ชำนาญการพิเศษ", "ข้าราชการบำนาญ", "หัวหน้ากลุ่มงาน", "พ้นจากตำแหน่ง", "บทบาทหน้าที่", "แผนยุทธศาสตร์"),
    *("เป็นรูปธรรม", "เอกสารหลักฐาน", "คำสั่งแต่งตั้ง", "รางวัลชนะเลิศ", "พลังงานทดแทน", "สาธารณภัย", "เฝ้าระวัง"),
    *("ลูกน้ำยุงลาย", "ชนเผ่า", "กลุ่มชาติพันธุ์", "พื้นที่สูง", "ที่ดินทำกิน", "เอื้อเฟื้อเผื่อแผ่", "ร่วมแรงร่วมใจ", "สำนึกรัก"),
)

# What is never parted though it has spaces: a date; inside a line, a number and its unit or label, a title
# and its name. A line of a number alone stands above its unit on covers and in tables.
_MONTH = "|".join(map(re.escape, (*MONTHS, *MONTHS_SHORT)))
_DATE = re.compile(rf"[๐-๙0-9]{{1,2}} (?:{_MONTH})(?: [๐-๙0-9]{{4}})?")
_UNIT = re.compile(
    r"(?<= )[๐-๙0-9]+ (?:หน่วย|คน|กลุ่ม|เครือข่าย|ชุมชน|ฉบับ|ชุด|น\.)"
    r"|(?<=.)(?:วันที่|ร้อยละ|ครั้งที่|หมู่ที่) [๐-๙0-9.]+"
    r"|(?<![ก-๎])(?:นาย|นาง|นางสาว|ดร\.) [ก-ฮ]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column: its text, where it begins and ends, its baseline, the size of its letters."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


def lines_of(page: pymupdf.Page) -> list[Line]:
    """The lines of a page, a table's cells each by themselves, from above."""
    spans = [
        (round(span["origin"][1], 1), span["bbox"][0], span["bbox"][2], span["size"], span["text"])
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if span["text"].strip()
    ]
    found: list[Line] = []
    for baseline, left, right, size, text in sorted(spans):
        before = found[-1] if found else None
        joins = before and abs(before.baseline - baseline) < SAME_LINE and -1 < left - before.right < WORD_GAP
        if before and joins:
            found[-1] = Line(before.text + text, before.left, right, before.baseline, max(size, before.size))
        else:
            found.append(Line(text, left, right, baseline, size))
    return found


def turns(page: pymupdf.Page) -> Iterator[tuple[str, str]]:
    """Each line with the line that follows it in its column."""
    lines = lines_of(page)
    for i, line in enumerate(lines):
        below = [
            other
            for other in lines[i + 1 :]
            if SAME_LINE < other.baseline - line.baseline < NEXT_LINE * line.size
            and other.left < line.right
            and line.left < other.right
        ]
        if below:
            yield line.text, min(below, key=lambda other: (other.baseline, other.left)).text


def torn(ends: Iterable[tuple[str, str]], words: Iterable[str]) -> list[tuple[str, str, str]]:
    """The words that stand across a line's end: word, line, next line.

    None is torn where the line ends with another whole word: "กรรมการ" before "แก้ไข" tears no "การแก้ไข".
    """
    known = tuple(words)
    return [
        (word, before, after)
        for before, after in ends
        for word in known
        for cut in range(1, len(word))
        if before.endswith(word[:cut])
        and after.startswith(word[cut:])
        and not any(other.endswith(word[:cut]) and before.endswith(other) for other in known)
    ]


def parted(ends: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines whose end parts a date, a number and its unit, or a title and its name."""
    return [
        (before, after)
        for before, after in ends
        if any(
            found.start() < len(before.rstrip()) < found.end() - 1
            for kind in (_DATE, _UNIT)
            for found in kind.finditer(f"{before.rstrip()} {after.lstrip()}")
        )
    ]


def turns_of_pieces(pieces: list[str], widest: int) -> Iterator[tuple[str, str]]:
    """The lines of pieces set in a column of `widest` letters, each with the one after it."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + len(piece) > widest:
            lines.append("")
        lines[-1] += piece
    yield from pairwise(line.strip() for line in lines)
