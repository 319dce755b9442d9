"""ออกเอกสาร: what the lint finds, the release of the packet as it lies there, addenda, released files."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, abort, request

from mochocho.app.asked_work.asked_release import AskedAddendum, AskedRelease
from mochocho.app.asked_work.asked_works import Kind
from mochocho.app.portal import asked_again, form_errors
from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_scope, needs
from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.pages.packets.packets_page import begun, given, size
from mochocho.app.portal.pages.packets.where_mended import where_mended
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import render
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.days import moment
from mochocho.words.thai import NOTHING_SAID, normalise, says_something
from processing.assessment import assess
from processing.meetings import kept as kept_meetings
from processing.meetings import packet_meeting
from processing.meetings.meeting import Meeting
from processing.releases import kept_releases, release_file
from processing.releases.kept_releases import KeptRelease
from processing.releases.printed_now import changes_since
from processing.releases.release_changes import Change, digest_of
from processing.releases.told_changes import told
from processing.scope import Permission
from reports.lint.examined_home import examined
from reports.lint.lint_entry import Found, Grave
from reports.lint.lint_meeting import lint
from reports.packet import needed_sheets
from reports.packet.exports import released_files
from reports.redaction.redacted_home import for_committee
from reports.view.printed_words import enumerated

blueprint = Blueprint("releases", __name__, url_prefix="/packets")
_NO_MEETING = "ยังไม่ได้ตั้งการประชุม จึงยังออกเอกสารไม่ได้ ให้เริ่มการประชุมในหน้าตั้งค่า"
_NOT_MADE = "ยังไม่ได้ทำชุดเอกสาร หรือข้อมูลเปลี่ยนหลังจากทำ ให้ทำชุดเอกสารใหม่และเปิดดูก่อนออก"


@dataclass(frozen=True, slots=True)
class State:
    """What the page shows. `made`: whether the packet lies there as everything stands; `copy`: the
    committee's copy too; `kept`: whether the meeting is, else the settings name it. `last`: the last release;
    `changes`: what no paper tells since.
    """

    meeting: Meeting | None
    found: Sequence[Found] = ()
    made: bool = False
    copy: bool = False
    kept: bool = False
    every: Sequence[KeptRelease] = ()
    last: KeptRelease | None = None
    changes: Sequence[Change] = ()

    @property
    def errors(self) -> list[Found]:
        return [one for one in self.found if one.entry.grave is Grave.ERROR]

    @property
    def told(self) -> list[str]:
        """Each change in a sentence; of whom this person has an interest in, only that there is one."""
        return [_told(one) for one in self.changes]

    @property
    def seen(self) -> str:
        """What was shown, so that no addendum tells more."""
        return hashlib.sha256("\n".join(self.told).encode()).hexdigest()


@blueprint.get("/release")
@needs(Permission.LONG_WORK)
def index() -> Response:
    """The findings with where each is mended, and everything that was released."""
    return _page()


@blueprint.post("/release")
@needs(Permission.LONG_WORK)
def release() -> Response:
    """Have the packet that lies there released, after the password again."""
    state = _state()
    codes = {one.code for one in state.errors} & set(request.form.getlist("override"))
    reason = normalise(request.form.get("reason", ""))
    committee = bool(request.form.get("committee"))
    if not state.made:  # and the page has no form for it
        return _page(422, release=_whole(_NOT_MADE if state.meeting else _NO_MEETING))
    found = _hinders(state, codes, reason, committee=committee)
    errors = form_errors.together(found, asked_again.refused("release", with_code=not found))
    if errors:
        return _page(422, release=errors)
    access_log.note("packet", "release", " ".join(sorted(codes)))
    asked = AskedRelease(sorted(codes), reason, committee, archive=bool(request.form.get("archive")))
    return begun(Kind.RELEASE, content=asked.written)


@blueprint.post("/addendum")
@needs(Permission.LONG_WORK)
def addendum() -> Response:
    """Have the addendum written that tells the changes that were shown, after the password again."""
    state = _state()
    if state.last is None:
        return _page(422, addendum=_whole("ยังไม่ได้ออกเอกสาร จึงยังไม่มีใบแทรก"))
    if request.form.get("seen") != state.seen:
        return _page(409, addendum=_whole("รายการที่เปลี่ยนไม่เหมือนที่แสดงไว้ ให้ดูรายการใหม่แล้วกดอีกครั้ง"))
    if errors := asked_again.refused("addendum", with_code=True):
        return _page(422, addendum=errors)
    access_log.note("packet", "addendum", state.last.release.name)
    one = state.last.release
    asked = AskedAddendum(one.meeting_key, one.number, digest_of(state.changes))
    return begun(Kind.ADDENDUM, content=asked.written)


@blueprint.get("/released/<int:row>/<name>")
@needs(Permission.LONG_WORK)
def file(row: int, name: str) -> Response:
    """One file of a release, logged before it goes."""
    home = current_home()
    with reading(home.engine) as session:
        one = next((each for each in kept_releases.releases(session) if each.row == row), None)
    if one is None or name not in _names(one):
        abort(404)
    path = kept_releases.folder_of(home, one.release) / name
    if not path.is_file():
        abort(404, "ไฟล์ของชุดนี้ไม่อยู่ในที่เก็บแล้ว ให้แจ้งผู้ดูแลระบบนำกลับจากข้อมูลสำรอง")
    return given(path, one.release.name)


def _page(
    status: int = 200, *, release: FormErrors = form_errors.NONE, addendum: FormErrors = form_errors.NONE
) -> Response:
    """`release`, `addendum`: why the form of each was not taken."""
    state = _state()
    meeting = state.meeting
    where = partial(where_mended, meeting=meeting, kept=state.kept) if meeting else None
    return render(
        "packets/release.html",
        status,
        state=state,
        unmended=_by_code(state.errors),
        where=where,
        errors=release,
        addendum_errors=addendum,
        typed=request.form,
        chosen=request.form.getlist("override"),
        files={one.row: list(_files(one)) for one in state.every},
        moment=moment,
    )


def _state() -> State:
    home = current_home()
    meeting = packet_meeting.of_home(home)
    if meeting is None:
        return State(None)
    with reading(home.engine) as session:
        every = kept_releases.releases(session, meeting.key)
        kept = kept_meetings.meeting_of(session, meeting.key) is not None
        last = kept_releases.kept_release(session, meeting.key)
        changes = changes_since(home, session, kept_releases.last_addendum(session, last)) if last else ()
    return State(
        meeting,
        lint(examined(home, meeting)),
        _lies_there(home),
        _lies_there(for_committee(home)),
        kept,
        every[::-1],
        last,
        changes,
    )


def _lies_there(home: Home) -> bool:
    return needed_sheets.made_state(home) == needed_sheets.state(home)


def _hinders(state: State, codes: set[str], reason: str, *, committee: bool) -> FormErrors:
    """All that keeps this from being released."""
    fields = {}
    if left := sorted({one.code for one in state.errors} - codes):
        said = f"ยังมีข้อที่ต้องแก้ก่อนลงนาม {len(left)} ข้อ ให้แก้ หรือเลือกออกทั้งที่ยังไม่แก้พร้อมเหตุผล: {' '.join(left)}"
        fields["override"] = FieldError("ออกทั้งที่ยังไม่แก้", said)
    if codes and not says_something(reason):
        fields["reason"] = FieldError("เหตุผล", NOTHING_SAID.th)
    if committee and not state.copy:
        return FormErrors(fields, (_NOT_MADE,))
    due = len(assess.due(current_home()))
    told = f"ผู้สมัคร {due} รายเปลี่ยนไปหลังการตรวจ ให้ทำชุดเอกสารใหม่ก่อน ซึ่งตรวจให้ด้วย"
    return FormErrors(fields, (told,) if due else ())


def _whole(said: str) -> FormErrors:
    return FormErrors(whole=(said,))


def _told(one: Change) -> str:
    if one.key in current_scope().withheld:
        return "ผู้สมัครที่ท่านมีส่วนได้เสีย: มีรายการเปลี่ยน"
    number = f"แฟ้มที่ {one.dossier} " if one.dossier else ""
    return f"{number}{one.name}: {told(one).th}" if one.key else told(one).th


def _by_code(errors: Sequence[Found]) -> dict[str, str]:
    """What each code says, wherever it was found."""
    said: dict[str, list[str]] = {}
    for one in errors:
        said.setdefault(one.code, []).append(one.said.th)
    return {code: enumerated(texts) for code, texts in said.items()}


def _names(one: KeptRelease) -> list[str]:
    files = () if one.release.erased else one.release.files
    return [*(each.name for each in files), release_file.NAME]


def _files(one: KeptRelease) -> Iterator[tuple[str, str, str]]:
    """(name, what it is, how large) of each file."""
    sizes = {each.name: size(each.size) for each in one.release.files}
    for name in _names(one):
        yield name, released_files.told(name), sizes.get(name, "")


PAGE = Page(blueprint)
