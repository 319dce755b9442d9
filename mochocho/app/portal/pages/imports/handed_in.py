"""A file that was handed in: what it would change at once, or, of a long one, as work that can be left."""

from collections.abc import Collection

from flask import Response, abort, request, url_for

from mochocho.app.asked_work import asked_works, offered_files
from mochocho.app.asked_work.asked_works import Kind, Offer, State, Work
from mochocho.app.asked_work.previews import preview
from mochocho.app.asked_work.previews.preview import Preview
from mochocho.app.asked_work.previews.preview_kinds import PREVIEWS, looked_at
from mochocho.app.portal import form_errors
from mochocho.app.portal.access.signed_in import current_home, current_person, now, wants_fragment
from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.app.portal.pages.packets.packets_page import begin
from mochocho.app.portal.rendering import go_on, render
from mochocho.app.portal.sent_file import sent_file
from mochocho.excel.row_counts import is_longer
from mochocho.storage.db import reading
from mochocho.words.days import moment
from mochocho.words.errors import BadInput, Transient
from processing.decisions import recorded

_FOUND_AGAIN = 5  # pieces of work, the newest
_GONE = "ไม่พบไฟล์ที่แสดงไว้แล้ว ให้ส่งไฟล์อีกครั้ง"
_CUT_OFF = "โปรแกรมที่ตรวจไฟล์หยุดไปก่อนเสร็จ ให้ส่งไฟล์อีกครั้ง"


def look(kind: str, page: str) -> tuple[Preview, int] | Response:
    """What the form's file would change, with the number of the last decision before it was read; of a long
    one the way to `page`, which shows the work of this number.
    """
    home, known = current_home(), PREVIEWS[kind]
    try:
        with sent_file() as sent:
            if sent is None or sent.suffix not in known.endings:
                return preview.refused(f"ให้เลือกไฟล์ {' หรือ '.join(known.endings)}"), 0
            with reading(home.engine) as session:
                shown = recorded.last_number(session)
            name = offered_files.keep(home, sent.read_bytes(), sent.suffix)
    except (BadInput, Transient) as error:
        return preview.refused(error.th), 0
    path = offered_files.path_of(home, name)
    if is_longer(path, known.at_once):
        number, _ = begin(Kind.PREVIEW, str(Offer(kind, name, shown)))
        return go_on(url_for(page, number=number))
    return looked_at(kind, home, path, current_person().name), shown


def work_of(number: int, kinds: Collection[str]) -> tuple[Work, Offer]:
    """The preview of this number; 404 where there is none of these kinds."""
    with reading(current_home().engine) as session:
        work = asked_works.numbered(session, number, now())
    if work is None or work.kind is not Kind.PREVIEW or (offer := Offer.of(work.about)).kind not in kinds:
        abort(404)
    return work, offer


def waits(work: Work, back: str) -> Response:
    """The page on which somebody may wait for it; `back`: where the file was handed in."""
    what = PREVIEWS[Offer.of(work.about).kind].th
    response = render("imports/looking.html", work=work, what=what, back=back, moment=moment)
    if wants_fragment():
        response.add_etag()
        response.make_conditional(request)
    return response


def found(work: Work) -> Preview:
    """What it ended with."""
    if work.state is State.DONE:
        kept = offered_files.preview_of(current_home(), work.number)
        return preview.read(kept) if kept else preview.refused(_GONE)
    return preview.refused(_CUT_OFF if work.state is State.CUT_OFF else work.said)


def left(kinds: Collection[str]) -> list[tuple[Work, str]]:
    """The newest previews of these kinds, for whoever left one; each with when it was asked for."""
    with reading(current_home().engine) as session:
        works = asked_works.previews(session, now(), kinds, _FOUND_AGAIN)
    return [(one, moment(one.asked_at)) for one in works]


def errors(found: Preview, field: str, words: str) -> FormErrors:
    """Why a file is not taken, at the field that it was chosen in, with each mistake."""
    if not found.refused:
        return form_errors.NONE
    return FormErrors({field: FieldError(words, found.refused)}, tuple(found.mistakes))
