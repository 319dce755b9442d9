"""An impossible day decides no order and is asked about: for every form, read through the register."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Case, Replaces
from processing.assessment import assess, cases
from processing.findings import saying
from processing.register import register_forms, stored
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror
from xlsforms import names

WRONG = ["2567-02-29", "2025-02-31", "2031-04-20", "๒๐๒๕-๐๔-๒๐"]  # all kinds: test_days.py of the rule itself
NOON = datetime(2025, 6, 1, 5, tzinfo=UTC)


def run(home: Home) -> Case:
    register_forms.run(home)
    assess.do(home, assess.due(home))
    (case,) = cases.cases(home)
    return case


def said(case: Case, code: str) -> list[str]:
    return [saying.said(f) for f in case.assessment.findings if f.code == code]


def rooted(form: mirror.Form, root: str) -> mirror.Form:
    form.root_id = root
    return form


@pytest.mark.parametrize("written", WRONG)
@pytest.mark.parametrize(("good", "bad"), [("a", "z"), ("z", "a")])
def test_a_sheet(home: Home, written: str, good: str, bad: str) -> None:
    """Whatever the root ids: the sheet whose day can be is the one that counts."""
    first = home.pack.standard(mirror.ApplicantType.GROUP).indicators[0].code
    right = rooted(mirror.sheet(home, 1, answers={first: 0}), good)
    wrong = rooted(mirror.sheet(home, 1, visited_on=written), bad)
    mirror.send(home, mirror.application(home, 1), right, wrong)
    case = run(home)
    assert case.assessment.scores is not None
    assert next(s for s in case.assessment.scores.indicators if s.code == first).answer == 0
    (asked,) = said(case, "sheet.unlikely_date")
    assert asked.startswith("นายตรวจ ตัวอย่าง: วันที่ตรวจประเมิน “")
    (passed_over,) = said(case, "sheet.duplicate_assessor")
    assert "นับชุดวันที่ ๒ เม.ย. ๒๕๖๘ ไม่นับชุดที่วันยังไม่แน่ชัด" in passed_over


@pytest.mark.parametrize("written", WRONG)
def test_a_plan(home: Home, written: str) -> None:
    mirror.send(
        home,
        mirror.application(home, 1),
        own.plan(home, 1, root="a-right"),
        own.plan(home, 1, root="z-wrong", agreed_on=written, agreed_with="ไม่มีใคร"),
    )
    case = run(home)
    assert case.own.plan is not None
    assert (case.own.plan.root_id, case.own.plan.agreed_on) == ("a-right", date(2025, 1, 20))
    (asked,) = said(case, "plan.unlikely_date")
    assert "วันที่ตกลงแผน" in asked


@pytest.mark.parametrize("written", WRONG)
def test_a_plan_alone_stands_and_its_day_is_printed_nowhere(home: Home, written: str) -> None:
    item = {**own.ITEM, "item_indicator": "G1.1.1", "item_due": written, "item_when": ""}
    mirror.send(home, mirror.application(home, 1), own.plan(home, 1, items=[item], agreed_on=written))
    case = run(home)
    assert case.own.plan is not None
    assert (case.own.plan.agreed_on, case.own.plan.items[0].due) == (None, None)
    assert len(said(case, "plan.unlikely_date")) == 2
    assert said(case, "plan.item_incomplete") == []  # it was filled


@pytest.mark.parametrize("written", WRONG)
@pytest.mark.parametrize("round_", ["self_before", "self_after"])
def test_a_self_assessment(home: Home, written: str, round_: str) -> None:
    mirror.send(
        home,
        mirror.application(home, 1),
        own.self_assessment(home, 1, round_, root="a-right"),
        own.self_assessment(home, 1, round_, root="z-wrong", assessed_on=written),
    )
    case = run(home)
    (counted,) = case.own.rounds
    assert counted.assessment.root_id == "a-right"
    assert len(said(case, "self_assessment.unlikely_date")) == 1
    assert said(case, "self_assessment.no_date") == []


def test_days_of_meetings(home: Home) -> None:
    meetings = [("2568-02-01", 24, 30), ("2025-02-31", 20, 30), ("2025-03-01", 24, 30)]
    type_ = mirror.ApplicantType.NETWORK
    held = own.self_assessment(home, 1, "self_after", type_, meetings=meetings)
    mirror.send(home, mirror.application(home, 1, type_), held)
    case = run(home)
    asked = said(case, "self_assessment.unlikely_date")
    assert [("๒๕๖๘-๐๒-๐๑" in one, "๒๐๒๕-๐๒-๓๑" in one) for one in asked] == [(True, False), (False, True)]


@pytest.mark.parametrize("written", WRONG)
def test_an_application(home: Home, written: str) -> None:
    mirror.send(home, mirror.application(home, 1, applied_on=written))
    case = run(home)
    assert case.application.applied_on is None
    assert said(case, "applicant.no_date") == []
    (asked,) = said(case, "applicant.unlikely_date")
    assert asked.startswith("วันที่สมัคร “")


def test_a_day_that_was_not_filled_is_told_apart(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1, applied_on=""))
    case = run(home)
    assert said(case, "applicant.unlikely_date") == []
    assert len(said(case, "applicant.no_date")) == 1


@pytest.mark.parametrize("written", WRONG)
def test_a_record_of_knowledge(home: Home, written: str) -> None:
    fields: dict[str, str | list[str]] = {
        "applicant_key": mirror.ENTITY.format(1),
        "author": "นางถอด ตัวอย่าง",
        "title": "ย้อมคราม",
        "recorded_on": written,
    }
    mirror.send(home, mirror.application(home, 1), mirror.Form(names.KNOWLEDGE, "knowledge-1", fields))
    (asked,) = said(run(home), "knowledge.unlikely_date")
    assert "วันที่บันทึกองค์ความรู้" in asked


def supplement(root: str, end: str, photo: str) -> mirror.Form:
    document = "application_form"
    fields: dict[str, str | list[str]] = {
        "applicant_key": mirror.ENTITY.format(1),
        names.supplement_how("group", document): Replaces.WHOLE,
        names.photo("group", document): photo,
        "end": end,
    }
    return mirror.Form(names.SUPPLEMENT, root, fields, {photo: mirror.photo()})


def pages(home: Home) -> list[str]:
    key = mirror.ENTITY.format(1)
    with reading(home.engine) as session:
        application = stored.applications(session, [key])[key]
    return [page.name for page in application.documents["application_form"].pages]


@pytest.mark.parametrize("wrong", [f"{day}T09:00:00.000+07:00" for day in WRONG if day.isascii()])
def test_a_supplement_of_a_phone_with_a_wrong_clock_does_not_win(home: Home, wrong: str) -> None:
    mirror.send(
        home,
        mirror.application(home, 1),
        supplement("a", "2025-04-02T09:00:00.000+07:00", "right.jpg"),
        supplement("z", wrong, "wrong.jpg"),
    )
    case = run(home)
    assert pages(home) == ["right.jpg"]
    assert len(said(case, "supplement.unlikely_date")) == 1


@pytest.mark.parametrize("later", ["right.jpg", "wrong.jpg"])
def test_where_a_server_had_it_its_time_stands_in(home: Home, later: str) -> None:
    """A clock in 2031 says nothing; that the server had the form a day after the other does."""
    at = {"right.jpg": NOON, "wrong.jpg": NOON, later: NOON + timedelta(days=1)}
    mirror.send(home, mirror.application(home, 1))
    right = supplement("a", at["right.jpg"].isoformat(), "right.jpg")
    mirror.send(home, right, received_at=at["right.jpg"])
    wrong = supplement("z", "2031-01-01T09:00:00.000+07:00", "wrong.jpg")
    mirror.send(home, wrong, received_at=at["wrong.jpg"])
    run(home)
    assert pages(home) == [later]


def test_two_clocks_that_disagree_are_asked_about(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1))
    slow = supplement("slow", "2025-04-02T09:00:00.000+07:00", "slow.jpg")
    right = supplement("right", "2025-05-02T09:00:00.000+07:00", "right.jpg")
    mirror.send(home, right, received_at=NOON)
    mirror.send(home, slow, received_at=NOON + timedelta(days=1))
    case = run(home)
    assert pages(home) == ["right.jpg"]
    assert len(said(case, "supplement.clocks_disagree")) == 1


Make = Callable[[Home, str, str], mirror.Form]


def _sheet(home: Home, root: str, day: str) -> mirror.Form:
    return rooted(mirror.sheet(home, 1, visited_on=day), root)


def _plan(home: Home, root: str, day: str) -> mirror.Form:
    return own.plan(home, 1, root=root, agreed_on=day)


def _before(home: Home, root: str, day: str) -> mirror.Form:
    return own.self_assessment(home, 1, "self_before", root=root, assessed_on=day)


def standing(home: Home, case: Case) -> str:
    if case.own.plan:
        return case.own.plan.root_id
    if case.own.rounds:
        return case.own.rounds[0].assessment.root_id
    return next(
        i for i, _ in case.sources if i.startswith(("a", "z")) and not i.startswith("app-")
    ).partition("-v")[0]


@pytest.mark.parametrize("make", [_sheet, _plan, _before])
@pytest.mark.parametrize("later", ["a", "z"])
def test_of_one_day_the_one_that_a_server_had_later(home: Home, make: Make, later: str) -> None:
    mirror.send(home, mirror.application(home, 1))
    for root in "az":
        at = NOON + timedelta(hours=root == later)
        mirror.send(home, make(home, root, "2025-03-01"), received_at=at)
    assert standing(home, run(home)) == later


@pytest.mark.parametrize("make", [_sheet, _plan, _before])
def test_a_phone_that_is_ahead_of_the_server_does_not_win(home: Home, make: Make) -> None:
    mirror.send(home, mirror.application(home, 1))
    mirror.send(home, make(home, "a", "2025-03-01"), received_at=NOON)
    mirror.send(home, make(home, "z", "2025-09-20"), received_at=NOON)
    case = run(home)
    assert standing(home, case) == "a"
    assert any(f.code.endswith(".unlikely_date") for f in case.assessment.findings)


@pytest.mark.parametrize("make", [_sheet, _plan, _before])
def test_an_edit_stands_whatever_its_day(home: Home, make: Make) -> None:
    """The chain of versions comes first: who mends a day on the phone is believed."""
    form = make(home, "a", "2568-03-01")
    mirror.send(home, mirror.application(home, 1), form)
    assert any(f.code.endswith(".unlikely_date") for f in run(home).assessment.findings)
    field = {"visited_on", "agreed_on", "assessed_on"} & form.fields.keys()
    form.fields[field.pop()] = "2025-02-01"
    mirror.send(home, form)
    assert not any(f.code.endswith(".unlikely_date") for f in run(home).assessment.findings)
