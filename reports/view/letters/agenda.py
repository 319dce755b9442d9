"""ระเบียบวาระการประชุม: the wording of source 004, its errors corrected (rules.md 44-50)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mochocho.words.model import ApplicantType
from processing.meetings.filled_places import filled
from processing.meetings.meeting import Agenda as SetAgenda
from processing.meetings.meeting import AgendaItem
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import Convened, paragraphs
from reports.view.letters.standard_texts import values_of
from reports.view.occasion import Occasion
from reports.view.printed_words import LONG_DOTS, TYPE, UNIT

AS_IN_SAMPLE = SetAgenda(video_shown=True)
SIX = 6
TITLE = "ระเบียบวาระการประชุม"


def agenda(occasion: Occasion, counts: Mapping[ApplicantType, int]) -> Paper:
    """`counts`: units that passed the district's committee, by type."""
    o = occasion
    blocks = tuple(laid_out(in_own_words(standard_items(o, counts), _set(o).own, _values(o, counts))))
    title = (TITLE, o.committee, o.number, o.day, o.hours, o.place)
    digits = o.words.text
    return Paper(
        TITLE,
        Form.MEETING,
        title=title,
        blocks=tuple(
            replace(
                b, text=digits(b.text), cells=tuple(tuple(digits(cell) for cell in row) for row in b.cells)
            )
            for b in blocks
        ),
    )


@dataclass(frozen=True, slots=True)
class Item:
    """One item, "3" or "3.1". `lines`: dotted lines for its resolution, 0 = none is asked."""

    number: str
    title: str
    body: tuple[Block, ...] = ()
    lines: int = 0

    @property
    def place(self) -> tuple[int, ...]:
        return tuple(map(int, self.number.split(".")))


def _set(o: Occasion) -> SetAgenda:
    return o.meeting.agenda if o.meeting else AS_IN_SAMPLE


def _values(o: Occasion, counts: Mapping[ApplicantType, int]) -> Mapping[str, str]:
    return values_of(Convened(o.meeting, o)) | counted(counts) if o.meeting else {}


