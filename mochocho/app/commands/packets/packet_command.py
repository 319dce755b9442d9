"""`mochocho packet`: the papers of the committee's meeting."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import group, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import heard, progress_bars, say, say_again, show, warn

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from mochocho.words.progress import ProgressCall
    from processing.meetings.meeting import Meeting

SOMETHING_WAITS = 3  # as of `run`: a person must correct something


@group(
    """ทำเอกสารการประชุมคณะกรรมการ และออกเป็นชุดที่ไม่เปลี่ยน

    packet.pdf และ manifest.json สำหรับการประชุมในการตั้งค่า จากผลตรวจครั้งล่าสุด (`mochocho run` ตรวจให้ก่อน)
    ถ้าไม่กำหนด --out เอกสารอยู่ใน packet/ ของโฟลเดอร์งาน จบด้วยสถานะ 3 เมื่อมีผู้สมัครที่จัดทำเอกสารไม่ได้
    ซึ่งในเล่มมีใบที่บอกเหตุแทน --out คือการนำสำเนาฉบับเต็มออกไป จึงบันทึกไว้ก่อนในบันทึกการเข้าถึง
    --redacted ทำฉบับกรรมการลงในโฟลเดอร์ย่อย redacted: ไม่มีเลขประจำตัวประชาชน หมายเลขโทรศัพท์ ลายมือชื่อ และภาพเอกสาร

    คำสั่งย่อยออกเอกสารเป็นชุดที่ไม่เปลี่ยนอีก ทำใบแทรกเมื่อมีสิ่งที่เปลี่ยนภายหลัง และตรวจว่าไฟล์ไม่ถูกแก้
    """,
    invoke_without_command=True,
)
@option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    th="โฟลเดอร์ที่จะเขียน",
    en="Folder to write into.",
)
@option(
    "--redacted",
    is_flag=True,
    th="ทำฉบับกรรมการ ซึ่งปกปิดข้อมูลส่วนบุคคล",
    en="Make the committee's copy, without what identifies people.",
)
@pass_invocation
@click.pass_context
def packet(ctx: click.Context, invocation: Invocation, folder: Path | None, redacted: bool) -> None:
    """Make the papers of the committee's meeting, and release them.

    packet.pdf and manifest.json, for the meeting in the settings, of what was assessed last; `mochocho run`
    assesses first. Without --out they go to packet/ in the home. Ends with status 3 when there are no papers
    of an applicant; a sheet says so in their place. With --out a full copy leaves the home: the access log
    says so first. --redacted makes the committee's copy, in a folder redacted of its own: without national
    IDs, telephone numbers, signatures and pages of documents.

    The subcommands release the papers as a packet that changes no more, write addenda that tell what changed
    since, and verify that no file was altered.
    """
    if ctx.invoked_subcommand is not None:
        if folder is not None or redacted:
            raise wrong_call(
                "--out และ --redacted ใช้กับ `mochocho packet` เท่านั้น",
                "--out and --redacted are of `mochocho packet` alone",
            )
        return
    if redacted:
        from reports.redaction.redacted_home import for_committee

        _make_packet(ctx, for_committee(invocation.home), folder)
    elif folder is not None:
        _make_packet(ctx, invocation.home, folder)
    else:
        _make_unless_unchanged(ctx, invocation)


def _make_unless_unchanged(ctx: click.Context, invocation: Invocation) -> None:
    """The home's packet; where nothing can have changed since, what was said of it is said again."""
    from mochocho.app.unchanged_packet import Unchanged

    unchanged = Unchanged(invocation.settings)
    said = unchanged.said()
    if said is not None:
        say_again(said)
        return
    with heard() as lines:
        if _make_packet(ctx, invocation.home, None):
            unchanged.note(invocation.home, lines)


def _make_packet(ctx: click.Context, home: "Home", folder: Path | None) -> bool:
    """Make it and tell of it. Returns whether it is made of what was assessed last."""
    from mochocho.app.asked_work.asked_works import Kind
    from mochocho.app.asked_work.reporting import of_command
    from reports.packet import make_packet, needed_sheets

    due = ready(home)
    if folder is not None and not home.redacted:
        from mochocho.app import access_chain

        access_chain.note_at_the_command_line(home, "packet", "packet", str(folder))
    kind = Kind.REDACTED if home.redacted else Kind.PACKET
    with progress_bars() as bars, of_command(home, kind, bars) as progress:
        made = make(home, folder, progress)
    _tell_of_released(home)
    laid_out = needed_sheets.planned(home)
    if laid_out and laid_out.unmade:
        from mochocho.app.status import cures
        from mochocho.app.status.status_figures import look

        for line in cures.of_person(look(home), datetime.now(UTC), (make_packet.STAGE,)):
            warn(*line)
        ctx.exit(SOMETHING_WAITS)
    return made and not due


