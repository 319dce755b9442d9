"""Meetings in which nothing is wrong: the lint finds nothing."""

from hypothesis import given, settings

from reports.lint.examined import Examined
from reports.lint.lint_meeting import lint
from tests.unit.reports.made_meetings import clean


@settings(max_examples=40, deadline=None)
@given(clean())
def test_nothing_is_found_in_a_clean_meeting(looked: Examined) -> None:
    assert [(found.code, found.place, found.said.th) for found in lint(looked)] == []
