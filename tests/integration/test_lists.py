"""The lists that phones choose from: computed, published once, limited to districts."""

import csv
import io
from dataclasses import replace

from sqlalchemy import select

from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import Assessor, Committees
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing.assessment import assess
from processing.register import register_forms
from reports.lists import list_rows, publish_lists
from reports.lists.list_rows import assessor_rows
from sync import officers
from sync.openrosa.officer_lists import as_csv
from sync.publish.published import put_list
from sync.tables import Entity, PublishedList, PublishedRow
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror
from xlsforms import names
from xlsforms.list_columns import COLUMNS

GROUP = ApplicantType.GROUP
OF_APPLICANTS = ["applicants", "plan_items"]


def run(home: Home) -> list[str]:
    """One turn of the conveyor; the lists that were due."""
    register_forms.run(home)
    assess.do(home, assess.due(home))
    due = publish_lists.due(home)
    assert publish_lists.do(home, due) == {}
    assert publish_lists.due(home) == []
    return due


def rows(home: Home, name: str) -> dict[str, PublishedRow]:
    with reading(home.engine) as session:
        return {row.name: row for row in session.scalars(select(PublishedRow).filter_by(list_name=name))}


def applicant(home: Home, number: int = 1) -> dict[str, str]:
    return rows(home, "applicants")[mirror.ENTITY.format(number)].fields


def officer(home: Home, *districts: str) -> officers.Officer:
    id_, _ = officers.add(home, "นางสาวเอ สมมติ", districts)
    return next(one for one in officers.listing(home) if one.id == id_)


def served(home: Home, name: str, to: officers.Officer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(home, to, name).decode())))


def add_entity(home: Home, number: int, district: str) -> None:
    with transaction(home.engine) as session:
        key = mirror.ENTITY.format(number)
        properties = {
            "district": district,
            "applicant_type": "group",
            "applicant_name": "ก",
            "district_name": "ข",
        }
        session.add(Entity(list_name="applicants", uuid=key, root_id=key, label="ก", properties=properties))


def test_an_applicant_is_told_what_is_missing_page_by_page(any_home: Home) -> None:
    form = mirror.application(any_home, 1)
    document = next(d for d in any_home.pack.standard(GROUP).documents if d.capture == "pages")
    photo, status = names.photo(GROUP, document.code), names.document(GROUP, document.code)
    form.fields |= {photo: ["1.jpg", "2.jpg"], status: "attached"}
    form.files |= {"1.jpg": mirror.photo(), "2.jpg": b"no picture"}
    signed = next(d for d in any_home.pack.standard(GROUP).documents if d.capture == "signed_form")
    form.fields[names.document(GROUP, signed.code)] = "later"
    mirror.send(any_home, form)
    assert run(any_home) == OF_APPLICANTS
    row = applicant(any_home)
    assert tuple(row) == tuple(c for c in COLUMNS["applicants"] if c != "sent_at")
    assert row["status"] == "incomplete"
    assert row["missing_docs"] == signed.code
    assert row["bad_pages"] == f"{document.code}:2"
    assert row["missing_th"] == f"ยังขาด {signed.th} และต้องถ่ายใหม่ {document.th} หน้าที่ 2"
    assert row["label"] == f"{form.fields['applicant_name']} ({any_home.province.districts[0].name_th})"


def test_a_row_s_version_grows_with_what_it_says_and_only_then(any_home: Home) -> None:
    form = mirror.application(any_home, 1)
    mirror.send(any_home, form, mirror.application(any_home, 2))
    run(any_home)
    assert (applicant(any_home)["status"], applicant(any_home)["missing_docs"]) == ("registered", "")
    assert run(any_home) == []
    mirror.send(any_home, own.self_assessment(any_home, 1, "self_before"))
    assert run(any_home) == OF_APPLICANTS
    assert {row.name[-1]: row.version for row in rows(any_home, "applicants").values()} == {"1": 2, "2": 1}
    mirror.send(any_home, mirror.sheet(any_home, 1))  # says nothing to the field
    run(any_home)
    assert {row.name[-1]: row.version for row in rows(any_home, "applicants").values()} == {"1": 2, "2": 1}


def test_the_next_self_assessment_follows_from_what_has_come(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1))
    steps = []
    for form in (
        None,
        own.self_assessment(home, 1, "self_before"),
        own.plan(home, 1),
        own.self_assessment(home, 1, "self_periodic", interval="6"),
        own.self_assessment(home, 1, "self_after"),
    ):
        if form:
            mirror.send(home, form)
        run(home)
        steps.append(applicant(home)["round_due"])
    assert steps == ["self_before", "self_after", "self_periodic", "self_after", ""]


