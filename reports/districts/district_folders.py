"""Writes a folder for each district: its papers as PDF and Word, its applicants', slips, a first page."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mochocho.storage.db import reading
from mochocho.storage.file_names import safe
from mochocho.storage.files import private_dir, temporary_dir, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.model import Case
from processing.assessment import cases
from processing.assessment.evaluate import PackOf
from processing.meetings import kept
from processing.meetings.meeting import Level
from processing.register.form_packs import Packs
from processing.rounds.calendar import Stage
from processing.rounds.district_terms import next_due
from reports.districts import unit_files
from reports.districts.district_home import districts_of, province_of
from reports.districts.folder_page import Part, folder_page
from reports.notices import slip_papers
from reports.packet import after_meeting
from reports.single import editable_files, letter_pages
from reports.view.applicant_names import named_in
from reports.view.blocks import Paper
from reports.view.districts.applicant_register import applicant_list, applicant_register
from reports.view.districts.applied_form import applied_form
from reports.view.districts.district_calendar import all_calendars, district_calendar
from reports.view.districts.district_setting import District, in_order
from reports.view.districts.evidence_check import evidence_check, standard_of
from reports.view.districts.own_plan import own_plan
from reports.view.districts.publicity_notice import publicity_notice
from reports.view.districts.reminder_letter import reminder_letter
from reports.view.districts.results_summary import results_summary
from reports.view.districts.self_summary import self_summary
from reports.view.letters.convened import Convened

PAGE = "index.html"
MINUTES = "รายงานการประชุม"
WORD, APPLICATIONS, PLANS, SUMMARIES, SLIPS = (
    "ไฟล์ Word สำหรับแก้ไข",
    "ใบสมัคร",
    "แผนพัฒนาตนเอง",
    "สรุปผลการประเมินตนเอง",
    "ใบแจ้งรายการที่ขอเพิ่มเติม",
)


@dataclass(slots=True)
class _Folder:
    """One district's folder while it is filled. `province`: who writes; `unbroken`: words kept whole."""

    home: Home
    root: Path
    d: District
    province: Convened
    unbroken: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)

    def pdf(self, path: str, paper: Paper) -> str:
        return self.file(path, letter_pages.pdf(self.home, [paper], self.unbroken))

    def file(self, path: str, content: bytes) -> str:
        target = self.root / path
        private_dir(target.parent)
        write_file(target, content)
        return path


def write(home: Home, folder: Path, day: date, codes: Collection[str] | None = None) -> Iterator[Path]:
    """Write a folder for every district, or for these (codes), yielding each once it is whole; for every
    district also a paper about how all stand to the calendar.

    Raises Terminal where one of the folders is there, before anything is written, and as `deadlines_of`.
    """
    found = list(districts_of(home, day, codes))
    _refuse_written(folder, [d for _, d in found])
    private_dir(folder)
    pack_of, province = Packs(home).of, province_of(home)
    for place, d in found:
        with temporary_dir(folder) as draft:
            with cases.opened(home) as casebook:
                own = in_order(one for one in casebook.each([place.code]) if one.unmade is None)
            made = _Folder(home, private_dir(draft / "folder"), d, province, tuple(_kept_whole(d, own)))
            _fill(made, own, pack_of)
            target = folder / safe(d.name)
            os.replace(made.root, target)  # noqa: PTH105 - whole or not at all
        yield target
    if codes is None and found:
        paper = all_calendars(province, [d for _, d in found])
        path = folder / f"{paper.name}.pdf"
        write_file(path, letter_pages.pdf(home, [paper]))
        yield path


def _refuse_written(folder: Path, found: Sequence[District]) -> None:
    """A folder of an earlier day holds papers that are true no more, and perhaps what its officer put in."""
    for d in found:
        if (target := folder / safe(d.name)).exists():
            raise Terminal(
                f"มีโฟลเดอร์ {target} อยู่แล้ว จึงไม่เขียนทับ ให้ระบุ --out เป็นโฟลเดอร์ใหม่ เช่นตามวันที่ หรือย้ายของเดิมออก",
                f"{target} is already there and stays as it is; name another --out, or move it away",
            )


