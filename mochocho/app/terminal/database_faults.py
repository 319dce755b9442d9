"""What a database's refusals mean for this home, and what to do about them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """In Thai and in English; `again`: whether the same command may succeed later."""

    th: str
    en: str
    again: bool = False


_READ_ONLY = Meaning(
    "เขียนฐานข้อมูลไม่ได้: สั่งด้วยบัญชีผู้ใช้ที่เป็นเจ้าของโฟลเดอร์ home ตรวจว่าดิสก์เขียนได้ หรือตั้ง home เป็นโฟลเดอร์อื่น",
    "it cannot be written: run this as the owner of the folder `home`, see that the disk is not mounted "
    "read-only, or set `home` to another folder",
)
_FULL = Meaning(
    "ดิสก์เต็ม: เพิ่มที่ว่างแล้วสั่งอีกครั้ง สิ่งที่ทำเสร็จแล้วไม่หาย", "the disk is full: free some space and run this again"
)
_DAMAGED = Meaning(
    "ไฟล์ฐานข้อมูลเสียหายหรือไม่ใช่ของ mochocho: ย้ายไฟล์นั้นออก แล้วสั่ง `mochocho restore` จากไฟล์สำรองล่าสุด",
    "its file is damaged or none of mochocho's: move it away and run `mochocho restore` with a backup",
)
_INCOMPLETE = Meaning(
    "ตารางในฐานข้อมูลไม่ครบ: สั่ง `mochocho status` ครั้งหนึ่งเพื่อสร้าง ถ้ายังไม่หายให้กู้คืนจากไฟล์สำรอง",
    "its tables are not complete: `mochocho status` makes them; if that does not help, restore a backup",
)
_PASSWORD = Meaning(
    "ชื่อผู้ใช้หรือรหัสผ่านของฐานข้อมูลไม่ถูกต้อง: ตรวจ database_url และรหัสผ่าน (ใน URL ให้เขียน % เป็น %25)",
    "user or password is not right: see database_url and its password (in a URL write % as %25)",
)
_NONE = Meaning(
    "ไม่มีฐานข้อมูลหรือผู้ใช้ชื่อนี้ใน PostgreSQL: สร้างก่อน หรือแก้ database_url",
    "PostgreSQL has no such database or user: make it, or mend database_url",
)
_AWAY = Meaning(
    "ติดต่อ PostgreSQL ไม่ได้: เปิด PostgreSQL หรือแก้ชื่อเครื่องและพอร์ตใน database_url แล้วสั่งอีกครั้ง",
    "PostgreSQL cannot be reached: start it, or mend host and port in database_url",
    again=True,
)
_BUSY = Meaning("ฐานข้อมูลไม่ว่าง: อีกสักครู่ให้สั่งอีกครั้ง", "it is busy: run this again in a moment", again=True)
_RIGHTS = Meaning(
    "ผู้ใช้ของฐานข้อมูลไม่มีสิทธิ์ในตาราง: ให้ผู้ดูแล PostgreSQL ให้สิทธิ์ผู้ใช้ใน database_url เป็นเจ้าของฐานข้อมูล",
    "the database's user may not use its tables: let that of database_url own the database",
)


def _holds(*words: str) -> Callable[[str], bool]:
    return lambda cause: any(word in cause for word in words)


_READ_ONLY_SAID = ("readonly database", "read-only", "unable to open database", "access permission denied")
_AWAY_SAID = (
    *("connection refused", "connection failed", "closed the connection", "is the server running"),
    *("could not translate", "resolve", "timeout", "timed out", "unreachable"),
)
_MEANINGS: tuple[tuple[Callable[[str], bool], Meaning], ...] = (
    (_holds(*_READ_ONLY_SAID), _READ_ONLY),
    (_holds("is full", "no space left"), _FULL),
    (_holds("malformed", "not a database", "disk i/o error"), _DAMAGED),
    (_holds("locked", "too many clients", "starting up", "shutting down"), _BUSY),
    (_holds("no such table", "no such column", "undefinedtable"), _INCOMPLETE),
    (lambda cause: "relation" in cause and "does not exist" in cause, _INCOMPLETE),
    (_holds("password", "authentication"), _PASSWORD),
    (_holds("does not exist"), _NONE),
    (_holds("permission denied"), _RIGHTS),
    (_holds(*_AWAY_SAID), _AWAY),
)


def meaning(cause: str) -> Meaning | None:
    """The meaning of the database's message; None where it is not known."""
    said = cause.lower()
    return next((found for fits, found in _MEANINGS if fits(said)), None)
