"""The sample's instances equal, element by element, what JavaRosa makes of the same answers."""

import csv
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from mochocho.app.demo import instances, invented_people
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.engine import Form
from mochocho.app.demo.sample_province import Course, Fault, Plan, chiang_rai, small
from mochocho.standards.load import load_pack
from mochocho.words.places import Province
from tests.headless.collect import headless
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm

PACK, PROVINCE = load_pack("2568-sample").pack, Province.named("เชียงราย")
CODES = {d.name_th: d.code for d in PROVINCE.districts}
OF_THE_MOMENT = {"start", "end", "instanceID", "deprecatedID"}

WHOLE = chiang_rai()
SINGLED = tuple(u for u in WHOLE.units if u.course or u.judged or u.fault is Fault.APART)
SINGLED_OUT = replace(WHOLE, units=SINGLED, districts=tuple(dict.fromkeys(u.district for u in SINGLED)))
PLANS = [
    pytest.param(small(30), id="30"),
    pytest.param(SINGLED_OUT, id="singled out"),
    pytest.param(WHOLE, id="149", marks=pytest.mark.long),
]


@cache
def forms() -> dict[str, BuiltForm]:
    return {form.form_id: form for form in build_forms(PACK, PROVINCE, "odk")}


@pytest.mark.parametrize("plan", PLANS)
def test_applications(plan, tmp_path):
    form = Form(forms()[names.APPLICATION].xform.encode())
    for unit in plan.units:
        given = (unit, PACK.standard(unit.type), CODES[unit.district], Studio())
        for filled in (instances.application(*given), instances.edited_application(*given)):
            java = by_javarosa(names.APPLICATION, filled, tmp_path, tmp_path)
            assert content(form.fill(filled.answers, filled.stamp)) == content(java), unit


@pytest.mark.parametrize("plan", PLANS)
def test_score_sheets(plan, tmp_path):
    rows = applicants(plan)
    for district in plan.districts:
        form = Form(forms()[names.ONSITE].xform.encode(), {names.APPLICANTS: rows[district]})
        media = media_folder(tmp_path / CODES[district], rows[district])
        for unit in plan.of(district):
            for filled in instances.sheets(unit, PACK.standard(unit.type), CODES[district], Studio()):
                java = by_javarosa(names.ONSITE, filled, tmp_path, media)
                assert content(form.fill(filled.answers, filled.stamp)) == content(java), unit


def test_the_plan_that_an_assessor_contradicts(tmp_path):
    (unit,) = (u for u in WHOLE.units if u.course is Course.CONTRADICTED)
    rows = applicants(WHOLE)[unit.district]
    form = Form(forms()[names.PLAN].xform.encode(), {names.APPLICANTS: rows})
    filled = instances.plan(unit, PACK.standard(unit.type), CODES[unit.district])
    java = by_javarosa(names.PLAN, filled, tmp_path, media_folder(tmp_path / "media", rows))
    assert content(form.fill(filled.answers, filled.stamp)) == content(java)


def test_what_a_leader_assesses_of_itself(tmp_path):
    (unit,) = (u for u in WHOLE.units if u.course is Course.LATE)
    rows, published = applicants(WHOLE)[unit.district], forms()[names.SELF_ASSESSMENT]
    form = Form(published.xform.encode(), {names.APPLICANTS: rows})
    media = media_folder(tmp_path / "media", rows)
    (media / "plan_items.csv").write_bytes(published.media["plan_items.csv"])
    given = (unit, PACK.standard(unit.type), CODES[unit.district], Studio())
    (filled,) = instances.self_assessments(*given)
    java = by_javarosa(names.SELF_ASSESSMENT, filled, tmp_path, media)
    assert content(form.fill(filled.answers, filled.stamp)) == content(java)


def test_an_edit_names_what_it_replaces_and_changes_one_thing():
    form = Form(forms()[names.APPLICATION].xform.encode())
    for unit in (u for u in chiang_rai().units if u.edit):
        given = (unit, PACK.standard(unit.type), CODES[unit.district], Studio())
        first, second = instances.application(*given), instances.edited_application(*given)
        one, two = (etree.fromstring(form.fill(f.answers, f.stamp)) for f in (first, second))
        assert one.findtext(".//{*}deprecatedID") is None
        assert two.findtext(".//{*}deprecatedID") == one.findtext(".//{*}instanceID")
        assert two.find(".//{*}entity").get("id") == one.find(".//{*}entity").get("id")
        assert changed_fields(one, two) == (
            {"applicant_name", "label", "instanceName"} if unit.edit == "name" else changed_photo(unit)
        )
        assert len(first.files) == len(second.files)


def test_an_answer_to_a_question_that_is_not_in_the_form_is_refused():
    form = Form(forms()[names.APPLICATION].xform.encode())
    filled = instances.application(small().units[0], PACK.standard("leader"), "5707", Studio())
    filled.answers.values["no_such_question"] = "1"
    with pytest.raises(KeyError, match="no_such_question"):
        form.fill(filled.answers, filled.stamp)


def by_javarosa(form_id: str, filled: instances.Filled, folder: Path, media: Path) -> bytes:
    path = folder / f"{form_id}.xml"
    if not path.exists():
        path.write_text(forms()[form_id].xform, "utf-8")
    answers: dict[str, object] = dict(filled.answers.values)
    for rows in filled.answers.repeats.values():
        for row in rows:
            for name, value in row.items():
                answers.setdefault(name, []).append(value)
    repeats = {name: len(rows) for name, rows in filled.answers.repeats.items()}
    device = {"deviceid": "collect:demo"}
    result = headless().fill(path, answers, media_dir=media, repeats=repeats, properties=device)
    assert result.xml is not None, result.problems
    assert not result.problems
    assert not result.unused
    return result.xml.encode()


def content(xml: bytes) -> bytes:
    """Canonical XML without what differs from one filling to the next: times and identifiers."""
    root = etree.fromstring(xml)
    for node in list(root.iter()):
        name = etree.QName(node).localname
        if name == "deprecatedID":
            node.getparent().remove(node)
        elif name in OF_THE_MOMENT:
            assert node.text, name
            node.text = ""
        elif name == "entity":
            assert node.attrib.pop("id")
    return etree.tostring(root, method="c14n", exclusive=True)


def applicants(plan: Plan) -> dict[str, list[dict[str, str]]]:
    rows = defaultdict(list)
    for unit in plan.units:
        name = invented_people.invent(unit).name
        rows[unit.district].append(
            {
                "name": instances.entity_id(unit),
                "label": f"{name} ({unit.district})",
                "__version": "1",
                "applicant_type": unit.type.value,
                "applicant_name": name,
                "district": CODES[unit.district],
                "district_name": unit.district,
            }
        )
    return rows


def media_folder(folder: Path, rows: list[dict[str, str]]) -> Path:
    folder.mkdir()
    with (folder / "applicants.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (folder / "assessors.csv").write_bytes(forms()[names.ONSITE].media["assessors.csv"])
    return folder


def changed_fields(one: etree._Element, two: etree._Element) -> set[str]:
    texts = [{n.tag: n.text for n in root.iter() if len(n) == 0} for root in (one, two)]
    changed = {tag for tag in texts[1] if texts[0].get(tag) != texts[1][tag]}
    return {etree.QName(tag).localname for tag in changed} - OF_THE_MOMENT


def changed_photo(unit) -> set[str]:
    code = next(d.code for d in PACK.standard(unit.type).documents if d.capture != "signed_form")
    return {names.photo(unit.type, code)}
