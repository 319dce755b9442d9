"""Standings are kept beside assessments, and counted, listed and searched with few queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, event, update

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Gate
from processing.assessment import assess
from processing.decisions import recorder
from processing.decisions.decision import Decision, Kind
from processing.register import register_forms
from processing.scope import Scope
from processing.standings.standing_counts import count
from processing.standings.standing_figures import since
from processing.standings.standing_list import AT_ONCE, Found, Wanted, listed
from processing.tables import AssessmentRow, StandingRow
from tests import databases
from tests.integration import province_mirror as mirror
from tests.portal import many_applicants


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The queries that are sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def _search(home: Home, text: str = "", **wanted: object) -> Found:
    codes = [district.code for district in home.province.districts]
    with reading(home.engine) as session:
        return listed(session, Wanted(text, **wanted), codes)  # type: ignore[arg-type] # of its fields


def _names(home: Home, text: str) -> list[str]:
    return [one.name for one in _search(home, text).applicants]


@pytest.fixture
def four(home: Home) -> Home:
    many_applicants.settle(home)
    return home


def test_counts_are_those_of_the_assessments(any_home: Home) -> None:
    many_applicants.settle(any_home)
    first = any_home.province.districts[0].code
    without = mirror.application(any_home, 9)
    without.files = dict.fromkeys(without.files)  # no photo has arrived
    mirror.send(any_home, without, mirror.application(any_home, 10))
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    gone = Decision(Kind.WITHDRAW, mirror.ENTITY.format(10), reason="ย้ายออก", recorded_by="นางบันทึก ตัวอย่าง")
    recorder.record_decisions(any_home, [gone])
    mirror.send(any_home, mirror.application(any_home, 11))
    assess.do(any_home, assess.due(any_home))
    register_forms.run(any_home)  # 11 is registered and not assessed yet

    with reading(any_home.engine) as session:
        found = count(session)
        nothing = count(session, Scope(districts=frozenset({"5702"})))
    assert (found.whole.count, found.not_presented, found.unassessed) == (5, 1, 1)
    groups = found.of(first, (ApplicantType.GROUP,))
    assert groups.standing == {Gate.SELF_BEFORE: 1, Gate.DOCUMENTS: 1}
    assert groups.shut == 1
    assert found.whole.passed[Gate.ELIGIBLE] == 5
    assert since(found.months[Gate.ELIGIBLE], ["2024-12", "2025-01", "2025-02"]) == [0, 5, 5]
    assert (nothing.whole.count, nothing.by_place) == (0, {})


def test_standings_that_are_lacking_are_made_without_judging_anew(four: Home) -> None:
    with transaction(four.engine) as session:
        session.execute(delete(StandingRow))
    assert len(assess.due(four)) == 4
    report = assess.do(four, assess.due(four))
    assert (report.computed, report.pointed) == (0, 4)
    assert assess.due(four) == []


def test_an_assessment_that_cannot_be_read_is_not_due_for_ever(four: Home) -> None:
    with transaction(four.engine) as session:
        session.execute(delete(StandingRow))
        session.execute(update(AssessmentRow).values(result={"key": 7}))
    assess.do(four, assess.due(four))
    assert assess.due(four) == []
    with reading(four.engine) as session:
        assert count(session).whole.standing == {Gate.ELIGIBLE: 4}


WOVEN = "กลุ่มจักสานหนองบัว"
LEADER = "นายสมชาย ใจดีมาก"


@pytest.fixture(scope="module")
def sought(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Home]:
    """A home in which people are looked for; nobody writes."""
    with databases.home_on_sqlite(tmp_path_factory.mktemp("sought") / "home", sqlite_template) as home:
        many_applicants.settle(home)
        woven = {"applicant_name": WOVEN, "village": "บ้านหนองบัว", "subdistrict": "เวียงคำ"}
        mirror.send(
            home,
            mirror.application(home, 21, **woven),
            mirror.application(home, 22, ApplicantType.LEADER, applicant_name=LEADER),
        )
        register_forms.run(home)
        assess.do(home, assess.due(home))
        yield home


@pytest.mark.parametrize(
    "typed",
    [
        "กลุ่มจักสานหนองบัว",
        "กลุ่ม จักสาน",
        "หนองบัว",
        "บ้านหนองบัว",
        "บ.หนองบัว",
        "จั๊กสานหนองบัว",  # another tone
        "กลุ่มจักซานหนองบัว",  # as it sounds
        "เวียงคำ",
        "ต.เวียงคำ",
        "uuid:" + mirror.ENTITY.format(21),
        mirror.ENTITY.format(21).upper(),
        "  จักสาน   หนองบัว ",
        "กลุ่มจักสนาหนองบัว",  # nearly, for letters in another order
    ],
)
def test_an_applicant_is_found_in_any_spelling(sought: Home, typed: str) -> None:
    assert _names(sought, typed) == [WOVEN]


@pytest.mark.parametrize("typed", ["นางสาวกุ้งฝอย ณ ไม่มี", "%", "_", "'; --", "\\"])
def test_what_nobody_is_called_finds_nobody(sought: Home, typed: str) -> None:
    found = _search(sought, typed)
    assert (found.applicants, found.total) == ((), 0)


@pytest.mark.parametrize("typed", ["สมชาด ใจดีมาก", "นางสมชาย จัยดีมาด", "สมชาย ดีใจมาก"])
def test_a_mistyped_name_suggests_the_likest(sought: Home, typed: str) -> None:
    found = _search(sought, typed)
    assert [one.name for one in found.applicants] == [LEADER]
    assert found.near


def test_as_many_queries_for_a_thousand_as_for_ten(four: Home) -> None:
    sent: list[list[int]] = []
    for many, after in ((6, 0), (990, 6)):
        many_applicants.add(four, many, after=after)
        numbers = []
        for text in ("", "หนองบัว", "กลุ่มตัวอย่างบ้านหนองบัว 3", "กลุ่มตัวอยางบานหนองปัว", mirror.ENTITY.format(1)):
            with counted(four.engine) as statements:
                _search(four, text)
            numbers.append(len(statements))
        with counted(four.engine) as statements, reading(four.engine) as session:
            count(session)
        sent.append([*numbers, len(statements)])
    assert sent[0] == sent[1]
    assert max(sent[0]) <= 6


def test_a_page_of_the_list_and_the_next(four: Home) -> None:
    many_applicants.add(four, 120)
    first, third = _search(four), _search(four, page=3)
    assert (first.total, first.pages) == (124, 3)
    assert (len(first.applicants), len(third.applicants)) == (AT_ONCE, 24)
    order = [(one.district, list(ApplicantType).index(one.type)) for one in first.applicants]
    assert order == sorted(order)
    district = first.applicants[0].district
    leaders = _search(four, district=district, type=ApplicantType.LEADER)
    assert {(one.district, one.type) for one in leaders.applicants} == {(district, ApplicantType.LEADER)}
    assert _search(four, gate=Gate.DOCUMENTS).total == 0
    assert _search(four, gate=Gate.SELF_BEFORE).total == 124
