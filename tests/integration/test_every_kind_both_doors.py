"""Every kind of decision, by command and by Excel: the same row, and refused in the same words."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy import select

from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, FormerResult, Identity
from processing.assessment import assess
from processing.decisions import clerks_sheet, recorder
from processing.decisions.decision import Decision, Kind
from processing.decisions.office import rulings_sheet, typed_rulings
from processing.documents.desk import desk_sheet
from processing.likeness import former_results
from processing.register import register_forms
from processing.rulings import rulings_workbook
from processing.tables import DecisionRow, SheetRow
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.integration.test_documents_desk import dark
from tests.integration.test_rulings import indicators
from tests.pins.applicants import application
from xlsforms import names

PLACE = {"subdistrict_name": "โป่งงาม", "subdistrict": "570909", "moo": "11", "village": "บ้านหนองหอม"}
TYPED = {"applicant_key": "", "typed_name": "กลุ่มจักสาน", "typed_type": "group", "district": "5701"}
ONE, TWO, THREE, LEADER = (mirror.ENTITY.format(n) for n in (1, 2, 3, 4))
THEN = mirror.ENTITY.format(904)
BY, WHY, SEEN, ID = "นางบันทึก ตัวอย่าง", "ตรวจกับต้นฉบับแล้ว", "นายเห็น ตัวจริง", "id_card_copy"
KEY, NAME = clerks_sheet.KEY, clerks_sheet.NAME
WHO = ("--reason", WHY, "--by", BY)
FORM = "typed-sheet"


@dataclass(frozen=True)
class Book:
    """One of the office's files: how it is written and read back, and the column of what was decided."""

    write: tuple[str, ...]
    read: tuple[str, ...]
    path: str
    word: str
    reason: str = rulings_sheet.REASON


RULINGS = Book(
    ("decisions", "template", "r.xlsx"), ("decisions", "import", "r.xlsx"), "r.xlsx", rulings_sheet.VERDICT
)
DESK = Book(("documents", "export", "desk"), ("documents", "import"), "", desk_sheet.VERDICT)
CLERKS = Book(
    ("decide", "--template", "d.xlsx"), ("decide", "--import", "d.xlsx"), "d.xlsx", clerks_sheet.OUTCOME
)


@dataclass(frozen=True)
class Ways:
    """One decision at both doors: the command; the rows of the file, and what is typed in them."""

    command: tuple[str, ...]
    word: str
    row: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    book: Book = RULINGS
    reason: str = WHY


MEETING = {
    clerks_sheet.COMMITTEE: "คณะกรรมการอำเภอตัวอย่าง",
    clerks_sheet.MEETING: "๑/๒๕๖๘",
    clerks_sheet.DAY: "๒๐ เมษายน ๒๕๖๘",
}
AT = ("--committee", "คณะกรรมการอำเภอตัวอย่าง", "--meeting", "1/2568", "--date", "2025-04-20")
ABOUT, VALUE, FOUND = rulings_sheet.ABOUT, rulings_sheet.VALUE, rulings_sheet.FOUND
VERDICT, REASON = rulings_sheet.VERDICT, rulings_sheet.REASON
CARD = {KEY: LEADER, desk_sheet.CODE: ID}
UNDONE = {KEY: THREE, VALUE: "1"}


