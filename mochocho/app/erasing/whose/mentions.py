"""Where somebody stands who is known by name alone, parted into what may be different people.

What one application says of a person, one meeting, one officer's or account's row is about one person; of the
rest nobody can tell whose it is, so each kind of it is one part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mochocho.app.erasing.gone_files import NamingFiles
from mochocho.app.erasing.whose.form_text import form_text
from mochocho.app.persons.found_places import every_row
from mochocho.app.persons.holders import Holders
from mochocho.app.persons.place_words import TABLES, kind_and_role, role
from mochocho.app.tables import AccessRow, AccountRow, ErasureRow
from mochocho.storage.home import Home
from mochocho.words.sentences import Sentence, joined, plain
from processing.meetings.meeting import Level
from processing.meetings.tables import MeetingRow
from processing.persons.covered_texts import Eraser
from processing.persons.sought_person import Certainty, Sought, hits_in_value
from processing.releases.tables import ReleaseRow
from processing.sittings.tables import SittingRow
from processing.tables import ApplicantRow
from sync.tables import ErasedRow, Officer, SubmissionVersion

APPLICANT, MEETING, BY, FILES = "applicant", "meeting", "by", "files"
NOT_LOOKED_AT = {ErasureRow.__tablename__, ErasedRow.__tablename__}
_ONE_EACH = (Officer.__tablename__, AccountRow.__tablename__)
_OF_MEETINGS = {
    MeetingRow.__tablename__: "key",
    SittingRow.__tablename__: "meeting",
    ReleaseRow.__tablename__: "meeting_key",
}
_WHO_DID_IT = frozenset(["recorded_by", "asked_by", "made_by", "judged_by", "by", "reopened_by"])
_FIXED = {
    BY: Sentence("ผู้บันทึกหรือผู้สั่งในระบบ", "who recorded or ordered something"),
    FILES: Sentence("ไฟล์ที่ไม่รู้ว่าเป็นของใคร", "files of nobody known"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """One part. `id`: as somebody chooses it, `applicant:KEY`, `officer:3`, `by`; it names nobody. `told`:
    what it is, for whoever chooses; `places`: how many texts.
    """

    id: str
    told: Sentence
    places: int


def mention_of(table: str, row: Mapping[str, Any], column: str, key: str) -> str:
    """In which part a column of a row is; `key`: of the applicant the row is about, '' = of none."""
    if column in _WHO_DID_IT or (table == AccessRow.__tablename__ and column == "name"):
        return BY
    if table in _OF_MEETINGS:
        return f"{MEETING}:{row[_OF_MEETINGS[table]]}"
    if key:
        return f"{APPLICANT}:{key}"
    return f"{table}:{row['id']}" if table in _ONE_EACH else table


def mentions(
    home: Home, session: Session, belongs: Holders, person: Sought, files: NamingFiles
) -> list[Mention]:
    """Every part in which the person stands, applicants first."""
    roles, places = dict[str, dict[str, Sentence]](), dict[str, int]()
    rows = dict[str, Mapping[str, Any]]()
    for table, values in every_row(session):
        if table.name in NOT_LOOKED_AT:
            continue
        key = belongs.of_row(table.name, values)
        for path in _paths(home, table.name, values, person):
            one = mention_of(table.name, values, path.partition(".")[0], key)
            rows.setdefault(one, values)
            said = _role(table.name, path, one)
            roles.setdefault(one, {})[said.th] = said
            places[one] = places.get(one, 0) + 1
    found = [
        Mention(one, _told(home, session, one, rows[one], list(roles[one].values())), places[one])
        for one in sorted(places, key=lambda one: (not one.startswith(APPLICANT), one))
    ]
    return [*found, *([Mention(FILES, _FIXED[FILES], files.others)] if files.others else [])]


def applicants_in(found: Iterable[Mention]) -> list[str]:
    """The keys of the applicants whose data these parts are."""
    parts = (one.id.partition(":") for one in found)
    return sorted(which for kind, _, which in parts if kind == APPLICANT)


def told_without_names(mention: str) -> Sentence:
    """What a part is, for a receipt, which names nobody."""
    kind, _, which = mention.partition(":")
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == APPLICANT:
        return Sentence(f"ข้อมูลของผู้สมัคร {which}", f"what is about the applicant {which}")
    if kind == MEETING:
        where, _, number = which.partition(":")
        at = Sentence("ระดับจังหวัด", "of the province") if where == Level.PROVINCE else plain(where)
        return Sentence(f"การประชุมครั้งที่ {number} {at.th}", f"meeting {number} {at.en}")
    if not which:
        return TABLES[kind]
    return Sentence(f"{TABLES[kind].th} เลขที่ {which}", f"{TABLES[kind].en} number {which}")


def _paths(home: Home, table: str, values: Mapping[str, Any], person: Sought) -> Iterator[str]:
    """Where in a row the person stands; of a submitted form as `xml_sha256`."""
    for path, hit in hits_in_value(person, values):
        if hit.certainty is not Certainty.NEAR and path:
            yield path
    if table == SubmissionVersion.__tablename__:
        xml = form_text(home.store, values["xml_sha256"])
        if Eraser((person,)).xml(xml) != xml:
            yield "xml_sha256"


def _role(table: str, path: str, mention: str) -> Sentence:
    if path == "xml_sha256":
        return TABLES[table]
    return role(path) if mention.partition(":")[0] in (MEETING, *_ONE_EACH) else kind_and_role(table, path)


def _told(
    home: Home, session: Session, mention: str, row: Mapping[str, Any], roles: list[Sentence]
) -> Sentence:
    whose = joined(roles, ", ")
    kind, _, which = mention.partition(":")
    if kind == APPLICANT:
        applicant = session.get(ApplicantRow, which)
        named = " ".join(_of_applicant(home, applicant)) if applicant else which
        return Sentence(f"ผู้สมัคร {named}: {whose.th}", f"applicant {named}: {whose.en}")
    if kind in _ONE_EACH:
        codes = [home.province.district(code) for code in row["districts"]]
        there = ", ".join(district.name_th for district in codes if district)
        what = told_without_names(mention)
        return Sentence(f"{what.th} {there}".rstrip(), f"{what.en} {there}".rstrip())
    what = told_without_names(mention)
    return Sentence(f"{what.th}: {whose.th}", f"{what.en}: {whose.en}")


def _of_applicant(home: Home, row: ApplicantRow) -> Iterator[str]:
    yield row.name
    if district := home.province.district(row.district):
        yield district.name_th
