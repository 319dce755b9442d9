"""Writes docs/forms/: every form built from the sample standards, one line per cell, for comparison.

uv run python tools/form_sheets.py            write them
uv run python tools/form_sheets.py --check    fail where they are not what is built
"""

import argparse
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import get_args

import openpyxl

from mochocho.settings.config import Settings
from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm, Profile

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "forms"
WRITE = "uv run python tools/form_sheets.py"
TITLES = {"survey": ("type", "name"), "choices": ("list_name", "name")}  # the columns on a row's first line
INTRODUCTION = """\
# {form_id}: the XLSForm as it is built from the sample standards, one line a cell.
# Written by tools/form_sheets.py; do not edit. A line marked odk or kobo stands in that profile's form only.
"""


def pages() -> Iterator[tuple[str, str]]:
    """(file name, text) of every form, from the default pack and province."""
    settings = Settings()
    pack, province = load_pack(settings.pack).pack, Province.named(settings.province)
    profiles: tuple[Profile, ...] = get_args(Profile)
    built = [build_forms(pack, province, profile) for profile in profiles]
    for forms in zip(*built, strict=True):
        texts = [list(_lines(form)) for form in forms]
        merged = _merged(dict(zip(profiles, texts, strict=True)))
        head = INTRODUCTION.format(form_id=forms[0].form_id)
        yield f"{forms[0].form_id}.txt", head + "".join(f"{line}\n" for line in merged)


def _lines(form: BuiltForm) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(form.xlsx), read_only=True)
    for sheet in book.worksheets:
        header, *rows = sheet.iter_rows(values_only=True)
        yield f"[{sheet.title}]"
        for row in rows:
            cells = {str(column): str(value) for column, value in zip(header, row, strict=True) if value}
            yield from _row(cells, TITLES.get(sheet.title, ()))
    yield "[media]"
    for name, content in form.media.items():
        yield f"{name}  {content.decode().strip()}"


def _row(cells: Mapping[str, str], titles: Sequence[str]) -> Iterator[str]:
    if titles:
        yield "  ".join(cells[title] for title in titles if title in cells)
    for column, value in cells.items():
        if column not in titles:
            first, *more = value.split("\n")
            yield f"    {column}: {first}"
            yield from (f"        {line}" for line in more)


def _merged(texts: Mapping[Profile, Sequence[str]]) -> Iterator[str]:
    (one, ours), (other, theirs) = texts.items()
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (f"     {line}".rstrip() for line in ours[a:b])
        else:
            yield from (f"{one:<5}{line}" for line in ours[a:b])
            yield from (f"{other:<5}{line}" for line in theirs[c:d])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or check them; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="fail where they are not what is built")
    wanted = dict(pages())
    if parser.parse_args(arguments).check:
        if kept() == wanted:
            return 0
        print(f"docs/forms is not what is built; run: {WRITE}")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in kept().keys() - wanted.keys():
        (FOLDER / name).unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


def kept() -> dict[str, str]:
    """The files in the repository: file name -> text."""
    return {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}


if __name__ == "__main__":
    sys.exit(main())
