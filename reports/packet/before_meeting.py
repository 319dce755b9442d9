"""Every paper before a meeting, as PDFs in a folder (rules.md 24, 31, 42, 53)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mochocho.settings.config import DUE_TH
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.model import Application
from processing.assessment import cases
from processing.meetings.meeting import Meeting
from reports.packet.assembly import convened
from reports.single import disagreements_paper, letter_pages
from reports.view.applicant_names import name_of, place_line
from reports.view.arrange import TYPES, Entry, district_order, place
from reports.view.blocks import Paper
from reports.view.letters.appointing_order import appointing_order, districts_order
from reports.view.letters.attendance_sheet import attendance_sheet
from reports.view.letters.convened import Convened
from reports.view.letters.covering_memo import covering_memo
from reports.view.letters.district_agenda import district_agenda
from reports.view.letters.hand_score_sheet import Examined, hand_score_sheet
from reports.view.letters.invitation import invitation, invitation_of_members
from reports.view.letters.opening_circular import Deadline, opening_circular
from reports.view.letters.reply_form import reply_form
from reports.view.letters.reply_tally import reply_tally

DISAGREEMENTS = "disagreements.pdf"


@dataclass(frozen=True, slots=True)
class _Unit:
    """An applicant that the meeting has before it."""

    entry: Entry
    who: Examined


def write(home: Home, meeting: Meeting, folder: Path) -> Iterator[Path]:
    """Write each paper, yielding its file: letters, orders, forms, and score sheets of each district.

    Raises Terminal when the office's font is missing, or the order of districts names one that is not there.
    """
    c = convened(home, meeting)
    order = district_order(home.province, meeting.schedule.order or home.settings.presentation_order)
    units = sorted(_units(home, c), key=lambda unit: place(unit.entry))
    kept = tuple(kept_whole(c))
    private_dir(folder)
    for name, paper in _papers(home, c, order, units):
        yield _written(folder / f"{name}.pdf", letter_pages.pdf(home, [paper], kept))
    for code in (*(code for _, code in order), ""):
        if own := [one for one in units if _district(one, order) == code]:
            sheets = [hand_score_sheet(c, one.who, home.pack) for one in own]
            path = folder / f"score-sheets-{code or 'elsewhere'}.pdf"
            yield _written(path, letter_pages.pdf(home, sheets, kept))
    if c.provincial:
        disagreements_paper.write(home, folder / DISAGREEMENTS, meeting)
        yield folder / DISAGREEMENTS


def papers(home: Home, meeting: Meeting) -> tuple[Paper, ...]:
    """The same papers but the score sheets and the disagreements, for Word. Raises Terminal as `write`."""
    c = convened(home, meeting)
    order = district_order(home.province, meeting.schedule.order or home.settings.presentation_order)
    return tuple(paper for _, paper in _papers(home, c, order, tuple(_units(home, c))))


def _written(path: Path, pdf: bytes) -> Path:
    write_file(path, pdf)
    return path


def _district(unit: _Unit, order: Sequence[tuple[str, str]]) -> str:
    """The code of its district; "" where that is none of the province's."""
    return unit.entry.district if unit.entry.district in {code for _, code in order} else ""


def _papers(
    home: Home, c: Convened, order: Sequence[tuple[str, str]], units: Sequence[_Unit]
) -> Iterator[tuple[str, Paper]]:
    """Each paper but the score sheets, by the name of its file."""
    if c.provincial:
        yield "opening-circular", opening_circular(c, deadlines(home))
    counts = {t: sum(one.entry.type is t for one in units) for t in TYPES}
    yield "memo", covering_memo(c, counts)
    yield "invitation", invitation(c)
    if c.provincial:
        yield "invitation-of-members", invitation_of_members(c)
    else:
        yield "agenda", district_agenda(c, counts)
    yield "committee-order", appointing_order(c)
    if c.provincial:
        yield "district-committees-order", districts_order(c)
    yield "reply-form", reply_form(c)
    members = [one.person.name for one in c.meeting.composition]
    yield "reply-tally", reply_tally(c, [f"อำเภอ{name}" for name, _ in order] if c.provincial else members)
    yield "attendance-sheet", attendance_sheet(c)


def deadlines(home: Home) -> list[Deadline]:
    """The rounds whose days are set; where none is, all of them, to be filled in."""
    terms = home.settings.calendar.terms
    if not terms:
        return [Deadline(title) for title in DUE_TH.values()]
    return [
        Deadline(title, terms[name].first, terms[name].due) for name, title in DUE_TH.items() if name in terms
    ]


def _units(home: Home, c: Convened) -> Iterator[_Unit]:
    """Those of the meeting's district; of the province, those that passed their district's committee. None
    that an earlier meeting has settled.
    """
    with cases.opened(home) as casebook:
        for case in casebook.each(None if c.provincial else [c.meeting.district]):
            entry = Entry.of(case, c.meeting)
            if not entry.settled and (
                entry.passed if c.provincial else case.assessment.not_presented is None
            ):
                yield _Unit(entry, _examined(home, case.application, c))


def _examined(home: Home, application: Application, c: Convened) -> Examined:
    words, district = c.occasion.words, home.province.district(application.district)
    where = (place_line(application, words), f"อำเภอ{district.name_th}" if district else "")
    name = name_of(application, words).text
    return Examined(application.key, application.type, name, " ".join(filter(None, where)))


def kept_whole(c: Convened) -> Iterator[str]:
    """People's names by their parts, and the telephone, as they are printed."""
    m, words = c.meeting, c.occasion.words
    people = [who.name for one in m.members for who in (one.person, one.substitute) if who]
    people += [who.name for one in m.replies for who in (one.person, one.substitute) if who]
    for name in (*people, m.contact.name, m.signatory.name, m.memo_by.name):
        yield from words.text(name).split(" ")
    yield words.text(m.contact.telephone)
