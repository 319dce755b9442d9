"""What leaves a home for people without this program: registers, a ZIP, a CD; each logged and whole."""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import page as validator
import pymupdf
import pytest
from lxml import html

from mochocho.app import access_chain
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import open_home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess, cases
from processing.certificates import issue
from processing.decisions import recorder
from processing.meetings import kept
from processing.meetings.meeting import Level, Meeting
from processing.register import register_forms
from reports.packet.make_packet import make_packet
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.integration.commands import Office
from tests.integration.test_certificates import resolve
from tests.needs import need
from tests.small_disks import fill, small_disk

FORMULA = "=1+1 กลุ่มทอผ้า"
OF_DISTRICT = Resolution(
    Gate.DISTRICT,
    Outcome.PASS,
    "คณะกรรมการตรวจประเมินอำเภอแม่จัน",
    "1/2568",
    date(2025, 4, 1),
    "ครบ",
    "นางบันทึก ตัวอย่าง",
)
FOLDERS = [
    "1 เอกสารประกอบการประชุม",
    "2 หนังสือและแบบก่อนการประชุม",
    "3 เอกสารหลังการประชุม",
    "4 ทะเบียนและสถิติ",
    "5 ฉบับลงนาม",
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Two groups of one meeting, the first certified, with the packet made."""
    folder = tmp_path_factory.mktemp("exports")
    opened = open_home(load_settings(commands.settings(folder)))
    upgrade(opened.engine)
    forms = [mirror.application(opened, n, applicant_name=name) for n, name in ((1, FORMULA), (2, "กลุ่มสอง"))]
    mirror.send(opened, *forms)
    register_forms.run(opened)
    assess.do(opened, assess.due(opened))
    for case in cases.cases(opened):
        if case.application.name == FORMULA:
            resolve(opened, case.application.key)
            recorder.record_all(opened, [(case.application.key, OF_DISTRICT)])
    assess.do(opened, assess.due(opened))
    issue.give(opened, "ก", None)
    with transaction(opened.engine) as session:
        kept.keep(session, Meeting(Level.PROVINCE, "1/2568", day=date(2025, 5, 1)), "ก")
    make_packet(opened, opened.settings.packet_dir)
    yield Office(folder, opened)
    opened.engine.dispose()


def test_registers_are_texts_and_numbers_and_never_formulas(office: Office, tmp_path: Path) -> None:
    office.done("export", "registers", "--out", str(tmp_path / "out"))
    office.done("export", "registers", "--out", str(tmp_path / "again"))
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == written
    assert {name for name in written if name.endswith(".xlsx")} == {
        "ทะเบียนผู้สมัคร.xlsx",
        "ทะเบียนหนังสือรับรอง.xlsx",
        "ผลการดำเนินงาน.xlsx",
        "สถิติ.xlsx",
    }
    for name in ("ทะเบียนผู้สมัคร", "ทะเบียนหนังสือรับรอง", "ผลการดำเนินงาน"):
        book = openpyxl.load_workbook(io.BytesIO(written[f"{name}.xlsx"]))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert FORMULA in [cell.value for cell in cells]
        rows = list(csv.reader(io.StringIO(written[f"{name}.csv"].decode("utf-8-sig"))))
        assert f"'{FORMULA}" in [cell for row in rows for cell in row]
        assert [len(row) for row in rows] == [len(rows[0])] * len(rows)
        book.close()
    book = openpyxl.load_workbook(io.BytesIO(written["สถิติ.xlsx"]))
    assert book.sheetnames == ["ผู้สมัคร", "ผู้ได้รับการรับรอง", "มติระดับจังหวัด"]
    for sheet, count in (("ผู้สมัคร", 2), ("ผู้ได้รับการรับรอง", 1)):
        assert [row[-1].value for row in book[sheet].iter_rows()][-1] == count
    book.close()


def test_a_zip_and_a_cd_hold_the_meeting_and_open_without_this_program(
    office: Office, tmp_path: Path
) -> None:
    own = tmp_path / "งานของอำเภอ"
    own.mkdir()
    (own / "สรุป: อำเภอ.txt").write_text("สรุป", "utf-8")
    scan = office.home.settings.packet_dir / "packet.pdf"
    office.done("meeting", "signed", str(scan), "--paper", "minutes")
    for kind in ("zip", "cd"):
        said = office.done("export", kind, "--out", str(tmp_path / f"1.{kind}"), "--add", str(own))
        assert f"1.{kind}: " in said.replace("\n", "")
    need("7z")
    subprocess.run(["7z", "x", "-bd", "-ocd", "1.cd"], cwd=tmp_path, check=True, capture_output=True)
    disc = tmp_path / "cd"
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        names = archive.namelist()
        content = {name: archive.read(name) for name in names}
    assert names == sorted(names)
    assert sorted({name.split("/")[0] for name in names}) == [*FOLDERS, "index.html", "งานของอำเภอ"]
    assert "งานของอำเภอ/สรุป- อำเภอ.txt" in names
    assert f"{FOLDERS[0]}/เอกสารประกอบการประชุม.pdf" in names
    assert f"{FOLDERS[2]}/รายงานการประชุม.pdf" in names
    assert [name for name in names if name.rpartition("/")[2].isascii()] == ["index.html"]
    assert content[f"{FOLDERS[4]}/รายงานการประชุม.pdf"] == scan.read_bytes()
    on_disc = {str(path.relative_to(disc)): path.read_bytes() for path in disc.rglob("*") if path.is_file()}
    assert on_disc == content
    page = html.document_fromstring(content["index.html"])
    assert page.findtext(".//h1") == "เอกสารการประชุมครั้งที่ 1/2568 จังหวัดเชียงราย"
    assert len(page.xpath("//a")) == len(names) - 1


def test_each_export_is_logged_before_it_is_written(office: Office, tmp_path: Path) -> None:
    (tmp_path / "gone").write_bytes(b"")
    assert office.call("export", "zip", "--out", str(tmp_path / "gone" / "a.zip")).exit_code != 0
    newest, *_ = access_chain.last(office.home, 1)
    assert (newest.what, newest.about, newest.reason) == (
        "export",
        "province:1/2568",
        "mochocho export zip",
    )
    assert newest.name == "นางบันทึก ตัวอย่าง"
    assert access_chain.broken(office.home) == []


def test_a_packet_that_is_not_as_it_was_made_does_not_leave(office: Office, tmp_path: Path) -> None:
    path = office.home.settings.packet_dir / "packet.pdf"
    whole = path.read_bytes()
    assert json.loads((path.parent / "manifest.json").read_bytes())["outputs"][0]["name"] == path.name
    path.write_bytes(whole[:-1] + b"x")
    try:
        refused = office.call("export", "zip", "--out", str(tmp_path / "a.zip"))
    finally:
        path.write_bytes(whole)
    assert refused.exit_code == 1
    assert "ไม่ตรงกับที่โปรแกรมทำไว้" in refused.output
    assert not (tmp_path / "a.zip").exists()


def test_a_full_disk_leaves_what_was_there(office: Office, tmp_path: Path) -> None:
    words = {
        "old.zip": ("export", "zip", "--out", "{}/old.zip"),
        "old.iso": ("export", "cd", "--out", "{}/old.iso"),
        "packet.pdf": ("packet", "--out", "{}"),
        "ระเบียบวาระการประชุม.docx": ("meeting", "docx", "{}", "--paper", "ระเบียบวาระการประชุม"),
    }
    with small_disk(tmp_path / "disk", 1 << 20) as disk:
        for name in words:
            (disk / name).write_bytes(b"old")
        fill(disk, 4096)
        for name, command in words.items():
            refused = office.call(*(word.format(disk) for word in command))
            assert refused.exit_code in (1, 75), (name, refused.output)
            assert "เต็ม" in refused.output
        assert {path.name: path.read_bytes() for path in disk.iterdir() if path.name != "ballast"} == (
            dict.fromkeys(words, b"old")
        )


def test_the_volumes_of_an_archive_are_tagged_pdf_a_and_the_same_again(
    office: Office, tmp_path: Path
) -> None:
    for name in ("once", "again"):
        office.done("export", "archive", "--out", str(tmp_path / name))
    (path,) = (tmp_path / "once").iterdir()
    assert path.name == "เอกสารประกอบการประชุม.pdf"
    assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    for profile in (validator.ValidationProfile.PDF_A_2A, validator.ValidationProfile.PDF_UA_1):
        report = validator.validate_pdf(str(path), profile=profile)
        assert [(one.rule_id, one.message) for one in report.failures] == []
        assert report.is_compliant
    packet = office.home.settings.packet_dir / "packet.pdf"
    with pymupdf.open(path) as archived, pymupdf.open(packet) as bound:
        assert len(archived) == len(bound)
        assert any(one.get_images() for one in bound), "with dossiers"
        for one, other in zip(archived, bound, strict=True):
            assert one.get_pixmap(dpi=40).samples == other.get_pixmap(dpi=40).samples
        assert archived.metadata["creationDate"] == "D:20250501000000Z"


def values_of(sheet: Any) -> list[list[object]]:
    return [[cell.value or None for cell in row] for row in sheet.iter_rows()]


def test_an_office_has_its_own_workbooks_and_is_told_what_is_wrong_in_them(
    office: Office, tmp_path: Path
) -> None:
    settings = office.folder / "mochocho.toml"
    before = settings.read_text("utf-8")
    settings.write_text(f'{before}[papers]\ntemplates = "templates"\n', "utf-8")
    folder = office.folder / "templates"
    folder.mkdir()
    try:
        for name in ("สถิติ", "ทะเบียนผู้สมัคร"):
            office.done("export", "template", name, str(folder / f"{name}.xlsx"))
        office.done("export", "registers", "--out", str(tmp_path / "own"))
        settings.write_text(before, "utf-8")
        office.done("export", "registers", "--out", str(tmp_path / "ours"))
        for name in ("สถิติ", "ทะเบียนผู้สมัคร"):
            own, ours = (
                openpyxl.load_workbook(tmp_path / where / f"{name}.xlsx") for where in ("own", "ours")
            )
            assert own.sheetnames == ours.sheetnames
            for sheet in ours:
                assert values_of(own[sheet.title]) == values_of(sheet)
        book = openpyxl.load_workbook(folder / "สถิติ.xlsx")
        book.worksheets[1]["B2"] = "{{อำเภ}}"
        book.save(folder / "สถิติ.xlsx")
        settings.write_text(f'{before}[papers]\ntemplates = "templates"\n', "utf-8")
        refused = office.call("export", "registers", "--out", str(tmp_path / "none"))
    finally:
        settings.write_text(before, "utf-8")
    assert refused.exit_code == 1
    said = " ".join(refused.output.split())
    assert "สถิติ.xlsx: แผ่นงาน “ผู้ได้รับการรับรอง” แถว 2 (B2): ไม่รู้จักช่อง {{อำเภ}} อาจหมายถึง {{อำเภอ}}" in said
    assert not (tmp_path / "none").exists()
