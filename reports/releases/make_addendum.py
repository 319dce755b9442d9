"""Makes an addendum to a released packet: a paper that tells what changed, and a new state to compare."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from processing.releases import kept_releases
from processing.releases.kept_releases import KeptRelease
from processing.releases.printed_now import changes_until, meeting_now, printed_now
from processing.releases.release import Printed, PrintedUnit, Release
from processing.releases.release_changes import Change, digest_of
from reports.editable.editable_paper import Look, docx
from reports.editable.typeface import Typeface
from reports.packet.assembly import occasion_of, sitting
from reports.redaction.committee_copy import REDACTED_PACKET, TITLE
from reports.redaction.redacted_home import committee_copy
from reports.releases.freezing import frozen, head_of, publish, staging
from reports.single import letter_pages
from reports.view.blocks import Paper
from reports.view.letters.convened import Convened
from reports.view.released.addendum_paper import addendum_paper

PDF, DOCX, REDACTED = "addendum.pdf", "addendum.docx", "addendum-redacted.pdf"

NOT_AS_SHOWN = Transient(
    "รายการที่เปลี่ยนไม่เหมือนที่แสดงไว้ ยังไม่ได้ทำใบแทรก ให้ดูรายการใหม่แล้วสั่งอีกครั้ง",
    "more changed than was shown; no addendum was made, look again",
)


def make_addendum(
    home: Home, released: KeptRelease, by: str, shown: str | None = None
) -> tuple[KeptRelease, tuple[Change, ...]] | None:
    """The next addendum to this release, and what it tells; None where nothing changed that none tells yet.

    The packet stays as it is; where it has a committee's copy, so has the addendum. `shown`: `digest_of` the
    changes that somebody saw and agreed to. Raises Transient where it would tell others, or something is
    recorded meanwhile.
    """
    with staging(home) as folder:
        decisions = head_of(home)
        with reading(home.engine) as session:
            last = kept_releases.last_addendum(session, released)
            now = _now(home, session, last)
            changes = changes_until(session, last, now)
        if shown not in (None, digest_of(changes)):
            raise NOT_AS_SHOWN
        if not changes:
            return None
        release = replace(
            released.release,
            addendum=last.release.addendum + 1,
            printed=now,
            files=(),
            decisions=decisions,
            by=by,
            overridden=(),
        )
        paper = _paper(home, release, changes)
        papers = home.settings.papers
        write_file(folder / PDF, letter_pages.pdf(home, [paper]))
        write_file(folder / DOCX, docx(paper, Look(Typeface(papers.docx_font), papers.thai_digits)))
        made = [folder / PDF, folder / DOCX]
        if any(one.name.startswith(REDACTED_PACKET) for one in released.release.files):
            made.append(folder / REDACTED)
            write_file(folder / REDACTED, letter_pages.pdf(home, [_for_committee(home, paper)]))
        release = replace(release, files=frozen(folder, made))
        return publish(home, folder, release, still=lambda: True), changes


def _now(home: Home, session: Session, last: KeptRelease) -> Printed:
    """As it stands now, with the numbers of dossiers as they were released."""
    before = last.release.printed
    now = printed_now(home, session, meeting_now(home, session, before.meeting), before.by_key)
    return replace(now, units=tuple(_numbered(unit, before.by_key) for unit in now.units))


def _numbered(unit: PrintedUnit, before: Mapping[str, PrintedUnit]) -> PrintedUnit:
    was = before.get(unit.key)
    return replace(unit, dossier=was.dossier, file=was.file, page=was.page) if was else unit


def _for_committee(home: Home, paper: Paper) -> Paper:
    return committee_copy(home).covered(replace(paper, title=(*paper.title, TITLE)))


def _paper(home: Home, release: Release, changes: tuple[Change, ...]) -> Paper:
    """Headed by the meeting as the released packet and its addenda now have it."""
    meeting = release.printed.meeting
    occasion = replace(occasion_of(home), meeting=meeting, sitting=sitting(meeting))
    return addendum_paper(Convened(meeting, occasion), release, changes)
