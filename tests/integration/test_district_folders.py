"""A district's folder, from Nakhon Sawan's data, as its officer opens it: without this program."""

import errno
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pymupdf
import pytest
from click.testing import CliRunner
from lxml import html

from mochocho.app import access_chain
from mochocho.app.commands.cli import cli
from mochocho.storage.db import transaction
from mochocho.storage.file_names import in_joliet
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution
from mochocho.words.thai import digits
from processing.assessment import assess, cases
from processing.decisions import recorder
from processing.meetings import kept
from processing.meetings.meeting import Held, Level, Meeting, Person
from processing.register import register_forms, register_numbers
from processing.rounds.calendar import Stage
from processing.rounds.district_terms import DistrictTerm
from reports.districts import district_folders
from reports.districts.district_home import districts_of, province_of, reminder_of
from reports.formats.medium import Entry, fitted
from reports.lint.examined_home import examined
from reports.lint.lint_entry import Grave
from reports.lint.lint_meeting import lint
from reports.view.blocks import Kind
from reports.view.districts.applied_form import applied_form
from reports.view.districts.district_calendar import all_calendars
from reports.view.districts.reminder_letter import reminder_letter
from tests.integration import nakhon_sawan as ns
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror
from tests.needs import need
from tests.portal.driven import Driven, driven, offline
from tests.torn_words import FREQUENT, torn, turns
from tests.unit.reports.made_cases import Cases

