"""Findings about an application as a whole: sender, place, time, eligibility, similar applicants. Pure."""

from mochocho.words.model import Severity
from processing.findings.entry import SAME, Entry, Wording, entry
from processing.findings.of_decisions import ruled_not_to_bar

_BLOCKING = Severity.BLOCKING
_AGAIN = "ให้แก้ไขใบสมัคร"
_IF_WRONG = "หากกรอกคลาดเคลื่อน ให้แก้ไขใบสมัครแล้วส่งใหม่"
_TOO_SHORT = "{rule}: ตอบ {months} เดือน ต้องไม่น้อยกว่า {at_least} เดือน"
_NO = "{rule}: ตอบว่าไม่ใช่ จึงยังไม่มีคุณสมบัติข้อนี้"
_TWICE = "(ใบนี้{own:known_as}) ให้ตรวจว่าสมัครซ้ำหรือไม่ แล้วตอบด้วยคำสั่ง mochocho applicants duplicates"
_PERHAPS_TWICE = "อาจเป็นการสมัครซ้ำ"
_UNANSWERED = "{rule}: ยังไม่มีคำตอบในใบสมัคร"
_UNKNOWN_ANSWER = "{rule}: คำตอบ {answer:quoted} ไม่มีในแบบฟอร์มของรอบนี้"
_NOT_BELIEVED = "{what} {written:quoted} {doubt:doubt} จึงยังไม่นับวันที่นี้"
_OTHERS = "{others:people}{more:more}"
_KNOWN = "{others:people_known}{more:more}"

