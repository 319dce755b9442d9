"""Whose an account is to be, and what of that cannot be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mochocho.app.tables import AccountRow
from mochocho.storage.home import Home
from mochocho.words.errors import Unfit
from mochocho.words.thai import normalise

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True, slots=True)
class Owner:
    """`subject`: of whoever signs in at the provider of the settings, '' = with a password."""

    login: str
    name: str
    subject: str = ""


def owner(login: str, name: str, subject: str = "") -> Owner:
    """As it was typed."""
    return Owner(login.strip().lower(), normalise(name), subject.strip())


def unfit_owner(home: Home, session: Session, owner: Owner) -> Iterator[Unfit]:
    """What of it cannot be, by the names of its fields; what another account has already, too."""
    if not 2 <= len(owner.name) <= 200:
        yield Unfit("ให้บอกชื่อของเจ้าของบัญชี", "say the name of the account's owner", part="name")
    login, subject = owner.login, owner.subject
    if not _LOGIN.fullmatch(login):
        yield Unfit(
            f"ชื่อบัญชี “{login}” ใช้ไม่ได้: ใช้ a-z 0-9 . _ - รวม 2 ถึง 40 ตัว",
            f'the login "{login}" cannot be used: 2 to 40 of a-z 0-9 . _ -',
            part="login",
        )
    elif account_row(session, login) is not None:
        yield Unfit(f"มีบัญชี {login} อยู่แล้ว", f"there is an account {login} already", part="login")
    if subject and not issuer(home):
        yield Unfit(
            "ยังไม่ได้ตั้ง oidc ใน [portal] จึงใช้ --subject ไม่ได้",
            "set oidc in [portal] before --subject is used",
            part="subject",
        )
    elif subject and _of_subject(session, issuer(home), subject):
        yield Unfit(
            f"มีบัญชีของผู้ใช้ {subject} อยู่แล้ว", f"there is an account of {subject} already", part="subject"
        )


def issuer(home: Home) -> str:
    """The provider at which people sign in; '' where the settings name none."""
    provider = home.settings.portal.oidc
    return provider.issuer if provider else ""


def account_row(session: Session, login: str) -> AccountRow | None:
    """The account that is called so."""
    return session.scalar(select(AccountRow).where(AccountRow.login == login))


def _of_subject(session: Session, issuer: str, subject: str) -> bool:
    query = select(AccountRow.id).where(AccountRow.issuer == issuer, AccountRow.subject == subject)
    return session.scalar(query) is not None
