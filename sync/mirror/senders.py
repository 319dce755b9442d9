"""Finding the officer who sent a submission: a server names only an account."""

from sqlalchemy import select

from mochocho.settings import config
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from sync.tables import Officer, ServerOfficer


def officers(home: Home, server: config.Server) -> dict[str, int]:
    """Account, as this server names it -> officer's id.

    `accounts` in the settings overrule what was noted when we made an account. An account of several officers
    names none of them, and neither does that of an unknown officer. Raises Terminal for `accounts` whose keys
    are not officers' numbers.
    """
    query = select(ServerOfficer.remote_id, ServerOfficer.officer_id)
    with reading(home.engine) as session:
        noted = session.execute(query.where(ServerOfficer.server == server.source_key)).all()
        hired = set(session.scalars(select(Officer.id)))
    said = {(account, _number(officer)) for officer, account in server.accounts.items()}
    overruled = {account for account, _ in said}
    said |= {(account, officer) for account, officer in noted if account not in overruled}
    accounts = [account for account, _ in said]
    return {a: officer for a, officer in said if officer in hired and accounts.count(a) == 1}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise Terminal(
            f"accounts: {text!r} ไม่ใช่เลขที่ของเจ้าหน้าที่ ให้สั่ง `mochocho officers list` เพื่อดูเลขที่",
            f"accounts: {text!r} is no officer's number; `mochocho officers list` shows them",
        )
    return int(text)
