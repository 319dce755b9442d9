"""The commands that save and restore a home: backup, restore."""

from datetime import UTC, datetime
from pathlib import Path

import click

from mochocho.app.commands.help import command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import progress_bars, say, show, warn


@command(
    """สำรองทุกอย่างที่เก็บไว้ลงไฟล์เดียว (FILE)

    ฐานข้อมูล คลังไฟล์ ที่พักข้อมูลรับเข้า และเอกสารการประชุม ไม่ต้องหยุดอะไร ทุกอย่างที่ได้รับก่อนเริ่มสำรอง
    อยู่ในไฟล์นี้ เป็น tar พร้อมบัญชี sha256 ของทุกส่วน มีข้อมูลส่วนบุคคล เจ้าของไฟล์เท่านั้นที่อ่านได้
    ไฟล์การตั้งค่าไม่ได้อยู่ในนี้ ให้เก็บไว้ข้างกัน พร้อมเกณฑ์มาตรฐานของจังหวัดเอง

    ถ้า FILE เป็นโฟลเดอร์ ไฟล์ในนั้นตั้งชื่อตามเวลา
    """
)
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--keep",
    type=click.IntRange(1, 1000),
    th="ของไฟล์สำรองในโฟลเดอร์ FILE เมื่อสำรองแล้วให้ลบทั้งหมด ยกเว้นที่ใหม่สุดตามจำนวนนี้",
    en="Of the backups in the folder that FILE names, delete all but so many of the newest afterwards.",
)
@pass_invocation
def backup(invocation: Invocation, file: Path, keep: int | None) -> None:
    """Write everything that is kept into one FILE.

    Database, store, spool and packet. Nothing has to be stopped, and whatever was received when this began is
    in it. The file is a tar with a manifest of every part's sha256. It holds personal data and is its owner's
    alone. The settings file is not in it: keep that, and standards of your own, beside it.

    Where FILE is a folder, the file in it is named by the moment.
    """
    from mochocho.app.backup.make import backup as write
    from mochocho.app.backup.series import next_in, prune
    from mochocho.words.errors import Terminal

    if keep is not None and not file.is_dir():
        raise wrong_call(
            "--keep ใช้กับโฟลเดอร์: ระบุโฟลเดอร์ที่มีอยู่", "--keep goes with a folder: name one that is there"
        )
    if file.is_dir():
        file = next_in(file, datetime.now(UTC))
    with progress_bars() as progress:
        made = write(invocation.home, file, progress)
    size = f"{made.size / (1 << 20):.1f} MB"
    say(
        f"เขียน {file} แล้ว: {made.rows} แถว {made.files} ไฟล์ {size}",
        f"wrote {file}: {made.rows} rows, {made.files} files, {size}",
    )
    show(f"manifest sha256: {made.manifest}")
    for problem in made.problems:
        warn(*problem)
    if count := len(made.problems):
        raise Terminal(
            f"มี {count} อย่างที่หายหรือเสียหายในโฟลเดอร์งานนี้ นอกนั้นอยู่ใน {file} แล้ว",
            f"{count} things are missing or damaged in this home; all else is in {file}",
        )
    if keep is not None:
        for path in prune(file.parent, keep, newest=file):
            say(f"ลบ {path} แล้ว", f"deleted {path}")


@command(
    """กู้คืนจากไฟล์สำรองลงในโฟลเดอร์งานที่ว่าง

    การตั้งค่าบอกว่าลงที่ใด: `home` กับ SQLite หรือ PostgreSQL ของ `database_url` ไฟล์สำรองของแบบหนึ่งกู้ลง
    อีกแบบได้ ตรวจทุกส่วนของ FILE ก่อนเขียน และเทียบกับไฟล์สำรองเมื่อเสร็จ ถ้าถูกตัดกลางคันให้สั่งคำสั่งเดิม
    """
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def restore(invocation: Invocation, file: Path) -> None:
    """Fill an empty home from a backup.

    The settings say where it goes: `home`, with SQLite or the PostgreSQL of `database_url`; a backup of one
    fits the other. Every part of FILE is verified before anything is written, and the home is compared with
    it at the end. A restore that was cut off is finished by the same command.
    """
    from mochocho.app.backup.restore import restore as fill

    with progress_bars() as progress:
        done = fill(invocation.home, file, progress)
    home = invocation.settings.home
    say(
        f"กู้คืน {file} ลงใน {home} แล้ว: {done.rows} แถว {done.files} ไฟล์ เทียบกันแล้วตรง",
        f"restored {file} into {home}: {done.rows} rows, {done.files} files, compared",
    )
    show(f"manifest sha256: {done.manifest}")


COMMANDS = (backup, restore)