def ways(rule: str, indicator: str) -> Mapping[Kind, Ways]:
    t = typed_rulings
    return {
        Kind.DOCUMENT_ACCEPT: Ways(("documents", "accept", LEADER, ID, *WHO), "รับ", CARD, book=DESK),
        Kind.DOCUMENT_WAIVE: Ways(
            ("documents", "waive", LEADER, ID, "--seen-by", SEEN, *WHO),
            "ยกเว้น",
            CARD,
            {desk_sheet.SEEN_BY: SEEN},
            DESK,
        ),
        Kind.DOCUMENT_RETURN: Ways(("documents", "return", LEADER, ID, *WHO), "ส่งคืน", CARD, book=DESK),
        Kind.ELIGIBILITY_OVERRIDE: Ways(
            ("decisions", "eligibility", ONE, rule, "--met", *WHO), t.MET, {KEY: ONE, ABOUT: rule}
        ),
        Kind.SCORE_RECONCILE: Ways(
            ("decisions", "score", ONE, indicator, "3", *WHO),
            t.ONSITE,
            {KEY: ONE, ABOUT: indicator},
            {VALUE: "๓"},
        ),
        Kind.SHEETS_CLOSE: Ways(("sheets", "close", ONE, *WHO), t.CLOSE_ONSITE, {KEY: ONE, FOUND: "ใบสมัคร"}),
        Kind.WITHDRAW: Ways(("decisions", "withdraw", TWO, *WHO), t.WITHDRAW, {KEY: TWO, FOUND: "ใบสมัคร"}),
        Kind.MERGE: Ways(("decisions", "merge", ONE, TWO, *WHO), t.MERGE, {KEY: ONE, VALUE: TWO}),
        Kind.DISTINCT: Ways(("applicants", "distinct", TWO, ONE, *WHO), t.NOT_SAME, {KEY: ONE, VALUE: TWO}),
        Kind.CONTINUES: Ways(
            ("applicants", "former", LEADER, THEN, "--same", *WHO), t.FORMER, {KEY: LEADER, VALUE: THEN}
        ),
        Kind.MATCH: Ways(("match", FORM, THREE, "--by", BY), t.MATCH, {KEY: THREE, ABOUT: FORM}, reason=""),
        Kind.RESOLUTION: Ways(
            ("decide", TWO, "--outcome", "fail", *AT, *WHO), "ไม่รับรอง", {KEY: TWO}, MEETING, CLERKS
        ),
        Kind.REGISTER: Ways(("register", "--by", BY), t.REGISTER, {FOUND: "ยังไม่มีเลขทะเบียน"}, reason=""),
        Kind.OBJECT: Ways(
            ("person", "withdraw-consent", TWO, "photo", *WHO), t.NO_PHOTO, {KEY: TWO, FOUND: "ใบสมัคร"}
        ),
        Kind.REOPEN: Ways(("decisions", "reopen", "1", *WHO), t.REOPEN, UNDONE),
        Kind.REVOKE: Ways(("decisions", "revoke", "๑", *WHO), t.REVOKE, UNDONE),
    }


@dataclass
class Office:
    """A province's folder, in which commands are called."""

    folder: Path

    def call(self, *words: str) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            return CliRunner().invoke(cli, list(words))

    def done(self, *words: str) -> None:
        result = self.call(*words)
        assert result.exit_code == 0, result.output

    def by_excel(self, given: Ways) -> Result:
        self.done(*given.book.write)
        path = (
            self.folder / given.book.path if given.book.path else next((self.folder / "desk").glob("*.xlsx"))
        )
        fill(path, given.row, {given.book.word: given.word, given.book.reason: given.reason, **given.typed})
        read = given.book.read if given.book.path else (*given.book.read, str(path))
        return self.call(*read, "--by", BY)

    def home(self) -> Home:
        return open_home(
            load_settings(self.folder / "mochocho.toml").model_copy(update={"home": self.folder / "home"})
        )

    def rows(self) -> list[dict[str, Any]]:
        """What was decided; without when, and the hash that covers it."""
        home = self.home()
        with reading(home.engine) as session:
            query = select(DecisionRow.__table__).order_by(DecisionRow.number)
            found = [dict(row) for row in session.execute(query).mappings()]
        home.engine.dispose()
        last = {row.pop("hash") for row in found}
        assert {row.pop("previous") for row in found[1:]} < last
        assert all(row.pop("recorded_at") for row in found)
        return found


