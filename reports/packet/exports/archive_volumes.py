"""The packet for an archive: volumes of tagged PDF/A-2a, and the office's own annexes beside them."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from mochocho.storage.file_names import cut, in_bytes, safe
from mochocho.storage.files import private_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from processing.assessment.cases import opened
from processing.meetings import packet_meeting
from processing.meetings.meeting import Meeting
from processing.register.form_packs import Packs
from reports.packet import needed_sheets
from reports.packet.assembly import emblem_of, occasion_of
from reports.packet.exports.whole_volume import whole_volume
from reports.packet.placeholders import Guard
from reports.packet.volumes import books
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.typesetter import DESK
from reports.view.arrange import Entry, arrange

_NAME = "เอกสารประกอบการประชุม"
MOST_UNITS = 30  # in a volume: it is in memory whole (docs/architecture.md)


def write(home: Home, folder: Path) -> Iterator[Path]:
    """Write each volume and annex, yielding its file. Raises Terminal where an annex is gone or the office's
    font is missing.
    """
    meeting = packet_meeting.of_home(home)
    private_dir(folder)
    for number, count, pdf in volumes(home, meeting):
        path = folder / (f"{_NAME} เล่มที่ {number}.pdf" if count > 1 else f"{_NAME}.pdf")
        write_file(path, pdf)
        yield path
    for annex in meeting.annexes if meeting else ():
        if not home.store.has(annex.sha256):
            raise Terminal(
                f"ไม่พบไฟล์ของเอกสารแนบ {annex.number} ให้แนบใหม่ด้วยคำสั่ง `mochocho meeting annex`",
                f"the file of annex {annex.number} is gone; bind it again with `mochocho meeting annex`",
            )
        path = folder / cut(safe(f"เอกสารแนบ {annex.number} {annex.title}.pdf"), in_bytes)
        write_file(path, home.store.read(annex.sha256))
        yield path


def day_of(home: Home, meeting: Meeting | None) -> date:
    """The day of papers that may bear no clock's: the meeting's, else the first of the fiscal year."""
    return (meeting.day if meeting else None) or date(home.pack.fiscal_year_be - 544, 10, 1)


def volumes(home: Home, meeting: Meeting | None) -> Iterator[tuple[int, int, bytes]]:
    """Each volume's number, how many there are, and its PDF/A. Raises as `write`."""
    day = day_of(home, meeting)
    typesetter = needed_sheets.typesetter_of(home, desk=DESK)
    with opened(home) as casebook:
        guard = Guard(Printer(typesetter, whole_names(home.province)), casebook)
        entries = [Entry.of(case, meeting) for case in map(guard.looked_at, casebook.each())]
        groups = arrange(entries, home.province, packet_meeting.order_of(home))
        every = books(groups, Packs(home).of, occasion_of(home), emblem_of(home), MOST_UNITS)
        cases = casebook.of(chain.from_iterable(part.keys for book in every for part in book.parts))
        for number, book in enumerate(every, 1):
            sheets = [(guard.sheet(part, cases), part.continues) for part in book.parts]
            yield number, len(every), whole_volume(typesetter, sheets, book.title, day)
