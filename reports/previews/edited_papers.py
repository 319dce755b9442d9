"""The papers whose texts an office edits: their standard words, and their pages as a draft prints them."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from mochocho.words.model import ApplicantType, Gate
from processing.meetings.filled_places import named
from processing.meetings.meeting import Level, Meeting
from processing.meetings.passages import TITLES, Passage, Written
from processing.sittings.presented_units import presented_units
from processing.standings import standing_counts
from reports.packet.assembly import convened, sitting
from reports.packet.before_meeting import deadlines, kept_whole
from reports.previews.sample_results import RESULTS_TOLD, sample_certificates, sample_letter
from reports.single import certificates_paper, editable_files, letter_pages, small_paper
from reports.view.after.announcement import announcement_text
from reports.view.arrange import TYPES
from reports.view.blocks import Paper
from reports.view.letters.agenda import agenda, counted
from reports.view.letters.agenda import standard_items as of_the_province
from reports.view.letters.appointing_order import appointing_order
from reports.view.letters.convened import Convened
from reports.view.letters.covering_memo import covering_memo
from reports.view.letters.district_agenda import district_agenda
from reports.view.letters.district_agenda import standard_items as of_the_district
from reports.view.letters.invitation import invitation, invitation_of_members
from reports.view.letters.opening_circular import opening_circular
from reports.view.letters.standard_texts import standard, values_of
from reports.view.printed_words import Words
from reports.wording import RESULTS_LETTERS, read_wording
from reports.wording.own_wording import in_own_words, said_in
from reports.wording.wordings import ResultsLetters

AGENDA = None  # beside the letters of `Written`: it has items, not passages
PATIENCE_SECONDS = 10.0  # for those who asked before
_OF_DISTRICTS = (Written.INVITATION, Written.MEMO, Written.ORDER)
_IN_AGENDA = ("โครงการ", "คณะกรรมการ", "ครั้งที่", "หน่วยงาน", "จำนวนหน่วยงาน")
_turn = threading.Lock()  # typesetting takes a processor and some memory: one at a time


@dataclass(frozen=True, slots=True)
class StandardText:
    """A text as the sample has it. `key`: a passage's value, or the number of an item of the agenda.

    `title`: what the passage is called, or the item; `paragraphs`: with places to fill in.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...]


def papers_of(meeting: Meeting) -> tuple[Written | None, ...]:
    """The papers of this meeting that have texts to edit."""
    return (AGENDA, *(Written if meeting.level is Level.PROVINCE else _OF_DISTRICTS))


def standard_texts(home: Home, meeting: Meeting, paper: Written | None) -> list[StandardText]:
    """Every text of a paper, in the order in which they are printed. Raises Terminal for a wording's file."""
    if paper is AGENDA:
        return list(_of_agenda(home, meeting))
    said = _standard_of(home, meeting, paper)
    return [StandardText(one.value, TITLES[one], said(one)) for one in Passage if one.paper is paper]


def pages(home: Home, draft: Meeting, paper: Written | None) -> list[bytes]:
    """The pages of a paper as the draft would print them (PNG). Nothing is kept.

    Raises Terminal for a font or a wording's file, Transient where others ask for as much at the same time.
    """
    if not _turn.acquire(timeout=PATIENCE_SECONDS):
        raise Transient(
            "มีผู้อื่นกำลังดูตัวอย่างอยู่ ให้รอสักครู่แล้วกดดูตัวอย่างอีกครั้ง",
            "others are looking at pages; wait a moment and ask again",
        )
    try:
        return _pages(home, draft, paper)
    finally:
        _turn.release()


def in_word(paper: Written | None) -> bool:
    """Whether this paper can be had as one Word file: letters with results are many, certificates none."""
    return paper not in (*RESULTS_TOLD, Written.CERTIFICATE)


