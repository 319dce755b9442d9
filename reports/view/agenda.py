"""ระเบียบวาระการประชุม: the wording of source 004, its errors corrected (rules.md 44-50)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mochocho.words.model import ApplicantType
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Kind
from reports.view.occasion import Occasion
from reports.view.printed_words import LONG_DOTS, TYPE, UNIT


@dataclass(frozen=True, slots=True)
class Agenda:
    title: tuple[str, ...]
    blocks: tuple[Block, ...]


def agenda(occasion: Occasion, counts: Mapping[ApplicantType, int]) -> Agenda:
    """`counts`: units that passed the district's committee, by type."""
    o = occasion
    blocks = (*_opening(o), *_for_information(o), *_for_decision(o, counts), *_other())
    title = ("ระเบียบวาระการประชุม", o.committee, o.number, o.day, o.hours, o.place)
    digits = o.words.text
    return Agenda(
        title,
        tuple(
            replace(
                b, text=digits(b.text), cells=tuple(tuple(digits(cell) for cell in row) for row in b.cells)
            )
            for b in blocks
        ),
    )


def _opening(o: Occasion) -> Iterator[Block]:
    yield Block(Kind.ITEM, "ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")
    yield Block(
        Kind.PARAGRAPH,
        f"การประชุมครั้งนี้เป็นการประชุม{o.committee} {o.number} เพื่อดำเนินการพิจารณาประเมินและรับรอง"
        f"ผู้ผ่านการประเมินตาม{o.programme} ซึ่งเป็นกระบวนการพัฒนากลุ่มเป้าหมาย เพื่อเสนอชื่อเข้าคัดเลือกประกวด"
        "กิจกรรมพัฒนาชุมชนดีเด่นระดับจังหวัด และมีโอกาสเข้ารับรางวัลเชิดชูเกียรติในปีถัดไป",
    )
    yield _resolution(1)
    yield Block(Kind.ITEM, "ระเบียบวาระที่ 2 เรื่องรับรองรายงานการประชุมครั้งที่แล้ว")
    first = o.sitting is not None and o.sitting.number.startswith("1/")
    yield Block(Kind.CENTRE, "- ไม่มี -") if first else Block(Kind.PARAGRAPH, LONG_DOTS * 2)
    if not first:
        yield _resolution(1)


def _for_information(o: Occasion) -> Iterator[Block]:
    yield Block(Kind.ITEM, "ระเบียบวาระที่ 3 เรื่องเพื่อทราบ")
    yield from _guideline(o)
    yield from _mechanisms(o)
    yield from _results(o)
    yield _resolution(2)


def _guideline(o: Occasion) -> Iterator[Block]:
    yield Block(Kind.HEADING, f"3.1 แนวทางการดำเนินงาน{o.programme}")
    yield Block(
        Kind.PARAGRAPH,
        "3.1.1 กรมการพัฒนาชุมชนดำเนินงานระบบมาตรฐานการพัฒนาชุมชนเพื่อส่งเสริมกระบวนการเรียนรู้และการพัฒนา"
        "ศักยภาพเพิ่มขีดความสามารถให้กับกลุ่มเป้าหมาย เป็นกลไกในการขับเคลื่อนงานพัฒนาชุมชนในพื้นที่อย่างมี"
        "ประสิทธิภาพ กลุ่มเป้าหมาย 4 ประเภท ประกอบด้วย",
    )
    names = ("มาตรฐานผู้นำชุมชน", "มาตรฐานกลุ่ม/องค์กรชุมชน", "มาตรฐานเครือข่ายองค์กรชุมชน", "มาตรฐานชุมชน")
    yield from (Block(Kind.POINT, f"{i}. {name}") for i, name in enumerate(names, 1))
    yield Block(Kind.PARAGRAPH, f"3.1.2 ขั้นตอนการดำเนินงาน{o.programme}")
    yield Block(Kind.STEPS, cells=STEPS)
    yield Block(Kind.PARAGRAPH, f"3.1.3 หลักเกณฑ์การประเมินผล{o.programme} (เอกสารแนบ 1)")


STEPS = (
    ("เตรียมการ", "ประชาสัมพันธ์", "รับสมัคร", "(พ.ย. - ธ.ค.)"),
    ("สร้างความรู้", "ฝึกอบรม", "เสริมความรู้", "วางแผน", "(พ.ย. - ธ.ค.)"),
    (
        "ดำเนินการพัฒนา",
        "ลงมือพัฒนาตนเอง",
        "รายงานผล",
        "จัดเก็บหลักฐาน",
        "ประเมินความก้าวหน้า",
        "(ม.ค. - มี.ค.)",
    ),
    ("ประเมินรับรอง", "ตรวจสอบ/ประเมิน", "รับรองมาตรฐาน", "(เม.ย.)"),
    ("ประกาศเชิดชูเกียรติ", "ประกาศรับรอง", "รางวัลเชิดชูเกียรติ", "ถอดบทเรียน", "(พ.ค. - ก.ค.)"),
)  # rules.md 46


