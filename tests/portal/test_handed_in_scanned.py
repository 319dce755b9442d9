"""What a form sends is looked at by the office's virus scanner before anything of it is read or kept."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from mochocho.settings.config import Files
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting
from tests.home_digest import of_rows
from tests.portal.conftest import Clock, copied, made_site, signed_in
from tests.portal.refused import refused_at
from tests.portal.test_form_errors import FILES
from tests.portal.test_meetings_page import hand_in
from tests.portal.test_scanned_files import SCANNER

PORTAL = Path("mochocho/app/portal")
FOUND, CANNOT_LOOK = "พบไวรัสในไฟล์นี้ จึงไม่รับและไม่ได้เก็บไว้", "ตรวจไวรัสในไฟล์นี้ไม่ได้ จึงยังไม่รับและไม่ได้เก็บไว้"


@pytest.fixture(scope="module")
def scanning(settled: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with a meeting, whose settings name a scanner."""
    folder = tmp_path_factory.mktemp("scanning")
    (folder / "scanner.py").write_text(SCANNER)
    scanner = (sys.executable, str(folder / "scanner.py"), str(folder / "looks"))
    with copied(settled, folder) as home:
        with transaction(home.engine) as session:
            kept.keep(session, Meeting(Level.PROVINCE, "1/2568"), "นางบันทึก ตัวอย่าง")
        yield replace(home, settings=home.settings.model_copy(update={"files": Files(scanner=scanner)}))


@pytest.fixture(scope="module")
def scanning_site(scanning: Home) -> Flask:
    return made_site(scanning, Clock())


@pytest.mark.parametrize(("role", "path", "field"), FILES)
def test_no_form_takes_what_the_scanner_finds_or_cannot_look_into(
    scanning: Home, scanning_site: Flask, role: str, path: str, field: str
) -> None:
    browser = signed_in(scanning_site, role)
    before = _held(scanning)
    for content, said in ((b"EVIL", FOUND), (b"ODD", CANNOT_LOOK)):
        answer = hand_in(browser, "ไฟล์.xlsx", content, path, seen="", title="")
        assert said in refused_at(answer, field)
    assert _held(scanning) == before
    clean = refused_at(hand_in(browser, "ไฟล์.xlsx", b"GOOD", path, seen="", title=""), field)
    assert "ไวรัส" not in clean, "its reader says what is wrong with it"


def _held(home: Home) -> tuple[str, set[Path]]:
    """Rows, and files but those of the database."""
    files = {path for path in home.settings.home.rglob("*") if path.is_file() and ".db" not in path.name}
    return of_rows(home), files


def test_no_page_reads_a_file_past_the_scanner() -> None:
    readers = [path.name for path in PORTAL.rglob("*.py") if "request.files" in path.read_text("utf-8")]
    assert readers == ["sent_file.py"]
