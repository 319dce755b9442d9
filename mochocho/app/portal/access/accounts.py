"""The accounts of the portal: made by an administrator, changed, disabled, never removed.

Each change stands in the access log, written with it or not at all.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app import access_chain
from mochocho.app.access_chain import Who
from mochocho.app.portal.access import passwords, second_factor, sessions
from mochocho.app.portal.access.account_parts.account import Account, of_row
from mochocho.app.portal.access.account_parts.account_owner import (
    Owner,
    account_row,
    issuer,
    owner,
    unfit_owner,
)
from mochocho.app.portal.access.account_parts.account_reach import Reach, columns, reach_th, unfit_reach
from mochocho.app.portal.access.roles import Role
from mochocho.app.tables import AccountRow
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal, Unfit, refuse

_RESET = "ออกรหัสผ่านใหม่ และให้ตั้งรหัสขั้นที่สองใหม่"
WRONG_FORMER = "รหัสผ่านเดิมไม่ถูกต้อง"


def every(home: Home) -> list[Account]:
    """All accounts, by login."""
    with reading(home.engine) as session:
        return [of_row(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.login))]


def add(
    home: Home,
    login: str,
    name: str,
    role: Role,
    districts: Sequence[str] = (),
    *,
    applicants: Sequence[str] = (),
    until: datetime | None = None,
    subject: str = "",
    by: Who | None = None,
) -> str:
    """Make an account; the password that its owner changes when signing in first. `districts`: names or
    codes. Raises Terminal where `by` may not, Unfit or AllUnfit by the names of its parameters.

    `subject`: of an account that signs in at the provider of the settings; it has no password (''). `by`: who
    makes it; None = whoever holds the command line, here and below.
    """
    asked, reach = owner(login, name, subject), Reach(role, districts, applicants, until)
    with transaction(home.engine, counted=False) as session:
        _still_administrator(session, by)
        refuse([*unfit_owner(home, session, asked), *unfit_reach(home, session, reach)])
        given = "" if asked.subject else passwords.given()
        row = AccountRow(
            login=asked.login,
            name=asked.name,
            role=role.value,
            **columns(home, reach),
            password=passwords.hashed(given) if given else "",
            must_change=bool(given),
            totp="",
            issuer=issuer(home) if asked.subject else "",
            subject=asked.subject,
            created_at=datetime.now(UTC),
        )
        session.add(row)
        session.flush()
        _log(home, session, by, row.login, f"สร้างบัญชีของ {row.name} {reach_th(home, of_row(row))}")
    return given


def unfit(home: Home, reach: Reach, asked: Owner | None = None) -> list[Unfit]:
    """All that `change_role`, or with an owner `add`, would refuse; nothing is written."""
    with reading(home.engine) as session:
        of_owner = unfit_owner(home, session, asked) if asked else ()
        return [*of_owner, *unfit_reach(home, session, reach)]


def disable(home: Home, login: str, by: Who | None = None) -> None:
    """Let the account in no more; whoever uses it is out at once. Raises Terminal for an unknown one."""
    with transaction(home.engine, counted=False) as session:
        row = _changeable(session, login, by)
        row.disabled_at = datetime.now(UTC)
        sessions.end_all(session, row.id)
        _log(home, session, by, row.login, "ปิดบัญชี")


def reset(home: Home, login: str, by: Who | None = None) -> str:
    """A new password to hand over; the second factor is to be set up again, and whoever uses it is out. An
    account that was disabled is let in again. '' for one that signs in at the office's own provider.
    """
    with transaction(home.engine, counted=False) as session:
        row = _changeable(session, login, by)
        given = _new_password(row)
        row.totp, row.disabled_at = "", None
        second_factor.forget_codes(session, row.id)
        sessions.end_all(session, row.id)
        _log(home, session, by, row.login, _RESET if given else "เปิดบัญชีอีกครั้ง")
    return given


def renew_password(home: Home, login: str, by: Who | None = None) -> str:
    """A new password to hand over, '' as above; the second factor stays, and whoever uses it is out."""
    with transaction(home.engine, counted=False) as session:
        row = _changeable(session, login, by)
        given = _new_password(row)
        sessions.end_all(session, row.id)
        _log(home, session, by, row.login, "ออกรหัสผ่านใหม่" if given else "ให้ออกจากระบบทุกเครื่อง")
    return given


def forget_second_factor(home: Home, login: str, by: Who | None = None) -> None:
    """The second factor is to be set up again at the next sign-in; whoever uses the account is out."""
    with transaction(home.engine, counted=False) as session:
        row = _changeable(session, login, by)
        row.totp = ""
        second_factor.forget_codes(session, row.id)
        sessions.end_all(session, row.id)
        _log(home, session, by, row.login, "ล้างรหัสขั้นที่สอง")


def sign_out(home: Home, login: str, by: Who | None = None) -> None:
    """End every session of an account."""
    with transaction(home.engine, counted=False) as session:
        row = _changeable(session, login, by)
        sessions.end_all(session, row.id)
        _log(home, session, by, row.login, "ให้ออกจากระบบทุกเครื่อง")


def change_role(
    home: Home,
    login: str,
    role: Role,
    districts: Sequence[str],
    *,
    applicants: Sequence[str] = (),
    until: datetime | None = None,
    by: Who | None = None,
) -> None:
    """Another role, with whom it sees; whoever uses the account is out. Raises as `add`."""
    reach = Reach(role, districts, applicants, until)
    with transaction(home.engine, counted=False) as session:
        row = _changeable(session, login, by)
        before = reach_th(home, of_row(row))
        refuse(list(unfit_reach(home, session, reach)))
        row.role = role.value
        for column, value in columns(home, reach).items():
            setattr(row, column, value)
        sessions.end_all(session, row.id)
        _log(home, session, by, row.login, f"จาก {before} เป็น {reach_th(home, of_row(row))}")


def change_password(home: Home, account: Account, before: str, after: str) -> str:
    """Set a person's own password; why it cannot be, in Thai, or ''; `WRONG_FORMER` where `before` is not it.
    All its sessions end, this one too.
    """
    with transaction(home.engine, counted=False) as session:
        row = session.get_one(AccountRow, account.id)
        if not passwords.matches(before, row.password):
            return WRONG_FORMER
        if unfit := passwords.unfit(after, row.login, row.password, _near(home, row)):
            return unfit
        row.password, row.must_change = passwords.hashed(after), False
        sessions.end_all(session, row.id)
    return ""


def _near(home: Home, row: AccountRow) -> list[str]:
    """What stands near an account: names of its owner, its province and districts, in both scripts."""
    province = home.province
    districts = [name for one in province.districts for name in (one.name_th, one.name_en)]
    return [*row.name.split(), province.name_th, province.name_en, *districts]


def _new_password(row: AccountRow) -> str:
    if row.issuer:
        return ""
    given = passwords.given()
    row.password, row.must_change = passwords.hashed(given), True
    return given


def _changeable(session: Session, login: str, by: Who | None) -> AccountRow:
    """The account, for somebody to change. Raises Terminal where it is unknown, or an administrator's own: so
    the portal is never left without one. The command line may change every account.
    """
    _still_administrator(session, by)
    row = _known(session, login)
    if by is not None and by.account_id == row.id:
        raise Terminal(
            "บัญชีนี้เป็นของท่านเอง ให้ผู้ดูแลระบบอีกคนเปลี่ยน ส่วนรหัสผ่านและรหัสขั้นที่สองเปลี่ยนเองได้ที่ “บัญชีของฉัน”",
            "this account is your own; another administrator changes it",
        )
    return row


def _still_administrator(session: Session, by: Who | None) -> None:
    """Raises Terminal where whoever changes an account has just ceased to be an administrator. Those who are
    stay so until the end of the transaction: two cannot shut each other out at the same moment.
    """
    if by is None or by.account_id is None:
        return
    query = (
        select(AccountRow.id)
        .where(AccountRow.role == Role.ADMIN.value, AccountRow.disabled_at.is_(None))
        .order_by(AccountRow.id)
        .with_for_update()
    )
    if by.account_id not in session.scalars(query).all():
        raise Terminal(
            "บัญชีของท่านไม่ได้เป็นผู้ดูแลระบบแล้ว ยังไม่ได้เปลี่ยนอะไร",
            "your account is no administrator's any more; nothing was changed",
        )


def _log(home: Home, session: Session, by: Who | None, login: str, told: str) -> None:
    who = by or access_chain.at_the_command_line(home)
    access_chain.append(session, who, "account", login, told, datetime.now(UTC))


def _known(session: Session, login: str) -> AccountRow:
    row = account_row(session, login.strip().lower())
    if row is None:
        raise Terminal(
            f"ไม่มีบัญชี {login} ดูรายชื่อด้วย `mochocho portal accounts list`",
            f"there is no account {login}; `mochocho portal accounts list` shows them",
        )
    return row
