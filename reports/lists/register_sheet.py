"""The register (ทะเบียนผู้สมัคร) as a table for the office, and as its Excel file."""

from pathlib import Path

from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import ApplicantType
from processing.register import register_numbers
from reports.formats.table import Table
from reports.lists.office_sheet import book_of
from reports.view.printed_words import TYPE

COLUMNS = {
    "ทะเบียนเลขที่": 14,
    "วันที่สมัคร": 16,
    "ชื่อ": 36,
    "ประเภท": 22,
    "อำเภอ": 20,
    "รหัสผู้สมัคร": 38,
}


def write(home: Home, path: Path) -> int:
    """Write the register by number; returns how many applicants it lists."""
    listed = table(home)
    write_file(path, book_of([listed]))
    return len(listed.rows)


def table(home: Home) -> Table:
    """The register by number."""
    districts = {d.code: d.name_th for d in home.province.districts}
    rows = [
        (
            str(one.number or ""),
            thai.date_short(one.applied_on, thai_digits=False) if one.applied_on else "",
            thai.cover_national_ids(thai.normalise(one.name)),
            TYPE[ApplicantType(one.type)],
            districts.get(one.district, one.district),
            one.key,
        )
        for one in register_numbers.listed(home)
    ]
    return Table("ทะเบียนผู้สมัคร", COLUMNS, rows, frozen=1)
