"""What was asked for and how far it is; the buttons that ask; the packet's files, logged before they go."""

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_file, url_for

from mochocho.app.asked_work import asked_process, asked_works, handed_over
from mochocho.app.asked_work.asked_works import Kind, Offer, State, Work
from mochocho.app.asked_work.previews.preview_kinds import PREVIEWS
from mochocho.app.pipeline import ledger
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, needs, now, wants_fragment
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.app.status import source_ages
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.days import THAILAND, moment
from processing.meetings import packet_meeting
from processing.scope import Permission
from reports.packet import needed_sheets

blueprint = Blueprint("packets", __name__, url_prefix="/packets")
LISTED = 10  # pieces of work, the newest
KINDS_TH = {
    Kind.PULL: "ดึงข้อมูล",
    Kind.ABSENCE: "ตัดแบบที่หายไปออก",
    Kind.PACKET: "ทำชุดเอกสาร",
    Kind.REDACTED: "ทำฉบับกรรมการ",
    Kind.IMPORT: "นำเข้าไฟล์",
    Kind.PREVIEW: "ตรวจไฟล์ที่ส่งมา",
    Kind.RELEASE: "ออกเอกสาร",
    Kind.ADDENDUM: "ทำใบแทรก",
    Kind.ERASURE_LOOK: "ดูว่าจะลบข้อมูลส่วนบุคคลใด",
    Kind.ERASURE: "ลบข้อมูลส่วนบุคคล",
    Kind.EVERYTHING: "ทำทุกขั้นตอนหนึ่งรอบ",
}
STATES_TH = {
    State.ASKED: "กำลังเริ่ม",
    State.RUNNING: "กำลังทำ",
    State.DONE: "เสร็จแล้ว",
    State.FAILED: "ไม่สำเร็จ",
    State.CUT_OFF: "ขาดตอน",
}
STAGES_TH = {
    "pull": "รับแบบฟอร์มและไฟล์",
    "register": "ลงทะเบียน",
    "assess": "ตรวจประเมิน",
    "notices": "แจ้งผลให้พื้นที่",
    "packet": "จัดพิมพ์เอกสาร",
    "archive": "ทำเล่มสำหรับเก็บถาวร",
    "districts": "ทำเอกสารของอำเภอ",
    "read": "อ่านไฟล์",
    "check": "ตรวจสิ่งที่กรอก",
    "import": "บันทึก",
    "erasure": "ค้นทุกตารางและทุกไฟล์",
}
_AGAIN_TH = "โปรแกรมที่ทำอยู่หยุดไปก่อนเสร็จ สิ่งที่ทำแล้วไม่หาย ให้กดอีกครั้ง"
_BY_HAND = (Kind.PULL, Kind.PACKET, Kind.REDACTED)  # asked for without saying of what


@blueprint.get("")
@needs(Permission.LONG_WORK)
def index() -> Response:
    """How far the work is; a script looks again, and is told where nothing changed."""
    home = current_home()
    with reading(home.engine) as session:
        works = asked_works.latest(session, now(), LISTED)
        by_workers_now = ledger.under_way(session) if home.settings.distributed else []
    response = render(
        "packets/packets.html",
        running=[one for one in works if one.alive],
        ended=[(one, _said(one)) for one in works if not one.alive],
        told=_told(works),
        files=files_shown(home),
        kinds=KINDS_TH,
        states=STATES_TH,
        stages=STAGES_TH,
        moment=moment,
        about=_about,
        by_workers=by_workers_now,
        meeting=packet_meeting.of_home(home),
    )
    if wants_fragment():
        response.add_etag()
        response.make_conditional(request)
    return response


@blueprint.post("/ask/<kind>")
@needs(Permission.LONG_WORK)
def ask(kind: str) -> Response:
    """Begin it, unless it is being done: then that one is shown."""
    wanted = next((one for one in _BY_HAND if one.value == kind), None)
    if wanted is None:
        abort(404)
    return begun(wanted)


