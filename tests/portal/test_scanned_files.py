"""A file that came is given out once the office's virus scanner found nothing in it; else it stays."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from mochocho.settings.config import Files
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.tables import ApplicantFileRow
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import Clock, made_site, signed_in

SCANNER = """
import pathlib, sys
content = pathlib.Path(sys.argv[-1]).read_bytes()
with open(sys.argv[1], "a") as log:
    log.write(".")
raise SystemExit(1 if b"EVIL" in content else 3 if b"ODD" in content else 0)
"""
Ask = Callable[[str], TestResponse]


@pytest.fixture
def looks(tmp_path: Path) -> Path:
    """A file with a dot for each time that the scanner looked."""
    return tmp_path / "looks"


@pytest.fixture
def ask(own_home: Home, clock: Clock, tmp_path: Path, looks: Path) -> Ask:
    """The answer about a PDF that came, with this title."""
    (tmp_path / "scanner.py").write_text(SCANNER)
    scanner = (sys.executable, str(tmp_path / "scanner.py"), str(looks))
    settings = own_home.settings.model_copy(update={"files": Files(scanner=scanner)})
    home = replace(own_home, settings=settings)
    browser = signed_in(made_site(home, clock), "district")
    with reading(home.engine) as session:
        query = select(ApplicantFileRow.sha256).where(ApplicantFileRow.applicant_key == ENTITY.format(1))
        sha256 = session.scalars(query).first()
    assert sha256
    stored = home.store.path(sha256)
    stored.parent.mkdir(parents=True)

    def asked(title: str) -> TestResponse:
        if title:
            shutil.rmtree(home.settings.cache_dir, ignore_errors=True)  # of stored bytes, which never change
            with pikepdf.new() as pdf:
                pdf.add_blank_page()
                pdf.docinfo["/Title"] = title
                pdf.save(stored, compress_streams=False)
        answer = browser.get(f"/evidence/{sha256}")
        assert stored.is_file()
        return answer

    return asked


def test_what_is_clean_is_given_and_looked_at_once_a_day(ask: Ask, looks: Path) -> None:
    for title in ("GOOD", ""):
        answer = ask(title)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert looks.read_text() == "."


def test_what_the_scanner_finds_stays_and_is_told(ask: Ask) -> None:
    answer = ask("EVIL")
    assert (answer.status_code, "พบไวรัสในไฟล์นี้ จึงไม่ส่งออก" in answer.text) == (404, True)


def test_where_the_scanner_cannot_look_the_file_waits(ask: Ask, looks: Path) -> None:
    for title in ("ODD", ""):
        answer = ask(title)
        assert (answer.status_code, "ตรวจไวรัสในไฟล์นี้ไม่ได้ จึงยังไม่ส่งออก" in answer.text) == (503, True)
    assert looks.read_text() == "..", "it is asked again"
