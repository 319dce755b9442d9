"""Writes docs/lint.md from the checks of a meeting's papers, so that the two cannot differ.

uv run python tools/lint_docs.py            write it
uv run python tools/lint_docs.py --check    fail where it is not what the checks say
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from reports.lint.lint_entry import Entry
from reports.lint.lint_meeting import CATALOGUE

TARGET = Path(__file__).resolve().parent.parent / "docs" / "lint.md"
INTRODUCTION = """\
# What is looked for before papers are signed

Written by `tools/lint_docs.py` from `reports/lint/checks/`; do not edit.

`mochocho meeting lint` reads everything that the papers of a meeting say: the fields of the meeting, the
texts that the office typed, the units before the committee, and the agenda as it is printed. An *error*
should be mended before anybody signs; a *warning* is for a person to look at. `{name}` is a value of what was
found. The rule is a number of [rules.md](rules.md), or a law; – = no source states one.
"""
HEAD = "| code | grave | rule | what is | what mends it | in English |"


def _row(entry: Entry) -> str:
    cells = (
        f"`{entry.code}`",
        entry.grave.value,
        entry.rule or "–",
        entry.said.th,
        entry.mend.th,
        f"{entry.said.en}; {entry.mend.en}",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _tables() -> Iterator[str]:
    """One table per family of codes, alphabetically."""
    entries = sorted(CATALOGUE.values(), key=lambda entry: entry.code)
    for family, some in groupby(entries, lambda entry: entry.code.split(".")[0]):
        yield "\n".join([f"## {family}", "", HEAD, f"|{'---|' * 6}", *map(_row, some), ""])


def render() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_tables()])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or check it; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="fail where the page is not what is looked for")
    if not parser.parse_args(arguments).check:
        TARGET.write_text(render(), "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == render():
        return 0
    print("docs/lint.md is not what the checks say; run: uv run python tools/lint_docs.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
