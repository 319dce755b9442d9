"""Showing an officer's QR code once: on the screen, or on one sealed sheet. It is kept nowhere else.

Whoever reads the code has the officer's access, so the way it will be shown is tried before a token is made.
"""

import secrets
import shutil
import string
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from mochocho.app.console import out, say
from mochocho.app.network import reach
from mochocho.errors import Terminal
from mochocho.files import write_file
from mochocho.home import Home
from reports import phone_papers, sheet
from reports.view.phone import Posting
from sync.openrosa import qr
from sync.openrosa.address import told_url
from sync.openrosa.officers import Officer

LIKE_A_TOKEN = string.ascii_letters[:43]  # as long as one, and no easier to compress
ON_A_SCREEN = "#ffffff on #000000"  # as scanners expect it, whatever colours the terminal has


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a server. `url`: what the phone is set up with, its secret in it; `address`: for print."""

    url: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True)
class Showing:
    """How a code is shown: on the sealed sheet of this path, in a window, or else in the terminal."""

    sealed: Path | None = None
    picture: bool = False


def check(home: Home, showing: Showing) -> None:
    """Raises Terminal, with what to do, when a code could not be shown so; nothing has happened then."""
    drawn = qr.blocks(content(home, own_way(home, LIKE_A_TOKEN)))  # also: it is not too long
    if showing.sealed:
        _check_sheet(home, showing.sealed)
    elif showing.picture:
        _check_keyboard()
    else:
        _check_terminal(len(drawn.partition("\n")[0]))


def show(home: Home, officer: Officer, way: Way, showing: Showing) -> None:
    """Show the officer's code; when it was, no trace of it is left but the sheet."""
    told = content(home, way)
    if showing.sealed:
        write_file(
            showing.sealed, phone_papers.sealed(home, posting(home, officer, way.address), qr.svg(told))
        )
        say(f"sealed sheet: {showing.sealed}")
        say("print it, fold it so that its inside cannot be seen, close it, then delete the file")
    elif showing.picture:
        _window(qr.png(told))
    else:
        out.print(qr.blocks(told), style=ON_A_SCREEN, no_wrap=True, crop=False, end="")


def own_way(home: Home, token: str) -> Way:
    """The way to this home's own endpoint."""
    address = told_url(home.settings.endpoint)
    return Way(qr.token_url(address, token), address)


def content(home: Home, way: Way) -> dict[str, Any]:
    """What the code tells ODK Collect."""
    return qr.settings(way.url, project(home), home.settings.endpoint.autosend)


def project(home: Home) -> str:
    """The name under which phones show this server."""
    return f"มชช. {home.province.name_th}"


def posting(home: Home, officer: Officer, address: str) -> Posting:
    """What papers say of an officer and of the way to the server at `address`."""
    found = [home.province.district(code) for code in officer.districts]
    return Posting(
        name=officer.name,
        districts=tuple(district.name_th for district in found if district),
        province=home.province.name_th,
        project=project(home),
        server=address,
        reach=reach(address).value,
        autosend=home.settings.endpoint.autosend,
    )


def _check_sheet(home: Home, path: Path) -> None:
    if path.resolve().is_relative_to(home.settings.home.resolve()):
        raise Terminal(f"{path} is inside the home: a sealed sheet is printed and deleted, never kept there")
    if path.exists():
        raise Terminal(f"{path} is already there: print and delete it, or name another file")
    if not path.absolute().parent.is_dir():
        raise Terminal(f"{path.parent}: no such folder")
    sheet.face_of(home)


def _check_keyboard() -> None:
    if not sys.stdin.isatty():
        raise Terminal(
            "the picture stays until somebody says that it was read, and nobody is here: "
            "call this in a terminal, or give --sealed FILE.pdf"
        )


def _check_terminal(columns: int) -> None:
    if not out.file.isatty():
        raise Terminal(
            "the QR code is for a screen, and this output goes to a file or another program: "
            "give --picture for a window of its own, or --sealed FILE.pdf for a sheet to hand over"
        )
    if out.width < columns:
        raise Terminal(
            f"the QR code is {columns} columns wide, this window {out.width}: "
            "make it wider, or give --picture or --sealed FILE.pdf"
        )


def _window(png: bytes) -> None:
    """The picture in the viewer of the desktop, gone when the officer has read it."""
    folder = Path(tempfile.mkdtemp(prefix="mochocho-"))  # 0700
    try:
        path = folder / f"{secrets.token_hex(4)}.png"
        write_file(path, png)
        if click.launch(str(path)) != 0:
            raise Terminal(
                "no program here shows pictures, and this code is lost: "
                "call `mochocho officers renew` with --sealed FILE.pdf, or in a terminal"
            )
        said = "let the officer scan it, close the window, then press Enter: the picture is deleted"
        click.prompt(said, default="", show_default=False, prompt_suffix="")
    finally:
        shutil.rmtree(folder)