@blueprint.post("/ask/absence/<source>")
@needs(Permission.LONG_WORK)
def let_go(source: str) -> Response:
    """Let go what vanished from a server at once, if it is still as many as were shown."""
    home = current_home()
    with reading(home.engine) as session:
        found = [one for one in source_ages.look(home, session, now()) if one.key == source and one.vanished]
    if not found:
        abort(404)
    if found[0].vanished != request.form.get("vanished", type=int):
        return go_on(url_for("arrivals.index"), "ยังไม่ตัดออก จำนวนที่หายไปเปลี่ยนแล้ว ให้ดูจำนวนใหม่แล้วยืนยันอีกครั้ง")
    return begun(Kind.ABSENCE, source)


@blueprint.get("/file/<name>")
@needs(Permission.LONG_WORK)
def file(name: str) -> Response:
    """One file of the packet, to be saved; the row of the log names the bytes that go."""
    path = next((one for one in needed_sheets.made_files(current_home()) if one.name == name), None)
    if path is None:
        abort(404)
    return given(path)


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file of a packet on a page."""

    name: str
    size: str
    made: str


def files_shown(home: Home) -> list[FileShown]:
    """The files of the packet that was made last; none while one of them is missing."""
    return [
        FileShown(path.name, size(path.stat().st_size), _moment_of(path))
        for path in needed_sheets.made_files(home)
    ]


def given(path: Path, copy: str = "") -> Response:
    """A file to be saved, logged before it goes; `copy`: which one, "" = the full one."""
    with ExitStack() as until_logged:
        # it stays the same file where another packet takes its place
        opened = until_logged.enter_context(path.open("rb"))
        access_log.note("packet", hashlib.file_digest(opened, "sha256").hexdigest(), copy)
        opened.seek(0)
        until_logged.pop_all()  # whoever sends it closes it
    return send_file(opened, "application/octet-stream", as_attachment=True, download_name=path.name)


def size(number: int) -> str:
    """`1.2 MB`, of bytes; of a small file `3 kB`."""
    return f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{-(-number // 1000)} kB"


def begun(kind: Kind, about: str = "", content: str = "") -> Response:
    """Begin it, unless it is being done, and go to where its progress is shown."""
    _, new = begin(kind, about, content)
    said = "เริ่มแล้ว ออกจากหน้านี้ได้ งานทำต่อเอง" if new else "มีผู้สั่งไว้และกำลังทำอยู่แล้ว"
    return go_on(url_for("packets.index"), f"{KINDS_TH[kind]}: {said}")


def begin(kind: Kind, about: str = "", content: str = "") -> tuple[int, bool]:
    """Begin it, unless it is being done. Its number, and whether it is new."""
    home, person = current_home(), current_person().name
    number, new = asked_works.ask(home, kind, person, now(), about, content)
    if not new:
        return number, False
    try:
        if home.settings.distributed and kind is not Kind.PULL:  # which waits for what workers do
            handed_over.hand_over(home, number)
        else:
            asked_process.begin(home.settings, number)
    except OSError as error:
        asked_works.end(home, number, now(), State.FAILED, "เครื่องแม่ข่ายเปิดโปรแกรมทำงานไม่ได้ ให้แจ้งผู้ดูแลระบบ")
        raise error
    return number, True


def _about(work: Work) -> str:
    """Of what a piece of work is, as people call it."""
    if work.kind in (Kind.IMPORT, Kind.PREVIEW):
        return PREVIEWS[Offer.of(work.about).kind].th
    return "" if work.kind is Kind.ERASURE_LOOK else work.about


def _said(work: Work) -> str:
    return _AGAIN_TH if work.state is State.CUT_OFF else work.said


def _told(works: list[Work]) -> str:
    """What a reader hears when it changes: how each stands that runs, or that ended last."""
    first = works[:1]
    return " ".join(f"{KINDS_TH[one.kind]}: {STATES_TH[one.state]} {_said(one)}".strip() for one in first)


def _moment_of(path: Path) -> str:
    return moment(datetime.fromtimestamp(path.stat().st_mtime, THAILAND))


PAGE = Page(blueprint, "ชุดเอกสาร", "packets.index", Permission.LONG_WORK)
