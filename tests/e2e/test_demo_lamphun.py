"""Another province with other counts and another order: the packet's table is what the phones sent."""

import re
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mochocho.app.demo.run import demo
from mochocho.app.demo.sample_province import from_table

DISTRICTS = ("เมืองลำพูน", "แม่ทา", "บ้านโฮ่ง", "ลี้", "ทุ่งหัวช้าง", "ป่าซาง", "บ้านธิ", "เวียงหนองล่อง")
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
PROVINCES = {
    "order": st.permutations(DISTRICTS),
    "counts": st.lists(st.tuples(*[st.integers(0, 2)] * 4), min_size=8, max_size=8),
}


def the_table_is_what_was_sent(order, counts):
    passed = dict(zip(order, counts, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        result = demo(
            Path(folder) / "mochocho-demo", plan=replace(from_table("ลำพูน", passed), photo_width=320)
        )
        assert dict(result.presented) == passed
        with pymupdf.open(result.packet) as packet:
            pages = [" ".join(page.get_text().split()) for page in packet]
    turn = count(1)  # a district that presents nobody has none
    rows = [
        f"{next(turn) if any(numbers) else '-'} {name} {row(numbers)}" for name, numbers in passed.items()
    ]
    rows.append(f"รวม {row([sum(column) for column in zip(*counts, strict=True)])}")
    table = re.escape(" ".join(rows).translate(THAI_DIGITS))
    assert [page for page in pages if re.search(table, page)], rows


def row(numbers) -> str:
    return " ".join(str(n) for n in (*numbers, sum(numbers)))


@pytest.mark.long
def test_table_of_lamphun():
    """One province, none in a district."""
    order = ("ลี้", "ป่าซาง", "เมืองลำพูน", "เวียงหนองล่อง", "แม่ทา", "ทุ่งหัวช้าง", "บ้านธิ", "บ้านโฮ่ง")
    counts = [
        (2, 0, 1, 0),
        (0, 0, 0, 0),
        (1, 1, 1, 1),
        (0, 2, 0, 0),
        (1, 0, 0, 2),
        (0, 0, 2, 0),
        (0, 0, 0, 1),
        (1, 1, 0, 0),
    ]
    assert sorted(order) == sorted(DISTRICTS)
    the_table_is_what_was_sent(order, counts)


@pytest.mark.long
@settings(max_examples=25)
@given(**PROVINCES)
def test_table_of_lamphun_many_times(order, counts):
    the_table_is_what_was_sent(order, counts)
