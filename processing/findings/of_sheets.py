"""Findings about score sheets and scores (rules.md 25, 29). Pure."""

from mochocho.words.model import Severity
from processing.findings.entry import Entry, Wording, entry

_BLOCKING = Severity.BLOCKING
_SHEET = "แบบให้คะแนนของ{who:assessor}"
_COMMITTEE_DECIDES = "ให้คณะกรรมการอำเภอพิจารณา"
_AS_WRITTEN = " (เขียนชื่อว่า {written_as:quoted})"
_TWICE = "{who:assessor}ส่งแบบให้คะแนนผู้สมัครรายนี้มากกว่าหนึ่งชุด นับเฉพาะชุดของวันที่ประเมินล่าสุด ({days:compared})"
_NOT_COUNTED = "จึงไม่นับแบบให้คะแนนอีกชุดของกรรมการคนนี้"
_MEND_COUNTED = "หากไม่ถูกต้องให้แก้ไขชุดที่นับ"
_ALIKE = "ชื่อกรรมการ “{who:assessor}” กับ “{other:assessor}” เกือบเหมือนกัน"
_PERHAPS_ONE = "อาจเป็นคนเดียวกัน ระบบยังนับเป็นสองคน"
_MEND_NAME = "ให้ตรวจ หากเป็นคนเดียวกันให้แก้ไขชื่อในแบบให้ตรงกัน"

_STILL_COUNTED = "แบบให้คะแนนยังนับอยู่"
_ASK_INTEREST = "ให้ถามกรรมการว่ามีส่วนได้เสียหรือไม่ หากมีให้แจ้งในแบบให้คะแนน แล้วให้กรรมการอื่นประเมินแทน"

_ANSWERS = "ตัวบ่งชี้ {indicator}: {who:assessor}ตอบว่า"
_FOUND = f"{_ANSWERS} {{found:found}}"
_COUNTED = f"{_ANSWERS} {{counted}} {{unit}}"
_COMPARE = "ให้กรรมการตรวจกับแบบของผู้สมัคร แล้วแก้ไขแบบของฝ่ายที่คลาดเคลื่อน"

