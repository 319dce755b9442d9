"""The doctor's checks of backups: made recently, what was erased since, who can open them, who signs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.app import pulses
from mochocho.app.backup import erased_file
from mochocho.app.backup.manifest_signature import fingerprint
from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.looking import looked
from mochocho.app.tables import ErasureRow
from mochocho.app.terminal.ages import age
from mochocho.settings.config import Settings
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from processing.certificates.signing import FILE, signer
from sync.mirror.writing import erased_ids
from sync.tables import SubmissionVersion

OFTEN_ENOUGH = timedelta(days=7)
ENOUGH_READERS = 2  # one key that is lost must not be the only one


def examine(settings: Settings, now: datetime) -> Iterator[Check]:
    """Nothing where nothing has been received yet, or where the database cannot be read."""
    if check := looked(settings.url, lambda session: _look(session, settings.backup.folder, now)):
        yield check
        yield _readers(len(set(settings.backup.recipients)))
        yield _signer(settings)
    yield from looked(settings.url, lambda session: _erased(session, settings.backup.folder)) or ()


def _look(session: Session, folder: Path | None, now: datetime) -> Check | None:
    if session.scalar(select(SubmissionVersion.id).limit(1)) is None:
        return None
    return _check(pulses.last(session, pulses.BACKUP), folder, now)


def _check(made: datetime | None, folder: Path | None, now: datetime) -> Check:
    if made is None:
        never = Sentence("ยังไม่เคยสำรองข้อมูลของโฟลเดอร์งานนี้", "no backup of this home was ever made")
        return Check("backup", "warn", never, _every_night(folder))
    ago = age(made, now)
    found = Sentence(f"สำรองครั้งล่าสุดเมื่อ {ago.th}ก่อน", f"the last one was made {ago.en} ago")
    if now - made > OFTEN_ENOUGH:
        return Check("backup", "warn", found, _every_night(folder))
    return Check("backup", "ok", found)


def _every_night(folder: Path | None) -> Sentence:
    call = f"`mochocho backup {folder or 'backups'} --keep 14`"
    return Sentence(
        f"สั่ง {call} ทุกคืน แล้วคัดลอกไฟล์ไปไว้นอกเครื่องนี้",
        f"run {call} every night, and copy the file to another machine",
    )


def _erased(session: Session, folder: Path | None) -> list[Check]:
    """Whether an older backup that is restored would be erased again of everything that was erased."""
    last = session.scalar(select(func.max(ErasureRow.begun_at)))
    if last is None:
        return []
    if folder is not None:
        try:
            noted = erased_file.read(folder / erased_file.NAME).pairs
        except (OSError, Terminal):
            noted = frozenset()
        behind = not erased_ids.kept(session).pairs <= noted
    else:
        made = pulses.last(session, pulses.BACKUP)
        behind = made is None or made < last
    if behind:
        found = Sentence(
            f"มีการลบข้อมูลส่วนบุคคลที่ยังไม่อยู่ใน {erased_file.NAME} ข้างไฟล์สำรอง กู้คืนไฟล์เก่าแล้วข้อมูลนั้นจะกลับมา",
            f"something was erased that {erased_file.NAME} beside the backups does not have yet: "
            "an older backup would bring it back",
        )
        return [Check("erased list", "warn", found, _every_night(folder))]
    noted_all = Sentence("รายการที่ลบแล้วข้างไฟล์สำรองครบ", "the list beside the backups has all that was erased")
    return [Check("erased list", "ok", noted_all)]


def _readers(count: int) -> Check:
    if count >= ENOUGH_READERS:
        found = Sentence(f"เข้ารหัสให้กุญแจ {count} ดอก", f"encrypted for {count} keys")
        return Check("backup readers", "ok", found)
    advice = Sentence(
        "ให้สั่ง `mochocho keys new` ให้ผู้รับผิดชอบสองคน คนละไฟล์ แล้วใส่กุญแจสาธารณะทั้งสองใน `recipients` ของ [backup]",
        "run `mochocho keys new` for two people, a file each; set both public keys as `recipients` "
        "in [backup]",
    )
    found = (
        Sentence(
            "มีกุญแจเปิดไฟล์สำรองดอกเดียว ถ้าหายจะเปิดไม่ได้อีก",
            "one key alone opens backups: where it is lost, nobody can",
        )
        if count
        else Sentence(
            "ไฟล์สำรองไม่ได้เข้ารหัส ใครได้ไปก็อ่านได้ทั้งหมด",
            "backups are not encrypted: whoever gets one reads all of it",
        )
    )
    return Check("backup readers", "warn", found, advice)


def _signer(settings: Settings) -> Check:
    path, named = settings.home / FILE, settings.backup.signer
    if not path.is_file():
        found = Sentence("ยังไม่มีกุญแจลงนามไฟล์สำรอง", "there is no key yet that signs backups")
        advice = Sentence(
            "สั่ง `mochocho backup` ครั้งต่อไปจะสร้างกุญแจ ถ้าเคยมีแล้วหาย ให้นำ keys/certificates.pem กลับมาจากไฟล์สำรอง",
            "the next `mochocho backup` makes one; if it is lost, take keys/certificates.pem out of a backup",
        )
        return Check("backup signer", "warn", found, advice)
    try:
        mine = fingerprint(signer(settings.home).public)
    except Terminal as error:
        return Check("backup signer", "warn", error.said)
    if named and named != mine:
        found = Sentence(
            f"ไฟล์สำรองลงนามด้วยกุญแจ {mine} ไม่ใช่ดอกที่ตั้งไว้ใน `signer` ของ [backup]",
            f"backups are signed by the key {mine}, not by the `signer` of [backup]",
        )
        advice = Sentence(
            "ถ้าเปลี่ยนกุญแจโดยตั้งใจ ให้แก้ `signer` ให้ตรง มิฉะนั้นให้หาว่าผู้ใดเปลี่ยน keys/certificates.pem",
            "if it was changed on purpose, set `signer` to it; "
            "else find out who changed keys/certificates.pem",
        )
        return Check("backup signer", "warn", found, advice)
    return Check("backup signer", "ok", Sentence(f"ลงนามด้วยกุญแจ {mine}", f"signed by the key {mine}"))
