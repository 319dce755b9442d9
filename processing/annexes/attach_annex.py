"""Binds annexes to a meeting: a file goes into the store, and the meeting is kept with it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mochocho.storage.home import Home
from processing.annexes import annex_pdf
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Annex, Meeting

TITLES = {
    1: "หลักเกณฑ์การประเมินผล",
    2: "คำสั่งแต่งตั้งคณะกรรมการระดับจังหวัด",
    3: "คำสั่งแต่งตั้งคณะกรรมการระดับอำเภอ",
}  # as source 004 cites them


def attach(
    home: Home, meeting: Meeting, number: int, path: Path, title: str, by: str, *, based_on: int | None = None
) -> Annex:
    """Put this PDF in place of the meeting's annex of this number; `title` "" = the sample's, or as before.

    `based_on`: as of `kept.keep`. Raises BadInput, annex.* or WrongMeeting, with what to do, and
    kept.Overtaken; nothing is kept then.
    """
    content, pages = annex_pdf.pages_only(path)
    before = next((one for one in meeting.annexes if one.number == number), None)
    named = title or (before.title if before else TITLES.get(number, ""))
    annex = Annex(number, named, home.store.put(content), pages)
    others = [one for one in meeting.annexes if one.number != number]
    _keep(home, meeting, (*others, annex), by, based_on)
    return annex


def entitle(home: Home, meeting: Meeting, number: int, title: str, by: str, *, based_on: int) -> None:
    """Give the annex of this number another title. Raises as `attach`."""
    annexes = [replace(one, title=title) if one.number == number else one for one in meeting.annexes]
    _keep(home, meeting, annexes, by, based_on)


def detach(home: Home, meeting: Meeting, number: int, by: str, *, based_on: int) -> None:
    """Take the annex of this number out of the meeting; its file stays in the store. Raises as `attach`."""
    _keep(home, meeting, [one for one in meeting.annexes if one.number != number], by, based_on)


def _keep(home: Home, meeting: Meeting, annexes: Iterable[Annex], by: str, based_on: int | None) -> None:
    changed = replace(meeting, annexes=tuple(sorted(annexes, key=lambda one: one.number)))
    meeting_files.keep(home, changed, by, based_on=based_on)
