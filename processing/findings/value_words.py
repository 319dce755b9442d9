"""Writes the values of findings in a sentence: one function for each `{name:way}`. Pure.

What a province or a pack names (a document, a rule, a district, a person) is stored as its label, which was
true of the form it was read from. What this program names (a form, a reason, a doubt) is stored as a key and
worded here, so that a spelling is corrected without assessing anew. Days are stored as 2025-04-20, '' = none.
"""

from collections.abc import Callable, Mapping
from datetime import date

from mochocho.words import days, letters, thai
from mochocho.words.model import DocumentState, Doubt, Round, Value
from mochocho.words.numbers import hundredths
from processing.findings.quoting import listed, quoted

APPLICATION, PLAN, SELF_ASSESSMENT = "application", "plan", "self_assessment"
ONSITE, RESOLUTION = "onsite", "resolution"
SUPPLEMENT, KNOWLEDGE = "supplement", "knowledge"

FORMS: Mapping[str, str] = {
    APPLICATION: "ใบสมัคร",
    PLAN: "แผนพัฒนาตนเอง",
    SELF_ASSESSMENT: "แบบประเมินตนเอง",
    Round.SELF_BEFORE: "แบบประเมินตนเองก่อนพัฒนา",
    Round.SELF_PERIODIC: "แบบประเมินตนเองระหว่างพัฒนา",
    Round.SELF_AFTER: "แบบประเมินตนเองหลังพัฒนา",
    ONSITE: "แบบให้คะแนน",
    SUPPLEMENT: "แบบส่งเอกสารเพิ่มเติม",
    KNOWLEDGE: "แบบบันทึกองค์ความรู้",
    RESOLUTION: "มติ",
}
ROUNDS: Mapping[str, str] = {Round.PROVINCIAL: "รอบจังหวัด"}
NOT_ASSESSED: Mapping[str, str] = {
    "no_evidence": "ไม่มีหลักฐานให้ตรวจ",
    "not_applicable": "ใช้กับผู้สมัครรายนี้ไม่ได้",
}
PLAN_PARTS: Mapping[str, str] = {
    "text": "เกณฑ์ย่อย",
    "target": "เป้าหมาย",
    "gap": "สิ่งที่ยังขาด",
    "method": "วิธีพัฒนา",
    "when": "กำหนดเวลา",
    "evidence": "หลักฐานที่จะเก็บ",
}
TAKEN: Mapping[str, str] = {DocumentState.ACCEPTED: "รับ", DocumentState.WAIVED: "ยกเว้น"}
DOCUMENT_STATES: Mapping[DocumentState, str] = {
    DocumentState.ACCEPTED: "ครบถ้วน",
    DocumentState.WAIVED: "ตรวจสอบต้นฉบับแล้ว",
    DocumentState.MISSING: "ยังไม่มี",
    DocumentState.UNREADABLE: "อ่านไม่ได้",
    DocumentState.SUSPICIOUS: "รอคนตรวจภาพ",
    DocumentState.RETURNED: "ส่งคืนให้แก้ไข",
    DocumentState.NEEDS_PERSON: "มาใหม่ รอคนตรวจ",
    DocumentState.NOT_OFFERED: "ไม่ได้แนบ (หากมี)",
}
# What was edited after a committee resolved (`decisions.meetings.edited_since`).
EDITED: Mapping[str, str] = {
    "settled": "คะแนนที่ประมวล",
    "score": "คะแนนของกรรมการ",
    "documents": "เอกสารประกอบ",
    "answers": "คำตอบในใบสมัคร",
    "own": "แผนหรือแบบประเมินตนเอง",
}
# As what an applicant's own forms name somebody (`scoring.close_people`).
CLOSE: Mapping[str, str] = {
    "applicant": "ผู้สมัครรายนี้เอง",
    "lead_team": "ทีมนำการพัฒนาของผู้สมัครรายนี้",
    "adviser": "ที่ปรึกษาของผู้สมัครรายนี้",
    "mentor": "ทีมพี่เลี้ยงของผู้สมัครรายนี้",
}
_CALENDARS = "ให้ตรวจปี พ.ศ./ค.ศ."
# Why a day is not believed, and what to check.
DOUBTS: Mapping[str, tuple[str, str]] = {
    Doubt.UNREADABLE: ("ไม่ใช่วันที่ที่มีในปฏิทิน", "ให้เลือกวันที่จากปฏิทินในแบบฟอร์ม"),
    Doubt.THAI_DIGITS: ("เขียนเป็นเลขไทย", "ให้เลือกวันที่จากปฏิทินในแบบฟอร์ม"),
    Doubt.BUDDHIST: ("ไม่น่าเป็นไปได้ เพราะเป็นปี พ.ศ. ในที่ซึ่งเก็บปี ค.ศ.", f"{_CALENDARS} (พ.ศ. 2568 = ค.ศ. 2025)"),
    Doubt.FUTURE: (
        "ไม่น่าเป็นไปได้ เพราะอยู่หลังรอบปีนี้หรือหลังวันที่ส่งแบบ",
        f"{_CALENDARS} และวันที่ของโทรศัพท์",
    ),
    Doubt.PAST: ("ไม่น่าเป็นไปได้ เพราะอยู่ก่อนรอบปีนี้นานเกินไป", f"{_CALENDARS} และวันที่ของโทรศัพท์"),
}
SOURCES: Mapping[str, str] = {
    "central": "เซิร์ฟเวอร์ ODK Central",
    "kobo": "เซิร์ฟเวอร์ KoboToolbox",
    "folder": "โฟลเดอร์",
    "cycle": "รอบปี",
    "spool": "เครื่องรับของสำนักงาน",
    "": "แหล่งที่ไม่ทราบ",
}
# Why one of two forms of one day counts.
SAME_DAY: Mapping[str, str] = {"received": "จึงนับชุดที่เซิร์ฟเวอร์รับหลังสุด", "id": "และไม่ทราบเวลาที่รับ จึงนับชุดที่รหัสมาหลัง"}
# How several assessors' points became one.
AGREED_BY: Mapping[str, str] = {
    "mean": "ค่าเฉลี่ย",
    "median": "ค่ามัธยฐาน",
    "chair": "คะแนนของประธาน",
    "no_chair": "ค่าเฉลี่ย เพราะประธานไม่ได้ให้คะแนนข้อนี้",
}
EVERY = (
    SAME_DAY,
    AGREED_BY,
    FORMS,
    ROUNDS,
    NOT_ASSESSED,
    PLAN_PARTS,
    TAKEN,
    DOUBTS,
    SOURCES,
    EDITED,
    CLOSE,
)  # for the digest of all words

