"""The office's verdict on documents: by command and by Excel the same row and refusals; what follows."""

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from mochocho.app.commands.cli import cli
from mochocho.app.status.status_figures import look
from mochocho.excel.filled_sheet import HEADING, KEY, NAME
from mochocho.settings.config import Files, load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import BadInput
from mochocho.words.model import TO_JUDGE, ApplicantType, DocumentState, Gate, GateState, Replaces, Verdict
from processing.assessment import assess
from processing.assessment.cases import cases
from processing.decisions.decision import Decision, Kind
from processing.decisions.on_documents import code_of
from processing.decisions.record_resolutions import ImportReport
from processing.decisions.recorded import of_row
from processing.decisions.recorder import record_decisions
from processing.documents.desk import desk_workbooks
from processing.documents.desk.desk_sheet import (
    CODE,
    KINDS,
    PAGES,
    PICTURE,
    REASON,
    SEEN_BY,
    VERDICT,
)
from processing.documents.desk.on_desk import lying
from processing.register import register_forms
from processing.tables import DecisionRow
from reports.lists import publish_lists
from reports.notices import slip_papers
from sync.tables import PublishedRow
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.prepared_homes import Copy
from xlsforms import names

LEADER = ApplicantType.LEADER
ONE, TWO = (mirror.ENTITY.format(n) for n in (1, 2))
ID, HOUSE, FORM, PHOTO = "id_card_copy", "house_registration_copy", "application_form", "photo"
BY, SEEN, WHY = "นางรับ เอกสาร", "นายเห็น ตัวจริง", "ตรวจกับตัวจริงแล้ว"
WORD_OF = {kind: word for word, kind in KINDS.items()}
COMMAND_OF = {Kind.DOCUMENT_ACCEPT: "accept", Kind.DOCUMENT_WAIVE: "waive", Kind.DOCUMENT_RETURN: "return"}


