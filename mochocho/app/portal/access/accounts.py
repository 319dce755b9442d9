"""The accounts of the portal: made by an administrator, changed, disabled, never removed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.portal.access import passwords, second_factor, sessions
from mochocho.app.portal.access.roles import Role
from mochocho.app.tables import AccountRow
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.thai import normalise

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as pages and commands see it; no secret of it. `until`: a viewer's last moment."""

    id: int
    login: str
    name: str
    role: Role
    districts: frozenset[str] = frozenset()
    applicants: frozenset[str] = frozenset()
    must_change: bool = False
    second_factor: bool = False
    elsewhere: bool = False  # signs in at the province's own provider
    until: datetime | None = None
    disabled: bool = False


def of_row(row: AccountRow) -> Account:
    return Account(
        row.id,
        row.login,
        row.name,
        Role(row.role),
        frozenset(row.districts),
        frozenset(row.applicants),
        row.must_change,
        bool(row.totp),
        bool(row.issuer),
        row.until,
        row.disabled_at is not None,
    )


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
) -> str:
    """Make an account; the password that its owner changes when signing in first. `districts`: names or
    codes. Raises Terminal for what cannot be.

    `subject`: of an account that signs in at the provider of the settings; it has no password ('').
    """
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise Terminal(
            f"ชื่อบัญชี “{login}” ใช้ไม่ได้: ใช้ a-z 0-9 . _ - รวม 2 ถึง 40 ตัว",
            f'the login "{login}" cannot be used: 2 to 40 of a-z 0-9 . _ -',
        )
    given, issuer = ("", _issuer(home)) if subject else (passwords.given(), "")
    with transaction(home.engine, counted=False) as session:
        if _row(session, login) is not None or _of_subject(session, issuer, subject):
            raise Terminal(f"มีบัญชี {login} อยู่แล้ว", f"there is an account {login} already")
        session.add(
            AccountRow(
                login=login,
                name=_name(name),
                role=role.value,
                districts=_codes(home, role, districts),
                applicants=list(applicants),
                password=passwords.hashed(given) if given else "",
                must_change=bool(given),
                totp="",
                issuer=issuer,
                subject=subject,
                created_at=datetime.now(UTC),
                until=until,
            )
        )
    return given


def disable(home: Home, login: str) -> None:
    """Let the account in no more; whoever uses it is out at once. Raises Terminal for an unknown one."""
    with transaction(home.engine, counted=False) as session:
        row = _known(session, login)
        row.disabled_at = datetime.now(UTC)
        sessions.end_all(session, row.id)


def reset(home: Home, login: str) -> str:
    """A new password to hand over; the second factor is to be set up again, and whoever uses it is out."""
    given = passwords.given()
    with transaction(home.engine, counted=False) as session:
        row = _known(session, login)
        row.password, row.must_change = passwords.hashed(given), True
        row.totp, row.disabled_at = "", None
        second_factor.forget_codes(session, row.id)
        sessions.end_all(session, row.id)
    return given


def change_role(home: Home, login: str, role: Role, districts: Sequence[str]) -> None:
    """Another role, with its districts; whoever uses the account is out, and signs in again."""
    with transaction(home.engine, counted=False) as session:
        row = _known(session, login)
        row.role, row.districts, row.applicants = role.value, _codes(home, role, districts), []
        sessions.end_all(session, row.id)


def change_password(home: Home, account: Account, before: str, after: str) -> str:
    """Set a person's own password; why it cannot be, in Thai, or ''. All its sessions end, this one too."""
    with transaction(home.engine, counted=False) as session:
        row = session.get_one(AccountRow, account.id)
        if not passwords.matches(before, row.password):
            return "รหัสผ่านเดิมไม่ถูกต้อง"
        if unfit := passwords.unfit(after, row.login, row.password):
            return unfit
        row.password, row.must_change = passwords.hashed(after), False
        sessions.end_all(session, row.id)
    return ""


def _issuer(home: Home) -> str:
    provider = home.settings.portal.oidc
    if provider is None:
        raise Terminal(
            "ยังไม่ได้ตั้ง oidc ใน [portal] จึงใช้ --subject ไม่ได้", "set oidc in [portal] before --subject is used"
        )
    return provider.issuer


def _of_subject(session: Session, issuer: str, subject: str) -> bool:
    query = select(AccountRow.id).where(AccountRow.issuer == issuer, AccountRow.subject == subject)
    return bool(subject) and session.scalar(query) is not None


def _name(name: str) -> str:
    name = normalise(name)
    if not 2 <= len(name) <= 200:
        raise Terminal("ให้บอกชื่อของเจ้าของบัญชี", "say the name of the account's owner")
    return name


def _codes(home: Home, role: Role, districts: Sequence[str]) -> list[str]:
    codes = [home.province.code_of(one) for one in districts]
    unknown = [
        one for one, code in zip(districts, codes, strict=True) if home.province.district(code) is None
    ]
    if unknown:
        raise Terminal(
            f"จังหวัด{home.province.name_th}ไม่มีอำเภอ {', '.join(unknown)}",
            f"{home.province.name_th} has no district {', '.join(unknown)}",
        )
    if role is Role.DISTRICT and not codes:
        raise Terminal(
            "บัญชีของอำเภอต้องบอกอำเภอ ด้วย --district", "an account of a district needs its --district"
        )
    return codes


def _known(session: Session, login: str) -> AccountRow:
    row = _row(session, login.strip().lower())
    if row is None:
        raise Terminal(
            f"ไม่มีบัญชี {login} ดูรายชื่อด้วย `mochocho portal accounts list`",
            f"there is no account {login}; `mochocho portal accounts list` shows them",
        )
    return row


def _row(session: Session, login: str) -> AccountRow | None:
    return session.scalar(select(AccountRow).where(AccountRow.login == login))