NO_ASSESSOR, NO_PERSON = "กรรมการที่ไม่ระบุชื่อ", "ผู้ที่ไม่ระบุชื่อ"
ALL = 9  # more than any list has, to show it whole


def written(value: Value, way: str) -> str:
    """A value in the way its placeholder asks for; '' asks for the value itself."""
    return WAYS[way](value)


def assessor(name: str) -> str:
    return name or NO_ASSESSOR


def reason(key: str, why: str) -> str:
    """Why an indicator could not be assessed: in the assessor's own words, or as the form words it."""
    return why or NOT_ASSESSED.get(key, key)


def _texts(value: Value) -> tuple[str, ...]:
    assert isinstance(value, tuple)  # noqa: S101 - what makes findings gives lists to the ways of lists
    return tuple(item for item in value if isinstance(item, str))


def _rows(value: Value) -> tuple[tuple[str, ...], ...]:
    assert isinstance(value, tuple)  # noqa: S101
    return tuple(item for item in value if isinstance(item, tuple))


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _day(kept: str) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _short_day(kept: Value) -> str:
    day = _day(str(kept))
    return thai.date_short(day) if day else "ไม่ระบุวันที่"


def _compared(value: Value) -> str:
    counted, passed_over, *why = _texts(value)
    said = days.compared(_day(counted), _day(passed_over))
    return f"{said} {SAME_DAY[why[0]]}" if why else said


