"""All texts of forms are in Thai and in English; missing ones are listed."""

import io
import re
from collections.abc import Iterator, Mapping

import openpyxl
import pytest

from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from tests.unusual_packs import official
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm, Profile
from xlsforms.expand import LANGUAGES

SILENT = {
    "calculate",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "audit",
    "background-geopoint",
    "hidden",
}
SILENT |= {"csv-external", "end_group", "end_repeat"}
LETTER = {"th": re.compile("[ก-ฮ]"), "en": re.compile("[A-Za-z]")}
REFERENCE = re.compile(r"\$\{[^}]*\}")
NO = {"", "no", "false", "false()"}
PACK, CHIANG_RAI = load_pack("2568-sample").pack, Province.named("เชียงราย")
VILLAGES = "name,label,subdistrict\nv1,บ้านตัวอย่าง,570101\n".encode()

Cells = Mapping[str, str]


def missing(form: BuiltForm) -> list[str]:
    """One line for every text that lacks, or that is not in the language it should be in."""
    book = openpyxl.load_workbook(io.BytesIO(form.xlsx), read_only=True)
    found = []
    for sheet, needs in (("survey", needs_of_question), ("choices", needs_of_choice)):
        header, *rows = book[sheet].iter_rows(values_only=True)
        for values in rows:
            cells = {str(column): str(v) for column, v in zip(header, values, strict=True) if v is not None}
            row = f"{sheet} {cells.get('list_name', '')} {cells['name']}" if "name" in cells else sheet
            found += [
                f"{row}: {column} {fault}" for column in needs(cells) for fault in faults(cells, column)
            ]
    return found


def needs_of_question(cells: Cells) -> Iterator[str]:
    if cells["type"] not in SILENT:
        yield "label"
    if any(f"hint::{language}" in cells for language in LANGUAGES.values()):
        yield "hint"
    if "constraint" in cells:
        yield "constraint_message"
    if cells.get("required", "") not in NO:
        yield "required_message"


def needs_of_choice(cells: Cells) -> Iterator[str]:
    yield "label"


def faults(cells: Cells, column: str) -> Iterator[str]:
    for code, language in LANGUAGES.items():
        said = REFERENCE.sub("", cells.get(f"{column}::{language}", ""))
        if f"{column}::{language}" not in cells:
            yield f"lacks {code}"
        elif re.search(r"\w", said) and not LETTER[code].search(said):
            yield f"is not in {code}: {said!r}"


@pytest.mark.parametrize("profile", ["odk", "kobo"])
@pytest.mark.parametrize(
    "options", [{}, {"shared_tablets": True, "villages": VILLAGES}], ids=["plain", "options"]
)
@pytest.mark.parametrize("announced", [False, True])
def test_nothing_lacks_in_either_language(
    profile: Profile, options: dict[str, object], announced: bool
) -> None:
    forms = build_forms(official(PACK) if announced else PACK, CHIANG_RAI, profile, **options)  # type: ignore[arg-type] # as written above
    assert [f"{form.form_id} {line}" for form in forms for line in missing(form)] == []


# No client shows the same screens: Enketo turns pages, ODK Web Forms has one long page, and their buttons are
# named in English or not at all.
CLIENT = re.compile(
    r"หน้าถัดไป|หน้าต่อไป|หน้าก่อน|ปุ่ม|กด|แตะ|ปัด|(next|previous) (page|screen)|button|\b(tap|click|swipe)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("profile", ["odk", "kobo"])
def test_no_text_names_a_button_or_a_page_that_a_client_may_not_have(profile: Profile) -> None:
    forms = build_forms(PACK, CHIANG_RAI, profile, villages=VILLAGES)
    named = [text for form in forms for text in texts(form) if CLIENT.search(text)]
    assert named == []


@pytest.mark.parametrize("profile", ["odk", "kobo"])
def test_every_form_ends_with_what_will_be_sent_and_what_is_missing(profile: Profile) -> None:
    for form in build_forms(PACK, CHIANG_RAI, profile):
        rows = survey(form)
        starts = [row for row in rows if row["type"].startswith("begin_")]
        assert starts[-1]["name"] == "before_sending", form.form_id
        assert starts[-1][f"label::{LANGUAGES['th']}"] == "ตรวจก่อนส่ง"
        last = rows[rows.index(starts[-1]) + 1 :]
        assert {row["type"] for row in last} == {"note", "end_group"}, form.form_id
        assert [row for row in last if row.get("name", "").startswith("missing_")], form.form_id


def survey(form: BuiltForm) -> list[Cells]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(form.xlsx), read_only=True)["survey"].iter_rows(
        values_only=True
    )
    return [{str(c): str(v) for c, v in zip(header, values, strict=True) if v is not None} for values in rows]


def texts(form: BuiltForm) -> Iterator[str]:
    for row in survey(form):
        yield from (text for column, text in row.items() if "::" in column and not column.startswith("bind"))


def test_what_lacks_is_listed() -> None:
    rows: dict[str, list[Cells]] = {
        "survey": [
            {"type": "text", "name": "a", "label::ไทย (th)": "ชื่อ", "label::English (en)": "ชื่อ"},
            {"type": "note", "name": "b", "label::ไทย (th)": "${a}", "label::English (en)": "${a} – "},
            {"type": "text", "name": "c", "constraint": ". != ''", "required": "yes"},
            {"type": "calculate", "name": "d", "calculation": "1"},
        ],
        "choices": [{"list_name": "l", "name": "1", "label::ไทย (th)": "One", "label::English (en)": "One"}],
    }
    book = openpyxl.Workbook()
    for sheet, cells in rows.items():
        page = book.create_sheet(sheet)
        header = list(dict.fromkeys(column for row in cells for column in row))
        page.append(header)
        for row in cells:
            page.append([row.get(column) for column in header])
    file = io.BytesIO()
    book.save(file)
    assert missing(BuiltForm("x", "1", "x", file.getvalue(), "")) == [
        "survey  a: label is not in en: 'ชื่อ'",
        "survey  c: label lacks th",
        "survey  c: label lacks en",
        "survey  c: constraint_message lacks th",
        "survey  c: constraint_message lacks en",
        "survey  c: required_message lacks th",
        "survey  c: required_message lacks en",
        "choices l 1: label is not in th: 'One'",
    ]
