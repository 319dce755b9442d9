"""A list of villages as an officer keeps it: taken as it is, or refused with its line."""

from pathlib import Path

import pytest

from mochocho.errors import Terminal
from mochocho.places import Province
from mochocho.standards.load import load_pack
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.villages import read_villages

CHIANG_RAI = Province.named("เชียงราย")
GOOD = '﻿label,name,note,subdistrict\r\nบ้านดอน แก้ว,v1,x,570101\r\n"บ้าน ""ก""",v2,,570102\r\n'


def file(folder: Path, content: str | bytes) -> Path:
    path = folder / "villages.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_in_any_order_become_the_list_that_forms_read(tmp_path: Path) -> None:
    content = read_villages(file(tmp_path, GOOD), CHIANG_RAI)
    assert content.decode() == ('name,label,subdistrict\nv1,บ้านดอน แก้ว,570101\nv2,"บ้าน ""ก""",570102\n')


WRONG = {
    "no column": ("name,label\nv1,บ้าน", ":1: the first line needs the column 'subdistrict'"),
    "empty": ("", ":1: the first line needs the column 'name'"),
    "no label": ("name,label,subdistrict\nv1,,570101", ":2: name, label and subdistrict are all needed"),
    "a short line": ("name,label,subdistrict\nv1,บ้าน", ":2: name, label and subdistrict are all needed"),
    "a space": ("name,label,subdistrict\nv 1,บ้าน,570101", ":2: the name 'v 1' has a space"),
    "twice": ("name,label,subdistrict\nv,บ้าน,570101\nv,บ้าน,570102", ":3: the name 'v' stands twice"),
    "another province": ("name,label,subdistrict\nv,บ้าน,500101", ":2: there is no subdistrict '500101'"),
    "not UTF-8": ("name,label,subdistrict\nv,บ้าน,570101".encode("cp874"), ":2: not UTF-8"),
    "no CSV": ('name,label,subdistrict\nv,"' + "ก" * 200_000, ": not readable as CSV"),
    "too large": (b"x" * 5_000_001, "larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_list_is_refused_with_its_line(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    with pytest.raises(Terminal, match=sentence) as refused:
        read_villages(file(tmp_path, content), CHIANG_RAI)
    assert str(refused.value).startswith(str(tmp_path))


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Terminal, match="the list of villages cannot be read"):
        read_villages(tmp_path / "none.csv", CHIANG_RAI)


def test_villages_are_chosen_where_there_is_a_list_and_typed_where_there_is_none(tmp_path: Path) -> None:
    pack = load_pack("2568-sample").pack
    content = read_villages(file(tmp_path, GOOD), CHIANG_RAI)
    without, with_list = (
        next(f for f in build_forms(pack, CHIANG_RAI, "odk", villages=v) if f.form_id == names.APPLICATION)
        for v in (None, content)
    )
    assert with_list.media == {"villages.csv": content}
    assert without.media == {}
    assert "jr://file-csv/villages.csv" not in without.xform
