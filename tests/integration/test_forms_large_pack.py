"""A pack of 500 indicators, with emoji and labels of 200 characters, from Excel to a form."""

from pathlib import Path
from typing import Literal

import pytest

from mochocho.standards.sheets.export import workbook_of
from mochocho.standards.sheets.read_pack import read_pack
from mochocho.words.places import Province
from tests.pack_strategies import large_pack
from tests.workbooks import written
from xlsforms import names
from xlsforms.build import build_forms


@pytest.mark.parametrize("profile", ["kobo", pytest.param("odk", marks=pytest.mark.long)])
def test_every_indicator_stands_in_the_score_sheet(tmp_path: Path, profile: Literal["odk", "kobo"]) -> None:
    pack = read_pack(written(tmp_path, workbook_of(large_pack(500)))).pack
    assert pack
    forms = {form.form_id: form for form in build_forms(pack, Province.named("เชียงราย"), profile)}
    xform = forms[names.ONSITE].xform
    for indicator in pack.standards[0].indicators:
        assert indicator.th in xform
        assert f'/{names.indicator(indicator.code)}"' in xform
