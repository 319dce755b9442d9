"""What a home holds of a meeting, for the lint."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.model import Application, Gate, GateState
from mochocho.words.sentences import Sentence
from processing import codec
from processing.json_fields import readable
from processing.meetings import packet_meeting
from processing.meetings.meeting import Level, Meeting
from processing.releases.active_content import active_content
from processing.sittings.presented_units import settled_units
from processing.sittings.resolving import decided_by
from processing.standings.standing import states_of
from processing.tables import ApplicantRow, StandingRow
from reports.formats.garuda import garuda
from reports.lint.examined import Examined, ListedUnit
from reports.packet import needed_sheets
from reports.packet.assembly import occasion_of
from reports.view.arrange import TYPES
from reports.view.blocks import Form, Paper
from reports.view.letters.agenda import agenda
from reports.view.letters.convened import Convened
from reports.view.letters.covering_memo import covering_memo
from reports.view.letters.invitation import invitation
from reports.view.letters.reply_form import reply_form

PACKET = "เอกสารการประชุม"


def examined(home: Home, meeting: Meeting) -> Examined:
    """The meeting with its units; for the packet's meeting also what is printed of it."""
    with reading(home.engine) as session:
        units = _with_deciders(session, meeting, tuple(_units(session, meeting)))
    papers: tuple[Paper, ...] = ()
    older: tuple[str, ...] = ()
    if meeting == packet_meeting.of_home(home):
        papers = tuple(_papers(home, meeting, units))
        older = (PACKET,) if needed_sheets.made_state(home) not in ("", needed_sheets.state(home)) else ()
    acting = tuple(_acting(home, meeting))
    year, unfit = home.pack.fiscal_year_be, _unfit_garuda(home)
    return Examined(meeting, home.province, year, units, papers, older, acting, unfit)


def _unfit_garuda(home: Home) -> Sentence | None:
    try:
        garuda(home.settings.papers.garuda)
    except Terminal as error:
        return Sentence(error.th, error.en)
    return None


def _acting(home: Home, meeting: Meeting) -> Iterator[tuple[int, str]]:
    """What acts in the annexes' files; one that the store has lost is told when it is bound."""
    for annex in meeting.annexes:
        if home.store.has(annex.sha256):
            for one in active_content(home.store.path(annex.sha256), ".pdf"):
                yield annex.number, one.what


def _units(session: Session, meeting: Meeting) -> Iterator[ListedUnit]:
    """Who is presented, as `presented_units`."""
    query = (
        select(ApplicantRow.key, ApplicantRow.application, StandingRow.gates, StandingRow.unconfirmed)
        .join(StandingRow, StandingRow.assessment_id == ApplicantRow.assessment_id)
        .where(StandingRow.presented, readable(ApplicantRow.application))  # others wait, and are told of
        .order_by(ApplicantRow.key)
    )
    if meeting.level is Level.DISTRICT:
        query = query.where(ApplicantRow.district == meeting.district)
    at = list(Gate).index(Gate.DISTRICT)
    rows = session.execute(query).all()
    settled = settled_units(session, meeting, [row.key for row in rows])
    for key, stored, gates, unconfirmed in rows:
        passed = meeting.level is Level.DISTRICT or states_of(gates)[at] is GateState.PASSED
        if passed and key not in settled:
            yield _unit(codec.load(Application, stored), unconfirmed)


def _with_deciders(
    session: Session, meeting: Meeting, units: tuple[ListedUnit, ...]
) -> tuple[ListedUnit, ...]:
    decided = decided_by(session, meeting, [unit.key for unit in units])
    return tuple(replace(unit, took_part=decided.get(unit.key)) for unit in units)


def _unit(application: Application, unconfirmed: int) -> ListedUnit:
    a = application
    return ListedUnit(
        key=a.key,
        type=a.type,
        name=a.name,
        district=a.district,
        subdistrict=a.subdistrict_code,
        unconfirmed=unconfirmed,
        has_portrait=a.portrait is not None,
        photo=a.photo_consent,
        publication=a.publication_consent,
    )


def _papers(home: Home, meeting: Meeting, units: Sequence[ListedUnit]) -> Iterator[Paper]:
    """What is printed of the meeting before it: also the texts that the office did not type."""
    count, occasion = Counter(unit.type for unit in units), occasion_of(home)
    counts = {type_: count[type_] for type_ in TYPES}
    convened = Convened(meeting, occasion)
    yield invitation(convened)
    printed = agenda(occasion, counts)
    yield Paper("ระเบียบวาระการประชุม", Form.MEETING, printed.blocks, printed.title)
    yield reply_form(convened)
    yield covering_memo(convened, counts)
