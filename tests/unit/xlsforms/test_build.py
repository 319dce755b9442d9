"""Promises of every built form, checked in the form itself, without a phone or Java."""

import ast
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pyxform.xls2xform import convert

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from tests.unusual_packs import official
from xlsforms import contract, names
from xlsforms.build import FORMS as SKELETON_FILES
from xlsforms.build import SKELETONS, build_forms
from xlsforms.built import BuiltForm, Profile
from xlsforms.list_columns import COLUMNS

PACK = load_pack("2568-sample").pack
CHIANG_RAI = Province.named("เชียงราย")
XFORMS = "http://www.w3.org/2002/xforms"
NS = {"x": XFORMS, "h": "http://www.w3.org/1999/xhtml", "orx": "http://openrosa.org/xforms"}

PROFILES: tuple[Profile, ...] = ("odk", "kobo")
KEYS = [f"{profile} {form_id}" for profile in PROFILES for form_id in SKELETON_FILES.values()]
every_form = pytest.mark.parametrize("form", KEYS, indirect=True)


def all_forms() -> dict[str, BuiltForm]:
    return {f"{profile} {form.form_id}": form for profile in PROFILES
            for form in build_forms(PACK, CHIANG_RAI, profile)}  # fmt: skip


forms, built_again = cache(all_forms), cache(all_forms)


@pytest.fixture(name="form")
def one_form(request: pytest.FixtureRequest) -> BuiltForm:
    return forms()[request.param]


def odk(form_id: str) -> BuiltForm:
    return forms()[f"odk {form_id}"]


def tree(form: BuiltForm) -> etree._Element:
    return etree.fromstring(form.xform.encode())


def built(form_id: str, pack: Pack = PACK, profile: Profile = "odk", **options: Any) -> BuiltForm:
    return next(form for form in build_forms(pack, CHIANG_RAI, profile, **options) if form.form_id == form_id)


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
def test_a_field_name_stands_once_in_its_form(form: BuiltForm) -> None:
    nodes = [str(bind.get("nodeset")) for bind in tree(form).iterfind(".//x:bind", NS)]
    leaves = [node.rsplit("/", 1)[1] for node in nodes]
    assert sorted(leaves) == sorted(set(leaves))


@every_form
def test_photos_are_scaled_and_their_repeats_never_stand_in_a_field_list(form: BuiltForm) -> None:
    root = tree(form)
    for control in root.iterfind(".//x:upload", NS):
        (bind,) = root.iterfind(f".//x:bind[@nodeset='{control.get('ref')}']", NS)
        assert int(bind.get("{http://openrosa.org/xforms}max-pixels", "")) <= 2400
    for repeat in root.iterfind(".//x:repeat", NS):
        assert not [a for a in repeat.iterancestors() if "field-list" in (a.get("appearance") or "")]


def document_fields(pack: Pack) -> Iterator[tuple[str, str]]:
    for standard in pack.standards:
        for document in standard.documents:
            yield names.document(standard.code, document.code), names.photo(standard.code, document.code)


def test_no_document_and_no_photo_is_required() -> None:
    required = {
        str(bind.get("nodeset")).rsplit("/", 1)[1]
        for bind in tree(odk(names.APPLICATION)).iterfind(".//x:bind[@required]", NS)
    }
    assert required
    for status, photo in document_fields(PACK):
        assert not {status, photo} & required


def test_the_fields_that_others_read_are_in_the_forms() -> None:
    for form in forms().values():
        assert contract.fields(form.form_id, PACK) <= fields(form)
    assert "entity" in fields(odk(names.APPLICATION))


def test_only_what_the_pack_allows_can_be_waived() -> None:
    waivable = {
        names.waived_by(standard.code, document.code)
        for standard in PACK.standards
        for document in standard.documents
        if document.waivable
    }
    assert waivable
    assert {field for field in fields(odk(names.APPLICATION)) if field.startswith("waived_")} == waivable


def test_hints_tell_what_to_cover() -> None:
    hints = texts(odk(names.APPLICATION))["ไทย (th)"]
    for standard in PACK.standards:
        for document in standard.documents:
            field = names.document(standard.code, document.code)
            (hint,) = (text for id_, text in hints.items() if id_.endswith(f"/{field}:hint"))
            for word in document.redact:
                assert word in hint
            if document.waivable:
                assert "ใช้เพื่อสมัคร มชช. เท่านั้น" in hint


