"""`mochocho packet release|addendum|diff|list`: a packet that changes no more, and what changed since."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.decisions.recording import By, Reason, recorder_of
from mochocho.app.commands.help import option, refuse_unsaid, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.packets.packet_command import packet, ready
from mochocho.app.terminal.console import progress_bars, say, show, warn
from mochocho.app.terminal.language import told as in_language
from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.releases.kept_releases import KeptRelease
    from processing.releases.release_changes import Change

Number = option(
    "--release",
    "number",
    type=click.IntRange(min=1),
    th="ชุดที่เท่าไร ถ้าไม่ใส่ คือชุดล่าสุด",
    en="Which release; by default the last one.",
)


@under(
    packet,
    """ออกเอกสารการประชุมเป็นชุดที่ไม่เปลี่ยนอีก

    ทำเอกสารตามที่เป็นอยู่ แล้วเก็บสำเนาไว้ใน releases/ ของโฟลเดอร์งาน พร้อมรายการรหัสตรวจสอบที่ลงนามด้วยกุญแจของจังหวัด
    เลขแฟ้ม หน้า และไฟล์ของชุดนี้ไม่เปลี่ยนอีก สิ่งที่เปลี่ยนภายหลังแจ้งด้วย `mochocho packet addendum`

    ข้อผิดพลาดที่ `mochocho meeting lint` บอกว่าต้องแก้ จะห้ามการออก --override รหัส พร้อม --reason
    ให้ออกทั้งที่ยังไม่แก้ เหตุผลพิมพ์ไว้ในบันทึกการออกเอกสาร

    ถ้าจะเก็บถาวรหรือทำแผ่นซีดี ให้ใส่ --archive เพราะเพิ่มเข้าในชุดภายหลังไม่ได้
    """,
)
@option(
    "--override",
    "codes",
    multiple=True,
    metavar="CODE",
    th="รหัสข้อผิดพลาดที่ยอมให้ออกทั้งที่ยังไม่แก้ ใส่ได้หลายครั้ง",
    en="Code of an error to release with all the same; may be given several times.",
)
@Reason
@option(
    "--redacted",
    is_flag=True,
    th="ออกฉบับกรรมการ ซึ่งปกปิดข้อมูลส่วนบุคคล ไว้ในชุดด้วย",
    en="Release the committee's copy with it, without what identifies people.",
)
@option(
    "--archive",
    is_flag=True,
    th="เก็บเล่ม PDF/A หนังสือ ทะเบียน และเอกสารของทุกอำเภอไว้ในชุดด้วย สำหรับเก็บถาวรและทำแผ่นซีดี",
    en="Keep volumes of PDF/A, letters, registers and districts' papers with it, for archive and discs.",
)
@By
@pass_invocation
def release(
    invocation: Invocation, codes: tuple[str, ...], reason: str, redacted: bool, archive: bool, by: str
) -> None:
    """Release the papers as a packet that changes no more.

    Makes the papers as everything stands, and keeps a copy in releases/ of the home with a list of sums that
    the province's key signs. Numbers of dossiers, pages and files of this release stay; what changes later
    is told by `mochocho packet addendum`.

    Errors of `mochocho meeting lint` prevent it. --override CODE with --reason releases all the same; the
    reason is printed in the note on the release.

    --archive cannot be added later: give it when the packet is to be archived or written to a disc.
    """
    from mochocho.app import access_chain
    from processing.releases import kept_releases
    from reports.releases.make_release import release_packet

    home = invocation.writable_home
    if codes:
        refuse_unsaid(reason=reason)
    recorder = _recorder(home, by)
    if due := ready(home):
        raise Terminal(
            f"ยังออกเอกสารไม่ได้: ผู้สมัคร {due} รายเปลี่ยนไปหลังการตรวจ ให้สั่ง `mochocho run` ก่อน",
            f"not released: {due} applicants changed since they were assessed; `mochocho run` first",
        )
    access_chain.note_at_the_command_line(home, "packet", "release", " ".join(codes))
    with progress_bars() as progress:
        kept = release_packet(
            home, recorder, codes, reason.strip(), progress, committee=redacted, archive=archive
        )
    one = kept.release
    for path in sorted(kept_releases.folder_of(home, one).iterdir()):
        show(str(path))
    for each in one.overridden:
        warn(f"ออกทั้งที่ยังไม่แก้: {each.code} {each.said}", f"released all the same: {each.code} {each.said}")
    say(
        f"ออกเอกสารชุดที่ {one.number} แล้ว จดไว้ในรายงานการประชุม: {kept.row}:{kept.hash}",
        f"released as number {one.number}; note it in the minutes: {kept.row}:{kept.hash}",
    )


@under(
    packet,
    """ทำใบแทรกที่แจ้งสิ่งที่เปลี่ยนหลังจากออกเอกสาร

    เป็น PDF และ Word นับฉบับที่ต่อกันไป ใบหนึ่งแจ้งสิ่งที่ใบก่อนยังไม่ได้แจ้ง ชุดที่ออกแล้วไม่เปลี่ยน ถ้าไม่มีอะไรเปลี่ยนจะไม่ทำ
    """,
)
@Number
@By
@pass_invocation
def addendum(invocation: Invocation, number: int | None, by: str) -> None:
    """Write an addendum that tells what changed since the release.

    As PDF and Word file, numbered; each tells what the one before does not. The released packet stays as it
    is. Where nothing changed, none is made.
    """
    from mochocho.app import access_chain
    from processing.releases import kept_releases
    from reports.releases.make_addendum import make_addendum

    home = invocation.writable_home
    recorder = _recorder(home, by)
    released = _released(home, number)
    ready(home)
    access_chain.note_at_the_command_line(home, "packet", "addendum", released.release.name)
    made = make_addendum(home, released, recorder)
    if made is None:
        say(
            "ไม่มีอะไรเปลี่ยนที่ยังไม่ได้แจ้ง ไม่ต้องทำใบแทรก",
            "nothing changed that is not told yet; no addendum is needed",
        )
        return
    kept, changes = made
    _tell(changes)
    for path in sorted(kept_releases.folder_of(home, kept.release).iterdir()):
        show(str(path))
    no = kept.release.addendum
    say(f"ทำใบแทรกฉบับที่ {no} แล้ว {len(changes)} รายการ", f"made addendum {no}: {len(changes)} changes")


@under(
    packet,
    """บอกสิ่งที่เปลี่ยนหลังจากออกเอกสาร

    ที่ใบแทรกยังไม่ได้แจ้ง --whole บอกทั้งหมดตั้งแต่ออกชุดนั้น จบด้วยสถานะ 3 เมื่อมีสิ่งที่เปลี่ยน
    """,
)
@Number
@option("--whole", is_flag=True, th="ทั้งหมดตั้งแต่ออกเอกสาร", en="Everything since the release.")
@pass_invocation
@click.pass_context
def diff(ctx: click.Context, invocation: Invocation, number: int | None, whole: bool) -> None:
    """Tell what changed since the release.

    What no addendum tells yet; --whole tells everything since that release. Ends with status 3 when anything
    changed.
    """
    from mochocho.storage.db import reading
    from processing.releases import kept_releases
    from processing.releases.printed_now import changes_since

    home = invocation.home
    released = _released(home, number)
    with reading(home.engine) as session:
        before = released if whole else kept_releases.last_addendum(session, released)
        changes = changes_since(home, session, before)
    _tell(changes)
    say(f"เปลี่ยน {len(changes)} รายการ", f"changes: {len(changes)}")
    if changes:
        ctx.exit(3)


@under(packet, "แสดงเอกสารที่ออกแล้วและใบแทรกทุกฉบับ", name="list")
@pass_invocation
def list_releases(invocation: Invocation) -> None:
    """Show every release with its addenda."""
    from mochocho.storage.db import reading
    from mochocho.words.days import moment
    from processing.releases import kept_releases

    home = invocation.home
    with reading(home.engine) as session:
        every = kept_releases.releases(session)
    for kept in every:
        one = kept.release
        day = moment(kept.recorded_at)
        number, by, what = one.printed.meeting.number, kept.recorded_by, f"{kept.row}:{kept.hash}"
        if one.addendum:
            say(
                f"{number} ชุดที่ {one.number} ใบแทรกฉบับที่ {one.addendum} {day} {by} {what}",
                f"{number} release {one.number}, addendum {one.addendum} {day} {by} {what}",
            )
        else:
            dossiers = sum(unit.dossier > 0 for unit in one.printed.units)
            say(
                f"{number} ชุดที่ {one.number} {dossiers} แฟ้ม {day} {by} {what}",
                f"{number} release {one.number}, dossiers: {dossiers} {day} {by} {what}",
            )
    if not every:
        say("ยังไม่ได้ออกเอกสารชุดใด", "nothing was released yet")


def _recorder(home: "Home", by: str) -> str:
    if recorder := recorder_of(home, by):
        return recorder
    raise wrong_call(
        "ต้องระบุชื่อผู้ออกเอกสารด้วย --by หรือ recorder ในการตั้งค่า",
        "say who releases it: --by, or recorder of the settings",
    )


def _released(home: "Home", number: int | None) -> "KeptRelease":
    """The release of the packet's meeting. Raises Terminal where there is none."""
    from mochocho.storage.db import reading
    from processing.meetings import packet_meeting
    from processing.releases import kept_releases

    meeting = packet_meeting.of_home(home)
    with reading(home.engine) as session:
        found = kept_releases.kept_release(session, meeting.key, number) if meeting else None
    if found is None:
        raise Terminal(
            "ยังไม่ได้ออกเอกสารชุดนี้ สั่ง `mochocho packet release` เพื่อออก หรือดูด้วย `mochocho packet list`",
            "no such release; `mochocho packet release` makes one, `mochocho packet list` shows them",
        )
    return found


def _tell(changes: "Sequence[Change]") -> None:
    from processing.releases.told_changes import told

    for one in changes:
        number = f"{one.dossier} " if one.dossier else ""
        who = f"{number}{one.name}: " if one.key else ""
        show(f"{who}{in_language(told(one))}")
