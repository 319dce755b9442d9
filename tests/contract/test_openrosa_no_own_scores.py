"""An applicant's own scores never reach an assessor's phone, where they would influence the assessor."""

from lxml import etree

from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing.assessment.cases import cases
from sync.openrosa.server import Server
from sync.publish.published import put_form
from sync.tables import Entity
from tests.contract.openrosa_phone import NS, Phone, new_phone
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror
from xlsforms.build import build_forms

GROUP = ApplicantType.GROUP
COLUMNS = {"name", "label", "__version"}
COLUMNS |= {"applicant_type", "applicant_name", "district", "district_name", "status", "round_due", "sent_at"}
COLUMNS |= {"missing_docs", "missing_th", "bad_pages", "registration_no"}
COLUMNS |= {"applicant", "indicator", "seq", "seq_i", "target", "unit", "due"}
COLUMNS |= {"districts", "committee"}


def everything_on(phone: Phone) -> dict[str, bytes]:
    """Every form and every list that a phone can download, by address without the token."""
    found = {}
    for form in etree.fromstring(phone.get("formList").content):
        found[str(form.findtext("f:formID", namespaces=NS))] = phone.get(
            str(form.findtext("f:downloadUrl", namespaces=NS))
        ).content
        manifest = form.findtext("f:manifestUrl", namespaces=NS)
        for one in etree.fromstring(phone.get(manifest).content) if manifest else ():
            url = str(one.findtext("m:downloadUrl", namespaces=NS))
            found[url.partition("/forms/")[2]] = phone.get(url).content
    return found


def test_the_lists_are_the_same_whatever_an_applicant_scored_itself(home: Home, server: Server) -> None:
    for form in build_forms(home.pack, home.province, "odk"):
        put_form(home, form)
    worst = {i.code: "1" if i.measure.kind == "rubric" else "0" for i in home.pack.standard(GROUP).indicators}
    rounds = [own.self_assessment(home, 1, round_) for round_ in ("self_before", "self_after")]
    mirror.send(home, mirror.application(home, 1), own.plan(home, 1), *rounds)
    properties = {"applicant_type": "group", "applicant_name": "ก", "district": "5701", "district_name": "ข"}
    key = mirror.ENTITY.format(1)
    with transaction(home.engine) as session:
        session.add(
            Entity(list_name="applicants", uuid=key, root_id="app-1", label="ก", properties=properties)
        )
    run_once(home)
    phone = new_phone(home, server)
    before, percents = everything_on(phone), own_percents(home)

    for best in rounds:
        low = own.self_assessment(
            home, 1, best.fields["round"], answers=worst, meetings=[("2025-02-01", 1, 30)]
        )
        low.edit = best.edit
        mirror.send(home, low)
    run_once(home)
    assert own_percents(home) != percents
    assert everything_on(phone) == before
    (own_items,) = (content for name, content in before.items() if name.endswith("plan_items.csv"))
    assert own.ITEM["item_text"] in own_items.decode()


def own_percents(home: Home) -> list[int | None]:
    (case,) = cases(home)
    return [one.scores.percent for one in case.own.rounds]


def test_no_list_has_a_column_for_it(home: Home, server: Server) -> None:
    for form in build_forms(home.pack, home.province, "odk"):
        put_form(home, form)
    lists = {n: c for n, c in everything_on(new_phone(home, server)).items() if n.endswith(".csv")}
    assert lists
    for content in lists.values():
        assert set(content.decode().partition("\n")[0].split(",")) <= COLUMNS
    for form in build_forms(home.pack, home.province, "kobo"):
        for content in form.media.values():
            assert set(content.decode().partition("\n")[0].split(",")) <= COLUMNS
