"""A province worked through the portal's pages gives the same bytes as the same decisions by command."""

import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mochocho.app.asked_work import asked_works
from mochocho.app.asked_work.asked_works import State
from mochocho.app.demo import committee, onsite_answers, run
from mochocho.app.demo.instances import JUDGED_DOCUMENT, entity_id
from mochocho.app.demo.office_desk import BY
from mochocho.app.demo.sample_folder import fresh_home, opened_again
from mochocho.app.demo.sample_province import Course, Fault, Judged, Plan, Unit, small
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.pages.resolutions.filled_form import OF_MEETING, OF_ROW
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing.decisions import recorded
from processing.decisions.clerks_sheet import DAY, MEETING, PRESENT
from processing.decisions.decision import Decision
from processing.documents.desk.desk_reasons import ORIGINAL_SEEN, REASONS
from processing.register import register_numbers
from tests.e2e import small_province
from tests.portal.conftest import PASSWORD, Browser, hidden, made_site
from tests.portal.test_queue_page import form

COURSES = (Course.SETTLED, Course.CONDITIONAL, Course.COUNTED)
RETURNED_FOR = 3  # เป็นเอกสารผิดประเภท


def plan() -> Plan:
    """Twelve units: a verdict of each kind on leaders' documents, a settled score, several resolutions."""
    made = replace(small(12), photo_width=320, above=20)
    presented = iter((Judged.ACCEPTED, Judged.WAIVED))
    others = iter(COURSES)

    def one(unit: Unit) -> Unit:
        if unit.fault is not None:  # the one whose document is returned is not presented
            returned = unit.fault is Fault.LATER
            return replace(unit, judged=Judged.RETURNED) if returned else unit
        if unit.type is ApplicantType.LEADER:
            return replace(unit, judged=next(presented, None))
        course = next(others, None)
        return replace(unit, course=course, assessors=3 if course is Course.SETTLED else unit.assessors)

    return replace(made, units=tuple(map(one, made.units)))


PLAN = plan()


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home to which everything was sent and in which nothing is decided."""
    folder = tmp_path_factory.mktemp("collected") / "sample"
    home = fresh_home(folder, PLAN)
    run._collect(home, PLAN, None)
    register_numbers.give(home, BY)
    home.engine.dispose()
    return folder


def copied(collected: Path, folder: Path) -> Home:
    shutil.copytree(collected, folder)
    return opened_again(folder)


def by_command(home: Home, folder: Path) -> None:
    def done(*words: str) -> None:
        answer = small_province.mochocho(folder, *words, "--by", BY)
        assert answer.returncode == 0, answer.stderr

    for unit in PLAN.units:
        what = entity_id(unit), JUDGED_DOCUMENT
        if unit.judged is Judged.ACCEPTED:
            done("documents", "accept", *what)
        elif unit.judged is Judged.WAIVED:
            done("documents", "waive", *what, "--reason", ORIGINAL_SEEN, "--seen-by", BY)
        elif unit.judged is Judged.RETURNED:
            done("documents", "return", *what, "--reason", REASONS[RETURNED_FOR - 1])
        if unit.course is Course.SETTLED:
            about = onsite_answers.first_rubric(home.pack.standard(unit.type))
            said = str(committee.SETTLED_LEVEL), "--reason", committee.REASON_SETTLED
            done("decisions", "score", entity_id(unit), about, *said)
    run_once(home)
    committee.resolve(home, PLAN, folder)
    run_once(home)
    assert small_province.mochocho(folder, "packet").returncode == 0


def by_portal(home: Home) -> None:
    login = "clerk"
    given = accounts.add(home, login, BY, Role.PROVINCE)
    assert accounts.change_password(home, accounts.every(home)[0], given, PASSWORD) == ""
    site = made_site(home, lambda: datetime.now(UTC))
    clerk = site.test_client()
    assert isinstance(clerk, Browser)
    assert clerk.sign_in(login, PASSWORD).status_code == 303
    for unit in PLAN.units:
        if unit.judged:
            judge(clerk, unit)
        if unit.course is Course.SETTLED:
            settle(clerk, home, unit)
    run_once(home)
    for district in PLAN.districts:
        resolve(clerk, home, district)
    run_once(home)
    assert clerk.send("/packets/ask/packet").status_code == 303
    for _ in range(1200):
        with reading(home.engine) as session:
            work = asked_works.numbered(session, 1)
        assert work
        if not work.alive:
            break
        time.sleep(0.1)
    assert work.state is State.DONE, work.said


def judge(clerk: Browser, unit: Unit) -> None:
    path, sent = form(clerk.get(f"/documents/{entity_id(unit)}/{JUDGED_DOCUMENT}").text)
    verdicts = {Judged.ACCEPTED: "accept", Judged.WAIVED: "waive", Judged.RETURNED: "return"}
    assert unit.judged
    more = {"reason": str(RETURNED_FOR)} if unit.judged is Judged.RETURNED else {}
    answer = clerk.send(path, verdict=verdicts[unit.judged], **sent, **more)
    assert answer.status_code == 303, answer.text


def settle(clerk: Browser, home: Home, unit: Unit) -> None:
    page = f"/scores/{entity_id(unit)}"
    said = {"answer": str(committee.SETTLED_LEVEL), "reason": committee.REASON_SETTLED}
    about = onsite_answers.first_rubric(home.pack.standard(unit.type))
    shown = hidden(clerk.get(page).text, "shown")
    assert clerk.send(f"{page}/onsite", shown=shown, indicator=about, **said).status_code == 303


def resolve(clerk: Browser, home: Home, district: str) -> None:
    """What the clerk's file of the sample says, typed into the form of the district."""
    code = next(one.code for one in home.province.districts if one.name_th == district)
    path = f"/resolutions/district/{code}"
    page = clerk.get(path).text
    units = {entity_id(unit): unit for unit in PLAN.units}
    sent: dict[str, str] = {"shown": hidden(page, "shown"), "committee": hidden(page, "committee")}
    for number in range(page.count('.key" value=')):
        key = hidden(page, f"{number}.key")
        written = committee._resolution(units[key], PLAN)
        sent[f"{number}.key"] = key
        sent |= {f"{number}.{name}": written.get(column, "") for name, column in OF_ROW.items()}
        sent |= once(written)
    assert clerk.send(path, **sent).status_code == 303


def once(written: Mapping[str, str]) -> dict[str, str]:
    """Of a row of the file what a form has once, above its rows."""
    names = {column: name for name, column in OF_MEETING.items()}
    return {names[column]: written[column] for column in (MEETING, DAY, PRESENT) if column in written}


def decided(home: Home) -> Iterator[Decision]:
    with reading(home.engine) as session:
        every = recorded.numbered(session, range(1, recorded.last_number(session) + 1))
    for one in every.values():
        yield replace(one, number=0, recorded_at=None)


@pytest.mark.long
def test_the_same_decisions_by_pages_and_by_commands(collected: Path, tmp_path: Path) -> None:
    one, other = copied(collected, tmp_path / "by-command"), copied(collected, tmp_path / "by-portal")
    try:
        by_command(one, tmp_path / "by-command")
        by_portal(other)
        mine, theirs = sorted(map(repr, decided(one))), sorted(map(repr, decided(other)))
        assert theirs == mine
        assert len({repr(each.kind) for each in decided(one)}) >= 6
        papers = small_province.papers(one.settings.packet_dir)
        assert small_province.papers(other.settings.packet_dir) == papers
        assert len(papers) >= 2
    finally:
        one.engine.dispose()
        other.engine.dispose()