def fill(path: Path, row: Mapping[str, str], typed: Mapping[str, str]) -> None:
    """Type into each row of the file in which these cells stand."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    tops = ({str(cell.value): cell.column for cell in cells} for cells in sheet.iter_rows(max_row=10))
    heading, places = next((n, top) for n, top in enumerate(tops, start=1) if KEY in top)
    found = 0
    for number in range(heading + 1, sheet.max_row + 1):
        if all(sheet.cell(number, places[column]).value == value for column, value in row.items()):
            found += 1
            for column, value in typed.items():
                sheet.cell(number, places[column]).value = value
    assert found, row
    book.save(path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[Kind, Ways]]:
    """A home in which something of each kind waits, and one decision (a withdrawal) was recorded."""
    folder = tmp_path_factory.mktemp("doors")
    commands.settings(folder)
    home = open_home(load_settings(folder / "mochocho.toml").model_copy(update={"home": folder / "home"}))
    upgrade(home.engine)
    called = ("กลุ่มทอผ้าบ้านหนองหอม", "วิสาหกิจชุมชน ทอผ้า บ.หนองหอม", "กลุ่มจักสาน")
    forms = [mirror.application(home, n, applicant_name=name, **PLACE) for n, name in enumerate(called, 1)]
    forms.append(mirror.application(home, 4, ApplicantType.LEADER, applicant_name="นายสม ใจดี", **PLACE))
    forms[3].files[f"{ID}-{forms[3].root_id}.jpg"] = dark()
    group = home.pack.standard(ApplicantType.GROUP)
    rule, indicator = group.eligibility[0].code, indicators(home)[0]
    forms[0].fields[names.eligibility(ApplicantType.GROUP, rule)] = "no"
    mirror.send(home, *forms)
    sheets = [mirror.sheet(home, 1, assessor="นายหนึ่ง ตรวจ")]
    sheets.append(mirror.sheet(home, 1, assessor="นางสอง ตรวจ", answers={indicator: 1}))
    typed = mirror.sheet(home, 3, assessor="นายสาม ตรวจ", **TYPED)
    mirror.send(home, *sheets, replace(typed, root_id=FORM))
    then = application(ApplicantType.LEADER, key=THEN, name="กำนันสม ใจดี", district="5701", **PLACE_READ)
    result = FormerResult(THEN, 2567, ApplicantType.LEADER, then.name)
    with transaction(home.engine) as session:
        former_results.replace_all(session, [(result, then, Identity(THEN))])
    register_forms.run(home)
    assess.do(home, assess.due(home))
    recorder.record_decisions(home, [Decision(Kind.WITHDRAW, THREE, reason=WHY, recorded_by=BY)])
    home.engine.dispose()
    return folder, ways(rule, indicator)


PLACE_READ: dict[str, Any] = {"subdistrict": "โป่งงาม", "moo": "11", "village": "บ้านหนองหอม"}


def office(made: Path, folder: Path) -> Office:
    shutil.copytree(made, folder)
    return Office(folder)


# CERTIFY has one door: the program numbers and signs each certificate that is due and nobody types one
# (tests/integration/test_certificates.py::test_no_other_door_gives_or_opens_one).
# ERASE has none: it is recorded by what erases (tests/integration/test_person_erased.py).
# CARD_PAGE is typed beside the picture: by command and in the portal (tests/portal/test_cards_page.py).
@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.CERTIFY, Kind.ERASE, Kind.CARD_PAGE}))
def test_by_command_and_by_excel_it_is_the_same_row(
    made: tuple[Path, Mapping[Kind, Ways]], tmp_path: Path, kind: Kind
) -> None:
    folder, every = made
    given = every[kind]
    typed, filled = office(folder, tmp_path / "typed"), office(folder, tmp_path / "filled")
    typed.done(*given.command)
    read = filled.by_excel(given)
    assert read.exit_code == 0, read.output
    rows = typed.rows()
    assert {row["kind"] for row in rows[1:]} == {kind}
    assert filled.rows() == rows
    again = filled.by_excel(given) if given.book is not RULINGS else filled.call(*RULINGS.read, "--by", BY)
    if kind not in (Kind.REVOKE, Kind.REOPEN):  # undone, there is nothing left to undo
        assert again.exit_code == 0, again.output
    assert filled.rows() == rows


def wrong(chosen: str) -> Mapping[str, Ways]:
    """What cannot be recorded, as it is typed at either door; `chosen`: a form that needs no matching."""
    t = typed_rulings
    of_one, of_two, of_three = ({KEY: key, FOUND: "ใบสมัคร"} for key in (ONE, TWO, THREE))
    of_leader, asked, then = (
        {KEY: LEADER, FOUND: "ใบสมัคร"},
        {KEY: ONE, VALUE: TWO},
        {KEY: LEADER, VALUE: THEN},
    )
    nobody, by, match = "ไม่มี", ("--by", BY), {KEY: THREE, ABOUT: FORM}
    distinct, former, close = ("applicants", "distinct"), ("applicants", "former"), ("sheets", "close")
    onsite, provincial = t.CLOSE_ONSITE, t.CLOSE_PROVINCIAL
    return {
        "two that nobody asks about": Ways((*distinct, ONE, THREE, *WHO), t.NOT_SAME, of_one, {VALUE: THREE}),
        "one and nobody": Ways((*distinct, ONE, nobody, *WHO), t.NOT_SAME, of_one, {VALUE: nobody}),
        "nobody and one": Ways((*distinct, nobody, ONE, *WHO), t.NOT_SAME, of_one, {KEY: nobody, VALUE: ONE}),
        "one and itself": Ways((*distinct, ONE, ONE, *WHO), t.NOT_SAME, of_one, {VALUE: ONE}),
        "apart without a reason": Ways((*distinct, ONE, TWO, *by), t.NOT_SAME, asked, reason=""),
        "apart with a blank reason": Ways(
            (*distinct, ONE, TWO, "--reason", " ", *by), t.NOT_SAME, asked, reason=" "
        ),
        "apart at length": Ways((*distinct, ONE, TWO, "--reason", LONG, *by), t.NOT_SAME, asked, reason=LONG),
        "nobody of last year": Ways(
            (*former, LEADER, nobody, "--same", *WHO), t.FORMER, of_leader, {VALUE: nobody}
        ),
        "not nobody of last year": Ways(
            (*former, LEADER, nobody, "--not-same", *WHO), t.NOT_FORMER, of_leader, {VALUE: nobody}
        ),
        "nobody was one of last year": Ways(
            (*former, nobody, THEN, "--same", *WHO), t.FORMER, of_leader, {KEY: nobody, VALUE: THEN}
        ),
        "last year without a reason": Ways((*former, LEADER, THEN, "--same", *by), t.FORMER, then, reason=""),
        "not last year without a reason": Ways(
            (*former, LEADER, THEN, "--not-same", *by), t.NOT_FORMER, then, reason=""
        ),
        "closed before a sheet came": Ways((*close, TWO, *WHO), onsite, of_two),
        "a round closed before a sheet came": Ways(
            (*close, ONE, "--round", "provincial", *WHO), provincial, of_one
        ),
        "closed without a reason": Ways((*close, ONE, *by), onsite, of_one, reason=""),
        "closed of one that withdrew": Ways((*close, THREE, *WHO), onsite, of_three),
        "closed of nobody": Ways((*close, nobody, *WHO), onsite, of_one, {KEY: nobody}),
        "no form": Ways(("match", nobody, THREE, *by), t.MATCH, match, {ABOUT: nobody}, reason=""),
        "a form of nobody": Ways(("match", FORM, nobody, *by), t.MATCH, match, {KEY: nobody}, reason=""),
        "a form that chose": Ways(("match", chosen, THREE, *by), t.MATCH, match, {ABOUT: chosen}, reason=""),
    }


LONG = "ก" * 1001


def test_both_doors_refuse_the_same_with_the_same_sentence(
    made: tuple[Path, Mapping[Kind, Ways]], tmp_path: Path
) -> None:
    both = office(made[0], tmp_path / "both")
    both.done(*RULINGS.write)
    empty, rows, home = (both.folder / "r.xlsx").read_bytes(), both.rows(), both.home()
    with reading(home.engine) as session:
        query = select(SheetRow.root_id).where(SheetRow.root_id != FORM)
        chosen = min(session.scalars(query))
    for name, given in wrong(chosen).items():
        (both.folder / "r.xlsx").write_bytes(empty)
        fill(both.folder / "r.xlsx", given.row, {VERDICT: given.word, REASON: given.reason, **given.typed})
        told = [
            one.said.en for one in rulings_workbook.import_xlsx(home, both.folder / "r.xlsx", BY).mistakes
        ]
        typed = both.call(*given.command)
        assert typed.exit_code == 1, (name, typed.output)
        sentence = " ".join(typed.stderr.split()).removeprefix("error: ")
        assert sentence in {" ".join(one.split()) for one in told}, (name, sentence, told)
    home.engine.dispose()
    assert both.rows() == rows


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        ({KEY: TWO, VALUE: "2"}, {}),  # before the first
        ({KEY: ONE, VALUE: "1"}, {VALUE: "๒"}),
        ({KEY: ONE, VALUE: "1"}, {VALUE: "0"}),
        ({KEY: ONE, VALUE: "1"}, {VALUE: "หนึ่ง"}),
        ({KEY: ONE, VALUE: "1"}, {VALUE: ""}),
        ({KEY: ONE, VALUE: "1"}, {KEY: "ไม่มี"}),
    ],
)
def test_a_number_of_the_register_is_given_in_its_turn_only(
    made: tuple[Path, Mapping[Kind, Ways]], tmp_path: Path, row: Mapping[str, str], typed: Mapping[str, str]
) -> None:
    both = office(made[0], tmp_path / "both")
    both.done(*RULINGS.write)
    fill(both.folder / "r.xlsx", row, {VERDICT: typed_rulings.REGISTER, **typed})
    read = both.call(*RULINGS.read, "--by", BY)
    assert read.exit_code == 1, read.output
    assert len(both.rows()) == 1
