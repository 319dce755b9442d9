"""Ten times the province takes at most eleven times the time and hardly more memory (issue 2)."""

from pathlib import Path

import pytest

from benchmarks.scale import compare


@pytest.mark.long
def test_ten_times_the_sample(tmp_path: Path) -> None:
    ratios = {figure.name: figure.ratio for figure in compare(tmp_path, 10)}
    for part in ("collect", "after collecting", "everything"):
        assert ratios[f"{part}: processor seconds"] <= 11
        assert ratios[f"{part}: seconds"] <= 11
        assert ratios[f"{part}: peak MB"] <= 1.3
