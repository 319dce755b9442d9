"""A meeting as an office types it, every field filled: one slip in one field is named, other ways of writing
the same are not. The file is read as `mochocho meeting import` reads it.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from mochocho.words.places import Province
from processing.meetings.files import meeting_yaml, typed_meeting
from processing.meetings.meeting import Meeting
from processing.meetings.wrong import wrong
from reports.lint.examined import Examined, ListedUnit
from reports.lint.lint_meeting import lint
from reports.packet.assembly import sitting
from reports.view.arrange import TYPES
from reports.view.blocks import Form, Paper
from reports.view.letters.agenda import agenda
from reports.view.letters.convened import Convened
from reports.view.letters.covering_memo import covering_memo
from reports.view.letters.invitation import invitation
from reports.view.letters.reply_form import reply_form
from reports.view.occasion import Occasion, Order
from reports.view.printed_words import Words

YEAR = 2568
LAMPHUN = Province.named("ลำพูน")
DISTRICTS = {one.code: one.name_th for one in LAMPHUN.districts}
OF_PROVINCE, OF_DISTRICT = (
    Path(__file__).with_name(name).read_text("utf-8") for name in ("lamphun-2568.yaml", "mae-tha-2568.yaml")
)
COUNTS = {  # units of each type
    "เมืองลำพูน": (2, 1, 1, 1),
    "แม่ทา": (1, 1, 1, 1),
    "บ้านโฮ่ง": (1, 1, 0, 1),
    "ลี้": (1, 1, 1, 1),
    "ทุ่งหัวช้าง": (1, 1, 0, 0),
    "ป่าซาง": (1, 1, 1, 1),
    "บ้านธิ": (1, 1, 0, 1),
    "เวียงหนองล่อง": (1, 0, 0, 0),
}
HEAD, LETTER, CIRCULAR, MEMO = (
    "การประชุม/",
    "การประชุม/หนังสือเชิญ: ",
    "การประชุม/หนังสือเวียน: ",
    "การประชุม/บันทึกข้อความ: ",
)
ORDER, TEXTS, AGENDA = "การประชุม/คำสั่งแต่งตั้ง: ", "ข้อความในหนังสือ/", "ระเบียบวาระ/"
MINUTES, CAME, REPLY = "รายงานการประชุม/", "ผู้มาประชุม/", "ตอบรับ/"
Edit = tuple[str, str | None, Any]  # where, what stands there (None = all of it), what is typed instead
SLIPS: Sequence[tuple[str, str, str | None, Any]] = (
    # hours, numbers and days of the minutes
    ("hours.moment_differs", f"{HEAD}เริ่มประชุมจริงเวลา", None, "09:20"),
    ("hours.moment_differs", f"{HEAD}เลิกประชุมจริงเวลา", None, "16:45"),
    ("hours.moment_differs", f"{MINUTES}0/ข้อความ/0", "09.10", "09.01"),
    ("hours.moment_differs", f"{MINUTES}4/ข้อความ/0", "15.45", "16.45"),
    ("number.next_not_after", f"{MINUTES}4/ข้อความ/0", "3/2568", "2/2568"),
    ("date.next_not_after", f"{MINUTES}4/ข้อความ/0", "พฤหัสบดีที่ 19 มิถุนายน", "พุธที่ 19 กุมภาพันธ์"),
    ("number.adopts_another", f"{MINUTES}1/ข้อความ/0", "1/2568", "1/2567"),
    ("number.text_differs", f"{TEXTS}1/ข้อความ/0", "2/2568", "1/2568"),
    # who said and voted what
    ("votes.dissent_of_no_member", f"{MINUTES}3/ความเห็นแย้งและเหตุผล/0", "ชูเกียรติคุณ", "ชูเกียรติ"),
    ("minutes.absent_spoke", f"{MINUTES}3/ความเห็นแย้งและเหตุผล/0", "นายวิโรจน์ ชูเกียรติคุณ", "นายณรงค์ศักดิ์ จันทร์ฉาย"),
    ("votes.refused", f"{MINUTES}3/มติ", "เห็นชอบรับรอง", "ไม่เห็นชอบรับรอง"),
    ("resolution.fewer_units", f"{MINUTES}3/มติ", "26 หน่วยงาน", "25 หน่วยงาน"),
    ("total.units", f"{MINUTES}3/มติ", "26 หน่วยงาน", "27 หน่วยงาน"),
    ("reply.declines_and_person", f"{REPLY}1/การเข้าร่วม", None, "ไม่เข้าร่วม"),
    # figures
    ("total.sum", f"{MEMO}ข้อความ/1", "อำเภอ 16 คน", "อำเภอ 15 คน"),
    ("total.reckoned", f"{MEMO}ข้อความ/1", "1,750 บาท (หนึ่งพันเจ็ดร้อยห้าสิบบาทถ้วน)", "1,570 บาท"),
    ("total.counted_otherwise", f"{MINUTES}2/ข้อความ/0", "30 หน่วยงาน", "31 หน่วยงาน"),
    ("total.types", f"{CIRCULAR}ข้อความ/0", "4 ประเภท", "ห้าประเภท"),
    ("total.beyond_full", f"{MINUTES}3/ข้อความ/1", "75", "175"),
    ("total.average_outside", f"{MINUTES}3/ข้อความ/1", "ต่อเนื่อง", "คะแนนเฉลี่ย 92.50 คะแนน สูงสุด 91.00 คะแนน"),
    (
        "total.reckoned",
        f"{AGENDA}0/ข้อความ/1",
        "1 - 31 มีนาคม 2568",
        "26 หน่วยงาน 8 อำเภอ เฉลี่ยอำเภอละ 5 หน่วยงาน",
    ),
    ("list.numbering", f"{AGENDA}1/ข้อ", None, "4.2"),
    # days, hours and years
    ("date.due_before_meeting", f"{TEXTS}2/ข้อความ/1", "พฤษภาคม", "มีนาคม"),
    ("date.due_before_meeting", f"{MINUTES}2/มติ", "รับทราบ", "ให้ส่งเอกสารภายในวันที่ 10 เมษายน 2568"),
    ("date.due_before_cycle", f"{ORDER}อำนาจหน้าที่/2", "มิถุนายน 2568", "มิถุนายน 2567"),
    ("date.due_otherwise", f"{CIRCULAR}ตอบภายในวันที่", None, "11 เมษายน 2568"),
    ("year.of_law_differs", f"{ORDER}อาศัยอำนาจและเหตุผล/1", "2534", "2543"),
    ("hours.colon", f"{LETTER}ข้อความ/1", "09.00 -", "09:00 -"),
    ("day.pause_long", "ช่วงพัก/0/พักถึงเวลา", None, "11:45"),
    # names, places and addresses
    ("province.other_name", f"{TEXTS}3/ข้อความ/0", "ผู้ว่าราชการจังหวัดลำพูน", "ผู้ว่าราชการจังหวัดเชียงใหม่"),
    ("contact.two_names", f"{MINUTES}3/ความเห็นแย้งและเหตุผล/0", "อำเภอลี้", "อำเภอลี่"),
    ("contact.other_position", f"{CAME}1/ตำแหน่งผู้แทน", "จ่า", "ป้องกัน"),
    ("contact.two_addresses", f"{LETTER}ข้อความ/3", "kanda.t@", "kanda@"),
    ("letter.label_twice", f"{HEAD}ไลน์", None, "ไลน์ kanda.cdd"),
    ("letter.label_twice", f"{HEAD}อีเมล", None, "อีเมล kanda.t@example.go.th"),
    ("contact.other_name", f"{HEAD}ผู้ประสานงาน", None, "นายสมศักดิ์ ดีงาม"),
    ("contact.other_position", f"{MINUTES}3/ข้อความ/1", "ท้องถิ่นจังหวัด", "เกษตรจังหวัด"),
    ("place.district_elsewhere", f"{MINUTES}3/ข้อความ/1", "ต่อเนื่อง", "ของอำเภอเถิน"),
    ("annex.another", "เอกสารแนบ/1/ชื่อเอกสาร", "1234/2567", "1235/2567"),
    ("letter.no_closing", f"{LETTER}ข้อความ/4", None, None),
    ("enclosure.count_differs", f"{MEMO}ข้อความ/2", "จึง", "พร้อมแบบตอบรับ รวม 2 รายการ จึง"),
    ("total.districts", f"{MEMO}ข้อความ/0", "ด้วย", "ด้วยได้แจ้งนายอำเภอ 9 อำเภอ เพื่อทราบ "),
    ("total.units", f"{MINUTES}2/ข้อความ/0", "ระดับอำเภอ 26", "ระดับอำเภอ 25"),
    ("order.place_differs", f"{LETTER}ข้อความ/2", "ตามลำดับการนำเสนอ", "เริ่มจากอำเภอแม่ทา ตามลำดับการนำเสนอ"),
    ("hours.lunch_differs", f"{LETTER}ข้อความ/2", "พักรับประทานอาหารกลางวันเวลา 12.00 -", "พักเวลา 12.30 -"),
    ("date.event_differs", f"{TEXTS}2/ข้อความ/1", "ภายในวันที่ 30 พฤษภาคม", "ในวันที่ 6 มิถุนายน"),
    ("date.effect_before_order", f"{TEXTS}4/ข้อความ/0", "18 พ", "11 พ"),
    ("year.no_year", f"{MINUTES}0/ข้อความ/0", "15 พฤษภาคม 2568", "15 พฤษภาคม 2658"),
    ("total.districts", f"{AGENDA}0/ข้อความ/0", "ใน 8 อำเภอ", "ใน 18 อำเภอ"),
    ("words.misspelt", f"{HEAD}ตำแหน่งผู้ตรวจรายงาน", "พัฒนาการ", "พัฒนากร"),
    ("words.doubled", f"{LETTER}ข้อความ/1", "30 เมษายน", "30 เมษายน 30 เมษายน"),
    ("words.misspelt", f"{LETTER}ข้อความ/2", "09.00 น.", "09.00 นง"),
    ("words.misspelt", "กรรมการ/8/ตำแหน่ง", "ปฏิบัติการ", "ปฏิบัติการณ์"),
    ("words.misspelt", f"{MINUTES}0/มติ", "รับทราบ", "รับทรา"),
    ("enclosure.no_number", f"{CIRCULAR}สิ่งที่ส่งมาด้วย/1", "1 ฉบับ", "ฉบับ"),
    ("total.backwards", f"{LETTER}ข้อความ/2", "1 - 2", "2 - 1"),
    ("province.other_name", f"{CIRCULAR}ข้อความ/1", "จังหวัดลำพูน", "จังหวัดเชียงใหม่"),
    ("words.misspelt", f"{LETTER}ข้อความ/2", "พัฒนาการอำเภอ", "พัฒนาการอำภอ"),
    ("words.misspelt", f"{LETTER}ข้อความ/4", "จึงเรียนมา", "จึงเรียนนมา"),
    ("words.misspelt", f"{MEMO}ข้อความ/2", "โปรดพิจารณา", "โปรดพิจารรณา"),
    ("words.misspelt", f"{CIRCULAR}ข้อความ/3", "ตนเอง", "ตนเเอง"),
    ("words.misspelt", f"{ORDER}อาศัยอำนาจและเหตุผล/1", "พระราชบัญญัติ", "พระราชบัญัติ"),
    ("words.misspelt", f"{LETTER}ส่วนราชการและที่อยู่/1", "อินทยงยศ", "อินทยงยศศ"),
    ("words.misspelt", "กรรมการ/2/หน่วยงาน", "เกษตร", "เกษต"),
    ("words.misspelt", f"{TEXTS}3/ข้อความ/0", "อุทธรณ์", "อุธรณ์"),
    # digits and letters
    ("digits.letters", f"{LETTER}สิ่งที่ส่งมาด้วย/1", "จำนวน 1", "จำนวน l"),
    ("digits.letters", f"{LETTER}สิ่งที่ส่งมาด้วย/1", "จำนวน 1", "จำนวน 1O"),
    ("digits.letters", f"{MINUTES}4/ข้อความ/0", "3/2568", "3/256O"),
    ("digits.letters", f"{LETTER}ข้อความ/1", "ชั้น 2", "ชั้น l"),
    ("digits.mixed", f"{MINUTES}4/ข้อความ/0", "3/2568", "๓/2568"),
    ("digits.mixed", f"{TEXTS}1/ข้อความ/0", "30 เมษายน", "๓๐ เมษายน"),
    ("words.misspelt", f"{MEMO}สิ่งที่ส่งมาด้วย/0", "ฉบับ", "ฉบัย"),
    ("words.misspelt", f"{MINUTES}3/มติ", "เห็นชอบ", "เห็ฯชอบ"),
    ("words.misspelt", f"{LETTER}ส่วนราชการและที่อยู่/1", "ถนน", "ถนนน"),
    ("words.misspelt", f"{LETTER}สิ่งที่ส่งมาด้วย/0", "ฉบับ", "ฉบับบ"),
    ("words.misspelt", "กรรมการ/2/ตำแหน่ง", "เกษตร", "เกษตรและสหกรณ"),
    ("words.misspelt", f"{MINUTES}0/ข้อความ/0", "กล่าวเปิด", "กล่าวตอนรับและเปิด"),
    ("words.misspelt", f"{MINUTES}4/ข้อความ/0", "15.45 น.", "15.45. น."),
    ("words.misspelt", f"{CAME}4/เหตุที่ไม่มา", None, "ติดราชกาน"),
    ("words.misspelt", "ช่วงพัก/1/ชื่อช่วงพัก", "รับประทาน", "รับประทาร"),
)
SLIPS_OF_A_DISTRICT: Sequence[tuple[str, str, str | None, Any]] = (
    ("total.parts", f"{LETTER}ข้อความ/1", "กลุ่มองค์กรชุมชน ๑ กลุ่ม", "กลุ่มองค์กรชุมชน ๒ กลุ่ม"),
    ("total.counted_otherwise", f"{LETTER}ข้อความ/1", "จำนวน ๔ หน่วยงาน", "จำนวน ๕ หน่วยงาน"),
    ("total.counted_otherwise", f"{AGENDA}1/ข้อความ/0", "ร้อยละ ๗๐", "ร้อยละ ๗"),
    ("total.beyond_full", f"{AGENDA}1/ข้อความ/0", "คะแนนเต็ม ๑๐๐", "คะแนนเต็ม ๑๐"),
    ("total.beyond_full", f"{MINUTES}3/ข้อความ/0", "๙๑.๒๕", "๑๙๑.๒๕"),
    ("total.backwards", f"{MINUTES}3/ข้อความ/0", "๗๒.๕๐ - ๙๑.๒๕", "๙๑.๒๕ - ๗๒.๕๐"),
    ("total.below_pass_mark", f"{MINUTES}3/ข้อความ/0", "๗๒.๕๐", "๖๒.๕๐"),
    ("total.units", f"{MINUTES}3/มติ", "ทั้ง ๔", "ทั้ง ๕"),
    ("votes.text_differs", f"{MINUTES}3/มติ", "๕ เสียง", "๖ เสียง"),
    ("minutes.other_role", f"{MINUTES}2/ข้อความ/0", "ผู้ช่วยเลขานุการ", "เลขานุการ"),
    ("contact.other_position", f"{HEAD}ตำแหน่งผู้ลงนาม", "นายอำเภอ", "ปลัดอำเภอ"),
    ("place.subdistrict_misspelt", "กรรมการ/3/ตำแหน่ง", "ทาสบเส้า", "ทาสบเส่า"),
    ("committee.of_another_district", "กรรมการ/3/ตำแหน่ง", "ทาสบเส้า", "บ้านโฮ่ง"),
    ("contact.domain", f"{HEAD}อีเมล", "example.go.th", "example.go.t"),
    ("day.pause_misnamed", "ช่วงพัก/0/ชื่อช่วงพัก", None, "พักรับประทานอาหารกลางวัน"),
    ("words.misspelt", "ช่วงพัก/0/ชื่อช่วงพัก", "เครื่องดื่ม", "เครื่องดืม"),
    ("words.misspelt", f"{CAME}3/เหตุที่ไม่มา", "ลาป่วย", "ลาปวย"),
    ("day.does_not_fit", f"{HEAD}นำเสนอ (นาที)", None, 200),
)
UNUSUAL_OF_A_DISTRICT: Sequence[Sequence[Edit]] = (
    ((f"{MINUTES}3/ข้อความ/1", "ผู้แทนท้องถิ่นอำเภอ (นายวรพล แก้วดี)", "นายวรพล แก้วดี ผู้แทนท้องถิ่นอำเภอแม่ทา"),),
    (("กรรมการ/3/ชื่อและนามสกุล", "นายบุญธรรม", "กำนันบุญธรรม"), (f"{CAME}3/กรรมการ", "นายบุญธรรม", "กำนันบุญธรรม")),
    (
        (f"{HEAD}ผู้ลงนาม", None, "นายพิเชษฐ์ คำฟู"),
        (f"{HEAD}ตำแหน่งผู้ลงนาม", None, "ปลัดอำเภอ รักษาราชการแทน"),
        (f"{HEAD}ปฏิบัติราชการแทน", None, ["นายอำเภอแม่ทา"]),
    ),
    (
        (f"{HEAD}สถานที่", None, "ศาลาประชาคมบ้านดอยคำ หมู่ที่ 5 ตำบลทาสบเส้า อำเภอแม่ทา จังหวัดลำพูน"),
        (f"{LETTER}ข้อความ/1", "ห้องประชุมที่ว่าการอำเภอแม่ทา ชั้น ๒", "ศาลาประชาคมบ้านดอยคำ หมู่ที่ ๕ ตำบลทาสบเส้า"),
    ),
    (
        (
            f"{MINUTES}3/ข้อความ/0",
            None,
            "ผู้นำชุมชนได้ ๘๕.๕๐ คะแนน กลุ่มได้ ๗๘.๒๕ คะแนน และชุมชนได้ ๙๑.๒๕ คะแนน คะแนนเฉลี่ย ๘๑.๘๘ คะแนน",
        ),
    ),
    ((f"{MINUTES}3/มติ", None, "ที่ประชุมมีมติให้ผ่านการประเมิน ๓ หน่วยงาน และให้เครือข่ายปรับปรุงเอกสารแล้วเสนอใหม่"),),
    ((f"{CAME}1/มาเวลา", None, "14:00"), (f"{MINUTES}0/ข้อความ/0", "๕ คน", "๔ คน")),
    ((f"{MINUTES}2/ข้อความ/0", "ผู้ช่วยเลขานุการ ", "เลขานุการที่ประชุม "),),
    ((f"{AGENDA}0/ข้อความ/0", None, "๑) รับสมัคร และบูรณาการกับภาคี จำนวน ๓ หน่วยงาน ได้แก่ เกษตร ท้องถิ่น สาธารณสุข"),),
    ((f"{AGENDA}1/ข้อความ/0", None, "เกณฑ์ระดับดี ร้อยละ ๗๐ ระดับดีมาก ร้อยละ ๘๐ และผ่านเกณฑ์บังคับทุกข้อ"),),
    ((f"{MINUTES}4/ข้อความ/0", "ไม่มีผู้ใดเสนอเรื่องอื่น", "กำหนดประชุมครั้งต่อไปวันศุกร์ที่ ๒๕ เมษายน ๒๕๖๘ เวลา ๐๙.๓๐ น."),),
)
UNUSUAL: Sequence[Sequence[Edit]] = (
    # who is how called
    (("กรรมการ/2/ชื่อและนามสกุล", "นาง", "ว่าที่ร้อยตรีหญิง"), (f"{CAME}2/กรรมการ", "นาง", "ว่าที่ร้อยตรีหญิง")),
    (
        ("กรรมการ/6/ชื่อและนามสกุล", "นาย", "ดร."),
        (f"{CAME}6/กรรมการ", "นาย", "ดร."),
        (f"{MINUTES}3/ความเห็นแย้งและเหตุผล/0", "นายวิโรจน์", "ดร.วิโรจน์"),
    ),
    ((f"{MINUTES}3/ความเห็นแย้งและเหตุผล/0", "คุณ เห็นว่า", "คุณ กรรมการผู้ทรงคุณวุฒิ เห็นว่า"),),
    ((f"{MINUTES}3/ความเห็นแย้งและเหตุผล/0", "นายวิโรจน์ ชูเกียรติคุณ", "กรรมการผู้ทรงคุณวุฒิ"),),
    (
        (f"{CAME}9/ผู้เข้าร่วม", None, "ผศ.ดร.กานต์ ศรีวิชัย"),
        (f"{CAME}9/ตำแหน่งผู้เข้าร่วม", None, "อาจารย์มหาวิทยาลัยเชียงใหม่"),
    ),
    # resolutions
    ((f"{MINUTES}3/มติ", "26 หน่วยงาน", "25 หน่วยงาน และเลื่อนการพิจารณา 1 หน่วยงาน"),),
    (
        (f"{MINUTES}3/มติ", None, "ที่ประชุมมีมติเป็นเอกฉันท์รับรอง 24 หน่วยงาน ไม่รับรอง 2 หน่วยงาน"),
        (f"{MINUTES}3/เห็นชอบ", None, 8),
        (f"{MINUTES}3/ไม่เห็นชอบ", None, 0),
        (f"{MINUTES}3/ความเห็นแย้งและเหตุผล", None, None),
    ),
    ((f"{MINUTES}4/ข้อความ/0", None, "- ไม่มี -"), (f"{MINUTES}4/มติ", None, None)),
    # minutes tell of other hours and days too
    ((f"{MINUTES}4/ข้อความ/0", "เวลา 13.30 น.", "เริ่มประชุมเวลา 13.30 น."),),
    ((f"{MINUTES}4/ข้อความ/0", "ครั้งที่ 3/2568 ในวันพฤหัสบดีที่ 19 มิถุนายน 2568", "ในเดือนมิถุนายน 2568"),),
    ((f"{MINUTES}4/ข้อความ/0", "ครั้งที่ 3/2568", "ครั้งที่ 1/2569"),),
    ((f"{MINUTES}1/ข้อความ/0", None, "ฝ่ายเลขานุการเสนอรายงานการประชุมครั้งที่แล้ว จำนวน 8 หน้า"),),
    # the weekend, where the office wrote so
    (
        (f"{HEAD}วันที่ประชุม", None, "26 เมษายน 2568"),
        *(
            (where, "วันพุธที่ 30", "วันเสาร์ที่ 26")
            for where in (f"{LETTER}ข้อความ/1", f"{MEMO}ข้อความ/0", f"{TEXTS}0/ข้อความ/0")
        ),
        (f"{TEXTS}1/ข้อความ/0", "วันที่ 30", "วันที่ 26"),
    ),
    # what is due and what was; laws and their amendments; hours with colons everywhere
    ((f"{TEXTS}2/ข้อความ/1", "ขอให้", "ตามที่ให้รายงานภายในวันที่ 10 เมษายน 2568 นั้น ขอให้"),),
    ((f"{MINUTES}2/มติ", "รับทราบ", "รับทราบว่าทุกอำเภอส่งภายในวันที่ 10 เมษายน 2568 แล้ว"),),
    ((f"{CIRCULAR}ตอบภายในวันที่", None, "3 มีนาคม 2568"),),
    (
        (
            f"{ORDER}อาศัยอำนาจและเหตุผล/1",
            "2534",
            "2534 แก้ไขเพิ่มเติมโดยพระราชบัญญัติระเบียบบริหารราชการแผ่นดิน (ฉบับที่ 8) พ.ศ. 2553",
        ),
    ),
    ((f"{LETTER}ข้อความ/2", "08.30 - 09.00 น.", "08.30 น. เป็นต้นไป"),),
    # what is quoted, revoked, or of two people
    ((f"{MINUTES}1/ข้อความ/0", "ให้ที่ประชุมพิจารณา", "มีผู้แก้ไข 1 แห่ง แก้ “รับทาบ” เป็น “รับทราบ”"),),
    ((f"{ORDER}อาศัยอำนาจและเหตุผล/0", "ด้วย", "ตามคำสั่งแต่งตั้งคณะกรรมการฯ ประจำปี 2567 ซึ่งยกเลิกแล้ว และด้วย"),),
    ((f"{HEAD}ผู้ประสานงาน", None, "นางสาวกานดา ตัวอย่าง และนายปกรณ์ เขียนดี"),),
    # online, order, annexes, replies
    ((f"{HEAD}สถานที่", None, "ห้องประชุมจามเทวี ชั้น 2 ศาลากลางจังหวัดลำพูน และผ่านระบบ Zoom Meeting"),),
    ((f"{LETTER}ข้อความ/2", "โดยลง", "หรือผ่านระบบ Zoom Meeting ID: 912 3456 7890 Passcode: 2O5lI โดยลง"),),
    (("ลำดับและเวลา", None, [{"อำเภอตามลำดับนำเสนอ": "ลี้"}]),),
    (("เอกสารแนบ/1/ชื่อเอกสาร", None, "สำเนาคำสั่งแต่งตั้งคณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด"),),
    (
        (f"{REPLY}1/การเข้าร่วม", None, "ไม่เข้าร่วม"),
        (f"{REPLY}1/ผู้เข้าประชุม", None, None),
        (f"{REPLY}1/ตำแหน่ง", None, None),
    ),
    ((f"{LETTER}อ้างถึง/0", "21 พฤศจิกายน 2567", "21 พ.ย. 2567"),),
    ((f"{CAME}1/ตำแหน่งผู้แทน", None, "จ่าจังหวัดลำพูน แทนปลัดจังหวัด"),),
    # other provinces are named; the day of what is not the same
    ((f"{MINUTES}3/ข้อความ/1", "ต่อเนื่อง", "เหมือนอำเภอเถิน จังหวัดลำปาง"),),
    ((f"{MINUTES}4/มติ", "รับทราบ", "ให้มอบหนังสือรับรองวันที่ 5 มิถุนายน 2568 เวลา 09.00 น."),),
    ((f"{TEXTS}4/ข้อความ/0", "วันที่ 18 พฤศจิกายน 2567", "บัดนี้"),),
    ((f"{LETTER}ข้อความ/3", "โดยมอบหมายให้", "หรือประสานกับ นางอรุณี ตั้งใจดี โดยมอบหมายให้"),),
    (
        (
            f"{LETTER}ข้อความ/3",
            None,
            "ทั้งนี้ ขอให้ส่งแบบตอบรับตามสิ่งที่ส่งมาด้วย 3 ภายในวันศุกร์ที่ 25 เมษายน 2568 จึงเรียนมาเพื่อพิจารณา",
        ),
        (f"{LETTER}ข้อความ/4", None, None),
    ),
    ((f"{MINUTES}3/ข้อความ/1", "ท้องถิ่นจังหวัดลำพูน", "ท้องถิ่นจังหวัด"),),
    ((f"{MINUTES}3/ข้อความ/1", "ท้องถิ่นจังหวัดลำพูน", "(กรรมการ)"),),
    # figures
    (
        (
            f"{MINUTES}3/ข้อความ/1",
            None,
            "คะแนนเฉลี่ยของกลุ่มองค์กรชุมชน 7 กลุ่ม เท่ากับ 82.35 คะแนน สูงสุด 91.00 คะแนน ต่ำสุด 70.50 คะแนน",
        ),
    ),
    ((f"{MEMO}ข้อความ/1", "และเจ้าหน้าที่อำเภอ 16 คน", "เจ้าหน้าที่อำเภอ 16 คน (ชาย 6 คน หญิง 10 คน)"),),
    (
        (
            f"{MEMO}ข้อความ/1",
            "คณะกรรมการ 9 คน และเจ้าหน้าที่อำเภอ 16 คน",
            "ผู้แทนส่วนราชการ 4 คน ผู้แทนอำเภอ 16 คน เป็นต้น",
        ),
    ),
    ((f"{MEMO}ข้อความ/1", "25 คน x 35 บาท x 2 มื้อ", "25 คน มื้อละ 35 บาท 2 มื้อ"),),
    ((f"{AGENDA}0/ข้อความ/1", None, "ในปี 2567 มีผู้สมัคร 22 หน่วยงาน อำเภอลี้มีผู้สมัคร 5 หน่วยงาน"),),
)


@pytest.mark.parametrize(("code", "where", "old", "new"), SLIPS)
def test_a_slip_in_one_field_is_named(code: str, where: str, old: str | None, new: Any) -> None:
    assert code in {one.code for one in lint(_looked((where, old, new)))}


@pytest.mark.parametrize("edits", [(), *UNUSUAL])
def test_another_way_of_writing_is_no_slip(edits: Sequence[Edit]) -> None:
    assert [(one.code, one.said.th) for one in lint(_looked(*edits))] == []


def test_the_sum_of_what_is_listed_is_told() -> None:
    found = lint(_looked((f"{MEMO}ข้อความ/1", "อำเภอ 16 คน", "อำเภอ 15 คน")))
    assert [one.said.th for one in found] == ["เขียนรวม 25 คน แต่บวกได้ 24 คน"]


@pytest.mark.parametrize(("code", "where", "old", "new"), SLIPS_OF_A_DISTRICT)
def test_a_slip_in_a_districts_meeting_is_named(code: str, where: str, old: str | None, new: Any) -> None:
    assert code in {one.code for one in lint(_looked((where, old, new), file=OF_DISTRICT))}


@pytest.mark.parametrize("edits", [(), *UNUSUAL_OF_A_DISTRICT])
def test_a_districts_meeting_may_be_written_so_too(edits: Sequence[Edit]) -> None:
    assert [(one.code, one.said.th) for one in lint(_looked(*edits, file=OF_DISTRICT))] == []


def _looked(*edits: Edit, file: str = OF_PROVINCE) -> Examined:
    """The meeting with these edits, its units, and the province's papers as they are printed."""
    content = yaml.load(file, Loader=yaml.BaseLoader)
    for edit in edits:
        _edit(content, *edit)
    typed, _, _ = meeting_yaml.parsed(yaml.dump(content, allow_unicode=True, width=10**6))
    meeting = typed_meeting.read(typed, DISTRICTS)
    assert meeting is not None, typed.mistakes
    assert list(wrong(meeting, YEAR, DISTRICTS)) == []
    units = tuple(one for one in _units() if meeting.district in ("", one.district))
    papers = () if meeting.district else _papers(meeting, units)
    return Examined(meeting, LAMPHUN, YEAR, units, papers)


