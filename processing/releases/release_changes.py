"""How the present differs from a released packet, as a list of typed changes. Pure.

What a person said of a consent or of a page with an ID card is not seen by comparing: `decided_since` gives
it beside these.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from mochocho.words import thai
from mochocho.words.model import ApplicantType, Gate, Resolution
from processing import codec
from processing.decisions.chain import canonical
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.releases.release import Printed, PrintedUnit, Stands

STANDS = {
    Stands.DOSSIER: "ผ่านระดับอำเภอ",
    Stands.WAITING: "ยังไม่ผ่านระดับอำเภอ",
    Stands.ASIDE: "ถอนหรือรวมใบสมัครแล้ว",
    Stands.SETTLED: "การประชุมครั้งก่อนมีมติแล้ว",
}
MEETING_FIELDS = {
    "day": "วันประชุม",
    "starts": "เวลาเริ่มประชุม",
    "ends": "เวลาเลิกประชุม",
    "place": "สถานที่ประชุม",
    "committee": "ชื่อคณะกรรมการ",
    "appointment": "คำสั่งแต่งตั้งคณะกรรมการ",
    "previous": "การประชุมครั้งก่อน",
    "agenda": "ระเบียบวาระการประชุม",
    "schedule": "กำหนดการและลำดับการนำเสนอ",
    "annexes": "เอกสารแนบของหน่วยงาน",
}  # what a packet prints of a meeting
NO_RESOLUTION = "ไม่มีมติ"
SHOWN, COVERED = "shown", "covered"  # what a change of a page with a card is about


class ChangeKind(StrEnum):
    """What changed after a packet was released."""

    MEETING = "meeting"  # what it prints of the meeting
    CRITERIA = "criteria"  # the year's standards
    ADDED = "added"  # an applicant that it does not know
    REMOVED = "removed"  # an applicant whose application is there no more
    MOVED = "moved"  # another place: a dossier now, held back, withdrawn
    RENAMED = "renamed"  # name or district
    EDITED = "edited"  # another version of the application
    REASSESSED = "reassessed"  # another result of documents, sheets or own work
    RESOLVED = "resolved"  # a resolution, or none any more
    REGISTERED = "registered"  # a number of the register
    CONSENT = "consent"  # a consent was withdrawn, on which what is printed rests
    CARD = "card"  # a person said whether an ID card is on a page, by which it is printed large or covered


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `about`: the field of the meeting, the gate; `before`, `after`: in Thai, "" = there is
    nothing to say. `key` "" = it is about no applicant. `dossier`: its number in the released packet, 0 = it
    has none.
    """

    kind: ChangeKind
    key: str = ""
    name: str = ""
    type: ApplicantType | None = None
    district: str = ""
    dossier: int = 0
    about: str = ""
    before: str = ""
    after: str = ""


def digest_of(changes: Sequence[Change]) -> str:
    """Tells whether two lists of changes are the same, without saying of whom they tell."""
    return hashlib.sha256(canonical([asdict(one) for one in changes]).encode()).hexdigest()


def changes_between(before: Printed, after: Printed) -> tuple[Change, ...]:
    """Every change from one to the other: of the meeting, then by the dossiers' numbers, then the others by
    name.
    """
    units = [before.by_key.get(key) or after.by_key[key] for key in {**before.by_key, **after.by_key}]
    units.sort(key=lambda unit: (not unit.dossier, unit.dossier, thai.sort_key(unit.name), unit.key))
    found = [*_of_meeting(before, after)]
    for unit in units:
        found += _of_unit(before.by_key.get(unit.key), after.by_key.get(unit.key))
    return tuple(found)


def _of_meeting(before: Printed, after: Printed) -> Iterator[Change]:
    was, now = codec.dump(before.meeting), codec.dump(after.meeting)
    for name, label in MEETING_FIELDS.items():
        if was[name] != now[name]:
            said = (_shown(getattr(one.meeting, name)) for one in (before, after))
            yield Change(ChangeKind.MEETING, "", label, None, "", 0, name, *said)
    if before.pack != after.pack:
        yield Change(ChangeKind.CRITERIA)


def _shown(value: object) -> str:
    match value:
        case date():
            return thai.date_words(value, thai_digits=False)
        case str():
            return value.replace(":", ".") if value[2:3] == ":" else value
        case _:
            return ""


def _of_unit(before: PrintedUnit | None, after: PrintedUnit | None) -> Iterator[Change]:
    if after is None:
        if before and before.stands is not Stands.ASIDE:
            yield _change(ChangeKind.REMOVED, before, before=STANDS[before.stands])
    elif before is None:
        if after.stands is not Stands.ASIDE:
            yield _change(ChangeKind.ADDED, after, after=STANDS[after.stands])
    else:
        yield from _within(before, after)


def _within(before: PrintedUnit, after: PrintedUnit) -> Iterator[Change]:
    if before.stands is not after.stands:
        yield _change(ChangeKind.MOVED, before, "", STANDS[before.stands], STANDS[after.stands])
    if after.stands is Stands.ASIDE:
        return  # nothing else is printed of it
    for about, was, now in (
        ("name", before.name, after.name),
        ("district", before.district, after.district),
    ):
        if was != now:
            yield _change(ChangeKind.RENAMED, before, about, was, now)
    if before.instance != after.instance:
        yield _change(ChangeKind.EDITED, before)
    elif before.result != after.result and before.stands is not Stands.ASIDE:
        yield _change(ChangeKind.REASSESSED, before)
    yield from _resolved(before, after)
    if before.register_no != after.register_no:
        numbers = ("" if one.register_no is None else str(one.register_no) for one in (before, after))
        yield _change(ChangeKind.REGISTERED, before, "", *numbers)


def _resolved(before: PrintedUnit, after: PrintedUnit) -> Iterator[Change]:
    for gate in Gate:
        was, now = (next((r for r in one.resolutions if r.gate is gate), None) for one in (before, after))
        if was != now:
            yield _change(ChangeKind.RESOLVED, before, gate.value, _outcome(was), _outcome(now))


def _outcome(resolution: Resolution | None) -> str:
    if resolution is None:
        return NO_RESOLUTION
    day = thai.date_words(resolution.meeting_date, thai_digits=False)
    return f"{OUTCOMES[resolution.outcome]} ครั้งที่ {resolution.meeting_no} วันที่ {day}"


def _change(
    kind: ChangeKind, unit: PrintedUnit, about: str = "", before: str = "", after: str = ""
) -> Change:
    return Change(kind, unit.key, unit.name, unit.type, unit.district, unit.dossier, about, before, after)
