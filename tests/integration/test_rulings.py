"""The office's rulings on applicants: by command and by Excel the same row and refusals; what follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from mochocho.app.commands.cli import cli
from mochocho.excel.filled_sheet import HEADING, KEY, NAME
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Assessment, Case, Gate, GateState, NotPresented
from processing.assessment import assess
from processing.assessment.cases import cases
from processing.decisions import audit, record_resolutions
from processing.decisions.decision import Decision
from processing.decisions.office.rulings_sheet import ABOUT, REASON, VALUE, VERDICT
from processing.decisions.office.typed_rulings import (
    KINDS,
    MERGE,
    MET,
    NOT_MET,
    ONSITE,
    PROVINCIAL,
    REOPEN,
    REVOKE,
    WITHDRAW,
)
from processing.decisions.recorded import of_row
from processing.register import register_forms
from processing.rulings import rulings_workbook
from processing.tables import DecisionRow
from reports.lists.publish_lists import reader
from tests.integration import commands
from tests.integration import province_mirror as mirror
from xlsforms import names

GROUP = ApplicantType.GROUP
ONE, TWO, THREE, LEADER = (mirror.ENTITY.format(n) for n in (1, 2, 3, 4))
BY, WHY = "นางบันทึก ตัวอย่าง", "ตรวจกับต้นฉบับแล้ว"
WORDS: Mapping[str, tuple[str, ...]] = {
    MET: ("eligibility", "--met"),
    NOT_MET: ("eligibility", "--not-met"),
    ONSITE: ("score", "--round", "onsite"),
    PROVINCIAL: ("score", "--round", "provincial"),
    WITHDRAW: ("withdraw",),
    MERGE: ("merge",),
    REVOKE: ("revoke",),
    REOPEN: ("reopen",),
}


@dataclass
class Office:
    """Three groups, about the first of which two assessors differ, and a leader; in a province's folder."""

    folder: Path
    home: Home

    def assess(self) -> dict[str, Case]:
        register_forms.run(self.home)
        assess.do(self.home, assess.due(self.home))
        assert assess.due(self.home) == []
        return {case.application.key: case for case in cases(self.home)}

    def assessed(self, key: str) -> Assessment:
        return self.assess()[key].assessment

    def recorded(self) -> list[Decision]:
        with reading(self.home.engine) as session:
            return [of_row(row) for row in session.scalars(select(DecisionRow).order_by(DecisionRow.number))]

    def call(self, *words: str) -> Result:
        return CliRunner().invoke(cli, ["decisions", *words])

    def by_command(self, word: str, key: str, about: str = "", value: str = "", **given: str) -> Result:
        command, *options = WORDS[word]
        said = {"reason": WHY, "by": BY} | given
        typed = [f"--{name}={text}" for name, text in said.items()]
        arguments = [value] if command in ("revoke", "reopen") else [key, *filter(None, (about, value))]
        return self.call(command, *options, *typed, "--", *arguments)

    def by_excel(self, word: str, key: str, about: str = "", value: str = "", **given: str) -> Any:
        """Write the file anew, type into the row of this applicant's application, and import it."""
        path = self.folder / "rulings.xlsx"
        rulings_workbook.write(self.home, path)
        said = {"reason": WHY, "by": BY} | given
        book = load_workbook(path)
        sheet = book.worksheets[0]
        row = row_of(sheet, key)
        typed = {VERDICT: word, VALUE: value, ABOUT: about, REASON: said["reason"]}
        for column, text in (typed | ({KEY: key} if key not in (ONE, TWO, THREE, LEADER) else {})).items():
            sheet.cell(row, place(sheet, column)).value = text
        book.save(path)
        return rulings_workbook.import_xlsx(self.home, path, said["by"])


def place(sheet: Worksheet, column: str) -> int:
    return next(n for n, cell in enumerate(sheet[HEADING + 1], start=1) if cell.value == column)


