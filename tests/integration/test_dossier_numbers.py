"""แนบ ๔, the outline and the page numbers lead to a dossier by the number that is printed on its pages."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.decisions import recorder
from processing.decisions.decision import Decision, Kind, Registered
from processing.register import register_forms
from reports.packet.in_word.front_papers import front_papers
from reports.packet.make_packet import make_packet
from reports.view.blocks import Kind as BlockKind
from tests.integration import province_mirror as mirror
from tests.unit.reports.make_packet import settings

BY = "นางสาวสมมุติ ตัวอย่าง"
PASSED = Resolution(Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ครบ", BY)
PRINTED = re.compile(r"^([๐-๙]+)-๑$", re.MULTILINE)


@pytest.fixture
def office(home: Home) -> Home:
    """Three units that passed, and a meeting."""
    meeting = settings(home.settings.home).meeting
    office = replace(home, settings=home.settings.model_copy(update={"meeting": meeting}))
    mirror.send(office, *(mirror.application(office, n) for n in range(3)))
    register_forms.run(office)
    assess.do(office, assess.due(office))
    recorder.record(office, {case.application.key: PASSED for case in cases.cases(office)})
    assess.do(office, assess.due(office))
    return office


def register(home: Home, *numbers: int) -> None:
    keys = [case.application.key for case in cases.cases(home)]
    recorder.record_decisions(
        home,
        [
            Decision(Kind.REGISTER, key, content=Registered(number), recorded_by=BY)
            for key, number in zip(keys, numbers, strict=False)
        ],
    )


def told(pdf: Path) -> list[tuple[str, str, str]]:
    """Of each dossier: the number on its first page, in its label, and in the outline."""
    with pymupdf.open(pdf) as document, pikepdf.open(pdf) as book:
        entries = [(title, page - 1) for level, title, page in document.get_toc() if level > 1]
        return [
            (
                found[1] if (found := PRINTED.search(document[page].get_text())) else "",
                book.pages[page].label.removesuffix("-๑"),
                title.split()[0],
            )
            for title, page in entries
        ]


def rows(home: Home) -> list[tuple[str, ...]]:
    """The rows of แนบ ๔."""
    names = front_papers(home)[-1]
    return [row for block in names.blocks if block.kind is BlockKind.TABLE for row in block.cells]


def numbers_printed(home: Home) -> list[str]:
    (pdf,) = make_packet(home, home.settings.packet_dir).pdfs
    for on_page, label, in_outline in (found := told(pdf)):
        assert on_page == label == in_outline
    with pymupdf.open(pdf) as document:
        names = "".join(page.get_text() for page in document)
    assert ("ทะเบียน\nเลขที่" in names) == ("ทะเบียนเลขที่" in rows(home)[0])
    return [on_page for on_page, *_ in found]


def test_before_a_register_is_kept_a_dossier_bears_its_place_in_the_list(office: Home) -> None:
    assert numbers_printed(office) == ["๑", "๒", "๓"]
    head, *listed = rows(office)
    assert head[:2] == ("ลำดับ", "ชื่อ")
    assert [row[0] for row in listed] == ["๑", "๒", "๓"]


def test_a_registered_dossier_is_found_by_its_number_in_the_list(office: Home) -> None:
    register(office, 7, 3, 5)
    printed = numbers_printed(office)
    assert sorted(printed) == ["๓", "๕", "๗"]
    head, *listed = rows(office)
    assert head[:3] == ("ลำดับ", "ทะเบียนเลขที่", "ชื่อ")
    assert [row[:2] for row in listed] == [*zip("๑๒๓", printed, strict=True)]


def test_who_has_no_number_yet_has_a_dash(office: Home) -> None:
    register(office, 7)
    assert [row[1] for row in rows(office)[1:]].count("-") == 2
