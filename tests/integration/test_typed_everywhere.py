"""Whatever somebody types into a meeting is printed as it was typed: every field and passage, each door."""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pymupdf
import pytest
import yaml
from lxml import etree

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import DistrictOffice, load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.certificates import issue
from processing.decisions import recorder
from processing.meetings import kept
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Meeting
from processing.register import register_forms
from reports.editable.markup import W
from tests.hostile_meetings import DAY, MARKUP, NUMBER, HostileMeeting
from tests.integration import commands
from tests.integration import province_mirror as mirror

TYPED = HostileMeeting()
BY = "นางบันทึก ตัวอย่าง"
NOT_PRINTED = {"memo.refers", "memo.enclosures", "memo.owner"}  # a memo has none
NO_WORD_FILE = {
    f"certificate.{one}" for one in ("title", "above", "below", "given", *ApplicantType)
}  # PDF alone
OUTCOMES = (*[Outcome.PASS] * 5, Outcome.FAIL, Outcome.CONDITIONAL, Outcome.DEFERRED)
TYPES = (*ApplicantType, *[ApplicantType.GROUP] * 4)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Applicants of every type, certified, and others of every outcome, of whom somebody typed as badly."""
    folder = tmp_path_factory.mktemp("typed")
    opened = open_home(load_settings(commands.settings(folder, "[papers]\nthai_digits = false\n")))
    upgrade(opened.engine)
    forms = (
        mirror.application(opened, n, type_, applicant_name=f"{MARKUP} ผู้สมัคร {n} จบ")
        for n, type_ in enumerate(TYPES, 1)
    )
    mirror.send(opened, *forms)
    register_forms.run(opened)
    assess.do(opened, assess.due(opened))
    keys = sorted((case.application.name, case.application.key) for case in cases.cases(opened))
    for (_, key), outcome in zip(keys, OUTCOMES, strict=True):
        recorder.record_all(opened, [(key, resolved(outcome))])
    assess.do(opened, assess.due(opened))
    issue.give(opened, "ก", None)
    yield opened
    opened.engine.dispose()


def resolved(outcome: Outcome) -> Resolution:
    owing = outcome is Outcome.CONDITIONAL
    return Resolution(
        Gate.PROVINCE,
        outcome,
        TYPED.meeting.committee,
        NUMBER,
        DAY,
        reason="" if outcome.passes else f"{MARKUP} เหตุผล {outcome.value} จบ",
        recorded_by=BY,
        condition=f"{MARKUP} เงื่อนไข จบ" if owing else "",
        due=DAY.replace(month=6) if owing else None,
        deferred_to="3/2568" if outcome is Outcome.DEFERRED else "",
    )


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def of_pdf(path: Path) -> str:
    with pymupdf.open(path) as document:
        return bare("".join(page.get_text() for page in document))


def paragraphs(path: Path) -> list[str]:
    """Each paragraph of a Word file, without the dash or the dots that are drawn in a PDF."""
    with zipfile.ZipFile(path) as file:
        document = etree.fromstring(file.read("word/document.xml"))
    said = (
        bare("".join(text.text or "" for text in one.iter(f"{{{W}}}t"))) for one in document.iter(f"{{{W}}}p")
    )
    return [one.lstrip("-").strip(".").replace("☐", "") for one in said]


def of_docx(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        document = etree.fromstring(file.read("word/document.xml"))
    return bare("".join(text.text or "" for text in document.iter(f"{{{W}}}t")))


def made(home: Home, meeting: Meeting, folder: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What the PDFs and the Word files of a meeting say, by the commands of its office."""
    meeting_files.keep(home, meeting, BY)
    office = home.settings.home.parent
    for words in (
        ("meeting", "papers", "--out", str(folder / "before")),
        ("meeting", "docx", str(folder / "word")),
        ("meeting", "after", "--out", str(folder / "after"), "--docx", str(folder / "word")),
        ("packet", "--out", str(folder / "packet")),
    ):
        done = commands.call(office, *words)
        assert done.returncode == 0, done.stderr
    return (
        {path.stem: of_pdf(path) for path in folder.rglob("*.pdf")},
        {path.stem: of_docx(path) for path in folder.rglob("*.docx")},
    )


