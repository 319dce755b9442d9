"""What every built form promises, seen in the form itself: no phone and no Java."""

import ast
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from pyxform.xls2xform import convert

from mochocho.errors import Terminal
from mochocho.model import ApplicantType
from mochocho.places import Province
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from xlsforms import contract, names
from xlsforms.build import SKELETONS, BuiltForm, build_forms

PACK = load_pack("2568-sample").pack
CHIANG_RAI = Province.named("เชียงราย")
XFORMS = "http://www.w3.org/2002/xforms"
NS = {"x": XFORMS, "h": "http://www.w3.org/1999/xhtml", "orx": "http://openrosa.org/xforms"}
THAI_LETTER = re.compile("[ก-ฮ]")
LATIN_LETTER = re.compile("[A-Za-z]")

FORMS = {f"{profile} {form.form_id}": form for profile in ("odk", "kobo")
         for form in build_forms(PACK, CHIANG_RAI, profile)}  # fmt: skip
application, onsite = (FORMS[f"odk {form_id}"] for form_id in (names.APPLICATION, names.ONSITE))
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def tree(form: BuiltForm) -> etree._Element:
    return etree.fromstring(form.xform.encode())


def fields(form: BuiltForm) -> set[str]:
    (instance,) = tree(form).iterfind(".//x:model/x:instance[1]/*", NS)
    return {etree.QName(element).localname for element in instance.iter(etree.Element)}


def texts(form: BuiltForm) -> dict[str, dict[str, str]]:
    """Language -> text id -> text."""
    return {
        str(language.get("lang")): {
            str(text.get("id")): str(text.xpath("string(x:value)", namespaces=NS))
            for text in language.iterfind("x:text", NS)
        }
        for language in tree(form).iterfind(".//x:itext/x:translation", NS)
    }


@every_form
def test_every_text_stands_in_thai_and_in_english(form: BuiltForm) -> None:
    thai, english = (texts(form)[language] for language in ("ไทย (th)", "English (en)"))
    assert thai.keys() == english.keys()
    for id_ in thai:
        assert THAI_LETTER.search(thai[id_]), (id_, thai[id_])
        assert LATIN_LETTER.search(english[id_]), (id_, english[id_])


@every_form
def test_every_question_has_a_label_and_every_rule_a_message(form: BuiltForm) -> None:
    root = tree(form)
    for kind in ("input", "select1", "upload", "group"):
        for control in root.iterfind(f".//h:body//x:{kind}", NS):
            assert control.find("x:label", NS) is not None, control.get("ref")
    for bind in root.iterfind(".//x:bind", NS):
        for rule, message in (("constraint", "constraintMsg"), ("required", "requiredMsg")):
            if bind.get(rule):
                text = bind.get(f"{{http://openrosa.org/javarosa}}{message}") or ""
                assert text.startswith("jr:itext("), bind.get("nodeset")


@every_form
def test_a_field_name_stands_once_in_its_form(form: BuiltForm) -> None:
    nodes = [str(bind.get("nodeset")) for bind in tree(form).iterfind(".//x:bind", NS)]
    leaves = [node.rsplit("/", 1)[1] for node in nodes]
    assert sorted(leaves) == sorted(set(leaves))


@every_form
def test_photos_are_scaled_and_their_repeats_never_stand_in_a_field_list(form: BuiltForm) -> None:
    root = tree(form)
    for control in root.iterfind(".//x:upload", NS):
        (bind,) = root.iterfind(f".//x:bind[@nodeset='{control.get('ref')}']", NS)
        assert int(bind.get("{http://openrosa.org/xforms}max-pixels", "")) <= 2000
    for repeat in root.iterfind(".//x:repeat", NS):
        assert not [a for a in repeat.iterancestors() if "field-list" in (a.get("appearance") or "")]


def document_fields(pack: Pack) -> Iterator[tuple[str, str]]:
    for standard in pack.standards:
        for document in standard.documents:
            yield names.document(standard.code, document.code), names.photo(standard.code, document.code)


def test_no_document_and_no_photo_is_required() -> None:
    required = {
        str(bind.get("nodeset")).rsplit("/", 1)[1]
        for bind in tree(application).iterfind(".//x:bind[@required]", NS)
    }
    assert required
    for status, photo in document_fields(PACK):
        assert not {status, photo} & required


def test_the_fields_that_others_read_are_in_the_forms() -> None:
    for form in FORMS.values():
        assert contract.fields(form.form_id, PACK) <= fields(form)
    assert "entity" in fields(application)


def test_only_what_the_pack_allows_can_be_waived() -> None:
    waivable = {
        names.waived_by(standard.code, document.code)
        for standard in PACK.standards
        for document in standard.documents
        if document.waivable
    }
    assert waivable
    assert {field for field in fields(application) if field.startswith("waived_")} == waivable


