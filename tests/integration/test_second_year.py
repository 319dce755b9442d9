"""A second year: who applies again is shown with last year's result, and nothing of last year changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Case, Gate, Outcome, Resolution
from mochocho.words.thai import national_id_check_digit
from processing.assessment import cases as casebook
from processing.decisions.audit import examine
from processing.decisions.recorder import record_all
from processing.findings import saying
from processing.likeness import open_questions
from reports.packet.make_packet import make_packet
from sync import officers
from tests import home_digest
from tests.integration import province_mirror as mirror

BY = "นางสาวปิด ตัวอย่าง"
PLACE = {"subdistrict_name": "โป่งงาม", "subdistrict": "570909", "moo": "11", "village": "บ้านหนองหอม"}
SETTINGS = """# จังหวัดตัวอย่าง
home = "home"
province = "เชียงราย"
presentation_order = ["พาน"]
{database}

[meeting]
number = "1/{year}"
date = {day}
starts = "09:00"
ends = "14:30"
place = "ห้องประชุม"

[calendar]
self_after = {{ due = {day} }}

[committees]
assessors = [{{ name = "นายตรวจ ตัวอย่าง", districts = ["แม่สาย"] }}]

[papers]
emblem = "emblem.png"

[[folders]]
key = "phone"
path = "phone"
"""
CRAFTS = "ทอผ้า จักสาน แปรรูปกล้วย ออมทรัพย์ เลี้ยงปลา ปลูกผัก ดอกไม้จันทน์ ผู้สูงอายุ เห็ดนางฟ้า"


def national_id(number: int) -> str:
    first = f"10000{number:07}"
    return first + national_id_check_digit(first)


def leads(number: int) -> bool:
    return number % 2 == 0


def application(home: Home, number: int, *, year: int, again: bool = False) -> mirror.Form:
    """Applicant `number`: a leader, or a group whose name is spelt otherwise the second time."""
    type_ = ApplicantType.LEADER if leads(number) else ApplicantType.GROUP
    form = mirror.application(home, year * 1000 + number, type_, applied_on=f"{year + 2024}-11-15", **PLACE)
    crafts = CRAFTS.split()
    craft = crafts[number // 2 % len(crafts)]
    named = f"กลุ่ม{craft} รุ่น {number}" if not again else f"วิสาหกิจชุมชน {craft} รุ่น {number} บ.หนองหอม"
    form.fields["applicant_name"] = f"นายสมมุติ ที่{number}" if leads(number) else named
    if leads(number):
        form.fields["national_id"] = national_id(number)
    return form


@dataclass
class Years:
    """Last year's home and this year's, and what stood in last year's when it was closed."""

    old: Home
    new: Home
    rows: str
    files: dict[str, str]
    papers: list[bytes]


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "th", *words])


def papers_of(home: Home) -> list[bytes]:
    made = make_packet(home, home.settings.packet_dir)
    return [path.read_bytes() for path in (*made.pdfs, made.manifest)]


def first_year(folder: Path, count: int, database: str) -> Home:
    folder.mkdir()
    (folder / "emblem.png").write_bytes(mirror.photo((16, 16)))
    text = SETTINGS.format(year=2568, day="2025-05-01", database=database)
    (folder / "mochocho.toml").write_text(text, "utf-8")
    home = open_home(load_settings(folder / "mochocho.toml"))
    upgrade(home.engine)
    officers.add(home, "นายเดิม ตัวอย่าง", ["5709"])
    for number in range(count):
        form = application(home, number, year=1)
        type_ = ApplicantType.LEADER if leads(number) else ApplicantType.GROUP
        sheet = mirror.sheet(home, 1000 + number, type_)
        mirror.send(home, form, sheet)
    run_once(home)
    keys = [mirror.ENTITY.format(1000 + n) for n in range(count)]
    record_all(home, [(key, resolution(gate)) for gate in (Gate.DISTRICT, Gate.PROVINCE) for key in keys])
    run_once(home)
    return home


def resolution(gate: Gate) -> Resolution:
    return Resolution(gate, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 20), "ครบถ้วนดี", BY)


