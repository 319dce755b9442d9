"""Checks of the application as a whole: who sent it, where it belongs, when it was made. Pure."""

from collections.abc import Iterable, Iterator

from mochocho.words import days
from mochocho.words.model import Application, Finding, ReadFrom
from processing.findings import finding, quoted


def sent_from_elsewhere(application: Application) -> Finding | None:
    """An application for a district that is not the sending officer's is held (issue 2, Access)."""
    if application.officer_districts is None or application.district in application.officer_districts:
        return None
    message = "ใบสมัครนี้ส่งโดยเจ้าหน้าที่ของอำเภออื่น จึงระงับไว้ ให้อำเภอของผู้สมัครตรวจและส่งใหม่"
    return _about(application, "officer.other_district", "district", message, blocking=True)


def unknown_district(application: Application, districts: frozenset[str]) -> Finding | None:
    """The district must be one of the province's."""
    if application.district in districts:
        return None
    said = f"รหัสอำเภอ {quoted(application.district)} ไม่อยู่ในจังหวัดนี้" if application.district else "ไม่ได้ระบุอำเภอ"
    return _about(
        application, "applicant.unknown_district", "district", f"{said} ให้แก้ไขใบสมัคร", blocking=True
    )


def unread_edits(application: Application, reasons: Iterable[str]) -> Iterator[Finding]:
    """A newer version has come that could not be read: what is shown here is the one before it."""
    for reason in reasons:
        message = f"มีฉบับแก้ไขที่ยังอ่านไม่ได้ จึงแสดงฉบับก่อนหน้า ({reason})"
        yield _about(application, "submission.edit_unread", "applicant", message)


def remarks(application: Application) -> Iterator[Finding]:
    """What is for a person to look at and keeps no gate shut."""
    if not application.name:
        message = "ไม่ได้กรอกชื่อผู้สมัคร ให้แก้ไขใบสมัคร"
        yield _about(application, "applicant.no_name", "applicant_name", message)
    if application.conflict:
        message = "ใบสมัครถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ ให้ตรวจว่าฉบับที่แสดงถูกต้อง"
        yield _about(application, "submission.conflict", "applicant", message)
    if application.applied_on is None and not application.doubted:
        message = "ไม่ได้กรอกวันที่สมัคร ให้แก้ไขใบสมัคร"
        yield _about(application, "applicant.no_date", "applied_on", message)
    for day in application.doubted:
        yield _about(application, "applicant.unlikely_date", day.path, days.sentence(day, "ใบสมัคร"))
    yield from _misread(application)


_MISREAD = {
    "phone": ("applicant.no_telephone", "สิ่งที่กรอกในช่องโทรศัพท์ไม่ใช่เบอร์โทรศัพท์ (ขึ้นต้นด้วย 0 มี 9 หรือ 10 หลัก)"),
    "moo": ("applicant.no_village_number", "สิ่งที่กรอกในช่องหมู่ที่ไม่ใช่เลขหมู่ (1 ถึง 99) จึงไม่แสดง"),
}


def _misread(application: Application) -> Iterator[Finding]:
    for path in application.misread:
        code, said = _MISREAD[path]
        yield _about(application, code, path, f"{said} ให้แก้ไขใบสมัคร")


def _about(
    application: Application, code: str, path: str, message: str, *, blocking: bool = False
) -> Finding:
    read_from = ReadFrom(application.instance_id, path)
    return finding(code, path, message, blocking=blocking, read_from=read_from)
