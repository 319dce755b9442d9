"""How `pytest -n` spreads tests: what they share is made once, the longest begins first."""

from collections.abc import Iterable
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

# A folder whose tests share servers of their own, which they stop and empty: one process does all of it.
TOGETHER = ("tests/faults/",)
# Folders of long tests, in the order in which they begin; all others follow in the order of their names.
FIRST = ("tests/faults/", "tests/e2e/", "tests/crash/", "tests/contract/", "tests/integration/")


class Spread(LoadFileScheduling):
    """A file goes to one process, a folder of `TOGETHER` too, in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return next(
            (folder for folder in TOGETHER if nodeid.startswith(folder)), super()._split_scope(nodeid)
        )


def longest_first(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Nobody shall wait at the end for one process that began a long file last."""
    return sorted(items, key=_place)


def _place(item: pytest.Item) -> int:
    return next((n for n, folder in enumerate(FIRST) if item.nodeid.startswith(folder)), len(FIRST))