DAY = date(2018, 5, 17)  # one day before the list of applicants is due
OVER = date(2018, 8, 13)  # three days after the results were
PAPERS = [
    "ประกาศรับสมัคร",
    "ทะเบียนผู้สมัคร",
    "ใบตรวจหลักฐานการสมัคร",
    "สรุปรายชื่อผู้สมัคร",
    "สรุปผลการตรวจประเมินระดับอำเภอ",
]
ONE = "กลุ่มแปรรูปตัวอย่าง 1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The fifteen districts; one applicant of the first developed itself, was visited and resolved about."""
    opened = ns.copied(tmp_path_factory, tmp_path_factory.mktemp("folders") / "province")
    register_numbers.give(opened, "นางบันทึก ตัวอย่าง")
    mirror.send(
        opened,
        own.self_assessment(opened, 1, "self_before", answers={"G1.1.1": "0"}, assessed_on="2018-05-15"),
        own.plan(opened, 1, agreed_on="2018-05-16"),
        own.self_assessment(opened, 1, "self_after", assessed_on="2018-07-20"),
        mirror.sheet(opened, 1, visited_on="2018-08-01"),
    )
    register_forms.run(opened)
    assess.do(opened, assess.due(opened))
    passed = Resolution(
        Gate.DISTRICT,
        Outcome.PASS,
        "คณะกรรมการตรวจประเมินอำเภอ",
        "1/2561",
        date(2018, 8, 6),
        recorded_by="นางบันทึก ตัวอย่าง",
    )
    recorder.record_all(opened, [(mirror.ENTITY.format(1), passed)])
    assess.do(opened, assess.due(opened))
    held = Held(began="09:00", ended="12:00", written_by=Person("นายจด ตัวอย่าง", "เลขานุการ"))
    with transaction(opened.engine) as session:
        for number, came_of_it in (("1/2561", held), ("2/2561", None)):
            meeting = Meeting(
                Level.DISTRICT, number, district=ns.FULL.code, day=date(2018, 8, 6), held=came_of_it
            )
            kept.keep(session, meeting, "นางบันทึก ตัวอย่าง")
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def written(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "อำเภอ"
    codes = [ns.FULL.code, ns.LATE.code, ns.LACKING.code, ns.NOBODY.code]
    list(district_folders.write(home, folder, DAY, codes))
    return folder


def text(path: Path) -> str:
    with pymupdf.open(path) as document:
        return re.sub(r"\s", "", "".join(page.get_text() for page in document))


def of(written: Path, place: object, name: str) -> str:
    """The text of a district's paper of this name."""
    (path,) = (written / f"อำเภอ{place.name_th}").glob(f"* {name}.pdf")  # type: ignore[attr-defined]
    return text(path)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_register_the_list_and_the_results_are_by_the_days_of_the_guideline(written: Path) -> None:
    listed = of(written, ns.FULL, "สรุปรายชื่อผู้สมัคร")
    assert "ส่งจังหวัดภายในวันที่๑๘พฤษภาคม๒๕๖๑" in listed
    assert "จำนวน๔หน่วยงานได้แก่ผู้นำชุมชน๑คนกลุ่มองค์กรชุมชน๑กลุ่มเครือข่ายองค์กรชุมชน๑เครือข่ายและชุมชน๑ชุมชน" in listed
    assert "{{๗*๗}}" in listed
    assert "สมัครหลังกำหนด๒วัน" in of(written, ns.LATE, "สรุปรายชื่อผู้สมัคร")
    assert "จำนวน๐หน่วยงาน" in of(written, ns.NOBODY, "สรุปรายชื่อผู้สมัคร")
    register = of(written, ns.FULL, "ทะเบียนผู้สมัคร")
    assert ONE.replace(" ", "").replace("1", "๑") in register
    assert "ขาดหรือต้องแก้" in of(written, ns.LACKING, "ทะเบียนผู้สมัคร")
    results = of(written, ns.FULL, "สรุปผลการตรวจประเมินระดับอำเภอ")
    assert "ส่งจังหวัดภายในวันที่๑๐สิงหาคม๒๕๖๑" in results
    assert re.search(r"๑๐๐.๐๐รับรอง", results)


def test_the_notice_says_who_may_apply_with_what_and_what_it_brings(written: Path) -> None:
    notice = of(written, ns.LACKING, "ประกาศรับสมัคร")
    assert "มีภูมิลำเนาอยู่ในชุมชนไม่น้อยกว่า๑ปี" in notice
    assert "พัฒนาตนเองและสมาชิกอย่างมีทิศทางและต่อเนื่อง" in notice
    assert "๗)เสนอผลการประเมินตนเองต่อคณะกรรมการระดับอำเภอ" in notice
    assert "นายประสานตัวอย่างนักวิชาการพัฒนาชุมชนโทรศัพท์๐-๐๐๐๐-๐๐๐๐" in notice
    assert "(นางหัวหน้าตัวอย่าง)" in notice


def test_an_applicant_s_papers_say_what_it_did_and_what_is_left_to_full_marks(written: Path) -> None:
    folder = written / f"อำเภอ{ns.FULL.name_th}"
    applied = text(folder / "ใบสมัคร" / f"{ONE}.pdf")
    assert "วันที่สมัคร๑๐พฤษภาคม๒๕๖๑" in applied
    assert "ปีที่ก่อตั้งพ.ศ.๒๕๔๐ผลงานสำคัญ(๑)เปิดศูนย์เรียนรู้(๒)ดูแลป่าชุมชน" in applied
    plan = text(folder / "แผนพัฒนาตนเอง" / f"{ONE}.pdf")
    assert "จัดเวทีเรียนรู้ของสมาชิกเป้าหมาย๔ครั้ง" in plan
    assert "นายพี่เลี้ยงตัวอย่างอบต." in plan
    summary = text(folder / "สรุปผลการประเมินตนเอง" / f"{ONE}.pdf")
    assert re.search(r"ก่อนพัฒนา๑๕พฤษภาคม๒๕๖๑", summary)
    assert re.search(r"๕๐.๐๐๕.๐๐๐.๐๐", summary), "full marks, before, after, left of the first indicator"


def test_a_leaders_application_asks_for_no_team_and_says_years_as_the_dossier_does(home: Home) -> None:
    leader = replace(Cases(home.province).case(ns.FULL.name_th, ApplicantType.LEADER, 90), register_no=1)
    said = replace(leader.application, eligibility={**leader.application.eligibility, "residence_1y": "23"})
    d = next(found for _, found in districts_of(home, DAY))
    paper = applied_form(d, replace(leader, application=said), home.pack.standard(ApplicantType.LEADER))
    items = [block.text for block in paper.blocks if block.kind is Kind.ITEM]
    assert items == ["๑. คุณสมบัติ", "๒. เอกสารประกอบการสมัคร", "๓. คณะที่ปรึกษา", "๔. ความยินยอม"]
    rows = next(block.cells for block in paper.blocks if block.kind is Kind.TABLE)
    assert "๑ ปี ๑๑ เดือน" in [answer for _, answer in rows]


def test_the_minutes_of_a_meeting_that_was_held_are_there_and_of_no_other(written: Path) -> None:
    (path,) = written.glob("*/รายงานการประชุม*")
    assert path.relative_to(written).as_posix() == f"อำเภอ{ns.FULL.name_th}/รายงานการประชุม ครั้งที่ 1-2561.pdf"
    assert "นายจดตัวอย่าง" in text(path)


def test_a_slip_has_the_district_s_own_day_and_its_contact(written: Path) -> None:
    slips = written / f"อำเภอ{ns.LACKING.name_th}" / district_folders.SLIPS
    assert sorted(path.name for path in slips.iterdir()) == ["กลุ่มแปรรูปตัวอย่าง 3.pdf", "กลุ่มแปรรูปตัวอย่าง 3.txt"]
    said = (slips / "กลุ่มแปรรูปตัวอย่าง 3.txt").read_text("utf-8")
    assert "ขอให้ส่งภายในวันที่ ๑๘ พฤษภาคม ๒๕๖๑ สอบถาม นายประสาน ตัวอย่าง" in said
    assert "สอบถามนายประสานตัวอย่าง" in text(slips / "กลุ่มแปรรูปตัวอย่าง 3.pdf")


def test_the_page_opens_every_file_and_nothing_outside(written: Path) -> None:
    for folder in written.iterdir():
        page = html.document_fromstring((folder / "index.html").read_bytes())
        links = {unquote(link) for link in page.xpath("//a/@href")}
        assert links == files(folder) - {"index.html"}
        assert not page.xpath("//script | //link | //img | //iframe | //*[@src]")
        assert page.get("lang") == "th"
    lacking = (written / f"อำเภอ{ns.LACKING.name_th}" / "index.html").read_text("utf-8")
    assert "<td>18 พฤษภาคม 2561</td><td>0 จาก 1 ราย</td>" in lacking


def test_a_reminder_is_written_where_something_is_late_and_nowhere_else(home: Home, written: Path) -> None:
    assert reminder_of(home, ns.FULL.code, DAY) is None
    assert not list(written.glob("*/*หนังสือเร่งรัด*"))
    late = reminder_of(home, ns.FULL.code, OVER)
    assert late is not None
    assert dict(late.head)["เรียน"] == f"นายอำเภอ{ns.FULL.name_th}"
    (table,) = (block for block in late.blocks if block.cells)
    assert table.cells[1:] == (("ส่งรายงานผลการดำเนินงานให้จังหวัด", "๑๐ สิงหาคม ๒๕๖๑", "๑ จาก ๔ ราย", "๓"),)


def test_no_district_is_reminded_of_the_provinces_own_round(home: Home) -> None:
    c = province_of(home)
    d = replace(
        next(found for _, found in districts_of(home, OVER)),
        terms=(DistrictTerm(ns.FULL.code, Stage.PROVINCIAL, DAY, 0, 1, 88, ("กลุ่ม",)),),
    )
    assert reminder_letter(c, d) is None
    results = DistrictTerm(ns.FULL.code, Stage.RESULTS, DAY, 0, 1, 88, ("กลุ่ม",))
    late = reminder_letter(c, replace(d, terms=(*d.terms, results)))
    assert late is not None
    assert [len(block.cells) for block in late.blocks if block.cells] == [2]


def test_the_province_sees_every_district_under_each_stage(home: Home) -> None:
    every = [d for _, d in districts_of(home, OVER)]
    paper = all_calendars(province_of(home), every)
    tables = [block.cells for block in paper.blocks if block.cells]
    assert [len(table) for table in tables] == [16, 16]
    rows = {row[0]: row[1:4] for row in tables[0][1:]}
    assert rows[f"อำเภอ{ns.LATE.name_th}"] == ("๑๘ พ.ค. ๒๕๖๑", "๒ จาก ๒ ราย", "ครบ ช้ากว่ากำหนด ๒ วัน")
    assert rows[f"อำเภอ{ns.NOBODY.name_th}"] == ("๑๘ พ.ค. ๒๕๖๑", "ไม่มีผู้สมัคร", "เกินกำหนด ๘๗ วัน")


def test_no_word_is_torn_at_the_end_of_a_line(written: Path) -> None:
    for path in written.rglob("*.pdf"):
        with pymupdf.open(path) as document:
            assert [torn(turns(page), FREQUENT) for page in document] == [[]] * len(document), path


def test_the_same_day_gives_the_same_bytes_and_no_folder_is_overwritten(
    home: Home, written: Path, tmp_path: Path
) -> None:
    name = f"อำเภอ{ns.LACKING.name_th}"
    words = ["--config", str(home.settings.file), "districts", "papers", "--day", "17/5/2561"]
    words += ["--district", ns.LACKING.name_th, "--out", str(tmp_path)]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert "folders of districts: 1" in done.output
    newest, *_ = access_chain.last(home, 1)
    assert (newest.what, newest.about) == ("export", ns.LACKING.code)
    assert files(tmp_path / name) == files(written / name)
    for path in files(tmp_path / name):
        assert (tmp_path / name / path).read_bytes() == (written / name / path).read_bytes(), path
    (tmp_path / name / "ของเจ้าหน้าที่.txt").write_text("บันทึก", "utf-8")
    again = CliRunner().invoke(cli, words)
    assert (again.exit_code, "is already there" in again.output) == (1, True)
    assert (tmp_path / name / "ของเจ้าหน้าที่.txt").exists()
    assert {path.name for path in tmp_path.iterdir()} == {name}


def test_a_folder_keeps_on_a_cd_the_names_that_its_page_opens(written: Path) -> None:
    for folder in written.iterdir():
        entries = [Entry(tuple(path.split("/")), folder / path) for path in sorted(files(folder))]
        assert fitted(entries, in_joliet) == entries


def test_a_full_disk_leaves_no_half_of_a_folder(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = district_folders.write_file, iter(range(9))

    def full(target: Path, content: bytes) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(target, content)

    monkeypatch.setattr(district_folders, "write_file", full)
    with pytest.raises(OSError, match="No space"):
        list(district_folders.write(home, tmp_path, DAY, [ns.NOBODY.code, ns.FULL.code]))
    assert [path.name for path in tmp_path.iterdir()] == []


def test_no_paper_tells_a_national_id(home: Home, written: Path) -> None:
    assert cases.cases(home)
    for path in written.rglob("*.pdf"):
        assert not re.search(r"[๐-๙0-9]{13}", text(path)), path


@pytest.mark.long
def test_the_disc_of_a_release_opens_every_district_as_its_officer_would(home: Home, tmp_path: Path) -> None:
    """From data to the disc by commands; then the disc's files in a browser that has no network."""
    need("7z")
    meeting = Meeting(Level.PROVINCE, "1/2561", day=date(2018, 8, 17), place="ศาลากลางจังหวัดนครสวรรค์")
    with transaction(home.engine) as session:
        kept.keep(session, meeting, "นางบันทึก ตัวอย่าง")
    errors = {one.code for one in lint(examined(home, meeting)) if one.entry.grave is Grave.ERROR}
    words = [word for code in sorted(errors) for word in ("--override", code)]
    command(home, "packet", "release", "--archive", "--reason", "ทดลองแผ่น", *words)
    command(home, "export", "cd", "--release", "1", "--out", str(tmp_path / "cd.iso"))
    subprocess.run(["7z", "x", "-bd", "-odisc", "cd.iso"], cwd=tmp_path, check=True, capture_output=True)
    disc = tmp_path / "disc"
    papers = disc / "4 เอกสารของอำเภอ"
    assert {path.name for path in papers.iterdir() if path.is_dir()} == {
        f"อำเภอ{one.name_th}" for one in ns.DISTRICTS
    }
    groups = {f"กลุ่มแปรรูปตัวอย่าง{digits(str(n))}": one for n, one in enumerate(ns.DISTRICTS[:-1], 1)}
    for place in ns.DISTRICTS:
        register, listed = (of(papers, place, name) for name in ("ทะเบียนผู้สมัคร", "สรุปรายชื่อผู้สมัคร"))
        told = {name for name in groups if re.search(rf"{name}(?![๐-๙])", register)}
        assert told == {name for name, one in groups.items() if one is place}
        assert "ส่งจังหวัดภายในวันที่๑๘พฤษภาคม๒๕๖๑" in listed
        assert "ส่งจังหวัดภายในวันที่๑๐สิงหาคม๒๕๖๑" in of(papers, place, "สรุปผลการตรวจประเมินระดับอำเภอ")
    with driven(disc.as_uri()) as browser:
        offline(browser)
        browser.open("/index.html")
        first = links(browser)
        assert {file_of(link) for link in first} == {
            path for path in disc.rglob("*") if path.is_file() and path != disc / "index.html"
        }
        for place in ns.DISTRICTS:
            (page,) = (one for one in first if one.endswith(f"{quote(f'อำเภอ{place.name_th}')}/index.html"))
            browser.driver.get(page)
            assert place.name_th in browser.find("h1").text
            assert {file_of(link) for link in links(browser)} == {
                path for path in file_of(page).parent.rglob("*") if path.is_file() and path != file_of(page)
            }
        assert browser.run("return performance.getEntriesByType('resource').length") == 0
        assert browser.console() == []


def command(home: Home, *words: str) -> None:
    done = CliRunner().invoke(cli, ["--config", str(home.settings.file), *words])
    assert done.exit_code == 0, done.output


def links(browser: Driven) -> list[str]:
    return [one.get_attribute("href") for one in browser.driver.find_elements("css selector", "a")]


def file_of(link: str) -> Path:
    return Path(unquote(urlsplit(link).path))
