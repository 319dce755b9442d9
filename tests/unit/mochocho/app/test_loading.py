"""The garbage collector is off while a command loads, and works afterwards, if seldom."""

import gc

import pytest

from mochocho.app.commands import loading


def test_the_collector_works_once_all_is_loaded() -> None:
    before = gc.get_threshold()
    loading.begin()
    try:
        assert gc.get_threshold()[0] == loading.OBJECTS
        loading.end()
        assert gc.get_threshold() == loading.WORKING
        assert gc.get_freeze_count()
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def test_in_a_process_of_others_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "freeze", lambda: pytest.fail("what others made is left alone"))
    before = gc.get_threshold()
    loading.end()
    assert gc.get_threshold() == before


def test_a_command_that_ends_searches_for_no_garbage() -> None:
    try:
        loading.leave()
        assert gc.get_freeze_count()
        assert len(gc.get_objects()) < 1000  # of what came since
    finally:
        gc.unfreeze()
