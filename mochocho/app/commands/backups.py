"""The commands that save and restore a home: backup, restore, and keys for those who may open a backup."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from mochocho.app.commands.help import command, group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import progress_bars, say, show, warn
from mochocho.words.sentences import Sentence

_OPEN = Sentence(
    "ไฟล์สำรองนี้ไม่ได้เข้ารหัส ใครได้ไฟล์ไปอ่านข้อมูลส่วนบุคคลได้ทั้งหมด ให้สั่ง `mochocho keys new` "
    "แล้วตั้ง `recipients` ใน [backup]",
    "THIS BACKUP IS NOT ENCRYPTED: whoever gets the file reads all personal data in it; "
    "run `mochocho keys new` and set `recipients` in [backup]",
)
_NOT_SIGNED = Sentence(
    "ไฟล์สำรองนี้ไม่มีลายมือชื่อ ไม่รู้ว่าผู้ใดทำ กู้คืนเพราะสั่งด้วย --unsigned ให้เทียบ manifest sha256 กับที่จดไว้ตอนสำรอง",
    "THIS BACKUP IS NOT SIGNED: nobody knows who made it, and it was restored because of --unsigned; "
    "compare the manifest sha256 with the one that was noted when it was made",
)
_BY_ANYBODY = Sentence(
    "ไม่ได้ระบุว่าผู้ลงนามต้องเป็นกุญแจใด ไฟล์สำรองที่ผู้อื่นทำขึ้นจึงผ่านได้ ให้เทียบกุญแจนี้กับที่จดไว้ตอนสำรอง "
    "แล้วตั้ง `signer` ใน [backup] หรือใช้ --signed-by",
    "NO SIGNER WAS NAMED, so a backup that somebody else made would have been taken too: compare this key "
    "with the one that was noted when it was made; set `signer` in [backup], or use --signed-by",
)


@command(
    """สำรองทุกอย่างที่เก็บไว้ลงไฟล์เดียว (FILE)

    ฐานข้อมูล คลังไฟล์ ที่พักข้อมูลรับเข้า และเอกสารการประชุม ไม่ต้องหยุดอะไร ทุกอย่างที่ได้รับก่อนเริ่มสำรอง
    อยู่ในไฟล์นี้ เป็น tar พร้อมบัญชี sha256 ของทุกส่วน มีข้อมูลส่วนบุคคล เจ้าของไฟล์เท่านั้นที่อ่านได้
    ไฟล์การตั้งค่าไม่ได้อยู่ในนี้ ให้เก็บไว้ข้างกัน พร้อมเกณฑ์มาตรฐานของจังหวัดเอง

    เข้ารหัสให้ทุกกุญแจใน `recipients` ของ [backup] ในการตั้งค่า ถ้าไม่ได้ตั้งไว้ ไฟล์ไม่ได้เข้ารหัส และคำสั่งเตือนทุกครั้ง

    ลงนามด้วยกุญแจของหนังสือรับรอง ให้จดลายนิ้วมือของกุญแจที่คำสั่งบอกไว้นอกเครื่องนี้ `restore --signed-by` ใช้เทียบ

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

    It is encrypted for every key in `recipients` of [backup] in the settings. Where there is none it is not,
    which is said each time.

    It is signed by the key of certificates. Note the fingerprint that is told, off this machine:
    `restore --signed-by` compares it.

    Where FILE is a folder, the file in it is named by the moment.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.backup import erased_file
    from mochocho.app.backup.make import backup as write
    from mochocho.app.backup.series import next_in, prune
    from mochocho.words.errors import Terminal

    recipients = invocation.settings.backup.recipients
    if keep is not None and not file.is_dir():
        raise wrong_call(
            "--keep ใช้กับโฟลเดอร์: ระบุโฟลเดอร์ที่มีอยู่", "--keep goes with a folder: name one that is there"
        )
    if file.is_dir():
        file = next_in(file, datetime.now(UTC), encrypted=bool(recipients))
    note_at_the_command_line(invocation.home, "export", file.name, "mochocho backup")
    with progress_bars() as progress:
        made = write(invocation.home, file, progress)
    noted = erased_file.write(invocation.home, file.parent)
    size = f"{made.size / (1 << 20):.1f} MB"
    say(
        f"เขียน {file} แล้ว: {made.rows} แถว {made.files} ไฟล์ {size}",
        f"wrote {file}: {made.rows} rows, {made.files} files, {size}",
    )
    show(f"manifest sha256: {made.manifest}")
    if made.signer:
        _say_signer(made.signer)
    if noted:
        say(
            f"รายการสิ่งที่ลบแล้ว: {noted} เก็บไว้ข้างไฟล์สำรองเสมอ กู้คืนแล้วจะลบซ้ำตามนี้",
            f"what was erased stands in {noted}: keep it beside the backups; a restore erases it again",
        )
    _tell_readers(recipients)
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
    ไฟล์ที่เข้ารหัสไว้ต้องมีไฟล์กุญแจ (`--key`) สิ่งที่ถอดรหัสแล้วไม่ถูกเขียนเป็นไฟล์ชั่วคราว
    สิ่งที่ลบหลังสำรองตาม mochocho-erased.json ข้าง FILE ถูกลบซ้ำ

    ลายมือชื่อที่ไม่ตรงกับเนื้อหาไม่รับเสมอ กุญแจที่ลงนามต้องเป็นดอกที่ `--signed-by` หรือ `signer` ของ [backup] ระบุ ถ้าไม่ได้ระบุ
    คำสั่งเตือน ไฟล์ที่ไม่มีลายมือชื่อต้องสั่งด้วย `--unsigned`
    """
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option(
    "--key",
    "key_files",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    th="ไฟล์กุญแจที่ `keys new` เขียนไว้ สำหรับไฟล์สำรองที่เข้ารหัส",
    en="A key file that `keys new` wrote, for a backup that is encrypted.",
)
@option(
    "--signed-by",
    metavar="FINGERPRINT",
    default="",
    th="ลายนิ้วมือของกุญแจที่ต้องลงนามไฟล์นี้ ตามที่ `backup` บอก; ค่าเริ่มต้น = `signer` ของ [backup]",
    en="Fingerprint of the key that must have signed, as `backup` told it; default: `signer` of [backup].",
)
@option(
    "--unsigned",
    is_flag=True,
    th="รับไฟล์ที่ไม่มีลายมือชื่อด้วย เพราะสำรองไว้ด้วยโปรแกรมรุ่นก่อน",
    en="Also take a file without a signature, as older versions made them.",
)
@pass_invocation
def restore(
    invocation: Invocation, file: Path, key_files: tuple[Path, ...], signed_by: str, unsigned: bool
) -> None:
    """Fill an empty home from a backup.

    The settings say where it goes: `home`, with SQLite or the PostgreSQL of `database_url`; a backup of one
    fits the other. Every part of FILE is verified before anything is written, and the home is compared with
    it at the end. A restore that was cut off is finished by the same command. An encrypted one needs a key
    file (`--key`); what is decrypted is never a temporary file. What was erased after the backup was made, as
    mochocho-erased.json beside FILE says, is erased again.

    A signature that does not hold is always refused. The key must be the one that `--signed-by`, or `signer`
    of [backup], names; where neither does, that is said. A file without a signature needs `--unsigned`.
    """
    from mochocho.app.access_chain import at_the_command_line, erasure_noted
    from mochocho.app.backup.encryption import read_keys
    from mochocho.app.backup.manifest_signature import Trust
    from mochocho.app.backup.restore import restore as fill
    from mochocho.app.erasing import erased_list

    home = invocation.home
    if not erased_list.waits_alone(home):  # else it was cut off after it was filled
        secret = [key for path in key_files for key in read_keys(path)]
        trust = Trust(signed_by.strip().lower() or invocation.settings.backup.signer, unsigned)
        with erased_list.kept_for(home, file.parent), progress_bars() as progress:
            done = fill(home, file, progress, secret, trust)
        folder = invocation.settings.home
        say(
            f"กู้คืน {file} ลงใน {folder} แล้ว: {done.rows} แถว {done.files} ไฟล์ เทียบกันแล้วตรง",
            f"restored {file} into {folder}: {done.rows} rows, {done.files} files, compared",
        )
        show(f"manifest sha256: {done.manifest}")
        _tell_signer(done.signer, named=bool(trust.signed_by))
    for receipt in erased_list.erase_again(home, erasure_noted(at_the_command_line(home))):
        say(f"ลบซ้ำตามที่ลบหลังสำรอง: {receipt.about}", f"erased again, as after the backup: {receipt.about}")


def _tell_readers(recipients: Sequence[str]) -> None:
    if not recipients:
        warn(*_OPEN)
        return
    say(f"เข้ารหัสให้กุญแจ {len(recipients)} ดอก:", f"encrypted for {len(recipients)} keys:")
    for recipient in recipients:
        show(f"  {recipient}")


def _tell_signer(signer: str, *, named: bool) -> None:
    if not signer:
        warn(*_NOT_SIGNED)
        return
    _say_signer(signer)
    if not named:
        warn(*_BY_ANYBODY)


def _say_signer(signer: str) -> None:
    say(f"ลงนามด้วยกุญแจ: {signer}", f"signed by the key: {signer}")


@group("กุญแจของไฟล์สำรองที่เข้ารหัส")
def keys() -> None:
    """Keys of encrypted backups."""


@under(
    keys,
    """สร้างกุญแจของผู้ที่เปิดไฟล์สำรองได้ ลงในไฟล์ FILE

    FILE เป็นความลับ เจ้าของไฟล์เท่านั้นที่อ่านได้ ให้เก็บไว้นอกเครื่องนี้ ถ้าหาย ไฟล์สำรองที่เข้ารหัสไว้ให้กุญแจนี้ดอกเดียวเปิดไม่ได้อีก
    คำสั่งบอกกุญแจสาธารณะซึ่งใส่ใน `recipients` ของ [backup] ในการตั้งค่า ใช้กับโปรแกรม age ได้ด้วย
    """,
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_invocation
def new(invocation: Invocation, file: Path) -> None:
    """Make the key of somebody who may open backups, in FILE.

    FILE is secret and its owner's alone. Keep it off this machine: without it, a backup that was encrypted
    for it alone cannot be opened by anybody. The public key that is told belongs into `recipients` of
    [backup] in the settings. The program age reads both.
    """
    from mochocho.app.backup.encryption import new_key

    recipient = new_key(file, invocation.settings.home)
    say(
        f"เขียนกุญแจลับ {file} แล้ว ให้เก็บไว้นอกเครื่องนี้ และมีสำเนาอีกที่หนึ่ง กุญแจสาธารณะ:",
        f"wrote the secret key {file}; keep it off this machine, with a copy elsewhere. Its public key:",
    )
    show(recipient)


COMMANDS = (backup, restore, keys)
