"""The portal and its accounts."""

from typing import TYPE_CHECKING

import click
from rich.table import Table

from mochocho.app.commands.help import group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import out, say, show, warn
from mochocho.app.terminal.language import told
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from datetime import datetime

    from mochocho.app.portal.access.account_parts.account import Account

ROLES = ("admin", "province", "district", "assessor", "viewer")


@group(
    """พอร์ทัลสำหรับเจ้าหน้าที่ ใช้งานในเบราว์เซอร์

    สั่ง `mochocho portal` เปิดพอร์ทัลที่เครื่องนี้ จนกว่าจะกด Ctrl-C เครื่องอื่นเปิดได้เฉพาะหลังพร็อกซี HTTPS
    ที่ตั้งใน [portal] บัญชีสร้างด้วย `mochocho portal accounts add`
    """,
    invoke_without_command=True,
)
@option(
    "--host",
    th="ที่อยู่ที่รอรับ ถ้าไม่กำหนดและไม่มีในการตั้งค่า คือ 127.0.0.1 (เครื่องนี้เท่านั้น)",
    en="Address to listen on; 127.0.0.1 (this machine alone) unless the settings say otherwise.",
)
@option(
    "--port",
    type=click.IntRange(1, 65535),
    th="พอร์ตที่รอรับ ถ้าไม่กำหนดและไม่มีในการตั้งค่า คือ 8430",
    en="Port to listen on; 8430 unless the settings say otherwise.",
)
@option("--no-browser", is_flag=True, th="ไม่เปิดเบราว์เซอร์", en="Do not open the browser.")
@pass_invocation
@click.pass_context
def portal(
    ctx: click.Context, invocation: Invocation, host: str | None, port: int | None, no_browser: bool
) -> None:
    """The portal for staff, in a browser.

    `mochocho portal` opens it on this machine until Ctrl-C; other machines reach it only behind the HTTPS
    proxy that [portal] names. `mochocho portal accounts add` makes its accounts.
    """
    if ctx.invoked_subcommand is not None:
        return
    from mochocho.app.portal.access.accounts import every
    from mochocho.app.portal.opening import run_until_stopped

    settings = invocation.settings.portal
    if not every(invocation.home):
        warn(
            "ยังไม่มีบัญชี สร้างบัญชีแรกด้วย `mochocho portal accounts add`",
            "there is no account yet; `mochocho portal accounts add` makes the first",
        )
    run_until_stopped(
        invocation.home,
        host or settings.host,
        port or settings.port,
        settings.public_url,
        browser=not no_browser,
    )


@group("บัญชีของพอร์ทัล: ใครเข้าได้ และทำหน้าที่ใด")
def accounts() -> None:
    """Who may use the portal, and as what."""


portal.add_command(accounts)

Login = click.argument("login")
District = option(
    "--district",
    "districts",
    multiple=True,
    metavar="NAME",
    th="อำเภอที่บัญชีนี้เห็น ถ้ามีหลายอำเภอให้ใส่ซ้ำ",
    en="A district that the account sees; repeat for more.",
)
RoleOption = option(
    "--role",
    required=True,
    type=click.Choice(ROLES),
    th="admin ผู้ดูแลระบบ, province จังหวัด, district อำเภอ, assessor กรรมการ, viewer ผู้ดูเอกสาร",
    en="What the account is for.",
)

Applicant = option(
    "--applicant",
    "applicants",
    multiple=True,
    metavar="KEY",
    th="รหัสผู้สมัครที่มอบหมายให้กรรมการ ถ้าใส่ เห็นเฉพาะรายเหล่านี้ ถ้ามีหลายรายให้ใส่ซ้ำ",
    en="An applicant given to an assessor, who then sees these alone; repeat for more.",
)
Until = option(
    "--until",
    default="",
    metavar="DAY",
    th="วันสุดท้ายที่ผู้ดูเอกสารใช้ได้ เช่น 1/5/2568 ถ้าไม่ใส่ คือไม่หมดอายุ",
    en="The last day of a viewer, such as 2025-05-01; without it, none.",
)


@under(
    accounts,
    """สร้างบัญชี และแสดงรหัสผ่านครั้งเดียว

    เจ้าของบัญชีต้องเปลี่ยนรหัสผ่านเมื่อเข้าระบบครั้งแรก ชื่อ (--name) คือชื่อที่บันทึกเป็นผู้ตัดสินทุกครั้ง
    """,
)
@Login
@option("--name", required=True, th="ชื่อเต็มของเจ้าของบัญชี", en="Full name of the account's owner.")
@RoleOption
@District
@Applicant
@Until
@option(
    "--subject",
    default="",
    th="รหัสผู้ใช้ (subject) ในระบบยืนยันตัวตนของหน่วยงาน แทนรหัสผ่าน",
    en="Whom the office's OpenID Connect provider names so, instead of a password.",
)
@pass_invocation
def add(
    invocation: Invocation,
    login: str,
    name: str,
    role: str,
    districts: tuple[str, ...],
    applicants: tuple[str, ...],
    until: str,
    subject: str,
) -> None:
    """Make an account, and show its password once.

    Its owner has to change it at the first sign-in. What the account decides is recorded under --name.
    """
    from mochocho.app.portal.access import accounts as kept
    from mochocho.app.portal.access.roles import Role

    given = kept.add(
        invocation.home,
        login,
        name,
        Role(role),
        districts,
        applicants=applicants,
        until=_moment(until),
        subject=subject,
    )
    say(f"สร้างบัญชี {login} แล้ว", f"made the account {login}")
    if given:
        _give(given)


