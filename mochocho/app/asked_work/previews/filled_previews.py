"""The decisions that a filled-in file would have recorded, beside what holds now."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import select

from mochocho.app.asked_work.filled_kinds import FilledKind
from mochocho.app.asked_work.previews.preview import LISTED, Preview, refused
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError
from mochocho.words.progress import ProgressCall
from processing.chunks import batched
from processing.decisions import recorder
from processing.decisions.decision import Decision
from processing.decisions.office.told import titles_of, what
from processing.tables import ApplicantRow
from reports.explaining.line_tree import SCREEN
from reports.view.applicant_names import NO_NAME

_HEADINGS = ("ผู้สมัคร", "อำเภอ", "จะบันทึก", "เหตุผล", "ที่บันทึกไว้ตอนนี้")
_AT_ONCE = 500


def preview(kind: FilledKind, home: Home, path: Path, by: str, progress: ProgressCall) -> Preview:
    """What this file, which `by` handed in, would have recorded."""
    try:
        filled = kind.read(home, path, by, progress)
    except MochochoError as error:
        return refused(error.th)
    if filled.mistakes:
        said = f"ไฟล์มีที่ผิด {len(filled.mistakes)} แห่ง ยังไม่ได้บันทึกอะไร"
        return refused(said, list(map(str, filled.mistakes)))
    with reading(home.engine) as session:
        changes = recorder.changes(session, filled.decisions, home.pack)
    already = len(filled.decisions) - len(changes)
    return Preview(
        title=f"{kind.th} จะบันทึก {len(changes)} ข้อ",
        told=(f"มีอยู่แล้ว {already} ข้อ ยังไม่ได้กรอก {filled.undecided} แถว",),
        warnings=(*filled.unlike, *map(str, filled.warnings)),
        headings=_HEADINGS,
        rows=_rows(home, changes[:LISTED]),
        count=len(changes),
        offered=path.name if changes else "",
    )


def _rows(home: Home, changes: Sequence[tuple[Decision, Decision | None]]) -> list[tuple[str, ...]]:
    people: dict[str, tuple[str, str]] = {}
    query = select(ApplicantRow.key, ApplicantRow.name, ApplicantRow.district)
    with reading(home.engine) as session:
        for chunk in batched({one.applicant_key for one, _ in changes}, _AT_ONCE):
            rows = session.execute(query.where(ApplicantRow.key.in_(chunk)))
            people |= {key: (name, district) for key, name, district in rows}
    titles = titles_of(home.pack.standards)
    return [_row(home, people, titles, one, before) for one, before in changes]


def _row(
    home: Home,
    people: Mapping[str, tuple[str, str]],
    titles: Mapping[str, str],
    one: Decision,
    before: Decision | None,
) -> tuple[str, ...]:
    name, code = people.get(one.applicant_key, ("", ""))
    district = home.province.district(code)
    return (
        SCREEN.text(name) or NO_NAME,
        district.name_th if district else "",
        SCREEN.text(what(one, titles)),
        SCREEN.text(one.reason),
        SCREEN.text(what(before, titles)) if before else "ยังไม่มี",
    )
