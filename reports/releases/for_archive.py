"""What a release keeps for the archive and for discs: volumes of PDF/A, and papers that go with a packet."""

from collections.abc import Iterator
from pathlib import Path

from mochocho.storage.file_names import in_bytes
from mochocho.storage.files import temporary_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall
from processing.meetings.meeting import Meeting
from reports.districts import district_folders
from reports.formats import zip_archive
from reports.formats.medium import Entry, fitted
from reports.packet.exports import archive_volumes, registers
from reports.packet.exports.released_files import DISTRICTS, PAPERS, REGISTERS
from reports.packet.exports.shared_files import folders, letters
from reports.releases.freezing import refuse_active


def write(home: Home, meeting: Meeting, folder: Path, progress: ProgressCall) -> Iterator[Path]:
    """Write `archive.pdf`, or several volumes, and `papers.zip` into the folder, yielding each.

    Registers and districts are as they stand; a district's days late are counted to the day of the meeting.
    Raises Terminal where a paper acts, or the office's font is missing.
    """
    for number, count, pdf in archive_volumes.volumes(home, meeting):
        progress("archive", number, count)
        path = folder / (f"archive-{number}.pdf" if count > 1 else "archive.pdf")
        write_file(path, pdf)
        yield path
    with temporary_dir(home.settings.cache_dir) as staging:
        papers = fitted(_papers(home, meeting, staging, progress), in_bytes)
        zip_archive.write(folder / PAPERS, papers)
    yield folder / PAPERS


def _papers(home: Home, meeting: Meeting, staging: Path, progress: ProgressCall) -> Iterator[Entry]:
    tables, districts = staging / REGISTERS, staging / DISTRICTS
    list(registers.write(home, tables))
    of_each_district = district_folders.write(home, districts, archive_volumes.day_of(home, meeting))
    for number, _ in enumerate(of_each_district, 1):
        progress("districts", number, len(home.province.districts) + 1)  # the last: a paper about all
    for entry in (*letters(home, meeting, staging / "letters"), *folders([tables, districts])):
        if isinstance(entry.source, Path):
            refuse_active(entry.source)
        yield entry