def _fill(made: _Folder, own: Sequence[Case], pack_of: PackOf) -> None:
    _of_district(made, own, pack_of)
    presented = [case for case in own if case.assessment.not_presented is None]
    stems = unit_files.stems((case.application.key, case.application.name) for case in presented)
    _of_applicants(made, presented, stems, pack_of)
    _slips(made, stems)
    made.file(PAGE, folder_page(made.d, made.parts).encode())


def _of_district(made: _Folder, own: Sequence[Case], pack_of: PackOf) -> None:
    papers = list(_papers(made, own, pack_of))
    listed = [(one.name, made.pdf(f"{n:02} {one.name}.pdf", one)) for n, one in enumerate(papers, 1)]
    made.parts.append(Part("เอกสารของอำเภอ", "", [*listed, *_minutes(made)]))
    written = editable_files.write(made.home.settings.papers, papers, made.root / WORD)
    files = [(one.path.stem, f"{WORD}/{one.path.name}") for one in written]
    made.parts.append(Part(WORD, "แก้ไขในโปรแกรม Word แล้วบันทึกเป็นชื่ออื่น", files))


def _minutes(made: _Folder) -> Iterator[tuple[str, str]]:
    """Of each meeting of the district's committee that was held."""
    with reading(made.home.engine) as session:
        kept_here = [one for one in kept.meetings(session) if one.district == made.d.c.meeting.district]
    for meeting in kept_here:
        if meeting.level is Level.DISTRICT and meeting.held:
            title = f"{MINUTES} ครั้งที่ {meeting.number}"
            with temporary_dir(made.root) as draft:
                (path,) = after_meeting.write(made.home, meeting, draft / "minutes")
                content = path.read_bytes()
            yield title, made.file(f"{safe(title)}.pdf", content)


def _papers(made: _Folder, own: Sequence[Case], pack_of: PackOf) -> Iterator[Paper]:
    """In the order of the work."""
    d = made.d
    yield district_calendar(d)
    if reminder := reminder_letter(made.province, d):
        yield reminder
    yield publicity_notice(d, made.home.pack)
    yield applicant_register(d, own)
    yield evidence_check(d, own, pack_of)
    yield applicant_list(d, own)
    yield results_summary(d, own)


def _of_applicants(made: _Folder, own: Sequence[Case], stems: dict[str, str], pack_of: PackOf) -> None:
    applied, plans, summaries = [], [], []
    for case in own:
        stem, d = stems[case.application.key], made.d
        path = f"{APPLICATIONS}/{stem}.pdf"
        applied.append((stem, made.pdf(path, applied_form(d, case, standard_of(case, pack_of)))))
        if case.own.plan:
            plans.append((stem, made.pdf(f"{PLANS}/{stem}.pdf", own_plan(d, case, case.own.plan))))
        if case.own.rounds:
            paper = self_summary(d, case, pack_of)
            summaries.append((stem, made.pdf(f"{SUMMARIES}/{stem}.pdf", paper)))
    for title, files in ((APPLICATIONS, applied), (PLANS, plans), (SUMMARIES, summaries)):
        made.parts.append(Part(title, "", files))


def _slips(made: _Folder, stems: dict[str, str]) -> None:
    """What is wanted of each by the district's next day for applications, and whom to ask."""
    files = []
    due = next_due(made.d.calendar, (Stage.APPLICATION, Stage.APPLICANT_LIST), made.d.day)
    for found in slip_papers.wanted(made.home, list(stems)):
        one = replace(found, to=replace(found.to, due=due, contact=made.d.office.asked))
        stem = stems[one.to.key]
        paper = made.file(f"{SLIPS}/{stem}.pdf", slip_papers.paper(made.home, one))
        text = made.file(f"{SLIPS}/{stem}.txt", slip_papers.text(made.home, one).encode())
        files += [(stem, paper), (f"{stem} (ข้อความสำหรับส่งทาง LINE)", text)]
    made.parts.append(Part(SLIPS, "ให้ผู้สมัครแต่ละรายเท่านั้น เพราะมีชื่อและรหัสของผู้สมัคร", files))


def _kept_whole(d: District, own: Sequence[Case]) -> Iterator[str]:
    """Names of people and places by their parts, and the telephone, as they are printed."""
    words = d.c.occasion.words
    for name in (*(name for case in own for name in named_in(case)), d.office.head, d.office.contact):
        yield from words.text(name).split(" ")
    yield words.text(d.office.telephone)
