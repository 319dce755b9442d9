"""What a ZIP and a CD hold: the packet, the papers before and after the meeting, registers, own folders."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mochocho.storage.files import sha256_of
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from processing.documents.virus_scan import held_back
from processing.meetings.files.file_words import SIGNED
from processing.meetings.meeting import Level, Meeting
from reports.formats.medium import Entry
from reports.lists.year_results import year_results
from reports.packet import after_meeting, before_meeting
from reports.packet.exports import registers
from reports.packet.make_packet import MANIFEST
from reports.view.after.resolved_units import ResolvedUnit, of_meeting
from reports.view.arrange import district_order

PACKET = "1 เอกสารประกอบการประชุม"
BEFORE = "2 หนังสือและแบบก่อนการประชุม"
AFTER = "3 เอกสารหลังการประชุม"
REGISTERS = "4 ทะเบียนและสถิติ"
SCANS = "5 ฉบับลงนาม"

# Thai names of the files that the papers' own commands write
_NAMES = {
    "opening-circular": "หนังสือแจ้งกำหนดการ",
    "memo": "บันทึกข้อความ",
    "invitation": "หนังสือเชิญประชุม",
    "invitation-of-members": "หนังสือเชิญกรรมการ",
    "agenda": "ระเบียบวาระการประชุม",
    "committee-order": "คำสั่งแต่งตั้งคณะกรรมการ",
    "district-committees-order": "คำสั่งแต่งตั้งคณะกรรมการระดับอำเภอ",
    "reply-form": "แบบตอบรับการเข้าร่วมประชุม",
    "reply-tally": "สรุปการตอบรับ",
    "attendance-sheet": "บัญชีลงลายมือชื่อ",
    "disagreements": "ข้อที่กรรมการให้คะแนนต่างกัน",
    "minutes": "รายงานการประชุม",
    "announcement": "ประกาศรายชื่อผู้ได้รับการรับรอง",
    "letters-to-districts": "หนังสือแจ้งผลถึงอำเภอ",
    "letters-to-units": "หนังสือแจ้งผลถึงผู้สมัคร",
    "letters-of-revocation": "หนังสือแจ้งเพิกถอนหนังสือรับรอง",
    "announcement-of-revocation": "ประกาศเพิกถอนหนังสือรับรอง",
    "results": "รายงานผลการดำเนินงาน",
    "outstanding-selection": "บัญชีเพื่อคัดเลือกกิจกรรมดีเด่น",
    "statistics": "สถิติ",
    "knowledge": "บันทึกองค์ความรู้",
    "certificates": "หนังสือรับรอง",
}
_SCORE_SHEETS = "score-sheets-"


def entries(home: Home, meeting: Meeting, staging: Path, added: Sequence[Path]) -> Iterator[Entry]:
    """Every file in the order in which a person reads them. `staging`: a folder for what is made on the way;
    `added`: folders of the office's own, each whole under its name.

    Raises Terminal where there is no packet, or it is not as it was made; as `held_back` says of a scan.
    """
    if meeting.level is Level.PROVINCE:
        yield from _packet(home)
    yield from letters(home, meeting, staging / "before")
    order = district_order(home.province, meeting.schedule.order or home.settings.presentation_order)
    year = year_results(home, order)
    if _resolved(home, meeting, year.units):
        yield from _papers(home, AFTER, after_meeting.write(home, meeting, staging / "after", year=year))
    for name, content in registers.files(home, year):
        yield Entry((REGISTERS, name), content)
    words = {meant: word for word, meant in SIGNED.items()}
    for one in meeting.signed:
        with home.store.open(one.sha256):  # says what to do where the store has lost it
            if why := held_back(home, one.sha256):
                raise why
            yield Entry((SCANS, f"{words[one.paper]}.{one.kind}"), home.store.path(one.sha256))
    yield from folders(added)


def letters(home: Home, meeting: Meeting, staging: Path) -> Iterator[Entry]:
    """The papers before a meeting, written into the folder `staging`, by their Thai names."""
    yield from _papers(home, BEFORE, before_meeting.write(home, meeting, staging))


def folders(added: Sequence[Path]) -> Iterator[Entry]:
    """Folders of the office's own, each whole under its name."""
    for folder in added:
        yield from _folder(folder)


def _resolved(home: Home, meeting: Meeting, units: Sequence[ResolvedUnit]) -> bool:
    """Whether the committee resolved anything at this meeting yet."""
    if meeting.level is Level.PROVINCE:
        return bool(of_meeting(units, meeting.number))
    own = home.province.district(meeting.district)
    return any(
        unit.of_district.meeting_no == meeting.number
        for unit in units
        if own and unit.of_district and unit.district == own.name_th
    )


def _packet(home: Home) -> Iterator[Entry]:
    folder = home.settings.packet_dir
    try:
        manifest = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise Terminal(
            "ยังไม่มีเอกสารประกอบการประชุม สั่ง `mochocho packet` ก่อน",
            "there is no packet yet; make it with `mochocho packet`",
        ) from None
    for output in json.loads(manifest)["outputs"]:
        path = folder / output["name"]
        if not path.is_file() or sha256_of(path) != output["sha256"]:
            raise Terminal(
                f"{path} ไม่ตรงกับที่โปรแกรมทำไว้ สั่ง `mochocho packet` เพื่อทำใหม่",
                f"{path} is not as it was made; make it again with `mochocho packet`",
            )
        volume = output["name"].removeprefix("packet").removesuffix(".pdf").lstrip("-")
        name = f"เอกสารประกอบการประชุม เล่มที่ {volume}" if volume else "เอกสารประกอบการประชุม"
        yield Entry((PACKET, f"{name}.pdf"), path)


def _papers(home: Home, folder: str, files: Iterable[Path]) -> Iterator[Entry]:
    for path in files:
        yield Entry((folder, f"{_thai(home, path.stem)}{path.suffix}"), path)


def _thai(home: Home, stem: str) -> str:
    if not stem.startswith(_SCORE_SHEETS):
        return _NAMES.get(stem, stem)
    district = home.province.district(stem.removeprefix(_SCORE_SHEETS))
    return f"แบบตรวจประเมิน อำเภอ{district.name_th}" if district else "แบบตรวจประเมิน ไม่ทราบอำเภอ"


def _folder(folder: Path) -> Iterator[Entry]:
    """Every file below, by name; hidden ones are somebody's own business."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    for path in found:
        parts = path.relative_to(folder).parts
        if not any(part.startswith(".") for part in parts):
            yield Entry((folder.resolve().name, *parts), path)
