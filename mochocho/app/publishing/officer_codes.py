"""Shows an officer's QR code once, on the screen or on a sealed sheet; it is stored nowhere else.

A reader of the code has the officer's access, so it is checked that the code can be shown before a token is
made.
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

from mochocho.app.reachability import reach
from mochocho.app.terminal.console import out, say
from mochocho.app.terminal.language import told
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from reports.single import phone_papers, small_paper
from reports.view.phone_sheets import Posting
from sync.officers import Officer
from sync.openrosa import qr
from sync.openrosa.address import told_url

LIKE_A_TOKEN = string.ascii_letters[:43]  # as long as a token, and as hard to compress
ON_A_SCREEN = "#ffffff on #000000"  # as scanners expect it, whatever the terminal's colours


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a server. `url`: the address set up on the phone, with its secret; `address`: for print."""

    url: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True)
class Showing:
    """How a code is shown: on the sealed sheet with this path, in a window, or in the terminal."""

    sealed: Path | None = None
    picture: bool = False


def check(home: Home, showing: Showing) -> None:
    """Raises Terminal, with what to do, when a code could not be shown this way; changes nothing."""
    drawn = qr.blocks(content(home, own_way(home, LIKE_A_TOKEN)))  # also checks that the code is not too long
    if showing.sealed:
        _check_sheet(home, showing.sealed)
    elif showing.picture:
        _check_keyboard()
    else:
        _check_terminal(len(drawn.partition("\n")[0]))


def show(home: Home, officer: Officer, way: Way, showing: Showing) -> None:
    """Show the officer's code, leaving no trace of it but the sheet."""
    code = content(home, way)
    if showing.sealed:
        write_file(
            showing.sealed, phone_papers.sealed(home, posting(home, officer, way.address), qr.svg(code))
        )
        say(f"ใบปิดผนึก: {showing.sealed}", f"sealed sheet: {showing.sealed}")
        say(
            "พิมพ์ พับไม่ให้เห็นด้านใน ปิดผนึก แล้วลบไฟล์",
            "print it, fold it so that its inside cannot be seen, close it, then delete the file",
        )
    elif showing.picture:
        _window(qr.png(code))
    else:
        out.print(qr.blocks(code), style=ON_A_SCREEN, no_wrap=True, crop=False, end="")


def own_way(home: Home, token: str) -> Way:
    """The way to this home's own endpoint."""
    address = told_url(home.settings.endpoint)
    return Way(qr.token_url(address, token), address)


def content(home: Home, way: Way) -> dict[str, Any]:
    """The content of the code, for ODK Collect."""
    return qr.settings(way.url, project(home), home.settings.endpoint.autosend)


def project(home: Home) -> str:
    """The name under which phones show this server."""
    return f"มชช. {home.province.name_th}"


def posting(home: Home, officer: Officer, address: str) -> Posting:
    """What papers say about an officer and about the way to the server at `address`."""
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
        raise Terminal(
            f"{path} อยู่ในโฟลเดอร์งาน: ใบปิดผนึกต้องพิมพ์แล้วลบ ไม่เก็บไว้ที่นั่น",
            f"{path} is inside the home: a sealed sheet is printed and deleted, never kept there",
        )
    if path.exists():
        raise Terminal(
            f"มี {path} อยู่แล้ว: พิมพ์แล้วลบ หรือใช้ชื่อไฟล์อื่น",
            f"{path} is already there: print and delete it, or name another file",
        )
    if not path.absolute().parent.is_dir():
        raise Terminal(f"ไม่มีโฟลเดอร์ {path.parent}", f"{path.parent}: no such folder")
    small_paper.face_of(home)


def _check_keyboard() -> None:
    if not sys.stdin.isatty():
        raise Terminal(
            "ภาพจะอยู่จนกว่าจะมีคนบอกว่าอ่านแล้ว แต่ไม่มีใครอยู่ที่แป้นพิมพ์: สั่งในหน้าต่างคำสั่ง หรือใช้ --sealed FILE.pdf",
            "the picture stays until somebody says that it was read, and nobody is here: "
            "call this in a terminal, or give --sealed FILE.pdf",
        )


def _check_terminal(columns: int) -> None:
    if not out.file.isatty():
        raise Terminal(
            "คิวอาร์โค้ดต้องแสดงบนจอ แต่ผลของคำสั่งนี้ส่งไปที่ไฟล์หรือโปรแกรมอื่น: "
            "ใช้ --picture เพื่อเปิดในหน้าต่าง หรือ --sealed FILE.pdf เพื่อทำใบส่งมอบ",
            "the QR code is for a screen, and this output goes to a file or another program: "
            "give --picture for a window of its own, or --sealed FILE.pdf for a sheet to hand over",
        )
    if out.width < columns:
        raise Terminal(
            f"คิวอาร์โค้ดกว้าง {columns} ช่อง หน้าต่างนี้กว้าง {out.width}: "
            "ขยายหน้าต่าง หรือใช้ --picture หรือ --sealed FILE.pdf",
            f"the QR code is {columns} columns wide, this window {out.width}: "
            "make it wider, or give --picture or --sealed FILE.pdf",
        )


def _window(png: bytes) -> None:
    """Show the picture in the desktop's viewer; it is deleted when the officer has scanned it."""
    folder = Path(tempfile.mkdtemp(prefix="mochocho-"))  # 0700
    try:
        path = folder / f"{secrets.token_hex(4)}.png"
        write_file(path, png)
        if click.launch(str(path)) != 0:
            raise Terminal(
                "เครื่องนี้ไม่มีโปรแกรมแสดงภาพ และรหัสนี้เสียไปแล้ว: "
                "สั่ง `mochocho officers renew` กับ --sealed FILE.pdf หรือในหน้าต่างคำสั่ง",
                "no program here shows pictures, and this code is lost: "
                "call `mochocho officers renew` with --sealed FILE.pdf, or in a terminal",
            )
        said = Sentence(
            "ให้เจ้าหน้าที่สแกน ปิดหน้าต่าง แล้วกด Enter ภาพจะถูกลบ",
            "let the officer scan it, close the window, then press Enter: the picture is deleted",
        )
        click.prompt(told(said), default="", show_default=False, prompt_suffix="")
    finally:
        shutil.rmtree(folder)
