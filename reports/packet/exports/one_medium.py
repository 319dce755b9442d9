"""One ZIP or one CD of everything that belongs to a meeting, with a page to begin at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mochocho.storage.file_names import Fits, in_bytes, in_joliet
from mochocho.storage.files import temporary_dir
from mochocho.storage.home import Home
from mochocho.words import thai
from processing.meetings.meeting import Meeting
from processing.releases.kept_releases import KeptRelease
from reports.formats import cd_image, index_page, zip_archive
from reports.formats.medium import Entry, fitted
from reports.packet.exports import released_files, shared_files

Writer = Callable[[Path, Sequence[Entry]], None]


@dataclass(frozen=True, slots=True)
class Made:
    """The file, and what it holds."""

    path: Path
    files: int
    size: int

    @property
    def too_large_for_a_cd(self) -> bool:
        return self.size > cd_image.CD_BYTES


@dataclass(frozen=True, slots=True)
class Asked:
    """What a medium is to hold: what belongs to a meeting, and `added` folders of the office's own.

    `release`: a released packet of it, as it was released, instead of what stands now.
    """

    meeting: Meeting
    added: Sequence[Path] = ()
    release: KeptRelease | None = None


def write_zip(home: Home, asked: Asked, target: Path) -> Made:
    """One ZIP; the old one stays until the new one is complete. Raises Terminal."""
    return _write(home, asked, target, in_bytes, zip_archive.write)


def write_cd(home: Home, asked: Asked, target: Path) -> Made:
    """The image of a CD; the old one stays until the new one is complete. Raises Terminal."""
    label = f"มชช {asked.meeting.number.replace('/', '-')}"

    def write(to: Path, files: Sequence[Entry]) -> None:
        cd_image.write(to, files, label)

    return _write(home, asked, target, in_joliet, write)


def _write(home: Home, asked: Asked, target: Path, fits: Fits, write: Writer) -> Made:
    with temporary_dir(home.settings.cache_dir) as staging:
        first = Entry((index_page.NAME,), b"")  # takes its name before a file of the office's can
        _, *files = fitted([first, *_entries(home, asked, staging)], fits)
        page = index_page.page(_title(home, asked.meeting), _lines(home, asked), files)
        write(target, [Entry((index_page.NAME,), page), *files])
    return Made(target, len(files) + 1, target.stat().st_size)


def _entries(home: Home, asked: Asked, staging: Path) -> Iterator[Entry]:
    if asked.release:
        return released_files.entries(home, asked.release, staging, asked.added)
    return shared_files.entries(home, asked.meeting, staging, asked.added)


def _title(home: Home, meeting: Meeting) -> str:
    district = home.province.district(meeting.district)
    place = f"อำเภอ{district.name_th}" if district else f"จังหวัด{home.province.name_th}"
    return f"เอกสารการประชุมครั้งที่ {meeting.number} {place}"


def _lines(home: Home, asked: Asked) -> list[str]:
    meeting = asked.release.release.printed.meeting if asked.release else asked.meeting
    programme = f"{home.pack.programme_th} ประจำปี {home.pack.fiscal_year_be}"
    day = thai.date_words(meeting.day, thai_digits=False) if meeting.day else ""
    released = f"เอกสารที่ออกเป็นชุดที่ {asked.release.release.number} พร้อมใบแทรก" if asked.release else ""
    return [programme, *filter(None, (f"ประชุมวันที่ {day}" if day else "", released))]
