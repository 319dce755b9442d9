"""A packet is left as it lies only while every byte of it and everything it was made from are the same."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mochocho.settings.config import Committees, Orders
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import Case, Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.decisions import recorder
from processing.meetings import kept
from processing.meetings import meeting as meetings
from processing.register import register_forms, register_numbers
from reports.packet import binding, lay_out, needed_sheets
from reports.packet.make_packet import PacketFiles, make_packet
from reports.typesetting.cache import Cache
from reports.typesetting.kept_layouts import KeptLayouts
from reports.typesetting.kept_texts import KeptTexts
from reports.typesetting.line_breaks import Breaker
from reports.typesetting.parts import Part
from reports.typesetting.printing import Printer
from reports.typesetting.typesetter import Sheet, Typesetter
from tests.integration import province_mirror as mirror
from tests.unit.reports.make_packet import settings

BY = "นางสาวสมมุติ ตัวอย่าง"
PASSED = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ครบ", BY)


@pytest.fixture
def office(home: Home) -> Home:
    """Three units, of which two passed, and a meeting."""
    meeting = settings(home.settings.home).meeting
    office = replace(home, settings=home.settings.model_copy(update={"meeting": meeting}))
    mirror.send(office, *(mirror.application(office, n) for n in range(3)))
    register_forms.run(office)
    assess.do(office, assess.due(office))
    recorder.record(office, dict.fromkeys(keys(office)[1:], PASSED))
    assess.do(office, assess.due(office))
    return office


def keys(home: Home) -> list[str]:
    return [case.application.key for case in cases.cases(home)]


def made(home: Home) -> PacketFiles:
    return make_packet(home, home.settings.packet_dir)


def content(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.settings.packet_dir.iterdir()}


def with_settings(home: Home, **update: Any) -> Home:
    return replace(home, settings=home.settings.model_copy(update=update))


def attached(home: Home) -> list[Path]:
    laid_out = needed_sheets.planned(home)
    assert laid_out is not None
    return [home.store.path(sha256) for sha256 in needed_sheets.material(home, laid_out).attachments()]


def test_only_a_whole_packet_of_the_same_inputs_is_left(
    office: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not needed_sheets.lies_whole(office)
    files = made(office)
    first = content(office)
    assert needed_sheets.lies_whole(office)
    with monkeypatch.context() as nothing:
        nothing.setattr("reports.packet.make_packet.lay_out", None)
        assert made(office) == files

    papers, meeting = office.settings.papers, office.settings.meeting
    assert meeting is not None
    emblem = tmp_path / "emblem.png"
    emblem.write_bytes(b"\x89PNG\r\n\x1a\n another")
    for other in (
        {"papers": papers.model_copy(update={"thai_digits": not papers.thai_digits})},
        {"papers": papers.model_copy(update={"emblem": emblem})},
        {"meeting": meeting.model_copy(update={"place": "ห้องอื่น"})},
        {"committees": Committees(provincial_order=Orders(number="1/2567", date=date(2024, 11, 18)))},
        {"presentation_order": ("พาน",)},
    ):
        assert not needed_sheets.lies_whole(with_settings(office, **other)), other
    assert not needed_sheets.lies_whole(replace(office, pack_digest="0" * 64))
    ours: tuple[tuple[str, object], ...] = (
        ("reports.packet.needed_sheets.program_digest", lambda: "mended"),
        ("reports.packet.needed_sheets.RULE_VERSION", 0),
        ("reports.packet.needed_sheets.WORDS_DIGEST", ""),
    )
    for place, value in ours:
        with monkeypatch.context() as changed:
            changed.setattr(place, value)
            assert not needed_sheets.lies_whole(office), place
    with monkeypatch.context() as changed:
        changed.setattr(Typesetter, "made_with", "other fonts")
        assert not needed_sheets.lies_whole(office)

    away = tmp_path / "away"
    for path in (attached(office)[0], *files.pdfs, files.manifest):
        path.rename(away)
        assert not needed_sheets.lies_whole(office), path.name
        away.rename(path)
        assert needed_sheets.lies_whole(office)
    for path in (*files.pdfs, files.manifest):
        whole = path.read_bytes()
        path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
        assert not needed_sheets.lies_whole(office), path.name
        made(office)
        assert content(office) == first, "a damaged packet is made again"


def test_of_one_changed_applicant_only_its_dossier_is_laid_out_and_the_bytes_are_those_of_a_new_packet(
    office: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.packet.volumes.BUNDLE", 1)
    made(office)
    laid_out: list[tuple[str, ...]] = []
    broken: list[str] = []
    lay, boxed = Printer.sheet, Breaker.boxed

    def told(breaker: Breaker, view: object, names: Iterable[str] = ()) -> object:
        broken.append(type(view).__name__)
        return boxed(breaker, view, names)

    def counted(printer: Printer, part: Part, own: Iterator[Case]) -> Sheet:
        if part.units:
            laid_out.append(part.keys)
        return lay(printer, part, own)

    monkeypatch.setattr(Printer, "sheet", counted)
    monkeypatch.setattr(Breaker, "boxed", told)
    changed = keys(office)[1]
    decided = replace(PASSED, reason="ครบ ตามเงื่อนไข {{7*7}}")
    for one in (decided, PASSED):
        recorder.record(office, {changed: one})
        assess.do(office, assess.due(office))
        made(office)
    assert laid_out == [(changed,), (changed,)], "also where it is again as it was once"
    assert broken == ["Bundle", "Bundle"], "the papers in front say what they said"
    kept_one = content(office)
    shutil.rmtree(office.cache_dir)
    made(office)
    assert content(office) == kept_one


def test_only_a_volume_that_is_another_or_damaged_is_bound_again(
    office: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.packet.volumes.MOST_UNITS", 1)
    first, second = made(office).pdfs
    changed = keys(office)[1]
    bound: list[str] = []
    bind = binding.bind

    def told(book: binding.BoundBook, target: Path, *rest: Any) -> int:
        bound.append(target.name)
        return bind(book, target, *rest)

    monkeypatch.setattr("reports.packet.make_packet.bind", told)

    def bound_after(one: Resolution) -> list[str]:
        bound.clear()
        recorder.record(office, {changed: one})
        assess.do(office, assess.due(office))
        made(office)
        return list(bound)

    (only,) = bound_after(replace(PASSED, reason="ครบ ตามเงื่อนไข"))
    now = content(office)
    shutil.rmtree(office.cache_dir)
    made(office)
    assert content(office) == now
    other = first if only == second.name else second
    whole = other.read_bytes()
    other.write_bytes(whole[:-9] + b"/" + whole[-8:])
    assert bound_after(PASSED) == [first.name, second.name]
    assert other.read_bytes() == whole
    bound.clear()
    monkeypatch.setattr("reports.packet.make_packet.program_digest", lambda: "mended")
    needed_sheets.forget_plan(office)
    made(office)
    assert bound == [first.name, second.name], "another program may bind otherwise"


def test_each_input_of_a_layout_is_in_its_key(office: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    name = KeptLayouts.name

    def noted(layouts: KeptLayouts, part: Part) -> str:
        asked.append(name(layouts, part))
        return asked[-1]

    monkeypatch.setattr(KeptLayouts, "name", noted)

    def names(home: Home) -> set[str]:
        asked.clear()
        lay_out.lay_out(home)
        return {one for one in asked if one}

    papers, first = office.settings.papers, names(office)
    assert first
    assert names(office) == first, "of the same"
    other = with_settings(office, papers=papers.model_copy(update={"thai_digits": not papers.thai_digits}))
    assert names(other).isdisjoint(first)
    for place, value in (
        ("reports.packet.lay_out.program_digest", lambda: "mended"),
        ("reports.packet.lay_out.Packs.digests", lambda _packs: "other standards"),
        ("reports.typesetting.typesetter.SHOW_VERSION", 0),
        ("importlib.metadata.version", lambda _name: "typst of tomorrow"),
        ("reports.packet.volumes.BUNDLE", 1),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(place, value)
            assert names(office).isdisjoint(first), place
    _keep(office, meetings.Meeting(meetings.Level.PROVINCE, "2/2568", place="ห้องประชุม"))
    of_meeting = names(office)
    assert of_meeting.isdisjoint(first)
    recorder.record(office, {keys(office)[1]: replace(PASSED, reason="ครบทุกข้อ")})
    assess.do(office, assess.due(office))
    assert names(office).isdisjoint(of_meeting), "both are in one bundle"


def test_each_input_of_a_text_is_in_its_key(office: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[KeptTexts] = []
    begin = KeptTexts.__init__

    def noted(texts: KeptTexts, cache: Cache, common: Iterable[str]) -> None:
        begin(texts, cache, common)
        asked.append(texts)

    monkeypatch.setattr(KeptTexts, "__init__", noted)

    def needs(home: Home) -> set[str]:
        lay_out.lay_out(home)
        return set(asked[-1].needs)

    first = needs(office)
    assert len(first) == 5
    assert needs(office) == first
    for place, value in (
        ("reports.packet.lay_out.program_digest", lambda: "mended"),
        ("importlib.metadata.version", lambda _name: "ICU of tomorrow"),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(place, value)
            assert needs(office).isdisjoint(first), place
    _keep(office, meetings.Meeting(meetings.Level.PROVINCE, "2/2568", place="ห้องประชุม"))
    assert len(needs(office) - first) >= 2, "of the papers that say where it is"


def test_files_that_arrive_are_on_the_next_packet(office: Home, tmp_path: Path) -> None:
    made(office)
    paths = attached(office)
    for path in paths:
        path.rename(tmp_path / path.name)
    made(office)
    without = content(office)
    assert needed_sheets.lies_whole(office), "of what there was"
    for path in paths:
        (tmp_path / path.name).rename(path)
    assert not needed_sheets.lies_whole(office)
    made(office)
    assert content(office)["packet.pdf"] != without["packet.pdf"]


def test_every_row_that_papers_read_makes_the_packet_due(office: Home) -> None:
    made(office)
    again = replace(PASSED, meeting_no="2/2568")
    meeting = meetings.Meeting(meetings.Level.PROVINCE, "2/2568", day=date(2025, 5, 20))
    changes: tuple[Callable[[], object], ...] = (
        lambda: recorder.record(office, {keys(office)[1]: again}) and assess.do(office, assess.due(office)),
        lambda: register_numbers.give(office, BY),
        lambda: _keep(office, meeting),
        lambda: _keep(office, replace(meeting, place="ห้องประชุม")),
    )
    states = {needed_sheets.state(office)}
    for number, change in enumerate(changes, 1):
        change()
        assert not needed_sheets.lies_whole(office)
        states.add(needed_sheets.state(office))
        assert len(states) == number + 1


def _keep(home: Home, meeting: meetings.Meeting) -> None:
    with transaction(home.engine) as session:
        kept.keep(session, meeting, BY)
