"""Accounts of the portal and tokens of phones in a person's name: the rows stay and admit nobody."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from mochocho.app.erasing.whose.mentions import mention_of
from mochocho.app.erasing.whose.whose_data import WhoseData
from mochocho.app.tables import (
    AccessRow,
    AccountRow,
    PortalSessionRow,
    RecoveryCodeRow,
    SignInLinkRow,
    UsedTotpRow,
)
from processing.persons.covered_texts import same_name
from sync.tables import Officer

_OF_ACCOUNT = (PortalSessionRow, RecoveryCodeRow, SignInLinkRow, UsedTotpRow)
_SECRETS = ("password", "totp", "issuer", "subject")


def as_former(
    table: str, values: Mapping[str, Any], whose: WhoseData, logins: Mapping[str, str]
) -> dict[str, Any]:
    """What else changes in a row of this table, where it is or tells of the person's own account or token.

    A login names people as well as their name does; what an account did is logged by its number. `logins`: as
    `former_logins`.
    """
    if table == AccessRow.__tablename__:
        login = logins.get(values["about"]) if values["what"] == "account" else None
        return {"about": login} if login else {}
    if table not in _ENDED or not _own(whose, table, values["id"], values["name"]):
        return {}
    ended = {_ENDED[table]: values[_ENDED[table]] or datetime.now(UTC)}
    if table == Officer.__tablename__:
        return ended
    return {**ended, "login": _former(values["id"]), **dict.fromkeys(_SECRETS, "")}


def former_logins(session: Session, whose: WhoseData) -> dict[str, str]:
    """By what the person signed in, and what stands for it, also in the log of what was done to accounts."""
    every = session.execute(select(AccountRow.id, AccountRow.login, AccountRow.name))
    table = AccountRow.__tablename__
    return {login: _former(number) for number, login, name in every if _own(whose, table, number, name)}


def closed_behind(session: Session, accounts: Collection[int]) -> Counter[str]:
    """Take away what is kept beside these accounts. Returns how many rows went, by table."""
    gone = Counter[str]()
    for table in _OF_ACCOUNT:
        result = session.execute(delete(table).where(table.account_id.in_(accounts)))
        assert isinstance(result, CursorResult)  # noqa: S101 - of a DELETE
        gone[table.__tablename__] += result.rowcount
    return gone


def _own(whose: WhoseData, table: str, number: int, name: str) -> bool:
    return whose.covers(mention_of(table, {"id": number}, "name", "")) and same_name(whose.persons, name)


def _former(account: int) -> str:
    return f"erased-{account}"


_ENDED = {Officer.__tablename__: "revoked_at", AccountRow.__tablename__: "disabled_at"}
