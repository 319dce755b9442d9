"""The commands about phones: serve, pull, officers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import command, group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import end_with, progress_bars, say, warn
from mochocho.words.sentences import Sentence, plain

if TYPE_CHECKING:
    from mochocho.app.publishing.officer_codes import Showing
    from mochocho.app.publishing.show_officers import Account


@command(
    """รับข้อมูลที่โทรศัพท์ส่ง แล้วทำงานต่อทันทีที่ได้รับ

    เผยแพร่แบบฟอร์มของรอบนี้ รับส่งกับ ODK Collect และดึงข้อมูล ลงทะเบียน ตรวจประเมินอยู่เบื้องหลัง จนกว่าจะกด
    Ctrl-C รับเฉพาะจากเครื่องนี้ ถ้าไม่ได้กำหนดด้วย --host หรือในการตั้งค่า เพราะผู้อื่นในเครือข่ายอ่าน HTTP
    ที่ไม่เข้ารหัสได้
    """
)
@option(
    "--host",
    th="ที่อยู่ที่รอรับ ถ้าไม่กำหนดและไม่มีในการตั้งค่า คือ 127.0.0.1 (เครื่องนี้เท่านั้น)",
    en="Address to listen on; 127.0.0.1 (this machine alone) unless the settings say otherwise.",
)
@option(
    "--port",
    type=click.IntRange(1, 65535),
    th="พอร์ตที่รอรับ ถ้าไม่กำหนดและไม่มีในการตั้งค่า คือ 8420",
    en="Port to listen on; 8420 unless the settings say otherwise.",
)
@pass_invocation
def serve(invocation: Invocation, host: str | None, port: int | None) -> None:
    """Receive what phones send, and work on it as it comes.

    Publishes this cycle's forms, answers ODK Collect, and pulls, registers and assesses in the background,
    until Ctrl-C. Listens on this machine alone unless --host or the settings say otherwise: plain HTTP can be
    read by others on the network.
    """
    from mochocho.app.serve import serve_until_stopped

    endpoint = invocation.settings.endpoint
    serve_until_stopped(invocation.writable_home, host or endpoint.host, port or endpoint.port)


@command(
    """ดึงสิ่งที่โทรศัพท์และเซิร์ฟเวอร์มี แต่ที่นี่ยังไม่มี

    จากทุกแหล่ง หรือเฉพาะ SOURCE ที่ระบุ แหล่งที่ยังอ่านไม่ได้ไม่ทำให้แหล่งอื่นต้องรอ สิ่งที่ลบบนเซิร์ฟเวอร์
    จะไม่นับที่นี่ด้วย ถ้าหายไปพร้อมกันมากผิดปกติจะถามคนก่อน
    """
)
@click.argument("source", nargs=-1)
@option(
    "--revalidate",
    is_flag=True,
    th="เทียบทุกไฟล์กับของเซิร์ฟเวอร์ เพราะภาพอาจถูกเปลี่ยนโดยใช้ชื่อเดิม",
    en="Compare every file with its server's: a photo may be replaced under the same name.",
)
@option(
    "--accept-absence",
    metavar="KEY",
    th="ยอมรับว่าสิ่งที่หายไปจากเซิร์ฟเวอร์นี้หายได้ ตามจำนวนที่ `mochocho status` บอก",
    en="What vanished from this server may go, as many as `mochocho status` tells.",
)
@pass_invocation
def pull(
    invocation: Invocation, source: tuple[str, ...], revalidate: bool, accept_absence: str | None
) -> None:
    """Fetch what phones and servers hold and we have not.

    From every SOURCE, or from those named. A source that cannot be read now keeps no other waiting. What a
    server deleted goes; where very much would go at once, a person is asked first.
    """
    from mochocho.app.asked_work.asked_works import Kind
    from mochocho.app.asked_work.reporting import of_command
    from mochocho.app.pipeline import pulling
    from mochocho.app.pipeline.conveyor import run_once
    from mochocho.app.status import cures
    from mochocho.app.status.server_states import vanished
    from mochocho.app.status.status_figures import look
    from mochocho.words.errors import Terminal

    home = invocation.writable_home
    known, accepted = pulling.every(home), [accept_absence] if accept_absence else []
    if unknown := [key for key in (*source, *accepted) if key not in known]:
        raise Terminal(
            f"ไม่มีแหล่งข้อมูลชื่อ {', '.join(unknown)} ในการตั้งค่ามี: {', '.join(known)}",
            f"no source is called {', '.join(unknown)}; the settings have: {', '.join(known)}",
        )
    with progress_bars() as bars, of_command(home, Kind.PULL, bars) as progress:
        report = run_once(
            home,
            progress,
            stages=("pull",),
            only=source or accepted or None,
            asked=pulling.Asked(revalidate, accepted),
        )
    done = report.done("pull")
    say(f"ดึงข้อมูลจาก {done} แหล่งแล้ว", f"pulled from {done} sources")
    for line in (*vanished(home), *cures.of_person(look(home), datetime.now(UTC), ("pull",))):
        warn(*line)
    end_with(report.problems)


@group("เจ้าหน้าที่ผู้ถือโทรศัพท์ แต่ละคนมีรหัสเข้าใช้ (token) ซึ่งยกเลิกได้")
def officers() -> None:
    """The people with phones; each has a token, which can be revoked."""


District = option(
    "--district",
    "districts",
    multiple=True,
    required=True,
    th="อำเภอที่เจ้าหน้าที่รับผิดชอบ ชื่อไทยหรือรหัส 4 หลัก ถ้ามีหลายอำเภอให้ใส่ซ้ำ",
    en="District the officer works in, its Thai name or 4-digit code; repeat for more.",
)
Sealed = option(
    "--sealed",
    type=click.Path(dir_okay=False, path_type=Path),
    th="พิมพ์คิวอาร์โค้ดลงใบปิดผนึกสำหรับพับส่งมอบ (PDF) พิมพ์แล้วให้ลบไฟล์",
    en="Put the QR code on a sheet to fold, close and hand over (PDF); print it, then delete the file.",
)
OnServer = option(
    "--server",
    metavar="KEY",
    th="ของเซิร์ฟเวอร์นี้ในการตั้งค่า แทนเครื่องรับในตัว",
    en="Of a server of the settings, instead of the embedded endpoint.",
)
Share = option(
    "--share",
    is_flag=True,
    th="ของ KoboToolbox: ให้บัญชีของเจ้าหน้าที่เองส่งแบบฟอร์มของเราที่นั่นได้",
    en="Of a KoboToolbox: let the officer's own account there send our forms.",
)
AccountName = option(
    "--account",
    metavar="NAME",
    th="บัญชีของเจ้าหน้าที่บน KoboToolbox นั้น ถ้า `accounts` ในการตั้งค่าไม่ได้บอกไว้",
    en="The officer's account on that KoboToolbox, where `accounts` in the settings does not say it.",
)
Picture = option(
    "--picture",
    is_flag=True,
    th="เปิดคิวอาร์โค้ดในหน้าต่าง แล้วลบเมื่ออ่านแล้ว",
    en="Open the QR code in a window, and delete it when it was read.",
)


def _showing(sealed: Path | None, picture: bool) -> "Showing":
    from mochocho.app.publishing.officer_codes import Showing

    if sealed and picture:
        raise wrong_call("เลือก --sealed หรือ --picture อย่างใดอย่างหนึ่ง", "--sealed or --picture, not both")
    return Showing(sealed, picture)


def _account(share: bool, name: str | None) -> "Account | None":
    from mochocho.app.publishing.show_officers import Account

    if name and not share:
        raise wrong_call("--account ใช้กับ --share", "--account goes with --share")
    return Account(name) if share else None


@under(
    officers,
    """ขึ้นทะเบียนเจ้าหน้าที่ และแสดงคิวอาร์โค้ดสำหรับตั้งค่า ODK Collect

    คิวอาร์โค้ดมีรหัสเข้าใช้ของเจ้าหน้าที่ ให้เจ้าหน้าที่คนนั้นสแกนเท่านั้น แสดงครั้งเดียวและไม่เก็บไว้ที่ใด
    ถ้าต้องการใหม่ใช้ `mochocho officers renew`
    """,
)
@click.argument("name")
@District
@Sealed
@Picture
@OnServer
@Share
@AccountName
@pass_invocation
def add(
    invocation: Invocation,
    name: str,
    districts: tuple[str, ...],
    sealed: Path | None,
    picture: bool,
    server: str | None,
    share: bool,
    account: str | None,
) -> None:
    """Register an officer and show the QR code that sets up ODK Collect.

    The code holds the officer's token: let that officer alone scan it. It is shown here once and kept
    nowhere; `mochocho officers renew` makes another.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.publishing.show_officers import ADDED, add_officer, doubts

    home, showing, shared = invocation.writable_home, _showing(sealed, picture), _account(share, account)
    note_at_the_command_line(home, "officer", name, ADDED)
    officer_id = add_officer(home, name, districts, showing, server, shared)
    say(f"เจ้าหน้าที่เลขที่ {officer_id}: {name}", f"officer {officer_id}: {name}")
    for doubt in doubts(invocation.home, server):
        warn(*doubt)