def dark() -> bytes:
    """A photograph in which nothing is bright."""
    image = Image.open(io.BytesIO(mirror.photo())).point(lambda level: level // 4)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


@dataclass
class Office:
    """Two leaders whose ID cards are too dark, in the folder of a province's settings."""

    folder: Path
    home: Home
    forms: tuple[mirror.Form, ...]

    def assess(self) -> None:
        register_forms.run(self.home)
        assess.do(self.home, assess.due(self.home))

    def send(self, number: int, code: str, content: bytes | None) -> None:
        """Another picture of this document, in an edit of the application."""
        form = self.forms[number]
        form.files[f"{code}-{form.root_id}.jpg"] = content
        mirror.send(self.home, form)
        self.assess()

    def verdict(self, key: str = ONE, code: str = ID) -> Verdict:
        case = next(case for case in cases(self.home) if case.application.key == key)
        return next(one for one in case.assessment.verdicts if one.document == code)

    def gate(self, key: str = ONE) -> GateState:
        case = next(case for case in cases(self.home) if case.application.key == key)
        return next(one.state for one in case.assessment.gates if one.gate is Gate.DOCUMENTS)

    def recorded(self) -> list[Decision]:
        with reading(self.home.engine) as session:
            return [of_row(row) for row in session.scalars(select(DecisionRow).order_by(DecisionRow.number))]

    def listed(self) -> dict[str, str]:
        """The first leader's row on phones."""
        assert publish_lists.do(self.home, publish_lists.due(self.home)) == {}
        query = select(PublishedRow.fields).filter_by(list_name="applicants", name=ONE)
        with reading(self.home.engine) as session:
            return dict(session.scalars(query).one())

    def call(self, *words: str) -> Result:
        return CliRunner().invoke(cli, ["documents", *words])

    def by_command(self, kind: Kind, key: str, code: str, typed: Mapping[str, str]) -> Result:
        options = {REASON: "--reason", SEEN_BY: "--seen-by", PAGES: "--pages"}
        words = [word for column, value in typed.items() for word in (options[column], value)]
        return self.call(COMMAND_OF[kind], key, code, *words, "--by", BY)

    def workbook(self) -> Path:
        (path,) = desk_workbooks.write(self.home, self.folder)
        return path

    def name(self, number: int) -> str:
        return str(self.forms[number].fields["applicant_name"])

    def by_excel(self, kind: Kind, key: str, typed: Mapping[str, str]) -> ImportReport:
        """Fill in the row of this applicant, and import the file."""
        path = self.workbook()
        fill(path, key, {VERDICT: WORD_OF[kind], **typed})
        return desk_workbooks.import_xlsx(self.home, path, BY)


def fill(path: Path, key: str, typed: Mapping[str, str]) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    places = {str(cell.value): place for place, cell in enumerate(sheet[HEADING + 1], start=1)}
    row = next(n for n in range(HEADING + 2, sheet.max_row + 1) if sheet.cell(n, places[KEY]).value == key)
    for column, value in typed.items():
        sheet.cell(row, places[column]).value = value
    book.save(path)


def add_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> int:
    """Type rows under those of the workbook; the number of the first, as Excel counts."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    places = {str(cell.value): place for place, cell in enumerate(sheet[HEADING + 1], start=1)}
    first = sheet.max_row + 1
    for number, typed in enumerate(rows, start=first):
        for column, value in typed.items():
            sheet.cell(number, places[column]).value = value
    book.save(path)
    return first


LEADERS: list[mirror.Form] = []  # as they were sent by `apply`


def apply(home: Home) -> None:
    LEADERS[:] = [mirror.application(home, n, LEADER) for n in (1, 2)]
    for form in LEADERS:
        form.files[f"{ID}-{form.root_id}.jpg"] = dark()
    mirror.send(home, *LEADERS)
    Office(home.settings.home, home, ()).assess()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copy: Copy) -> Iterator[Office]:
    copy(apply)
    home = open_home(load_settings(commands.settings(tmp_path)))
    monkeypatch.chdir(tmp_path)
    yield Office(tmp_path, home, tuple(deepcopy(LEADERS)))
    home.engine.dispose()


@pytest.mark.parametrize(
    ("kind", "typed", "state"),
    [
        (Kind.DOCUMENT_ACCEPT, {}, DocumentState.ACCEPTED),
        (Kind.DOCUMENT_WAIVE, {REASON: WHY, SEEN_BY: SEEN}, DocumentState.WAIVED),
        (Kind.DOCUMENT_RETURN, {REASON: "ภาพมืด อ่านเลขไม่ออก"}, DocumentState.RETURNED),
    ],
)
def test_by_command_and_by_excel_it_is_the_same_row(
    office: Office, kind: Kind, typed: Mapping[str, str], state: DocumentState
) -> None:
    done = office.by_command(kind, ONE, ID, typed)
    assert done.exit_code == 0, done.output
    report = office.by_excel(kind, TWO, typed)
    assert (report.recorded, report.mistakes) == (1, ())
    one, two = office.recorded()
    assert (one.kind, one.about, one.content, one.reason, one.recorded_by) == (
        (two.kind, two.about, two.content, two.reason, two.recorded_by)
    )
    assert (one.applicant_key, two.applicant_key) == (ONE, TWO)
    office.assess()
    for key, decision in ((ONE, one), (TWO, two)):
        verdict = office.verdict(key)
        assert verdict.state is state
        assert decision.seen.files == tuple(sorted(page.sha256 or "" for page in verdict.pages))
        assert decision.seen.assessment


ACCEPT, WAIVE, RETURN = Kind.DOCUMENT_ACCEPT, Kind.DOCUMENT_WAIVE, Kind.DOCUMENT_RETURN
BOTH = {REASON: WHY, SEEN_BY: SEEN}
UNSEEN, LONG = "\u200b \u2060", "ก" * 1001
# What is typed wrongly, and the column that is told: kind, document, what is typed.
REFUSED: tuple[tuple[Kind, str, Mapping[str, str], str], ...] = (
    (WAIVE, ID, {REASON: WHY}, SEEN_BY),
    (WAIVE, ID, {REASON: WHY, SEEN_BY: "   "}, SEEN_BY),
    (WAIVE, ID, {REASON: WHY, SEEN_BY: UNSEEN}, SEEN_BY),
    (WAIVE, ID, {REASON: WHY, SEEN_BY: LONG}, SEEN_BY),
    (WAIVE, ID, {SEEN_BY: SEEN}, REASON),
    (WAIVE, ID, {SEEN_BY: SEEN, REASON: UNSEEN}, REASON),
    (WAIVE, ID, {SEEN_BY: SEEN, REASON: LONG}, REASON),
    (WAIVE, FORM, BOTH, CODE),
    (WAIVE, PHOTO, BOTH, CODE),
    (WAIVE, "advisory_list", BOTH, CODE),
    (WAIVE, "no_such_document", BOTH, CODE),
    (WAIVE, PHOTO, {PAGES: "0123456789ab", **BOTH}, PAGES),
    (RETURN, ID, {}, REASON),
    (RETURN, ID, {REASON: "  "}, REASON),
    (RETURN, ID, {REASON: UNSEEN}, REASON),
    (RETURN, ID, {REASON: LONG}, REASON),
    (RETURN, HOUSE, {}, REASON),
    (RETURN, "advisory_list", {REASON: WHY}, CODE),
    (RETURN, "no_such_document", {REASON: WHY}, CODE),
    (RETURN, "lead_team_list", {REASON: WHY}, CODE),  # of groups
    (RETURN, ID, {REASON: WHY, PAGES: "0123456789ab"}, PAGES),
    (ACCEPT, "advisory_list", {}, CODE),
    (ACCEPT, PHOTO, {}, CODE),  # it has not come
    (ACCEPT, PHOTO, {REASON: WHY}, CODE),
    (ACCEPT, HOUSE, {}, REASON),  # it cannot be opened
    (ACCEPT, HOUSE, {REASON: UNSEEN}, REASON),
    (ACCEPT, ID, {REASON: LONG}, REASON),
    (ACCEPT, "no_such_document", {}, CODE),
    (ACCEPT, ID.upper(), {}, CODE),
    (ACCEPT, "สำเนาบัตร", {}, CODE),
    (ACCEPT, ID, {PAGES: "0123456789ab"}, PAGES),
    (ACCEPT, ID, {PAGES: "๐"}, PAGES),
    (ACCEPT, ID, {PAGES: "ABC"}, PAGES),
)
PARAMETERS_OF = {KEY: "KEY", CODE: "DOCUMENT", PAGES: "--pages", REASON: "--reason", SEEN_BY: "--seen-by"}
STRANGERS = ("stranger", "ไม่มี", ONE[:-2])


@pytest.fixture
def lacking(office: Office) -> Office:
    """The first leader's portrait has not come, and the house registration cannot be opened."""
    form = office.forms[0]
    form.files[f"{PHOTO}-{form.root_id}.jpg"] = None
    office.send(0, HOUSE, b"no picture")
    return office


def test_both_doors_refuse_the_same_with_the_same_sentence(lacking: Office) -> None:
    path = lacking.workbook()
    given = [
        *((kind, ONE, code, typed, column) for kind, code, typed, column in REFUSED),
        *((ACCEPT, key, ID, {}, KEY) for key in STRANGERS),
    ]
    first = add_rows(
        path,
        [
            {KEY: key, NAME: lacking.name(0), CODE: code, VERDICT: WORD_OF[kind], **typed}
            for kind, key, code, typed, _ in given
        ],
    )
    mistakes = desk_workbooks.import_xlsx(lacking.home, path, BY).mistakes
    for row, (kind, key, code, typed, column) in enumerate(given, start=first):
        told = [one.said.en for one in mistakes if (one.row, one.column) == (row, column)]
        refused = lacking.by_command(kind, key, code, typed)
        assert refused.exit_code == 2, (kind, code, typed)
        assert PARAMETERS_OF[column] in refused.output
        assert any(sentence in refused.output for sentence in told), (kind, code, typed, told)
    assert lacking.recorded() == []


def test_what_cannot_be_opened_is_accepted_with_a_reason_and_then_opens_the_gate(lacking: Office) -> None:
    lacking.send(0, PHOTO, mirror.photo())
    assert lacking.gate() is GateState.FAILED
    done = lacking.by_command(Kind.DOCUMENT_ACCEPT, ONE, HOUSE, {REASON: WHY})
    assert done.exit_code == 0, done.output
    lacking.assess()
    assert lacking.verdict(ONE, HOUSE).state is DocumentState.ACCEPTED
    assert lacking.gate() is GateState.PASSED


@pytest.mark.parametrize(
    ("edit", "column"),
    [
        ({VERDICT: "อาจจะ"}, VERDICT),
        ({VERDICT: "", REASON: WHY}, VERDICT),
        ({NAME: "นายอื่น"}, NAME),
        ({REASON: "ก" * 1001}, REASON),
        ({REASON: '=IF(1,"ก","")'}, REASON),
    ],
)
def test_a_mistake_names_sheet_row_and_column_and_nothing_is_recorded(
    office: Office, edit: Mapping[str, str], column: str
) -> None:
    path = office.workbook()
    fill(path, ONE, {VERDICT: "ส่งคืน", REASON: WHY, **edit})
    fill(path, TWO, {VERDICT: "รับ"})
    report = desk_workbooks.import_xlsx(office.home, path, BY)
    assert column in {one.column for one in report.mistakes}
    assert {one.row for one in report.mistakes} == {HEADING + 2}
    assert office.recorded() == []
    told = office.call("import", str(path), "--by", BY)
    assert told.exit_code == 1
    assert f"sheet “เอกสารรอคนตรวจ”, row {HEADING + 2}, column “{column}”" in told.output


def test_the_workbook_has_a_row_for_each_with_what_was_seen_and_the_picture(office: Office) -> None:
    path = office.workbook()
    sheet = load_workbook(path).worksheets[0]
    places = {str(cell.value): place for place, cell in enumerate(sheet[HEADING + 1], start=1)}
    assert [sheet.cell(n, places[KEY]).value for n in range(HEADING + 2, sheet.max_row + 1)] == [ONE, TWO]
    found = " ".join(str(cell.value) for cell in sheet[HEADING + 2])
    assert "ภาพมืด" in found
    assert "เกณฑ์ตั้งแต่ ๙๐" in found
    link = sheet.cell(HEADING + 2, places[PICTURE]).hyperlink
    assert link is not None
    page = office.verdict().pages[0].sha256
    assert page
    picture = office.folder / str(link.target).replace("\\", "/")  # as Excel spells it
    assert picture.read_bytes() == office.home.store.read(page)
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == '"รับ,ยกเว้น,ส่งคืน"'
    assert sheet.cell(HEADING + 2, places[PAGES]).value == code_of((page,))
    before = path.read_bytes()
    assert office.workbook().read_bytes() == before


def test_a_file_imported_twice_records_once_and_what_is_left_empty_stays_open(office: Office) -> None:
    path = office.workbook()
    fill(path, ONE, {VERDICT: "รับ"})
    first = desk_workbooks.import_xlsx(office.home, path, BY)
    again = desk_workbooks.import_xlsx(office.home, path, BY)
    assert (first.recorded, first.unchanged, first.undecided) == (1, 0, 1)
    assert (again.recorded, again.unchanged, again.undecided) == (0, 1, 1)
    fill(path, TWO, {CODE: ID, KEY: ONE, NAME: "ก"})
    assert desk_workbooks.import_xlsx(office.home, path, BY).recorded == 0


def test_the_same_document_twice_in_one_file_is_a_mistake(office: Office) -> None:
    path = office.workbook()
    fill(path, ONE, {VERDICT: "รับ"})
    name = office.name(0)
    page = office.verdict().pages[0].sha256 or ""
    fill(path, TWO, {VERDICT: "ส่งคืน", REASON: WHY, NAME: name, PAGES: code_of((page,)), KEY: ONE})
    (mistake,) = desk_workbooks.import_xlsx(office.home, path, BY).mistakes
    assert (mistake.row, mistake.column) == (HEADING + 3, CODE)


def test_a_file_of_something_else_is_no_such_workbook(office: Office, tmp_path: Path) -> None:
    path = office.workbook()
    book = load_workbook(path)
    book.worksheets[0].title = "อื่น"
    book.save(path)
    with pytest.raises(BadInput, match=r"decision\.no_sheet"):
        desk_workbooks.import_xlsx(office.home, path, BY)


def test_a_replaced_page_reopens_what_was_accepted_and_it_can_be_accepted_anew(office: Office) -> None:
    office.by_command(Kind.DOCUMENT_ACCEPT, ONE, ID, {})
    office.assess()
    assert office.verdict().state is DocumentState.ACCEPTED
    assert look(office.home).documents_to_judge == 1
    office.send(0, ID, mirror.photo())
    reopened = office.verdict()
    assert reopened.state in TO_JUDGE
    assert reopened.findings[0].code == "document.replaced"
    assert look(office.home).documents_to_judge == 2
    done = office.by_command(Kind.DOCUMENT_ACCEPT, ONE, ID, {})
    assert "was recorded already" not in done.output  # the same words about other pages
    office.assess()
    assert office.verdict().state is DocumentState.ACCEPTED
    before, after = office.recorded()
    assert before.seen.files != after.seen.files


def test_what_came_after_it_was_looked_at_is_not_decided_about_unseen(office: Office) -> None:
    path, listed = office.workbook(), office.call("list", "--needs-person").output
    code = next(one.code for one in lying(office.home, needs_person=True) if one.application.key == ONE)
    assert code in listed
    office.send(0, ID, dark())
    fill(path, ONE, {VERDICT: "รับ"})
    (mistake,) = desk_workbooks.import_xlsx(office.home, path, BY).mistakes
    refused = office.by_command(Kind.DOCUMENT_ACCEPT, ONE, ID, {PAGES: code})
    assert mistake.column == PAGES
    assert mistake.said.en in refused.output
    assert office.recorded() == []


def test_what_is_decided_before_a_newer_page_was_assessed_is_about_the_page_that_was_shown(
    office: Office,
) -> None:
    form = office.forms[0]
    form.files[f"{ID}-{form.root_id}.jpg"] = mirror.photo()
    mirror.send(office.home, form)
    register_forms.run(office.home)  # what the list shows is what was assessed before
    office.by_command(ACCEPT, ONE, ID, {})
    office.assess()
    assert office.verdict().state in TO_JUDGE
    assert office.verdict().findings[0].code == "document.replaced"


def test_what_waits_is_found_in_both_databases(any_home: Home) -> None:
    form = mirror.application(any_home, 1, LEADER)
    form.files[f"{ID}-{form.root_id}.jpg"] = dark()
    mirror.send(any_home, form, mirror.application(any_home, 2, LEADER))
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    waiting = lying(any_home, needs_person=True)
    assert (ONE, ID) in {(one.application.key, one.document.code) for one in waiting}
    assert look(any_home).documents_to_judge == len(waiting)
    assert len(lying(any_home)) == 2 * len(any_home.pack.standard(LEADER).documents)


def test_a_decision_taken_back_leaves_the_document_as_it_is_measured(office: Office) -> None:
    office.by_command(Kind.DOCUMENT_RETURN, ONE, ID, {REASON: WHY})
    office.assess()
    assert office.gate() is GateState.FAILED
    (returned,) = office.recorded()
    undo = Decision(Kind.REVOKE, ONE, ID, reason="ส่งคืนผิดราย", recorded_by=BY, undoes=returned.number)
    record_decisions(office.home, [undo])
    office.assess()
    assert (office.verdict().state, office.verdict().judged) == (DocumentState.SUSPICIOUS, None)
    assert office.gate() is GateState.PASSED


def test_the_list_says_what_waits_of_which_district_and_who_decided(office: Office) -> None:
    office.by_command(Kind.DOCUMENT_WAIVE, ONE, HOUSE, {REASON: WHY, SEEN_BY: SEEN})
    office.assess()
    waiting = office.call("list", "--needs-person")
    assert waiting.exit_code == 0, waiting.output
    assert "waiting for a person: 2" in waiting.output
    assert "ภาพมืด" in waiting.output
    assert HOUSE not in waiting.output
    here, elsewhere = office.home.province.districts[:2]
    whole = office.call("list", "--district", here.name_th).output
    assert f"ยกเว้นโดย {BY} · ผู้เห็นตัวจริง {SEEN} · เหตุผล: {WHY}" in whole
    assert "documents: 0" in office.call("list", "--district", elsewhere.code).output
    assert office.call("list", "--district", "ไม่มีจริง").exit_code != 0
    nothing = office.call("export", "desk", "--district", elsewhere.code)
    assert "no document waits" in nothing.output


def test_a_form_sent_after_the_waiver_is_a_new_matter(office: Office) -> None:
    """The officer's own waiver in a later edit is other than the pages that were accepted."""
    office.by_command(Kind.DOCUMENT_ACCEPT, ONE, ID, {})
    office.assess()
    form = office.forms[0]
    form.fields |= {names.document(LEADER, ID): "waived", names.waived_by(LEADER, ID): SEEN}
    mirror.send(office.home, form)
    office.assess()
    verdict = office.verdict()
    assert verdict.state is DocumentState.NEEDS_PERSON
    assert office.by_command(Kind.DOCUMENT_ACCEPT, ONE, ID, {}).exit_code == 0
    office.assess()
    judged = office.verdict().judged
    assert office.verdict().state is DocumentState.WAIVED
    assert judged is not None
    assert (judged.by, judged.seen_by) == (BY, SEEN)


def test_the_field_is_asked_for_what_was_returned_until_it_came_and_then_told_to_wait(office: Office) -> None:
    office.by_command(RETURN, ONE, ID, {REASON: "ภาพเป็นบัตรของผู้อื่น"})
    office.assess()
    assert office.listed()["missing_docs"] == ID
    (asked,) = slip_papers.wanted(office.home)
    assert "(ส่งคืน: ภาพเป็นบัตรของผู้อื่น)" in slip_papers.text(office.home, asked)
    fields: dict[str, str | list[str]] = {
        "applicant_key": ONE,
        names.supplement_how(LEADER, ID): Replaces.WHOLE,
        names.photo(LEADER, ID): "again.jpg",
    }
    mirror.send(office.home, mirror.Form(names.SUPPLEMENT, "again", fields, {"again.jpg": mirror.photo()}))
    office.assess()
    assert office.listed()["missing_docs"] == ""
    assert slip_papers.wanted(office.home) == []
    assert (office.verdict().findings[0].code, office.gate()) == ("document.replaced", GateState.FAILED)
    office.by_command(ACCEPT, ONE, ID, {})
    office.assess()
    assert (office.verdict().state, office.gate()) == (DocumentState.ACCEPTED, GateState.PASSED)
    assert office.listed()["status"] == "registered"


def test_in_place_of_a_picture_with_a_virus_the_folder_says_why(office: Office) -> None:
    ends_with_one = (sys.executable, "-c", "raise SystemExit(1)")
    settings = office.home.settings.model_copy(update={"files": Files(scanner=ends_with_one)})
    held = replace(office, home=replace(office.home, settings=settings))
    pictures = held.workbook().parent / desk_workbooks.PICTURES
    files = [one for one in pictures.rglob("*") if one.is_file()]
    assert files
    for one in files:
        assert "พบไวรัสในไฟล์นี้ จึงไม่ส่งออก" in one.read_text("utf-8")
