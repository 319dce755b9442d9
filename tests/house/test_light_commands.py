"""A command loads only what it needs: offices call `status` often, and most of its time is loading."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "PIL",
    "alembic",
    "celery",
    "flask",
    "openpyxl",
    "pikepdf",
    "pyxform",
    "requests",
    "segno",
    "typst",
    "waitress",
    "xlsxwriter",
)
SCRIPT = """
import sys
from mochocho.app.commands.cli import main

try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print("loaded", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize(
    ("command", "more"), [(("--version",), ("sqlalchemy", "pydantic", "lxml")), (("status",), ())]
)
def test_a_command_that_only_looks_loads_nothing_heavy(
    command: tuple[str, ...], more: tuple[str, ...], tmp_path: Path
) -> None:
    call = [sys.executable, "-c", SCRIPT, *command]
    for _ in range(2):  # the first call makes the home, and its tables with alembic
        run = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
        assert run.returncode == 0, run.stdout + run.stderr
    loaded = run.stdout.splitlines()[-1].split()
    assert loaded[0] == "loaded"
    assert set(loaded) & {*HEAVY, *more} == set()


@pytest.mark.parametrize(
    ("child", "needless"),
    [
        ("processing.decoding.child", {"numpy", "pikepdf", "pypdfium2", "sqlalchemy"}),
        ("reports.typesetting.presses.press", {"geothai", "numpy", "pikepdf", "sqlalchemy"}),
    ],
)
def test_a_child_begins_with_what_every_job_of_it_needs(child: str, needless: set[str]) -> None:
    """Each packet begins several; numpy alone took half of the time that one takes to begin."""
    script = f"import sys, {child}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert needless.isdisjoint(run.stdout.split())
