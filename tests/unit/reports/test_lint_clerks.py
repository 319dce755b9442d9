"""Single faults as clerks make them in a text of their own, and what only looks like one."""

from dataclasses import replace

import pytest

from processing.meetings.meeting import Agenda, AgendaItem, Signatory
from reports.lint.examined import Examined
from reports.lint.lint_meeting import lint
from tests.unit.reports.test_lint_source_004 import as_it_stands, mended, with_item

FAULTS = (
    # a letter is another, too many or too few
    *(
        ("words.misspelt", text)
        for text in (
            *("แจ้งนายอำเภดทราบ", "เรียนมาเพื่อพิจารณ", "ผู้ประสานงาร", "หนังสือเชิญประชุท", "ประเภทผู้นำชุมชม"),
            *("ประกอบด้วน ๔ ประเภท", "ที่ประชุมรับทราย", "ตามกำหนการ", "สำนังงานพัฒนาชุมชน", "ประชุมชี้แจ้งแนวทาง"),
            *("โดยพร้อมเพียงกัน", "บูรณการกิจกรรม", "สรุปเป็นวิดิทัศน์", "ส่งทางอีเมลล์", "พัฒนาศักยาภาพ", "นำเสนิอผลงาน"),
            *(
                "มติ เห็นขอบ",
                "คัดเลิอกกิจกรรม",
                "ผ่านตัวบ่งชึ้",
                "คณะกรรมกา ได้พิจารณา",
                "การรับรอบมาตรฐาน",
                "จัดทำโครงการณ์",
            ),
            *(
                "ประกาศเชิดชูเกียติ",
                "ผลจากผู้ประเมน",
                "ตรวจใบสมัตร",
                "เจ้าหน้าทีพัฒนาชุมชน",
                "ผู้รับผิดขอบงาน",
                "จัดทำเอกสา ประกอบ",
            ),
            *(
                "ระบบ (มขช.) ปี ๒๕๖๘",
                "ระบบ (มชช) ปี ๒๕๖๘",
                "แผน พ.ศ ๒๕๖๘",
                "เวลา ๑๖.๓๐ น",
                "ส่งวันพธที่ ๓๐ เมษายน ๒๕๖๘",
            ),
        )
    ),
    # signs, the keyboard, what was left in
    ("words.sign_apart", "คณะกรรมการ ฯ ได้พิจารณา"),
    ("words.sign_two_ways", "เรื่องอื่นๆ ที่เกี่ยวข้อง"),
    ("words.keyboard", "โปรด rb0kiIk อนุมัติ"),
    ("words.left_in", "เวลา xx.xx น."),
    ("words.left_in", "ขอเชิญ [ชื่อหน่วยงาน] เข้าร่วม"),
    ("words.left_in", "ขอให้ส่ง **ภายในกำหนด** ด้วย"),
    ("words.left_in", "ขอให้ส่ง&nbsp;ภายในกำหนด"),
    ("words.left_in", "ขอให้ส่ง (รอแก้ไข) ภายในกำหนด"),
    *(
        ("words.misspelt", text)
        for text in (
            "ในทีประชุมรับทราบ",
            "ขอเชิยประชุม",
            "ให้คำแนะนำแก่ทีมพี่เลี้ยว",
            "มติ รับทาบ",
            "พักรับประทานอาหารกลางวันน",
        )
    ),
    ("words.misspelt", "ณ ศาลากลาจังหวัด"),
    ("words.misspelt", "จึงขออณุญาตดำเนินการ"),
    ("words.misspelt", "ขอความอนุเคาะห์ห้องประชุม"),
    ("words.misspelt", "ตามบัญชีที่ปรากฎ"),
    ("words.misspelt", "จึงเรียนมาเพื่อทราย"),
    ("words.misspelt", "ดำเนินการ (ม.ค.-มี.ค) ประเมิน (เม.ย.)"),
    ("words.misspelt", "เวลา ๐๘.๓๐ - ๑๖.๓๐ ณ ห้องประชุมพวงแสด"),
    ("contact.two_names", "ตามหนังสือจังหวัดเชียงร ด้านการพัฒนา"),
    ("words.national_id", "บัตรประชาชน 1000000000009"),
    # hours and days
    ("date.common_year", "ผลการดำเนินงานปี ๒๐๒๔ ที่ผ่านมา"),
    ("date.months_backwards", "ดำเนินการพัฒนา (มี.ค. - ม.ค.)"),
    ("date.due_before_cycle", "ขอให้อำเภอส่งเอกสารภายในวันที่ ๒ พฤษภาคม ๒๕๖๗"),
    ("hours.part_of_day", "ประชุมในช่วงบ่ายวันพุธที่ ๓๐ เมษายน ๒๕๖๘"),
    ("hours.part_of_day", "กำหนดประชุมครึ่งวัน ในวันพุธที่ ๓๐ เมษายน ๒๕๖๘"),
    ("date.reply_differs", "โปรดส่งแบบตอบรับก่อนวันที่ ๒๕ เมษายน ๒๕๖๘"),
    ("day.minutes_differ", "หน่วยละ ๒๐ นาที (๑๐+๕)"),
    # names and addresses
    ("name.title_otherwise", "มอบ น.ส. กานดา ตัวอย่าง ประสานงาน"),
    ("committee.other_words", "คณะทำงานรับรองมาตรฐานการพัฒนาชุมชนจังหวัดได้ตรวจแล้ว"),
    ("contact.domain", "ดาวน์โหลดที่ www.example,go.th"),
    ("contact.domain", "ดาวน์โหลดที่ www. example.go.th"),
    ("place.district_elsewhere", "ขอให้อำเภอบางมูลนากรายงานเพิ่มเติม"),
    ("contact.telephone_digits", "โทร. ๐-๕๓๐๐-๐๐๐๐๐"),
    ("letter.number_nearly", "ตามหนังสือที่ ชร ๐๑๙.๒/ว ๓๐๐"),
    ("name.unit_otherwise", "กลุ่มสตรีบ้านห้วยไคร้รายงาน กลุ่มสตรีบ้านห้วยใคร้รายงาน"),
    # figures
    ("total.reckoned", "ลดลงจาก ๑๕๐ หน่วยงาน เหลือ ๑๒๙ หน่วยงาน ลดลง ๑๑ หน่วยงาน"),
    ("total.types", "ดำเนินการให้ครอบคลุมทั้ง ๕ ประเภท"),
    ("total.beyond_full", "ได้คะแนน ๑๐๕ คะแนน จากคะแนนเต็ม ๑๐๐ คะแนน"),
    ("list.numbering", "ให้ดำเนินการ ๑) รับสมัคร ๓) ตรวจสอบ ๔) รายงานผล"),
)
NO_FAULTS = (
    "๑) ประเภทกลุ่ม/องค์กรชุมชน ประเภทชุมชนเมือง ลงวันที่ ๒๘ ต.ค. ๒๕๖๗ ลงวันที่ ๓ กุมภาพันธ์ พ.ศ. ๒๕๖๘",
    "หลักเกณฑ์การประเมินผล (เอกสารแนบ ๑) ประเมินรับรอง (พ.ค.)",
    "นายปฎิภาณ กิจธรรมเจริญ ยอมจำนน งุนงง บ้านโนนโหนน",
    "คะแนน ถนน ป่าแดด ระบบ ตามแบบ แม่น้ำกก ๕.๑ สรรค์สร้าง เวทีประชุมประชาคม รับทาบทาม ขอเชิดชูเกียรติ ทีมพี่เลี้ยงฯ",
    "คะแนนสูงสุดร้อยละ ๑๐๐ ได้ ๙๙ คะแนน จากคะแนนเต็ม ๑๐๐ คะแนน งบประมาณเพิ่มขึ้นร้อยละ ๑๕๐",
    "เป้าหมายการพัฒนาที่ยั่งยืนภายในปี ๒๐๓๐ (ก.ย.-พ.ย.) (พ.ย.-ม.ค.) (ม.ค.-มี.ค.) แบบ จปฐ. ปี ๒๕๖๗",
    "ได้รายงานแล้วภายในวันที่ ๒ พฤษภาคม ๒๕๖๗ ผู้นำชุมชนและกลุ่มองค์กรชุมชนรวม ๒ ประเภท บัตรประชาชนใบเดียว",
    "ประชุมหัวหน้าส่วนราชการประจำเดือนพฤษภาคม ๒๕๖๘ วันที่ ๒๘ พฤษภาคม ๒๕๖๘ เวลา ๐๙.๐๐ น. ณ หอประชุมอำเภอ",
    "ปีงบประมาณ พ.ศ. ๒๕๖๗ รับรอง ๑๑๐ หน่วยงาน ปีงบประมาณ พ.ศ. ๒๕๖๘ สมัคร ๑๓๕ หน่วยงาน",
    "อำเภอสองแคว จังหวัดน่าน อำเภอเมืองเชียงรายรายงาน อำเภอแม่จันทุกตำบล อำเภอพานรายงานแล้ว",
    "นาย/นาง/นางสาว ..... มอบนายอำเภอ นายทะเบียน และนายช่าง คุณสมบัติของผู้สมัคร คุณภาพชีวิต",
    "กิจกรรมอื่น ๆ ในระยะแรก ๆ กลุ่มพัฒนาเรื่อย ๆ มา เดินทางไปกรุงเทพฯ จังหวัดฯ ข้าราชการ ฯลฯ",
    "ฯพณฯ รัฐมนตรี ทรงพระกรุณาโปรดเกล้าฯ พระราชทาน ทูลเกล้า ฯ ถวาย พระบาทสมเด็จพระเจ้าอยู่หัว ฯ",
    "ชุมชนค่อยค่อยพัฒนา ทำเรื่อยเรื่อย เข้าร่วมประชุมฯ คณะกรรมการฯ คณะกรรมการชุดดังกล่าว",
    "ในช่วงบ่ายเป็นการศึกษาดูงาน บริการอาหารว่างภาคเช้าและภาคบ่าย จัดกิจกรรมวันเสาร์ที่ ๒๖ เมษายน ๒๕๖๘",
    "ประชุมวันพุธที่ ๓๐ เมษายน ๒๕๖๘ ภาคเช้า นำเสนอ ๙ อำเภอ ภาคบ่าย นำเสนอ ๙ อำเภอ",
    "การประชุมวันพุธที่ ๓๐ เมษายน ๒๕๖๘ เริ่มในภาคเช้า ประชุมเวลา ๐๘.๓๐ - ๑๖.๓๐ น. รวม ๘ ชั่วโมง",
    "คณะกรรมการตรวจประเมินเพื่อการรับรองมาตรฐานการพัฒนาชุมชนอำเภอ คณะกรรมการหมู่บ้าน คณะกรรมการพัฒนาสตรี",
    "แต่งตั้งคณะกรรมการกลั่นกรองผลการประเมิน แต่งตั้งคณะทำงานทีมพี่เลี้ยงมาตรฐานการพัฒนาชุมชน",
    "ตามหนังสือที่ ชร ๐๐๑๗.๒/ว ๓๐๐ หนังสืออำเภอแม่จัน ที่ ชร ๐๒๑๘/๕๕ ชร ๐๐๑๙/ว ๑๒",
    "กลุ่มแปรรูปสมุนไพรบ้านห้วยไคร้ กลุ่มแปรรูปอาหารบ้านห้วยไคร้ กลุ่มทอผ้าบ้านสันทรายงาม กลุ่มทอผ้าบ้านสันทรายกลาง",
    "ผู้นำชุมชนร้อยละ ๕๕ กลุ่มร้อยละ ๑๙ เครือข่ายร้อยละ ๑๑ ชุมชนร้อยละ ๑๕",
    "เพิ่มขึ้นจาก ๑๑๐ หน่วยงาน เป็น ๑๒๙ หน่วยงาน เพิ่มขึ้น ๑๙ หน่วยงาน ๑) รับสมัคร ๒) ตรวจสอบ ๓) รายงานผล",
    "ค่าอาหารกลางวัน ๕๐ คน ๆ ละ ๘๐ บาท เป็นเงิน ๔,๐๐๐ บาท",
    "ระบบ Zoom Meeting ID 000 0000 0000 Passcode: cdd2568 OTOP SMEs Line@ Google Form Wi-Fi PowerPoint",
    "https://example.go.th/mcc?id=4 หรือ www.example.go.th โทร. ๐๘-๐๐๐๐-๐๐๐๐ มือถือ ๐๘๐ ๐๐๐ ๐๐๐๐",
    "ตามระเบียบวาระที่ ๔ เรื่องเพื่อพิจารณา ระเบียบวาระที่ ๓.๒ วาระที่ ๕ เรื่องอื่น ๆ ระเบียบวาระที่ ๖ ของการประชุมครั้งที่แล้ว",
    "อำเภอแม่จัน จังหวัดเชียงราย ตำบลป่าซาง อำเภอแม่จัน ตำบลในเวียง อำเภอเมืองน่าน จังหวัดน่าน",
    "อำเภอที่รายงานแล้ว ๓ อำเภอ ได้แก่ แม่จัน พาน และเทิง",
    "ค่าอาหาร ๒,๐๐๐ บาท ค่าวัสดุ ๑,๕๐๐ บาท รวมเป็นเงิน ๓,๕๐๐ บาท",
    "กรรมการ นายสมชาย ใจกล้าหาญ เสนอให้คณะกรรมการตรวจประเมินเพื่อการรับรองมาตรฐานการพัฒนาชุมชนอำเภอ รายงานผล",
    "พิจารณาญาณ เครือข่ายงาน อำเภอละ รับของรางวัล การชุมนุม รับทราบทั่วกัน เห็นขอบเขตงานชัดเจน วิชาเอกสาขา โครงงาน",
    "นายประทุมราค ฐานข้อมูลทะเบียนราษฎร ปฏิบัติภารกิจ ดำเนินภารกิจ กระบวนกระจาย หัวหน้าทีม แสตมป์ไปรษณียากร",
)


