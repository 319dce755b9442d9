"""The papers of source 004 with their faults as they stand: each is named; mended, nothing is found.

The coordinator and the addresses are invented: in the source they are masked.
"""

from dataclasses import replace
from datetime import date

import pytest

from mochocho.words.places import Province
from processing.meetings.meeting import (
    Agenda,
    AgendaItem,
    Annex,
    Appointment,
    Contact,
    Letter,
    Level,
    Meeting,
    Member,
    OwnText,
    Pause,
    Person,
    Role,
    Schedule,
    Signatory,
)
from processing.meetings.passages import Passage
from reports.lint.examined import Examined, ListedUnit
from reports.lint.lint_meeting import lint
from reports.view.arrange import TYPES
from tests.source_004 import ROWS, TOTALS

CHIANG_RAI = Province.named("เชียงราย")
CONTACT = Contact(
    "นางสาวกานดา ตัวอย่าง",
    "นักวิชาการพัฒนาชุมชนปฏิบัติการ",
    "0-5300-0000",
    "kanda.t@example.go.th",
    "kanda.cdd",
)
LUNCH = Pause("12:00", "13:00")
STEPS = "3.1.2 ขั้นตอนการดำเนินงาน เตรียมการ (พ.ย.-ธ.ค.) ดำเนินการพัฒนา (ม.ค. - มี.ค.) ประเมินรับรอง (เม.ย.)"
COUNTS = (
    "การรับรองมาตรฐานการพัฒนาชุมชนจังหวัดเชียงราย จำนวนทั้งสิ้น ๑๒๙ หน่วยงาน ประกอบด้วย (เอกสารแนบ ๔)",
    *("๑) ประเภทผู้นำชุมชน จำนวน ๗๑ คน", "๒) ประเภทกลุ่มองค์กรชุมชน จำนวน ๒๔ กลุ่ม"),
    *("๓) ประเภทเครือข่ายองค์กรชุมชน จำนวน ๑๔ เครือข่าย", "๔) ประเภทชุมชน จำนวน ๒๐ ชุมชน"),
)


def units() -> tuple[ListedUnit, ...]:
    """The 129 units of the order of presentation, with invented names."""
    codes = {district.name_th: district.code for district in CHIANG_RAI.districts}
    found = []
    for row in ROWS:
        _, district, *counts, _ = row.split()
        for type_, count in zip(TYPES, map(int, counts), strict=True):
            found += [
                ListedUnit(
                    f"{district}-{type_}-{no}",
                    type_,
                    f"หน่วยตัวอย่าง{district} {no}",
                    codes[district],
                    publication=True,
                )
                for no in range(count)
            ]
    return tuple(found)


def as_it_stands() -> Examined:
    """Letter, agenda, order of presentation and reply form of the meeting of 1 May 2568."""
    when = (
        "จังหวัดเชียงรายได้กำหนดการประชุมคณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด จังหวัดเชียงราย "
        "ในวันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘ เวลา ๐๘.๓๐ - ๑๔.๓๐ น. ณ ห้องประชุมพวงแสด ชั้น ๓ ศาลากลางจังหวัดเชียงราย"
    )
    reply = (
        "ขอความกรุณาส่งแบบตอบรับ ภายในวันที่ ๒๘ เมษายน ๒๕๖๘ ทางไปรษณีย์อิเล็กทรอนิกส์ (อีเมล) kandaa.t@example.go.th "
        "โดยมอบหมายให้ นางสาวกานดาร์ ตัวอย่าง หมายเลขโทรศัพท์ ๐-๕๓๐๐-๐๐๐๐ เป็นผู้ประสานงานในครั้งนี้"
    )
    note = "ส่งแบบตอบรับภายในวันที่ ๒๘ เมษายน ๒๕๖๘ ทาง ID Line : kannda.cdd นางสาวกานดา ตัวอย่าง"
    roles = (Role.CHAIR, Role.MEMBER, Role.SECRETARY)
    people = ("นายสมชาย ใจกล้าหาญ", "นางบุญมี ศรีสวัสดิ์", "นายกิตติพงษ์ แก้วมณี")
    meeting = Meeting(
        Level.PROVINCE,
        "1/2568",
        day=date(2025, 5, 1),
        starts="09:00",
        ends="14:30",
        place="ห้องประชุมพวงแสด ชั้น ๓ ศาลากลางจังหวัดเชียงราย",
        committee="คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนชนจังหวัด",
        appointment=Appointment(
            "6459/2567", date(2024, 11, 18), "แต่งตั้งคณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด"
        ),
        members=tuple(Member(Person(name), role) for name, role in zip(people, roles, strict=True)),
        letter=Letter(
            "ด่วนที่สุด",
            "ขร ๐๐๑๙.๒/ว ๐๐๙๖",
            date(2025, 4, 25),
            "นายอำเภอทุกอำเภอ",
            ("หนังสือจังหวัดเชียงราย ที่ ขร ๐๐๑๙.๒/ว ๒๗๐๘๙ ลงวันที่ ๒๘ ตุลาคม ๒๕๖๗",),
            ("วาระการประชุม จำนวน ๑ ฉบับ", "ลำดับการนำเสนอ จำนวน ๑ ฉบับ", "แบบตอบรับ จำนวน ๑ ฉบับ"),
            (when, reply, note, "จึงเรียนมาเพื่อพิจารณาดำเนินการ"),
            date(2025, 4, 28),
        ),
        contact=CONTACT,
        signatory=Signatory("นายประสิทธิ์ รุ่งเรืองกิจ", "รองผู้ว่าราชการจังหวัดเชียงราย"),
        agenda=Agenda(
            own=(
                AgendaItem("3.1", "แนวทางการดำเนินงาน", (STEPS, "3.1.3 หลักเกณฑ์การประเมินผล (เอกสารแนบ ๑)")),
                AgendaItem("4", "เรื่องเพื่อพิจารณา", COUNTS),
            )
        ),
        schedule=Schedule(15, order=tuple(row.split()[1] for row in ROWS)),
    )
    return Examined(meeting, CHIANG_RAI, 2568, units())


