"""An account of the portal as pages and commands see it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from mochocho.app.portal.access.roles import Role
from mochocho.app.tables import AccountRow


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