def test_hints_tell_what_to_cover() -> None:
    hints = texts(application)["ไทย (th)"]
    for standard in PACK.standards:
        for document in standard.documents:
            field = names.document(standard.code, document.code)
            (hint,) = (text for id_, text in hints.items() if id_.endswith(f"/{field}:hint"))
            for word in document.redact:
                assert word in hint
            if document.waivable:
                assert "ใช้สำหรับสมัคร มชช. ปี 2568 เท่านั้น" in hint


def test_an_indicator_that_must_be_met_says_so() -> None:
    data = PACK.model_dump()
    indicator = data["standards"][0]["dimensions"][0]["components"][0]["indicators"][0]
    indicator["required_to_pass"] = True
    form = build_forms(Pack.model_validate(data), CHIANG_RAI, "odk")[1]
    hints = [text for text in texts(form)["ไทย (th)"].values() if text.startswith("ต้องผ่านข้อนี้ · ")]
    assert len(hints) == 1 + onsite.xform.count("ต้องผ่านข้อนี้ · ")


def test_districts_are_those_of_the_province() -> None:
    lamphun = Province.named("ลำพูน")
    for form in build_forms(PACK, lamphun, "odk"):
        items = tree(form).findall(".//x:instance[@id='district']/x:root/x:item", NS)
        assert [item.findtext("x:name", namespaces=NS) for item in items] == [
            district.code for district in lamphun.districts
        ]


def test_a_pack_that_is_not_official_says_so_where_its_criteria_stand() -> None:
    assert "เกณฑ์ตัวอย่าง" in onsite.xform
    official = PACK.model_copy(update={"official": True})
    assert "เกณฑ์ตัวอย่าง" not in build_forms(official, CHIANG_RAI, "odk")[1].xform


def test_kobo_gets_the_applicants_as_a_file_and_no_entities() -> None:
    kobo = {form.form_id: form for form in build_forms(PACK, CHIANG_RAI, "kobo")}
    assert not [form for form in kobo.values() if "entities" in form.xform or "save_to" in form.xform]
    assert kobo[names.APPLICATION].media == {}
    assert kobo[names.ONSITE].media == {
        "applicants.csv": b"name,label,applicant_type,applicant_name,district,district_name\n"
    }
    assert not application.media
    assert not onsite.media


@every_form
def test_the_workbook_is_for_people(form: BuiltForm) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form.xlsx))
    survey = book["survey"]
    assert survey.freeze_panes == "C2"
    assert all(cell.font.bold for cell in survey[1])
    assert survey.column_dimensions["C"].width > 20


@every_form
def test_the_workbook_gives_the_same_xform(form: BuiltForm) -> None:
    assert convert(form.xlsx, file_type=".xlsx").xform == form.xform


