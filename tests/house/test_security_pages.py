"""The pages on threats and privacy name tests and commands that are there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from mochocho.app.commands.cli import cli
from mochocho.settings.config import Controller
from tests.house.tree import ROOT

THREATS = (ROOT / "docs" / "threats.md").read_text("utf-8")
PRIVACY = (ROOT / "docs" / "privacy.th.md").read_text("utf-8")
ASVS = (ROOT / "docs" / "asvs.md").read_text("utf-8")
# Of ASVS 5.0.0 the requirements of levels 1 and 2, by chapter.
REQUIREMENTS = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)
ROWS = re.findall(r"^\| (\d+) \|.*\| `(tests/[^`]+)::(test_\w+)` \|$", THREATS, re.MULTILINE)


@cache
def named_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_threat_has_a_number_and_a_test() -> None:
    numbered = re.findall(r"^\| (\d+) \|", THREATS, re.MULTILINE)
    assert [number for number, _, _ in ROWS] == numbered == [str(n) for n in range(1, len(ROWS) + 1)]


@pytest.mark.parametrize(("number", "path", "name"), ROWS, ids=[number for number, _, _ in ROWS])
def test_the_test_of_each_threat_is_there(number: str, path: str, name: str) -> None:
    assert name in named_in(ROOT / path), number


def test_every_requirement_of_the_standard_is_answered_once() -> None:
    found = re.findall(r"^\| ((\d+)\.\d+\.\d+) \|", ASVS, re.MULTILINE)
    assert len({number for number, _ in found}) == len(found)
    chapters = [sum(int(chapter) == n for _, chapter in found) for n in range(1, len(REQUIREMENTS) + 1)]
    assert tuple(chapters) == REQUIREMENTS


def test_what_is_counted_above_the_tables_is_what_stands_in_them() -> None:
    marks = re.findall(r"^\| \d+\.\d+\.\d+ \|[^|]*\| [12] \| (.) \|", ASVS, re.MULTILINE)
    assert len(marks) == sum(REQUIREMENTS)
    counted = dict(re.findall(r"([✓◐✗–]) [a-z ]+ \((\d+)\)", ASVS))
    assert counted == {mark: str(marks.count(mark)) for mark in set(marks)}


def test_whatever_is_held_names_a_test() -> None:
    held = re.findall(r"^\| ([\d.]+) \|[^|]*\| [12] \| ✓ \|[^|]*\|(.*)\|$", ASVS, re.MULTILINE)
    assert len(held) > 100
    assert [number for number, test in held if not test.strip()] == []


def test_each_test_that_answers_a_requirement_is_there() -> None:
    named = set(re.findall(r"`(tests/[^`:]+)::(test_\w+)` \|$", ASVS, re.MULTILINE))
    assert named
    assert {(path, name) for path, name in named if name not in named_in(ROOT / path)} == set()


def test_the_page_on_privacy_names_commands_and_settings_that_are_there() -> None:
    named = set(re.findall(r"`mochocho ([a-z-]+)", PRIVACY))
    assert named
    assert named <= set(cli.commands)
    assert set(re.findall(r"`controller\.([a-z_]+)`", PRIVACY)) == set(Controller.model_fields)