def row_of(sheet: Worksheet, key: str) -> int:
    """The row of an application; of one that is not there, the first."""
    rows = range(HEADING + 2, sheet.max_row + 1)
    found = [
        n
        for n in rows
        if sheet.cell(n, place(sheet, KEY)).value == key and not sheet.cell(n, place(sheet, ABOUT)).value
    ]
    return found[0] if found else HEADING + 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with such a home."""
    folder = tmp_path_factory.mktemp("rulings")
    commands.settings(folder, recorder="")
    home = open_home(load_settings(folder / "mochocho.toml").model_copy(update={"home": folder / "home"}))
    from mochocho.app.migrations.migrate import upgrade

    upgrade(home.engine)
    forms = [mirror.application(home, n) for n in (1, 2, 3)]
    forms.append(mirror.application(home, 4, ApplicantType.LEADER))
    first = home.pack.standard(GROUP).eligibility[0].code
    forms[0].fields[names.eligibility(GROUP, first)] = "no"
    mirror.send(home, *forms)
    low = dict.fromkeys(indicators(home)[:1], 1)
    mirror.send(
        home,
        mirror.sheet(home, 1, assessor="นายหนึ่ง ตรวจ"),
        mirror.sheet(home, 1, assessor="นางสอง ตรวจ", answers=low),
        mirror.sheet(home, 2, assessor="นายสาม ตรวจ"),
    )
    Office(folder, home).assess()
    home.engine.dispose()
    return folder


def indicators(home: Home) -> list[str]:
    """The codes of the indicators of a group, those with levels first."""
    every = home.pack.standard(GROUP).indicators
    return [i.code for i in sorted(every, key=lambda i: i.measure.kind != "rubric")]


@pytest.fixture
def office(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    import shutil

    folder = tmp_path / "office"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    home = open_home(load_settings(folder / "mochocho.toml"))
    yield Office(folder, home)
    home.engine.dispose()


def rule_of(office: Office) -> str:
    return office.home.pack.standard(GROUP).eligibility[0].code


def values(office: Office) -> dict[str, tuple[str, str]]:
    """What each word is about, and its value, as it can be recorded of the first applicant."""
    score = indicators(office.home)[0]
    return {
        MET: (rule_of(office), ""),
        NOT_MET: (rule_of(office), ""),
        ONSITE: (score, "๓"),
        PROVINCIAL: (score, "4"),
        WITHDRAW: ("", ""),
        MERGE: ("", TWO),
    }


@pytest.mark.parametrize("word", [MET, NOT_MET, ONSITE, PROVINCIAL, WITHDRAW, MERGE])
def test_by_command_and_by_excel_it_is_the_same_row(office: Office, word: str) -> None:
    about, value = values(office)[word]
    done = office.by_command(word, ONE, about, value)
    assert done.exit_code == 0, done.output
    (first,) = office.recorded()
    undone = office.by_command(REVOKE, ONE, value="๑")
    assert undone.exit_code == 0, undone.output
    report = office.by_excel(word, ONE, about, value)
    assert (report.recorded, report.mistakes) == (1, ())
    again = office.by_excel(word, ONE, about, value)
    assert (again.recorded, again.unchanged, again.mistakes) == (0, 1, ())
    _, _, second = office.recorded()
    assert (first.kind, first.matter, first.content, first.reason, first.recorded_by, first.seen) == (
        (second.kind, second.matter, second.content, second.reason, second.recorded_by, second.seen)
    )
    assert first.kind is KINDS[word]
    assert first.seen.assessment
    assert audit.examine(office.home).found == ()


def test_lines_of_a_reason_typed_in_a_cell_are_kept(office: Office) -> None:
    report = office.by_excel(WITHDRAW, ONE, "", "", reason="ย้ายออกจากอำเภอ\r\nขอถอนเอง\n\n")
    assert (report.recorded, report.mistakes) == (1, ())
    assert [one.reason for one in office.recorded()] == ["ย้ายออกจากอำเภอ\nขอถอนเอง"]


@dataclass
class Refused:
    """One thing that cannot be recorded, as it is typed at either door."""

    word: str
    key: str = ONE
    about: str = ""
    value: str = ""
    reason: str = WHY
    by: str = BY


def refused(office: Office) -> dict[str, Refused]:
    rule, level = rule_of(office), indicators(office.home)[0]
    counted = next(i.code for i in office.home.pack.standard(GROUP).indicators if i.measure.kind == "count")
    yes_no = [i.code for i in office.home.pack.standard(GROUP).indicators if i.measure.kind == "yes_no"]
    percent = [i.code for i in office.home.pack.standard(GROUP).indicators if i.measure.kind == "percent"]
    found = {
        "a withdrawal of nobody": Refused(WITHDRAW, key="ไม่มี"),
        "a withdrawal without a reason": Refused(WITHDRAW, reason=""),
        "a withdrawal with a blank reason": Refused(WITHDRAW, reason="  "),
        "a withdrawal that nobody records": Refused(WITHDRAW, by=""),
        "a withdrawal that a blank records": Refused(WITHDRAW, by=" "),
        "a ruling about nobody": Refused(MET, key="ไม่มี", about=rule),
        "a ruling on a rule that is none": Refused(MET, about="nothing"),
        "a ruling on another type's rule": Refused(NOT_MET, about="residence_1y"),
        "a ruling without a reason": Refused(MET, about=rule, reason=""),
        "a bar without a reason": Refused(NOT_MET, about=rule, reason=""),
        "a ruling that nobody records": Refused(MET, about=rule, by=""),
        "a score of nobody": Refused(ONSITE, key="ไม่มี", about=level, value="3"),
        "a score of no indicator": Refused(ONSITE, about="Z9", value="3"),
        "a level too high": Refused(ONSITE, about=level, value="6"),
        "a level too low": Refused(ONSITE, about=level, value="๐"),
        "a level below nothing": Refused(PROVINCIAL, about=level, value="-1"),
        "a count below nothing": Refused(ONSITE, about=counted, value="-1"),
        "a score in words": Refused(ONSITE, about=level, value="สาม"),
        "a score with a half": Refused(PROVINCIAL, about=level, value="3.5"),
        "a score without a reason": Refused(ONSITE, about=level, value="3", reason=""),
        "a score that nobody records": Refused(PROVINCIAL, about=level, value="3", by=""),
        "a merge of nobody": Refused(MERGE, key="ไม่มี", value=TWO),
        "a merge into nobody": Refused(MERGE, value="ไม่มี"),
        "a merge into itself": Refused(MERGE, value=ONE),
        "a merge into another type": Refused(MERGE, value=LEADER),
        "a merge without a reason": Refused(MERGE, value=TWO, reason=""),
        "a merge that nobody records": Refused(MERGE, value=TWO, by=""),
        "a merge into one that was withdrawn": Refused(MERGE, value=THREE),
        "a ruling on one that was withdrawn": Refused(MET, key=THREE, about=rule),
        "a score of one that was withdrawn": Refused(ONSITE, key=THREE, about=level, value="3"),
        "a merge of one that was withdrawn": Refused(MERGE, key=THREE, value=TWO),
        "a revocation of nothing": Refused(REVOKE, value="99"),
        "a revocation of no number": Refused(REVOKE, value="สอง"),
        "a revocation of what was revoked": Refused(REVOKE, key=TWO, value="2"),
        "a revocation of a revocation": Refused(REVOKE, key=TWO, value="๓"),
        "a revocation without a reason": Refused(REVOKE, key=THREE, value="1", reason=""),
        "a revocation that nobody records": Refused(REVOKE, key=THREE, value="1", by=""),
        "a reopening of nothing": Refused(REOPEN, value="77"),
        "a reopening of what was revoked": Refused(REOPEN, key=TWO, value="2"),
        "a reopening without a reason": Refused(REOPEN, key=THREE, value="1", reason=""),
    }
    found |= {f"yes or no, {code}": Refused(ONSITE, about=code, value="2") for code in yes_no[:1]}
    return found | {f"percent, {code}": Refused(ONSITE, about=code, value="101") for code in percent[:1]}


def test_both_doors_refuse_the_same_with_the_same_sentence(office: Office) -> None:
    for given in (Refused(WITHDRAW, key=THREE), Refused(WITHDRAW, key=TWO), Refused(REVOKE, TWO, value="2")):
        done = office.by_command(given.word, given.key, given.about, given.value)
        assert done.exit_code == 0, done.output
    rows = office.recorded()
    every = refused(office)
    assert len(every) > 30
    for name, one in every.items():
        said = {"reason": one.reason, "by": one.by}
        typed = office.by_command(one.word, one.key, one.about, one.value, **said)
        report = office.by_excel(one.word, one.key, one.about, one.value, **said)
        assert typed.exit_code == 1, (name, typed.output)
        sentence = " ".join(typed.stderr.split()).removeprefix("error: ")
        told = [" ".join(mistake.said.en.split()) for mistake in report.mistakes]
        assert sentence in told, (name, sentence, told)
    assert office.recorded() == rows


def test_the_gate_follows_a_ruling_and_the_former_assessment_comes_back_when_it_is_undone(
    office: Office,
) -> None:
    def gate() -> GateState:
        return next(g.state for g in office.assessed(ONE).gates if g.gate is Gate.ELIGIBLE)

    before = office.assessed(ONE)
    assert gate() is GateState.FAILED
    office.by_command(MET, ONE, rule_of(office))
    assert gate() is GateState.PASSED
    office.by_command(REOPEN, ONE, value="1")
    assert office.assessed(ONE) == before


def test_who_withdrew_leaves_the_phones_lists_and_comes_back_when_it_is_revoked(office: Office) -> None:
    def listed() -> set[str]:
        office.assess()
        return {row["name"] for row in reader(office.home, ["applicants"])("applicants")}

    assert listed() == {ONE, TWO, THREE, LEADER}
    office.by_command(WITHDRAW, TWO)
    assert listed() == {ONE, THREE, LEADER}
    office.by_command(REVOKE, TWO, value="1")
    assert listed() == {ONE, TWO, THREE, LEADER}


def test_the_forms_of_one_count_for_another_until_that_is_revoked(office: Office) -> None:
    before = office.assess()
    assert before[THREE].assessment.scores is None
    done = office.by_command(MERGE, TWO, value=THREE)
    assert done.exit_code == 0, done.output
    merged = office.assess()
    assert merged[TWO].assessment.not_presented is NotPresented.MERGED
    (told,) = merged[TWO].assessment.findings
    assert dict(told.values)["into"] == before[THREE].application.name
    scores = merged[THREE].assessment.scores
    assert scores is not None
    assert scores.assessors == ("นายสาม ตรวจ",)
    assert merged[ONE] == before[ONE]
    held = office.by_command(MERGE, THREE, value=ONE)
    assert "another application is merged into this one" in held.stderr
    office.by_command(REVOKE, TWO, value="1")
    assert office.assess() == before


def test_what_holds_is_listed_with_number_day_reason_and_who(office: Office) -> None:
    office.by_command(WITHDRAW, ONE)
    office.by_command(REVOKE, ONE, value="1", reason="ถอนผิดราย")
    office.by_command(MET, ONE, rule_of(office))
    holds = office.call("list", ONE).output
    assert "เลขที่ 3" in holds
    assert all(word in holds for word in (WHY, BY, MET, rule_of(office), "holding: 1"))
    assert "เลขที่ 1" not in holds
    every = office.call("list", ONE, "--all").output
    assert "ถอนใบสมัคร" in every
    assert "(ไม่มีผลแล้ว)" in every
    assert "ถอนผิดราย" in every
    assert "เลขที่ 1 ·" in office.call("show", "๑").output


def test_a_correction_stands_in_place_of_what_it_corrects(office: Office) -> None:
    score = indicators(office.home)[0]
    office.by_command(ONSITE, ONE, score, "3")
    done = office.call("correct", "1", "--answer", "๔", "--reason", "เขียนตัวเลขผิด", "--by", BY)
    assert done.exit_code == 0, done.output
    first, second = office.recorded()
    assert (second.matter, second.undoes, second.reason) == (first.matter, 1, "เขียนตัวเลขผิด")
    scores = office.assessed(ONE).scores
    assert scores is not None
    assert next(i.answer for i in scores.indicators if i.code == score) == 4
    again = office.call("correct", "1", "--answer", "5", "--reason", "อีกครั้ง", "--by", BY)
    assert "was replaced or revoked by number 2" in again.stderr


def test_the_recorder_of_the_settings_records_where_nobody_is_named(office: Office) -> None:
    settings = office.folder / "mochocho.toml"
    settings.write_text(f'recorder = "นายประจำ สำนักงาน"\n{settings.read_text("utf-8")}', "utf-8")
    assert office.call("withdraw", ONE, "--reason", WHY).exit_code == 0
    assert office.recorded()[0].recorded_by == "นายประจำ สำนักงาน"


def test_a_mistake_names_sheet_row_and_column_and_nothing_is_recorded(office: Office) -> None:
    path = office.folder / "rulings.xlsx"
    rulings_workbook.write(office.home, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for key, word in ((ONE, WITHDRAW), (TWO, "ลบ")):
        row = row_of(sheet, key)
        sheet.cell(row, place(sheet, VERDICT)).value = word
        sheet.cell(row, place(sheet, REASON)).value = WHY
    sheet.cell(row_of(sheet, TWO), place(sheet, NAME)).value = "ชื่ออื่น"
    wrong = row_of(sheet, TWO)
    book.save(path)
    done = office.call("import", str(path), "--by", BY)
    assert done.exit_code == 1
    assert f"sheet “คำวินิจฉัย”, row {wrong}, column “คำวินิจฉัย”" in " ".join(done.stderr.split())
    assert f"row {wrong}, column “ชื่อ”" in " ".join(done.stderr.split())
    assert office.recorded() == []


def test_the_file_offers_what_waits_and_only_the_words_that_fit(office: Office) -> None:
    path = office.folder / "rulings.xlsx"
    office.by_command(WITHDRAW, THREE)
    rulings_workbook.write(office.home, path)
    sheet = load_workbook(path).worksheets[0]
    lists = {str(v.sqref): str(v.formula1) for v in sheet.data_validations.dataValidation}

    def cell(number: int, column: str) -> str:
        return str(sheet.cell(number, place(sheet, column)).value or "")

    column = sheet.cell(1, place(sheet, VERDICT)).column_letter
    offered = {
        (sheet.cell(n, place(sheet, KEY)).value, sheet.cell(n, place(sheet, ABOUT)).value or ""): lists[
            f"{column}{n}"
        ]
        for n in range(HEADING + 2, sheet.max_row + 1)
        if not cell(n, VALUE)
    }
    assert offered[ONE, rule_of(office)] == f'"{MET},{NOT_MET}"'
    assert offered[ONE, indicators(office.home)[0]] == f'"{ONSITE}"'
    assert offered[TWO, ""] == f'"{WITHDRAW},{MERGE}"'
    undo = next(n for n in range(HEADING + 2, sheet.max_row + 1) if REVOKE in lists[f"{column}{n}"])
    assert sheet.cell(undo, place(sheet, VALUE)).value == "1"
    assert lists[f"{column}{undo}"] == f'"{REVOKE},{REOPEN}"'


def test_no_committee_decides_about_who_withdrew_by_either_door(office: Office) -> None:
    template, other = office.folder / "before.xlsx", office.folder / "after.xlsx"
    record_resolutions.template_xlsx(office.home, template)
    office.by_command(WITHDRAW, TWO)
    record_resolutions.template_xlsx(office.home, other)
    assert {TWO} == keys_in(template) - keys_in(other)
    book = load_workbook(template)
    sheet = book.worksheets[0]
    places = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, places[KEY]).value == TWO)
    typed = {"มติ": "รับรอง", "ครั้งที่": "1/2568", "วันที่ประชุม": "20/4/2568", "เหตุผล": WHY}
    for column, value in typed.items():
        sheet.cell(row, places[column]).value = value
    book.save(template)
    (mistake,) = record_resolutions.import_xlsx(office.home, template, BY).mistakes
    assert (mistake.row, mistake.column) == (row, KEY)
    at = (
        "--outcome",
        "pass",
        "--committee",
        "คณะกรรมการอำเภอตัวอย่าง",
        "--meeting",
        "1/2568",
        "--date",
        "20/4/2568",
    )
    done = CliRunner().invoke(cli, ["decide", TWO, *at, "--reason", WHY, "--by", BY])
    assert done.exit_code == 1
    assert mistake.said.en in " ".join(done.stderr.split())
    assert "เลขที่ 1" in mistake.said.th


def keys_in(path: Path) -> set[str]:
    sheet = load_workbook(path).worksheets[0]
    return {str(sheet.cell(n, 1).value) for n in range(2, sheet.max_row + 1)}
