"""The settings that a year's work changes, as fields of forms; none that belongs to the machine. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from mochocho.settings.config import DUE_TH, Committees
from mochocho.settings.settings_edit import Place


class Kind(Enum):
    """How a setting is typed."""

    TEXT = auto()
    WHOLE = auto()
    DAY = auto()
    SWITCH = auto()
    CHOICE = auto()
    LINES = auto()  # a list, one a line


@dataclass(frozen=True, slots=True)
class Field:
    """One setting. `stands`: what holds where it is not set, as it is typed."""

    place: Place
    th: str
    kind: Kind = Kind.TEXT
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    stands: str = ""

    @property
    def name(self) -> str:
        """In forms and addresses."""
        return ".".join(self.place)


@dataclass(frozen=True, slots=True)
class Part:
    """A form of the page. `rows`: it has the assessors too, one a row."""

    key: str
    title: str
    fields: tuple[Field, ...]
    said: str = ""
    rows: bool = False


ASSESSORS: Place = ("committees", "assessors")
COMMITTEES_TH = {"district": "อำเภอ", "provincial": "จังหวัด"}
ROLES_TH = {
    "member": "กรรมการ",
    "chair": "ประธาน",
    "secretary": "เลขานุการ",
    "assistant_secretary": "ผู้ช่วยเลขานุการ",
}
_NAMED = Committees()
_YES_NO = {"true": "ใช่", "false": "ไม่ใช่"}
_DAY_LIKE = "เช่น 1 พ.ค. 2568"


def _round(name: str, th: str) -> tuple[Field, Field]:
    return (
        Field(("calendar", name, "first"), f"{th}: วันเริ่ม", Kind.DAY),
        Field(("calendar", name, "due"), f"{th}: วันครบกำหนด", Kind.DAY),
    )


def _order(name: str, th: str) -> tuple[Field, Field]:
    return (
        Field(("committees", name, "number"), f"คำสั่งแต่งตั้ง{th}: เลขที่", help="เช่น 1234/2567"),
        Field(("committees", name, "date"), f"คำสั่งแต่งตั้ง{th}: วันที่", Kind.DAY),
    )


PARTS: tuple[Part, ...] = (
    Part(
        "province",
        "จังหวัดและปีงาน",
        (
            Field(("province",), "จังหวัด", help="ไม่ต้องมีคำว่า จังหวัด"),
            Field(("pack",), "ชุดเกณฑ์", help="รหัสชุดที่มากับโปรแกรม หรือไฟล์ .yaml ของจังหวัด นำชุดใหม่เข้าได้ที่ ชุดเกณฑ์"),
            Field(
                ("presentation_order",),
                "ลำดับการนำเสนอของอำเภอ",
                Kind.LINES,
                "บรรทัดละหนึ่งอำเภอ อำเภอที่ไม่ระบุตามหลัง",
            ),
            Field(("recorder",), "ผู้บันทึก", help="เมื่อคำสั่งที่เครื่องไม่ได้บอกว่าใครบันทึก"),
            Field(
                ("cycle_open",),
                "ปีงานยังเปิดอยู่",
                Kind.SWITCH,
                "ไม่ใช่: ไม่ดึงข้อมูลจากเซิร์ฟเวอร์อีก",
                choices=_YES_NO,
                stands="true",
            ),
        ),
    ),
    Part(
        "meeting",
        "การประชุมที่จะจัดทำเอกสาร",
        (
            Field(("meeting", "number"), "ครั้งที่", help="เช่น 1/2568"),
            Field(("meeting", "date"), "วันที่", Kind.DAY, _DAY_LIKE),
            Field(("meeting", "starts"), "เวลาเริ่ม", help="เช่น 09:00"),
            Field(("meeting", "ends"), "เวลาเลิก", help="เช่น 14:30"),
            Field(("meeting", "place"), "สถานที่"),
            Field(("meeting", "minutes_per_district"), "นาทีต่ออำเภอ", Kind.WHOLE, stands="15"),
        ),
        "เว้นว่างทุกช่องถ้ายังไม่กำหนด เอกสารจะเว้นที่ไว้",
    ),
    Part(
        "calendar",
        "ปฏิทินของปี",
        tuple(one for name, th in DUE_TH.items() for one in _round(name, th)),
        "แบบที่ลงวันที่นอกช่วงเป็นข้อตรวจพบ เว้นว่าง = ไม่มีกำหนด วันเริ่มไม่ใส่ก็ได้ วันที่เขียนแบบ 1 พ.ค. 2568 หรือ 1/5/2568",
    ),
    Part(
        "committees",
        "คณะกรรมการและกรรมการผู้ประเมิน",
        (
            Field(("committees", "provincial_th"), "ชื่อคณะกรรมการจังหวัด", stands=_NAMED.provincial_th),
            *_order("provincial_order", "คณะกรรมการจังหวัด"),
            Field(("committees", "district_th"), "ชื่อคณะกรรมการอำเภอ", stands=_NAMED.district_th),
            *_order("district_order", "คณะกรรมการอำเภอ"),
        ),
        "แบบฟอร์มในโทรศัพท์ที่เผยแพร่แล้วใช้รายชื่อใหม่หลังเผยแพร่รายชื่อรอบถัดไป",
        rows=True,
    ),
    Part(
        "controller",
        "ผู้ควบคุมข้อมูลส่วนบุคคล",
        (
            Field(("controller", "name"), "ชื่อหน่วยงาน", help="เว้นว่าง = สำนักงานพัฒนาชุมชนจังหวัด"),
            Field(("controller", "telephone"), "โทรศัพท์", help="เช่น 0-5300-0000 ต่อ 12"),
            Field(("controller", "retention_years"), "เก็บข้อมูลกี่ปี", Kind.WHOLE),
            Field(("controller", "retention_basis"), "ฐานทางกฎหมายของจำนวนปีนั้น"),
        ),
        "ตามที่ประกาศในใบสมัคร ข้อที่ยังไม่ตั้ง ใบสมัครจะไม่กล่าวถึง มีผลกับแบบฟอร์มที่เผยแพร่ครั้งต่อไป",
    ),
    Part(
        "papers",
        "รูปแบบเอกสาร",
        (
            Field(("papers", "thai_digits"), "ใช้เลขไทย", Kind.SWITCH, choices=_YES_NO, stands="true"),
            Field(
                ("papers", "font_dir"),
                "โฟลเดอร์แบบอักษรของสำนักงาน",
                help="ที่อยู่ในเครื่องแม่ข่าย เว้นว่าง = Sarabun ที่มากับโปรแกรม",
            ),
            Field(("papers", "font_family"), "ชื่อแบบอักษร", help="เช่น TH SarabunPSK"),
            Field(("papers", "emblem"), "ไฟล์ภาพตราของหน่วยงาน", help="บนปกและหนังสือรับรอง ที่อยู่ในเครื่องแม่ข่าย"),
            Field(
                ("papers", "garuda"),
                "ไฟล์ภาพตราครุฑ",
                help="บนหนังสือ คำสั่ง และประกาศ PNG หรือ JPEG สูงอย่างน้อย 354 พิกเซล เว้นว่าง = เว้นที่ไว้",
            ),
        ),
    ),
    Part(
        "forms",
        "แบบฟอร์มในโทรศัพท์",
        (
            Field(
                ("forms", "shared_tablets"),
                "แท็บเล็ตใช้หลายคน",
                Kind.SWITCH,
                "ใช่: แบบประเมินถามชื่อผู้ใช้ก่อน",
                choices=_YES_NO,
                stands="false",
            ),
            Field(
                ("forms", "villages"), "ไฟล์รายชื่อหมู่บ้าน", help=".xlsx หรือ .csv ในเครื่องแม่ข่าย เว้นว่าง = พิมพ์ชื่อเอง"
            ),
        ),
        "มีผลกับแบบฟอร์มที่เผยแพร่ครั้งต่อไป",
    ),
)
