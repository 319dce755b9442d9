"""The demo's province, worked in a driven browser, gives the same bytes as the same decisions by command."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from mochocho.app.demo import committee, field_day, onsite_answers
from mochocho.app.demo.instances import JUDGED_DOCUMENT, entity_id
from mochocho.app.demo.office_desk import BY
from mochocho.app.demo.sample_folder import fresh_home, opened_again
from mochocho.app.demo.sample_province import Course, Judged, Unit, chiang_rai
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.pages.resolutions.filled_form import OF_MEETING, OF_ROW
from mochocho.app.portal.sample_meeting import convene
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Outcome
from processing.decisions import recorded
from processing.decisions.clerks_sheet import (
    CONDITION,
    DAY,
    DEFERRED_TO,
    DUE,
    KEY,
    MEETING,
    OUTCOME,
    PRESENT,
    REASON,
)
from processing.decisions.decision import Decision
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.documents.desk.desk_reasons import ORIGINAL_SEEN, REASONS
from processing.register import register_numbers
from processing.releases import kept_releases
from tests.e2e import small_province
from tests.portal.conftest import PASSWORD
from tests.portal.driven import PATIENCE, REPLACED, Driven, driven, listening
from tests.portal.test_queue_driven import press

PLAN = replace(chiang_rai(), photo_width=320)
RETURNED_FOR = 3  # เป็นเอกสารผิดประเภท
DAY_OF_PROVINCE = "1 พฤษภาคม 2568"
WHY = "แนบเอกสารแนบในห้องประชุม"
LOGIN = Role.PROVINCE.value
LEVELS = ("district", "province")
MINUTES = 600.0  # seconds for what takes minutes on a busy machine
Rows = Mapping[str, str]


def of_district(unit: Unit) -> Rows:
    return committee._resolution(unit, PLAN)


def of_province(unit: Unit) -> Rows:
    """Of whoever a district passed: networks get every outcome, others are passed again."""
    if unit.resolved not in (Outcome.PASS, Outcome.CONDITIONAL):
        return {}
    said = {MEETING: "1/2568", DAY: DAY_OF_PROVINCE, PRESENT: "7"}
    if unit.type is not ApplicantType.NETWORK:
        why = committee.REASON_IN_SPITE if unit.course is Course.IN_SPITE else ""
        return {OUTCOME: OUTCOMES[Outcome.PASS], REASON: why, **said}
    outcome = (Outcome.CONDITIONAL, Outcome.DEFERRED, Outcome.FAIL)[unit.number % 3]
    more = {
        Outcome.CONDITIONAL: {CONDITION: committee.CONDITION_TH, DUE: "30 มิถุนายน 2568"},
        Outcome.DEFERRED: {DEFERRED_TO: "2/2568", REASON: committee.REASON_DEFERRED},
        Outcome.FAIL: {REASON: committee.REASON_LOW},
    }
    return {OUTCOME: OUTCOMES[outcome], **said, **more[outcome]}


RESOLVED: Mapping[str, Callable[[Unit], Rows]] = {"district": of_district, "province": of_province}
UNITS = {entity_id(unit): unit for unit in PLAN.units}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home to which everything was sent and in which nothing is decided."""
    folder = tmp_path_factory.mktemp("collected") / "sample"
    home = fresh_home(folder, PLAN)
    field_day.collect(home, PLAN, lambda: run_once(home))
    run_once(home)
    register_numbers.give(home, BY)
    convene(home, BY)
    home.engine.dispose()
    return folder


def copied(collected: Path, folder: Path) -> Home:
    shutil.copytree(collected, folder)
    return opened_again(folder)


# --- by command


