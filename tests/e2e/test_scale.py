"""Ten times the province takes at most eleven times the time and hardly more memory (issue 2)."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.scale import ROOT, compare


@pytest.mark.long
def test_ten_times_the_sample(tmp_path: Path) -> None:
    ratios = {figure.name: figure.ratio for figure in compare(tmp_path, 10)}
    for part in ("collect", "after collecting", "everything"):
        assert ratios[f"{part}: processor seconds"] <= 11
        assert ratios[f"{part}: seconds"] <= 11
        assert ratios[f"{part}: peak MB"] <= 1.3


@pytest.mark.long
def test_the_parts_of_many_units_are_played_to_their_end(tmp_path: Path) -> None:
    call = (sys.executable, "-m", "benchmarks.units", "--small", "149", "--large", "149")
    done = subprocess.run((*call, "--folder", str(tmp_path)), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert done.returncode == 0
    assert "decide" in done.stdout
