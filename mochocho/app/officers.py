"""Officers as the command line shows them; tokens and their rules are `sync.openrosa.officers`."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import segno
from rich.table import Table

from mochocho.app.console import out
from mochocho.app.network import only_this_machine
from mochocho.files import private_dir
from mochocho.home import Home
from mochocho.places import Province
from mochocho.thai import normalise
from sync.openrosa import officers, qr


@dataclass(frozen=True, slots=True)
class Added:
    """A new officer. `terminal`: the QR code in blocks; `reachable`: whether a phone can call the address."""

    officer_id: int
    png: Path
    terminal: str
    server: str
    reachable: bool

    def __repr__(self) -> str:
        return f"Added(officer_id={self.officer_id!r})"


def add_officer(home: Home, name: str, districts: Sequence[str]) -> Added:
    """Register an officer and write the QR code (0600). Districts by Thai name or code. Raises Terminal."""
    base = _base_url(home)
    officer_id, token = officers.add(home, name, [_code(home.province, d) for d in districts])
    content = qr.settings(qr.token_url(base, token), f"มชช. {home.province.name_th}")
    path = private_dir(home.settings.home / "officers") / f"officer-{officer_id}.png"
    qr.write_png(path, content)
    host = urlsplit(base).hostname or ""
    return Added(officer_id, path, _blocks(qr.encode(content)), base, not only_this_machine(host))


def _base_url(home: Home) -> str:
    endpoint = home.settings.endpoint
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return endpoint.public_url or f"http://{host}:{endpoint.port}"


def _code(province: Province, name_or_code: str) -> str:
    wanted = normalise(name_or_code).removeprefix("อำเภอ")
    return next((d.code for d in province.districts if d.name_th == wanted), wanted)


def _blocks(text: str) -> str:
    drawn = io.StringIO()
    segno.make(text, micro=False, error="l", boost_error=False).terminal(drawn, compact=True)
    return drawn.getvalue()


def table(home: Home) -> None:
    """Print every officer, revoked ones too."""
    grid = Table(box=None, pad_edge=False)
    for heading in ("id", "name", "districts", "added", "state"):
        grid.add_column(heading)
    for officer in officers.listing(home):
        state = f"revoked {officer.revoked_at:%Y-%m-%d}" if officer.revoked_at else "active"
        grid.add_row(
            str(officer.id),
            officer.name,
            _names(home.province, officer.districts),
            f"{officer.created_at:%Y-%m-%d}",
            state,
        )
    out.print(grid)


def _names(province: Province, codes: Sequence[str]) -> str:
    found = [province.district(code) for code in codes]
    return ", ".join(d.name_th if d else code for d, code in zip(found, codes, strict=True))