def mended(looked: Examined) -> Examined:
    """The same papers without their faults: an hour later, an hour for lunch, in April."""
    m = looked.meeting
    text = "|".join(m.letter.paragraphs)
    for wrong, right in (
        ("kandaa.t", "kanda.t"),
        ("kannda", "kanda"),
        ("กานดาร์", "กานดา"),
        ("วันพฤหัสบดีที่ ๑ พฤษภาคม", "วันพุธที่ ๓๐ เมษายน"),
        ("๐๘.๓๐ - ๑๔.๓๐", "๐๘.๓๐ - ๑๖.๓๐"),
    ):
        assert wrong in text
        text = text.replace(wrong, right)
    letter = replace(
        m.letter,
        number="ชร ๐๐๑๙.๒/ว ๐๐๙๖",
        refers=("หนังสือจังหวัดเชียงราย ที่ ชร ๐๐๑๙.๒/ว ๒๗๐๘๙ ลงวันที่ ๒๘ ตุลาคม ๒๕๖๗",),
        paragraphs=tuple(text.split("|")),
    )
    meeting = replace(
        m,
        day=date(2025, 4, 30),
        starts="08:30",
        ends="16:30",
        committee="คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด",
        letter=letter,
        schedule=replace(m.schedule, begins="09:30", pauses=(LUNCH,)),
        annexes=(Annex(1, "หลักเกณฑ์การประเมินผล", "0" * 64, 4),),
    )
    return replace(looked, meeting=meeting)


FAULTS = (
    ("hours.differ", "หนังสือเชิญประชุม", "๐๘.๓๐ - ๑๔.๓๐ น."),
    ("contact.two_addresses", "หนังสือเชิญประชุม", "kandaa.t@example.go.th"),
    ("contact.two_addresses", "หนังสือเชิญประชุม", "kannda.cdd"),
    ("contact.two_names", "หนังสือเชิญประชุม", "นางสาวกานดาร์ ตัวอย่าง"),
    ("province.no_code", "หนังสือเชิญประชุม", "ขร"),
    ("words.doubled", "ข้อมูลการประชุม", "ชุมชนชน"),
    ("committee.name_differs", "ข้อมูลการประชุม", "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด"),
    ("day.no_lunch", "ลำดับการนำเสนอ", "09.00 - 14.30 น."),
    ("date.after_month", "ระเบียบวาระการประชุม", "1 พฤษภาคม 2568"),
    ("annex.not_bound", "ระเบียบวาระการประชุม", "เอกสารแนบ 1"),
)


@pytest.mark.parametrize(("code", "paper", "written"), FAULTS)
def test_each_fault_is_named_where_it_stands(code: str, paper: str, written: str) -> None:
    digits = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    said = [(one.place.paper, one.said.th) for one in lint(as_it_stands()) if one.code == code]
    assert any(where == paper and written.translate(digits) in sentence for where, sentence in said), said


def test_nothing_else_is_found() -> None:
    assert {one.code for one in lint(as_it_stands())} == {code for code, _, _ in FAULTS}


def test_mended_nothing_is_found() -> None:
    assert [(one.code, one.said.th) for one in lint(mended(as_it_stands()))] == []