def _people(value: Value) -> str:
    """(name, name of the district), after a space, because a Thai word precedes it."""
    return " " + ", ".join(f"{name} อำเภอ{district}" for name, district, *_ in _rows(value))


def _people_known(value: Value) -> str:
    """(name, name of the district, key, source, how alike the names are in percent)."""
    said = (
        f"{name} อำเภอ{district} ({known_as(key, source)} ชื่อเหมือนกัน {percent} %)"
        for name, district, key, source, percent in _rows(value)
    )
    return " " + ", ".join(said)


def known_as(key: str, source: str) -> str:
    """By which key an applicant is known here, and where its form came from."""
    kind, _, name = source.partition(":")
    return f"รหัส {key} จาก{SOURCES.get(kind, kind)} {name}".rstrip()


def _not_assessed_by(value: Value) -> str:
    """(assessor, key of the reason, own words), each with the reason where one was given."""
    said = ((assessor(name), reason(key, why)) for name, key, why in _rows(value))
    return listed(tuple(f"{name} ({why})" if why else name for name, why in said), most=ALL)


def _found(value: Value) -> str:
    return "มี" if value else "ไม่มี"


def _marks(value: Value) -> str:
    """(assessor, answer or '')."""
    rows = _rows(value)
    return listed(tuple(f"{assessor(name)} {mark or 'ไม่ได้ประเมิน'}" for name, mark in rows), most=ALL)


def _place(value: Value) -> str:
    """(left, top, right, bottom) in hundredths of the page, in words and figures."""
    left, top, right, bottom = map(int, _texts(value))
    if (right - left) * (bottom - top) > _NEARLY_ALL:
        return "ทั้งหน้า"
    down, across = _THIRDS[0][_third(top + bottom)], _THIRDS[1][_third(left + right)]
    return f"ด้าน{down}{across} (จากซ้าย {left} ถึง {right} % จากบน {top} ถึง {bottom} %)"


_NEARLY_ALL = 6400  # of 10,000: four fifths of both sides
_THIRDS = (("บน", "กลาง", "ล่าง"), ("ซ้าย", "กลาง", "ขวา"))


def _third(twice: int) -> int:
    return min(2, twice * 3 // 200)


WAYS: Mapping[str, Callable[[Value], str]] = {
    "": str,
    "agreed_by": lambda v: AGREED_BY[str(v)],
    "assessor": lambda v: assessor(str(v)),
    "close": lambda v: CLOSE[str(v)],
    "compared": _compared,
    "count": lambda v: str(len(v) if isinstance(v, tuple) else v),
    "day": _short_day,
    "days": lambda v: listed(tuple(map(_short_day, _texts(v)))),
    "doubt": lambda v: DOUBTS[str(v)][0],
    "doubt_mend": lambda v: DOUBTS[str(v)][1],
    "edited": lambda v: listed(tuple(EDITED[key] for key in _texts(v)), most=ALL),
    "form": lambda v: FORMS[str(v)],
    "found": _found,
    "hundredths": lambda v: hundredths(_number(v)),
    "known_as": lambda v: known_as(*_texts(v)),
    "letters": lambda v: letters.named(str(v)),
    "listed": lambda v: listed(_texts(v)),
    "marks": _marks,
    "more": lambda v: f" และอีก {v} ราย" if v else "",
    "not_assessed_by": _not_assessed_by,
    "page": lambda v: f" หน้าที่ {v}" if v else "",
    "people": _people,
    "people_known": _people_known,
    "person": lambda v: str(v) or NO_PERSON,
    "place": _place,
    "plan_parts": lambda v: listed(tuple(PLAN_PARTS[key] for key in _texts(v)), most=ALL),
    "sheet": lambda v: f" แผ่นที่ {v} ใน PDF" if v else "",
    "quoted": lambda v: quoted(str(v)),
    "taken": lambda v: TAKEN[str(v)],
    "quoted_list": lambda v: listed(tuple(map(quoted, _texts(v)))),
}
