"""The clerk's and the province's commands, from the first settings to the packet."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.app.pipeline import conveyor
from mochocho.settings.config import load_settings
from mochocho.storage.home import Home, open_home
from processing.assessment import cases
from processing.decisions import record_resolutions
from processing.decisions.clerks_sheet import (
    COMMITTEE,
    CONDITION,
    DAY,
    DEFERRED_TO,
    DUE,
    OUTCOME,
    PRESENT,
    REASON,
    RECUSED,
)
from processing.decisions.clerks_sheet import MEETING as MEETING_NO
from tests import builders
from tests.builders import uid
from tests.integration import commands
from xlsforms.build import FORMS

KEY = uid("applicant")
BY = "นางบันทึก ตัวอย่าง"
MEETING = """
[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = "ห้องประชุม"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province with one applicant in its spool, as the current folder."""
    commands.settings(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert call("status").exit_code == 0
    home = opened(tmp_path)
    builders.publish(home, builders.xform())
    builders.post(home, builders.application(), officer_id=builders.officer(home))
    home.engine.dispose()
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def done(*words: str) -> str:
    result = call(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def opened(folder: Path) -> Home:
    return open_home(load_settings(folder / "mochocho.toml"))


def passed_on(day: str) -> list[str]:
    """What a person types of a resolution of the district's committee."""
    words = ["--outcome", "pass", "--committee", "คณะกรรมการอำเภอ"]
    return [*words, "--meeting", "1/2568", "--date", day, "--reason", "ตรวจต้นฉบับครบ"]


def resolved(folder: Path) -> list[tuple[str, str, str]]:
    home = opened(folder)
    found = [
        (r.outcome.value, r.committee, r.reason) for c in cases.cases(home) for r in c.assessment.resolutions
    ]
    home.engine.dispose()
    return found


def test_pull_assess_and_run_do_their_parts(folder: Path) -> None:
    assert "pulled from 1 sources" in done("pull")
    assert "assessed 1 applicants" in done("assess")
    text = done("run")
    assert "assessed 0 applicants" in text
    assert "no packet: no meeting is set up yet" in text
    assert not (folder / "home" / "packet").exists()


def test_a_source_that_nobody_knows_is_named(folder: Path) -> None:
    result = call("pull", "folder:phone")
    assert result.exit_code == 1
    assert "folder:phone" in result.stderr
    assert "spool" in result.stderr


def test_a_source_that_is_away_ends_with_75_after_the_rest_was_done(folder: Path) -> None:
    commands.settings(folder, '[[folders]]\nkey = "phone"\npath = "unplugged"\n')
    result = call("run")
    assert result.exit_code == 75
    assert "folder:phone" in result.stderr
    assert "assessed 1 applicants" in result.stdout


def test_one_decision_by_options(folder: Path) -> None:
    done("run")
    words = ["decide", KEY, "--outcome", "pass", "--committee", "คณะกรรมการอำเภอ", "--meeting", "1/2568"]
    words += ["--date", "2025-04-20", "--reason", "ครบ", "--by", "นางบันทึก ตัวอย่าง"]
    assert "recorded 1 decision" in done(*words)
    assert "stands already" in done(*words)
    done("assess")
    assert resolved(folder) == [("pass", "คณะกรรมการอำเภอ", "ครบ")]


def test_one_decision_of_the_province(folder: Path) -> None:
    done("run")
    words = ["decide", KEY, "--level", "province", "--outcome", "fail", "--committee", "คณะกรรมการจังหวัด"]
    words += ["--meeting", "ครั้งที่ ๒/๒๕๖๘", "--date", "๑ พ.ค. ๒๕๖๘", "--reason", "ขาดเอกสาร"]
    assert "recorded 1 decision" in done(*words)
    done("decide", "--template", "province.xlsx", "--level", "province")
    (sheet,) = openpyxl.load_workbook(folder / "province.xlsx").worksheets
    assert (sheet.title, sheet.cell(2, 5).value, sheet.cell(2, 7).value) == (
        "มติระดับจังหวัด",
        "ไม่รับรอง",
        "2/2568",
    )
    assert "0 decisions; 1 stood already" in done("decide", "--import", "province.xlsx")


WRONG = {
    "committee, empty": ("--committee", COMMITTEE, "\u200b"),
    "committee, a letter": ("--committee", COMMITTEE, "x"),
    "meeting, turned round": ("--meeting", MEETING_NO, "2568/1"),
    "meeting, of the common era": ("--meeting", MEETING_NO, "1/2025"),
    "meeting, ten years ago": ("--meeting", MEETING_NO, "1/2558"),
    "day, ten years ago": ("--date", DAY, "20 เมษายน 2558"),
    "day, the year 2569 as common": ("--date", DAY, "2569-13-01"),
    "day, long ago": ("--date", DAY, "2023-01-01"),
    "day, none": ("--date", DAY, "31 เมษายน 2568"),
    "reason, a dash": ("--reason", REASON, " - "),
    "a condition of a refusal": ("--condition", CONDITION, "ส่งระเบียบกลุ่ม"),
    "a due day of a refusal": ("--due", DUE, "30 มิถุนายน 2568"),
    "a due day, none": ("--due", DUE, "31 มิถุนายน 2568"),
    "put off, and refused": ("--deferred-to", DEFERRED_TO, "2/2568"),
    "present, no number": ("--present", PRESENT, "หลายคน"),
    "present, nobody": ("--present", PRESENT, "๐"),
    "recused, no name": ("--recused", RECUSED, "-"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_both_doors_refuse_the_same_with_the_same_words(folder: Path, wrong: str) -> None:
    option, column, typed = WRONG[wrong]
    done("run")
    good = {"--outcome": "fail", "--committee": "คณะกรรมการอำเภอ", "--meeting": "1/2568"}
    good |= {"--date": "20 เมษายน 2568", "--reason": "ขาดเอกสาร"}
    by_hand = call("decide", KEY, *(word for pair in (good | {option: typed}).items() for word in pair))
    assert (by_hand.exit_code, option in by_hand.stderr) == (2, True)

    done("decide", "--template", "r.xlsx")
    columns = {COMMITTEE: good["--committee"], REASON: good["--reason"], column: typed}
    fill_in(folder / "r.xlsx", "ไม่ผ่าน", columns)
    home = opened(folder)
    (mistake,) = record_resolutions.import_xlsx(home, folder / "r.xlsx", BY).mistakes
    home.engine.dispose()
    assert mistake.column == column
    assert "".join(mistake.said.en.split()) in "".join(by_hand.stderr.split())
    assert resolved(folder) == []


def test_neither_door_records_what_nobody_records(folder: Path) -> None:
    done("run")
    done("decide", "--template", "r.xlsx")
    fill_in(folder / "r.xlsx", "ผ่าน", {REASON: "ตรวจต้นฉบับครบ"})
    (folder / "mochocho.toml").write_text('home = "home"\nprovince = "เชียงราย"\n', "utf-8")
    for words in (("decide", KEY, *passed_on("2025-04-20")), ("decide", "--import", "r.xlsx")):
        result = call("--lang", "th", *words)
        assert (result.exit_code, "ต้องระบุชื่อผู้บันทึกด้วย --by" in result.stderr) == (2, True)
    assert resolved(folder) == []


CONDITIONAL = ("--outcome", "conditional", "--condition", "ส่งระเบียบกลุ่ม", "--due", "๓๑ พ.ค. ๒๕๖๘")
PUT_OFF = ("--outcome", "deferred", "--deferred-to", "ครั้งที่ ๒/๒๕๖๘", "--reason", "ผู้แทนไม่มา")
COUNTED = ("--votes", "๖/๑/๐", "--present", "8", "--recused", "นายหนึ่ง ใจดี", "--note", "ประชุมทางไกล")


def test_each_outcome_by_hand_is_what_the_file_says_too(folder: Path) -> None:
    done("run")
    meeting = passed_on("2025-04-20")[2:-2]
    assert "recorded 1 decision" in done("decide", KEY, *meeting, *CONDITIONAL, *COUNTED)
    assert "stands already" in done("decide", KEY, *meeting, *CONDITIONAL, *COUNTED)
    done("decide", "--template", "r.xlsx")
    assert "0 decisions; 1 stood already" in done("decide", "--import", "r.xlsx")  # every part came back
    done("assess")
    assert "passed on a condition: 1" in done("status")
    done("decide", KEY, *meeting, *PUT_OFF)
    done("decide", "--template", "r.xlsx")
    assert "0 decisions; 0 stood already" in done("decide", "--import", "r.xlsx")  # to be decided anew
    done("assess")
    status = done("status")
    assert "put off: 1" in status
    assert "passed on a condition" not in status


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        (("--votes", "7/0/0", "--present", "7", "--recused", "นายหนึ่ง ใจดี"), "--votes"),
        (("--votes", "7/0"), "--votes"),
        (("--votes", "7/0/0"), "--present"),
        (("--votes", "3/4/0", "--present", "7"), "--votes"),
    ],
)
def test_votes_that_do_not_fit_are_refused_by_hand(folder: Path, typed: tuple[str, ...], option: str) -> None:
    done("run")
    result = call("decide", KEY, *passed_on("2025-04-20"), *typed)
    assert (result.exit_code, option in result.stderr) == (2, True)
    assert resolved(folder) == []


@pytest.mark.parametrize("day", ["2568-04-20", "20/4/2568", "๒๐ เม.ย. ๒๕๖๘", "2025-04-20"])
def test_the_day_of_a_decision_is_said_as_it_is_understood(folder: Path, day: str) -> None:
    done("run")
    assert "20 เมษายน 2568" in done("decide", KEY, *passed_on(day))


@pytest.mark.parametrize(
    "day", ["2567-02-30", "2025-02-31", "2099-04-20", "20 เม.ย. 68", "1482-04-20", "เมื่อวาน"]
)
def test_a_day_on_which_no_committee_met_is_refused(folder: Path, day: str) -> None:
    done("run")
    result = call("--lang", "th", "decide", KEY, *passed_on(day))
    assert result.exit_code == 2
    assert "--date" in result.stderr
    assert any(word in result.stderr for word in ("ปี", "ปฏิทิน", "อ่านวันที่ไม่ได้"))
    assert resolved(folder) == []


def test_a_meeting_of_another_cycle_is_warned_about(folder: Path) -> None:
    meeting = 'number = "1/2571"\ndate = 2028-05-01\nstarts = "09:00"\nends = "14:30"\nplace = "ศาลากลาง"'
    commands.settings(folder, f"[meeting]\n{meeting}\n")
    for command in ("run", "packet"):
        assert "over a year from the fiscal year 2568" in call(command).stderr


def test_what_the_papers_cannot_print_is_warned_about(folder: Path) -> None:
    meeting = 'number = "1/2568"\ndate = 2025-05-01\nstarts = "09:00"\nends = "14:30"\nplace = "ห้อง 龘"'
    commands.settings(folder, f"[meeting]\n{meeting}\n")
    for command in ("run", "packet"):
        assert "[meeting] และ [committees] มีตัวอักษรที่พิมพ์ในเอกสารไม่ได้ (อักษรจีน U+9F98)" in call(command).stderr


def test_a_decision_about_nobody_is_refused(folder: Path) -> None:
    done("run")
    result = call("decide", uid("nobody"), *passed_on("2025-04-20"))
    assert (result.exit_code, "KEY" in result.stderr) == (2, True)
    assert "the register has no applicant" in result.stderr
    assert resolved(folder) == []


def test_decisions_by_the_clerks_file(folder: Path) -> None:
    done("run")
    assert "--import resolutions.xlsx" in done("decide", "--template", "resolutions.xlsx")
    fill_in(folder / "resolutions.xlsx", "ผ่าน", {REASON: "ตรวจต้นฉบับครบ"})
    assert "recorded 1 decisions" in done("decide", "--import", "resolutions.xlsx", "--by", "นางบันทึก ตัวอย่าง")
    done("assess")
    assert [outcome for outcome, _, _ in resolved(folder)] == ["pass"]


def test_both_doors_ask_why_who_lacks_documents_passed_and_tell_it_first(folder: Path) -> None:
    done("run")
    why = ["ยังไม่มีเอกสารบังคับ", "คุณสมบัติยังไม่ครบ", "say why the committee stands by it"]
    by_hand = call("decide", KEY, *passed_on("2025-04-20")[:-2])
    assert (by_hand.exit_code, "--reason" in by_hand.stderr) == (2, True)
    done("decide", "--template", "r.xlsx")
    fill_in(folder / "r.xlsx", "ผ่าน")
    by_file = call("decide", "--import", "r.xlsx")
    assert (by_file.exit_code, "row 2, column “เหตุผล”" in by_file.stderr) == (1, True)
    assert all(word in one.stderr.replace("\n", "") for one in (by_hand, by_file) for word in why)
    assert resolved(folder) == []

    fill_in(folder / "r.xlsx", "ผ่าน", {REASON: "ตรวจต้นฉบับครบ"})
    recorded = call("decide", "--import", "r.xlsx")
    assert (
        recorded.exit_code,
        "row 2, column “มติ”: the committee passes it in spite of" in recorded.stderr,
    ) == (0, True)
    assert "0 decisions; 1 stood already" in done("decide", "--import", "r.xlsx")
    call("assess")
    assert "passed against the evidence: 1" in done("status")
    assert "resolution.against_evidence" not in done("status")  # the committee said why


def test_a_file_with_mistakes_records_nothing_and_says_where(folder: Path) -> None:
    done("run")
    done("decide", "--template", "resolutions.xlsx")
    fill_in(folder / "resolutions.xlsx", "อาจจะ")
    result = call("decide", "--import", "resolutions.xlsx")
    assert result.exit_code == 1
    assert "nothing of it was recorded" in result.stderr
    assert resolved(folder) == []


def fill_in(path: Path, outcome: str, more: Mapping[str, str] = MappingProxyType({})) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    typed = {OUTCOME: outcome, MEETING_NO: "1/2568", DAY: "20 เมษายน 2568", **more}
    for heading, value in typed.items():
        sheet.cell(2, columns[heading]).value = value
    book.save(path)
    book.close()


def test_a_packet_without_a_meeting_is_made_and_warned_about(folder: Path) -> None:
    result = call("packet")
    assert result.exit_code == 0
    assert "no meeting is set up: the papers leave its number, date and place blank" in result.stderr
    assert (folder / "home" / "packet" / "packet.pdf").is_file()


def test_run_makes_the_packet_of_the_meeting(folder: Path) -> None:
    commands.settings(folder, MEETING)
    text = done("run")
    assert (folder / "home" / "packet" / "manifest.json").is_file()
    assert str(folder / "home" / "packet" / "packet.pdf") in text
    done("packet", "--out", "elsewhere")
    written = {path.name: path.read_bytes() for path in (folder / "elsewhere").iterdir()}
    assert written == {p.name: p.read_bytes() for p in (folder / "home" / "packet").iterdir()}


def test_forms_are_written_for_both_servers(folder: Path) -> None:
    printed = done("forms", "build", "--out", "forms").splitlines()
    written = sorted(p.relative_to(folder).as_posix() for p in (folder / "forms").rglob("*") if p.is_file())
    assert sorted(Path(line).as_posix() for line in printed) == written
    forms = [path for path in written if "-media/" not in path]
    assert forms == sorted(
        f"forms/{profile}/{form_id}.{kind}"
        for profile in ("odk", "kobo")
        for form_id in FORMS.values()
        for kind in ("xlsx", "xml")
    )
    media = {path.removeprefix("forms/") for path in written if "-media/" in path}
    assert "odk/mochocho_onsite-media/assessors.csv" in media
    assert "kobo/mochocho_onsite-media/applicants.csv" in media
    assert "odk/mochocho_onsite-media/applicants.csv" not in media


def test_forms_follow_the_settings(folder: Path) -> None:
    villages = "name,label,subdistrict\nv1,บ้านตัวอย่าง,{code}\n"
    commands.settings(folder, '[forms]\nshared_tablets = true\nvillages = "villages.csv"\n')
    (folder / "villages.csv").write_text(villages.format(code="570101"), encoding="utf-8")
    done("forms", "build", "--out", "forms")
    media = folder / "forms" / "odk" / "mochocho_application-media" / "villages.csv"
    assert media.read_text("utf-8") == villages.format(code="570101")
    assert "identify-user" in (folder / "forms" / "kobo" / "mochocho_onsite.xml").read_text("utf-8")
    (folder / "villages.csv").write_text(villages.format(code="999999"), encoding="utf-8")
    refused = call("forms", "build", "--out", "forms")
    assert refused.exit_code == 1
    assert "villages.csv: row 2, column “subdistrict”: the province has no subdistrict “999999”" in " ".join(
        refused.output.split()
    )


@pytest.mark.parametrize(
    ("lang", "words"), [("th", "รายการรอคนแก้"), ("en", "pull: 1 × form.version_unknown")]
)
def test_run_says_what_waits_with_its_cure_and_ends_with_a_status_of_its_own(
    folder: Path, lang: str, words: str
) -> None:
    home = opened(folder)
    unknown = builders.application(uid("another"), instance_id=uid("unknown"), version="never-published")
    builders.post(home, unknown, officer_id=1)
    home.engine.dispose()
    result = call("--lang", lang, "run")
    assert result.exit_code == 3, result.output
    (line,) = [line for line in result.stderr.splitlines() if "form.version_unknown" in line]
    assert words in line
    assert "`mochocho forms publish --to PLACE`" in line
    assert "docs/servers.th.md" in line


def test_what_is_held_is_read_again_by_replay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the stage pull, all or one by the id of its root; what is well is left alone."""
    commands.settings(tmp_path, '[[folders]]\nkey = "phone"\npath = "phone"\n')
    monkeypatch.chdir(tmp_path)
    (tmp_path / "phone").mkdir()
    done("status")
    home = opened(tmp_path)
    builders.publish(home, builders.xform())
    home.engine.dispose()
    builders.copied(tmp_path / "phone", "good", builders.application())
    for name in ("one", "two"):
        builders.copied(tmp_path / "phone", name, b"<data")
    done("pull")
    assert done("replay", "assess").startswith("0 ")
    assert done("replay", "pull", "good").startswith("0 ")
    assert done("replay", "pull", "one").startswith("1 ")
    assert done("replay").startswith("2 ")
    assert done("replay", "pull").startswith("2 ")
    (tmp_path / "phone" / "one" / "one.xml").write_bytes(
        builders.application(instance_id=uid("i"), key=uid("k"))
    )
    done("pull")
    assert done("replay", "pull").startswith("1 ")


def test_what_follows_a_resolution_of_either_committee_is_done_by_one_run(folder: Path) -> None:
    def due() -> set[str]:
        home = opened(folder)
        try:
            return {stage.name for stage in conveyor.STAGES if stage.name != "pull" and stage.due(home)}
        finally:
            home.engine.dispose()

    commands.settings(folder, MEETING)
    done("run")
    assert due() == set()
    meeting = passed_on("2025-04-20")[2:-2]
    why = ("--reason", "ตรวจต้นฉบับครบ")
    for level, outcome in (
        ("district", PUT_OFF),
        ("district", (*CONDITIONAL, *why)),
        ("province", ("--outcome", "pass", *why)),
    ):
        assert "recorded 1" in done("decide", KEY, "--level", level, *meeting, *outcome)
        assert "assess" in due()
        done("run")  # papers, phones' lists and notices
        assert due() == set()