def test_an_indicator_that_must_be_met_says_so() -> None:
    data = PACK.model_dump()
    indicator = data["standards"][0]["dimensions"][0]["components"][0]["indicators"][0]
    indicator["required_to_pass"] = True
    form = built(names.ONSITE, Pack.model_validate(data))
    hints = [text for text in texts(form)["ไทย (th)"].values() if text.startswith("ต้องผ่านข้อนี้ · ")]
    assert len(hints) == 1 + odk(names.ONSITE).xform.count("ต้องผ่านข้อนี้ · ")


def test_districts_are_those_of_the_province() -> None:
    lamphun = Province.named("ลำพูน")
    for form in build_forms(PACK, lamphun, "odk"):
        items = tree(form).findall(".//x:instance[@id='district']/x:root/x:item", NS)
        assert [item.findtext("x:name", namespaces=NS) for item in items] == [
            district.code for district in lamphun.districts
        ]


def test_a_pack_that_is_not_official_says_so_where_its_criteria_stand() -> None:
    assert "เกณฑ์ตัวอย่าง" in odk(names.ONSITE).xform
    announced = PACK.model_copy(update={"official": True})
    assert "เกณฑ์ตัวอย่าง" in built(names.ONSITE, announced).xform
    assert "เกณฑ์ตัวอย่าง" not in built(names.ONSITE, official(PACK)).xform


def test_kobo_has_no_entities_and_gets_the_applicants_as_a_file() -> None:
    listed = (
        b"name,label,applicant_type,applicant_name,district,district_name,status,missing_docs,missing_th,"
    )
    listed += b"bad_pages,round_due,registration_no,sent_at\n"
    for form in (forms()[f"kobo {form_id}"] for form_id in SKELETON_FILES.values()):
        assert "entities" not in form.xform
        assert "save_to" not in form.xform
        chooses = form.form_id != names.APPLICATION
        assert form.media.get("applicants.csv") == (listed if chooses else None)
    assert not [
        key for key, form in forms().items() if key.startswith("odk") and "applicants.csv" in form.media
    ]