SHEETS: tuple[Entry, ...] = (
    entry(
        "sheet.no_assessor",
        "25",
        Wording("แบบให้คะแนนไม่ได้ระบุชื่อกรรมการผู้ตรวจประเมิน", "ให้แก้ไขแล้วส่งใหม่"),
    ),
    entry(
        "sheet.unlikely_date",
        "",
        Wording(
            "{who:assessor}: {what} {written:quoted} {doubt:doubt} จึงยังไม่นับวันที่นี้",
            "{doubt:doubt_mend} แล้วแก้ไขแบบให้คะแนน",
            committee=f"{_SHEET}: {{what}} {{written:quoted}} {{doubt:doubt}} จึงยังไม่นับวันที่นี้",
        ),
    ),
    entry(
        "sheet.interest_declared",
        "25",
        Wording(
            "{who:assessor}แจ้งว่ามีส่วนได้เสียกับผู้สมัครรายนี้ ({interest:quoted}) จึงไม่ให้คะแนน",
            "ให้กรรมการที่ไม่มีส่วนได้เสียประเมินแทน",
        ),
        Wording("{who:assessor}แจ้งว่ามีส่วนได้เสียกับผู้สมัครรายนี้ จึงไม่ให้คะแนน", "ให้กรรมการที่ไม่มีส่วนได้เสียประเมินแทน"),
    ),
    entry(
        "sheet.interested",
        "25",
        Wording(f"{{who:assessor}}แจ้งว่ามีส่วนได้เสียไว้แล้ว {_NOT_COUNTED}", "ให้กรรมการที่ไม่มีส่วนได้เสียประเมินแทน"),
        Wording(
            f"{{who:assessor}}แจ้งว่ามีส่วนได้เสียไว้แล้ว{_AS_WRITTEN} {_NOT_COUNTED}",
            "ให้กรรมการที่ไม่มีส่วนได้เสียประเมินแทน",
        ),
    ),
    entry(
        "sheet.other_type",
        "29",
        Wording(
            f"{_SHEET}เป็นของผู้สมัครประเภทอื่น จึงไม่นับคะแนน",
            "ให้ประเมินใหม่ด้วยแบบของ{standard}",
            f"{_SHEET}เป็นแบบของผู้สมัครประเภทอื่น จึงไม่นับคะแนน",
        ),
    ),
    entry(
        "sheet.duplicate_assessor",
        "25",
        Wording(_TWICE, _MEND_COUNTED),
        Wording(_TWICE + _AS_WRITTEN, _MEND_COUNTED),
    ),
    entry(
        "sheet.alike_assessors",
        "25",
        Wording(f"{_ALIKE} {_PERHAPS_ONE}", _MEND_NAME),
        Wording(f"{_ALIKE} และ{{interested:assessor}}แจ้งว่ามีส่วนได้เสีย {_PERHAPS_ONE}", _MEND_NAME),
    ),
    entry(
        "sheet.own_assessor",
        "26",
        Wording(f"{{who:assessor}}มีชื่อเป็น{{part:close}} {_STILL_COUNTED}", _ASK_INTEREST),
        Wording(f"{{who:assessor}}มีชื่อเป็น{{part:close}}{_AS_WRITTEN} {_STILL_COUNTED}", _ASK_INTEREST),
    ),
    entry(
        "sheet.perhaps_own_assessor",
        "26",
        Wording(
            "ชื่อกรรมการ “{who:assessor}” เกือบเหมือน {written_as:quoted} ซึ่งเป็น{part:close} อาจเป็นคนเดียวกัน "
            f"{_STILL_COUNTED}",
            f"ให้ตรวจว่าเป็นคนเดียวกันหรือไม่ หากใช่ {_ASK_INTEREST}",
        ),
    ),
    entry(
        "sheet.contradicts",
        "22",
        Wording(f"{_FOUND} แต่แผนพัฒนาตนเองที่ผู้สมัครส่งมามี {{plan_items}} ข้อ", _COMPARE),
        Wording(f"{_FOUND} แต่ได้รับแบบบันทึกองค์ความรู้ของผู้สมัคร {{records}} เรื่อง", _COMPARE),
        Wording(f"{_FOUND} แต่ได้รับ{{document}}ของผู้สมัครแล้ว", _COMPARE),
        Wording(f"{_COUNTED} แต่ได้รับ{{document}}ของผู้สมัครแล้ว", _COMPARE),
        Wording(f"{_COUNTED} แต่ได้รับแบบประเมินตนเองระหว่างและหลังพัฒนาของผู้สมัคร {{rounds}} ชุด", _COMPARE),
        Wording(f"{_COUNTED} แต่ผู้สมัครบันทึกการประชุมไว้ {{meetings}} ครั้ง", _COMPARE),
        Wording(
            f"{_ANSWERS}ร้อยละ {{percent}} แต่คิดจากการประชุมที่ผู้สมัครบันทึกไว้ {{meetings}} ครั้งได้ร้อยละ {{attendance}}",
            _COMPARE,
        ),
    ),
    entry(
        "sheet.awaited",
        "24",
        Wording(
            "แบบให้คะแนนมาแล้ว {came} คน ยังไม่ได้รับจาก {awaited:listed} จึงยังไม่เปิดเผยคำตอบของกรรมการแต่ละคน",
            "ให้รอจนครบ หรือให้ประธานปิดรับด้วยคำสั่ง mochocho sheets close",
        ),
    ),
    entry(
        "sheet.after_closing",
        "24",
        Wording("{who:assessor}ส่งแบบให้คะแนนหลังประธานปิดรับและเปิดเผยคำตอบแล้ว จึงไม่นับ", "หากต้องนับ ให้เปิดรับใหม่"),
    ),
    entry(
        "sheet.not_of_committee",
        "24",
        Wording(
            "{who:assessor}ไม่อยู่ในรายชื่อคณะกรรมการ แบบให้คะแนนยังนับอยู่",
            "ให้ตรวจชื่อในแบบ หรือเพิ่มชื่อใน committees.assessors ของการตั้งค่า",
        ),
    ),
    entry(
        "sheet.unknown_choice",
        "",
        Wording(
            "ตัวบ่งชี้ {indicator}: {who:assessor}ตอบ {answer:quoted} ซึ่งไม่มีในตัวเลือกของแบบฟอร์มรุ่นนั้น "
            "จึงถือว่ายังไม่ประเมิน",
            "ให้แก้ไขแล้วส่งใหม่",
        ),
    ),
    entry(
        "sheet.no_justification",
        "",
        Wording(
            "{who:assessor}ไม่ได้ให้เหตุผลประกอบคะแนนตัวบ่งชี้ {indicators:listed}", "ให้กรรมการแก้ไขแบบโดยเพิ่มเหตุผล"
        ),
    ),
    entry("sheet.no_gps", "", Wording(f"{_SHEET}ไม่มีพิกัดสถานที่ตรวจ", "ให้เปิดตำแหน่งที่ตั้งของโทรศัพท์ในการตรวจครั้งต่อไป")),
    entry(
        "sheet.mocked_gps",
        "",
        Wording("พิกัดในแบบให้คะแนนของ{who:assessor}อาจไม่ใช่พิกัดจริง", "ให้สอบถามกรรมการว่าตรวจ ณ สถานที่จริงหรือไม่"),
    ),
    entry(
        "sheet.placed_by_hand",
        "",
        Wording(
            "พิกัดในแบบให้คะแนนของ{who:assessor}ปักบนแผนที่ด้วยมือ ไม่ได้จับจากเครื่อง ณ สถานที่ตรวจ",
            "ให้สอบถามกรรมการว่าตรวจ ณ สถานที่จริงหรือไม่",
        ),
    ),
    entry("sheet.not_signed", "", Wording(f"{_SHEET}ไม่มีลายมือชื่อกรรมการ", "ให้กรรมการแก้ไขแบบแล้วลงลายมือชื่อ")),
    entry(
        "sheet.applicant_not_signed",
        "",
        Wording(f"{_SHEET}ไม่มีลายมือชื่อผู้รับการประเมิน", "ให้แก้ไขแบบแล้วให้ผู้รับการประเมินลงลายมือชื่อ"),
    ),
    entry(
        "sheet.copied",
        "",
        Wording(f"{_SHEET}กรอกแทนจากกระดาษโดย{{by:person}}", "ให้ตรวจกับแบบกระดาษที่ลงลายมือชื่อ"),
    ),
    entry("sheet.no_paper", "", Wording("ยังไม่มีภาพแบบกระดาษที่{who:assessor}ลงลายมือชื่อ", "ให้ส่งภาพ")),
    entry(
        "sheet.other_version",
        "",
        Wording(f"{_SHEET}กรอกด้วยแบบฟอร์มอีกรุ่นหนึ่ง คิดคะแนนตามเกณฑ์ของรุ่นนั้น", "ครั้งต่อไปให้รับแบบฟอร์มฉบับล่าสุดก่อนประเมิน"),
    ),
    entry(
        "sheet.indicator_lacking",
        "",
        Wording(
            f"{_SHEET}ยังไม่มีตัวบ่งชี้ {{indicators:listed}} จึงถือว่ายังไม่ประเมิน", "ให้กรรมการประเมินด้วยแบบฟอร์มฉบับล่าสุด"
        ),
    ),
    entry(
        "sheet.indicator_gone",
        "",
        Wording(
            "ตัวบ่งชี้ {indicators:listed} ในแบบให้คะแนนของ{who:assessor}ไม่มีในเกณฑ์รุ่นที่ใช้ จึงไม่นำมารวม",
            "ครั้งต่อไปให้รับแบบฟอร์มฉบับล่าสุดก่อนประเมิน",
        ),
    ),
)

