"""The documentation of commands agrees with the commands."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mochocho.app.commands.cli import cli
from mochocho.app.commands.help import tell
from tests.house.tree import ROOT, files_of_the_project, package_files
from tools import cli_docs, finding_docs, rule_tests

README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
PAGES = [path for path in files_of_the_project() if path.suffix == ".md"]


def commands(
    command: click.Command, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if words:
        yield words, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from commands(child, (*words, name))


COMMANDS = dict(commands(cli))


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help(words: tuple[str, ...]) -> None:
    command = COMMANDS[words]
    tell(command)
    assert command.help
    assert not command.get_short_help_str(66).endswith("..."), "the first sentence must fit on a line"
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_is_in_the_readme_or_a_guide(words: tuple[str, ...]) -> None:
    wanted = f"mochocho {' '.join(words)}"
    assert any(wanted in path.read_text("utf-8") for path in PAGES if path != cli_docs.TARGET)


def test_the_command_reference_is_what_help_says() -> None:
    assert cli_docs.TARGET.read_text("utf-8") == cli_docs.render()


def test_the_page_of_findings_is_what_the_catalogue_says() -> None:
    assert finding_docs.TARGET.read_text("utf-8") == finding_docs.render()


def test_the_page_of_rules_names_comparisons_and_tests_that_are_there() -> None:
    assert list(rule_tests.gone()) == []
    assert rule_tests.TARGET.read_text("utf-8") == rule_tests.render()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_the_guides_can_be_called(page: Path) -> None:
    for line in shell_lines(page.read_text("utf-8")):
        words = shlex.split(line)
        if "mochocho" not in words:
            continue
        arguments = words[words.index("mochocho") + 1 :]
        name = max((n for n in COMMANDS if n == tuple(arguments[: len(n)])), key=len, default=None)
        assert name is not None, line
        known = {spelling for param in COMMANDS[name].params for spelling in param.opts}
        assert {w for w in arguments if w.startswith("--")} <= known, line


def test_messages_name_commands_that_exist() -> None:
    for path in package_files():
        if path.suffix not in {".py", ".toml", ".yaml"}:
            continue
        for said in re.findall(r"`mochocho ([a-z]+(?: [a-z]+)*)", path.read_text("utf-8")):
            words = tuple(said.split())
            assert words in COMMANDS or words[:1] in COMMANDS, f"{path.relative_to(ROOT)}: mochocho {said}"


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_ci_runs_what_the_readme_tells_a_developer_to_run() -> None:
    section = README.split("## Developing", 1)[1]
    told = [line for line in shell_lines(section) if line.startswith("uv run")]
    assert "uv run pytest" in told
    for line in told:
        assert line.removeprefix("uv run ") in CI, f".ci/run does not run: {line}"


def test_the_two_commands_of_a_newcomer_are_shown_and_run() -> None:
    for line in ("uv run mochocho demo", "uv run pytest"):
        assert line in shell_lines(README)
    assert "uv run pytest" in CI  # tests/e2e/test_demo.py plays the demo as a province installs it
