"""Who stood in a released packet, as a sheet: from the release itself, whatever was recorded since."""

from mochocho.words import thai
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.releases.release import PrintedUnit, Release, Stands
from reports.formats.table import Table, Value
from reports.view.arrange import UNKNOWN_DISTRICT
from reports.view.printed_words import TYPE

_COLUMNS = {"แฟ้มที่": 8, "ทะเบียนเลขที่": 12, "ชื่อ": 40, "ประเภท": 22, "อำเภอ": 18, "สถานะ": 26, "มติ": 40}
_STANDS = {
    Stands.DOSSIER: "นำเสนอคณะกรรมการ",
    Stands.WAITING: "ยังไม่ผ่านระดับอำเภอ",
    Stands.ASIDE: "ไม่นำเสนอ",
    Stands.SETTLED: "การประชุมครั้งก่อนมีมติแล้ว",
}


def table(release: Release) -> Table:
    """By dossier, then those without one by district and name."""
    units = sorted(
        release.printed.units,
        key=lambda one: (not one.dossier, one.dossier, one.district, thai.sort_key(one.name), one.key),
    )
    return Table(f"รายชื่อในชุดที่ {release.number}", _COLUMNS, list(map(_row, units)), frozen=3)


def _row(one: PrintedUnit) -> tuple[Value, ...]:
    resolved = [f"ครั้งที่ {each.meeting_no} {OUTCOMES[each.outcome]}" for each in one.resolutions]
    return (
        one.dossier or "",
        one.register_no or "",
        thai.cover_national_ids(thai.normalise(one.name)),
        TYPE[one.type],
        one.district or UNKNOWN_DISTRICT,
        _STANDS[one.stands],
        "\n".join(resolved),
    )
