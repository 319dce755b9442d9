"""ประกาศรับสมัคร: who may apply with what, what it brings, how it goes on (rules.md 6-8, 10-20, 22, 28)."""

from collections.abc import Iterator

from mochocho.standards.schema import Pack, Standard
from mochocho.words.model import ApplicantType
from processing.rounds.calendar import Stage
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.districts.district_setting import District
from reports.view.letters.convened import paragraphs
from reports.view.printed_words import DOTS, LONG_DOTS, SAMPLE, TYPE

TITLE = "ประกาศรับสมัคร"
IF_ANY = "หากมี"  # as source 000 marks a document that is not asked of everyone
# As the district office of Buayai tells them, its slips of the pen mended (rules.md 10).
BENEFITS = {
    ApplicantType.LEADER: "รู้จักตนเอง สามารถพัฒนาตนเองอย่างมีทิศทางและต่อเนื่อง",
    ApplicantType.GROUP: ("เกิดการแลกเปลี่ยนเรียนรู้ภายในกลุ่ม รู้จักตนเอง สามารถพัฒนาตนเองและสมาชิกอย่างมีทิศทางและต่อเนื่อง"),
    ApplicantType.NETWORK: (
        "เกิดการแลกเปลี่ยนเรียนรู้และประสานการทำงานภายในเครือข่าย รู้จักตนเอง สามารถพัฒนาตนเองอย่างมีทิศทางและต่อเนื่อง"
    ),
    ApplicantType.COMMUNITY: (
        "เกิดกระบวนการแลกเปลี่ยนเรียนรู้ในการพัฒนาชุมชนอย่างมีทิศทาง มีช่องทางสะท้อนปัญหาและความต้องการของคนในชุมชน "
        "สามารถบริหารจัดการชุมชนโดยใช้ทุนทางสังคมของชุมชนและประสานการสนับสนุนจากภาคีการพัฒนาอย่างเหมาะสม "
        "นำไปสู่ความเข้มแข็งและพึ่งตนเองได้"
    ),
}
STEPS = (
    "สมัครใจเข้าสู่ระบบ",
    "สร้างตัวบ่งชี้การพัฒนาตนเอง ซึ่งสะท้อนให้เห็นแง่มุมต่าง ๆ ที่ตนเองต้องการไปให้ถึง",
    "ทำแผนพัฒนาตนเองตามตัวบ่งชี้",
    "พัฒนาตนเองตามแผนเพื่อให้บรรลุตัวบ่งชี้",
    "ประเมินตนเองตามตัวบ่งชี้เป็นระยะ เช่น ทุก 3 เดือน หรือทุก 6 เดือน ในระยะเวลา 1 ปี",
    "สรุปผลการประเมินตนเอง",
    "เสนอผลการประเมินตนเองต่อคณะกรรมการระดับอำเภอ",
)  # rules.md 22


def publicity_notice(d: District, pack: Pack) -> Paper:
    """The notice that invites to apply, with the district's own days."""
    c = d.c
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.ANNOUNCEMENT,
            title=(f"ประกาศ{c.development_office}", f"เรื่อง รับสมัครเข้าสู่{c.programme} ประจำปี {c.year}"),
            blocks=(
                *paragraphs(_begins(d)),
                *(block for n, one in enumerate(pack.standards, 1) for block in _of_type(n, one)),
                *_steps(len(pack.standards) + 1),
                Block(Kind.ITEM, f"{len(pack.standards) + 2}. การสมัคร"),
                *paragraphs(_applying(d)),
                *paragraphs(("จึงประกาศให้ทราบโดยทั่วกัน",)),
            ),
            closing=f"ประกาศ ณ วันที่ {DOTS} เดือน {LONG_DOTS} พ.ศ. {DOTS}",
            signatures=(d.head,),
            sample="" if c.occasion.official else SAMPLE,
        )
    )


def _begins(d: District) -> Iterator[str]:
    c = d.c
    yield (
        f"ด้วย{c.province}ดำเนินงาน{c.programme} ประจำปี {c.year} เพื่อเป็นเครื่องมือให้ผู้นำชุมชน กลุ่มองค์กรชุมชน "
        "เครือข่ายองค์กรชุมชน และชุมชน ใช้ทำความรู้จัก ประเมิน และพัฒนาศักยภาพของตนเอง เป็นกระบวนการเรียนรู้ของชุมชน"
        "ร่วมกับภาคีการพัฒนา โดยการร่วมคิด ร่วมแก้ไขปัญหา และร่วมกำหนดทิศทางการพัฒนา ทำให้ชุมชนพึ่งตนเองได้"
    )
    yield f"{c.development_office}จึงขอเชิญชวนกลุ่มเป้าหมายใน{d.name}สมัครเข้าร่วมด้วยความสมัครใจ โดยมีรายละเอียดดังนี้"


def _of_type(number: int, standard: Standard) -> Iterator[Block]:
    yield Block(Kind.ITEM, f"{number}. ประเภท{TYPE[standard.code]}")
    yield Block(Kind.HEADING, "คุณสมบัติ")
    yield from (Block(Kind.DASH, rule.th) for rule in standard.eligibility)
    yield Block(Kind.HEADING, "เอกสารประกอบการสมัคร")
    for document in standard.documents:
        optional = not document.mandatory and IF_ANY not in document.th
        yield Block(Kind.DASH, f"{document.th} ({IF_ANY})" if optional else document.th)
    yield Block(Kind.HEADING, "ประโยชน์ที่ได้รับ")
    yield Block(Kind.DASH, BENEFITS[standard.code])


def _steps(number: int) -> Iterator[Block]:
    yield Block(Kind.ITEM, f"{number}. ขั้นตอนการพัฒนาตนเอง")
    yield from (Block(Kind.POINT, f"{n}) {step}") for n, step in enumerate(STEPS, 1))


def _applying(d: District) -> Iterator[str]:
    term = d.calendar.get(Stage.APPLICATION)
    where = f" {d.office.address}" if d.office.address else ""
    yield f"ยื่นใบสมัครพร้อมเอกสารประกอบได้ที่ {d.c.development_office}{where}"
    due = d.c.date(term.due if term else None)
    yield f"ตั้งแต่วันที่ {d.c.date(term.first)} ถึงวันที่ {due}" if term and term.first else f"ภายในวันที่ {due}"
    yield f"สอบถามรายละเอียดได้ที่ {d.office.asked or LONG_DOTS}"
