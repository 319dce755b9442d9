"""ข้อความในหนังสือและวาระ: each text beside the sample's, the page that they make, kept as another version."""

import base64
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request, send_file, url_for
from PIL import Image
from sqlalchemy.orm import Session

from mochocho.app.portal.access import access_log
from mochocho.app.portal.access.signed_in import current_home, current_person, needs
from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.pages.texts.typed_texts import MOST_LETTERS, WHOLE, TextField, draft, fields
from mochocho.app.portal.portal_page import Page
from mochocho.app.portal.rendering import go_on, render
from mochocho.storage.db import reading
from mochocho.words.errors import MochochoError
from processing.meetings import kept
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Meeting
from processing.meetings.named_meeting import shown
from processing.meetings.passages import PAPERS, Written, fields_of
from processing.scope import Permission
from reports.previews import edited_papers
from reports.previews.edited_papers import AGENDA
from reports.single import editable_files

blueprint = Blueprint("texts", __name__, url_prefix="/packets/texts")
_AGENDA = "agenda"  # in addresses
_COLOURS = 32  # of a page's picture: letters and their edges
_TOO_MUCH = f"ข้อความรวมกันยาวเกิน {MOST_LETTERS:,} ตัวอักษร จึงไม่แสดงตัวอย่าง ให้ตัดให้สั้นลง"


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page of the paper: its picture as an address and its size, its number from 1, how many there are.

    `wrong`: why there is no picture, in Thai.
    """

    picture: str = ""
    size: tuple[int, int] = (0, 0)
    number: int = 1
    count: int = 1
    wrong: str = ""


@blueprint.get("")
@needs(Permission.LONG_WORK)
def index() -> Response:
    """Every kept meeting with its papers."""
    home = current_home()
    with reading(home.engine) as session:
        every = kept.meetings(session)
    listed = [
        (one, shown(home, one), [_named(paper) for paper in edited_papers.papers_of(one)]) for one in every
    ]
    return render("texts/papers.html", every=listed[::-1])


@blueprint.get("/<paper>/<path:key>")
@needs(Permission.LONG_WORK)
def editor(paper: str, key: str) -> Response:
    """The texts of one paper, and its first page."""
    meeting, version = _known(key)
    return _page(meeting, version, _paper(meeting, paper))


@blueprint.post("/<paper>/<path:key>")
@needs(Permission.LONG_WORK)
def edit(paper: str, key: str) -> Response:
    """Show what was typed as a page, with one text as in the sample where that was asked; or keep it all."""
    meeting, version = _known(key)
    which = _paper(meeting, paper)
    if request.form.get("do") != "save":
        return _page(meeting, version, which)
    told = _fields(meeting, which)
    if any(one.wrong for one in told):
        return _page(meeting, version, which, 422)
    new = draft(meeting, which, told)
    based_on = request.form.get("version", type=int, default=-1)

    def logged(session: Session, now_kept: int) -> None:
        told = f"แก้ข้อความใน{_named(which)[1]} เป็นฉบับที่ {now_kept}"
        access_log.note_beside(session, "meeting", key, told)

    try:
        now_kept = meeting_files.keep(
            current_home(), new, current_person().name, based_on=based_on, beside=logged
        )
    except meeting_files.WrongMeeting as wrong:
        parts = tuple(f"{one.heading}: {one.said.th}" for one in wrong.parts)
        return _page(meeting, version, which, 422, parts)
    except kept.Overtaken as error:
        why = f"{error.by} บันทึกการประชุมนี้ไว้หลังจากที่ท่านเปิดหน้านี้ ข้อความที่ต่างกันแสดงไว้ทั้งสองแบบ ให้ตรวจแล้วบันทึกอีกครั้ง"
        return _page(*_known(key), which, 409, (why,))
    said = f"บันทึกข้อความใน{_named(which)[1]}แล้ว เป็นฉบับที่ {now_kept}"
    return go_on(url_for("texts.editor", paper=paper, key=key), said)


@blueprint.get("/word/<paper>/<path:key>")
@needs(Permission.LONG_WORK)
def word(paper: str, key: str) -> Response:
    """The paper as a Word file, as the meeting has it, logged before it goes."""
    meeting, version = _known(key)
    which = _paper(meeting, paper)
    if not edited_papers.in_word(which):
        abort(404)
    try:
        name, content = edited_papers.word_file(current_home(), meeting, which)
    except MochochoError as error:
        return _page(meeting, version, which, 422, (error.th,))
    access_log.note("letter", hashlib.sha256(content).hexdigest(), f"{name} การประชุม {key}")
    return send_file(io.BytesIO(content), editable_files.MIMETYPE, True, name)


def _page(
    meeting: Meeting, version: int, paper: Written | None, status: int = 200, why: tuple[str, ...] = ()
) -> Response:
    """`why`: what is wrong in no one field."""
    told = _fields(meeting, paper)
    wrong = {f"f-{one.name}": FieldError(one.label, one.wrong) for one in told if one.wrong}
    return render(
        "texts/editor.html",
        status,
        meeting=meeting,
        shown=shown(current_home(), meeting),
        version=version,
        address=_named(paper)[0],
        title=_named(paper)[1],
        fields=told,
        whole=[one.name for one in told] == [WHOLE],
        now=status == 409,
        errors=FormErrors(wrong, why),
        refused=status != 200,
        places=fields_of(paper),
        in_word=edited_papers.in_word(paper),
        page=_looked_at(meeting, paper, told),
    )


def _fields(meeting: Meeting, paper: Written | None) -> list[TextField]:
    """The fields with what was typed; the one that is to be as in the sample has lost it."""
    form = request.form.to_dict()
    form[form.get("standard", "")] = ""
    return fields(meeting, paper, edited_papers.standard_texts(current_home(), meeting, paper), form)


def _looked_at(meeting: Meeting, paper: Written | None, told: Sequence[TextField]) -> PageShown:
    if sum(len(one.typed) for one in told) > MOST_LETTERS:
        return PageShown(wrong=_TOO_MUCH)
    try:
        made = edited_papers.pages(current_home(), draft(meeting, paper, told), paper)
    except MochochoError as error:
        return PageShown(wrong=error.th)
    asked = request.form.get("page") or request.form.get("at") or "1"
    number = min(max(int(asked) if asked.isdecimal() else 1, 1), len(made))
    small, size = _smaller(made[number - 1])
    # Inside the page: nothing of a draft lies anywhere, to be fetched or left over.
    address = f"data:image/png;base64,{base64.b64encode(small).decode()}"
    return PageShown(address, size, number, len(made))


def _smaller(png: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture in few colours, and how large it is."""
    small = io.BytesIO()
    with Image.open(io.BytesIO(png)) as drawn:
        drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(small, "PNG")
        return small.getvalue(), drawn.size


def _known(key: str) -> tuple[Meeting, int]:
    with reading(current_home().engine) as session:
        found, version = kept.meeting_of(session, key), kept.version_of(session, key)
    if found is None:
        abort(404)
    return found, version


def _paper(meeting: Meeting, name: str) -> Written | None:
    found = {_named(one)[0]: one for one in edited_papers.papers_of(meeting)}
    if name not in found:
        abort(404)
    return found[name]


def _named(paper: Written | None) -> tuple[str, str]:
    """How addresses and people call it."""
    return (_AGENDA, "ระเบียบวาระการประชุม") if paper is AGENDA else (paper.value, PAPERS[paper])


PAGE = Page(blueprint)