def test_every_text_of_a_meeting_is_printed_as_it_was_typed(home: Home, tmp_path: Path) -> None:
    pdf, word = made(home, TYPED.meeting, tmp_path / "passages")
    every = "".join(pdf.values())
    for path in (tmp_path / "passages").rglob("*.docx"):
        assert [one for one in paragraphs(path) if one not in every] == [], path.name
    more_pdf, more_word = made(home, TYPED.instead, tmp_path / "instead")
    printed, edited = (
        "".join((*pdf.values(), *more_pdf.values())),
        "".join((*word.values(), *more_word.values())),
    )
    assert {path for path, text in TYPED.texts.items() if bare(text) not in printed} == NOT_PRINTED
    assert {
        path for path, text in TYPED.texts.items() if bare(text) not in edited
    } == NOT_PRINTED | NO_WORD_FILE
    for said in (*pdf.values(), *word.values()):  # nowhere is a part of it lost
        assert len(re.findall(r"จบ", said)) == said.count(bare(MARKUP)), said
    for outcome in Outcome:
        if not outcome.passes:
            assert bare(f"{MARKUP} เหตุผล {outcome.value} จบ") in more_pdf["letters-to-units"]


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
def test_a_file_brings_back_what_was_typed_and_holds_no_formula(
    home: Home, tmp_path: Path, suffix: str
) -> None:
    meeting_files.keep(home, TYPED.meeting, BY)
    path = tmp_path / f"m.{suffix}"
    office = home.settings.home.parent
    assert commands.call(office, "meeting", "export", str(path)).returncode == 0
    done = commands.call(office, "meeting", "import", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    with reading(home.engine) as session:
        assert kept.meeting_of(session, TYPED.meeting.key) == TYPED.meeting
    if suffix == "xlsx":
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.rows for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        assert sum(MARKUP in str(cell.value) for cell in cells) >= len(TYPED.texts) - len(NOT_PRINTED)


OF_DESIGN = {"design"}


def badly_worded(value: Any, texts: dict[str, str], path: str) -> Any:
    """The same words, each followed by what nobody means well with."""
    if isinstance(value, dict):
        return {
            key: one if key in OF_DESIGN else badly_worded(one, texts, f"{path}.{key}")
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [badly_worded(one, texts, f"{path}.{place}") for place, one in enumerate(value)]
    texts[path] = f"{MARKUP} ข้อ {len(texts) + 1} จบ"
    return f"{value} {texts[path]}"


def test_every_word_of_the_offices_own_wordings_is_printed_as_it_was_typed(
    home: Home, tmp_path: Path
) -> None:
    meeting_files.keep(home, replace(TYPED.meeting, texts=()), BY)
    office, words, texts = home.settings.home.parent, tmp_path / "words", dict[str, str]()
    assert commands.call(office, "certificates", "wording", str(words)).returncode == 0
    for path in words.glob("*.yaml"):
        made = badly_worded(yaml.safe_load(path.read_text("utf-8")), texts, path.stem)
        path.write_text(yaml.safe_dump(made, allow_unicode=True, width=10_000), "utf-8")
    commands.settings(office, f'[papers]\nthai_digits = false\nwording = "{words}"\n')
    for call in (
        ("certificates", "reissue", "1", "--reason", "พิมพ์ชื่อผิด", "--by", BY, "--name", f"{MARKUP} ชื่อใหม่ จบ"),
        ("certificates", "revoke", "2", "--reason", f"{MARKUP} เหตุเพิกถอน จบ", "--by", BY),
        ("certificates", "print", str(tmp_path / "certificates.pdf")),
        ("meeting", "after", "--out", str(tmp_path / "after"), "--docx", str(tmp_path / "word")),
    ):
        done = commands.call(office, *call)
        assert done.returncode == 0, done.stderr
    printed = "".join(map(of_pdf, tmp_path.rglob("*.pdf")))
    edited = "".join(map(of_docx, tmp_path.rglob("*.docx")))
    assert [path for path, text in texts.items() if bare(text) not in printed] == []
    assert {path.partition(".")[0] for path, text in texts.items() if bare(text) not in edited} == {
        "certificate"
    }
    assert bare(f"{MARKUP} ชื่อใหม่ จบ") in printed
    assert bare(f"{MARKUP} เหตุเพิกถอน จบ") in printed


NUMBERED = {"district", "telephone"}  # of a district's office: what is a choice or a number


def test_every_text_of_the_settings_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    texts: dict[str, str] = {}

    def typed(name: str) -> str:
        texts[name] = f"ก {MARKUP} ข้อ {len(texts) + 1} จบ"
        return json.dumps(texts[name], ensure_ascii=False)  # a text of TOML is quoted as one of JSON

    office = "".join(
        f"{name} = {typed(name)}\n" for name in DistrictOffice.model_fields if name not in NUMBERED
    )
    commands.settings(
        tmp_path,
        f"""[papers]
thai_digits = false
[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = {typed("place")}
[committees]
provincial_th = {typed("provincial_th")}
district_th = {typed("district_th")}
provincial_order = {{ number = {typed("provincial_order")}, date = 2024-11-18 }}
district_order = {{ number = {typed("district_order")}, date = 2024-11-18 }}
assessors = [{{ name = {typed("assessor")}, committee = "provincial", role = "chair" }}]
[[offices]]
district = "พาน"
{office}""",
    )
    for words in (
        ("packet", "--out", "packet"),
        ("meeting", "new", "1/2568"),
        ("meeting", "papers", "--out", "papers"),
        ("districts", "papers", "--out", "districts"),
    ):
        done = commands.call(tmp_path, *words)
        assert done.returncode == 0, done.stderr
    printed = "".join(map(of_pdf, tmp_path.rglob("*.pdf")))
    assert [name for name, text in texts.items() if bare(text) not in printed] == []
