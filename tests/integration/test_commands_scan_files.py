"""A file that a command is given is looked at by the office's virus scanner before anything of it is kept."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pymupdf
import pytest

from mochocho.storage.home import Home
from tests.home_digest import of_files, of_rows
from tests.integration.commands import Office, settings
from tests.portal.test_scanned_files import SCANNER

# Each command that takes something of a file over, or gives the file on; and its call.
TAKES: Mapping[str, tuple[str, ...]] = {
    "decide": ("--import", "given.xlsx"),
    "decisions import": ("given.xlsx",),
    "documents import": ("given.xlsx",),
    "export cd": ("1/2568", "--out", "new.iso", "--add", "folder"),
    "export zip": ("1/2568", "--out", "new.zip", "--add", "folder"),
    "meeting annex": ("1", "given.xlsx", "1/2568"),
    "meeting import": ("given.xlsx",),
    "meeting signed": ("given.xlsx", "1/2568", "--paper", "minutes"),
    "standards import": ("given.xlsx", "--yes", "--output", "new.yaml"),
}


@pytest.fixture
def office(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Its settings name a scanner; it has a meeting of the province and one of a district."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scanner.py").write_text(SCANNER)
    scanner = json.dumps([sys.executable, str(tmp_path / "scanner.py"), str(tmp_path / "looks")])
    settings(tmp_path, f"[files]\nscanner = {scanner}\n")
    (tmp_path / "folder").mkdir()
    office = Office(tmp_path, home)
    office.done("meeting", "new", "1/2568")
    office.done("meeting", "new", "1/2568", "--district", "แม่จัน")
    return office


def test_no_command_takes_what_the_scanner_finds_or_cannot_look_into(office: Office) -> None:
    held = of_rows(office.home), of_files(office.home.settings.home)
    names = {path.name for path in office.folder.iterdir()} | {"given.xlsx", "looks"}
    for content, status, said in (
        (b"EVIL", 1, "จึงไม่รับและไม่ได้เก็บไว้ ให้ตรวจเครื่องที่ไฟล์มาจาก"),
        (b"ODD", 75, "จึงยังไม่รับและไม่ได้เก็บไว้ ให้ผู้ดูแลระบบดูโปรแกรมตรวจไวรัส"),
    ):
        for path in ("given.xlsx", "folder/ภาพ.png"):
            (office.folder / path).write_bytes(content)
        for command, words in TAKES.items():
            refused = office.call(*command.split(), *words)
            assert (refused.exit_code, said in refused.output) == (status, True), (command, refused.output)
    assert (of_rows(office.home), of_files(office.home.settings.home)) == held
    assert {path.name for path in office.folder.iterdir()} == names


def test_a_signed_scan_is_looked_at_again_before_it_is_given_out(office: Office) -> None:
    page = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 60, 80), 0)
    page.clear_with(200)
    page.save(office.folder / "scan.png")
    office.done("meeting", "signed", "scan.png", "แม่จัน:1/2568", "--paper", "minutes")
    (office.folder / "scanner.py").write_text("raise SystemExit(1)")  # it knows more by now
    refused = office.call("export", "zip", "แม่จัน:1/2568", "--out", "new.zip")
    assert (refused.exit_code, "พบไวรัสในไฟล์นี้ จึงไม่ส่งออก" in refused.output) == (1, True), refused.output
    assert not (office.folder / "new.zip").exists()
