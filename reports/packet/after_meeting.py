"""Every paper after a meeting, as PDFs in a folder (rules.md 30, 34, 50, and J)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from mochocho.storage.db import reading
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import ApplicantType, Knowledge
from processing.certificates.given import Given, revoked_of
from processing.meetings.meeting import Meeting
from processing.sittings.presented_units import presented_units
from processing.sittings.resolving import decided_by
from reports.lists import results_sheet
from reports.lists.district_results import district_units
from reports.lists.year_results import YearResults, year_results
from reports.packet.assembly import convened, sitting
from reports.single import certificates_paper, letter_pages
from reports.view.after.announcement import LIST, announcement
from reports.view.after.announcement import TITLE as ANNOUNCEMENT
from reports.view.after.knowledge_booklet import Recorded, booklet
from reports.view.after.minutes import TITLE as MINUTES
from reports.view.after.minutes import minutes
from reports.view.after.resolved_units import ResolvedUnit, by_type, of_meeting
from reports.view.after.results_letters import TO_DISTRICT, TO_UNIT, district_letters, unit_letters
from reports.view.after.results_report import (
    OUTSTANDING,
    REPORT,
    STATISTICS,
    outstanding_list,
    results_report,
    statistics,
)
from reports.view.after.revocations import (
    ANNOUNCED,
    TO_HOLDER,
    Revoked,
    announcement_of_revoked,
    letters_to_holders,
)
from reports.view.after.unbroken_names import unbroken_names
from reports.view.arrange import TYPES, district_order
from reports.view.blocks import Paper
from reports.view.letters.agenda import agenda
from reports.view.letters.convened import Convened
from reports.view.letters.district_agenda import district_agenda
from reports.view.printed_words import TYPE
from reports.wording import RESULTS_LETTERS, REVOCATION, read_wording
from reports.wording.own_wording import in_own_words
from reports.wording.wordings import ResultsLetters, Revocation

IN_WORD = (  # their names
    MINUTES,
    ANNOUNCEMENT,
    LIST,
    TO_DISTRICT,
    TO_UNIT,
    TO_HOLDER,
    ANNOUNCED,
    REPORT,
    OUTSTANDING,
    STATISTICS,
)


def write(
    home: Home,
    meeting: Meeting,
    folder: Path,
    announced: date | None = None,
    year: YearResults | None = None,
) -> Iterator[Path]:
    """Write each paper, and the results as Excel, yielding its file; of a district's committee the minutes.

    `announced`: the day of the announcement, None = dots. `year`: as read already, in the meeting's order.

    Certificates are of those that stand and that this meeting certified. Raises Terminal for a font or a
    wording that cannot be used.
    """
    c = convened(home, meeting)
    private_dir(folder)
    if not c.provincial:
        yield _written(folder / "minutes.pdf", district_minutes_pdf(home, meeting))
        return
    year = year or results(home, meeting)
    units, districts = year.units, _districts(home, meeting)
    kept = tuple(unbroken_names(c, units))
    for name, some in _papers(home, c, year, districts, announced):
        yield _written(folder / f"{name}.pdf", letter_pages.pdf(home, some, kept))
    results_sheet.write(folder / "results.xlsx", units)
    yield folder / "results.xlsx"
    counts = statistics(c, units, districts, year.former)
    yield _written(folder / "statistics.pdf", letter_pages.pdf(home, [counts], kept))
    yield _written(
        folder / "knowledge.pdf", letter_pages.pdf(home, booklet(c, _recorded(year.knowledge, units)), kept)
    )
    keys = {unit.key for unit in of_meeting(units, meeting.number)}
    if own := [one for one in year.standing if one.applicant_key in keys]:
        yield _written(folder / "certificates.pdf", certificates_paper.pdf(home, own))


def papers(
    home: Home, meeting: Meeting, announced: date | None = None, year: YearResults | None = None
) -> tuple[Paper, ...]:
    """The same papers but the booklet and the certificates, for Word. Raises Terminal as `write`."""
    c = convened(home, meeting)
    if not c.provincial:
        return (_of_district(home, c, _district_units(home, c)),)
    year = year or results(home, meeting)
    districts = _districts(home, meeting)
    made = _papers(home, c, year, districts, announced)
    return (
        *(paper for _, some in made for paper in some),
        statistics(c, year.units, districts, year.former),
    )


def district_minutes_pdf(home: Home, meeting: Meeting) -> bytes:
    """The minutes of a district's committee. Raises Terminal for a font that cannot be used."""
    c = convened(home, meeting)
    units = _district_units(home, c)
    return letter_pages.pdf(home, [_of_district(home, c, units)], tuple(unbroken_names(c, units)))


