"""The phone in tests of all engines: every form of one profile, and the lists that they choose from."""

import csv
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from tests.builders import uid
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import Profile
from xlsforms.list_columns import COLUMNS

PACK = load_pack("2568-sample").pack
PROVINCE = Province.named("เชียงราย")
Row = Mapping[str, str]

NAMES = ("บ้านดอนแก้ว", "“ร่วมใจ” & เพื่อน <ใหม่>", "ชื่อ, มีจุลภาค")


def _applicants() -> Iterable[Row]:
    """Three of each type: with nothing missing, with all missing and two bad pages, in another district."""
    for standard in PACK.standards:
        documents = [document.code for document in standard.documents]
        paged = [document.code for document in standard.documents if document.capture == "pages"]
        for number, name in enumerate(NAMES):
            yield {
                "name": uid("applicant", standard.code, number),
                "label": f"{standard.th} {name}",
                "applicant_type": standard.code,
                "applicant_name": f"{standard.th} {name}",
                "district": ("5701", "5701", "5702")[number],
                "district_name": ("เมืองเชียงราย", "เมืองเชียงราย", "เวียงชัย")[number],
                "missing_docs": ("", " ".join(documents), documents[-1])[number],
                "missing_th": ("", "ยังขาดเอกสาร", "ยังขาดเอกสาร")[number],
                "bad_pages": ("", f"{paged[0]}:2 {paged[-1]}:11", "")[number],
            }


APPLICANTS = tuple(_applicants())
ASSESSORS: tuple[Row, ...] = (
    {"name": "a1", "label": "นายหนึ่ง กรรมการ", "districts": "", "committee": "district"},
    {"name": "b2", "label": "นางสอง กรรมการ", "districts": "5702 5703", "committee": "district"},
    {"name": "c3", "label": "นายสาม กรรมการ", "districts": "5718", "committee": "district"},
    {"name": "d4", "label": "นางสี่ กรรมการ", "districts": "5701", "committee": "provincial"},
)


def _plan_items() -> Iterable[Row]:
    """The first applicant of each type has three sub-criteria, the second one, the third none."""
    for standard in PACK.standards:
        for number, count in ((0, 3), (1, 1)):
            applicant = uid("applicant", standard.code, number)
            for seq in range(1, count + 1):
                yield {
                    "name": uid("item", applicant, seq),
                    "label": f"เกณฑ์ย่อยที่ {seq}",
                    "applicant": applicant,
                    "indicator": standard.indicators[0].code,
                    "seq": str(seq),
                    "seq_i": str(seq),
                    "target": str(10 * seq),
                    "unit": "ครั้ง",
                    "due": "2025-06-30",
                }


LISTS: Mapping[str, tuple[Row, ...]] = {
    names.APPLICANTS: APPLICANTS,
    names.ASSESSORS: ASSESSORS,
    names.PLAN_ITEMS: tuple(_plan_items()),
}


def write_list(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """A list as a server gives it to the phone."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, ["__version", *COLUMNS[name]], restval="")
        writer.writeheader()
        writer.writerows({"__version": "1", **row} for row in rows)


@cache
def _folder(profile: Profile) -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory(prefix=f"phone-{profile}-")
    for form in build_forms(PACK, PROVINCE, profile):
        (Path(folder.name) / f"{form.form_id}.xml").write_text(form.xform, "utf-8")
    for name, rows in LISTS.items():
        write_list(Path(folder.name), name, rows)
    return folder


def form_path(form_id: str, profile: Profile) -> Path:
    """The form, its lists beside it; made once a session."""
    return Path(_folder(profile).name) / f"{form_id}.xml"