def test_a_passage_of_a_letter_is_told_with_the_letter_that_it_is_of() -> None:
    looked = mended(as_it_stands())
    own = (OwnText(Passage.MEMO_DONE, ("ขอให้แปดอำเภอนำเสนอ",)),)
    (told,) = lint(replace(looked, meeting=replace(looked.meeting, texts=own)))
    assert (told.place.paper, told.place.field) == ("บันทึกข้อความ", "texts.1.paragraphs.1")


def test_its_sums_are_right_and_one_wrong_figure_is_told() -> None:
    assert str(len(units())) == TOTALS.split()[-1].translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    looked = as_it_stands()
    item = replace(looked.meeting.agenda.own[1], paragraphs=(COUNTS[0], "๑) จำนวน ๗๒ คน", *COUNTS[2:]))
    own = (looked.meeting.agenda.own[0], item)
    wrong = replace(looked, meeting=replace(looked.meeting, agenda=Agenda(own=own)))
    assert [one.said.th for one in lint(wrong) if one.code == "total.parts"] == [
        "เขียนจำนวนทั้งสิ้น 129 แต่แต่ละประเภทรวมกันได้ 130"
    ]


def test_with_the_hour_for_lunch_its_day_is_full_and_an_item_before_it_no_longer_fits() -> None:
    looked = as_it_stands()
    lunch = replace(looked.meeting.schedule, pauses=(LUNCH,))
    full = replace(looked, meeting=replace(looked.meeting, schedule=lunch))
    assert "day.does_not_fit" not in {one.code for one in lint(full)}
    later = replace(full, meeting=replace(full.meeting, schedule=replace(lunch, begins="09:30")))
    told = [one.said.th for one in lint(later) if one.code == "day.does_not_fit"]
    assert len(told) == 1
    assert "ต้องใช้เวลาถึง 15.00 น. แต่เลิกประชุม 14.30 น. ยังไม่มีเวลาของอำเภอเชียงแสน อำเภอแม่ฟ้าหลวง" in told[0]


