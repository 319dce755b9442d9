"""Builds the forms: skeleton and pack become an .xlsx for people and an XForm for phones."""

import copy
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from mochocho.standards.schema import Pack
from mochocho.words.errors import Terminal
from mochocho.words.places import Province
from mochocho.words.sentences import Sentence
from xlsforms import contract, names
from xlsforms.built import BuiltForm, Profile
from xlsforms.expand import LANGUAGES, Row, expand
from xlsforms.list_columns import COLUMNS
from xlsforms.skeleton import Place, Skeleton, read_skeleton
from xlsforms.things import NOBODY, Controller, Thing, form_things
from xlsforms.xlsx import xlsx_bytes

SKELETONS = Path(__file__).parent / "forms"
FORMS = {
    "application.yaml": names.APPLICATION,
    "plan.yaml": names.PLAN,
    "self_assessment.yaml": names.SELF_ASSESSMENT,
    "onsite.yaml": names.ONSITE,
    "supplement.yaml": names.SUPPLEMENT,
    "knowledge.yaml": names.KNOWLEDGE,
}
SHEET_ORDER = ("survey", "choices", "settings", "entities")

_NO_VERSION = "unversioned"  # replaced when the digest of everything else is known
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|entities|settings)' sheet")
_FIRST_ROW = 2  # of a sheet, below its header
_LIST_FILE = re.compile(r'src="jr://file-csv/([^"/]*)\.csv"')

Sheets = dict[str, list[Row]]


def build_forms(
    pack: Pack,
    province: Province,
    profile: Profile,
    skeletons: Path = SKELETONS,
    *,
    shared_tablets: bool = False,
    villages: bytes | None = None,
    controller: Controller = NOBODY,
) -> tuple[BuiltForm, ...]:
    """Every form of one year and province, in the order of `FORMS`.

    `shared_tablets`: assessments ask who is holding the tablet. `villages`: the content of villages.csv, None
    = a village is typed. `controller`: who is responsible for the data. Raises Terminal, with file and line
    where known, when a skeleton is wrong.
    """
    tags = [profile, "no_villages" if villages is None else "villages"]
    if shared_tablets:
        tags.append("shared_tablets")
    things = form_things(pack, province, tuple(tags), controller)
    given = {} if villages is None else {names.VILLAGES: villages}
    return tuple(
        _build(skeletons / file, form_id, pack, things, profile, given) for file, form_id in FORMS.items()
    )


def _build(
    path: Path, form_id: str, pack: Pack, things: Thing, profile: Profile, given: Mapping[str, bytes]
) -> BuiltForm:
    skeleton = read_skeleton(path)
    filled = expand(skeleton, things)
    _check(skeleton, filled.sheets, form_id, pack, profile)
    sheets = _without_entities(filled.sheets) if profile == "kobo" else filled.sheets
    sheets["settings"][0] |= {"version": _NO_VERSION, "default_language": LANGUAGES["th"]}
    sheets, columns = _in_column_order(sheets)
    unversioned = _xform(path.name, sheets, columns, filled.places)
    version = f"{things.words['pack.year']}-{hashlib.sha256(unversioned.encode()).hexdigest()[:8]}"
    sheets["settings"][0]["version"] = version
    xform = unversioned.replace(f'version="{_NO_VERSION}"', f'version="{version}"', 1)
    return BuiltForm(
        form_id=form_id,
        version=version,
        title=sheets["settings"][0]["form_title"],
        xlsx=xlsx_bytes(sheets, columns),
        xform=xform,
        media=_media(path.name, xform, profile, given),
    )


def _check(skeleton: Skeleton, sheets: Sheets, form_id: str, pack: Pack, profile: Profile) -> None:
    """Refuse what pyxform accepts but the readers of the answers cannot use."""
    place = skeleton.settings.place
    settings = sheets["settings"][0]
    if settings.get("form_id") != form_id or "form_title" not in settings:
        raise place.error(
            th=f"settings ต้องมี `form_id: {form_id}` และ `form_title:`",
            en=f"the settings need `form_id: {form_id}` and a `form_title:`",
        )
    missing = contract.fields(form_id, pack, profile) - {row.get("name") for row in sheets.get("survey", [])}
    if missing:
        raise place.error(
            th=f"แบบฟอร์มขาดข้อที่โปรแกรมต้องอ่าน: {', '.join(sorted(missing))}",
            en=f"the form has lost questions that are read: {', '.join(sorted(missing))}",
        )


def _without_entities(sheets: Sheets) -> Sheets:
    """The sheets without entities: KoboToolbox has none and its pyxform (3.0.0) refuses them."""
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


def _xform(
    file: str, sheets: Sheets, columns: Mapping[str, list[str]], places: Mapping[str, list[Place]]
) -> str:
    workbook = copy.deepcopy(sheets) | {  # pyxform changes its argument
        f"{name}_header": [dict.fromkeys(header)] for name, header in columns.items()
    }
    try:
        result = convert(workbook)
    except PyXFormError as error:
        raise _refused(file, str(error), places) from error
    if result.warnings:
        warned = "; ".join(result.warnings)
        raise Terminal(f"{file}: pyxform เตือน: {warned}", f"{file}: pyxform warns: {warned}")
    return str(result.xform)


def _refused(file: str, said: str, places: Mapping[str, list[Place]]) -> Terminal:
    """pyxform's message about a row of a sheet, with the skeleton's line that the row came from."""
    told = Sentence(f"pyxform ไม่รับแบบฟอร์มนี้: {said}", f"pyxform refuses the form: {said}")
    row, sheet = _ROW.search(said), _SHEET.search(said)
    at = int(row[1]) - _FIRST_ROW if row else -1
    known = places.get(sheet[1] if sheet else "survey", [])
    if 0 <= at < len(known):
        return known[at].error(th=told.th, en=told.en)
    return Terminal(f"{file}: {told.th}", f"{file}: {told.en}")


def _media(file: str, xform: str, profile: Profile, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The list files that a form reads, empty until lists are published.

    An ODK server provides its entity list itself.
    """
    media = {}
    for name in sorted(set(_LIST_FILE.findall(xform))):
        if name not in COLUMNS:
            raise Terminal(
                f"{file}: {name}.csv ไม่ใช่รายชื่อที่เผยแพร่ ที่มีคือ {', '.join(COLUMNS)}",
                f"{file}: {name}.csv is no list that is published; there are {', '.join(COLUMNS)}",
            )
        if (profile, name) != ("odk", names.APPLICANTS):
            media[f"{name}.csv"] = given.get(name, f"{','.join(COLUMNS[name])}\n".encode())
    return media
