"""Invented people, groups and villages. Names are combined from parts; none is a known person's."""

from dataclasses import dataclass, field
from random import Random

from mochocho.app.demo.sample_province import Unit
from mochocho.words import thai
from mochocho.words.model import ApplicantType
from xlsforms import names

PHONE = "000-000-0000"

_TITLES = ("นาย", "นาย", "นาง", "นางสาว")
_MEN = (
    "กล้าดอย", "แก่นดิน", "ขวัญเมฆ", "คำหล้า", "จอมผา", "ชัยธาร", "ดวงดอย", "ตะวันฉาย", "ทองสาย", "ธารเทพ",
    "บุญหล้าย", "ปานเมฆ", "พนาวัน", "ภูตะวัน", "มั่นธาร", "รุ่งดอย", "ลือธาร", "วันเมฆ", "ศิลาทอง", "สายเมือง",
    "หาญดอย", "อินผา", "เดือนเพชร", "แสนธาร",
)  # fmt: skip
_WOMEN = (
    "กลิ่นฟ้า", "แก้วธาร", "ขวัญข้าว", "คำแพงดาว", "จันทร์ผา", "ชื่นธาร", "ดาวเหนือ", "ตองนวล", "ทิพย์เมฆ", "ธารดาว",
    "บัวฟ้า", "ปรางเดือน", "พลอยดาว", "ฟองจันทร์", "มะลิเมฆ", "ร่มฟ้า", "ละอองจันทร์", "วาดดาว", "ศรีธาร", "สร้อยเดือน",
    "หอมเดือน", "อุ่นฟ้า", "เดือนงาม", "แสงหล้า",
)  # fmt: skip
_FAMILY_FIRST = (
    "เมฆ", "ธาร", "ผา", "ดาว", "ตะวัน", "พนา", "ศิลา", "เดือน", "ลม", "ฝน", "หมอก", "ไพร", "ดอย", "นที",
    "รวง", "ทุ่ง",
)  # fmt: skip
_FAMILY_LAST = (
    "ประดับทอง", "ลอยฟ้าไกล", "สถิตถิ่น", "เคียงดอยงาม", "รักษ์ป่าหลวง", "ใสสะอาดดี", "เพียงดินทอง", "วัฒนาหล้า",
    "คำแสนไกล", "รุ่งเรืองถิ่น", "สานสุขใจ", "มั่นคงดี", "เย็นใจถิ่น", "ชูถิ่นไทย",
)  # fmt: skip
_PLACE_FIRST = (
    "ดอน", "หนอง", "ห้วย", "ทุ่ง", "สัน", "ร่อง", "ป่า", "โป่ง", "ปาง", "น้ำ", "เหล่า", "ต้น", "วัง", "ม่อน",
)  # fmt: skip
_PLACE_LAST = (
    "เมฆเงิน", "ดาวคำ", "ฟ้าหล้า", "เดือนหงาย", "ตะวันทอง", "หมอกขาว", "รวงเงิน", "ฝนแก้ว", "ลมเย็นใจ", "ผาแดงน้อย",
    "จันทร์ลับ", "ธารแก้วใส", "ศรีเดือน", "หอมไพร", "คำพันดาว", "บัวตองเงิน",
)  # fmt: skip
_RIVER_LAST = ("สายหมอก", "ธารเมฆ", "เดือนดาว", "ตะวันคำ", "รวงแก้ว", "ฟ้าเงิน", "ผาจันทร์", "ลมดอย")
_GROUPS = (
    "กลุ่มออมทรัพย์เพื่อการผลิต{v}", "กลุ่มทอผ้า{v}", "กลุ่มจักสาน{v}", "กลุ่มแปรรูปสมุนไพร{v}", "กลุ่มเกษตรอินทรีย์{v}",
    "กลุ่มสตรีแปรรูปอาหาร{v}", "วิสาหกิจชุมชนกาแฟ{v}", "กองทุนปุ๋ยชีวภาพ{v}", "กลุ่มเลี้ยงไก่พื้นเมือง{v}",
)  # fmt: skip
_NETWORKS = (
    "เครือข่ายอาสาพัฒนาชุมชนลุ่มน้ำ{r}", "เครือข่ายกลุ่มออมทรัพย์ลุ่มน้ำ{r}", "เครือข่ายกองทุนชุมชนลุ่มน้ำ{r}",
    "เครือข่ายผู้ผลิตผ้าทอลุ่มน้ำ{r}", "เครือข่ายป่าชุมชนลุ่มน้ำ{r}", "เครือข่ายสัมมาชีพลุ่มน้ำ{r}",
)  # fmt: skip
_GAVE_BACKGROUND = 0.85  # of the applicants; the others left it empty
_OCCUPATIONS = ("ทำนา", "ทำสวน", "เลี้ยงสัตว์", "ค้าขาย", "รับจ้างทั่วไป", "ข้าราชการบำนาญ", "ทอผ้าและจักสาน")
_WORKS_OF_LEADERS = (
    "ตั้งกลุ่มออมทรัพย์ของหมู่บ้าน", "ประสานการปลูกป่าต้นน้ำร่วมกับเยาวชน", "เป็นวิทยากรปุ๋ยหมักให้หมู่บ้านใกล้เคียง",
    "จัดเวทีประชาคมทุกไตรมาส", "รื้อฟื้นงานประเพณีของหมู่บ้าน", "ดูแลกองทุนสวัสดิการชุมชน",
)  # fmt: skip
_WORKS_OF_OTHERS = (
    "จัดสวัสดิการให้สมาชิกทุกปี", "เปิดศูนย์เรียนรู้ให้หมู่บ้านใกล้เคียงมาศึกษาดูงาน", "จัดตลาดนัดชุมชนทุกเดือน",
    "ดูแลป่าชุมชนและฝายชะลอน้ำ", "ออมทรัพย์และปล่อยกู้เพื่ออาชีพ", "ถ่ายทอดงานฝีมือแก่เยาวชนในช่วงปิดเทอม",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """One applicant's facts. `misspelt`: the name as first sent by an officer who corrected it later."""

    name: str
    misspelt: str
    contact: str  # the person who signs
    woman: bool
    national_id: str = field(repr=False)
    village: str
    moo: int
    address: str
    months: int  # of residence or of activity


def invent(unit: Unit) -> Invented:
    """The person or organisation behind `unit`; the same unit is always the same one."""
    rng = rng_for(unit, "person")
    contact, woman = person(unit, "contact")
    # Goes through the 224 pairs so that no two villages of a province of that size share a name.
    place = unit.number * 93 % (len(_PLACE_FIRST) * len(_PLACE_LAST))
    village = "บ้าน" + _PLACE_FIRST[place % len(_PLACE_FIRST)] + _PLACE_LAST[place // len(_PLACE_FIRST)]
    river = rng.choice(_PLACE_FIRST) + rng.choice(_RIVER_LAST)
    name = _name(unit.type, contact, village, river, rng)
    house, moo = rng.randrange(1, 300), rng.randrange(1, 15)
    return Invented(
        name=name,
        misspelt=_misspelt(name),
        contact=contact,
        woman=woman,
        national_id=_national_id(unit.number),
        village=village,
        moo=moo,
        address=f"{house} หมู่ที่ {moo} {village}",
        months=rng.randrange(14, 240),
    )


def person(unit: Unit, role: str) -> tuple[str, bool]:
    """An invented full name with its title, and whether it is a woman's;
    the same for the same unit and role.
    """
    rng = rng_for(unit, role)
    title = rng.choice(_TITLES)
    woman = title != "นาย"
    given = rng.choice(_WOMEN if woman else _MEN)
    return f"{title}{given} {rng.choice(_FAMILY_FIRST)}{rng.choice(_FAMILY_LAST)}", woman


def background(unit: Unit) -> dict[str, str]:
    """What the applicant says of itself for the committee, by question; empty where it left that out."""
    rng = rng_for(unit, "background")
    if rng.random() > _GAVE_BACKGROUND:
        return {}
    leader = unit.type is ApplicantType.LEADER
    works = _WORKS_OF_LEADERS if leader else _WORKS_OF_OTHERS
    said = dict(
        zip(names.MAIN_WORKS, rng.sample(works, rng.randrange(1, len(names.MAIN_WORKS) + 1)), strict=False)
    )
    if leader:
        return said | {"age": str(rng.randrange(32, 71)), "occupation": rng.choice(_OCCUPATIONS)}
    return said | {"founded_be": str(rng.randrange(2520, 2564))}


def rng_for(unit: Unit, purpose: str) -> Random:
    """A random generator that depends only on the unit and the purpose, not on the order of calls."""
    return Random(f"mochocho demo {unit.number} {purpose}")  # noqa: S311 - a sample, not a secret


def _name(type_: ApplicantType, contact: str, village: str, river: str, rng: Random) -> str:
    match type_:
        case ApplicantType.LEADER:
            return contact
        case ApplicantType.GROUP:
            return rng.choice(_GROUPS).format(v=village)
        case ApplicantType.NETWORK:
            return rng.choice(_NETWORKS).format(r=river)
        case ApplicantType.COMMUNITY:
            return f"ชุมชน{village}"


def _misspelt(name: str) -> str:
    """The name with its last consonant typed twice."""
    at = max(index for index, letter in enumerate(name) if "ก" <= letter <= "ฮ")
    return name[:at] + name[at] + name[at:]


def _national_id(number: int) -> str:
    first12 = f"10000{number:07d}"
    return first12 + thai.national_id_check_digit(first12)