NEIGHBOURS = (
    # days: another spelling of a month, a year of two digits, a weekday without ที่, behind, or shortened
    ("date.weekday", "ประชุมในวันศุกร์ ที่ ๓๐ เม.ย ๒๕๖๘ เวลา ๐๘.๓๐ น."),
    ("date.weekday", "ประชุมในวันศุกร์ ๓๐ เดือนเมษายน พุทธศักราช ๒๕๖๘"),
    ("date.weekday", "ประชุมในวันพฤหัสฯ ที่ ๓๐ เมย. ๖๘"),
    ("date.weekday", "ประชุมในวันที่ ๓๐/๔/๒๕๖๘ (วันศุกร์)"),
    ("date.no_day", "ส่งภายในวันที่ ๓๑ เม.ย ๒๕๖๘"),
    ("date.meeting_differs", "กำหนดการประชุมวันที่ ๑ พ.ค. ๒๕๖๘ (วันพฤหัสบดี) ตั้งแต่เวลา ๐๘.๓๐ น."),
    ("date.reply_differs", "ส่งแบบตอบรับไม่เกินวันที่ ๒๙ เมษายน ๒๕๖๘"),
    # hours: without น., in two parts, behind the place
    ("hours.differ", "ประชุมวันที่ ๓๐ เมษายน ๒๕๖๘ เวลา ๐๙.๐๐-๑๖.๓๐"),
    ("hours.differ", "ประชุมวันที่ ๓๐ เมษายน ๒๕๖๘ เวลา ๙.๐๐ นาฬิกา"),
    ("hours.differ", "ประชุมวันที่ ๓๐ เมษายน ๒๕๖๘ เวลา ๐๘.๓๐ น. ถึงเวลา ๑๔.๓๐ น."),
    ("hours.differ", "ประชุมวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ณ ห้องประชุมพวงแสด ชั้น ๓ เวลา ๐๙.๐๐ น."),
    ("day.minutes_differ", "ให้นำเสนออำเภอละไม่เกิน ๒๐ นาที"),
    # sums: other words, no จำนวน, two types wrong by as much
    ("total.units", "รวมทั้งสิ้น ๑๓๐ หน่วยงาน"),
    ("total.parts", "ทั้งหมด ๑๒๙ หน่วย ผู้นำชุมชน ๗๒ คน กลุ่ม ๒๔ กลุ่ม เครือข่าย ๑๔ เครือข่าย ชุมชน ๒๐ ชุมชน"),
    ("total.type", "ทั้งหมด ๑๒๙ หน่วย ผู้นำชุมชน ๗๒ คน กลุ่ม ๒๓ กลุ่ม เครือข่าย ๑๔ เครือข่าย ชุมชน ๒๐ ชุมชน"),
    # words, names, addresses
    ("words.doubled", "เพื่อ เพื่อโปรดพิจารณา"),
    ("words.doubled", "ขอให้ให้ความร่วมมือ"),
    ("contact.two_names", "น.ส.กานดาร์ ตัวอย่าง เป็นผู้ประสานงาน"),
    ("contact.two_names", "นางกานดา ตัวอย่าง เป็นผู้ประสานงาน"),
    ("contact.two_names", "อำเภอแม่จันท์ จังหวัดเชียงราย"),
    ("contact.two_names", "อำเภอเวียงเชียงรุ่งนำเสนอเป็นลำดับที่ ๓"),
    ("contact.two_addresses", "ไอดีไลน์ kanda-cdd"),
    ("year.text_differs", "ประจำปี ๒๐๒๕"),
    # this meeting called otherwise
    ("number.text_differs", "ขอเชิญประชุมครั้งที่ ๒/๒๕๖๘ ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘"),
    ("place.differs", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ณ ห้องประชุมพวงชมพู ชั้น ๓"),
    ("place.differs", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ณ ห้องประชุมพวงแสด ชั้น ๒ ศาลากลางจังหวัด"),
    ("committee.name_differs", "เรียน คณะอนุกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด"),
    ("committee.name_differs", "เรียน คณะกรรมการรับรองมาตราฐานการพัฒนาชุมชนจังหวัดทุกท่าน"),
    ("date.of_letter_differs", "ตามคำสั่งจังหวัดเชียงราย ที่ ๖๔๕๙/๒๕๖๗ ลงวันที่ ๑๙ พฤศจิกายน ๒๕๖๗"),
    # numbers that are spelt, hours without minutes or without a dot
    ("hours.differ", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ เวลาเก้านาฬิกา"),
    ("hours.differ", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ เวลา ๐๙๐๐ น."),
    ("hours.no_hour", "ลงทะเบียนเวลา ๐๘.๗๕ น."),
    ("total.districts", "จำนวนแปดอำเภอ"),
    ("total.districts", "ครบทั้งสิบเจ็ดอำเภอ"),
    ("total.units", "จำนวนทั้งสิ้นหนึ่งร้อยสามสิบหน่วยงาน"),
    ("total.units", "เสนอรับรองรวม ๑๓๐ หน่วยงาน"),
    ("total.of_district", "อำเภอแม่จันผ่านการประเมิน ๙ หน่วยงาน"),
    ("total.parts", "ผู้นำชุมชน ๗๒ ราย กลุ่ม ๒๔ กลุ่ม เครือข่าย ๑๔ เครือข่าย ชุมชน ๒๐ ชุมชน รวม ๑๒๙ หน่วยงาน"),
    ("day.minutes_differ", "ให้นำเสนออำเภอละครึ่งชั่วโมง"),
    ("day.minutes_differ", "แต่ละอำเภอใช้เวลานำเสนอยี่สิบนาที"),
    ("day.minutes_differ", "นำเสนอ ๒๐ นาทีต่ออำเภอ"),
    ("day.minutes_differ", "นำเสนออำเภอละ ๑๕ นาที และซักถามอีก ๑๐ นาที"),
    ("day.total_differs", "นำเสนออำเภอละ ๑๕ นาที รวม ๕ ชั่วโมง ๓๐ นาที"),
    ("date.meeting_differs", "ประชุมวันที่ ๒๙/๐๔/๖๘ เวลา ๐๘.๓๐ น."),
    ("date.meeting_differs", "ขอเชิญประชุมในวันที่ ๑ พฤษภาคม ๒๕๖๘"),
    ("date.text_after_cycle", "เตรียมการ (พ.ย. - ธ.ค. ๒๕๖๘)"),
    ("date.month_misspelt", "รายงานวันที่ ๑๐ กุมภาพัน ๒๕๖๘"),
    ("hours.differ", "เวลา ๐๙.๐๐ น. ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘"),
    ("hours.differ", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ เวลา ๐๙ น."),
    ("hours.moment_differs", "เริ่มนำเสนออำเภอแรกเวลา ๑๐.๐๐ น."),
    ("hours.registration_late", "ลงทะเบียน ๐๘.๓๐ - ๐๙.๐๐ น."),
    ("total.type", "ผู้นำชุมชน ๗๒ คน กลุ่ม ๒๔ กลุ่ม เครือข่าย ๑๔ เครือข่าย และชุมชน ๒๐ ชุมชน"),
    ("total.of_district", "อำเภอแม่จัน จำนวน ๙ หน่วยงาน อำเภอพาน ๗ หน่วยงาน"),
    ("total.sum", "รับรอง ๑๒๐ หน่วยงาน ไม่รับรอง ๑๐ หน่วยงาน รวม ๑๒๙ หน่วยงาน"),
    ("total.in_words", "จำนวน ๑๒๙ (หนึ่งร้อยสามสิบ) หน่วยงาน"),
    ("total.percent", "ร้อยละ ๘๐ (๑๒๙ จาก ๑๕๐ หน่วยงาน)"),
    ("order.place_differs", "ลำดับที่ ๓ อำเภอแม่จัน"),
    ("order.place_differs", "อำเภอแม่จันนำเสนอเป็นลำดับสุดท้าย"),
    ("date.meeting_differs", "ประชุมวันอังคารที่ ๒๙ เมษายน นี้ เวลา ๐๘.๓๐ น."),
    ("date.weekday", "ประชุมวันพฤหัสบดีที่ ๓๐ เมษายน เวลา ๐๘.๓๐ น."),
    ("contact.two_names", "ผู้ประสานงาน : กันดา ตัวอย่าง"),
    ("contact.two_names", "อ.แม่จันทร์"),
    ("contact.two_names", "จังหวัดเชียงลาย"),
    ("contact.other_position", "กานดา ตัวอย่าง ตำแหน่งนักวิชาการพัฒนาชุมชนปฏิบัติการพิเศษ"),
    ("contact.no_email", "อีเมล kanda.t@example,go,th"),
    ("contact.no_telephone", "โทร. 5300-0000"),
    ("contact.two_addresses", "LINE: @kandacdd"),
    ("place.differs", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ณ หอประชุมที่ว่าการอำเภอเมืองเชียงราย"),
    ("place.differs", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ณ ห้องประชุม พวงชมพู ชั้นสาม"),
    ("committee.name_differs", "คณะกรรมการรับรองมาตรฐานพัฒนาชุมชนจังหวัด"),
    ("province.other_code", "ตามหนังสือจังหวัดเชียงราย ด่วนที่สุด ที่ ชม ๐๐๑๙.๒/ว ๙๖"),
    ("province.no_code", "ตามหนังสือ ที่ มท ๐๐๑๙.๒/ว ๙๖"),
    ("province.lacks_code", "ตามหนังสือจังหวัดเชียงราย ที่ ๐๐๑๙.๒/ว ๙๖"),
    ("province.other_name", "คำสั่งจังหวัดเชียงใหม่ ที่ ๖๔๕๙/๒๕๖๗"),
    ("year.text_differs", "มชช. ปี ๖๗"),
    ("number.text_differs", "ขอเชิญประชุมครั้งที่ ๒/๖๘"),
    ("number.adopts_another", "รับรองรายงานการประชุมคณะกรรมการ ครั้งที่ ๑/๒๕๖๘"),
    ("letters.loose", "เพื่อ ่โปรดพิจารณา"),
    ("annex.not_bound", "เอกสารแนบที่ ๑ ถึงที่ ๒"),
    ("enclosure.not_listed", "ตามสิ่งที่ส่งมาด้วย ลำดับที่ ๔"),
    ("words.doubled", "จังหวัดเชียงรายจังหวัดเชียงราย"),
    ("words.doubled", "ทั้งนี้ ทั้งนี้ ขอให้ส่ง"),
    ("words.doubled", "การการประชุมครั้งนี้"),
    ("words.doubled", "ผลการประเมิน ผลการประเมินเป็นดังนี้"),
    ("words.doubled", "ประชุมครั้งที่ ครั้งที่ ๑/๒๕๖๘"),
    ("annex.not_bound", "เอกสารแนบ ๑ และ ๒"),
    ("annex.not_bound", "รายละเอียดตามแนบ ๓"),
    ("annex.not_bound", "เอกสารแนบสอง"),
    # counts, percents, days, minutes for each
    ("total.sum", "มีผู้สมัคร ๑๕๐ หน่วยงาน ผ่านการประเมินระดับอำเภอ ๑๒๙ หน่วยงาน ไม่ผ่าน ๑๒ หน่วยงาน"),
    ("total.percent", "มีผู้สมัคร ๑๕๐ หน่วยงาน ผ่านการประเมิน ๑๒๙ หน่วยงาน คิดเป็นร้อยละ ๖๘"),
    ("total.units", "ผ่านการประเมินระดับอำเภอ ๑๒๐ หน่วยงาน"),
    ("total.in_words", "งบประมาณ ๑๒,๐๐๐ บาท (หนึ่งหมื่นสามพันบาทถ้วน)"),
    ("total.types", "กลุ่มเป้าหมาย ๓ ประเภท"),
    ("day.minutes_differ", "นำเสนออำเภอละ ๑๕+๑๕ นาที"),
    ("date.spoken", "ประชุมในวันพุธหน้า"),
    ("hours.moment_differs", "เริ่มประชุมบ่ายโมงครึ่ง"),
    ("year.no_year", "รายงานเดือนมีนาคม ๒๕๖๘๘"),
    ("day.minutes_differ", "นำเสนอหน่วยงานละ ๑๕ นาที"),
    ("total.of_district", "อำเภอแม่ลาวมากที่สุด ๑๖ หน่วยงาน"),
    ("contact.two_names", "จังหวัดเชียงไหม่ขอศึกษาดูงาน"),
    ("place.differs", "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ณ ห้องประชุมพวงแส ชั้น ๓"),
    ("digits.comma", "ลงทะเบียน ๐๘,๐๐ น."),
    ("date.month_misspelt", "ส่งภายในวันที่ ๑๗ เมษา ๒๕๖๘"),
    ("contact.no_telephone", "โทร. ๐ ๕๓๐๐ ๐๐๐๐ ต่อ"),
    ("words.doubled", "เวลา ๐๙.๓๐ - ๑๒.๐๐ น. เวลา ๐๙.๓๐ - ๑๒.๐๐ น."),
    ("words.doubled", "แม่ฟ้าหลวงแม่ฟ้าหลวงรายงานผล"),
    ("date.backwards", "ระหว่างวันที่ ๑๘ - ๑ เมษายน ๒๕๖๘"),
    ("hours.moment_differs", "การประชุมแล้วเสร็จเวลา ๑๗.๐๐ น."),
    ("contact.no_email", "ทางไปรษณีย์อิเล็กทรอนิกส์ (อีเมล) kanda.example.go.th"),
    # numbers, places, offices, enclosures
    ("letter.number_nearly", "คำสั่งจังหวัดเชียงราย ที่ ๖๔๙๕/๒๕๖๗"),
    ("committee.name_differs", "ประชุมคณะกรรมการประเมินมาตรฐานงานชุมชน ครั้งที่ ๑/๒๕๖๘ วันที่ ๓๐ เมษายน ๒๕๖๘"),
    ("place.district_elsewhere", "อำเภอหางดง ส่งรายงานแล้ว"),
    ("place.wrong_kind", "จังหวัดแม่จันรายงานผล"),
    # spelling
    ("words.misspelt", "เครื่อข่ายกับหนวยงาน"),
    ("words.misspelt", "พัฒนาชุชมน"),
    ("words.misspelt", "ปฎิบัติราชการแทน"),
    ("words.misspelt", "ประชุมวันพุธที ๓๐"),
    ("words.doubled", "ไม่ ไม่มีผู้ใดคัดค้าน"),
    ("words.unclosed", "มชช.) ประจำปี"),
    ("digits.apart", "ประจำปี ๒๕๖ ๘"),
)


def with_item(looked: Examined, text: str) -> Examined:
    """The same papers with one more item in the office's own words."""
    own = (*looked.meeting.agenda.own, AgendaItem("5", "เรื่องอื่น ๆ", (text,)))
    return replace(looked, meeting=replace(looked.meeting, agenda=Agenda(own=own)))


@pytest.mark.parametrize(("code", "text"), NEIGHBOURS)
def test_the_same_faults_written_otherwise(code: str, text: str) -> None:
    assert {one.code for one in lint(with_item(mended(as_it_stands()), text))} == {code}


@pytest.mark.parametrize(
    "text",
    [
        "อ้างถึง หนังสือกรมการพัฒนาชุมชน ที่ มท ๐๔๐๘.๓/ว ๑๒๓",
        "สำนักงานพัฒนาชุมชน ถนนแจ้งวัฒนะ กท ๑๐๒๑๐",
        "คณะกรรมการการเลือกตั้ง ในที่ที่ประชุมเห็นชอบ ผู้นำนำเสนอ หมู่บ้านบ้านดอย และต่าง ๆ",
        "ประเภทเครือข่ายองค์กรชุมชน ชุมชน",
        "จัดอบรมในวันที่ ๑๐ มีนาคม ๒๕๖๘ เวลา ๑๐.๐๐ - ๑๑.๐๐ น.",
        "ช่วงเช้าเวลา ๐๙.๓๐ - ๑๒.๐๐ น. และช่วงบ่ายเวลา ๑๓.๐๐ - ๑๖.๓๐ น.",
        "นายอำเภอเป็นประธาน นายกเทศมนตรีร่วมประชุม",
        "โทรศัพท์/โทรสาร 0-5300-0000 และ 0-5300-0001",
        "ผลของปีก่อน จำนวน 12 คน และ 3 กลุ่ม",
        "ประชุมวันพฤหัสที่ ๒๔ เม.ย. ๖๘ และในวันที่ ๓๐ เมษายน ๒๕๖๘ ณ ห้องพวงแสด ลงทะเบียน เวลา ๐๘.๐๐ น.",
        "รับสมัครถึง ๓ มี.ค. ๖๕ คน อัตรา ๑๒.๕๐ บาท ซักถามอำเภอละ ๑๕ นาที รายละ ๓ นาที",
        "อำเภอแม่จันและอำเภอเมือง เวียงชัยนำเสนอ อำเภอละหนึ่งเรื่อง ที่มีมติแล้ว ชุมชน ชุมชนละเรื่อง",
        "การประชุมวันที่ ๓๐ เมษายน ๒๕๖๘ ณ ห้องประชุมพวงแสด มีมติเลื่อนไปพิจารณาในการประชุมครั้งที่ ๒/๒๕๖๘",
        "คณะกรรมการตรวจประเมินมาตรฐานการพัฒนาชุมชนอำเภอ ตามคำสั่งที่ ๖๔๕๘/๒๕๖๗ ลงวันที่ ๑๙ พฤศจิกายน ๒๕๖๗",
        "ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ เวลาแปดนาฬิกาสามสิบนาที เปิดประชุมเวลา ๐๘๓๐ น. เลิกประชุมเวลา ๑๖.๓๐ น.",
        "การประชุมครั้งต่อไปเริ่มประชุมเวลา ๑๓.๐๐ น. นำเสนออำเภอละ ๑๕ นาที รวม ๔ ชั่วโมง ๓๐ นาที",
        "ทั้งสิบแปดอำเภอ มี ๓ อำเภอที่เสนอเครือข่าย ศึกษาดูงานจาก ๒ อำเภอ จำนวน ๒ อำเภอ ได้แก่ พาน เทิง",
        "อำเภอแม่จันผ่านการประเมิน ๘ หน่วยงาน ปีก่อนรับรองทั้งสิ้น ๑๑๐ หน่วยงาน ประสานภาคี ๕ หน่วยงาน",
        "ชาย ๓ คน หญิง ๔ คน รวม ๗ คน จำนวน ๑๒๙ (หนึ่งร้อยยี่สิบเก้า) หน่วยงาน จาก ๑๕๐ หน่วยงาน คิดเป็นร้อยละ ๘๖",
        "ผู้สมัครสมัครใหม่ ขั้นตอนตอนท้าย ประชาชนชนเผ่า งบประมาณประมาณหกหมื่น ข้อเสนอเสนอโดยอำเภอ บูรณาการการทำงาน",
        "พระราชบัญญัติ ลงวันที่ ๑๔ พฤศจิกายน ๒๕๓๙ เมื่อวันที่ ๓๐ เมษายน ๒๕๖๗ ระหว่างวันที่ ๑ มีนาคม ๒๕๖๘ ถึง ๒ มีนาคม ๒๕๖๘",
        "แนบ ๑ ฉบับ เอกสารแนบ ๑ และ ๔ เอกสารแนบ ๑ ข้อ ๒ สิ่งที่ส่งมาด้วย ๓",
        "ประชุมเตรียมการวันที่ ๒๙ เมษายน ๒๕๖๘ เวลา ๑๓.๓๐ น. ได้ประชุมเมื่อวันที่ ๑๐ เมษายน ๒๕๖๘ เวลา ๐๙.๐๐ น.",
        "ลงทะเบียนเวลา ๐๘.๐๐ น. ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ส่งสไลด์ก่อนเวลา ๑๒.๐๐ น. ในวันที่ ๓๐ เมษายน ๒๕๖๘",
        "ประชุมครั้งต่อไปวันพุธที่ ๒๘ พฤษภาคม ๒๕๖๘ เวลา ๐๙.๐๐ น. ลงทะเบียนภาคบ่าย เวลา ๑๓.๐๐ น.",
        "ประสานภาคีทั้งหมด ๕ หน่วยงาน ที่เคยได้รับการรับรอง ๕ หน่วยงาน Zoom ID 987 6543 2100 จ.ส.อ. สมชาย ใจกล้าหาญ",
        "โซนเหนือ จำนวน ๕ อำเภอ อำเภอเชียงของ เชียงแสน และแม่สาย รวม ๓ อำเภอ อำเภอพาน ๗ หน่วยงาน",
        "สมาชิกเดิม ๒๐ คน เพิ่มใหม่ ๑๕ คน รวม ๓๕ คน ครั้งละ ๒๐ คน รวม ๖๐ คน ผู้นำชุมชน ๕ คน กลุ่ม ๒ กลุ่ม",
        "https://example.go.th/a@b LINE OA: @cdd.cr โทร. ๐ ๕๓๐๐ ๐๐๐๐-๑ โทร. ๑๕๖๗ โทร. ๐ ๕๓๐๐ ๐๐๐๐ ต่อ ๑",
        "นายกานต์ ตัวอย่าง วิทยากร กานดา ตัวอย่าง นักวิชาการพัฒนาชุมชนปฏิบัติการ จังหวัดได้กำหนด จังหวัดเชียงใหม่",
        "หนังสือกรมบัญชีกลาง ที่ กค ๐๔๐๕.๒/ว ๑ หนังสืออำเภอแม่จัน ที่ ชร ๐๒๑๘/๕๕ ตำบลป่าซาง อำเภอแม่จัน",
        "การดำเนินงานงานพัฒนาชุมชน ให้ความเห็นเห็นชอบ กลุ่ม กลุ่มออมทรัพย์ ประธาน ประธานกรรมการ อาสาพัฒนาพัฒนาชุมชน",
        "มีอายุถึงวันที่ ๓๐ เมษายน ๒๕๗๑ เปรียบเทียบกับปีงบประมาณ ๒๕๖๗ ตามมติที่ประชุม ครั้งที่ ๒/๒๕๖๗",
        "รวมทั้งสิ้น ๑๒๙ หน่วยงาน ผู้นำชุมชน ๗๑ คน กลุ่ม ๒๔ กลุ่ม เครือข่าย ๑๔ เครือข่าย ชุมชน ๒๐ ชุมชน",
        "มีผู้สมัคร ๑๕๐ หน่วยงาน ผ่าน ๑๒๙ หน่วยงาน ถอนตัว ๕ หน่วยงาน ไม่ผ่าน ๑๖ หน่วยงาน เพิ่มขึ้นคิดเป็นร้อยละ ๑๕๐",
        "ผู้นำชุมชนจาก ๒๐ ชุมชน เข้าอบรม อำเภอละ ๑๕ นาที ระหว่างวันที่ ๒๘ เมษายน - ๒ พฤษภาคม ๒๕๖๘ ในปีหน้า",
        "จังหวัดระยะแรก จังหวัดลำดับต้น จังหวัดได้กำหนด จังหวัดเชียงใหม่ ในภาคบ่าย เวลา ๑๓.๓๐ น. ซักถามรายละ ๑๕ นาที",
        "ปี ๒๕๖๗ มีผู้ผ่านการประเมิน ๑๑๐ หน่วยงาน ผู้สมัคร ๑๕๐ หน่วยงาน ผ่านคุณสมบัติ ๑๔๐ หน่วยงาน ไม่ผ่านการประเมิน ๑๑ หน่วยงาน",
        "หลักเกณฑ์การรับรองหน่วยงาน (เอกสารแนบ ๑) ประกาศผลการประเมินระดับอำเภอ วันที่ ๑๐ เมษายน ๒๕๖๘ ที่ กค ๐๙๐๑.๒/ว ๒๗",
        "อบรมกลุ่มเป้าหมาย ได้แก่ ผู้นำชุมชน และผู้นำสตรี ในรอบปี ๓๖๕ วัน",
        "ศึกษาดูงานอำเภอหางดง จังหวัดเชียงใหม่ หนังสือ ที่ ชร ๐๐๑๙.๒/ว ๙๗ คำสั่งที่ ๖๔๕๘/๒๕๖๗ จังหวัดพานักท่องเที่ยว",
        "คณะกรรมการตรวจประเมินมาตรฐานการพัฒนาชุมชนอำเภอ ครั้งที่ ๑/๒๕๖๘ เมื่อวันที่ ๓ เมษายน ๒๕๖๘",
        "ทั้งสินค้าและบริการ แต่ตั้งใจ กรมการอำเภอ ค่อยค่อยพัฒนา จะรับหรือไม่ ไม่ทราบ คณะกรมการจังหวัด อนุญาต",
        "๑) หลักเกณฑ์ (ข้อ ๑) ก) ตัวบ่งชี้ อื่น ๆ (โปรดระบุ) ..... “คำ” ๑,๒๐๐ บาท ข้อ ๑,๒ COVID-19 ไฟล์ ISO 9001 ฯลฯ",
    ],
)
def test_what_only_looks_like_a_fault_is_none(text: str) -> None:
    looked = with_item(mended(as_it_stands()), text)
    assert [(one.code, one.said.th) for one in lint(looked)] == []