def by_command(home: Home, folder: Path, overridden: list[str]) -> None:
    def done(*words: str) -> None:
        answer = small_province.mochocho(folder, *words)
        assert answer.returncode == 0, answer.stderr

    for unit in PLAN.units:
        what = entity_id(unit), JUDGED_DOCUMENT
        if unit.judged is Judged.ACCEPTED:
            done("documents", "accept", *what, "--by", BY)
        elif unit.judged is Judged.WAIVED:
            done("documents", "waive", *what, "--reason", ORIGINAL_SEEN, "--seen-by", BY, "--by", BY)
        elif unit.judged is Judged.RETURNED:
            done("documents", "return", *what, "--reason", REASONS[RETURNED_FOR - 1], "--by", BY)
        if unit.course is Course.SETTLED:
            about = onsite_answers.first_rubric(home.pack.standard(unit.type))
            said = str(committee.SETTLED_LEVEL), "--reason", committee.REASON_SETTLED
            done("decisions", "score", entity_id(unit), about, *said, "--by", BY)
    run_once(home)
    for level in LEVELS:
        sheet = folder / f"{level}.xlsx"
        done("decide", "--level", level, "--template", str(sheet))
        filled(sheet, RESOLVED[level])
        done("decide", "--level", level, "--import", str(sheet), "--by", BY)
        run_once(home)
    done("packet")
    codes = [word for code in overridden for word in ("--override", code)]
    done("packet", "release", *codes, "--reason", WHY, "--by", BY)


