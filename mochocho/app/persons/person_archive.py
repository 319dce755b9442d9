"""One ZIP with what is held of a person: a page in Thai, the same as JSON, and the files as pictures."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from mochocho.app.persons.gathered_data import Gathered, OwnFile
from mochocho.app.persons.person_page import page
from mochocho.storage.file_names import in_bytes
from mochocho.storage.home import Home
from reports.formats import zip_archive
from reports.formats.medium import Entry, fitted
from reports.typesetting.document_picture import LONGEST
from reports.typesetting.shown_files import JPEG_MAGIC, shown
from reports.view.printed_words import TYPE

FOLDER = "ไฟล์"


def write(home: Home, gathered: Gathered, target: Path, identified_by: str, reason: str) -> int:
    """Write the archive, whole or not at all; how many files of the person's are in it.

    Pictures are drawn anew, so that neither place nor camera is in them; a PDF is given as pictures of its
    pages. What cannot be opened is named in the page and not given.
    """
    pictures = [
        (one, f"{number} {one.name}", picture)
        for one in gathered.files
        for number, picture in _pages(home, one)
    ]
    entries = fitted(
        [Entry((FOLDER, f"{Path(name).stem}.jpg"), picture) for _, name, picture in pictures], in_bytes
    )
    links = [("/".join(entry.path), entry.path[-1]) for entry in entries]
    lines = [
        f"ผู้พิสูจน์ตัวผู้ขอ: {identified_by} เหตุที่ขอ: {reason}",
        "ชื่อ เลขประจำตัว และหมายเลขโทรศัพท์ของผู้อื่นปกปิดไว้ ผลการประเมินทุกรุ่นและข้อมูลของเครื่องอยู่ในไฟล์ ข้อมูล.json",
    ]
    given = {one.sha256 for one, _, _ in pictures}
    lines += [f"เปิดไม่ได้จึงไม่ได้ให้: {one.name}" for one in gathered.files if one.sha256 not in given]
    told = {"identified_by": identified_by, "reason": reason, **asdict(gathered)}
    content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
    zip_archive.write(
        target,
        [
            Entry(("index.html",), page(gathered, _words(home), lines, links)),
            Entry(("ข้อมูล.json",), content),
            *entries,
        ],
    )
    return len(given)


def _words(home: Home) -> dict[str, str]:
    """What the codes of the year's standards, the types and the districts are called."""
    named = dict[str, str]()
    for standard in home.pack.standards:
        named |= {one.code: one.th for one in standard.documents}
        named |= {one.code: one.th for one in standard.eligibility}
        named |= {one.code: one.th for one in standard.indicators}
    districts = {one.code: one.name_th for one in home.province.districts}
    return {**named, **districts, **{type_.value: name for type_, name in TYPE.items()}}


def _pages(home: Home, one: OwnFile) -> Iterator[tuple[int, bytes]]:
    """The file as pictures, by page from 1; nothing of one that cannot be opened."""
    if not home.store.has(one.sha256):
        return
    path = home.store.path(one.sha256)
    drawn = shown(path, LONGEST)
    if drawn.startswith(JPEG_MAGIC):
        yield 1, drawn
        return
    for number in range(1, (json.loads(drawn) or 0) + 1):
        picture = shown(path, LONGEST, number)
        if picture.startswith(JPEG_MAGIC):
            yield number, picture