@every_form
def test_every_list_that_a_form_reads_comes_with_it_but_an_entity_list(form: BuiltForm) -> None:
    read = set(re.findall('jr://file(?:-csv)?/([^"]+)', form.xform))
    if form in (odk(form_id) for form_id in SKELETON_FILES.values()):
        read.discard("applicants.csv")
    assert read == form.media.keys()
    for name, content in form.media.items():
        assert content.decode() == ",".join(COLUMNS[name.removesuffix(".csv")]) + "\n"


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
    key = next(key for key in forms() if forms()[key] is form)
    assert built_again()[key].xlsx == form.xlsx
    with zipfile.ZipFile(io.BytesIO(form.xlsx)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    made = openpyxl.load_workbook(io.BytesIO(form.xlsx)).properties
    assert made.created == made.modified == datetime(2000, 1, 1)  # noqa: DTZ001 - as openpyxl reads it


# What someone who knows XLSForm but not Python may do to a skeleton.


def edited(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    shutil.copytree(SKELETONS, folder, dirs_exist_ok=True)
    text = (folder / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / file).write_text(text, encoding="utf-8")
    return folder


def test_a_hint_changed_in_the_file_changes_the_form_and_its_version(tmp_path: Path) -> None:
    skeletons = edited(tmp_path, "application.yaml", ("ประกาศฉบับเต็มอยู่ด้านล่าง", "อ่านให้ฟัง"))
    changed, *others = build_forms(PACK, CHIANG_RAI, "odk", skeletons)
    assert "อ่านออกเสียงให้ผู้สมัครฟังก่อนกรอก อ่านให้ฟัง" in texts(changed)["ไทย (th)"].values()
    assert changed.version != odk(names.APPLICATION).version
    assert others == [odk(form.form_id) for form in others]


def test_a_version_names_the_year_and_the_content() -> None:
    assert all(re.fullmatch("2568-[0-9a-f]{8}", form.version) for form in forms().values())
    other = PACK.model_copy(update={"fiscal_year_be": 2569})
    for after in build_forms(other, CHIANG_RAI, "odk"):
        assert odk(after.form_id).version.split("-")[1] != after.version.split("-")[1]


def test_one_document_may_have_a_hint_of_its_own(tmp_path: Path) -> None:
    own = "  document_hint:\n    lead_team_list: {th: รายชื่อทีมพร้อมตำแหน่ง, en: The team with positions}\n"
    skeletons = edited(tmp_path, "parts/document_texts.yaml", ("  document_hint:\n", own))
    hints = texts(built(names.APPLICATION, skeletons=skeletons))["English (en)"]
    field = names.document(ApplicantType.GROUP, "lead_team_list")
    assert hints[f"/data/documents_group/{field}:hint"] == "The team with positions"


BROKEN = {
    "unknown word": (
        "name: <<district.code>>",
        "name: <<district.cod>>",
        "line [0-9]{3}: <<district.cod>> is unknown",
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
    "reference to nothing": (
        "relevant: ${national_id} = ''",
        "relevant: ${natinal_id} = ''",
        "line [0-9]{3}: pyxform refuses",
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


@pytest.mark.parametrize(
    ("file", "begins", "old", "new"),
    [
        ("application.yaml", "type: select_one no_national_id", "${national_id} = ''", "${natinal_id} = ''"),
        ("application.yaml", "list_name: consent", 'name: "no"', 'name: "yes"'),
        ("parts/choose_applicant.yaml", "when: odk", "relevant: ${scan} = ''", "relevant: ${scna} = ''"),
    ],
)
def test_what_pyxform_says_of_a_row_is_said_of_its_line(
    tmp_path: Path, file: str, begins: str, old: str, new: str
) -> None:
    skeletons = edited(tmp_path, file, (old, new))
    with pytest.raises(Terminal, match="pyxform refuses") as refused:
        build_forms(PACK, CHIANG_RAI, "odk", skeletons)
    named = re.match(r"(\S+), line (\d+): ", str(refused.value))
    assert named, refused.value
    text = (skeletons / file).read_text(encoding="utf-8").splitlines()
    row = "\n".join(text[int(named[2]) - 1 :]).split("\n  - ")[0]
    assert named[1] == Path(file).name
    assert row.strip(" -").startswith(begins)
    assert new in row


def test_another_pyxform_that_makes_another_xform_makes_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def newer(workbook: object) -> object:
        made = convert(workbook)
        made.xform = made.xform.replace("<h:title>", "<h:title> ")
        return made

    monkeypatch.setattr("xlsforms.build.convert", newer)
    assert built(names.KNOWLEDGE).version != odk(names.KNOWLEDGE).version


def test_only_where_tablets_are_shared_is_it_asked_who_holds_one() -> None:
    def asking(**options: Any) -> list[str]:
        return [
            f.form_id for f in build_forms(PACK, CHIANG_RAI, "odk", **options) if "identify-user" in f.xform
        ]

    assert asking() == []
    assert asking(shared_tablets=True) == [names.SELF_ASSESSMENT, names.ONSITE]
    audited = [form.form_id for form in build_forms(PACK, CHIANG_RAI, "odk") if "<audit/>" in form.xform]
    assert audited == [names.SELF_ASSESSMENT, names.ONSITE]


@every_form
def test_no_file_has_a_name_that_kobotoolbox_would_garble(form: BuiltForm) -> None:
    for control in tree(form).iterfind(".//x:upload", NS):
        repeats = [e for e in control.iterancestors() if etree.QName(e).localname == "repeat"]
        name = str(control.get("ref")).rsplit("/", 1)[1]
        assert not [e for e in repeats if name.startswith(str(e.get("nodeset")).rsplit("/", 1)[1])]


def test_texts_without_other_are_refused_in_the_file_they_stand_in(tmp_path: Path) -> None:
    skeletons = edited(tmp_path, "parts/document_texts.yaml", ("    other:", "    others:"))
    with pytest.raises(Terminal, match=r"document_texts\.yaml, line .* needs at least the key `other`"):
        build_forms(PACK, CHIANG_RAI, "odk", skeletons)


def test_a_missing_skeleton_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Terminal, match=r"cannot read the form skeleton application\.yaml"):
        build_forms(PACK, CHIANG_RAI, "odk", tmp_path)


def test_questions_of_a_type_follow_each_other_in_the_order_of_the_pack() -> None:
    binds = tree(odk(names.ONSITE)).iterfind(".//x:bind", NS)
    order = [str(bind.get("nodeset")).rsplit("/", 1)[1] for bind in binds]
    places = [order.index(names.indicator(i.code)) for s in PACK.standards for i in s.indicators]
    assert all(before < after for before, after in pairwise(places))


def test_neither_hash_seed_nor_locale_nor_zone_reaches_a_form() -> None:
    here = {(form.version, hashlib.sha256(form.xlsx).hexdigest()) for form in forms().values()}
    script = (
        "import hashlib; from tests.unit.xlsforms.test_build import forms\n"
        "print({(form.version, hashlib.sha256(form.xlsx).hexdigest()) for form in forms().values()})"
    )
    other = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    root = SKELETONS.parent.parent
    out = subprocess.check_output([sys.executable, "-c", script], env=os.environ | other, cwd=root, text=True)
    assert ast.literal_eval(out) == here