@contextmanager
def begun_in(folder: Path, count: int, databases: tuple[str, str] = ("", "")) -> Iterator[Years]:
    """A year with that many applicants, and the next."""
    line = f'database_url = "{databases[0]}"' if databases[0] else ""
    old = first_year(folder / "2568", count, line)
    before = papers_of(old)
    config = str(folder / "2568" / "mochocho.toml")
    more = ("--database-url", databases[1]) if databases[1] else ()
    begun = call("--config", config, "cycle", "new", str(folder / "2569"), "--by", BY, *more)
    assert begun.exit_code == 0, begun.output
    rows, files = home_digest.of_rows(old), home_digest.of_files(old.settings.home)
    new = open_home(load_settings(folder / "2569" / "mochocho.toml"))
    yield Years(old, new, rows, files, before)
    old.engine.dispose()
    new.engine.dispose()


def apply_again(years: Years, again: int, new: int) -> dict[int, Case]:
    """This year's cases by number: `again` of last year's, and `new` others."""
    for number in range(again):
        mirror.send(years.new, application(years.new, number, year=2, again=True))
    for number in range(500, 500 + new):
        mirror.send(years.new, application(years.new, number, year=2))
    run_once(years.new)
    shown = [case.application.key for case in casebook.cases(years.new)]
    passed = replace(resolution(Gate.DISTRICT), meeting_no="1/2569", meeting_date=date(2026, 4, 20))
    record_all(years.new, [(key, passed) for key in shown])
    run_once(years.new)
    return {int(case.application.key[-3:]): case for case in casebook.cases(years.new)}


def assert_shown(years: Years, cases: dict[int, Case], again: int) -> None:
    for number, case in cases.items():
        former = case.assessment.counted and case.assessment.counted.former
        assert (former is not None) is (number < again), number
        if former:
            assert former.key == mirror.ENTITY.format(1000 + number)
            assert (former.year_be, former.type) == (2568, case.application.type)
            assert former.percent == 10000
            assert [one.meeting_no for one in former.resolutions] == ["1/2568", "1/2568"]
    made = make_packet(years.new, years.new.settings.packet_dir)
    with pymupdf.open(made.pdfs[0]) as document:
        text = "".join("".join(page.get_text().split()) for page in document)
    assert text.count("ผลปี๒๕๖๘") == again
    assert text.count("คะแนนร้อยละ๑๐๐.๐๐มติระดับจังหวัดรับรองครั้งที่๑/๒๕๖๘วันที่๒๐เมษายน๒๕๖๘") == again


def assert_untouched(years: Years) -> None:
    assert papers_of(years.old) == years.papers
    assert home_digest.of_rows(years.old) == years.rows
    assert home_digest.of_files(years.old.settings.home) == years.files
    assert examine(years.old).found == ()


def assert_next_year_knows_of_no_erasure(years: Years, number: int) -> None:
    """This year's packet stays where one of last year's, who did not apply again, is erased from both."""
    before, key = papers_of(years.new), mirror.ENTITY.format(1000 + number)
    who = ("--officer", BY, "--reason", "คำขอที่ 16/2569")
    old, new = (str(home.settings.file) for home in (years.old, years.new))
    for config in (old, new):
        erased = call("--config", config, "person", "erase", "--key", key, *who)
        assert "ลบข้อมูลแล้ว ครั้งที่ 1" in erased.output
    assert call("--config", new, "cycle", "results", old).exit_code == 0
    run_once(years.new)
    assert papers_of(years.new) == before


@pytest.fixture
def urls(request: pytest.FixtureRequest) -> tuple[str, str]:
    if request.param == "sqlite":
        return ("", "")
    return (request.getfixturevalue("postgresql_url"), request.getfixturevalue("empty_postgresql_url"))


@pytest.mark.parametrize("urls", ["sqlite", "postgresql"], indirect=True)
def test_four_of_last_years_apply_again(tmp_path: Path, urls: tuple[str, str]) -> None:
    with begun_in(tmp_path, 5, urls) as years:
        assert_shown(years, apply_again(years, 4, 1), 4)
        assert_untouched(years)
        assert_next_year_knows_of_no_erasure(years, 4)
        assert [one.name for one in officers.listing(years.new)] == ["นายเดิม ตัวอย่าง"]
        officers.add(years.new, "นายใหม่ ตัวอย่าง", ["5709"])
        settings, was = years.new.settings, years.old.settings
        assert (settings.committees, settings.presentation_order) == (was.committees, was.presentation_order)
        assert settings.papers.emblem == was.papers.emblem
        assert settings.calendar.terms == {}
        assert was.calendar.terms != {}
        assert (settings.meeting, settings.folders, years.new.pack.fiscal_year_be) == (None, (), 2569)