@under(accounts, "บัญชีทั้งหมด: ชื่อ หน้าที่ ขอบเขต สถานะ", "list")
@pass_invocation
def list_(invocation: Invocation) -> None:
    """Every account: name, role, whose matters it sees, state."""
    from mochocho.app.portal.access.account_parts.account_reach import last_day
    from mochocho.app.portal.access.accounts import every

    headings = Sentence("บัญชี|ชื่อ|หน้าที่|ขอบเขต|วันสุดท้าย|สถานะ", "login|name|role|sees|last day|state")
    grid = Table(*told(headings).split("|"), box=None, pad_edge=False)
    for one in every(invocation.home):
        names = [d.name_th for d in invocation.home.province.districts if d.code in one.districts]
        sees = ", ".join([*names, *sorted(one.applicants)])
        until = last_day(one.until).isoformat() if one.until else ""
        grid.add_row(one.login, one.name, one.role.value, sees, until, told(_state(one)))
    out.print(grid)


@under(accounts, "ยกเลิกบัญชีทันที สิ่งที่บัญชีนี้ตัดสินไว้ยังอยู่")
@Login
@pass_invocation
def disable(invocation: Invocation, login: str) -> None:
    """End an account at once; what it decided stays."""
    from mochocho.app.portal.access import accounts as kept

    kept.disable(invocation.home, login)
    say(f"บัญชี {login} เข้าระบบไม่ได้แล้ว", f"the account {login} is let in no more")


@under(
    accounts,
    """ออกรหัสผ่านใหม่ให้บัญชี

    เช่น เมื่อลืมรหัสผ่านหรือโทรศัพท์หาย ทุกเครื่องที่ใช้บัญชีนี้อยู่จะออกจากระบบ และต้องตั้งการยืนยันขั้นที่สองใหม่
    """,
)
@Login
@pass_invocation
def reset(invocation: Invocation, login: str) -> None:
    """Give an account a new password.

    As for one forgotten or a phone lost. Whoever uses it is signed out, and the second factor is set up
    again.
    """
    from mochocho.app.portal.access import accounts as kept

    _give(kept.reset(invocation.home, login))


@under(
    accounts,
    """เปลี่ยนหน้าที่และอำเภอของบัญชี

    เจ้าของต้องเข้าระบบใหม่
    """,
)
@Login
@RoleOption
@District
@Applicant
@Until
@pass_invocation
def role(
    invocation: Invocation,
    login: str,
    role: str,
    districts: tuple[str, ...],
    applicants: tuple[str, ...],
    until: str,
) -> None:
    """Give an account another role and districts.

    Its owner signs in again.
    """
    from mochocho.app.portal.access import accounts as kept
    from mochocho.app.portal.access.roles import Role

    kept.change_role(
        invocation.home, login, Role(role), districts, applicants=applicants, until=_moment(until)
    )
    say(f"บัญชี {login} เปลี่ยนเป็น {role} แล้ว", f"the account {login} is {role} now")


@under(portal, "ใครได้ดูอะไร เมื่อใด เพราะเหตุใด และไม่มีบันทึกใดถูกแก้")
@option(
    "--last",
    type=click.IntRange(1, 100_000),
    default=20,
    show_default=True,
    th="กี่รายการล่าสุด",
    en="How many of the newest.",
)
@pass_invocation
@click.pass_context
def log(ctx: click.Context, invocation: Invocation, last: int) -> None:
    """Who was given what to see, and whether the log is whole.

    Ends with status 1 where a row was changed, removed or inserted.
    """
    from mochocho.app import access_chain

    headings = Sentence("เลขที่|เวลา|ใคร|อะไร|ของ|เหตุผล", "number|time|who|what|of|reason")
    grid = Table(*told(headings).split("|"), box=None, pad_edge=False)
    for one in access_chain.last(invocation.home, last):
        at = one.at.astimezone().isoformat(" ", "seconds")
        grid.add_row(str(one.number), at, one.name, one.what, one.about, one.reason)
    out.print(grid)
    broken = access_chain.broken(invocation.home)
    if broken:
        numbers = ", ".join(map(str, broken[:10]))
        warn(f"บันทึกถูกแก้ ลบ หรือแทรก ที่เลขที่ {numbers}", f"the log was tampered with at {numbers}")
    ctx.exit(int(bool(broken)))


def _give(password: str) -> None:
    say(
        "รหัสผ่านต่อไปนี้แสดงครั้งเดียว ให้ส่งถึงเจ้าของบัญชีโดยตรง",
        "this password is shown once; hand it to the account's owner alone",
    )
    show(password)


def _moment(until: str) -> "datetime | None":
    """The end of a last day as it was typed, in either calendar."""
    if not until:
        return None
    from mochocho.app.portal.access.account_parts.account_reach import end_of
    from mochocho.excel.cells import Cell
    from mochocho.excel.typed import Wrong, day_of

    try:
        return end_of(day_of(Cell(until)))
    except Wrong as wrong:
        raise wrong_call(f"วันของ --until: {wrong.said.th}", f"the day of --until: {wrong.said.en}") from wrong


def _state(account: "Account") -> Sentence:
    if account.disabled:
        return Sentence("ยกเลิกแล้ว", "disabled")
    return (
        Sentence("รอเปลี่ยนรหัสผ่าน", "password not changed yet")
        if account.must_change
        else Sentence("ใช้งาน", "in use")
    )


COMMANDS = (portal,)
