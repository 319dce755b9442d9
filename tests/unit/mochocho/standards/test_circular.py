"""An official pack names the circular that announced it."""

from pathlib import Path

import pytest

from mochocho.standards import load
from mochocho.standards.load import load_pack
from mochocho.words.errors import Terminal

TEXT = (load.RELEASED / "2568-sample.yaml").read_text("utf-8").replace("id: 2568-sample\n", "id: my-own\n")


def written(folder: Path, circular: str, official: str = "true") -> Path:
    path = folder / "pack.yaml"
    path.write_text(TEXT.replace("official: false\n", f"official: {official}\n{circular}"), "utf-8")
    return path


def test_with_its_number_and_day(tmp_path: Path) -> None:
    pack = load_pack(written(tmp_path, "circular: { number: ชร 0019/ว 123, date: 2024-10-01 }\n")).pack
    assert pack.official
    assert pack.circular
    assert (pack.circular.number, pack.circular.date.isoformat()) == ("ชร 0019/ว 123", "2024-10-01")


def test_a_draft_may_name_it_before_it_is_official(tmp_path: Path) -> None:
    circular = "circular: { number: ชร 0019/ว 123, date: 2024-10-01 }\n"
    assert not load_pack(written(tmp_path, circular, "false")).pack.official


@pytest.mark.parametrize(
    ("circular", "words"),
    [
        ("", "ต้องมีเลขที่และวันที่ของหนังสือแจ้ง"),
        ("circular: { number: ชร 0019/ว 123 }\n", "ขาดคีย์ “date”"),
        ('circular: { number: "", date: 2024-10-01 }\n', "“number” ต้องไม่ว่าง"),
        ("circular: { number: ก, date: 1 ตุลาคม 2567 }\n", "“date” ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน"),
        ("circular: { number: ก, date: 20241001 }\n", "“date” ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน"),
        ("circular: { number: ก, date: 2024-02-31 }\n", "“date” ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน"),
        ("circular: { number: ก, date: 2567-10-01 }\n", "ในไฟล์ YAML เขียนปี ค.ศ."),
    ],
)
def test_what_is_missing_or_wrong_is_named_with_its_line(tmp_path: Path, circular: str, words: str) -> None:
    path = written(tmp_path, circular)
    line = next(n for n, text in enumerate(TEXT.splitlines(), 1) if text.startswith("official:"))
    with pytest.raises(Terminal) as refused:
        load_pack(path)
    assert all(side.startswith(f"{path}:{line + bool(circular)}: ") for side in refused.value.said)
    assert words in refused.value.th
