"""The portal of the sample province, opened signed in as its invented clerk."""

from datetime import UTC, datetime

from sqlalchemy import select

from mochocho.app.portal.access import accounts, sign_in_links
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.opening import run_until_stopped
from mochocho.app.tables import AccountRow
from mochocho.storage.db import transaction
from mochocho.storage.home import Home

LOGIN, NAME = "clerk", "นางสมมุติ ใจดี"


def open_sample(home: Home, *, browser: bool) -> None:
    """Serve the sample on this machine until it is stopped; the address that is opened signs in once."""
    run_until_stopped(home, "127.0.0.1", 0, "", browser=browser, path=way_in(home))


def way_in(home: Home) -> str:
    """A path that signs the clerk in once, within ten minutes; the account is made where it is not there."""
    if all(one.login != LOGIN for one in accounts.every(home)):
        accounts.add(home, LOGIN, NAME, Role.PROVINCE)
    with transaction(home.engine, counted=False) as session:
        clerk = session.scalars(select(AccountRow).where(AccountRow.login == LOGIN)).one()
        clerk.must_change = False  # nobody knows the password: only these links lead in
        return f"/signin/once?code={sign_in_links.make(session, clerk.id, datetime.now(UTC))}"
