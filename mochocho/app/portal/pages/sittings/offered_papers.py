"""The papers of a meeting that its page offers, and of what each is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.certificates.given import register, revoked_of
from processing.meetings.meeting import Level, Meeting
from reports.districts.results_paper import results_paper, results_pdf
from reports.packet import after_meeting
from reports.packet.assembly import convened
from reports.view.after.announcement import LIST
from reports.view.after.announcement import TITLE as ANNOUNCEMENT
from reports.view.after.minutes import TITLE as MINUTES
from reports.view.after.results_letters import TO_DISTRICT, TO_UNIT
from reports.view.after.results_report import OUTSTANDING, REPORT, STATISTICS
from reports.view.after.revocations import ANNOUNCED, TO_HOLDER
from reports.view.blocks import Paper
from reports.view.districts.results_summary import TITLE as SUMMARY
from reports.view.letters import attendance_sheet, reply_form


@dataclass(frozen=True, slots=True)
class Offered:
    """A paper, or several of one kind. `papers`: for Word, of a meeting on a day; `pdf`: the same as pages,
    None = by command only. `assessed`: it tells of resolutions what assessments have read of them.
    """

    title: str
    papers: Callable[[Home, Meeting, date], Sequence[Paper]]
    pdf: Callable[[Home, Meeting, date], bytes] | None = None
    assessed: bool = False


def offered(home: Home, meeting: Meeting) -> Mapping[str, Offered]:
    """By the name in addresses; papers that tell results only once the meeting was held, those of revoked
    certificates where there are any.
    """
    if meeting.held is None:
        return _BEFORE
    if meeting.level is Level.DISTRICT:
        return _BEFORE | _OF_DISTRICT
    with reading(home.engine) as session:
        any_revoked = revoked_of(register(home, session), meeting.number)
    return _BEFORE | _OF_PROVINCE | (_OF_REVOKED if any_revoked else {})


def _after(title: str, *names: str) -> Offered:
    """Those of the papers after a meeting that have one of these names."""
    named = names or (title,)

    def papers(home: Home, meeting: Meeting, _: date) -> Sequence[Paper]:
        return [one for one in after_meeting.papers(home, meeting) if one.name in named]

    return Offered(title, papers, assessed=True)


_BEFORE = {
    "reply-form": Offered(
        reply_form.TITLE, lambda home, meeting, _: [reply_form.reply_form(convened(home, meeting))]
    ),
    "attendance-sheet": Offered(
        attendance_sheet.TITLE,
        lambda home, meeting, _: [attendance_sheet.attendance_sheet(convened(home, meeting))],
    ),
}
_OF_PROVINCE = {
    "minutes": _after(MINUTES),
    "announcement": _after(ANNOUNCEMENT, ANNOUNCEMENT, LIST),
    "letters-to-districts": _after(TO_DISTRICT),
    "letters-to-units": _after(TO_UNIT),
    "report": _after(REPORT),
    "statistics": _after(STATISTICS),
    "outstanding-selection": _after(OUTSTANDING),
}
_OF_REVOKED = {
    "letters-of-revocation": _after(TO_HOLDER),
    "announcement-of-revocation": _after(ANNOUNCED),
}
_OF_DISTRICT = {
    "minutes": Offered(
        MINUTES,
        lambda home, meeting, _: after_meeting.papers(home, meeting),
        lambda home, meeting, _: after_meeting.district_minutes_pdf(home, meeting),
    ),
    "results": Offered(
        SUMMARY,
        lambda home, meeting, day: [results_paper(home, meeting.district, day)],
        lambda home, meeting, day: results_pdf(home, meeting.district, day),
    ),
}
