"""The small province, played once through the command line for all tests of its results."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e import small_province
from tests.once import made_once


@dataclass(frozen=True)
class Played:
    """`folder` is the demo's: copy it to change it. `said`: all it printed; `tokens`: its officers'."""

    folder: Path
    said: str
    tokens: tuple[str, ...]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A copy for each process that tests: who opens a home writes beside its database."""
    made = made_once(tmp_path_factory, "small", _play)
    own = tmp_path_factory.mktemp("small-copied") / "mochocho-demo"
    shutil.copytree(made / "mochocho-demo", own)
    return Played(own, (made / "said").read_text("utf-8"), tuple((made / "tokens").read_text().split()))


def _play(folder: Path) -> None:
    done = small_province.played(folder, SAMPLE_TOKENS=str(folder / "tokens"))
    (folder / "said").write_text(done.stdout + done.stderr, "utf-8")