def word_file(home: Home, meeting: Meeting, paper: Written | None) -> tuple[str, bytes]:
    """A file name and the paper as DOCX, as the meeting has it. Raises Terminal for an office's template."""
    c = _convened(home, meeting)
    counts = _counts(home, meeting, _before(paper))
    provincial_agenda = paper is AGENDA and c.provincial
    made = agenda(c.occasion, counts) if provincial_agenda else _letter(home, c, paper, counts)
    return editable_files.file_name(made), editable_files.one_file(home.settings.papers, made)


def _before(paper: Written | None) -> Gate:
    """Who passed this gate is counted in a paper."""
    return Gate.PROVINCE if paper is Written.ANNOUNCEMENT else Gate.DISTRICT


def _standard_of(home: Home, meeting: Meeting, paper: Written) -> Callable[[Passage], tuple[str, ...]]:
    if paper is Written.CERTIFICATE:
        certificate = certificates_paper.wording_of(home)
        return lambda passage: said_in(certificate, passage)
    if paper in RESULTS_TOLD:
        letters = read_wording.read(ResultsLetters, RESULTS_LETTERS, home.settings.papers.wording)
        return lambda passage: said_in(letters, passage)
    provincial = meeting.level is Level.PROVINCE
    return lambda passage: (standard(passage, provincial=provincial),)


def _pages(home: Home, draft: Meeting, paper: Written | None) -> list[bytes]:
    c = _convened(home, draft)
    if paper is Written.CERTIFICATE:
        return certificates_paper.pictures(home, draft, sample_certificates(c))
    counts = _counts(home, draft, _before(paper))
    if paper is AGENDA and c.provincial:
        return small_paper.pictures(home, "agenda", agenda(c.occasion, counts))
    return letter_pages.pictures(home, _letter(home, c, paper, counts), kept_whole(c))


def _letter(home: Home, c: Convened, paper: Written | None, counts: Mapping[ApplicantType, int]) -> Paper:
    match paper:
        case Written.INVITATION:
            return invitation(c)
        case Written.MEMBERS:
            return invitation_of_members(c)
        case Written.CIRCULAR:
            return opening_circular(c, deadlines(home))
        case Written.MEMO:
            return covering_memo(c, counts)
        case Written.ORDER:
            return appointing_order(c)
        case Written.ANNOUNCEMENT:
            return announcement_text(c, counts, None)
        case None:
            return district_agenda(c, counts)
    wording = read_wording.read(ResultsLetters, RESULTS_LETTERS, home.settings.papers.wording)
    return sample_letter(c, in_own_words(wording, c.meeting.texts), paper)


def _convened(home: Home, meeting: Meeting) -> Convened:
    """The meeting as its agenda has it: also where the packet is for another."""
    found = convened(home, meeting)
    if not found.provincial:
        return found
    committee = meeting.committee or found.occasion.provincial_committee
    held = replace(found.occasion, meeting=meeting, sitting=sitting(meeting), provincial_committee=committee)
    return replace(found, occasion=held)


def _counts(home: Home, meeting: Meeting, gate: Gate) -> dict[ApplicantType, int]:
    """Units before the meeting, by type, as its papers count them; those that passed the province's gate."""
    found = Counter[ApplicantType]()
    with reading(home.engine) as session:
        if gate is Gate.DISTRICT:
            units = chain.from_iterable(presented_units(session, meeting).values())
            found.update(unit.type for unit in units)
        else:
            for (_, type_), tally in standing_counts.count(session).by_place.items():
                found[type_] += tally.passed[gate]
    return {type_: found[type_] for type_ in TYPES}


def _of_agenda(home: Home, meeting: Meeting) -> Iterator[StandardText]:
    found = _convened(home, meeting)
    c = replace(found, occasion=replace(found.occasion, words=Words(False)))  # as screens write numbers
    counts = _counts(home, meeting, Gate.DISTRICT)
    every = values_of(c) | counted(counts)
    values = {name: every[name] for name in _IN_AGENDA}
    items = of_the_province(c.occasion, counts) if c.provincial else of_the_district(c, counts)
    for item in items:
        texts = (named(block.text, values) for block in item.body if block.text)
        yield StandardText(item.number, named(item.title, values), tuple(texts))
