"""Papers of every form, the packet's own, and of those after a meeting; as a program it writes them as DOCX.

python -m tests.unit.reports.editable.sample_papers FOLDER
"""

import sys
from pathlib import Path

from mochocho.settings.config import Papers
from mochocho.words.places import Province
from reports.editable.front_as_papers import list_of_names, order_of_presentation
from reports.single import editable_files
from reports.view.after.announcement import announcement
from reports.view.after.minutes import minutes
from reports.view.after.results_letters import district_letters
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.front import counts, names, order_paper, with_names
from reports.view.letters.agenda import agenda
from reports.wording import RESULTS_LETTERS, read_wording
from reports.wording.wordings import ResultsLetters
from tests.unit.reports import test_after_papers as made
from tests.unit.reports.made_cases import CHIANG_RAI, PRESENTED, Cases, arranged, occasion, of

PROVINCE = Province.named("เชียงราย")
TYPED = (
    "{{7*7}} {% x %} #panic() <w:br/> =1+1 &amp; น้ำ ปั้น ผู้ ที่"  # markup of somebody, to be printed as it stands
)
SIGNED = Signature("นายสมมุติ ตัวอย่าง", ("รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัดเชียงราย"))
BODY = (
    Block(
        Kind.PARAGRAPH,
        "ตามที่กรมการพัฒนาชุมชนกำหนดให้จังหวัดดำเนินงานระบบมาตรฐานการพัฒนาชุมชน เพื่อส่งเสริมกระบวนการเรียนรู้และ"
        "พัฒนาศักยภาพของผู้นำชุมชน กลุ่มองค์กรชุมชน เครือข่ายองค์กรชุมชน และชุมชน นั้น",
    ),
    Block(Kind.PARAGRAPH, f"จังหวัดเชียงรายจึงขอเชิญประชุม {TYPED}"),
)
LETTER = Paper(
    "หนังสือเชิญประชุม",
    Form.LETTER,
    BODY,
    head=(
        ("ชั้นความเร็ว", "ด่วนที่สุด"),
        ("ที่", "ชร ๐๐๑๙.๒/ว ๐๐๙๖"),
        ("ส่วนราชการ", "ศาลากลางจังหวัดเชียงราย\nถนนสมมุติ ชร ๕๗๐๐๐"),
        ("วันที่", "๒๓ เมษายน ๒๕๖๘"),
        ("เรื่อง", "ขอเชิญประชุม"),
        ("เรียน", "นายอำเภอ ทุกอำเภอ"),
        ("อ้างถึง", "คำสั่งจังหวัดเชียงราย ที่ ๖๔๕๙/๒๕๖๗"),
        ("สิ่งที่ส่งมาด้วย", "๑. ระเบียบวาระการประชุม จำนวน ๑ ชุด"),
        ("สิ่งที่ส่งมาด้วย", "๒. แบบตอบรับ จำนวน ๑ ฉบับ"),
    ),
    closing="ขอแสดงความนับถือ",
    signatures=(SIGNED,),
    foot=("สำนักงานพัฒนาชุมชนจังหวัด", "โทร. ๐ ๐๐๐๐ ๐๐๐๐"),
)
MEMO = Paper(
    "บันทึกข้อความ",
    Form.MEMO,
    BODY,
    head=(
        ("ส่วนราชการ", "สำนักงานพัฒนาชุมชนจังหวัดเชียงราย"),
        ("ที่", "ชร ๐๐๑๙/๑๒"),
        ("วันที่", "๒๓ เมษายน ๒๕๖๘"),
        ("เรื่อง", "ขอลงนามหนังสือเชิญประชุม"),
        ("เรียน", "ผู้ว่าราชการจังหวัดเชียงราย"),
    ),
    signatures=(Signature("", ("พัฒนาการจังหวัดเชียงราย",)),),
)
ORDER = Paper(
    "คำสั่งแต่งตั้ง",
    Form.ORDER,
    (
        *BODY,
        Block(
            Kind.TABLE,
            cells=(
                ("ลำดับ", "ชื่อ", "ตำแหน่ง"),
                ("๑", "นายสมมุติ ตัวอย่าง", "ประธานกรรมการ"),
                ("๒", TYPED, "กรรมการและเลขานุการ"),
            ),
        ),
    ),
    title=("คำสั่งจังหวัดเชียงราย",),
    head=(("ที่", "............/............"), ("เรื่อง", "แต่งตั้งคณะกรรมการ")),
    closing="สั่ง ณ วันที่ ........................................",
    signatures=(SIGNED,),
)
ANNOUNCEMENT = Paper(
    "ประกาศ",
    Form.ANNOUNCEMENT,
    BODY,
    title=("ประกาศจังหวัดเชียงราย",),
    head=(("เรื่อง", "รายชื่อผู้ผ่านการรับรอง"),),
    closing="ประกาศ ณ วันที่ ๒ พฤษภาคม ๒๕๖๘",
    signatures=(SIGNED,),
)


def papers() -> tuple[Paper, ...]:
    """A paper of each form; the agenda, the order of presentation and แนบ ๔ of source 004's province."""
    everyone = tuple(Cases(PROVINCE).province_of({row[0]: row[1:] for row in CHIANG_RAI}))
    groups = arranged(everyone, PROVINCE, PRESENTED)
    o = occasion()
    listed = [with_names(one, of(everyone, one.keys), o) for one in names(groups, o)]
    front = (
        agenda(o, counts(groups)),
        order_of_presentation(order_paper(groups, o)),
        list_of_names(listed),
    )
    return (LETTER, MEMO, ORDER, ANNOUNCEMENT, *front, *after_meeting())


def after_meeting() -> tuple[Paper, ...]:
    """Minutes with a dissent and typed markup, a letter with its table, and the announcement's list."""
    c = made.convened()
    wording = read_wording.read(ResultsLetters, RESULTS_LETTERS, None)
    (_, letter), *_ = district_letters(c, made.UNITS, wording)
    recorded = minutes(c, agenda(c.occasion, dict.fromkeys(TYPES, 1)).blocks, made.UNITS)
    return recorded, letter, announcement(c, made.UNITS, None)[1]


def main() -> None:
    folder = Path(sys.argv[1])
    editable_files.write(Papers(), papers(), folder)
    templates = folder / "templates"
    templates.mkdir()
    for paper in papers():
        editable_files.write_template(Papers(), paper, templates / editable_files.file_name(paper))
    editable_files.write(Papers(templates=templates), papers(), folder / "filled")


if __name__ == "__main__":
    main()