def filled(path: Path, resolved: Callable[[Unit], Rows]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
    for row in range(2, sheet.max_row + 1):
        for column, text in resolved(UNITS[str(sheet.cell(row, columns[KEY]).value)]).items():
            sheet.cell(row, columns[column]).value = text
    book.save(path)


# --- in the browser


def by_portal(home: Home, page: Driven) -> list[str]:
    """Everything by pages; returns the codes of what was released without being mended."""
    page.size(1366, 768)
    page.sign_in(LOGIN)
    accept_in_the_queue(page)
    for unit in PLAN.units:
        if unit.judged in (Judged.WAIVED, Judged.RETURNED):
            judge(page, unit)
        if unit.course is Course.SETTLED:
            settle(page, home, unit)
    run_once(home)
    for level in LEVELS:
        for one in home.province.districts:
            if one.name_th in PLAN.districts:
                resolve(page, level, one.code)
        run_once(home)
    page.open("/packets")
    page.click("form[action$='/packet'] button")
    told(page, "main", "เสร็จแล้ว", MINUTES)
    return release(page)


def told(page: Driven, css: str, word: str, seconds: float = PATIENCE) -> None:
    """Wait until the page says this."""
    wait = WebDriverWait(page.driver, seconds, 0.05, REPLACED)
    wait.until(lambda _: word in page.find(css).text)


def said(page: Driven, word: str) -> None:
    told(page, "#live", word)


def accept_in_the_queue(page: Driven) -> None:
    """By keys: past what nobody decides, to the copies that are accepted."""
    wanted = {one.judged: entity_id(one) for one in PLAN.units}[Judged.ACCEPTED]
    page.open("/documents")
    for _ in range(len(PLAN.units)):
        if page.run("return document.querySelector('[name=verdict]').form.action").find(wanted) >= 0:
            break
        before = page.run("return document.querySelector('[name=verdict]').form.action")
        press(page, "KeyS", "ห")
        page.until(f"document.querySelector('[name=verdict]').form.action !== {before!r}")
    press(page, "KeyA", "ฟ")
    said(page, "รับแล้ว")


def judge(page: Driven, unit: Unit) -> None:
    page.open(f"/documents/{entity_id(unit)}/{JUDGED_DOCUMENT}")
    if unit.judged is Judged.WAIVED:
        press(page, "KeyW", "ไ")
        said(page, "ต้นฉบับ")
    else:
        press(page, f"Digit{RETURNED_FOR}", "-")
        press(page, "KeyR", "พ")
        said(page, "ส่งกลับแล้ว")


def settle(page: Driven, home: Home, unit: Unit) -> None:
    about = onsite_answers.first_rubric(home.pack.standard(unit.type))
    page.open(f"/scores/{entity_id(unit)}")
    form = f".todo form:has([value='{about}'])"
    page.run(f"document.querySelector(\"{form} [value='{committee.SETTLED_LEVEL}']\").click()")
    page.find(f"{form} [name=reason]").send_keys(committee.REASON_SETTLED, Keys.ENTER)
    said(page, "บันทึก")


def resolve(page: Driven, level: str, code: str) -> None:
    """The rest passed at once, then whatever is otherwise, and the meeting that is typed once."""
    page.open(f"/resolutions/{level}/{code}")
    if not page.run("return document.querySelector('.unit')"):
        return
    page.click("a[href*='rest=pass']")
    page.until("document.querySelector('.alert.info')")
    keys = page.run("return [...document.querySelectorAll('.unit [name$=\".key\"]')].map((one) => one.value)")
    written = [RESOLVED[level](UNITS[key]) for key in keys]
    for name, column in OF_MEETING.items():
        if once := next((row[column] for row in written if column in row), ""):
            typed(page, page.find(f"#f-{name}"), once)
    for number, row in enumerate(written):
        chosen = page.run(
            f"return document.querySelector('[name=\"{number}.outcome\"]:checked')?.value ?? ''"
        )
        if chosen != row.get(OUTCOME, ""):
            assert row.get(OUTCOME), (keys[number], chosen)
            page.run(f'document.querySelector(\'[name="{number}.outcome"][value="{row[OUTCOME]}"]\').click()')
        for name, column in OF_ROW.items():
            if name != "outcome" and row.get(column):
                typed(page, page.find(f"[name='{number}.{name}']"), row[column])
    page.click(".bar button")
    said(page, "บันทึกมติ")


def typed(page: Driven, field: WebElement, text: str) -> None:
    page.run("arguments[0].closest('details')?.setAttribute('open', '')", field)
    field.clear()
    field.send_keys(text)


def release(page: Driven) -> list[str]:
    page.open("/packets/release")
    codes = page.run("return [...document.querySelectorAll('[name=override]')].map((one) => one.value)")
    for one in range(len(codes)):
        page.run(f"document.querySelectorAll('[name=override]')[{one}].click()")
    page.find("#reason").send_keys(WHY)
    page.find("#release-password").send_keys(PASSWORD, Keys.ENTER)
    told(page, "main", "ออกเอกสารชุดที่ 1 แล้ว", MINUTES)
    return list(codes)


# --- what came of it


def decided(home: Home) -> Iterator[Decision]:
    with reading(home.engine) as session:
        every = recorded.numbered(session, range(1, recorded.last_number(session) + 1))
    for one in every.values():
        yield replace(one, number=0, recorded_at=None)


def released(home: Home) -> Path:
    with reading(home.engine) as session:
        (one,) = kept_releases.releases(session)
    return kept_releases.folder_of(home, one.release)


@pytest.mark.long
def test_the_same_decisions_by_pages_and_by_commands(collected: Path, tmp_path: Path) -> None:
    one, other = copied(collected, tmp_path / "by-command"), copied(collected, tmp_path / "by-portal")
    given = accounts.add(other, LOGIN, BY, Role.PROVINCE)
    assert accounts.change_password(other, accounts.every(other)[0], given, PASSWORD) == ""
    try:
        with listening(other) as url, driven(url) as page:
            overridden = by_portal(other, page)
        by_command(one, tmp_path / "by-command", overridden)
        mine, theirs = sorted(map(repr, decided(one))), sorted(map(repr, decided(other)))
        assert theirs == mine
        assert len({repr(each.kind) for each in decided(one)}) >= 6
        papers = small_province.papers(one.settings.packet_dir)
        assert small_province.papers(other.settings.packet_dir) == papers
        assert small_province.papers(released(one)) == small_province.papers(released(other)) == papers
        assert len(papers) >= 2
    finally:
        one.engine.dispose()
        other.engine.dispose()
