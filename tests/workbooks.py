"""Workbooks as people leave them: filled in, saved by another program, truncated."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

Edits = Mapping[str, Mapping[str, Any]]  # sheet -> cell -> what is typed there


def typed(content: bytes, edits: Edits, change: Callable[[Workbook], object] | None = None) -> bytes:
    """The workbook after typing into cells (and any other change), as a program saves it."""
    book = load_workbook(io.BytesIO(content))
    for sheet, cells in edits.items():
        for cell, value in cells.items():
            book[sheet][cell] = value
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def part_of(content: bytes, sheet: str) -> str:
    """The name of the part a sheet stands in, as openpyxl and XlsxWriter number them."""
    names = load_workbook(io.BytesIO(content), read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def replaced(content: bytes, part: str, pattern: str, new: str) -> bytes:
    """The workbook with one place in one part written anew; the pattern must be there."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped,
    ):
        for item in old.infolist():
            body = old.read(item)
            if item.filename == part:
                text, count = re.subn(pattern, new, body.decode(), count=1)
                assert count, (part, pattern)
                body = text.encode()
            zipped.writestr(item.filename, body)
    return out.getvalue()


def formula(content: bytes, sheet: str, cell: str, value: str | None, kind: str = "") -> bytes:
    """The workbook with a formula in a cell, and the value saved beside it (None: none was)."""
    saved = "" if value is None else f"<v>{value}</v>"
    pattern = rf'<c r="{cell}"((?: s="[0-9]+")?)[^>]*?(?:/>|>.*?</c>)'
    kind = f' t="{kind}"' if kind else ""
    return replaced(
        content, part_of(content, sheet), pattern, rf'<c r="{cell}"\1{kind}><f>1+1</f>{saved}</c>'
    )


def written(folder: Path, content: bytes, name: str = "pack.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
