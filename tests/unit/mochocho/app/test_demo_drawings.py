"""Drawn pictures: reproducible, all different, large enough, and marked as drawings."""

import hashlib
import io
import os
import subprocess
import sys

import pytest
from PIL import Image

from mochocho.app.demo.drawings import Studio, damaged
from processing.decoding.one_file import measure

DRAW = {
    "scan": lambda s, seed: s.scan("สำเนาทะเบียนบ้าน", (f"ของ {seed}", "บรรทัดที่สอง"), seed),
    "portrait": lambda s, seed: s.portrait(True, seed),
    "scene": lambda s, seed: s.scene(f"เวที {seed}", seed),
    "signature": lambda s, seed: s.signature(seed),
}


@pytest.mark.parametrize("kind", DRAW)
def test_same_seed_same_bytes_other_seed_other_bytes(kind):
    first, again, other = (DRAW[kind](Studio(), seed) for seed in ("a", "a", "b"))
    assert first == again
    assert first != other


@pytest.mark.parametrize("kind", ["scan", "portrait", "scene"])
def test_photos_are_jpeg_of_at_least_1200_by_900(kind):
    with Image.open(io.BytesIO(DRAW[kind](Studio(), "a"))) as picture:
        assert picture.format == "JPEG"
        assert picture.width >= 1200
        assert picture.height >= 900


def test_both_ends_of_a_long_title_are_on_the_sheet():
    """Letters that are equally wide: titles that differ in one of them differ only where it is drawn."""
    middle = "ายงานการประชุมประชาคมหมู่บ้านเพื่อรับรองแผนพัฒนาชุมชน"
    drawn = {Studio().scan(title, ("ข",), "a") for title in (f"บ{middle}บ", f"ป{middle}บ", f"บ{middle}ป")}
    assert len(drawn) == 3


def test_small_photos_for_measuring_growth():
    drawn = (DRAW[kind](Studio(320), "a") for kind in ("scan", "portrait", "scene"))
    sizes = [Image.open(io.BytesIO(content)).size for content in drawn]
    assert sizes == [(320, 400), (320, 320), (320, 240)]


def test_another_process_draws_the_same(tmp_path):
    script = (
        "import hashlib, sys; from mochocho.app.demo.drawings import Studio; "
        "print(hashlib.sha256(Studio().scan('ก', ('ข',), 'seed')).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONUTF8": "1"}
    call = [sys.executable, "-c", script]
    there = subprocess.run(call, env=environment, capture_output=True, check=True, text=True).stdout.strip()
    assert there == hashlib.sha256(Studio().scan("ก", ("ข",), "seed")).hexdigest()


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("empty", "empty"),
        ("cut_jpeg", "truncated"),
        ("cut_png", "truncated"),
        ("heic", "heic"),
        ("html", "unsupported"),
        ("noise", "unsupported"),
    ],
)
def test_damaged_files_are_what_the_checks_call_them(fault, problem):
    content = damaged(fault, lambda: DRAW["scan"](Studio(), "a"), "seed")
    assert content == damaged(fault, lambda: DRAW["scan"](Studio(), "a"), "seed")
    assert measure("", content).problem == problem


def test_what_damages_no_file_is_refused():
    with pytest.raises(ValueError, match="later"):
        damaged("later", bytes, "seed")