@pytest.mark.parametrize(("code", "text"), FAULTS)
def test_a_slip_is_named(code: str, text: str) -> None:
    assert code in {one.code for one in lint(with_item(mended(as_it_stands()), f"เรื่องต่าง ๆ {text}"))}


@pytest.mark.parametrize("text", NO_FAULTS)
def test_what_is_no_slip_is_not_named(text: str) -> None:
    looked = with_item(mended(as_it_stands()), text)
    assert [(one.code, one.said.th) for one in lint(looked)] == []


def _with_own_item(number: str, *paragraphs: str) -> Examined:
    looked = mended(as_it_stands())
    own = tuple(one for one in looked.meeting.agenda.own if one.number != number)
    item = AgendaItem(number, "หัวข้อ", paragraphs)
    return replace(looked, meeting=replace(looked.meeting, agenda=Agenda(own=(*own, item))))


def test_paragraphs_are_numbered_one_behind_the_other() -> None:
    turned = _with_own_item("3.3", "๓.๓.๑ ระดับอำเภอ", "๓.๓.๓ ระดับจังหวัด")
    assert [one.said.th for one in lint(turned)] == ["ข้อย่อยเรียงเป็น 3.3.1 3.3.3"]
    two_lists = (
        "๓.๓.๑ ระดับอำเภอ",
        "๑) รับสมัคร",
        "๒) ตรวจสอบ",
        "๓.๓.๒ ระดับจังหวัด",
        "๑) จัดทำทะเบียน",
        "๒๕๖๘ เป็นปีแรก",
    )
    assert lint(_with_own_item("3.3", *two_lists)) == ()