@every_form
def test_the_workbook_tells_nothing_of_when_it_was_made(form: BuiltForm) -> None:
    assert build_again(form).xlsx == form.xlsx
    with zipfile.ZipFile(io.BytesIO(form.xlsx)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    made = openpyxl.load_workbook(io.BytesIO(form.xlsx)).properties
    assert made.created == made.modified == datetime(2000, 1, 1)  # noqa: DTZ001 - as openpyxl reads it


def build_again(form: BuiltForm) -> BuiltForm:
    profile = next(name for name, built in FORMS.items() if built is form).split()[0]
    assert profile in ("odk", "kobo")
    built = build_forms(PACK, CHIANG_RAI, "odk" if profile == "odk" else "kobo")
    return next(again for again in built if again.form_id == form.form_id)


# What someone who knows XLSForm but not Python may do to a skeleton.


def edited(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for skeleton in SKELETONS.iterdir():
        text = skeleton.read_text(encoding="utf-8")
        for old, new in changes if skeleton.name == file else ():
            assert old in text
            text = text.replace(old, new, 1)
        (folder / skeleton.name).write_text(text, encoding="utf-8")
    return folder


def test_a_hint_changed_in_the_file_changes_the_form_and_its_version(tmp_path: Path) -> None:
    skeletons = edited(tmp_path, "application.yaml", ("ไม่ต้องพิมพ์คำว่า ตำบล", "พิมพ์เฉพาะชื่อตำบล"))
    changed, same = build_forms(PACK, CHIANG_RAI, "odk", skeletons)
    assert "พิมพ์เฉพาะชื่อตำบล" in texts(changed)["ไทย (th)"]["/data/who/subdistrict:hint"]
    assert changed.version != application.version
    assert same == onsite


def test_a_version_names_the_year_and_the_content() -> None:
    assert all(re.fullmatch("2568-[0-9a-f]{8}", form.version) for form in FORMS.values())
    other = PACK.model_copy(update={"fiscal_year_be": 2569})
    for before, after in zip((application, onsite), build_forms(other, CHIANG_RAI, "odk"), strict=True):
        assert before.version.split("-")[1] != after.version.split("-")[1]


def test_one_document_may_have_a_hint_of_its_own(tmp_path: Path) -> None:
    own = "  document_hint:\n    lead_team_list: {th: รายชื่อทีมพร้อมตำแหน่ง, en: The team with positions}\n"
    skeletons = edited(tmp_path, "application.yaml", ("  document_hint:\n", own))
    hints = texts(build_forms(PACK, CHIANG_RAI, "odk", skeletons)[0])["English (en)"]
    field = names.document(ApplicantType.GROUP, "lead_team_list")
    assert hints[f"/data/documents_group/{field}:hint"] == "The team with positions"


BROKEN = {
    "unknown word": (
        "name: <<district.code>>",
        "name: <<district.cod>>",
        "line 4[0-9]{2}: <<district.cod>> is unknown",
    ),
    "unknown tag": ("when: duration_months", "when: duration", "`when: duration` is unknown"),
    "unknown part": ("for_each: type", "for_each: types", "`for_each: types` cannot stand here"),
    "part of another": ("for_each: type", "for_each: option", "`for_each: option` cannot stand here"),
    "unknown text": ("<<text.photo_hint>>", "<<text.photo>>", "<<text.photo>> stands nowhere"),
    "unknown column": ("    hint:", "    hnit:", "unknown column 'hnit'"),
    "one language": ("      en: District\n", "", "`label:` needs a text for th and one for en"),
    "twice": ("    name: phone\n", "    name: phone\n    name: phone\n", "'name' stands twice"),
    "not YAML": ("settings:", "settings: [", "line [0-9]+: not readable as YAML"),
    "no settings": ("settings:", "setings:", "unknown part 'setings'"),
    "beside rows": (
        "  - for_each: type\n",
        "  - for_each: type\n    label: x\n",
        "cannot stand beside `rows:`",
    ),
    "text without other": ("    other:", "    others:", "needs at least the key `other`"),
    "reference to nothing": (
        "relevant: ${national_id} = ''",
        "relevant: ${natinal_id} = ''",
        "pyxform refuses",
    ),
    "question renamed": ("name: phone", "name: telephone", "has lost questions that are read: phone"),
    "another form": ("form_id: mochocho_application", "form_id: x", "need `form_id: mochocho_application`"),
    "no title": ("  form_title:", "  # form_title:", "and a `form_title:`"),
    "unknown type": ("- type: date\n", "- type: dtae\n", "pyxform refuses"),
}


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_skeleton_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    skeletons = edited(tmp_path, "application.yaml", (old, new))
    with pytest.raises(Terminal, match=sentence) as refused:
        build_forms(PACK, CHIANG_RAI, "odk", skeletons)
    assert str(refused.value).startswith("application.yaml")


NOT_SKELETONS = {
    "empty": ("", "line 1: the file is empty"),
    "words": ("a form", "line 1: expected `key: value` lines"),
    "no settings": ("survey: []", "`settings:` is missing"),
    "survey of words": ("settings: {}\nsurvey: rows", "`survey:` must be a list"),
    "a row of words": ("settings: {}\nsurvey:\n  - a row", "line 3: expected `key: value` lines"),
    "texts of words": ("settings: {}\ntexts: words", "`texts:` must hold named texts"),
    "rows of words": ("settings: {}\nsurvey:\n  - rows: some", "line 3: `rows:` must be a list"),
    "a type of two": ("settings: {}\nsurvey:\n  - type: {th: a, en: b}", "`type:` must be a word or a text"),
    "Latin-1": ("settings: {}\xff", "cannot read the form skeleton"),
}


@pytest.mark.parametrize(("text", "sentence"), NOT_SKELETONS.values(), ids=NOT_SKELETONS)
def test_a_file_that_is_no_skeleton_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "application.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(Terminal, match=re.escape(sentence)):
        build_forms(PACK, CHIANG_RAI, "odk", tmp_path)


def test_a_missing_skeleton_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Terminal, match=r"cannot read the form skeleton application\.yaml"):
        build_forms(PACK, CHIANG_RAI, "odk", tmp_path)


def test_questions_of_a_type_follow_each_other_in_the_order_of_the_pack() -> None:
    order = [str(bind.get("nodeset")).rsplit("/", 1)[1] for bind in tree(onsite).iterfind(".//x:bind", NS)]
    places = [order.index(names.indicator(i.code)) for s in PACK.standards for i in s.indicators]
    assert all(before < after for before, after in pairwise(places))


def test_neither_hash_seed_nor_locale_nor_zone_reaches_a_form() -> None:
    here = {(form.version, hashlib.sha256(form.xlsx).hexdigest()) for form in FORMS.values()}
    script = (
        "import hashlib; from tests.unit.xlsforms.test_build import FORMS\n"
        "print({(form.version, hashlib.sha256(form.xlsx).hexdigest()) for form in FORMS.values()})"
    )
    other = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    root = SKELETONS.parent.parent
    out = subprocess.check_output([sys.executable, "-c", script], env=os.environ | other, cwd=root, text=True)
    assert ast.literal_eval(out) == here
