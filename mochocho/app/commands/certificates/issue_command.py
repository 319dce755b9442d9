"""`mochocho certificates issue|list`: who gets one, who has one."""

from typing import TYPE_CHECKING

from mochocho.app.commands.decisions.recording import By, cell, recorder_of, refusals_told
from mochocho.app.commands.help import group, option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show, warn

if TYPE_CHECKING:
    from datetime import date

    from processing.certificates.given import Given

Day = option(
    "--day",
    default="",
    th="วันที่บนหนังสือรับรอง ถ้าไม่ใส่ คือวันประชุมที่มีมติ",
    en="The day on the certificate; by default that of the meeting that certified.",
)


@group("หนังสือรับรอง: ออก ดูทะเบียน ออกแทน เพิกถอน พิมพ์")
def certificates() -> None:
    """Certificates: give, list, replace, revoke and print them."""


@under(
    certificates,
    """ออกหนังสือรับรองแก่ผู้ได้รับการรับรองที่ยังไม่มี

    คือผู้ที่คณะกรรมการระดับจังหวัดมีมติรับรอง

    เลขที่เรียงตามประเภท อำเภอ และชื่อ ต่อจากเลขสุดท้ายที่เคยให้ เลขหนึ่งให้ครั้งเดียว ไม่ใช้ซ้ำ ผู้ที่ได้มติรับรองแบบมีเงื่อนไข
    ยังไม่ออกให้ จนกว่าจะครบเงื่อนไขและบันทึกมติรับรองแทน ผู้ที่ถูกเพิกถอนยังไม่ออกให้อีก จนกว่าจะมีมติรับรองครั้งใหม่
    --dry-run แสดงเลขที่จะให้
    """,
)
@By
@Day
@option("--dry-run", is_flag=True, th="แสดงเลขที่จะให้ ไม่บันทึก", en="Show the numbers; record nothing.")
@pass_invocation
def issue(invocation: Invocation, by: str, day: str, dry_run: bool) -> None:
    """Give one to everyone certified who has none.

    To whom the provincial committee certified; numbered by type, district and name, after the last number
    ever given; a number is given once. Whoever was certified under a condition waits until it is met and
    a plain resolution stands, whose certificate was revoked until the committee certifies anew. --dry-run
    shows the numbers.
    """
    from processing.certificates import issue as giving

    home = invocation.home if dry_run else invocation.writable_home
    found = giving.waiting(home)
    for number, unit in found.numbers:
        show(f"{number}/{home.pack.fiscal_year_be}  {unit.name}  {unit.district}")
    count = len(found.ready)
    if dry_run:
        say(f"จะออก {count} ฉบับ ยังไม่ได้บันทึก", f"certificates to give: {count}; nothing was recorded")
    else:
        with refusals_told():
            count = len(giving.give(home, recorder_of(home, by), typed_day(day)))
        say(f"ออกหนังสือรับรอง {count} ฉบับ", f"certificates given: {count}")
    for unit in found.owing:
        owed = unit.resolution.condition
        warn(
            f"{unit.name}: ยังไม่ออกให้ มติรับรองแบบมีเงื่อนไข: {owed}",
            f"{unit.name}: not given, certified under a condition: {owed}",
        )
    for unit in found.revoked:
        warn(
            f"{unit.name}: ยังไม่ออกให้ ฉบับเดิมถูกเพิกถอนแล้ว หากจะออกใหม่ ให้บันทึกมติรับรองครั้งใหม่ของคณะกรรมการจังหวัด",
            f"{unit.name}: not given, the former one was revoked; to give another, record a new resolution "
            "of the provincial committee",
        )


@under(certificates, "แสดงทะเบียนหนังสือรับรองและสถานะของแต่ละฉบับ", name="list")
@pass_invocation
def list_certificates(invocation: Invocation) -> None:
    """Show the register of certificates and how each stands."""
    from mochocho.storage.db import reading
    from processing.certificates.given import register

    home = invocation.home
    with reading(home.engine) as session:
        every = register(home, session)
    for one in every:
        show(line(one))
    held = sum(one.state.value == "valid" for one in every)
    say(f"ทั้งหมด {len(every)} ฉบับ มีผลอยู่ {held} ฉบับ", f"certificates: {len(every)}, standing: {held}")


def line(one: "Given") -> str:
    """One certificate of the register, in one line."""
    from mochocho.words import thai
    from reports.view.printed_words import TYPE

    given = one.certificate
    day = thai.date_short(given.day, thai_digits=False)
    parts = (given.no, given.name, TYPE[given.type], given.district, day, given.code, _state(one))
    return "  ".join(part for part in parts if part)


def _state(one: "Given") -> str:
    from mochocho.words import thai
    from processing.certificates.given import State

    why = f" {thai.normalise(one.why)}" if one.why else ""
    return {
        State.VALID: f"(แทนเลขที่ {one.replaces}:{why})" if one.replaces else "",
        State.REPLACED: f"[ออกเลขที่ {one.replaced_by} แทนแล้ว:{why}]",
        State.REVOKED: f"[เพิกถอนแล้ว:{why}]",
        State.UNFOUNDED: "[มติที่รับรองไม่มีผลแล้ว ให้เพิกถอนหรือบันทึกมติใหม่]",
    }[one.state]


def typed_day(text: str) -> "date | None":
    """A day as an office types it; None where nothing is typed."""
    from mochocho.excel.typed import day_of

    return day_of(cell(text)) if text else None
