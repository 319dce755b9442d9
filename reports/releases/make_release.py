"""Releases the packet of the meeting: as it stands it is frozen, and no later packet takes its place."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType
from mochocho.words.progress import ProgressCall, silent
from processing.meetings import packet_meeting
from processing.meetings.meeting import Meeting
from processing.releases import kept_releases
from processing.releases.kept_releases import KeptRelease
from processing.releases.printed_now import printed_now
from processing.releases.release import Overridden, Printed, PrintedUnit, Release, Stands
from processing.tables import ApplicantRow
from reports.lint.examined_home import examined
from reports.lint.lint_entry import Found, Grave
from reports.lint.lint_meeting import lint
from reports.packet import needed_sheets
from reports.packet.assembly import occasion_of
from reports.packet.make_packet import make_packet
from reports.redaction.redacted_home import for_committee
from reports.releases import for_archive
from reports.releases.dossier_places import dossier_places
from reports.releases.freezing import CHANGED_MEANWHILE, frozen, head_of, publish, staging, with_files
from reports.single import letter_pages
from reports.view.arrange import Entry, arrange
from reports.view.letters.convened import Convened
from reports.view.released.release_note import release_note

NOTE = "note.pdf"


class NotMended(Terminal):
    """Errors of the lint that nobody overrode. `errors`: every one."""

    def __init__(self, errors: Sequence[Found]) -> None:
        codes = ", ".join(dict.fromkeys(one.code for one in errors))
        super().__init__(
            f"ยังออกเอกสารไม่ได้: ต้องแก้ก่อนลงนาม {len(errors)} ข้อ ({codes}) `mochocho meeting lint` บอกว่าที่ใด "
            "ถ้าจำเป็นต้องออกทั้งที่ยังไม่แก้ ให้ใส่ --override รหัส พร้อม --reason ซึ่งจะพิมพ์ไว้",
            f"not released: {len(errors)} errors to mend ({codes}); `mochocho meeting lint` says where. "
            "To release all the same give --override with the code, and --reason, which is printed",
        )
        self.errors = tuple(errors)
        self.args = (self.errors,)  # what __init__ takes, for whoever unpickles it


def release_packet(
    home: Home,
    by: str,
    overriding: Collection[str] = (),
    reason: str = "",
    progress: ProgressCall | None = None,
    *,
    committee: bool = False,
    archive: bool = False,
) -> KeptRelease:
    """Make the packet, then freeze it. `overriding`: codes of the lint, for `reason`. `committee`: with the
    committee's copy, which is redacted. `archive`: with what `for_archive` writes.

    Raises Terminal without a meeting and for errors of the lint (NotMended), Transient where something is
    recorded meanwhile.
    """
    meeting = packet_meeting.of_home(home)
    if meeting is None:
        raise Terminal(
            "ยังไม่ได้ตั้งการประชุม จึงยังออกเอกสารไม่ได้ สั่ง `mochocho meeting new` เพื่อเริ่ม",
            "no meeting is set up, so nothing can be released; `mochocho meeting new` begins one",
        )
    copies = (home, for_committee(home)) if committee else (home,)
    for copy in copies:
        make_packet(copy, copy.packet_dir, progress)
    overridden = tuple(_overridden(home, meeting, overriding, reason))
    with staging(home) as folder:
        states = [needed_sheets.state(copy) for copy in copies]
        if [needed_sheets.made_state(copy) for copy in copies] != states:
            raise CHANGED_MEANWHILE
        paths = needed_sheets.made_files(home)
        release = _release(home, meeting, paths, by, overridden)
        redacted = [path for copy in copies[1:] for path in needed_sheets.made_files(copy)]
        more = for_archive.write(home, meeting, folder, progress or silent) if archive else ()
        release = with_files(release, frozen(folder, (*paths, *filter(_is_paper, redacted), *more)))
        note = release_note(Convened(meeting, occasion_of(home)), release)
        write_file(folder / NOTE, letter_pages.pdf(home, [note]))
        release = with_files(release, frozen(folder, [folder / NOTE]))
        return publish(home, folder, release, still=lambda: needed_sheets.state(home) == states[0])


def _is_paper(path: Path) -> bool:
    return path.suffix == ".pdf"  # not the manifest


def _overridden(home: Home, meeting: Meeting, codes: Collection[str], reason: str) -> Iterator[Overridden]:
    errors = [one for one in lint(examined(home, meeting)) if one.entry.grave is Grave.ERROR]
    if unknown := sorted(set(codes) - {one.code for one in errors}):
        named = ", ".join(unknown)
        raise Terminal(
            f"--override: การตรวจเอกสารไม่พบข้อ {named} ให้ใส่เฉพาะรหัสที่ `mochocho meeting lint` บอก",
            f"--override: the lint finds no error {named}; give codes that `mochocho meeting lint` tells",
        )
    if left := [one for one in errors if one.code not in codes]:
        raise NotMended(left)
    for one in errors:
        yield Overridden(one.code, one.said.th, one.place.paper, reason)


def _release(
    home: Home, meeting: Meeting, paths: Sequence[Path], by: str, overridden: tuple[Overridden, ...]
) -> Release:
    decisions = head_of(home)
    with reading(home.engine) as session:
        printed = _numbered(home, session, printed_now(home, session, meeting), paths)
        number = kept_releases.next_number(session, meeting.key)
    return Release(
        meeting_key=meeting.key,
        province=home.province.name_th,
        year_be=home.pack.fiscal_year_be,
        number=number,
        addendum=0,
        printed=printed,
        files=(),
        decisions=decisions,
        by=by,
        overridden=overridden,
    )


def _numbered(home: Home, session: Session, printed: Printed, paths: Sequence[Path]) -> Printed:
    """With the number of each dossier and its first page, as they are bound."""
    keys = _in_order(home, session, printed)
    places = list(dossier_places([*filter(_is_paper, paths)]))
    if len(keys) != len(places):
        raise CHANGED_MEANWHILE
    dossiers = {key: (no, *place) for no, (key, place) in enumerate(zip(keys, places, strict=True), 1)}
    return replace(
        printed, units=tuple(_at(unit, *dossiers.get(unit.key, (0, "", 0))) for unit in printed.units)
    )


def _at(unit: PrintedUnit, dossier: int, file: str, page: int) -> PrintedUnit:
    return replace(unit, dossier=dossier, file=file, page=page)


def _in_order(home: Home, session: Session, printed: Printed) -> list[str]:
    """The keys of who has a dossier, in the order of the dossiers."""
    query = select(
        ApplicantRow.key, ApplicantRow.root_id, ApplicantRow.type, ApplicantRow.name, ApplicantRow.district
    ).where(ApplicantRow.assessment_id.is_not(None))
    entries = (
        Entry(key, root_id, ApplicantType(type_), name, district, passed=True)
        for key, root_id, type_, name, district in session.execute(query)
        if printed.by_key[key].stands is Stands.DOSSIER
    )
    groups = arrange(entries, home.province, packet_meeting.order_of(home))
    return [unit.entry.key for group in groups for unit in group.passed]
