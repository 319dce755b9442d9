"""`mochocho export zip` and `cd`: everything that belongs to a meeting in one file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.exports.export_group import OfRelease, export
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, warn

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from reports.packet.exports.one_medium import Asked, Made

Out = option(
    "--out",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    th="ไฟล์ที่จะเขียน",
    en="File to write.",
)
Add = option(
    "--add",
    "added",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    th="โฟลเดอร์อื่นที่จะใส่ด้วยทั้งโฟลเดอร์ ใส่ได้หลายครั้ง",
    en="Another folder to put in whole; may be given several times.",
)


@under(
    export,
    """เขียนเอกสารทั้งหมดของการประชุมเป็นไฟล์ ZIP ไฟล์เดียว

    เอกสารประกอบการประชุมที่ทำไว้ด้วย `mochocho packet` หนังสือและแบบก่อนการประชุม เอกสารหลังการประชุมเมื่อมีมติแล้ว
    ทะเบียนและสถิติ และ index.html ซึ่งเปิดดูได้โดยไม่ใช้อินเทอร์เน็ต ชื่อไฟล์เป็นภาษาไทย
    KEY คือการประชุม เช่น 1/2568 หรือ แม่จัน:1/2568 ถ้าไม่ใส่ คือครั้งที่เอกสารการประชุมใช้
    --release ใส่เอกสารของชุดที่ออกแล้วพร้อมใบแทรกและรายชื่อในชุดนั้นแทน ไฟล์ตรงกับที่ออกทุกไบต์ ชุดที่ออกด้วย --archive
    มีหนังสือ ทะเบียน สถิติ และโฟลเดอร์ของทุกอำเภอด้วย
    ตรวจได้ด้วย `mochocho packet verify`
    มีชื่อคน ให้เฉพาะผู้เกี่ยวข้อง การเขียนทุกครั้งบันทึกไว้ในบันทึกการเข้าถึง
    """,
    "zip",
)
@click.argument("key", default="")
@Out
@Add
@OfRelease
@pass_invocation
def one_zip(
    invocation: Invocation, key: str, target: Path, added: Sequence[Path], number: int | None
) -> None:
    """Write everything of a meeting as one ZIP.

    The packet that `mochocho packet` made, the papers before the meeting and, once anything was resolved,
    those after it, registers and statistics, and an index.html that opens without a network. Names are Thai.
    KEY is a meeting, such as 1/2568 or แม่จัน:1/2568; without it, the one that the packet is for. --release
    puts in a released packet with its addenda and who stood in it instead, byte for byte as it was released,
    and what was released with --archive: letters, registers, statistics and every district's folder;
    `mochocho packet verify` checks it. It holds names: hand it to whom it concerns. Each time is logged.
    """
    from reports.packet.exports.one_medium import write_zip

    home = invocation.writable_home
    _tell(write_zip(home, _asked(home, key, _scanned(invocation, added), number, "zip"), target))


@under(
    export,
    """เขียนเอกสารทั้งหมดของการประชุมเป็นไฟล์สำหรับเขียนแผ่นซีดี (.iso)

    เนื้อหาเหมือน `mochocho export zip` ชื่อไฟล์ภาษาไทยยาวไม่เกิน 64 ตัวอักษรตามที่แผ่นซีดีรับได้
    คลิกขวาที่ไฟล์ใน Windows แล้วเลือก เขียนอิมเมจแผ่นดิสก์ หรือดับเบิลคลิกเพื่อเปิดดูก่อน
    ถ้าใหญ่เกินแผ่นซีดีจะบอกให้ใช้แผ่นดีวีดี การเขียนทุกครั้งบันทึกไว้ในบันทึกการเข้าถึง
    """,
    "cd",
)
@click.argument("key", default="")
@Out
@Add
@OfRelease
@pass_invocation
def one_cd(invocation: Invocation, key: str, target: Path, added: Sequence[Path], number: int | None) -> None:
    """Write everything of a meeting as the image of a CD (.iso).

    What `mochocho export zip` holds; Thai names have the 64 letters at most that a CD takes. Windows burns it
    (right click, Burn disc image) and opens it with a double click. What is too large for a CD is told: it
    needs a DVD. Each time is logged.
    """
    from reports.packet.exports.one_medium import write_cd

    home = invocation.writable_home
    made = write_cd(home, _asked(home, key, _scanned(invocation, added), number, "cd"), target)
    _tell(made)
    if made.too_large_for_a_cd:
        warn(
            "ใหญ่เกินแผ่นซีดี (700 MB) ให้ใช้แผ่นดีวีดี",
            "too large for a CD (700 MB): use a DVD",
        )


def _scanned(invocation: Invocation, added: Sequence[Path]) -> list[Path]:
    return [invocation.handed_in(folder) for folder in added]


def _asked(home: "Home", key: str, added: Sequence[Path], number: int | None, kind: str) -> "Asked":
    """What is to be written, logged before it is."""
    from mochocho.app.access_chain import note_at_the_command_line
    from processing.meetings.named_meeting import named
    from reports.packet.exports.one_medium import Asked
    from reports.packet.exports.released_files import released

    meeting = named(home, key)
    release = released(home, meeting, number) if number else None
    about = release.release.name if release else meeting.key
    note_at_the_command_line(home, "export", about, f"mochocho export {kind}")
    return Asked(meeting, added, release)


def _tell(made: "Made") -> None:
    size = f"{made.size / 1_000_000:.1f} MB"
    say(f"{made.path}: {made.files} ไฟล์ {size}", f"{made.path}: {made.files} files, {size}")
