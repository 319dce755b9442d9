"""The register of certificates as a table for the office."""

from collections.abc import Mapping, Sequence

from mochocho.words import thai
from mochocho.words.model import ApplicantType
from processing.certificates.given import Given, State
from reports.formats.table import Table
from reports.view.printed_words import TYPE

COLUMNS = {
    "หนังสือรับรองเลขที่": 18,
    "วันที่ออก": 16,
    "ชื่อ": 40,
    "ประเภท": 22,
    "อำเภอ": 18,
    "การประชุมครั้งที่": 16,
    "สถานะ": 20,
    "เหตุผล": 40,
    "ออกแทนเลขที่": 14,
    "มีฉบับใหม่เลขที่": 16,
    "ผู้ออก": 30,
    "รหัสผู้สมัคร": 38,
}
STATES = {
    State.VALID: "ใช้ได้",
    State.REPLACED: "มีฉบับใหม่แทน",
    State.REVOKED: "เพิกถอน",
    State.UNFOUNDED: "มติไม่มีผลแล้ว",
}


def table(given: Sequence[Given], districts: Mapping[str, str]) -> Table:
    """Every certificate by number. `districts`: code -> name."""
    return Table("ทะเบียนหนังสือรับรอง", COLUMNS, [_row(one, districts) for one in given], frozen=1)


def _row(one: Given, districts: Mapping[str, str]) -> tuple[str, ...]:
    of = one.certificate
    return (
        of.no,
        thai.date_short(of.day, thai_digits=False),
        thai.cover_national_ids(thai.normalise(of.name)),
        TYPE[ApplicantType(of.type)],
        districts.get(of.district, of.district),
        one.meeting_no,
        STATES[one.state],
        one.why,
        str(one.replaces or ""),
        str(one.replaced_by or ""),
        one.given_by,
        one.applicant_key,
    )