def _mechanisms(o: Occasion) -> Iterator[Block]:
    yield Block(Kind.HEADING, f"3.2 การแต่งตั้งกลไกการขับเคลื่อนการดำเนินงาน{o.programme}")
    yield Block(
        Kind.PARAGRAPH,
        f"จังหวัด{o.province}ได้มีคำสั่งแต่งตั้งกลไกการขับเคลื่อนการดำเนินงาน{o.programme} ระดับจังหวัด/อำเภอ ดังนี้",
    )
    orders = (
        (o.committee, o.provincial_order, "3.2.1", "2"),
        (o.district_committee, o.district_order, "3.2.2", "3"),
    )
    for name, order, number, annex in orders:
        yield Block(Kind.PARAGRAPH, f"{number} {name}")
        yield Block(Kind.PARAGRAPH, f"{o.order_line(order)} เรื่อง แต่งตั้ง{name} (เอกสารแนบ {annex})")


DISTRICTS_DID = (
    "ประชาสัมพันธ์/รับสมัคร",
    "ตรวจสอบข้อมูลกลุ่มเป้าหมาย 4 ประเภท",
    "จัดประชุมชี้แจงแนวทาง ขอบเขต ตัวบ่งชี้",
    "สนับสนุนกลุ่มเป้าหมายประเมินตนเองก่อนการพัฒนา",
    "สนับสนุนกลุ่มเป้าหมายจัดทำแผนการพัฒนาตนเอง",
    "ประสานหน่วยงานสนับสนุนการพัฒนาศักยภาพกลุ่มเป้าหมาย",
    "บูรณาการกิจกรรมเพื่อพัฒนามาตรฐานกลุ่มเป้าหมาย",
    "ประเมินตนเองหลังการพัฒนา",
)  # rules.md 47


def _results(o: Occasion) -> Iterator[Block]:
    yield Block(Kind.HEADING, f"3.3 ผลการดำเนินงาน{o.programme} ปี {o.year} ดังนี้")
    yield Block(Kind.PARAGRAPH, "3.3.1 ระดับอำเภอ ดำเนินการ ดังนี้")
    yield from (Block(Kind.DASH, text) for text in DISTRICTS_DID)
    yield Block(Kind.DASH, f"จัดประชุม{o.district_committee} เพื่อประเมินผู้ขอรับการประเมินตาม{o.programme}")
    yield Block(Kind.PARAGRAPH, "3.3.2 ระดับจังหวัด ดำเนินการ ดังนี้")
    yield Block(Kind.DASH, "จัดทำทะเบียนข้อมูล")
    types = " ".join(f"ประเภท{TYPE[t]}" for t in TYPES[:-1])
    yield Block(
        Kind.DASH,
        f"จัดประชุม{o.committee} เพื่อการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด ตามหลักเกณฑ์ตัวบ่งชี้ระบบมาตรฐาน"
        f"ของแต่ละประเภท จำนวน 4 ประเภท ได้แก่ {types} และประเภท{TYPE[TYPES[-1]]}",
    )
    yield Block(
        Kind.DASH,
        "บูรณาการกิจกรรมเพื่อพัฒนามาตรฐานของกลุ่มเป้าหมาย อาทิ จัดฝึกอบรม ประชุมเสริมสร้างความรู้ "
        "การวางแผนพัฒนา โดยสำนักงานพัฒนาชุมชนจังหวัดและสำนักงานพัฒนาชุมชนอำเภอได้ดำเนินการส่งเสริม"
        "และพัฒนากลุ่มเป้าหมายที่เข้าร่วมโครงการผ่านกิจกรรมและโครงการต่าง ๆ ในพื้นที่อำเภอและจังหวัด "
        "และดำเนินการบูรณาการการส่งเสริมและพัฒนากลุ่มเป้าหมายร่วมกับภาคีเครือข่ายในพื้นที่ "
        "เพื่อให้กลุ่มเป้าหมายสามารถพัฒนาตนเองได้ตามหลักเกณฑ์ของระบบมาตรฐานการพัฒนาชุมชนที่กำหนด "
        "และเป็นการพัฒนาความสามารถกลุ่มเป้าหมายเพื่อให้สามารถต่อยอด ขยายผลไปสู่การคัดสรรกิจกรรมพัฒนาชุมชนดีเด่น"
        "ในโอกาสต่อไป โดยการดำเนินการขับเคลื่อน ส่งเสริมและพัฒนากลุ่มเป้าหมายได้สรุปเป็นวีดิทัศน์",
    )


def _for_decision(o: Occasion, counts: Mapping[ApplicantType, int]) -> Iterator[Block]:
    yield Block(Kind.ITEM, "ระเบียบวาระที่ 4 เรื่องเพื่อพิจารณา")
    yield Block(
        Kind.PARAGRAPH,
        f"การรับรองมาตรฐานการพัฒนาชุมชนจังหวัด{o.province} กลุ่มเป้าหมายที่สมัครเข้าสู่{o.programme} "
        f"จังหวัด{o.province} ประจำปี {o.year} และผ่านการตรวจประเมินโดย{o.district_committee} "
        f"จำนวนทั้งสิ้น {sum(counts.values())} หน่วยงาน ประกอบด้วย (เอกสารแนบ 4)",
    )
    yield Block(
        Kind.COUNTS,
        cells=tuple(
            (f"{i}) ประเภท{TYPE[t]}", f"จำนวน {counts[t]} {UNIT[t]}") for i, t in enumerate(TYPES, 1)
        ),
    )
    yield _resolution(2)


def _other() -> Iterator[Block]:
    yield Block(Kind.ITEM, "ระเบียบวาระที่ 5 เรื่องอื่น ๆ (ถ้ามี)")
    yield Block(Kind.RESOLUTION, lines=2)
    yield _resolution(2)


def _resolution(lines: int) -> Block:
    return Block(Kind.RESOLUTION, "มติที่ประชุม", lines=lines)
