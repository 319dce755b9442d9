"""The standard words of letters' passages, of sources 001 and 004, corrected; and what fills their places.

An office may replace each (`Meeting.texts`). Pure.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from mochocho.words.model import ApplicantType
from processing.meetings.filled_places import filled
from processing.meetings.passages import Passage
from reports.view.arrange import TYPES
from reports.view.letters.convened import Convened
from reports.view.printed_words import TYPE, UNIT, enumerated

_GROUPS = "ผู้นำชุมชน กลุ่มองค์กรชุมชน เครือข่ายองค์กรชุมชน และชุมชน"
_STRENGTHENS = "เพื่อใช้เป็นเครื่องมือในการสร้างความเข้มแข็งชุมชน โดยการพัฒนาศักยภาพและเพิ่มขีดความสามารถให้กับกลุ่มเป้าหมาย"
_ATTEND = "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุม"
_INVITED = "จึงขอเชิญเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว"
_STANDARD: Final[Mapping[Passage, str]] = {
    Passage.INVITATION_OPENING: (
        f"ตามที่ {{หน่วยงาน}}ได้ดำเนินการจัดทำ{{โครงการ}} {_STRENGTHENS} เพื่อเป็นกลไกในการขับเคลื่อนงานพัฒนาชุมชน"
        f"ในพื้นที่อย่างมีประสิทธิภาพ กลุ่มเป้าหมายประกอบด้วย {_GROUPS} "
        "ซึ่งดำเนินการตามแนวทางการดำเนินงาน{โครงการ} ประจำปี {ปี} นั้น"
    ),
    Passage.INVITATION_CALLED: (
        "เพื่อให้การขับเคลื่อนการดำเนินงาน{โครงการ} ประจำปี {ปี} เป็นไปตามวัตถุประสงค์และบรรลุเป้าหมาย "
        "{หน่วยงาน}ได้กำหนดการประชุม{คณะกรรมการ} {ครั้งที่} ใน{วันประชุม} {เวลา} {สถานที่}"
    ),
    Passage.INVITATION_REQUEST: (
        "จึงขอความร่วมมืออำเภอมอบหมายให้พัฒนาการอำเภอ หรือเจ้าหน้าที่พัฒนาชุมชนที่รับผิดชอบงาน เข้าร่วมประชุม "
        "เพื่อสนับสนุนข้อมูลการพัฒนา{โครงการ} ของกลุ่มเป้าหมาย ตามลำดับการนำเสนอ {สิ่งที่ส่งมาด้วย}"
    ),
    Passage.INVITATION_ANSWER: (
        "ทั้งนี้ ขอความกรุณาส่งแบบตอบรับให้{สำนักงาน} ภายในวันที่ {ตอบภายในวันที่} "
        "ทางไปรษณีย์อิเล็กทรอนิกส์ (อีเมล) โดยมอบหมายให้ {ผู้ประสานงาน} เป็นผู้ประสานงานในครั้งนี้"
    ),
    Passage.INVITATION_CLOSING: "จึงเรียนมาเพื่อพิจารณาดำเนินการ",
    Passage.MEMBERS_REQUEST: _INVITED,
    Passage.MEMBERS_CLOSING: _ATTEND,
    Passage.CIRCULAR_OPENING: (
        "ด้วย{หน่วยงาน}ได้รับแจ้งจากกรมการพัฒนาชุมชนว่า ได้กำหนดให้มีการดำเนินงานการพัฒนาตาม{โครงการ} "
        f"ประจำปี {{ปี}} โดยกลุ่มเป้าหมายประกอบด้วย {_GROUPS} "
        "เพื่อใช้เป็นเครื่องมือในการสร้างความเข้มแข็งในชุมชน โดยกำหนดให้มีการดำเนินกิจกรรมเป็นประจำทุกปี"
    ),
    Passage.CIRCULAR_REQUEST: (
        "เพื่อให้การดำเนินงานการพัฒนาตาม{โครงการ} ประจำปี {ปี} เป็นไปอย่างมีประสิทธิภาพ "
        "จึงขอให้อำเภอมอบหมายสำนักงานพัฒนาชุมชนอำเภอดำเนินการให้เป็นไปตามแนวทางการดำเนินงาน "
        "พร้อมทั้งรายงานผลให้จังหวัดทราบตามกำหนด ดังนี้"
    ),
    Passage.CIRCULAR_CLOSING: "จึงเรียนมาเพื่อพิจารณา",
    Passage.MEMO_OPENING: (
        "ด้วย{หน่วยงาน}กำหนดการประชุม{คณะกรรมการ} {ครั้งที่} ใน{วันประชุม} {เวลา} {สถานที่} "
        "เพื่อพิจารณาประเมินและรับรองผู้ผ่านการประเมินตาม{โครงการ} ประจำปี {ปี} {จำนวนหน่วยงาน}"
    ),
    Passage.MEMO_DONE: (
        "{สำนักงาน}ได้จัดทำหนังสือเชิญประชุมถึง{ผู้รับหนังสือเชิญ} พร้อมสิ่งที่ส่งมาด้วย จำนวน {จำนวนสิ่งที่ส่งมาด้วย} รายการ "
        "และหนังสือเชิญกรรมการ เพื่อดำเนินการแจ้งให้เข้าร่วมประชุม"
    ),
    Passage.MEMO_CLOSING: "จึงเรียนมาเพื่อโปรดพิจารณา หากเห็นชอบ ขอได้โปรดลงนามในหนังสือที่เสนอมาพร้อมนี้",
    Passage.ORDER_OPENING: f"ด้วยจังหวัด{{จังหวัด}}ดำเนินงาน{{โครงการ}} ประจำปี {{ปี}} {_STRENGTHENS} ได้แก่ {_GROUPS}",
    Passage.ORDER_APPOINTS: (
        "เพื่อให้การดำเนินงานดังกล่าวเป็นไปด้วยความเรียบร้อยและมีประสิทธิภาพ จึงแต่งตั้ง{คณะกรรมการ} ประกอบด้วย"
    ),
    Passage.ORDER_HOLDS: "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
    Passage.ANNOUNCEMENT_OPENING: (
        "ด้วย{คณะกรรมการ} ได้พิจารณาผู้ขอรับการรับรองตาม{โครงการ} ประจำปี {ปี} ในการประชุม{ครั้งที่} "
        "เมื่อ{วันประชุม} มีมติรับรองผู้ผ่านการประเมิน จำนวน {จำนวน} หน่วยงาน ได้แก่ {จำนวนตามประเภท}"
    ),
    Passage.ANNOUNCEMENT_LIST: (
        "จึงประกาศรายชื่อผู้ผ่านการรับรองมาตรฐานการพัฒนาชุมชน ประจำปี {ปี} ตามบัญชีรายชื่อแนบท้ายประกาศนี้"
    ),
    Passage.ANNOUNCEMENT_CLOSING: "จึงประกาศให้ทราบโดยทั่วกัน",
}
_OF_A_DISTRICT: Final[Mapping[Passage, str]] = {
    Passage.INVITATION_REQUEST: _INVITED,
    Passage.INVITATION_CLOSING: _ATTEND,
    Passage.MEMO_OPENING: (
        "ด้วย{หน่วยงาน}กำหนดการประชุม{คณะกรรมการ} {ครั้งที่} ใน{วันประชุม} {เวลา} {สถานที่} "
        "เพื่อประเมินผู้ขอรับการประเมินตาม{โครงการ} ประจำปี {ปี} {จำนวนหน่วยงาน}"
    ),
    Passage.MEMO_DONE: (
        "{สำนักงาน}ได้จัดทำหนังสือเชิญประชุมถึง{ผู้รับหนังสือเชิญ} พร้อมสิ่งที่ส่งมาด้วย จำนวน {จำนวนสิ่งที่ส่งมาด้วย} รายการ "
        "เพื่อดำเนินการแจ้งให้เข้าร่วมประชุม"
    ),
}


def standard(passage: Passage, *, provincial: bool) -> str:
    """Its standard words, with places to fill in, for the province's committee or for a district's."""
    return _STANDARD[passage] if provincial else _OF_A_DISTRICT.get(passage, _STANDARD[passage])


def each_type(counts: Mapping[ApplicantType, int]) -> str:
    """`ผู้นำชุมชน 7 คน กลุ่มองค์กรชุมชน 2 กลุ่ม และชุมชน 1 ชุมชน`: of the types that there are; "" = of none."""
    each = [f"{TYPE[type_]} {counts[type_]} {UNIT[type_]}" for type_ in TYPES if counts.get(type_)]
    return enumerated(each) if each else ""


def values_of(c: Convened) -> dict[str, str]:
    """What fills the places that every paper may have (`passages.FIELDS`)."""
    return {
        "โครงการ": c.programme,
        "ปี": c.year,
        "จังหวัด": c.occasion.province,
        "หน่วยงาน": c.sender,
        "สำนักงาน": c.development_office,
        "คณะกรรมการ": c.committee,
        "ครั้งที่": c.number,
        "วันประชุม": c.day,
        "เวลา": c.hours,
        "สถานที่": c.place,
        "ตอบภายในวันที่": c.date(c.meeting.letter.reply_by),
        "ผู้ประสานงาน": c.coordinator(),
    }


def said(c: Convened, *passages: Passage, **more: str) -> str:
    """These passages as one paragraph of the letter: the office's own words, else the standard ones.

    `more`: what fills places besides `values_of`. Own words on several lines are several paragraphs.
    """
    own = {one.passage: "\n".join(one.paragraphs) for one in c.meeting.texts}
    texts = (own.get(one) or standard(one, provincial=c.provincial) for one in passages)
    return " ".join(_filled(text, values_of(c) | more) for text in texts)


def all_said(c: Convened, texts: Iterable[str], **more: str) -> tuple[str, ...]:
    """A whole body in the office's own words, its places filled."""
    values = values_of(c) | more
    return tuple(_filled(text, values) for text in texts)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A place may be empty, and then leaves no gap."""
    return re.sub(" +", " ", filled(text, values)).strip()
