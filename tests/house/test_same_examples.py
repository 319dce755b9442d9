"""CI's draws depend on the commit alone: a run that failed fails again, and one that passed passes."""

import importlib
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from tests import same_examples


def drawn() -> list[tuple[list[str], int]]:
    found = []

    @settings(derandomize=True, database=None, max_examples=100)
    @given(st.lists(st.text()), st.integers())
    def draw(texts: list[str], number: int) -> None:
        found.append((texts, number))

    draw()
    return found


def test_examples_are_the_same_whichever_modules_are_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(providers, "_get_local_constants", providers._get_local_constants)
    monkeypatch.syspath_prepend(tmp_path)
    same_examples.draw_from_no_module()
    before = drawn()
    (tmp_path / "loaded_meanwhile.py").write_text("NUMBERS = (1234567, 7654321)\nTEXTS = ('กลุ่ม', 'บ้าน')\n")
    importlib.import_module("loaded_meanwhile")
    assert drawn() == before
    del sys.modules["loaded_meanwhile"]
