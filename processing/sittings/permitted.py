"""What may be recorded of a meeting as it stands, and in Thai why not. Pure."""

from datetime import datetime

from mochocho.words.days import THAILAND
from processing.meetings.day_plan import MIDNIGHT
from processing.meetings.meeting import Meeting
from processing.sittings.quorum import of_meeting
from processing.sittings.sitting import Act, Sitting, What

MOST_MINUTES = 240
MOST_TEXT = 4000
_CLOCK = (What.PAUSED, What.RESUMED, What.EXTENDED, What.ENDED)
_AFTER_OPENING = (What.BEGUN, *_CLOCK)


def refusal(meeting: Meeting, sitting: Sitting, act: Act) -> str:
    """Why this cannot be recorded now; "" where it can."""
    if sitting.closed_at is not None:
        return "ปิดประชุมแล้ว บันทึกเพิ่มไม่ได้ หากต้องแก้ให้แก้ในข้อมูลการประชุมหรือหน้ามติ"
    if act.what is What.OPENED:
        return _opening(meeting, sitting)
    if act.what in _AFTER_OPENING and sitting.opened_at is None:
        return "ยังไม่ได้เปิดประชุม ให้กดเปิดประชุมก่อน"
    if act.what in (What.ARRIVED, What.LEFT, What.UNDONE, What.RECUSED, What.RETURNED):
        return _of_member(meeting, sitting, act)
    if act.what in _CLOCK and sitting.now is None:
        return "ไม่มีวาระที่กำลังพิจารณา"
    if act.what is What.ENDED and act.about != sitting.current:
        return "วาระนี้ไม่ได้กำลังพิจารณา ให้เปิดหน้าใหม่"
    if act.what is What.BEGUN:
        return _beginning(sitting, act)
    if act.what is What.FIRST and act.about in sitting.presentations:
        return "อำเภอนี้นำเสนอแล้ว"
    return _measure(act) or _closing(sitting, act)


def untimely(sitting: Sitting, act: Act, now: datetime) -> str:
    """Why an item of the agenda was not resolved when the act says; "" where it can have been."""
    at, opened = act.resolved_at, sitting.opened_at
    if at is None:
        return ""
    if opened is None:
        return "ยังไม่ได้เปิดประชุม จึงยังใส่เวลาที่มีมติไม่ได้"
    if at < opened:
        return f"เวลาที่มีมติอยู่ก่อนเปิดประชุม {_hour(opened)} น. ให้ตรวจเวลา"
    return f"เวลาที่มีมติอยู่หลังเวลานี้ {_hour(now)} น. ให้ตรวจเวลา" if at > now else ""


def stands(sitting: Sitting, act: Act) -> bool:
    """Whether this is so already: recorded again, as after a lost answer, it changes nothing."""
    now, stay = sitting.now, sitting.last_stay(act.about)
    return {
        What.ARRIVED: bool(stay and stay.left is None and stay.substitute == act.substitute),
        What.LEFT: stay is None or stay.left is not None,
        What.UNDONE: act.about not in sitting.stays_before,
        What.OPENED: sitting.opened_at is not None,
        What.CLOSED: sitting.closed_at is not None,
        What.BEGUN: sitting.current == act.about != "",
        What.PAUSED: bool(now and now.paused_at),
        What.RESUMED: bool(now and not now.paused_at),
        What.ENDED: act.about in sitting.presentations and act.about != sitting.current,
        What.FIRST: sitting.wanted[:1] == (act.about,),
        What.SHORTENED: sitting.minutes == act.minutes,
        What.RECUSED: (act.about, act.unit) in sitting.recused,
        What.RETURNED: (act.about, act.unit) not in sitting.recused,
        What.NOTED: sitting.noted.get(act.about, "") == act.text,
        What.RESOLVED: sitting.resolved.get(act.about, "") == act.text
        and act.resolved_at in (None, sitting.resolved_at.get(act.about)),
        What.SCORES_SHOWN: sitting.scores_shown,
        What.SCORES_HIDDEN: not sitting.scores_shown,
    }.get(act.what, False)


def _hour(at: datetime) -> str:
    return f"{at.astimezone(THAILAND):%H.%M}"


def _opening(meeting: Meeting, sitting: Sitting) -> str:
    if meeting.day is None:
        return "การประชุมนี้ยังไม่มีวันที่ ให้ใส่วันที่ในข้อมูลการประชุมก่อน"
    if not meeting.composition:
        return "การประชุมนี้ยังไม่มีรายชื่อกรรมการ ให้ใส่รายชื่อในข้อมูลการประชุมก่อน"
    lacking = of_meeting(meeting, sitting).lacking
    return f"{lacking} จึงยังเปิดประชุมไม่ได้" if lacking else ""


def _of_member(meeting: Meeting, sitting: Sitting, act: Act) -> str:
    if act.about not in (one.person.name for one in meeting.composition):
        return "ไม่มีกรรมการชื่อนี้ในการประชุม ให้เปิดหน้าใหม่"
    if act.what is What.RECUSED and act.about not in sitting.present:
        return f"{act.about} ยังไม่มาประชุม จึงยังแจ้งไม่ร่วมพิจารณาไม่ได้"
    return ""


def _beginning(sitting: Sitting, act: Act) -> str:
    if sitting.current:
        return "มีวาระที่กำลังพิจารณา ให้ปิดวาระนั้นก่อน"
    if act.about in sitting.presentations:
        return "วาระนี้ปิดแล้ว"
    return _measure(act)


def _measure(act: Act) -> str:
    most = {What.BEGUN: MIDNIGHT, What.EXTENDED: MOST_MINUTES, What.SHORTENED: MOST_MINUTES}.get(act.what)
    if most and not 1 <= act.minutes <= most:
        return f"จำนวนนาทีต้องอยู่ระหว่าง 1 ถึง {most}"
    if len(act.text) > MOST_TEXT:
        return f"ข้อความยาวเกิน {MOST_TEXT} ตัวอักษร ให้ย่อ หรือพิมพ์ในไฟล์ Excel ของการประชุม"
    return ""


def _closing(sitting: Sitting, act: Act) -> str:
    if act.what is not What.CLOSED:
        return ""
    if sitting.opened_at is None:
        return "ยังไม่ได้เปิดประชุม"
    return "ยังมีวาระที่กำลังพิจารณา ให้ปิดวาระนั้นก่อนปิดประชุม" if sitting.current else ""
