"""A list of villages, as an officer keeps it in a spreadsheet, made a list that forms choose from."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from mochocho.errors import Terminal
from mochocho.places import Province
from mochocho.thai import normalise
from xlsforms import names
from xlsforms.lists import COLUMNS

MAX_BYTES = 5_000_000


def read_villages(path: Path, province: Province) -> bytes:
    """The content of villages.csv: columns as `lists.COLUMNS` has them, rows in the order of the file.

    Raises Terminal with file and line: not UTF-8, a column or a cell missing, a name twice, a subdistrict of
    another province.
    """
    known = {s.code for district in province.districts for s in district.subdistricts}
    seen: set[str] = set()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS[names.VILLAGES])
    for line, values in _rows(path):
        name, _label, subdistrict = values
        if fault := _fault(values, name in seen, subdistrict in known):
            raise Terminal(f"{path}:{line}: {fault.format(name=name, code=subdistrict)}")
        seen.add(name)
        writer.writerow(values)
    return text.getvalue().encode()


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The line a row ends at, and its cells in the order of the list's columns."""
    columns = COLUMNS[names.VILLAGES]
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        if missing := [column for column in columns if column not in (reader.fieldnames or ())]:
            needed = ",".join(columns)
            raise Terminal(f"{path}:1: the first line needs the column {missing[0]!r}; write {needed}")
        for row in reader:
            yield reader.line_num, [normalise(row[column] or "") for column in columns]
    except csv.Error as error:
        raise Terminal(f"{path}: not readable as CSV ({error}); is a quotation mark left open?") from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Terminal(f"{path}: the list of villages cannot be read ({error.strerror})") from error
    if len(content) > MAX_BYTES:
        raise Terminal(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; is this the list of villages?")
    try:
        return content.decode("utf-8-sig")  # Excel writes a mark at the beginning
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Terminal(f"{path}:{line}: not UTF-8; save it as CSV UTF-8") from error


def _fault(values: list[str], twice: bool, in_province: bool) -> str:
    if not all(values):
        return "name, label and subdistrict are all needed"
    if " " in values[0]:  # phones keep several choices apart by spaces
        return "the name {name!r} has a space; a name is a short code"
    if twice:
        return "the name {name!r} stands twice"
    return "" if in_province else "there is no subdistrict {code!r} in this province; write its 6-digit code"