def _edit(content: Any, where: str, old: str | None, new: Any) -> None:
    *path, last = (int(key) if key.isdigit() else key for key in where.split("/"))
    for key in path:
        content = content[key]
    if new is None:
        del content[last]
    else:
        assert old is None or old in content[last]
        content[last] = new if old is None else content[last].replace(old, new, 1)


def _units() -> list[ListedUnit]:
    return [
        ListedUnit(
            f"{district.code}-{type_}-{no}",
            type_,
            f"หน่วยตัวอย่าง{district.name_th} {type_} {no}",
            district.code,
            publication=True,
        )
        for district in LAMPHUN.districts
        for type_, count in zip(TYPES, COUNTS[district.name_th], strict=True)
        for no in range(count)
    ]


def _papers(meeting: Meeting, units: Sequence[ListedUnit]) -> tuple[Paper, ...]:
    counts = {type_: sum(unit.type is type_ for unit in units) for type_ in TYPES}
    order = Order(meeting.appointment.number, meeting.appointment.day)
    occasion = Occasion(
        *(
            LAMPHUN.name_th,
            YEAR,
            "ระบบมาตรฐานการพัฒนาชุมชน (มชช.)",
            True,
            sitting(meeting),
            meeting.committee,
            order,
        ),
        *("คณะกรรมการตรวจประเมินอำเภอ", replace(order, number="1235/2567"), Words(True)),
        meeting=meeting,
    )
    convened, printed = Convened(meeting, occasion), agenda(occasion, counts)
    order_of_the_day = Paper("ระเบียบวาระการประชุม", Form.MEETING, printed.blocks, printed.title)
    return invitation(convened), order_of_the_day, reply_form(convened), covering_memo(convened, counts)
