"""Where a person's data stands in a home: every text of every row of every table, and every file.

Nothing is left out by name: a table or folder that is added later is searched too. What is packed inside PDF,
Excel and ZIP files is not opened.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from mochocho.app.backup import portable_rows
from mochocho.app.persons.holders import Holders, holders
from mochocho.storage.db import Base, reading
from mochocho.storage.home import Home
from processing.persons.sought_person import By, Certainty, Hit, Sought, hits, hits_in_value, holds_bytes

_TEXTS = {".json", ".toml", ".xml", ".csv", ".html", ".txt", ".md", ".yaml", ".typ", ""}
_LARGEST_TEXT = 8 << 20  # bytes; a larger file is searched for the exact bytes
_HEAD = 1 << 20  # bytes at the beginning of a picture, in which its metadata stands
_MARKUP = re.compile("[<>\"']")
_STORED = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Place:
    """One place where something of the person stands.

    `kind`: a table or a kind of file (place_words); `at`: which row, or the file's path in the home; `path`:
    where in the row; `key`: of the applicant it belongs to, '' = none.
    """

    kind: str
    at: str
    path: str
    key: str
    hit: Hit


def find(home: Home, person: Sought) -> list[Place]:
    """Every place, the certain ones first; rows before files."""
    with reading(home.engine) as session:
        belongs = holders(session)
        places = list(_rows(session, person, belongs))
    places += in_files(home, person, belongs)
    order = list(Certainty)
    return sorted(dict.fromkeys(places), key=lambda place: order.index(place.hit.certainty))


def every_row(session: Session) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Each row of each table, with its table, in the order of the keys."""
    for table in Base.metadata.sorted_tables:
        query = select(table).order_by(*table.primary_key)
        for row in session.execute(query, execution_options={"yield_per": portable_rows.FETCHED}).mappings():
            yield table, {str(name): value for name, value in row.items()}


def _rows(session: Session, person: Sought, belongs: Holders) -> Iterator[Place]:
    for table, values in every_row(session):
        hits_of_row = list(hits_in_value(person, values))
        if hits_of_row:
            at = " ".join(str(values[column.name]) for column in table.primary_key)
            key = belongs.of_row(table.name, values)
            yield from (Place(table.name, at, path, key, hit) for path, hit in hits_of_row if path)


def in_files(home: Home, person: Sought, belongs: Holders) -> Iterator[Place]:
    """Every file of the home and its settings that holds something of the person."""
    top = home.settings.home
    settings = home.settings.file
    for path in sorted(one for one in top.rglob("*") if one.is_file() and not one.is_symlink()):
        if path.name.startswith("mochocho.db"):
            continue  # the database, which was read row by row
        sha256 = path.parent.name + path.name
        stored = home.store.root in path.parents and _STORED.fullmatch(sha256) is not None
        kind = belongs.kinds.get(sha256, "store") if stored else "home"
        key = belongs.files.get(sha256, "") if stored else ""
        at = path.relative_to(top).as_posix()
        yield from (Place(kind, at, "", key, hit) for hit in _hits_of_file(path, kind, person))
    if settings is not None and settings.is_file():
        for hit in _hits_of_file(settings, "settings", person):
            yield Place("settings", settings.name, "", "", hit)


def _hits_of_file(path: Path, kind: str, person: Sought) -> Iterator[Hit]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            content = file.read(_HEAD if kind == "attachment" else _LARGEST_TEXT)
    except FileNotFoundError:  # a temporary file that went meanwhile
        return
    is_text = kind in ("form", "settings") or (path.suffix in _TEXTS and kind not in ("attachment",))
    text = _text(content) if is_text and size <= _LARGEST_TEXT else None
    if text is not None:
        yield from dict.fromkeys(hit for one in _texts(text) for hit in hits(person, one))
    elif holds_bytes(person, content):
        yield Hit(_kind_of_bytes(person, content), Certainty.WITHIN)


def _text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _texts(text: str) -> Iterator[str]:
    """The texts of a file: of markup what stands between tags and in attributes; of another each line."""
    if text.lstrip("\ufeff \r\n").startswith("<"):
        yield from (html.unescape(one).strip() for one in _MARKUP.split(text))
        return
    for line in text.splitlines():
        yield line
        if "\\u" in line:  # JSON in ASCII
            yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), line)


def _kind_of_bytes(person: Sought, content: bytes) -> By:
    for by, text in (
        (By.KEY, person.key),
        (By.NATIONAL_ID, person.national_id),
        (By.TELEPHONE, person.telephone),
    ):
        if text and holds_bytes(Sought(**{by.value: text}), content):
            return by
    return By.NAME
