"""The .xlsx files as staff upload them: the converters of ODK and KoboToolbox make the same forms as ours."""

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from pyxform.xls2xform import convert

from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from tests.form_content import content, differences
from tests.kobo_pyxform import convert_as_kobo
from tests.unusual_packs import UNUSUAL
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm, Profile

CHIANG_RAI = Province.named("เชียงราย")
PACKS = {"2568-sample": load_pack("2568-sample").pack, **UNUSUAL}
# 500 indicators take a converter as long as all others together; ODK Validate reads them in CI.
LARGE = "500 indicators"
EACH = [pytest.param(pack, marks=pytest.mark.long) if pack == LARGE else pack for pack in PACKS]
MODEL = "{http://www.w3.org/2002/xforms}model"


@cache
def built(pack: str, profile: Profile) -> dict[str, BuiltForm]:
    return {form.form_id: form for form in build_forms(PACKS[pack], CHIANG_RAI, profile)}


def canonical(xform: str) -> bytes:
    """Without what means nothing: the order of attributes, and of the model's children of different kinds."""
    root = etree.fromstring(xform.encode())
    (model,) = root.iter(MODEL)
    model[:] = sorted(model, key=lambda element: str(element.tag))
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("pack", EACH)
def test_the_file_uploaded_to_kobo_gives_our_form(tmp_path: Path, pack: str) -> None:
    check_upload(tmp_path, pack, "kobo")


def test_the_file_uploaded_to_central_gives_our_form(tmp_path: Path) -> None:
    check_upload(tmp_path, "2568-sample", "odk")


def check_upload(tmp_path: Path, pack: str, profile: Profile) -> None:
    for form_id, form in built(pack, profile).items():
        file = tmp_path / f"{form_id}.xlsx"
        file.write_bytes(form.xlsx)
        converted = convert(file)
        assert converted.warnings == []
        assert differences(content(form.xform), content(converted.xform)) == []
        assert converted.xform == form.xform


@pytest.mark.parametrize("pack", EACH)
def test_the_converter_that_kobotoolbox_pins_gives_our_form(pack: str) -> None:
    forms = built(pack, "kobo")
    for form_id, converted in convert_as_kobo({key: form.xlsx for key, form in forms.items()}).items():
        assert converted.warnings == ()
        assert differences(content(forms[form_id].xform), content(converted.xform)) == []
        assert canonical(forms[form_id].xform) == canonical(converted.xform)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("label::English (en)", "Another", ["text English (en) /data/applicant_type:label"]),
        ("required", "false()", ["bind /data/applicant_type"]),
        ("relevant", "1 = 1", ["bind /data/applicant_type"]),
        ("appearance", "minimal", ["question /data/applicant_type"]),
    ],
)
def test_the_comparison_names_the_field_that_differs(column: str, value: str, told: list[str]) -> None:
    form = built("2568-sample", "kobo")[names.APPLICATION]
    found = differences(content(form.xform), content(convert(changed(form, column, value)).xform))
    assert [line.split(": ours")[0] for line in found] == told


def changed(form: BuiltForm, column: str, value: str) -> bytes:
    """The form's workbook with one cell of the question `applicant_type` written anew."""
    book = openpyxl.load_workbook(io.BytesIO(form.xlsx))
    sheet = book["survey"]
    header = [cell.value for cell in sheet[1]]
    (row,) = (
        row for row in sheet.iter_rows(min_row=2) if row[header.index("name")].value == "applicant_type"
    )
    sheet.cell(row[0].row, header.index(column) + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
