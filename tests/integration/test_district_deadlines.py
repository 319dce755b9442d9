"""Deadlines of districts, from the settings to the screen: Nakhon Sawan's by the dates of source 001."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from processing.assessment import assess, cases
from processing.deadlines.deadlines import deadlines_of
from processing.rounds.calendar import Stage
from tests.integration import nakhon_sawan as ns

LIST_DUE, RESULTS_DUE = date(2018, 5, 18), date(2018, 8, 10)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Home]:
    """A copy that a test may change."""
    found = ns.copied(tmp_path_factory, tmp_path / "copy")
    yield found
    found.engine.dispose()


@pytest.fixture
def folder(home: Home) -> Path:
    return home.settings.home.parent


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--config", str(folder / "mochocho.toml"), "districts", *words])


def test_fifteen_districts_stand_to_the_dates_of_the_guideline(home: Home) -> None:
    found = deadlines_of(home, date(2018, 5, 25))
    assert len(found) == 15 * 2
    assert {(one.stage, one.due) for one in found} == {
        (Stage.APPLICANT_LIST, LIST_DUE),
        (Stage.RESULTS, RESULTS_DUE),
    }
    lists = {one.district: one for one in found if one.stage is Stage.APPLICANT_LIST}
    waiting = {code: one.days_late for code, one in lists.items() if one.waits}
    assert waiting == {ns.LACKING.code: 7, ns.NOBODY.code: 7}
    assert (lists[ns.LATE.code].all, lists[ns.LATE.code].days_late) == (2, 2)
    assert lists[ns.FULL.code].all == 4
    results = [one for one in found if one.stage is Stage.RESULTS]
    assert {one.days_late for one in results} == {0}
    assert all(one.waits == (one.district != ns.NOBODY.code) for one in results)


def test_the_screen_says_it_in_both_languages(folder: Path) -> None:
    english = call(folder, "calendar", "--day", "25 พ.ค. 2561", "--district", ns.LACKING.name_th)
    assert english.exit_code == 0, english.output
    assert [part.strip() for part in english.output.splitlines()[2].split("  ") if part.strip()] == [
        "list of applicants",
        "2018-05-18",
        "0 of 1",
        "7 days late",
    ]
    thai = CliRunner().invoke(
        cli,
        [
            "--lang",
            "th",
            "--config",
            str(folder / "mochocho.toml"),
            "districts",
            "calendar",
            "--day",
            "2018-05-25",
        ],
    )
    assert "ส่งรายชื่อผู้สมัครให้จังหวัด" in thai.output
    assert "เกินกำหนดและยังไม่ครบ 2 อำเภอ" in thai.output


def test_an_extension_moves_the_day_and_takes_the_finding_away(folder: Path, home: Home) -> None:
    settings = folder / "mochocho.toml"
    before = settings.read_text("utf-8")
    settings.write_text(
        before.replace("[calendar]", '[calendar]\napplication = { due = "18 พ.ค. 2561" }'), "utf-8"
    )

    def late() -> set[str]:
        own = open_home(load_settings(settings))
        try:
            assess.do(own, assess.due(own))
            return {
                case.application.name
                for case in cases.cases(own)
                if any(one.code == "round.late" for one in case.assessment.findings)
            }
        finally:
            own.engine.dispose()

    assert late() == {"กลุ่มมาช้า"}
    words = ("extend", f"อำเภอ{ns.LATE.name_th}", "application", "21 พฤษภาคม 2561", "--reason")
    assert call(folder, *words, "น้ำท่วม {{7*7}}").exit_code == 0
    assert late() == set()
    again = call(folder, *words, "แก้เหตุผล")
    assert again.exit_code == 0, again.output
    (own,) = load_settings(settings).calendar.extensions
    assert (own.district, own.due, own.reason, own.by) == (
        ns.LATE.name_th,
        date(2018, 5, 21),
        "แก้เหตุผล",
        "นางบันทึก ตัวอย่าง",
    )
    said = call(folder, "calendar", "--day", "2018-05-25", "--district", ns.LATE.name_th).output
    assert "was 2018-05-18:" in said
    assert "แก้เหตุผล" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("เมืองเชียงราย", "results", "20 พ.ค. 2561", "--reason", "ก"), "has no district"),
        (("ลาดยาว", "nothing", "20 พ.ค. 2561", "--reason", "ก"), "no stage nothing"),
        (("ลาดยาว", "results", "32 พ.ค. 2561", "--reason", "ก"), "there is no such day"),
        (("ลาดยาว", "results", "20 พ.ค. 2561", "--reason", "..."), "a dash or dots"),
    ],
)
def test_what_cannot_be_set_changes_nothing(folder: Path, words: tuple[str, ...], said: str) -> None:
    before = (folder / "mochocho.toml").read_bytes()
    refused = call(folder, "extend", *words)
    assert refused.exit_code in (1, 2)
    assert said in refused.output
    assert (folder / "mochocho.toml").read_bytes() == before


def test_a_day_of_a_district_that_is_not_there_is_named(folder: Path) -> None:
    settings = folder / "mochocho.toml"
    own = '[calendar]\nextensions = [{ district = "แม่จัน", stage = "plan", due = 2018-06-01, reason = "ฝน" }]'
    settings.write_text(settings.read_text("utf-8").replace("[calendar]", own), "utf-8")
    strange = open_home(load_settings(settings))
    try:
        with pytest.raises(Terminal, match="แม่จัน"):
            deadlines_of(strange, date(2018, 5, 1))
    finally:
        strange.engine.dispose()
