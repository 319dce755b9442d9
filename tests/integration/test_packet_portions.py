"""Papers are laid out from the database a few cases at a time, and not again until they have rested."""

import os
import time
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest

from mochocho.app.pipeline.conveyor import stage_named
from mochocho.settings.config import Workers
from mochocho.storage.home import Home
from mochocho.words.model import Case, Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.decisions import recorder
from processing.register import register_forms
from reports.packet import lay_out, make_packet, needed_sheets, typeset, volumes
from reports.typesetting.cache import papers_dir
from reports.view import front
from tests.integration import province_mirror as mirror
from tests.prepared_homes import Copy
from tests.unit.reports.make_packet import settings

UNITS = 30
PASSED = Resolution(
    Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ครบ", "นางบันทึก ตัวอย่าง"
)


class Watched(Case):
    """A case of which is known how many there are."""

    alive: ClassVar[weakref.WeakSet["Watched"]] = weakref.WeakSet()
    most: ClassVar[int] = 0

    def __init__(self, *args: object, **fields: object) -> None:
        super().__init__(*args, **fields)  # type: ignore[arg-type]
        Watched.alive.add(self)
        Watched.most = max(Watched.most, len(Watched.alive))

    __hash__ = object.__hash__


def decide(home: Home) -> None:
    """Thirty units of two districts, of which three are held back."""
    codes = [district.code for district in home.province.districts[:2]]
    mirror.send(home, *(mirror.application(home, n, district=codes[n % 2]) for n in range(UNITS)))
    register_forms.run(home)
    assess.do(home, assess.due(home))
    keys = [case.application.key for case in cases.cases(home)]
    recorder.record(home, dict.fromkeys(keys[3:], PASSED))
    assess.do(home, assess.due(home))


def with_a_meeting(home: Home) -> Home:
    meeting = settings(home.settings.home).meeting
    return replace(home, settings=home.settings.model_copy(update={"meeting": meeting}))


@pytest.fixture
def office(copy: Copy) -> Home:
    return with_a_meeting(copy(decide))


@pytest.fixture
def any_office(any_copy: Copy) -> Home:
    """Where it matters how cases are read from the database."""
    return with_a_meeting(any_copy(decide))


def bound(home: Home) -> dict[str, bytes]:
    lay_out.do(home)
    assert typeset.do(home, typeset.due(home)) == {}
    make_packet.do(home)
    return {path.name: path.read_bytes() for path in home.settings.packet_dir.iterdir()}


def test_a_few_cases_are_in_memory_however_many_there_are(
    any_office: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "Case", Watched)
    monkeypatch.setattr(Watched, "most", 0)
    lay_out.do(any_office)
    assert 0 < Watched.most <= 3


def test_portions_of_any_size_give_the_same_packet(any_office: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST_ROWS", 10)
    monkeypatch.setattr(volumes, "MOST_UNITS", 10)
    whole = bound(any_office)
    assert {"manifest.json", *(f"packet-{n}.pdf" for n in (1, 2, 3, 4))} == set(whole)
    for name, module, size in (("READ_AT_ONCE", cases, 1), ("AT_ONCE", lay_out.needed_sheets, 2)):
        monkeypatch.setattr(module, name, size)
    monkeypatch.setattr("reports.typesetting.sorting.AT_ONCE", 3)
    assert bound(any_office) == whole


def test_one_process_and_workers_make_the_same_packet(
    office: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(front, "MOST_ROWS", 10)  # a list in several sheets, numbered on
    by_workers = bound(office)
    files = make_packet.make_packet(office, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (*files.pdfs, files.manifest)} == by_workers


def test_what_a_packet_needs_stays_in_the_cache(office: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST_ROWS", 10)
    bound(office)
    kept = {path: path.stat().st_mtime_ns for path in papers(office)}
    lay_out.do(office)
    assert typeset.due(office) == []
    make_packet.do(office)
    assert {path: path.stat().st_mtime_ns for path in papers(office)} == kept


def papers(home: Home) -> list[Path]:
    return [path for path in papers_dir(home).rglob("*") if path.is_file()]


def test_a_packet_is_laid_out_again_when_it_has_rested(office: Home) -> None:
    workers = Workers(packet_rest_seconds=100)
    home = replace(office, settings=office.settings.model_copy(update={"workers": workers}))
    rested = stage_named("layout").rested
    assert rested(home)
    lay_out.do(home)
    assert not rested(home)
    file = home.settings.cache_dir / needed_sheets.PLAN
    for age, expected in ((99, False), (101, True), (-50, True)):  # the last: a clock that was put back
        os.utime(file, (time.time() - age,) * 2)
        assert rested(home) is expected