def test_the_item_that_adopts_minutes_names_the_previous_meeting() -> None:
    looked = _with_own_item("2", "รายงานการประชุม ครั้งที่ ๒/๒๕๖๖ ไม่มีผู้ใดขอแก้ไข")
    assert "number.adopts_another" in {one.code for one in lint(looked)}
    other_item = _with_own_item("5", "ให้เผยแพร่รายงานการประชุม ครั้งที่ ๒/๒๕๖๖")
    assert "number.adopts_another" not in {one.code for one in lint(other_item)}


def test_a_subject_names_this_meeting_and_not_the_one_before() -> None:
    meeting = replace(mended(as_it_stands()).meeting, number="2/2568", previous="1/2568")
    for said, codes in (("๑/๒๕๖๘", {"number.text_differs"}), ("๒/๒๕๖๘", set())):
        letter = replace(meeting.letter, subject=f"ขอเชิญประชุม ครั้งที่ {said}")
        looked = replace(mended(as_it_stands()), meeting=replace(meeting, letter=letter))
        assert {one.code for one in lint(looked)} == codes


def test_for_whom_somebody_signs_may_stand_beside_the_position() -> None:
    meeting = mended(as_it_stands()).meeting
    one = Signatory("นายประสิทธิ์ รุ่งเรืองกิจ", "รองผู้ว่าราชการจังหวัด รักษาราชการแทน", ("ผู้ว่าราชการจังหวัดเชียงราย",))
    assert lint(replace(mended(as_it_stands()), meeting=replace(meeting, signatory=one))) == ()