def ready(home: "Home") -> int:
    """Compare photos with the servers'. Returns how many changed since they were assessed, which is told."""
    from mochocho.app.pipeline import ledger
    from mochocho.storage.db import closed, reading
    from processing.assessment import assess as assessing

    with reading(home.engine) as session:
        finished = closed(session.connection()) is not None  # what is printed is what stood then
    if not finished and home.settings.servers:
        _compare_files(home)
    failed = ledger.resting(home, "assess")
    if due := 0 if finished else len(set(assessing.due(home)) - failed):
        warn(
            f"ผู้สมัคร {due} รายเปลี่ยนไปหลังการตรวจ ให้สั่ง `mochocho run` ซึ่งตรวจให้ก่อน",
            f"{due} applicants changed since they were assessed; `mochocho run` assesses them first",
        )
    if count := len(failed):
        warn(
            f"ตรวจผู้สมัคร {count} รายตามที่เป็นอยู่ไม่ได้ `mochocho status` บอกเหตุ",
            f"{count} applicants could not be assessed as they are now; `mochocho status` says why",
        )
    return due


def _tell_of_released(home: "Home") -> None:
    """That a released packet stays as it is, whatever was made now."""
    from mochocho.storage.db import reading
    from processing.meetings import packet_meeting
    from processing.releases import kept_releases

    meeting = packet_meeting.of_home(home)
    with reading(home.engine) as session:
        released = kept_releases.kept_release(session, meeting.key) if meeting else None
    if released is not None:
        number, folder = released.release.number, kept_releases.folder_of(home, released.release)
        say(
            f"ชุดที่ {number} ที่ออกแล้วไม่เปลี่ยน อยู่ที่ {folder} `mochocho packet diff` บอกสิ่งที่เปลี่ยนหลังจากนั้น",
            f"release {number} stays as it is, in {folder}; `mochocho packet diff` tells what changed since",
        )


def _compare_files(home: "Home") -> None:
    """Check that every photo to be printed is still the server's; a server that is away prevents nothing."""
    from mochocho.app.pipeline import pulling
    from processing.register import register_forms
    from sync.pull.registry import servers

    failed, changed = pulling.do(home, [s.key for s in servers(home)], None, pulling.Asked(revalidate=True))
    for line in pulling.uncompared(failed):
        warn(*line)
    if changed and (due := len(register_forms.due(home))):
        warn(
            f"แบบฟอร์ม {due} ชุดเปลี่ยนบนเซิร์ฟเวอร์หลังจากที่อ่าน ให้สั่ง `mochocho run` ซึ่งอ่านให้ก่อน",
            f"{due} forms changed on a server since they were read; `mochocho run` takes them in first",
        )


def make(home: "Home", folder: Path | None, progress: "ProgressCall") -> bool:
    """Make the papers and say where they are, and what is to be mended; for `packet` and `run`.

    Returns False where another process makes them.
    """
    from mochocho.app.status import unprintable
    from mochocho.words.days import far_from_cycle
    from mochocho.words.sentences import about
    from processing.meetings import packet_meeting
    from reports.packet.make_packet import make_packet
    from reports.packet.needed_sheets import BeingMade

    meeting = packet_meeting.of_home(home)
    if meeting is None:
        warn(
            "ยังไม่ได้ตั้งการประชุม: เอกสารเว้นครั้งที่ วันที่ และสถานที่ว่างไว้ สั่ง `mochocho meeting new` เพื่อตั้ง",
            "no meeting is set up: the papers leave its number, date and place blank; `mochocho meeting new` "
            "sets one up",
        )
    elif meeting.day and (wrong := far_from_cycle(meeting.day, home.pack.fiscal_year_be)):
        warn(*about(f"{meeting.number} {meeting.day}", wrong))
    for sentence in unprintable.sentences(home):
        warn(sentence, sentence)
    try:
        files = make_packet(home, home.of_this_copy(folder) if folder else home.packet_dir, progress)
    except BeingMade:
        if folder is not None:
            raise  # no other process makes what was asked for here
        say(
            "มีผู้อื่น (worker หรือคำสั่งอื่น) กำลังจัดทำเอกสารชุดนี้อยู่ ไม่ต้องทำอะไร `mochocho status` บอกเมื่อเสร็จ",
            "somebody else (a worker or another command) makes these papers now: nothing is left to do. "
            "`mochocho status` says when they are done",
        )
        return False
    for path in files.pdfs:
        if home.redacted:
            say(f"ฉบับกรรมการ: {path}", f"committee's copy: {path}")
        else:
            say(f"เอกสารการประชุม: {path}", f"packet: {path}")
    show(f"manifest: {files.manifest}")
    if meeting is not None:
        _count_mistakes(home, meeting)
    return True


def _count_mistakes(home: "Home", meeting: "Meeting") -> None:
    """How much is to be mended before anybody signs."""
    from reports.lint.counted_mistakes import counted

    found = counted(home, meeting)
    if errors := found.errors:
        say(
            f"ก่อนลงนามต้องแก้ {errors} ข้อ `mochocho meeting lint` บอกว่าที่ใดและแก้อย่างไร",
            f"{errors} errors to mend before signing; `mochocho meeting lint` says where and how",
        )
    elif warnings := found.warnings:
        say(
            f"ก่อนลงนามควรดู {warnings} ข้อ `mochocho meeting lint` บอกว่าที่ใด",
            f"{warnings} things to look at before signing; `mochocho meeting lint` says where",
        )
