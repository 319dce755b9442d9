"""Sorting on disk gives each item once, in order."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.typesetting import sorting
from reports.typesetting.sorting import Sorter, lines

TEXTS = st.text(st.characters(codec="utf-8"), max_size=4)


@given(st.lists(st.tuples(TEXTS, TEXTS) | st.tuples(TEXTS, TEXTS)), st.integers(1, 5))
def test_pairs_come_out_in_order_each_once(items: list[tuple[str, str]], at_once: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "AT_ONCE", at_once)
        target = Path(folder) / "sorted"
        sorter = Sorter(target)
        for item in items:
            sorter.add(item)
        sorter.write()
        assert [tuple(item) for item in lines(target)] == sorted(set(items))
        assert list(Path(folder).iterdir()) == [target]