def results(home: Home, meeting: Meeting) -> YearResults:
    """What the year came to, in the meeting's order of districts."""
    return year_results(home, _order(home, meeting))


def _order(home: Home, meeting: Meeting) -> Sequence[tuple[str, str]]:
    return district_order(home.province, meeting.schedule.order or home.settings.presentation_order)


def _districts(home: Home, meeting: Meeting) -> Sequence[str]:
    return [name for name, _ in _order(home, meeting)]


def _district_units(home: Home, c: Convened) -> Sequence[ResolvedUnit]:
    district = home.province.district(c.meeting.district)
    return district_units(home, district) if district else []


def _of_district(home: Home, c: Convened, units: Sequence[ResolvedUnit]) -> Paper:
    """The minutes of a district's committee; its agenda counts all applicants of the district."""
    own = of_meeting(units, c.meeting.number)
    return minutes(c, district_agenda(c, by_type(units)).blocks, _with_deciders(home, c, own))


def _with_deciders(home: Home, c: Convened, own: Sequence[ResolvedUnit]) -> list[ResolvedUnit]:
    """The units that a meeting resolved, each with how many members decided about it."""
    with reading(home.engine) as session:
        decided = decided_by(session, c.meeting, [unit.key for unit in own])
    return [replace(unit, took_part=decided.get(unit.key)) for unit in own]


def _papers(
    home: Home, c: Convened, year: YearResults, districts: Sequence[str], announced: date | None
) -> Iterator[tuple[str, Sequence[Paper]]]:
    """Each file's name with its papers."""
    units = year.units
    own = of_meeting(units, c.meeting.number)
    before = _before(home, c.meeting, own)
    held = replace(c.occasion, meeting=c.meeting, sitting=sitting(c.meeting))
    yield "minutes", [minutes(c, agenda(held, before).blocks, _with_deciders(home, c, own))]
    yield "announcement", announcement(c, own, announced)
    wording = in_own_words(
        read_wording.read(ResultsLetters, RESULTS_LETTERS, home.settings.papers.wording), c.meeting.texts
    )
    if letters := [paper for _, paper in district_letters(c, own, wording)]:
        yield "letters-to-districts", letters
    if letters := [paper for _, paper in unit_letters(c, own, wording)]:
        yield "letters-to-units", letters
    if given := revoked_of(year.given, c.meeting.number):
        revoked = _revoked(given, units)
        said = read_wording.read(Revocation, REVOCATION, home.settings.papers.wording)
        yield "letters-of-revocation", [*letters_to_holders(c, revoked, said)]
        yield "announcement-of-revocation", [announcement_of_revoked(c, revoked, said)]
    yield "results", [results_report(c, units, districts)]
    yield "outstanding-selection", [outstanding_list(c, units)]


def _before(home: Home, meeting: Meeting, own: Sequence[ResolvedUnit]) -> Mapping[ApplicantType, int]:
    """How many lay before the meeting, as its agenda said, though it may not have resolved about each: and
    whoever it resolved about all the same.
    """
    with reading(home.engine) as session:
        lay = {one.key: one.type for those in presented_units(session, meeting).values() for one in those}
    types = Counter((lay | {unit.key: unit.type for unit in own}).values())
    return {type_: types[type_] for type_ in TYPES}


def _revoked(given: Sequence[Given], units: Sequence[ResolvedUnit]) -> list[Revoked]:
    """Who was set aside is not named to everybody."""
    named = {unit.key for unit in units if unit.published}
    return [Revoked(one.certificate, one.why, one.applicant_key in named) for one in given]


def _recorded(records: Sequence[Knowledge], units: Sequence[ResolvedUnit]) -> list[Recorded]:
    """The records of who was not set aside and may be named, in the order of the units."""
    by_key = {unit.key: (place, unit) for place, unit in enumerate(units) if unit.published}
    found = [(by_key[one.applicant_key], one) for one in records if one.applicant_key in by_key]
    found.sort(key=lambda pair: (pair[0][0], thai.sort_key(pair[1].title), pair[1].root_id))
    return [Recorded(one, unit.name, TYPE[unit.type], unit.district) for (_, unit), one in found]


def _written(path: Path, pdf: bytes) -> Path:
    write_file(path, pdf)
    return path
