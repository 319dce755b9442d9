"""Findings about when the forms of a cycle were made: late, early, in another order, overlapping. Pure."""

from processing.findings.entry import SAME, Entry, Wording, entry

_IF_WRONG = "หากกรอกวันที่คลาดเคลื่อน ให้แก้ไขแบบแล้วส่งใหม่"
_SHEET = "แบบให้คะแนนของ{who:assessor}"
_LATE = "ลงวันที่ {day:day} หลังวันครบกำหนดของรอบ ({due:day})"
_EARLY = "ลงวันที่ {day:day} ก่อนวันเริ่มของรอบ ({first:day})"
_ORDER = "ลงวันที่ {day:day} ก่อน{earlier_form:form} ({earlier_day:day}) ผิดลำดับของรอบ"

ROUNDS: tuple[Entry, ...] = (
    entry(
        "round.late",
        "22-30",
        Wording(f"{{form:form}}{_LATE}", _IF_WRONG, field=SAME),
        Wording(f"{_SHEET}{_LATE}", _IF_WRONG),
    ),
    entry(
        "round.early",
        "22-30",
        Wording(f"{{form:form}}{_EARLY}", _IF_WRONG, field=SAME),
        Wording(f"{_SHEET}{_EARLY}", _IF_WRONG),
    ),
    entry(
        "round.order",
        "22, 29",
        Wording(f"{{form:form}}{_ORDER}", "ให้ตรวจวันที่แล้วแก้ไขแบบที่ผิด", field=SAME),
        Wording(f"{_SHEET}{_ORDER}", "ให้ตรวจวันที่แล้วแก้ไขแบบที่ผิด"),
    ),
    entry(
        "round.overlap",
        "22",
        Wording(
            "{form:form}และ{earlier_form:form}ลงวันที่ {day:day} วันเดียวกัน จึงเป็นผลของช่วงเดียวกัน",
            "ให้ตรวจวันที่แล้วแก้ไขแบบที่ผิด",
            field=SAME,
        ),
        Wording(
            "{form:form} {day:day} ห่างจากครั้งก่อน ({earlier_day:day}) ไม่ถึง {months} เดือนตามรอบที่ระบุไว้ "
            "ช่วงที่ประเมินจึงทับกัน",
            "ให้ตรวจวันที่และรอบของการประเมินแล้วแก้ไขแบบที่ผิด",
            field=SAME,
        ),
    ),
)
