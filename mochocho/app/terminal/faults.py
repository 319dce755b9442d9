"""Turns an exception into one sentence and an exit status: what went wrong, and what to do."""

import errno

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from mochocho.app.terminal.database_faults import meaning
from mochocho.storage.files import NotInStore
from mochocho.words.errors import MochochoError, Transient, reason
from mochocho.words.sentences import Sentence

# From sysexits.h; 2 is click's status for a wrong call.
NEEDS_A_PERSON, A_FAULT_OF_OURS, TRY_AGAIN = 1, 70, 75


def explain(error: Exception) -> tuple[Sentence, int]:
    """The sentence to print and the status to exit with."""
    match error:
        case Transient():
            return error.said, TRY_AGAIN
        case MochochoError():
            return error.said, NEEDS_A_PERSON
        case SQLAlchemyError():
            return _database(error)
        case OSError():
            return _system(error), NEEDS_A_PERSON
    kind = f"{type(error).__name__}: {error}"
    said = Sentence(
        f"เกิดข้อผิดพลาดที่ไม่คาดไว้ ({kind}) เป็นความบกพร่องของ mochocho: สั่งอีกครั้งโดยเพิ่ม --debug แล้วแจ้งผู้ดูแลโปรแกรม",
        f"unexpected {kind}; this is a fault of mochocho: run it again with --debug and report it",
    )
    return said, A_FAULT_OF_OURS


def _database(error: SQLAlchemyError) -> tuple[Sentence, int]:
    cause = str(error.orig if isinstance(error, DBAPIError) else error).strip().split("\n")[0]
    if found := meaning(cause):
        said = Sentence(f"ฐานข้อมูล: {found.th} ({cause})", f"the database: {found.en} ({cause})")
        return said, TRY_AGAIN if found.again else NEEDS_A_PERSON
    useless = Sentence(
        f"ใช้ฐานข้อมูลไม่ได้ ({cause}) ให้สั่ง `mochocho doctor` เพื่อหาสาเหตุ",
        f"the database cannot be used ({cause}); `mochocho doctor` looks for the reason",
    )
    return useless, NEEDS_A_PERSON


def _system(error: OSError) -> Sentence:
    if isinstance(error, NotInStore):
        return error.said
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Sentence(
            f"{where}ดิสก์เต็ม ให้เพิ่มที่ว่างแล้วสั่งอีกครั้ง สิ่งที่ทำเสร็จแล้วไม่หาย",
            f"{where}the disk is full; free some space and run this again, nothing that was finished is lost",
        )
    if isinstance(error, PermissionError):
        return Sentence(
            f"{where}ไม่มีสิทธิ์ ให้ใช้ mochocho ด้วยบัญชีผู้ใช้ที่เป็นเจ้าของโฟลเดอร์นี้ หรือเลือกโฟลเดอร์อื่น",
            f"{where}no permission; run mochocho as the user who owns this folder, or choose another one",
        )
    if error.errno == errno.EADDRINUSE:
        return Sentence(
            "มีโปรแกรมอื่นใช้พอร์ตนี้อยู่ ให้หยุดโปรแกรมนั้น หรือเลือกพอร์ตอื่นด้วย --port",
            "another program already listens on this port; stop it, or choose another with --port",
        )
    why = reason(error)
    return Sentence(f"{where}{why.th}", f"{where}{why.en}")
