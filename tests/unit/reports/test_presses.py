"""A job that another version of the program wrote is told as that, also from the process that met it."""

import json
from pathlib import Path

import pytest

from mochocho.words.errors import Transient
from reports.typesetting.fonts import face
from reports.typesetting.presses.print_all import JOBS_EACH, print_all
from reports.typesetting.typesetter import Typesetter


@pytest.mark.parametrize("jobs", [1, JOBS_EACH], ids=["in this process", "in another"])
def test_a_job_of_another_program_is_told(jobs: int, tmp_path: Path) -> None:
    typesetter = Typesetter(tmp_path / "store", tmp_path / "papers", face(None, ""), True)
    old = {
        "key": "k",
        "paper": "cover",
        "data": "{}",
        "pictures": [["0" * 64, "THUMB"]],
        "absent": [],
        "codes": [],
    }
    (tmp_path / "k").write_text(json.dumps(old) + "\n")
    done: list[None] = []
    with pytest.raises(Transient, match="the program was replaced"):
        print_all(typesetter, [tmp_path / "k"] * jobs, lambda: done.append(None))
    assert done == []
