"""What leaves a home of a released packet: its frozen files, those of its addenda, and who stood in it."""

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from mochocho.storage.db import reading
from mochocho.storage.files import private_dir, sha256_of, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from processing.meetings.meeting import Meeting
from processing.releases import kept_releases, release_file
from processing.releases.kept_releases import KeptRelease
from processing.releases.release import Release
from reports.formats import index_page
from reports.formats.medium import Entry
from reports.formats.table_csv import csv_file
from reports.lists import released_units_sheet
from reports.lists.office_sheet import book_of
from reports.packet.exports.shared_files import PACKET, folders

REGISTERS = "3 ทะเบียนและสถิติ"
DISTRICTS = "4 เอกสารของอำเภอ"
PAPERS = "papers.zip"  # of a release: letters, registers and districts' folders, as they stood then

_TOLD = {
    "manifest.json": "รายการไฟล์และลายนิ้วมือของไฟล์ (manifest.json)",
    "note.pdf": "บันทึกการออกเอกสาร (PDF)",
    PAPERS: "หนังสือ ทะเบียน และเอกสารของอำเภอ (ZIP)",
    "addendum.pdf": "ใบแทรก (PDF)",
    "addendum.docx": "ใบแทรก (Word)",
    "addendum-redacted.pdf": "ใบแทรก ฉบับกรรมการ (PDF)",
    release_file.NAME: "รายการรหัสตรวจสอบที่ลงนาม (release.json)",
}


def told(name: str) -> str:
    """What a file of a release is, in Thai."""
    volume = f"เล่มสำหรับเก็บถาวร {name} (PDF/A)" if name.startswith("archive") else f"เล่มเอกสาร {name}"
    return _TOLD.get(name, volume)


def released(home: Home, meeting: Meeting, number: int) -> KeptRelease:
    """The release of this number of a meeting. Raises Terminal where there is none."""
    with reading(home.engine) as session:
        found = kept_releases.kept_release(session, meeting.key, number)
    if found is None:
        raise Terminal(
            f"การประชุมครั้งที่ {meeting.number} ไม่มีชุดที่ออกแล้วลำดับที่ {number} ดูได้ด้วย `mochocho packet list`",
            f"meeting {meeting.number} has no release {number}; `mochocho packet list` shows them",
        )
    return found


def entries(home: Home, of: KeptRelease, staging: Path, added: Sequence[Path]) -> Iterator[Entry]:
    """Every file of a ZIP or CD; those of the packet keep their names, by which `packet verify` knows them.

    `staging`: a folder for what is unpacked on the way. Raises Terminal where a file is not as it was
    released.
    """
    papers: list[Entry] = []
    for release in _with_addenda(home, of):
        within = (f"addendum-{release.addendum}",) if release.addendum else ()
        for path in _files(home, release):
            yield Entry((PACKET, *within, path.name), path, told(path.name))
            if path.name == PAPERS:
                papers = list(_unpacked(path, staging))
    yield from papers
    table = released_units_sheet.table(of.release)
    yield Entry((REGISTERS, f"{table.title}.xlsx"), book_of([table]))
    yield Entry((REGISTERS, f"{table.title}.csv"), csv_file(table))
    yield from folders(added)


def write(home: Home, of: KeptRelease, folder: Path) -> Iterator[Path]:
    """Write the files of a release and of its addenda, yielding each. Raises Terminal as `entries`."""
    for release in _with_addenda(home, of):
        within = private_dir(folder / f"addendum-{release.addendum}" if release.addendum else folder)
        for path in _files(home, release):
            write_file(within / path.name, path.read_bytes())
            yield within / path.name


def _unpacked(papers: Path, staging: Path) -> Iterator[Entry]:
    with zipfile.ZipFile(papers) as archive:
        for number, name in enumerate(archive.namelist()):
            path = staging / str(number)
            with archive.open(name) as packed, path.open("wb") as file:
                shutil.copyfileobj(packed, file)
            *within, last = name.split("/")
            page = f"หน้าแรกของ{within[-1]}" if last == index_page.NAME else ""
            yield Entry((*within, last), path, page)


def _with_addenda(home: Home, of: KeptRelease) -> list[Release]:
    with reading(home.engine) as session:
        every = kept_releases.releases(session, of.release.meeting_key)
    return [one.release for one in every if one.release.number == of.release.number]


def _files(home: Home, release: Release) -> Iterator[Path]:
    folder = kept_releases.folder_of(home, release)
    for one in release.files:
        path = folder / one.name
        if not path.is_file() or sha256_of(path) != one.sha256:
            raise Terminal(
                f"{path} ไม่ตรงกับที่ออกไว้ ให้นำโฟลเดอร์ releases กลับจากข้อมูลสำรอง ยังไม่ได้เขียนไฟล์ส่งออก",
                f"{path} is not as it was released; take the folder releases back from a backup",
            )
        yield path
    yield folder / release_file.NAME
