"""Writes docs/findings.md from the catalogue of findings, so that the two cannot differ.

uv run python tools/finding_docs.py            write it
uv run python tools/finding_docs.py --check    fail where it is not what the catalogue says
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from mochocho.words.model import Severity
from processing.findings import value_words
from processing.findings.catalogue import ENTRIES
from processing.findings.entry import SAME, Entry, Wording

TARGET = Path(__file__).resolve().parent.parent / "docs" / "findings.md"
INTRODUCTION = """\
# What the checks may find

Written by `tools/finding_docs.py` from `processing/findings/`; do not edit.

A finding is a code and named values; which of a code's wordings is meant follows from the names of its
values. The office reads what is and what mends it, one after the other. A committee reads what is, or the
words of its own column, and no instruction. The field reads the words of its column: *both* = what the office
reads, – = the field is not told. `{name}` is a value as it is, `{name:way}` a value written in a way of
`processing/findings/value_words.py`.

A *blocking* finding keeps a gate shut, a *warning* is for a person to look at; *by document*: blocking where
the document is mandatory. The rule is a number or section of [rules.md](rules.md); – = no source states one.
"""
GRAVE = {Severity.BLOCKING: "blocking", Severity.WARNING: "warning", None: "by document"}
HEAD = "| code | severity | rule | what is | what mends it | a committee reads | the field reads |"


def _row(entry: Entry, wording: Wording) -> str:
    """One row; a code is written only beside the first of its wordings."""
    cells = (
        f"`{entry.code}`" if wording is entry.wordings[0] else "",
        GRAVE[wording.severity],
        entry.rule or "–",
        wording.said,
        wording.mend,
        wording.committee or "what is",
        "*both*" if wording.field == SAME else wording.field or "–",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _tables() -> Iterator[str]:
    """One table per family of codes, alphabetically."""
    for family, entries in groupby(sorted(ENTRIES, key=lambda e: e.code), lambda e: e.code.split(".")[0]):
        rows = [_row(entry, wording) for entry in entries for wording in entry.wordings]
        yield "\n".join([f"## {family}", "", HEAD, f"|{'---|' * 7}", *rows, ""])


def _words() -> Iterator[str]:
    """The words shown for values that are stored as keys."""
    yield "## Words for values\n\n| value | in a sentence |\n|---|---|"
    for kept in value_words.EVERY:
        for key, words in kept.items():
            yield f"| `{key}` | {words if isinstance(words, str) else ' … '.join(words)} |"
    yield ""


def render() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_tables(), *_words()])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or check it; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="fail where the page is not what is found")
    if not parser.parse_args(arguments).check:
        TARGET.write_text(render(), "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == render():
        return 0
    print("docs/findings.md is not what the catalogue says; run: uv run python tools/finding_docs.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
