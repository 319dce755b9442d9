"""The standards as forms: skeleton and pack become an .xlsx for people and an XForm for phones."""

import copy
import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from mochocho.errors import Terminal
from mochocho.places import Province
from mochocho.standards.schema import Pack
from xlsforms import contract, names
from xlsforms.expand import LANGUAGES, Row, expand
from xlsforms.skeleton import Skeleton, read_skeleton
from xlsforms.things import Thing, form_things
from xlsforms.xlsx import xlsx_bytes

SKELETONS = Path(__file__).parent / "forms"
FORMS = {"application.yaml": names.APPLICATION, "onsite.yaml": names.ONSITE}
SHEET_ORDER = ("survey", "choices", "settings", "entities")
APPLICANT_COLUMNS = ("name", "label", "applicant_type", "applicant_name", "district", "district_name")

Profile = Literal["odk", "kobo"]
Sheets = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class BuiltForm:
    """One form, ready to publish. `media`: file name -> bytes; an ODK server adds its entity list itself."""

    form_id: str
    version: str
    title: str
    xlsx: bytes
    xform: str
    media: Mapping[str, bytes] = field(default_factory=dict)


def build_forms(
    pack: Pack, province: Province, profile: Profile, skeletons: Path = SKELETONS
) -> tuple[BuiltForm, ...]:
    """The application and the onsite score sheet of one year and province.

    Raises Terminal, with file and line where it can, when a skeleton is not right.
    """
    things = form_things(pack, province)
    return tuple(_build(skeletons / file, form_id, pack, things, profile) for file, form_id in FORMS.items())


def _build(path: Path, form_id: str, pack: Pack, things: Thing, profile: Profile) -> BuiltForm:
    skeleton = read_skeleton(path)
    sheets = expand(skeleton, things)
    _check(skeleton, sheets, form_id, pack)
    if profile == "kobo":
        sheets = _without_entities(sheets)
    version = f"{things.words['pack.year']}-{_digest(sheets)}"
    sheets["settings"][0] |= {"version": version, "default_language": LANGUAGES["th"]}
    sheets, columns = _in_column_order(sheets)
    return BuiltForm(
        form_id=form_id,
        version=version,
        title=sheets["settings"][0]["form_title"],
        xlsx=xlsx_bytes(sheets, columns),
        xform=_xform(path.name, sheets, columns),
        media=_media(form_id, profile),
    )


def _check(skeleton: Skeleton, sheets: Sheets, form_id: str, pack: Pack) -> None:
    """What pyxform accepts but the readers of the answers cannot."""
    place = skeleton.settings.place
    settings = sheets["settings"][0]
    if settings.get("form_id") != form_id or "form_title" not in settings:
        raise place.error(f"the settings need `form_id: {form_id}` and a `form_title:`")
    missing = contract.fields(form_id, pack) - {row.get("name") for row in sheets.get("survey", [])}
    if missing:
        raise place.error(f"the form has lost questions that are read: {', '.join(sorted(missing))}")


def _without_entities(sheets: Sheets) -> Sheets:
    """KoboToolbox has no entities and its pyxform (3.0.0) refuses them."""
    for row in sheets["survey"]:
        row.pop("save_to", None)
    return {name: rows for name, rows in sheets.items() if name != "entities"}


def _in_column_order(sheets: Sheets) -> tuple[Sheets, dict[str, list[str]]]:
    """Sheets in order, each row's keys in header order: only then do rows and .xlsx give the same XForm."""
    columns = {
        name: list(dict.fromkeys(column for row in sheets[name] for column in row))
        for name in SHEET_ORDER
        if name in sheets
    }
    ordered = {
        name: [{column: row[column] for column in header if column in row} for row in sheets[name]]
        for name, header in columns.items()
    }
    return ordered, columns


def _digest(sheets: Sheets) -> str:
    """Eight hex digits that change whenever a row does, so that no changed form keeps its version."""
    return hashlib.sha256(json.dumps(sheets, ensure_ascii=False).encode()).hexdigest()[:8]


def _xform(file: str, sheets: Sheets, columns: Mapping[str, list[str]]) -> str:
    workbook = copy.deepcopy(sheets) | {  # pyxform changes what it is given
        f"{name}_header": [dict.fromkeys(header)] for name, header in columns.items()
    }
    try:
        result = convert(workbook)
    except PyXFormError as error:
        raise Terminal(f"{file}: pyxform refuses the form: {error}") from error
    if result.warnings:
        raise Terminal(f"{file}: pyxform warns: {'; '.join(result.warnings)}")
    return str(result.xform)


def _media(form_id: str, profile: Profile) -> dict[str, bytes]:
    """Where a server has no entities, the applicants are an ordinary file, empty until it is filled."""
    if profile == "odk" or form_id != names.ONSITE:
        return {}
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(APPLICANT_COLUMNS)
    return {f"{names.APPLICANTS}.csv": text.getvalue().encode()}