def standard_items(o: Occasion, counts: Mapping[ApplicantType, int]) -> Iterator[Item]:
    """The sample's five items; with six, matters arising come before those for information."""
    yield Item("1", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", tuple(_opening(o)), 1)
    count = _set(o).items_count
    yield from before(
        o.committee, o.meeting.previous if o.meeting else "", o.sitting.number if o.sitting else "", count
    )
    inform = count - 2
    yield Item(f"{inform}", "เรื่องเพื่อทราบ", (), 2)
    yield Item(f"{inform}.1", f"แนวทางการดำเนินงาน{o.programme}", tuple(_guideline(o, inform)))
    mechanisms = f"การแต่งตั้งกลไกการขับเคลื่อนการดำเนินงาน{o.programme}"
    yield Item(f"{inform}.2", mechanisms, tuple(_mechanisms(o, inform)))
    results = f"ผลการดำเนินงาน{o.programme} ปี {o.year} ดังนี้"
    yield Item(f"{inform}.3", results, tuple(_results(o, inform)))
    yield Item(f"{inform + 1}", "เรื่องเพื่อพิจารณา", tuple(_for_decision(o, counts)), 2)
    yield any_other(inform + 2)


def any_other(number: int) -> Item:
    """The last item of every agenda."""
    return Item(f"{number}", "เรื่องอื่น ๆ (ถ้ามี)", (Block(Kind.RESOLUTION, lines=2),), 2)


def in_own_words(items: Iterable[Item], own: Sequence[AgendaItem], values: Mapping[str, str]) -> list[Item]:
    """The items with those that the office wrote itself, places filled from `values`."""
    every = {item.number: item for item in items}
    for one in own:
        item = every.get(one.number, Item(one.number, ""))
        texts = [filled(text, values) for text in one.paragraphs]
        body = tuple(_rewritten(item.body, texts)) if texts else item.body
        every[one.number] = replace(item, title=filled(one.title, values) or item.title, body=body)
    return sorted(every.values(), key=lambda item: item.place)


def _rewritten(body: Sequence[Block], texts: Sequence[str]) -> Iterator[Block]:
    """A body of other texts: of as many as it has, each takes the place of one; else they are its paragraphs,
    and of its tables only how many units there are stays, unless they say it themselves.
    """
    if _count_each_type(" ".join(texts)):
        body = [block for block in body if block.kind is not Kind.COUNTS]
    if len(texts) == sum(bool(block.text) for block in body):
        left = iter(texts)
        for block in body:
            if block.kind is Kind.PARAGRAPH and block.text:
                yield from paragraphs([next(left)])
            else:
                yield replace(block, text=next(left)) if block.text else block
    else:
        yield from paragraphs(texts)
        yield from (block for block in body if block.kind is Kind.COUNTS)


def _count_each_type(text: str) -> bool:
    return all(re.search(rf"{name} ?(?:จำนวน ?)?[0-9๐-๙]", text) for name in TYPE.values())


def counted(counts: Mapping[ApplicantType, int]) -> dict[str, str]:
    """How many units the agenda says there are, as it names that to be filled in."""
    return {"จำนวนหน่วยงาน": f"จำนวนทั้งสิ้น {sum(counts.values())} หน่วยงาน"}


def laid_out(items: Sequence[Item]) -> Iterator[Block]:
    """Each item with those below it, then its resolution."""
    for item in items:
        if len(item.place) > 1:
            continue
        yield Block(Kind.ITEM, f"ระเบียบวาระที่ {item.number} {item.title}".strip())
        yield from item.body
        for below in items:
            if len(below.place) > 1 and below.place[0] == item.place[0]:
                yield Block(Kind.HEADING, f"{below.number} {below.title}".strip())
                yield from below.body
        if item.lines:
            yield Block(Kind.RESOLUTION, "มติที่ประชุม", lines=item.lines)


def _opening(o: Occasion) -> Iterator[Block]:
    yield Block(
        Kind.PARAGRAPH,
        f"การประชุมครั้งนี้เป็นการประชุม{o.committee} {o.number} เพื่อดำเนินการพิจารณาประเมินและรับรอง"
        f"ผู้ผ่านการประเมินตาม{o.programme} ซึ่งเป็นกระบวนการพัฒนากลุ่มเป้าหมาย เพื่อเสนอชื่อเข้าคัดเลือกประกวด"
        "กิจกรรมพัฒนาชุมชนดีเด่นระดับจังหวัด และมีโอกาสเข้ารับรางวัลเชิดชูเกียรติในปีถัดไป",
    )


def before(committee: str, previous: str, number: str, items_count: int) -> Iterator[Item]:
    """The items about the meeting before this one, the second of the agenda and perhaps a third.

    `number`: of this meeting, "" = not known.
    """
    first = not previous and number.startswith("1/")
    nothing = Block(Kind.CENTRE, "- ไม่มี -") if first else Block(Kind.PARAGRAPH, LONG_DOTS * 2)
    text = f"ฝ่ายเลขานุการได้จัดทำรายงานการประชุม{committee} ครั้งที่ {previous} เรียบร้อยแล้ว จึงเสนอที่ประชุมพิจารณารับรอง"
    adopted = Block(Kind.PARAGRAPH, text) if previous else nothing
    lines = 0 if first else 1
    yield Item("2", "เรื่องรับรองรายงานการประชุมครั้งที่แล้ว", (adopted,), lines)
    if items_count == SIX:
        yield Item("3", "เรื่องสืบเนื่องจากการประชุมครั้งที่แล้ว", (nothing,), lines)


def _guideline(o: Occasion, inform: int) -> Iterator[Block]:
    yield from of_the_programme(f"{inform}.1.1")
    yield Block(Kind.PARAGRAPH, f"{inform}.1.2 ขั้นตอนการดำเนินงาน{o.programme}")
    yield Block(Kind.STEPS, cells=STEPS)
    yield Block(Kind.PARAGRAPH, f"{inform}.1.3 หลักเกณฑ์การประเมินผล{o.programme} (เอกสารแนบ 1)")


def of_the_programme(number: str) -> Iterator[Block]:
    """What the programme is for, and its four standards (rules.md 3)."""
    text = (
        "กรมการพัฒนาชุมชนดำเนินงานระบบมาตรฐานการพัฒนาชุมชนเพื่อส่งเสริมกระบวนการเรียนรู้และการพัฒนา"
        "ศักยภาพเพิ่มขีดความสามารถให้กับกลุ่มเป้าหมาย เป็นกลไกในการขับเคลื่อนงานพัฒนาชุมชนในพื้นที่อย่างมี"
        "ประสิทธิภาพ กลุ่มเป้าหมาย 4 ประเภท ประกอบด้วย"
    )
    yield Block(Kind.PARAGRAPH, f"{number} {text}")
    names = ("มาตรฐานผู้นำชุมชน", "มาตรฐานกลุ่ม/องค์กรชุมชน", "มาตรฐานเครือข่ายองค์กรชุมชน", "มาตรฐานชุมชน")
    yield from (Block(Kind.POINT, f"{i}. {name}") for i, name in enumerate(names, 1))


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


def _mechanisms(o: Occasion, inform: int) -> Iterator[Block]:
    yield Block(
        Kind.PARAGRAPH,
        f"จังหวัด{o.province}ได้มีคำสั่งแต่งตั้งกลไกการขับเคลื่อนการดำเนินงาน{o.programme} ระดับจังหวัด/อำเภอ ดังนี้",
    )
    own = o.meeting.appointment.subject if o.meeting else ""
    orders = (
        (o.committee, o.provincial_order, own, f"{inform}.2.1", "2"),
        (o.district_committee, o.district_order, "", f"{inform}.2.2", "3"),
    )
    for name, order, subject, number, annex in orders:
        yield Block(Kind.PARAGRAPH, f"{number} {name}")
        about = f"เรื่อง {subject or f'แต่งตั้ง{name}'} (เอกสารแนบ {annex})"
        yield Block(Kind.PARAGRAPH, f"{o.order_line(order)} {about}")


DISTRICTS_DID = (
    "ประชาสัมพันธ์/รับสมัคร",
    "ตรวจสอบข้อมูลกลุ่มเป้าหมาย 4 ประเภท",
    "จัดประชุมชี้แจงแนวทาง ขอบเขต ตัวบ่งชี้",
    "สนับสนุนกลุ่มเป้าหมายประเมินตนเองก่อนการพัฒนา",
    "สนับสนุนกลุ่มเป้าหมายจัดทำแผนการพัฒนาตนเอง",
    "ประสานหน่วยงานสนับสนุนการพัฒนาศักยภาพกลุ่มเป้าหมาย",
    "บูรณาการกิจกรรมเพื่อพัฒนามาตรฐานกลุ่มเป้าหมาย",
)  # rules.md 47
ASSESSED_AFTER = "ประเมินตนเองหลังการพัฒนา"  # rules.md 47, where it is so
VIDEO = "โดยการดำเนินการขับเคลื่อน ส่งเสริมและพัฒนากลุ่มเป้าหมายได้สรุปเป็นวีดิทัศน์"


def _results(o: Occasion, inform: int) -> Iterator[Block]:
    claims = _set(o)
    yield Block(Kind.PARAGRAPH, f"{inform}.3.1 ระดับอำเภอ ดำเนินการ ดังนี้")
    yield from (Block(Kind.DASH, text) for text in DISTRICTS_DID)
    if claims.assessed_after:
        yield Block(Kind.DASH, ASSESSED_AFTER)
    yield Block(Kind.DASH, f"จัดประชุม{o.district_committee} เพื่อประเมินผู้ขอรับการประเมินตาม{o.programme}")
    yield Block(Kind.PARAGRAPH, f"{inform}.3.2 ระดับจังหวัด ดำเนินการ ดังนี้")
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
        f"ในโอกาสต่อไป {VIDEO if claims.video_shown else ''}".strip(),
    )


def _for_decision(o: Occasion, counts: Mapping[ApplicantType, int]) -> Iterator[Block]:
    yield Block(
        Kind.PARAGRAPH,
        f"การรับรองมาตรฐานการพัฒนาชุมชนจังหวัด{o.province} กลุ่มเป้าหมายที่สมัครเข้าสู่{o.programme} "
        f"จังหวัด{o.province} ประจำปี {o.year} และผ่านการตรวจประเมินโดย{o.district_committee} "
        f"{counted(counts)['จำนวนหน่วยงาน']} ประกอบด้วย (เอกสารแนบ 4)",
    )
    yield by_type(counts)


def by_type(counts: Mapping[ApplicantType, int]) -> Block:
    """How many there are of each type (rules.md 49)."""
    return Block(
        Kind.COUNTS,
        cells=tuple(
            (f"{i}) ประเภท{TYPE[t]}", f"จำนวน {counts[t]} {UNIT[t]}") for i, t in enumerate(TYPES, 1)
        ),
    )