def test_the_plan_that_counts_comes_back_as_a_list(any_home: Home) -> None:
    codes = [i.code for i in any_home.pack.standard(GROUP).indicators[:2]]
    texts = ["จัดเวทีเรียนรู้", "ประชุมสมาชิก", "ปรับปรุงระเบียบ"]
    items = [
        {**own.ITEM, "item_indicator": code, "item_text": text}
        for code, text in zip([codes[0], codes[1], codes[0]], texts, strict=True)
    ]
    mirror.send(any_home, mirror.application(any_home, 1), own.plan(any_home, 1, items=items))
    run(any_home)
    add_entity(any_home, 1, any_home.province.districts[0].code)
    read = served(any_home, "plan_items", officer(any_home, any_home.province.districts[0].code))
    assert [(r["label"], r["indicator"], r["seq"], r["seq_i"]) for r in read] == [
        (texts[0], codes[0], "1", "1"),
        (texts[1], codes[1], "2", "1"),
        (texts[2], codes[0], "3", "2"),
    ]
    assert {(r["applicant"], r["target"], r["unit"], r["due"]) for r in read} == {
        (mirror.ENTITY.format(1), "4", "ครั้ง", "2025-03-31")
    }


def test_officers_get_the_rows_of_their_districts_only(home: Home) -> None:
    here, there = home.province.districts[:2]
    mirror.send(home, mirror.application(home, 1), own.plan(home, 1))
    mirror.send(home, mirror.application(home, 2, district=there.code), own.plan(home, 2))
    committees = Committees(
        assessors=(
            Assessor(name="นายเอ ตัวอย่าง", districts=(here.name_th,)),
            Assessor(name="นายบี ตัวอย่าง", districts=(there.name_th,)),
            Assessor(name="นางซี ตัวอย่าง", committee="provincial"),
        )
    )
    home = replace(home, settings=home.settings.model_copy(update={"committees": committees}))
    run(home)
    add_entity(home, 1, here.code)
    add_entity(home, 2, there.code)
    for number, district, name in ((1, here.code, "นายเอ ตัวอย่าง"), (2, there.code, "นายบี ตัวอย่าง")):
        to = officer(home, district)
        assert [r["name"] for r in served(home, "applicants", to)] == [mirror.ENTITY.format(number)]
        assert [r["applicant"] for r in served(home, "plan_items", to)] == [mirror.ENTITY.format(number)]
        assert [r["label"] for r in served(home, "assessors", to)] == ["นางซี ตัวอย่าง", name]


def test_what_the_server_says_stands_beside_what_the_phone_wrote(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1))
    add_entity(home, 1, home.province.districts[0].code)
    to = officer(home, home.province.districts[0].code)
    (before,) = served(home, "applicants", to)
    assert (before["status"], before["__version"]) == ("", "1")
    run(home)
    (after,) = served(home, "applicants", to)
    assert (after["status"], after["round_due"], after["__version"]) == ("registered", "self_before", "2")
    assert [*after] == ["name", "label", "__version", *COLUMNS["applicants"][2:]]


def test_a_withdrawn_applicant_leaves_the_lists_and_comes_back_with_a_greater_version(home: Home) -> None:
    put_list(home, "applicants", [{"name": "a", "status": "registered"}])
    put_list(home, "applicants", [])
    assert rows(home, "applicants")["a"].gone
    assert rows(home, "applicants")["a"].fields == {}
    put_list(home, "applicants", [{"name": "a", "status": "registered"}])
    assert rows(home, "applicants")["a"].version == 3


def test_publishing_the_same_again_writes_nothing(any_home: Home) -> None:
    content = [{"name": "b", "label": "ข"}, {"name": "a", "label": "ก"}]
    assert put_list(any_home, "assessors", content) == 2
    with reading(any_home.engine) as session:
        published = session.get_one(PublishedList, "assessors").published_at
    assert put_list(any_home, "assessors", content) == 0
    assert put_list(any_home, "assessors", content[::-1]) == 2  # another order is no new version
    assert [row.version for row in rows(any_home, "assessors").values()] == [1, 1]
    with reading(any_home.engine) as session:
        assert session.get_one(PublishedList, "assessors").published_at >= published


def test_lists_that_nobody_published_yet_have_their_columns(home: Home) -> None:
    to = officer(home, home.province.districts[0].code)
    for name in ("plan_items", "assessors", "villages"):
        assert as_csv(home, to, name).decode() == ",".join(COLUMNS[name]) + "\n"


def test_one_list_that_cannot_be_made_keeps_no_other_back(home: Home) -> None:
    committees = Committees(assessors=(Assessor(name="นายเอ ตัวอย่าง", districts=("ไม่มีจริง",)),))
    home = replace(home, settings=home.settings.model_copy(update={"committees": committees}))
    mirror.send(home, mirror.application(home, 1))
    report = run_once(home)
    assert report.handled["lists"] == 3
    assert [problem for problem in report.problems if "ไม่มีจริง" in problem.said.th]
    assert applicant(home)["status"] == "registered"
    assert publish_lists.due(home) == ["assessors"]


def test_an_assessor_s_id_is_the_person_s() -> None:
    one, again = (
        assessor_rows([list_rows.Assessor(name, "district", districts)], "2568-57")
        for name, districts in (("นายเอ  ตัวอย่าง", ("5705", "5701")), ("นายเอ ตัวอย่าง", ()))
    )
    assert one[0]["name"] == again[0]["name"]
    assert (one[0]["districts"], one[0]["label"]) == ("5701 5705", "นายเอ ตัวอย่าง")
