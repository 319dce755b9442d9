"""The door by which every meeting is kept, and meetings as files: written out, filled in, read back."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from mochocho.excel.typed import Mistake
from mochocho.standards.strict_yaml import Broken
from mochocho.storage.db import reading, transaction
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, cannot_open
from mochocho.words.sentences import Sentence, about, joined
from processing.meetings import kept
from processing.meetings.files import meeting_yaml
from processing.meetings.files.file_words import MEETING_SHEET, TABLES
from processing.meetings.files.meeting_workbook import ReadBook, book
from processing.meetings.files.typed_meeting import At, TypedMeeting, located, read, written
from processing.meetings.meeting import Meeting
from processing.meetings.wrong import wrong
from processing.scope import EVERYTHING, Scope

YAML = (".yaml", ".yml")
MAX_YAML = 2_000_000  # bytes
_OF_OTHERS = Sentence(
    "ไฟล์นี้เป็นของคณะกรรมการอื่น บัญชีของท่านบันทึกได้เฉพาะการประชุมของอำเภอตน",
    "the file is of another committee; your account keeps meetings of its own district alone",
)
Beside = Callable[[Session, int], None]
_ORDER = [MEETING_SHEET, *dict.fromkeys(table.sheet for table in TABLES)]


class WrongMeeting(BadInput):
    """A meeting that cannot be kept. `parts`: each thing to put right."""

    def __init__(self, parts: Sequence[At]) -> None:
        super().__init__("meeting.wrong", *joined((one.said for one in parts), "; "))
        self.args, self.parts = (parts,), parts


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: its meeting and version, or each thing that is to be put right in it."""

    meeting: Meeting | None
    version: int
    mistakes: tuple[Sentence, ...] = ()


def keep(
    home: Home, meeting: Meeting, by: str, *, based_on: int | None = None, beside: Beside | None = None
) -> int:
    """Keep a meeting, by whatever door it came; its version. `based_on`: as of `kept.keep`; `beside`: what is
    written with it or not at all, given the version.

    Raises WrongMeeting, kept.Overtaken, and what `beside` raises; nothing is kept then.
    """
    if parts := wrong_parts(home, meeting):
        raise WrongMeeting(parts)
    with transaction(home.engine) as session:
        version = kept.keep(session, meeting, by, based_on=based_on)
        if beside is not None:
            beside(session, version)
    return version


def export(home: Home, meeting: Meeting, path: Path) -> None:
    """Write a meeting into a file of the kind that its name ends in: .xlsx or .yaml."""
    if path.suffix.lower() in YAML:
        write_file(path, as_yaml(home, meeting).encode())
    else:
        write_file(path, book(written(meeting, districts_of(home)), _version(home, meeting)))


def as_yaml(home: Home, meeting: Meeting) -> str:
    """The text of its YAML file."""
    return meeting_yaml.dumped(written(meeting, districts_of(home)), _version(home, meeting))


def _version(home: Home, meeting: Meeting) -> int:
    with reading(home.engine) as session:
        return kept.version_of(session, meeting.key)


def import_file(home: Home, path: Path, by: str, scope: Scope = EVERYTHING) -> Imported:
    """Keep the meeting of a filled-in file, or nothing, if it has any mistake or its committee is not seen.

    Raises BadInput for a file that is none of ours, kept.Overtaken where somebody kept another version since.
    """
    read_file = _of_yaml if path.suffix.lower() in YAML else _of_book
    meeting, version, mistakes = read_file(home, path)
    if meeting is None or mistakes:
        return Imported(None, 0, tuple(mistakes))
    if not scope.covers_district(meeting.district):
        return Imported(None, 0, (_OF_OTHERS,))
    return Imported(meeting, keep(home, meeting, by, based_on=version))


def districts_of(home: Home) -> dict[str, str]:
    """The province's districts, code -> name."""
    return {one.code: one.name_th for one in home.province.districts}


def wrong_parts(home: Home, meeting: Meeting) -> list[At]:
    """What is wrong with a meeting, and where its file has it."""
    return [located(one) for one in wrong(meeting, home.pack.fiscal_year_be, districts_of(home))]


def _mistakes(home: Home, meeting: Meeting) -> list[At]:
    """Those of a filled-in file: also a file of an annex or signed paper that is not in the store."""
    return [
        *wrong_parts(home, meeting),
        *_lost(home, "annexes", [one.sha256 for one in meeting.annexes], "annex"),
        *_lost(home, "signed", [one.sha256 for one in meeting.signed], "signed"),
    ]


def _lost(home: Home, part: str, files: Sequence[str], command: str) -> Iterator[At]:
    """Those of these files that the store does not hold. `part`: as `Table` calls the list."""
    table = next(table for table in TABLES if table.part == part)
    for row, sha256 in enumerate(files):
        if re.fullmatch("[0-9a-f]{64}", sha256) and not home.store.has(sha256):
            said = Sentence(
                f"ไม่มีไฟล์นี้ในที่เก็บ ให้แนบใหม่ด้วยคำสั่ง `mochocho meeting {command}`",
                f"the store does not have this file; attach it again with `mochocho meeting {command}`",
            )
            yield At(table.sheet, row, table.fields[-1].heading, said)


def _of_book(home: Home, path: Path) -> tuple[Meeting | None, int | None, list[Sentence]]:
    filled = ReadBook(path)
    meeting, found = _checked(home, filled.typed)
    mistakes = [*filled.missing, *map(filled.mistake, found)]
    return meeting, filled.version, [one.told for one in sorted(mistakes, key=_place)]


def _of_yaml(home: Home, path: Path) -> tuple[Meeting | None, int | None, list[Sentence]]:
    try:
        content = path.read_bytes()
        text = content.decode()
    except OSError as error:
        raise cannot_open("meeting.unreadable", error) from error
    except UnicodeDecodeError as error:
        raise BadInput(
            "meeting.not_text",
            "ไฟล์ไม่ใช่ข้อความ UTF-8 ให้บันทึกใหม่เป็น UTF-8",
            "the file is no text in UTF-8; save it as UTF-8",
        ) from error
    if len(content) > MAX_YAML:
        raise BadInput(
            "meeting.too_large",
            f"ไฟล์ใหญ่เกิน {MAX_YAML // 1_000_000} MB ให้ตรวจว่าเลือกไฟล์ถูก",
            f"the file is larger than {MAX_YAML // 1_000_000} MB; is it the right file?",
        )
    try:
        typed, version, lines = meeting_yaml.parsed(text)
    except Broken as broken:
        return None, None, [_at_line(broken.line, broken.said)]
    meeting, found = _checked(home, typed)
    places = sorted((meeting_yaml.line_of(at, lines), at.heading, at.said) for at in found)
    return meeting, version, [_at_line(line, about(f"“{heading}”", said)) for line, heading, said in places]


def _at_line(line: int, said: Sentence) -> Sentence:
    return Sentence(f"บรรทัด {line}: {said.th}", f"line {line}: {said.en}")


def _checked(home: Home, typed: TypedMeeting) -> tuple[Meeting | None, list[At]]:
    meeting = read(typed, districts_of(home))
    return meeting, _mistakes(home, meeting) if meeting else typed.mistakes


def _place(mistake: Mistake) -> tuple[int, int]:
    return _ORDER.index(mistake.sheet), mistake.row
