"""คำสั่งแต่งตั้งคณะกรรมการ: of the province's committee and of the districts' (rules.md 24, 25, 45)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from processing.meetings.meeting import Appointment, Member, Role, Signatory
from processing.meetings.passages import Passage
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import Convened, paragraphs, person, signed
from reports.view.letters.standard_texts import all_said, said
from reports.view.printed_words import DOTS, LONG_DOTS

ROLES = {
    Role.CHAIR: "ประธานกรรมการ",
    Role.VICE_CHAIR: "รองประธานกรรมการ",
    Role.MEMBER: "กรรมการ",
    Role.SECRETARY: "กรรมการและเลขานุการ",
    Role.ASSISTANT_SECRETARY: "กรรมการและผู้ช่วยเลขานุการ",
}
_OF_A_DISTRICT = (
    ("นายอำเภอ หรือผู้ที่นายอำเภอมอบหมาย", Role.CHAIR),
    ("หัวหน้าส่วนราชการในอำเภอ", Role.MEMBER),
    ("ภาคีการพัฒนา ภาคเอกชน หรือประชาชนในอำเภอ", Role.MEMBER),
    ("พัฒนาการอำเภอ", Role.SECRETARY),
    ("เจ้าหน้าที่พัฒนาชุมชนในสำนักงานพัฒนาชุมชนอำเภอ", Role.ASSISTANT_SECRETARY),
)  # rules.md 24
_TO_FILL = (Role.CHAIR, Role.MEMBER, Role.MEMBER, Role.MEMBER, Role.SECRETARY)
_LIST = (9, 5)  # how a line is shared between a member and the role
Row = tuple[str, str]


def appointing_order(c: Convened) -> Paper:
    """The order that appointed the committee that meets; members in the order's own sequence."""
    own = c.meeting.appointment
    rows = _members(c.meeting.composition) or [(LONG_DOTS, ROLES[role]) for role in _TO_FILL]
    duties = _province_duties(c) if c.provincial else _district_duties(c)
    by = c.meeting.signatory if c.provincial else Signatory(position=f"ผู้ว่าราชการ{c.province}")
    return _order(c, replace(own, subject=c.order_subject), c.committee, rows, tuple(duties), by)


def districts_order(c: Convened) -> Paper:
    """The order that appointed the committees of all districts, by who belongs to each."""
    known = c.occasion.district_order
    own = Appointment(known.number, known.date) if known else Appointment()
    rows = [(who, ROLES[role]) for who, role in _OF_A_DISTRICT]
    duties = tuple(_district_duties(c))
    return _order(c, own, c.occasion.district_committee, rows, duties, c.meeting.signatory)


def _members(members: Sequence[Member]) -> list[Row]:
    return [
        (f"{person(one.person)}{' หรือผู้แทน' if one.substitute else ''}", ROLES[one.role]) for one in members
    ]


def _order(
    c: Convened,
    own: Appointment,
    committee: str,
    rows: Sequence[Row],
    duties: tuple[str, ...],
    by: Signatory,
) -> Paper:
    """An order of the province's, which somebody of the province signs, also where a district's own meets."""
    subject = own.subject or f"แต่งตั้ง{committee}"
    return c.finished(
        Paper(
            name=f"คำสั่ง{subject}",
            form=Form.ORDER,
            title=(f"คำสั่ง{c.province}", f"ที่ {own.number or f'{DOTS}/{DOTS}'}", f"เรื่อง {subject}"),
            blocks=(
                *paragraphs(_grounds(c, own, committee)),
                Block(Kind.COUNTS, cells=_numbered(rows), widths=_LIST),
                *paragraphs(("โดยให้มีหน้าที่และอำนาจ ดังนี้",)),
                *(Block(Kind.POINT, f"{i}. {duty}") for i, duty in enumerate(own.duties or duties, 1)),
                *paragraphs([said(c, Passage.ORDER_HOLDS)]),
            ),
            closing=f"สั่ง ณ วันที่ {_in_era(c, own.day)}",
            signatures=signed(by),
        )
    )


def _grounds(c: Convened, own: Appointment, committee: str) -> tuple[str, ...]:
    appointed = {"คณะกรรมการ": committee}
    if own.grounds:
        return all_said(c, own.grounds, **appointed)
    return said(c, Passage.ORDER_OPENING), said(c, Passage.ORDER_APPOINTS, **appointed)


def _province_duties(c: Convened) -> Iterator[str]:
    yield f"พิจารณาประเมินและรับรองผู้ผ่านการประเมินตาม{c.programme} ตามหลักเกณฑ์ของแต่ละประเภท"
    yield "เสนอชื่อเข้าคัดเลือกกิจกรรมพัฒนาชุมชนดีเด่นระดับจังหวัด"
    yield "ปฏิบัติหน้าที่อื่นตามที่ได้รับมอบหมาย"


def _district_duties(c: Convened) -> Iterator[str]:
    yield "ตรวจประเมินผู้สมัครเข้ารับการรับรองมาตรฐานการพัฒนาชุมชน"
    yield f"สรุปผลการตรวจประเมินเสนอต่อ{c.occasion.provincial_committee}"
    yield "ให้ความรู้ความเข้าใจแก่ผู้สมัคร เพื่อนำไปสู่การปฏิบัติได้อย่างถูกต้องและพัฒนาได้อย่างต่อเนื่อง"
    yield "ปฏิบัติหน้าที่อื่นตามความเหมาะสม"


def _numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple((f"{i}. {who}", role) for i, (who, role) in enumerate(rows, 1))


def _in_era(c: Convened, day: date | None) -> str:
    """The day as orders date themselves (thai-papers.md 4)."""
    if day is None:
        return f"{LONG_DOTS} พ.ศ. {DOTS}"
    return c.occasion.words.date_in_era(day)
