"""The program fails at one applicant, at any step: papers, lists and notices of the others continue."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from mochocho.app.commands.cli import cli
from mochocho.app.doctor.examine import examine
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Application, Gate, Outcome, Resolution
from processing.assessment import evaluate
from processing.decisions.recorder import record
from reports.notices.slip_papers import wanted
from reports.packet import volumes
from reports.view import front
from sync.publish.published import rows_of
from tests.integration import commands
from tests.integration import province_mirror as mirror
from xlsforms.names import APPLICANTS

MEETING = '[meeting]\nnumber = "1/2568"\ndate = 2025-05-01\nstarts = "09:00"\nends = "12:00"\nplace = "ห้อง"\n'
NUMBERS = range(1, 5)
KEYS = [mirror.ENTITY.format(n) for n in NUMBERS]
FAILS = 2
KEY, NAME = mirror.ENTITY.format(FAILS), f"กลุ่มทอผ้าตัวอย่าง {FAILS}"
Break = Callable[[Home, pytest.MonkeyPatch], None]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A province whose four applicants passed their district, in the current folder; nobody was assessed."""
    commands.settings(tmp_path, MEETING)
    monkeypatch.chdir(tmp_path)
    opened = open_home(load_settings(tmp_path / "mochocho.toml"))
    upgrade(opened.engine)
    mirror.send(opened, *(form(opened, n) for n in NUMBERS for form in (mirror.application, mirror.sheet)))
    assert call("assess").exit_code == 0
    record(
        opened,
        dict.fromkeys(
            KEYS,
            Resolution(
                Gate.DISTRICT,
                Outcome.PASS,
                "คณะกรรมการอำเภอ",
                "1/2568",
                date(2025, 4, 1),
                "",
                "นางบันทึก ตัวอย่าง",
            ),
        ),
    )
    yield opened
    opened.engine.dispose()


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def broken(whole: Callable[..., Any], *, at: Callable[..., Application]) -> Callable[..., Any]:
    """`whole`, but that it fails at the second applicant; `at` finds the application among its arguments."""

    def breaks(*args: Any, **named: Any) -> Any:
        if at(*args, **named).key == KEY:
            raise KeyError("what an applicant wrote")
        return whole(*args, **named)

    return breaks


def reconcile(_home: Home, patch: pytest.MonkeyPatch) -> None:
    whole = evaluate.reconcile
    patch.setattr(evaluate, "reconcile", broken(whole, at=lambda application, *_: application))


def own_work(_home: Home, patch: pytest.MonkeyPatch) -> None:
    whole = evaluate.own_work
    patch.setattr(evaluate, "own_work", broken(whole, at=lambda application, *_: application))


def register(home: Home, _patch: pytest.MonkeyPatch) -> None:
    damage(home, "applicant", "application", "key")


def assessment(home: Home, _patch: pytest.MonkeyPatch) -> None:
    assert call("assess").exit_code == 0
    damage(home, "assessment", "result", "applicant_key")


def dossier(_home: Home, patch: pytest.MonkeyPatch) -> None:
    whole = volumes.dossier
    patch.setattr(volumes, "dossier", broken(whole, at=lambda _no, case, *_: case.application))


def line_of_a_list(_home: Home, patch: pytest.MonkeyPatch) -> None:
    whole = front.place_of
    patch.setattr(front, "place_of", broken(whole, at=lambda application, *_: application))


def damage(home: Home, table: str, column: str, key: str) -> None:
    with transaction(home.engine) as session:
        session.execute(
            text(f'UPDATE {table} SET {column} = \'{{"type": "no\' WHERE {key} = :key'),
            {"key": KEY},
        )


def pages(folder: Path) -> list[str]:
    with pymupdf.open(folder / "home" / "packet" / "packet.pdf") as pdf:
        return [page.get_text() for page in pdf]


@pytest.mark.parametrize("breaks", [reconcile, own_work, register, assessment, dossier, line_of_a_list])
def test_the_others_have_their_papers_and_one_sheet_says_so(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks: Break
) -> None:
    with monkeypatch.context() as patch:
        breaks(home, patch)
        ran = call("run")
        assert ran.exit_code in (1, 3), ran.output
        told = [line for line in ran.stderr.splitlines() if "ERROR" not in line]  # but for the log
        assert " ".join(told).count(KEY) == 1, ran.stderr
        assert "what an applicant wrote" not in ran.output
        packed = call("packet")
        assert packed.exit_code == 3, packed.output
        shown = call("status").stdout
        assert shown.count(KEY) == 1, shown
        found = next(c for c in examine(tmp_path / "mochocho.toml") if c.name == "papers")
        assert (found.state, NAME in found.found.th) == ("warn", True)
        with reading(home.engine) as session:
            assert {one.name for one in rows_of(session, APPLICANTS)} == set(KEYS)
        assert wanted(home) == []

    every = pages(tmp_path)
    sheets = [page for page in every if "จัดทำเอกสารของผู้สมัครรายนี้ไม่ได้" in page]
    (sheet,) = sheets
    assert NAME.replace("2", "๒") in " ".join(sheet.split())
    assert "ผู้ดูแลระบบ" in sheet
    dossiers = [page for page in every if "แฟ้มที่" in page and "ลำดับขั้นการรับรอง" in page]
    assert len(dossiers) == len(NUMBERS) - 1
