"""Officers as the command line shows them; tokens and their rules are `sync.openrosa.officers`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table

from mochocho.app import officer_codes
from mochocho.app.console import out
from mochocho.app.forms import current_forms
from mochocho.app.network import Reach, lasting_urls, reach
from mochocho.app.officer_codes import Showing
from mochocho.files import write_file
from mochocho.home import Home
from mochocho.places import Province
from mochocho.thai import normalise
from reports import phone_papers
from sync.openrosa import officers
from sync.openrosa.server import told_url


def add_officer(home: Home, name: str, districts: Sequence[str], showing: Showing) -> int:
    """Register an officer and show the QR code. Districts by Thai name or code. Returns the id.

    Raises Terminal, before anyone is registered, when something of it cannot be.
    """
    officer_codes.check(home, showing)
    officer_id, token = officers.add(home, name, [_code(home.province, d) for d in districts])
    officer_codes.show(home, officers.active(home, officer_id), token, showing)
    return officer_id


def renew_officer(home: Home, officer_id: int, showing: Showing) -> None:
    """Show a new QR code; the one before it ends. Raises Terminal as `add_officer`."""
    officer_codes.check(home, showing)
    token = officers.renew(home, officer_id)
    officer_codes.show(home, officers.active(home, officer_id), token, showing)


def move_officer(home: Home, officer_id: int, districts: Sequence[str]) -> str:
    """Give an officer other districts, by Thai name or code; returns their names. Raises Terminal."""
    officers.move(home, officer_id, [_code(home.province, d) for d in districts])
    return _names(home.province, officers.active(home, officer_id).districts)


def write_sheet(home: Home, officer_id: int, path: Path) -> None:
    """Write the sheet that shows an officer how to set up a phone; it holds no secret. Raises Terminal."""
    officer = officers.active(home, officer_id)
    forms = tuple(form.title for form in current_forms(home.settings, "odk"))
    write_file(path, phone_papers.setup(home, officer_codes.posting(home, officer), forms))


def doubts(home: Home) -> Iterator[str]:
    """What should be known before phones are told this address for a year."""
    endpoint = home.settings.endpoint
    url = told_url(endpoint)
    lasting = " or ".join(lasting_urls(endpoint.port))
    match reach(url):
        case Reach.MACHINE:
            yield (
                f"phones cannot reach {url}: set endpoint.public_url, to {lasting} on a local network, "
                "then renew this officer's code"
            )
        case Reach.ADDRESS:
            yield (
                f"{url} is in the QR code, and the router may give this machine another address: every phone "
                f"must then be set up again. Set endpoint.public_url to {lasting}, or reserve the address in "
                "the router; then renew this officer's code"
            )
        case Reach.NAME:
            yield f"{url} is found by Android 12 or newer; older phones need a hotspot's address instead"
        case _:
            pass


def table(home: Home) -> None:
    """Print every officer, revoked ones too."""
    grid = Table(box=None, pad_edge=False)
    for heading in ("id", "name", "districts", "moved from", "added", "state"):
        grid.add_column(heading)
    for officer in officers.listing(home):
        state = f"revoked {officer.revoked_at:%Y-%m-%d}" if officer.revoked_at else "active"
        grid.add_row(
            str(officer.id),
            officer.name,
            _names(home.province, officer.districts),
            _names(home.province, officer.former_districts),
            f"{officer.created_at:%Y-%m-%d}",
            state,
        )
    out.print(grid)


def _code(province: Province, name_or_code: str) -> str:
    wanted = normalise(name_or_code).removeprefix("อำเภอ")
    return next((d.code for d in province.districts if d.name_th == wanted), wanted)


def _names(province: Province, codes: Sequence[str]) -> str:
    found = [province.district(code) for code in codes]
    return ", ".join(d.name_th if d else code for d, code in zip(found, codes, strict=True))