@under(
    officers,
    """ออกรหัสเข้าใช้ใหม่ให้เจ้าหน้าที่ เช่น เมื่อโทรศัพท์หายหรือที่อยู่เซิร์ฟเวอร์เปลี่ยน

    รหัสเดิมใช้ไม่ได้ทันที ถ้าโทรศัพท์ยังมีแบบฟอร์มที่ไม่ได้ส่ง ให้สแกนคิวอาร์โค้ดใหม่ที่ Settings, Project
    management, Reconfigure with QR code แล้วแบบฟอร์มจะส่งออกด้วยรหัสใหม่
    """,
)
@click.argument("officer_id", type=int)
@Sealed
@Picture
@OnServer
@Share
@AccountName
@pass_invocation
def renew(
    invocation: Invocation,
    officer_id: int,
    sealed: Path | None,
    picture: bool,
    server: str | None,
    share: bool,
    account: str | None,
) -> None:
    """Give an officer a new token, as for a lost phone or a new address.

    The old one ends at once. On a phone that holds forms not yet sent, the new code is scanned under
    Settings, Project management, Reconfigure with QR code: then they go out with it.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.publishing.show_officers import RENEWED, doubts, renew_officer

    home, showing, shared = invocation.writable_home, _showing(sealed, picture), _account(share, account)
    note_at_the_command_line(home, "officer", f"เลขที่ {officer_id}", RENEWED)
    renew_officer(home, officer_id, showing, server, shared)
    say(
        f"เจ้าหน้าที่เลขที่ {officer_id} มีคิวอาร์โค้ดใหม่แล้ว รหัสเดิมใช้ไม่ได้แล้ว",
        f"officer {officer_id} has a new code; the old one has ended",
    )
    for doubt in doubts(invocation.home, server):
        warn(*doubt)


@under(
    officers,
    """เปลี่ยนอำเภอที่เจ้าหน้าที่รับผิดชอบ รหัสเข้าใช้ในโทรศัพท์ยังใช้ได้

    โทรศัพท์ได้รายชื่อของอำเภอใหม่เมื่อดาวน์โหลดครั้งต่อไป สิ่งที่ส่งแล้วยังอยู่ และสิ่งที่ค้างในโทรศัพท์
    จากอำเภอเดิมยังรับ
    """,
)
@click.argument("officer_id", type=int)
@District
@pass_invocation
def move(invocation: Invocation, officer_id: int, districts: tuple[str, ...]) -> None:
    """Give an officer other districts instead; the phone's token stays.

    The phone has their lists at its next download. What was sent stays, and what is still on the phone from
    before is accepted.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.publishing.show_officers import move_officer, moved_to

    home = invocation.writable_home
    note_at_the_command_line(home, "officer", f"เลขที่ {officer_id}", moved_to(home, districts))
    names = move_officer(home, officer_id, districts)
    say(f"เจ้าหน้าที่เลขที่ {officer_id} รับผิดชอบอำเภอ {names} แล้ว", f"officer {officer_id} now works in {names}")


