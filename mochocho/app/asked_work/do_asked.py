"""Does one piece of asked work by the functions that the commands call, and reports how far it is."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from mochocho.app.asked_work import asked_works, by_workers, do_erasures, offered_files
from mochocho.app.asked_work.asked_release import AskedAddendum, AskedRelease
from mochocho.app.asked_work.asked_works import Kind, Offer, State, Work
from mochocho.app.asked_work.filled_kinds import KINDS
from mochocho.app.asked_work.previews.preview_kinds import looked_at
from mochocho.app.asked_work.reporting import Reporter
from mochocho.app.pipeline import pulling
from mochocho.app.pipeline.conveyor import EVERY_STAGE, RunReport, run_once
from mochocho.app.terminal.faults import explain
from mochocho.app.terminal.redact import redact
from mochocho.storage.db import closed, reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from processing.releases import kept_releases
from reports.packet import needed_sheets
from reports.packet.make_packet import make_packet
from reports.redaction.redacted_home import for_committee
from reports.releases.freezing import CHANGED_MEANWHILE
from reports.releases.make_addendum import make_addendum
from reports.releases.make_release import release_packet

log = logging.getLogger(__name__)

WAIT_SECONDS = 900.0  # for the conveyor beside it, which may be assessing a province


def do(home: Home, number: int) -> None:
    """Do it to its end, whichever that is, unless another does or has done it."""
    if not asked_works.begin(home, number, datetime.now(UTC)):
        return
    with reading(home.engine) as session:
        work = asked_works.numbered(session, number)
    assert work is not None  # noqa: S101 - it was just begun
    try:
        with Reporter(home, number) as progress:
            said = _DO[work.kind](home, work, progress)
        state = State.DONE
    except Exception as error:
        log.exception("asked work %d (%s)", number, work.kind)
        state, said = State.FAILED, redact(explain(error)[0].th)
    asked_works.end(home, number, datetime.now(UTC), state, said)


def _pull(home: Home, work: Work, progress: Reporter) -> str:
    if home.settings.distributed and work.kind is Kind.PULL:
        return f"ผู้ทำงานดูครบ {by_workers.pull(home, progress)} เซิร์ฟเวอร์แล้ว และตรวจประเมินสิ่งที่เปลี่ยนต่อเอง"
    asked = pulling.Asked(accept_absence=(work.about,)) if work.kind is Kind.ABSENCE else pulling.AS_USUAL
    report = run_once(home, progress, wait=WAIT_SECONDS, asked=asked)
    said = f"ดึงข้อมูลจาก {report.done('pull')} แหล่ง ตรวจประเมิน {report.done('assess')} ราย"
    return said + _problems(report)


def _packet(home: Home, work: Work, progress: Reporter) -> str:
    with reading(home.engine) as session:
        finished = closed(session.connection()) is not None  # what is printed is what stood then
    stages = [stage for stage in EVERY_STAGE if stage != "pull"]
    report = None if finished else run_once(home, progress, stages=stages, wait=WAIT_SECONDS)
    printed = for_committee(home) if work.kind is Kind.REDACTED else home
    files = make_packet(printed, printed.packet_dir, progress)
    said = f"ทำ{'ฉบับกรรมการ' if printed.redacted else 'ชุดเอกสาร'}เสร็จ {len(files.pdfs)} เล่ม"
    return said + (_problems(report) if report else "")


def _import(home: Home, work: Work, progress: Reporter) -> str:
    offer = Offer.of(work.about)
    path = offered_files.path_of(home, offer.file)
    filled = KINDS[offer.kind].read(home, path, work.asked_by, progress)
    if filled.mistakes:
        raise Terminal(
            "ข้อมูลเปลี่ยนหลังจากที่แสดงไว้ ไฟล์จึงมีที่ผิด ยังไม่ได้บันทึกอะไร ให้ส่งไฟล์อีกครั้ง",
            "the home changed since, and the file has mistakes now; nothing was recorded, hand it in again",
        )
    progress("import", 0, len(filled.decisions))
    report = filled.record(home, shown=offer.shown)
    path.unlink(missing_ok=True)
    said = f"บันทึก{KINDS[offer.kind].th} {report.recorded} ข้อ มีอยู่แล้ว {report.unchanged} ข้อ"
    return " ".join((said, *report.unlike))


def _preview(home: Home, work: Work, progress: Reporter) -> str:
    offer = Offer.of(work.about)
    path = offered_files.path_of(home, offer.file)
    found = looked_at(offer.kind, home, path, work.asked_by, progress)
    offered_files.keep_preview(home, work.number, found.written)
    return found.refused or found.title


def _release(home: Home, work: Work, progress: Reporter) -> str:
    """Only the packet that lies there, which was looked at: what changed since is looked at first."""
    asked = AskedRelease.read(work.content)
    copies = (home, for_committee(home)) if asked.committee else (home,)
    if any(needed_sheets.made_state(copy) != needed_sheets.state(copy) for copy in copies):
        raise CHANGED_MEANWHILE
    kept = release_packet(
        home,
        work.asked_by,
        asked.codes,
        asked.reason,
        progress,
        committee=asked.committee,
        archive=asked.archive,
    )
    return f"ออกเอกสารชุดที่ {kept.release.number} แล้ว จดไว้ในรายงานการประชุม: {kept.row}:{kept.hash}"


def _addendum(home: Home, work: Work, _progress: Reporter) -> str:
    """Only what the page showed: what changed since is looked at first."""
    asked = AskedAddendum.read(work.content)
    with reading(home.engine) as session:
        released = kept_releases.kept_release(session, asked.meeting, asked.number)
    assert released is not None  # noqa: S101 - the page showed it, and releases are never taken back
    made = make_addendum(home, released, work.asked_by, asked.shown)
    if made is None:
        return "ไม่มีอะไรเปลี่ยนที่ยังไม่ได้แจ้ง ไม่ต้องทำใบแทรก"
    kept, changes = made
    return f"ทำใบแทรกฉบับที่ {kept.release.addendum} แล้ว {len(changes)} รายการ"


def _problems(report: RunReport) -> str:
    """What went wrong while the rest was done, the first of them in its own words."""
    if not report.problems:
        return ""
    first = report.problems[0]
    return f" มีที่ทำไม่สำเร็จ {len(report.problems)} รายการ เช่น {redact(first.said.th)}"


_DO: Mapping[Kind, Callable[[Home, Work, Reporter], str]] = {
    Kind.PULL: _pull,
    Kind.ABSENCE: _pull,
    Kind.PACKET: _packet,
    Kind.REDACTED: _packet,
    Kind.IMPORT: _import,
    Kind.PREVIEW: _preview,
    Kind.RELEASE: _release,
    Kind.ADDENDUM: _addendum,
    Kind.ERASURE_LOOK: do_erasures.look,
    Kind.ERASURE: do_erasures.erase,
}
