"""The small province, played once through the command line for all tests of its results."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e import small_province


@dataclass(frozen=True)
class Played:
    """`folder` is the demo's: copy it to change it. `said`: all it printed; `tokens`: its officers'."""

    folder: Path
    said: str
    tokens: tuple[str, ...]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Played:
    checkout, tokens = tmp_path_factory.mktemp("small"), tmp_path_factory.mktemp("tokens") / "tokens"
    done = small_province.played(checkout, SAMPLE_TOKENS=str(tokens))
    return Played(checkout / "mochocho-demo", done.stdout + done.stderr, tuple(tokens.read_text().split()))
