"""A job that another version of the program wrote, or that was cut off, is told as that, also from the
process that met it.
"""

import json
from pathlib import Path

import pytest

from mochocho.words.errors import Transient
from reports.typesetting.fonts import face
from reports.typesetting.presses.print_all import print_all
from reports.typesetting.printing import UnreadableJob, read_job, run_key, write_job
from reports.typesetting.typesetter import Sheet, Typesetter


def test_a_job_of_another_program_is_told(tmp_path: Path) -> None:
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
        print_all(typesetter, [tmp_path / "k"], lambda: done.append(None))
    assert done == []


@pytest.mark.parametrize("sheets", [1, 2])
def test_a_job_that_was_cut_off_is_told_wherever_it_ends(tmp_path: Path, sheets: int) -> None:
    whole = [Sheet(f"key{i}", "cover", b"{}", (), (), ()) for i in range(sheets)]
    path, keys = write_job(whole, tmp_path)
    job = path.replace(tmp_path / run_key(keys))
    assert list(read_job(job)) == whole
    content = job.read_bytes()
    for end in range(len(content) - 1):
        job.write_bytes(content[:end])
        with pytest.raises(UnreadableJob, match="the machine went off"):
            list(read_job(job))
    job.write_bytes(bytes(len(content)))
    with pytest.raises(UnreadableJob):
        list(read_job(job))