@under(
    officers,
    """เขียนใบแนะนำวิธีตั้งค่าโทรศัพท์เป็นภาษาไทย

    ห้าขั้นตอนพร้อมภาพ สำหรับอำเภอของเจ้าหน้าที่คนนี้และเซิร์ฟเวอร์นี้ ไม่มีรหัสลับ พิมพ์และวางที่ใดก็ได้
    """,
)
@click.argument("officer_id", type=int)
@option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    th="ไฟล์ PDF ที่จะเขียน",
    en="File to write, a PDF.",
)
@OnServer
@pass_invocation
def sheet(invocation: Invocation, officer_id: int, out: Path, server: str | None) -> None:
    """Write a sheet in Thai that shows how to set up the phone.

    Five steps with pictures, for this officer's districts and this server. It holds no token: any printer and
    any desk will do.
    """
    from mochocho.app.publishing.show_officers import write_sheet

    write_sheet(invocation.home, officer_id, out, server)
    say(f"เขียน {out} แล้ว", f"wrote {out}")


@under(officers, "เจ้าหน้าที่ทุกคน: อำเภอ เซิร์ฟเวอร์ และรหัสเข้าใช้ยังใช้ได้หรือไม่", "list")
@pass_invocation
def list_(invocation: Invocation) -> None:
    """Every officer: districts, servers, whether the token still works."""
    from mochocho.app.publishing.show_officers import table

    table(invocation.home)


@under(
    officers,
    """ยกเลิกรหัสเข้าใช้ของเจ้าหน้าที่ทันที สิ่งที่ส่งมาแล้วยังอยู่

    ทำได้แม้ปิดรอบแล้ว
    """,
)
@click.argument("officer_id", type=int)
@option(
    "--server",
    metavar="KEY",
    th="เฉพาะบนเซิร์ฟเวอร์นี้ ถ้าไม่กำหนด คือทุกแห่ง",
    en="On this server alone; without it, everywhere.",
)
@pass_invocation
def revoke(invocation: Invocation, officer_id: int, server: str | None) -> None:
    """End an officer's token at once; what was sent with it stays.

    It can be ended when the cycle is closed, too.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.publishing.show_officers import REVOKED, revoke_officer

    home = invocation.home
    note_at_the_command_line(home, "officer", f"เลขที่ {officer_id}", REVOKED)
    revoke_officer(home, officer_id, server)
    where = Sentence(f" บน {server}", f" on {server}") if server else plain("")
    say(
        f"เจ้าหน้าที่เลขที่ {officer_id} ส่งหรืออ่านไม่ได้แล้ว{where.th}",
        f"officer {officer_id} can no longer send or read{where.en}",
    )


COMMANDS = (serve, pull, officers)
