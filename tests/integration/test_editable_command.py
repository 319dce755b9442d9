"""`mochocho meeting docx` through the command line."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.app.commands.meetings.editable_command import show_written
from reports.formats.sealed_package import sealed
from reports.single.editable_files import Written
from tests.integration.commands import settings

NAMES = ["ระเบียบวาระการประชุม.docx", "ลำดับการนำเสนอ.docx", "เอกสารแนบ ๔.docx"]


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["meeting", *words])


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MOCHOCHO_LANG")
    settings(tmp_path)


def test_every_paper_or_only_the_one_that_is_wanted(tmp_path: Path) -> None:
    assert call("docx", "word").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "word").iterdir()) == sorted(NAMES)
    one = call("docx", "one", "--paper", "ลำดับการนำเสนอ")
    assert one.output.split("/")[-1].strip() == "ลำดับการนำเสนอ.docx"
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["ลำดับการนำเสนอ.docx"]
    again = (tmp_path / "one" / NAMES[1]).read_bytes()
    assert (tmp_path / "word" / NAMES[1]).read_bytes() == again


def test_a_paper_of_no_such_name_is_told_with_those_that_are(tmp_path: Path) -> None:
    refused = call("docx", "word", "--paper", "หนังสือเวียน")
    assert refused.exit_code == 2
    assert "ไม่มีเอกสารชื่อ หนังสือเวียน เอกสารที่มี: ระเบียบวาระการประชุม" in refused.output
    assert not (tmp_path / "word").exists()


def templates(folder: Path, text: str = "") -> Path:
    """The folder that the settings name for templates."""
    settings(folder, f'{text}[papers]\ntemplates = "templates"\n')
    made = folder / "templates"
    made.mkdir()
    return made


def test_a_template_of_the_office_takes_the_place_of_our_look(tmp_path: Path) -> None:
    made = call("template", "ลำดับการนำเสนอ", "own.docx")
    assert made.exit_code == 0, made.output
    (tmp_path / "own.docx").rename(templates(tmp_path) / "ลำดับการนำเสนอ.docx")
    before = call("docx", "word")
    assert before.exit_code == 0, before.output
    assert "เตือน" not in before.output


def test_a_wrong_template_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    folder = templates(tmp_path)
    changed(folder / "ลำดับการนำเสนอ.docx", "{{ชื่อเอกสาร}}", "{{ชื่อเอกสา}}")
    (folder / "ระเบียบวาระการประชุม.docx").write_bytes(b"no Word file")
    refused = call("docx", "word")
    assert refused.exit_code == 1
    said = " ".join(refused.output.split())
    assert "ลำดับการนำเสนอ.docx: ย่อหน้าที่ 1" in said.replace("ย่อหน้าที่ 2", "ย่อหน้าที่ 1")
    assert "ไม่รู้จักช่อง {{ชื่อเอกสา}} อาจหมายถึง {{ชื่อเอกสาร}}" in said
    assert "ระเบียบวาระการประชุม.docx: ไฟล์แบบเปิดไม่ได้" in said
    assert not (tmp_path / "word").exists()


def test_what_a_template_leaves_out_and_one_for_no_paper_are_warned_of(tmp_path: Path) -> None:
    folder = templates(tmp_path)
    changed(folder / "ลำดับการนำเสนอ.docx", "{{ชื่อเอกสาร}}", "ลำดับ")
    (folder / "วาระ.docx").write_bytes(b"")
    (folder / "~$วาระ.docx").write_bytes(b"")
    warned = call("docx", "word")
    assert warned.exit_code == 0, warned.output
    said = " ".join(warned.output.split())
    assert "ลำดับการนำเสนอ.docx: แบบของหน่วยงานไม่มีช่อง {{ชื่อเอกสาร}}" in said
    assert "เตือน: วาระ.docx: ชื่อไฟล์แบบนี้ไม่ตรงกับเอกสารใด" in said
    assert "~$" not in said


def test_what_the_template_of_many_letters_leaves_out_is_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = (("ที่",), ("ที่", "วันที่"), ())
    show_written([Written(Path(f"ถึง {i}.docx"), "แจ้งผล.docx", left) for i, left in enumerate(names)])
    shown = capsys.readouterr()
    assert shown.out.split("\n") == ["ถึง 0.docx", "ถึง 1.docx", "ถึง 2.docx", ""]
    assert shown.err.count("แจ้งผล.docx") == 1
    assert "{{ที่}} {{วันที่}}" in shown.err


def test_a_folder_of_templates_that_is_not_there_is_told(tmp_path: Path) -> None:
    templates(tmp_path).rmdir()
    refused = call("docx", "word")
    assert refused.exit_code == 1
    assert "papers.templates" in refused.output


def changed(path: Path, old: str, new: str) -> None:
    """The template to begin with, of the paper that the file is called as, with something else in it."""
    assert call("template", path.stem, str(path)).exit_code == 0
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    document = parts["word/document.xml"].decode()
    assert old in document
    parts["word/document.xml"] = document.replace(old, new).encode()
    path.write_bytes(sealed(parts))


def test_letters_orders_and_forms_of_the_meeting_are_written_too(tmp_path: Path) -> None:
    when = 'number = "1/2568"\ndate = 2025-05-01\nstarts = "09:00"\nends = "14:30"\nplace = "ห้องประชุม"\n'
    settings(tmp_path, f"[meeting]\n{when}")
    assert call("docx", "word").exit_code == 0
    names = {path.stem for path in (tmp_path / "word").iterdir()}
    assert {"หนังสือเชิญประชุม", "แบบตอบรับ", "บันทึกเสนอหนังสือเชิญประชุม", "ระเบียบวาระการประชุม"} <= names
    assert call("template", "หนังสือเชิญประชุม", "own.docx").exit_code == 0
