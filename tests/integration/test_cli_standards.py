"""An officer's work with standards on the command line: export, fill in, check, import."""

import io
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mochocho.standards import load
from mochocho.standards.load import load_pack
from tests.integration import commands
from tests.workbooks import Edits, typed

NEW: Edits = {
    "ข้อมูลชุด": {
        "B2": "chiang-rai-2569",
        "B3": "๒๕๖๙",
        "B4": "ใช่",
        "B5": "ชร 0019/ว 123",
        "B6": "๑ ตุลาคม ๒๕๖๘",
    },
    "ตัวบ่งชี้": {"I5": 6, "K6": 10, "G3": "บุคลิกภาพเหมาะสม"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    commands.settings(tmp_path)
    assert commands.call(tmp_path, "standards", "export", "pack.xlsx").returncode == 0
    return tmp_path


def fill(folder: Path, edits: Edits) -> None:
    path = folder / "pack.xlsx"
    path.write_bytes(typed(path.read_bytes(), edits))


def test_a_year_from_export_to_forms(folder: Path) -> None:
    fill(folder, NEW)
    look = commands.call(folder, "standards", "import", "pack.xlsx")
    assert look.returncode == 0, look.stderr
    assert "nothing was written" in look.stdout
    assert sorted(p.name for p in folder.glob("*.yaml")) == []
    done = commands.call(folder, "standards", "import", "pack.xlsx", "-o", "cr-2569.yaml", "--yes")
    assert done.returncode == 0, done.stderr
    for words in ("chiang-rai-2569 เทียบกับ 2568-sample", "แก้เกณฑ์ 1 · แก้คะแนน 1", "แก้ข้อความ 1"):
        assert words in done.stdout
    pack = load_pack(folder / "cr-2569.yaml").pack
    assert (pack.id, pack.fiscal_year_be, pack.official) == ("chiang-rai-2569", 2569, True)
    assert pack.circular
    assert stat.S_IMODE((folder / "cr-2569.yaml").stat().st_mode) == 0o600
    commands.settings(folder, 'pack = "cr-2569.yaml"\n')
    doctor = commands.call(folder, "doctor").stdout
    assert "items without an official source: เกณฑ์ผ่าน; ชื่อระดับ 1, 2, 3, 4, 5; ผู้นำชุมชน L1 ทั้งด้าน" in " ".join(
        doctor.split()
    )
    diff = commands.call(folder, "standards", "diff", "2568-sample", "cr-2569.yaml")
    assert "แก้เกณฑ์ 1 · แก้คะแนน 1" in diff.stdout
    assert "nothing differs" in commands.call(folder, "standards", "diff", "cr-2569.yaml", "pack.xlsx").stdout


def test_with_one_mistake_nothing_is_written(folder: Path) -> None:
    fill(folder, {**NEW, "ตัวบ่งชี้": {"I5": "หก", "K6": 101}})
    run = commands.call(folder, "standards", "import", "pack.xlsx", "-o", "new.yaml", "--yes")
    assert run.returncode == 1
    assert run.stdout.splitlines() == [
        (
            "sheet “ตัวบ่งชี้”, row 5, column “เกณฑ์” (I5): “หก” is no whole number; "
            "type digits alone, such as 5 or “๕”"
        ),
        "sheet “ตัวบ่งชี้”, row 6, column “คะแนนเต็ม” (K6): must not be more than 100",
    ]
    thai = commands.call(folder, "--lang", "th", "standards", "import", "pack.xlsx")
    assert thai.stdout.splitlines() == [
        "แผ่นงาน “ตัวบ่งชี้” แถว 5 คอลัมน์ “เกณฑ์” (I5): “หก” ไม่ใช่จำนวนเต็ม ให้พิมพ์ตัวเลขอย่างเดียว เช่น 5 หรือ ๕",
        "แผ่นงาน “ตัวบ่งชี้” แถว 6 คอลัมน์ “คะแนนเต็ม” (K6): ต้องไม่เกิน 100",
    ]
    assert "mistakes in pack.xlsx: 2; nothing was written" in run.stderr
    assert not (folder / "new.yaml").exists()
    diff = commands.call(folder, "standards", "diff", "2568-sample", "pack.xlsx")
    assert diff.returncode == 1
    assert "(I5)" in diff.stderr
    assert ", and 1 more" in diff.stderr


def test_without_a_yes_nothing_is_written(folder: Path) -> None:
    fill(folder, NEW)
    run = commands.call(folder, "standards", "import", "pack.xlsx", "-o", "new.yaml")  # nobody answers
    assert run.returncode == 1
    assert "แก้เกณฑ์" in run.stdout
    assert not (folder / "new.yaml").exists()


def test_earlier_packs_stay_and_a_draft_may_be_written_again(folder: Path) -> None:
    fill(folder, NEW)
    words = ("standards", "import", "pack.xlsx", "--yes", "-o")
    assert commands.call(folder, *words, "new.yaml").returncode == 0
    fill(folder, {"ตัวบ่งชี้": {"I5": 8}})
    assert commands.call(folder, *words, "new.yaml").returncode == 0
    last_year = (folder / "new.yaml").read_bytes()

    commands.settings(folder, 'pack = "new.yaml"\n')
    taken = commands.call(folder, *words, "next.yaml")  # last year's id in another file
    assert taken.returncode == 1
    assert "(B2): “รหัสชุด” “chiang-rai-2569” is the code of an earlier pack" in taken.stdout
    fill(folder, {"ข้อมูลชุด": {"B2": "chiang-rai-2570"}})
    assert "holds another pack" in commands.call(folder, *words, "new.yaml").stderr
    (folder / "notes.yaml").write_text("not a pack", "utf-8")
    assert "is no pack" in commands.call(folder, *words, "notes.yaml").stderr
    assert "must end in .yaml" in commands.call(folder, *words, "pack.xlsx").stderr
    released = commands.call(folder, *words, str(load.RELEASED / "2570.yaml"))
    assert "released packs" in released.stderr
    assert (folder / "new.yaml").read_bytes() == last_year
    assert not (load.RELEASED / "2570.yaml").exists()


def test_an_export_is_never_written_over(folder: Path) -> None:
    fill(folder, NEW)
    before = (folder / "pack.xlsx").read_bytes()
    run = commands.call(folder, "standards", "export", "pack.xlsx")
    assert run.returncode == 1
    assert "stays as it is" in run.stderr
    assert (folder / "pack.xlsx").read_bytes() == before


def test_what_is_no_workbook_is_refused(folder: Path) -> None:
    (folder / "pack.csv").write_text("ประเภท,รหัส\n", "utf-8")
    run = commands.call(folder, "standards", "import", "pack.csv", "-o", "new.yaml", "--yes")
    assert run.returncode == 1
    assert "excel.not_excel: this is text (.csv)" in run.stderr


def test_what_stops_nothing_is_a_warning(folder: Path) -> None:
    book = load_workbook(folder / "pack.xlsx")
    book["ตัวบ่งชี้"].row_dimensions[5].hidden = True
    out = io.BytesIO()
    book.save(out)
    (folder / "pack.xlsx").write_bytes(typed(out.getvalue(), {**NEW, "ตัวบ่งชี้": {"U5": None}}))
    run = commands.call(folder, "standards", "import", "pack.xlsx")
    assert run.returncode == 0
    assert "hidden rows of the sheet “ตัวบ่งชี้” that are read too: 1 (5)" in run.stderr
    assert "English texts that are empty and get the Thai instead: 1" in run.stderr
