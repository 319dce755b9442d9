"""The stage that determines the content of each sheet of the packet, so that any process can typeset it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from mochocho.storage.home import Home
from mochocho.words.clocks import within
from mochocho.words.model import Case
from processing.assessment.cases import opened
from processing.meetings import packet_meeting
from processing.register.form_packs import Packs
from reports.packet import needed_sheets
from reports.packet.assembly import emblem_of, occasion_of
from reports.packet.manifest import counts_of, settings_of
from reports.packet.material import Gatherer
from reports.packet.needed_sheets import Plan
from reports.packet.placeholders import Guard
from reports.packet.volumes import Book, books
from reports.redaction.committee_copy import CommitteeCopy
from reports.redaction.redacted_home import committee_copy
from reports.typesetting.kept_layouts import KeptLayouts
from reports.typesetting.kept_texts import KeptTexts
from reports.typesetting.parts import Part
from reports.typesetting.presses.print_jobs import run_key, sheets_of
from reports.typesetting.printing import Printer, runs, whole_names
from reports.typesetting.program import program_digest
from reports.typesetting.typesetter import Sheet
from reports.view.arrange import Entry, Group, arrange


def due(home: Home) -> list[str]:
    """The present state, unless it is laid out or made already; empty without a meeting."""
    if packet_meeting.of_home(home) is None:
        return []
    now = needed_sheets.state(home)
    laid_out = needed_sheets.planned(home)
    return [] if needed_sheets.made_state(home) == now or (laid_out and laid_out.state == now) else [now]


def rested(home: Home, seconds: float) -> bool:
    """Whether the last layout is at least `seconds` ago."""
    at = needed_sheets.planned_at(home)
    return at is None or not within(datetime.fromtimestamp(at, UTC), datetime.now(UTC), seconds)


def do(home: Home) -> None:
    """Lay out the packet of the present state. Raises as `lay_out`."""
    with needed_sheets.alone(home):
        lay_out(home)


def lay_out(home: Home) -> Plan:
    """Write a job for each run of sheets that is not typeset, then the plan. The caller holds `plan.alone`.

    Every applicant's place is decided first, from a few fields each. Then cases are read in the order in
    which they are shown, a few at a time. Raises Terminal for settings that a person must correct.
    """
    now = needed_sheets.state(home)  # first: what changes while this reads is due again
    folder = needed_sheets.new_folder(home)
    gatherer = Gatherer(folder, home.store)
    typesetter = needed_sheets.typesetter_of(home)
    with opened(home) as casebook:
        copy = committee_copy(home) if home.redacted else None
        by_program = (typesetter.made_with, program_digest(), home.province.code)
        texts = KeptTexts(typesetter.kept, by_program)
        covered = copy.covered if copy else None
        guard = Guard(Printer(typesetter, whole_names(home.province), covered, texts), casebook)
        packs, occasion = Packs(home), occasion_of(home)
        layouts = KeptLayouts(typesetter, (*by_program, packs.digests(), repr(occasion)))
        layout = _Layout(home, guard, gatherer, layouts)
        groups = _placed(home, map(guard.looked_at, casebook.each()), layout)
        volumes = books(groups, packs.of, occasion, emblem_of(home))
        parts = [part for book in volumes for part in book.parts]
        order = tuple((layout.run(some), len(some)) for some in runs(parts))
    gatherer.needs(texts.needs)
    gatherer.finish(parts, copy.text if copy else occasion.words.text)
    laid_out = Plan(
        state=now,
        settings=settings_of(home),
        folder=folder.name,
        runs=order,
        books=tuple((*_named(book, copy), len(book.parts)) for book in volumes),
        counts=counts_of(groups),
        unmade=tuple(
            (str(case.unmade), key, case.application.name) for key, case in sorted(guard.unmade.items())
        ),
    )
    needed_sheets.keep_plan(home, laid_out)
    needed_sheets.clear_jobs(home, frozenset(needed_sheets.missing(home, laid_out)))
    return laid_out


def _named(book: Book, copy: CommitteeCopy | None) -> tuple[str, str]:
    """File and title of a volume, which say which copy it is."""
    return (copy.file(book.file), copy.title(book.title)) if copy else (book.file, book.title)


def _placed(home: Home, cases: Iterable[Case], layout: "_Layout") -> tuple[Group, ...]:
    entries, meeting = [], packet_meeting.of_home(home)
    for case in cases:
        layout.gatherer.case(case)
        layout.layouts.case(case)
        entries.append(Entry.of(case, meeting))
    return arrange(entries, home.province, packet_meeting.order_of(home))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays out the runs of a packet: those whose cases are as they were are not made again."""

    home: Home
    guard: Guard
    gatherer: Gatherer
    layouts: KeptLayouts

    def run(self, parts: list[Part]) -> str:
        """The key of a run."""
        name = self._name(parts)
        if laid := self.layouts.find(name):
            self.gatherer.needs((name, *laid.needs))
            return laid.key
        key = run_key(needed_sheets.keep_job(self.home, self._sheets(parts, name)))
        cache = needed_sheets.typesetter_of(self.home).kept
        if not sheets_of(cache, key, len(parts)):
            cache.drop(key)
        return key

    def _name(self, parts: list[Part]) -> str:
        """Of its layout, "" where it is not kept: what a committee's copy covers is not known beforehand."""
        if self.home.redacted or len(parts) > 1 or not self.guard.unmade.keys().isdisjoint(parts[0].keys):
            return ""
        return self.layouts.name(parts[0])

    def _sheets(self, parts: list[Part], name: str) -> Iterator[Sheet]:
        """One after the other: only one is in memory at a time."""
        cases = self.guard.casebook.of(chain.from_iterable(part.keys for part in parts))
        for part in parts:
            sheet = self.guard.sheet(part, cases)
            self.gatherer.needs(sheet.needs)
            if name and self.guard.unmade.keys().isdisjoint(part.keys):
                self.layouts.keep(name, sheet)
                self.gatherer.needs((name,))
            yield sheet