APPLICATIONS: tuple[Entry, ...] = (
    entry(
        "applicant.unknown_district",
        "",
        Wording("รหัสอำเภอ {district:quoted} ไม่อยู่ในจังหวัดนี้", _AGAIN, field=SAME, severity=_BLOCKING),
        Wording("ไม่ได้ระบุอำเภอ", _AGAIN, committee="ใบสมัครไม่ได้ระบุอำเภอ", field=SAME, severity=_BLOCKING),
    ),
    entry(
        "officer.other_district",
        "21",
        Wording(
            "ใบสมัครนี้ส่งโดยเจ้าหน้าที่ของอำเภออื่น จึงระงับไว้",
            "ให้อำเภอของผู้สมัครตรวจและส่งใหม่",
            field=SAME,
            severity=_BLOCKING,
        ),
        Wording("{form:form}ส่งโดยเจ้าหน้าที่ของอำเภออื่น จึงยังไม่นับ", "ให้อำเภอเจ้าของพื้นที่ส่งใหม่"),
        Wording(
            "แบบให้คะแนนของ{who:assessor}ส่งโดยเจ้าหน้าที่ของอำเภออื่น จึงยังไม่นับคะแนน",
            "ให้อำเภอเจ้าของพื้นที่ส่งใหม่",
        ),
    ),
    entry(
        "submission.edit_unread",
        "",
        Wording("มีฉบับแก้ไขที่ยังอ่านไม่ได้ จึงแสดงฉบับก่อนหน้า", "({reason})", field=SAME),
    ),
    entry(
        "submission.conflict",
        "",
        Wording(
            "ใบสมัครถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ",
            "ให้ตรวจว่าฉบับที่แสดงถูกต้อง",
            committee="ใบสมัครถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ และแสดงเพียงฉบับเดียว",
        ),
        Wording(
            "{form:form}ถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ",
            "ให้ตรวจว่าฉบับที่นับถูกต้อง",
            committee="{form:form}ถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ และนับเพียงฉบับเดียว",
        ),
        Wording(
            "แบบให้คะแนนของ{who:assessor}ถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ",
            "ให้ตรวจว่าฉบับที่นับถูกต้อง",
            committee="แบบให้คะแนนของ{who:assessor}ถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ และนับเพียงฉบับเดียว",
        ),
    ),
    entry("applicant.no_name", "C", Wording("ไม่ได้กรอกชื่อผู้สมัคร", _AGAIN, "ใบสมัครไม่ได้กรอกชื่อผู้สมัคร", SAME)),
    entry("applicant.no_date", "C", Wording("ไม่ได้กรอกวันที่สมัคร", _AGAIN, "ใบสมัครไม่ได้กรอกวันที่สมัคร", SAME)),
    entry(
        "applicant.unlikely_date",
        "",
        Wording(_NOT_BELIEVED, "{doubt:doubt_mend} แล้วแก้ไขใบสมัคร", f"ใบสมัคร: {_NOT_BELIEVED}", SAME),
    ),
    entry(
        "applicant.no_telephone",
        "C",
        Wording(
            "สิ่งที่กรอกในช่องโทรศัพท์ไม่ใช่หมายเลขโทรศัพท์ (ขึ้นต้นด้วย 0 มี 9 หรือ 10 หลัก)",
            _AGAIN,
            committee="สิ่งที่กรอกในช่องโทรศัพท์ของใบสมัครไม่ใช่หมายเลขโทรศัพท์",
        ),
    ),
    entry(
        "applicant.no_village_number",
        "C",
        Wording(
            "สิ่งที่กรอกในช่องหมู่ที่ไม่ใช่เลขหมู่ (1 ถึง 99) จึงไม่แสดง",
            _AGAIN,
            committee="สิ่งที่กรอกในช่องหมู่ที่ของใบสมัครไม่ใช่เลขหมู่ จึงไม่แสดง",
        ),
    ),
    entry(
        "applicant.no_age",
        "C",
        Wording(
            "สิ่งที่กรอกในช่องอายุไม่ใช่อายุเป็นปี (15 ถึง 110) จึงไม่แสดง",
            _AGAIN,
            committee="สิ่งที่กรอกในช่องอายุของใบสมัครไม่ใช่อายุเป็นปี จึงไม่แสดง",
        ),
    ),
    entry(
        "applicant.no_founding_year",
        "C",
        Wording(
            "สิ่งที่กรอกในช่องปีที่ก่อตั้งไม่ใช่ปี พ.ศ. ที่ไม่เกินปีที่สมัคร (ถ้าเป็นปี ค.ศ. ให้บวก 543) จึงไม่แสดง",
            _AGAIN,
            committee="สิ่งที่กรอกในช่องปีที่ก่อตั้งของใบสมัครไม่ใช่ปี พ.ศ. ที่ไม่เกินปีที่สมัคร จึงไม่แสดง",
        ),
    ),
    entry(
        "applicant.no_national_id",
        "C",
        Wording(
            "ไม่ได้กรอกเลขประจำตัวประชาชน",
            "ให้เจ้าหน้าที่ตรวจหลักฐานแสดงตนอื่น",
            "ใบสมัครไม่ได้กรอกเลขประจำตัวประชาชน",
            SAME,
        ),
    ),
    entry(
        "applicant.invalid_national_id",
        "C",
        Wording(
            "เลขประจำตัวประชาชน {masked_id} ไม่ถูกต้องตามหลักตรวจสอบ",
            "ให้ตรวจกับบัตร",
            field="เลขประจำตัวประชาชนไม่ถูกต้องตามหลักตรวจสอบ ขอให้ตรวจกับบัตร",
        ),
    ),
    entry(
        "applicant.duplicate_national_id",
        "21",
        Wording(
            f"เลขประจำตัวประชาชน {{masked_id}} ซ้ำกับใบสมัครของ{_KNOWN}",
            _TWICE,
            committee=f"เลขประจำตัวประชาชน {{masked_id}} ซ้ำกับใบสมัครของ{_OTHERS} {_PERHAPS_TWICE}",
            field="เลขประจำตัวประชาชนซ้ำกับใบสมัครอื่น ขอให้ตรวจว่าสมัครซ้ำหรือไม่",
        ),
    ),
    entry(
        "applicant.same_name",
        "21",
        Wording(
            f"ชื่อผู้สมัครและที่อยู่ตรงกับใบสมัครของ{_KNOWN}",
            _TWICE,
            committee=f"ชื่อผู้สมัครและที่อยู่ตรงกับใบสมัครของ{_OTHERS} {_PERHAPS_TWICE}",
            field="มีใบสมัครอื่นชื่อเดียวกันในที่เดียวกัน ขอให้ตรวจว่าสมัครซ้ำหรือไม่",
        ),
    ),
    entry(
        "applicant.alike_name",
        "21",
        Wording(
            f"ชื่อผู้สมัครและที่อยู่เกือบเหมือนกับใบสมัครของ{_KNOWN}",
            _TWICE,
            committee=f"ชื่อผู้สมัครและที่อยู่เกือบเหมือนกับใบสมัครของ{_OTHERS} {_PERHAPS_TWICE}",
            field="มีใบสมัครอื่นชื่อเกือบเหมือนกันในที่เดียวกัน ขอให้ตรวจว่าสมัครซ้ำหรือไม่",
        ),
    ),
    entry(
        "applicant.perhaps_before",
        "21",
        Wording(
            f"อาจเป็นรายเดียวกับผู้สมัครของปีก่อน{_KNOWN}",
            "(ใบนี้{own:known_as}) ให้ตรวจ แล้วตอบด้วยคำสั่ง mochocho applicants former",
            committee=f"อาจเป็นรายเดียวกับผู้สมัครของปีก่อน{_OTHERS}",
        ),
    ),
    entry(
        "eligibility.not_answered",
        "11-18",
        Wording(
            "{rule}: ยังไม่ได้ตอบ",
            "ให้แก้ไขใบสมัครแล้วตอบข้อนี้",
            committee=_UNANSWERED,
            field=SAME,
            severity=_BLOCKING,
        ),
        *ruled_not_to_bar(_UNANSWERED),
    ),
    entry(
        "eligibility.not_met",
        "11-18",
        Wording(_TOO_SHORT, _IF_WRONG, field=_TOO_SHORT, severity=_BLOCKING),
        Wording(_NO, _IF_WRONG, field=_NO, severity=_BLOCKING),
        *ruled_not_to_bar(_TOO_SHORT, _NO),
    ),
    entry(
        "eligibility.unknown_answer",
        "11-18",
        Wording(
            _UNKNOWN_ANSWER,
            "ให้รับแบบฟอร์มฉบับล่าสุดแล้วตอบใหม่",
            field=SAME,
            severity=_BLOCKING,
        ),
        *ruled_not_to_bar(_UNKNOWN_ANSWER),
    ),
    entry(
        "form.unknown_field",
        "",
        Wording("แบบฟอร์มมีข้อ {question:quoted} ซึ่งไม่มีในเกณฑ์ของรอบนี้", "ให้ตรวจว่าใช้แบบฟอร์มฉบับล่าสุด"),
        Wording("แบบฟอร์มมีเอกสาร {document:quoted} ซึ่งไม่มีในเกณฑ์ของรอบนี้", "ให้ตรวจว่าใช้แบบฟอร์มฉบับล่าสุด"),
    ),
    entry(
        "form.choice_not_offered",
        "",
        Wording(
            "{form:form} ข้อ {question:quoted}: คำตอบ {answer:quoted} ไม่ใช่ตัวเลือกของแบบฟอร์มรุ่นนี้",
            "ให้รับแบบฟอร์มฉบับล่าสุด แก้คำตอบข้อนี้แล้วส่งใหม่",
            field=SAME,
        ),
        Wording(
            "แบบให้คะแนนของ{who:assessor} ข้อ {question:quoted}: คำตอบ {answer:quoted} ไม่ใช่ตัวเลือกของแบบฟอร์มรุ่นนี้",
            "ให้กรรมการรับแบบฟอร์มฉบับล่าสุด แก้คำตอบข้อนี้แล้วส่งใหม่",
        ),
    ),
    entry(
        "text.letters_lacking",
        "",
        Wording(
            "{form:form}มีตัวอักษรที่พิมพ์ในเอกสารไม่ได้ ({letters:letters}) จะเห็นเป็นช่องเปล่า",
            "ให้แก้ไข{form:form}โดยเขียนเป็นอักษรไทยหรืออังกฤษ",
            committee="{form:form}มีตัวอักษรที่พิมพ์ในเอกสารนี้ไม่ได้ ({letters:letters}) จึงเห็นเป็นช่องเปล่า",
        ),
    ),
    entry(
        "text.loose_marks",
        "",
        Wording(
            "{form:form}มีสระหรือวรรณยุกต์ที่ไม่มีพยัญชนะรองรับ หรือซ้อนกันบนพยัญชนะเดียว ({places:listed})",
            "ให้แก้คำที่พิมพ์ผิดใน{form:form}",
        ),
    ),
    entry(
        "knowledge.unlikely_date",
        "34",
        Wording(
            _NOT_BELIEVED,
            "{doubt:doubt_mend} แล้วแก้ไขแบบบันทึกองค์ความรู้",
            f"แบบบันทึกองค์ความรู้: {_NOT_BELIEVED}",
        ),
    ),
    entry(
        "assess.failed",
        "",
        Wording("ระบบประเมินใบสมัครนี้ไม่สำเร็จเพราะข้อผิดพลาดของโปรแกรม", "ให้แจ้งผู้ดูแลระบบ", severity=_BLOCKING),
    ),
)