SCORES: tuple[Entry, ...] = (
    entry(
        "score.phone_differs",
        "",
        Wording("คะแนนบนโทรศัพท์ของ{form:form}ไม่ตรงกับที่ระบบคำนวณ ใช้คะแนนที่ระบบคำนวณ", "ให้ตรวจรุ่นของแบบฟอร์ม"),
        Wording(
            "คะแนนเบื้องต้นบนโทรศัพท์ของ{who:assessor}ไม่ตรงกับที่ระบบคำนวณ ใช้คะแนนที่ระบบคำนวณ",
            "ให้ตรวจรุ่นของแบบฟอร์ม",
        ),
    ),
    entry(
        "score.disagreement",
        "25",
        Wording(
            "ตัวบ่งชี้ {indicator}: กรรมการให้คะแนนต่างกัน ({marks:marks}) ใช้{rule:agreed_by}",
            "หากกรอกคลาดเคลื่อน ให้กรรมการแก้ไขแบบของตน",
        ),
    ),
    entry(
        "score.unreconciled",
        "25",
        Wording(
            "ตัวบ่งชี้ {indicator} {label}: กรรมการให้คะแนนต่างกัน {apart:hundredths} คะแนน ({marks:marks}) "
            "เกินร้อยละ {above} ของคะแนนเต็ม ยังไม่มีผู้ประมวลคะแนน ผลจึงค้างไว้",
            "ให้คณะกรรมการพิจารณาร่วมกัน แล้วบันทึกค่าที่ใช้พร้อมเหตุผล",
            severity=_BLOCKING,
        ),
    ),
    entry(
        "score.partly_assessed",
        "25",
        Wording(
            "ตัวบ่งชี้ {indicator}: {who_not:not_assessed_by} ไม่ได้ประเมิน ใช้คะแนนของกรรมการที่ประเมิน",
            "ให้กรรมการที่ยังไม่ได้ประเมินแก้ไขแบบของตนหากประเมินได้",
        ),
    ),
    entry(
        "score.cannot_assess",
        "25",
        Wording(
            "ตัวบ่งชี้ {indicator}: ประเมินไม่ได้ {who_not:not_assessed_by}",
            "ให้จัดหาหลักฐานแล้วให้กรรมการแก้ไขแบบของตน",
        ),
    ),
    entry(
        "score.not_assessed",
        "29",
        Wording("ยังไม่มีแบบให้คะแนนภาคสนามที่นับได้", "ให้กรรมการผู้ตรวจประเมินส่งแบบให้คะแนน", severity=_BLOCKING),
        Wording(
            "ยังประเมินไม่ครบ {indicators:count} ตัวบ่งชี้ ({indicators:listed})",
            "ให้กรรมการประเมินให้ครบ",
            severity=_BLOCKING,
        ),
    ),
    entry(
        "score.below_pass",
        "29",
        Wording(
            "คะแนนรวมร้อยละ {percent:hundredths} ต่ำกว่าเกณฑ์ร้อยละ {needed}",
            _COMMITTEE_DECIDES,
            severity=_BLOCKING,
        ),
        Wording(
            "คะแนนรวมต่ำกว่าเกณฑ์ร้อยละ {needed} อยู่ไม่ถึง 0.01 (พิมพ์เป็น {rounded_to:hundredths} เพราะปัดเศษ)",
            _COMMITTEE_DECIDES,
            severity=_BLOCKING,
        ),
    ),
    entry(
        "score.required_not_met",
        "29",
        Wording("ตัวบ่งชี้ {indicator} {label}: เป็นตัวบ่งชี้บังคับและยังไม่ผ่าน", _COMMITTEE_DECIDES, severity=_BLOCKING),
    ),
)
