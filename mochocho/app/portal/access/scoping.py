"""What an account sees and may do in this cycle: the one function from which every page has its scope."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from mochocho.app.portal.access.account_parts.account import Account
from mochocho.app.portal.access.roles import MAY, Role
from mochocho.storage.db import reading, revision
from mochocho.storage.home import Home
from mochocho.words import people
from processing.decisions.committees.interested import interested
from processing.scope import Scope

# By home, with the revision of which it is true: whoever is related to whom changes rarely.
_related: "WeakKeyDictionary[Engine, tuple[int | None, Mapping[str, frozenset[str]]]]" = WeakKeyDictionary()


def scope(account: Account, cycle: Home) -> Scope:
    """The scope of this account in this home, without the applicants in whom its owner has an interest.

    An assessor sees whom the account names, else its districts.
    """
    may, withheld = MAY[account.role], _withheld(account.name, cycle)
    if account.role is Role.ASSESSOR and account.applicants:
        return Scope(applicants=account.applicants, withheld=withheld, may=may)
    if account.role in (Role.DISTRICT, Role.ASSESSOR):
        return Scope(districts=account.districts, withheld=withheld, may=may)
    return Scope(withheld=withheld, may=may)


def _withheld(name: str, cycle: Home) -> frozenset[str]:
    number = revision(cycle.engine)
    known = _related.get(cycle.engine)
    if known is None or number is None or known[0] != number:
        with reading(cycle.engine) as session:
            known = _related[cycle.engine] = number, interested(session)
    return known[1].get(people.key(name), frozenset())
