"""Writes docs/cli.md from the output of `--help`, so that the two cannot differ.

uv run python tools/cli_docs.py            write it
uv run python tools/cli_docs.py --check    fail where it is not what --help says
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from mochocho.app.commands.cli import cli
from mochocho.app.commands.help import tell
from mochocho.app.terminal import language

TARGET = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
WIDTH = 100
INTRODUCTION = """\
# The command line

Written by `tools/cli_docs.py` from `mochocho --help`; do not edit.

The terminal speaks Thai; this page is the English that `--lang en` shows. `MOCHOCHO_LANG=en`, or
`lang = "en"` in the settings, holds for every command. What programs read (`--json`, `--prometheus`, the exit
status) is the same in both, and log lines (`-v`) are English.

| Exit status | What it means | Who acts |
|---|---|---|
| 0 | all was done, and nothing waits | nobody |
| 3 | all that could be done was; something waits for a person (`run`, `assess`) | the clerk, line by line |
| 1 | this cannot be done before a person acts; the message says how | whoever keeps the server |
| 75 | a passing fault | nobody: the next run tries again |
| 2 | the command was not understood | whoever wrote it |
| 70 | a fault of mochocho itself | whoever keeps the program |

A line of cron that mails only where somebody must act:
`mochocho run >run.log 2>&1 || case $? in 75) ;; *) cat run.log ;; esac`. Answers go to stdout; progress,
warnings and errors to stderr. Tokens and national IDs are covered in everything that is logged.
"""


def pages(command: click.Command, parent: click.Context | None, name: str) -> Iterator[tuple[str, str]]:
    """(full name, help text) of a command and of every command below it, in the order of `--help`."""
    context = click.Context(command, parent, name, terminal_width=WIDTH, **command.context_settings)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            yield from pages(command.commands[child], context, child)


def render() -> str:
    """The whole page."""
    language.speak("en")
    tell(cli)
    parts = [INTRODUCTION]
    for name, text in pages(cli, None, "mochocho"):
        parts.append(f"## {name}\n\n```text\n{text.rstrip()}\n```\n")
    return "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or check it; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="fail where the page is not what --help says")
    if not parser.parse_args(arguments).check:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(render(), "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == render():
        return 0
    print("docs/cli.md is not what --help says; run: uv run python tools/cli_docs.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