@pytest.mark.long
def test_forty_of_last_years_apply_again(tmp_path: Path) -> None:
    with begun_in(tmp_path, 60) as years:
        assert_shown(years, apply_again(years, 40, 20), 40)
        assert_untouched(years)


@pytest.fixture
def years(tmp_path: Path) -> Iterator[Years]:
    with begun_in(tmp_path, 2) as made:
        yield made


def told(case: Case) -> list[str]:
    return [saying.said(f) for f in case.assessment.findings if f.code == "applicant.perhaps_before"]


def test_who_is_only_nearly_the_same_is_asked_about_and_answered(years: Years) -> None:
    near, other = application(years.new, 1, year=2), application(years.new, 3, year=2)
    near.fields["applicant_name"] = "กลุ่มทอผา รุ่น 1"
    other.fields["applicant_name"] = "กลุ่มทอฝ้า รุ่น 1"
    mirror.send(years.new, near, other)
    run_once(years.new)
    keys, then = [mirror.ENTITY.format(2001), mirror.ENTITY.format(2003)], mirror.ENTITY.format(1001)
    assert open_questions.former(years.new)[0] == 0
    found = {case.application.key: case for case in casebook.cases(years.new)}
    for key in keys:
        (sentence,) = told(found[key])
        assert f"รหัส {then} จากรอบปี ๒๕๖๘" in sentence
    assert open_questions.answer_former(years.new, keys[0], then, "ประธานคนเดิม", BY, same=True)
    assert open_questions.answer_former(years.new, keys[1], then, "คนละกลุ่ม", BY, same=False)
    assert not open_questions.answer_former(years.new, keys[1], then, "คนละกลุ่ม", BY, same=False)
    run_once(years.new)
    found = {case.application.key: case for case in casebook.cases(years.new)}
    shown = [counted and counted.former for counted in (found[key].assessment.counted for key in keys)]
    assert [one and one.key for one in shown] == [then, None]
    assert [told(found[key]) for key in keys] == [[], []]


def test_a_year_that_was_opened_again_gives_its_results_anew(years: Years, tmp_path: Path) -> None:
    old, new = (str(tmp_path / year / "mochocho.toml") for year in ("2568", "2569"))
    refused = call("--config", old, "run")
    assert "2569/mochocho.toml" in refused.output
    assert call("--config", old, "cycle", "reopen", "--by", BY, "--reason", "แก้มติ").exit_code == 0
    changed = Resolution(
        Gate.PROVINCE, Outcome.FAIL, "คณะกรรมการตัวอย่าง", "2/2568", date(2025, 5, 20), "ไม่ครบ", BY
    )
    record_all(years.old, [(mirror.ENTITY.format(1000), changed)])
    run_once(years.old)
    assert call("--config", new, "cycle", "results", old).exit_code == 0
    (case,) = apply_again(years, 1, 0).values()
    assert case.assessment.counted
    assert case.assessment.counted.former
    assert case.assessment.counted.former.resolutions[-1].outcome is Outcome.FAIL


def test_a_dry_run_changes_nothing_and_a_second_new_is_refused(tmp_path: Path) -> None:
    old = first_year(tmp_path / "2568", 1, "")
    config = str(tmp_path / "2568" / "mochocho.toml")
    rows = home_digest.of_rows(old)
    words = ("--config", config, "cycle", "new", str(tmp_path / "2569"), "--by", BY)
    planned = call(*words, "--dry-run")
    assert (planned.exit_code, "2569" in planned.output) == (0, True), planned.output
    assert not (tmp_path / "2569").exists()
    assert home_digest.of_rows(old) == rows
    assert call(*words).exit_code == 0
    assert call("--config", config, "cycle", "reopen", "--by", BY, "--reason", "ทดสอบ").exit_code == 0
    refused = call(*words)
    assert (refused.exit_code, "อยู่แล้ว" in refused.output) == (1, True), refused.output
    old.engine.dispose()
