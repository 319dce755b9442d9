"""Looks at what an erasure of a person would take, and erases what was shown and confirmed."""

from dataclasses import replace
from datetime import UTC, datetime

from mochocho.app.asked_work import asked_erasure, asked_works
from mochocho.app.asked_work.asked_erasure import Confirmed, Foreseen
from mochocho.app.asked_work.asked_works import Work
from mochocho.app.backup import erased_file
from mochocho.app.erasing import erase_person
from mochocho.app.erasing.erase_person import Differs
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.progress import ProgressCall

_WAIT_SECONDS = 900.0  # for the conveyor beside it, which may be assessing a province
_NOBODY = Terminal("ไม่พบข้อมูลของบุคคลนี้ จึงไม่ได้ทำสิ่งใด", "nothing of this person was found; nothing was done")
_GONE = Terminal(
    "ไม่พบสิ่งที่แสดงไว้แล้ว ยังไม่ได้ลบ ให้ค้นใหม่", "what was shown is gone; nothing was erased, search again"
)


def look(home: Home, work: Work, progress: ProgressCall) -> str:
    """What would go, kept for the page. Whatever erasure was cut off is done to its end first."""
    asked = asked_erasure.taken_over(home, work.about)
    progress("erasure", 0, 0)
    erase_person.finish_cut_off(home, _WAIT_SECONDS)
    if asked.only is None and len(parts := erase_person.mentions_of(home, asked.person)) > 1:
        asked_erasure.show(home, work.number, Foreseen(asked, None, tuple(parts)))
        return "ชื่อนี้อยู่ในหลายส่วน ให้เลือกส่วนที่เป็นของบุคคลนี้"
    erase_person.refuse_serving(home, asked.person, asked.only)
    receipt = erase_person.foreseen(home, asked.person, asked.asked, asked.only)
    if receipt is None:
        raise _NOBODY
    asked_erasure.show(home, work.number, Foreseen(asked, receipt))
    return "ดูแล้ว ยังไม่ได้ลบ"


def erase(home: Home, work: Work, progress: ProgressCall) -> str:
    """Erase what was shown, if it is still the same; else what it would be now is shown instead."""
    confirmed = Confirmed.read(work.content)
    found = asked_erasure.shown(home, confirmed.look)
    if found is None:
        raise _GONE
    asked_erasure.hide(home, confirmed.look)
    asked = replace(found.asked, by=confirmed.by)
    progress("erasure", 0, 0)
    erase_person.refuse_serving(home, asked.person, asked.only)
    try:
        done = erase_person.erase(
            home, asked.person, asked.asked, asked.only, shown=confirmed.shown, wait=_WAIT_SECONDS
        )
    except Differs as differs:
        asked_erasure.show(home, work.number, Foreseen(asked, differs.receipt))
        raise
    if done is None:
        raise _NOBODY
    asked_works.came_to(home, work.number, datetime.now(UTC), str(done.number))
    noted = erased_file.noted_at_once(home)
    return " ".join((f"ลบข้อมูลแล้ว ครั้งที่ {done.number}", *([noted.th] if noted else [])))
