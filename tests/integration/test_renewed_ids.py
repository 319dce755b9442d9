"""A home whose rows have ids of version 5, before and after their renewal: nothing from phones is lost."""

import hashlib
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from mochocho.settings import config
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Case
from processing.assessment import assess, cases
from processing.register import register_forms
from processing.register.read import plan
from processing.tables import SheetRow
from reports.lists import list_rows, publish_lists
from sync import targets
from sync.tables import PublishedRow
from sync.web.client import Refused
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.serving import serve
from xlsforms import names

ASSESSOR = config.Assessor(name="นางกรองแก้ว ตัวอย่าง", committee="district")
TEXT = own.ITEM["item_text"]


def of_version_5(said: str) -> str:
    """As ids were made until the end of 2026."""
    return str(UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=5))


@pytest.fixture
def committee(home: Home) -> Home:
    settings = home.settings.model_copy(update={"committees": config.Committees(assessors=(ASSESSOR,))})
    return replace(home, settings=settings)


def work(home: Home) -> Case:
    register_forms.run(home)
    assess.do(home, assess.due(home))
    assert publish_lists.do(home, publish_lists.due(home)) == {}
    (case,) = cases.cases(home)
    return case


def rows(home: Home, name: str) -> dict[str, dict[str, str]]:
    query = select(PublishedRow).where(PublishedRow.list_name == name, ~PublishedRow.gone)
    with reading(home.engine) as session:
        return {row.name: row.fields for row in session.scalars(query)}


def test_rows_are_named_anew_and_what_named_them_before_still_does(
    committee: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, first = committee, committee.pack.standard(ApplicantType.GROUP).indicators[0].code
    with monkeypatch.context() as before:
        before.setattr(plan, "uuid_of", of_version_5)
        before.setattr(list_rows, "uuid_of", of_version_5)
        before.setattr(register_forms, "READ_VERSION", 1)
        before.setattr(publish_lists, "NOTICES_VERSION", 1)
        twice = [{**own.ITEM, "item_indicator": first}] * 2
        mirror.send(home, mirror.application(home, 1), own.plan(home, 1, items=twice))
        work(home)
        shown, (assessor,) = rows(home, names.PLAN_ITEMS), rows(home, names.ASSESSORS)
    assert {UUID(id_).version for id_ in (*shown, assessor)} == {5}
    done = [
        {"own_item": id_, "own_indicator": first, "own_text": TEXT, "own_actual": str(number)}
        for number, id_ in enumerate(shown, 3)
    ]
    sheet = mirror.sheet(home, 1)
    sheet.fields |= {"assessor": assessor, "assessor_name": ASSESSOR.name}
    mirror.send(home, own.self_assessment(home, 1, "self_after", own=done), sheet)

    case = work(home)
    renewed, (now,) = rows(home, names.PLAN_ITEMS), rows(home, names.ASSESSORS)
    assert {UUID(id_).version for id_ in (*renewed, now)} == {4}
    assert list(renewed.values()) == [
        {**row, "name": id_} for id_, row in zip(renewed, shown.values(), strict=True)
    ]
    assert case.own.plan is not None
    assert case.own.after == ()
    assert "self_assessment.items_missing" not in {f.code for f in case.assessment.findings}
    results = {one.item: one.actual for one in case.own.rounds[0].assessment.own}
    assert results == {item.id: number for number, item in enumerate(case.own.plan.items, 3)}
    with reading(home.engine) as session:
        (row,) = session.scalars(select(SheetRow))
        assert row.content["assessor_id"] == now


def test_central_takes_the_new_ids_and_refuses_the_former(
    committee: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCHOCHO_SECRET_NORTH", PASSWORD)
    model = CentralModel()
    with serve(model) as served:
        server = config.Server(key="north", kind="central", url=served.url, project=1, email=EMAIL)
        target = targets.server_target(committee, server)
        rows_of = publish_lists.reader(committee, [names.ASSESSORS])
        with monkeypatch.context() as before:
            before.setattr(list_rows, "uuid_of", of_version_5)
            with pytest.raises(Refused, match="version 4"):
                target.put_list(names.ASSESSORS, rows_of(names.ASSESSORS))
        assert target.put_list(names.ASSESSORS, rows_of(names.ASSESSORS)) == 1
    (entity,) = model.state.projects[1].datasets[names.ASSESSORS].entities.values()
    assert entity.current.label == ASSESSOR.name
