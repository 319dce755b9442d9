"""What a release keeps for the archive and for discs: volumes of PDF/A, and papers that go with a packet."""

from collections.abc import Iterator
from pathlib import Path

from mochocho.storage.files import temporary_dir, write_file
from mochocho.storage.home import Home
from processing.meetings.meeting import Meeting
from reports.districts import district_folders
from reports.formats import zip_archive
from reports.formats.file_names import in_bytes
from reports.formats.medium import Entry, fitted
from reports.packet.exports import archive_volumes, registers
from reports.packet.exports.released_files import DISTRICTS, PAPERS, REGISTERS
from reports.packet.exports.shared_files import folders, letters
from reports.releases.freezing import refuse_active


def write(home: Home, meeting: Meeting, folder: Path) -> Iterator[Path]:
    """Write `archive.pdf`, or several volumes, and `papers.zip` into the folder, yielding each.

    Registers and districts are as they stand; a district's days late are counted to the day of the meeting.
    Raises Terminal where a paper acts, or the office's font is missing.
    """
    for number, several, pdf in archive_volumes.volumes(home, meeting):
        path = folder / (f"archive-{number}.pdf" if several else "archive.pdf")
        write_file(path, pdf)
        yield path
    with temporary_dir(home.settings.cache_dir) as staging:
        papers = fitted(_papers(home, meeting, staging), in_bytes)
        zip_archive.write(folder / PAPERS, papers)
    yield folder / PAPERS


def _papers(home: Home, meeting: Meeting, staging: Path) -> Iterator[Entry]:
    tables, districts = staging / REGISTERS, staging / DISTRICTS
    list(registers.write(home, tables))
    list(district_folders.write(home, districts, archive_volumes.day_of(home, meeting)))
    for entry in (*letters(home, meeting, staging / "letters"), *folders([tables, districts])):
        if isinstance(entry.source, Path):
            refuse_active(entry.source)
        yield entry
