"""What an account sees and may do in this cycle: the one function from which every page has its scope."""

from mochocho.app.portal.access.accounts import Account
from mochocho.app.portal.access.roles import MAY, Role
from mochocho.storage.home import Home
from processing.scope import Scope


def scope(account: Account, cycle: Home) -> Scope:  # noqa: ARG001 - whom a person is related to, this cycle says
    """The scope of this account in this home. An assessor sees whom the account names, else its districts."""
    may = MAY[account.role]
    if account.role is Role.ASSESSOR and account.applicants:
        return Scope(applicants=account.applicants, may=may)
    if account.role in (Role.DISTRICT, Role.ASSESSOR):
        return Scope(districts=account.districts, may=may)
    return Scope(may=may)
