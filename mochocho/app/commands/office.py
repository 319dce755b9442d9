"""Commands of the provincial office: assess, decide, packet, run, status, replay; and of its workers."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mochocho.app.commands.help import command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import end_with, progress_bars, say, show, warn
from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from mochocho.app.pipeline.conveyor import RunReport
    from mochocho.excel.cells import Cell
    from mochocho.storage.home import Home
    from mochocho.words.model import Gate
    from mochocho.words.progress import ProgressCall

Read = TypeVar("Read")

SOMETHING_WAITS = 3  # everything possible was done; a person must decide or correct something


@command(
    """ตรวจและให้คะแนนทุกคนที่มีอะไรเปลี่ยน

    จบด้วยสถานะ 3 เมื่อมีสิ่งที่รอคนแก้หรือตัดสิน ซึ่งบอกทีละบรรทัดพร้อมวิธี
    """
)
@pass_invocation
@click.pass_context
def assess(ctx: click.Context, invocation: Invocation) -> None:
    """Check and score everyone of whom something changed.

    Ends with status 3 when something waits for a person; each is told in a line with its cure.
    """
    from mochocho.app.pipeline.conveyor import run_once

    with progress_bars() as progress:
        report = run_once(invocation.home, progress, stages=("register", "assess"))
    count = report.done("assess")
    say(f"ตรวจประเมิน {count} ราย", f"assessed {count} applicants")
    _end(ctx, invocation.home, report, ("register", "assess"))


@command(
    """บันทึกมติของคณะกรรมการระดับอำเภอหรือระดับจังหวัด

    ไม่มีส่วนใดคิดจากคะแนน เลือกทางหนึ่ง: `--template FILE.xlsx` (ผู้สมัครละหนึ่งแถว) กรอก แล้ว
    `--import FILE.xlsx` หรือทีละราย: KEY กับ --outcome, --committee, --meeting และ --date มติหลังแทนมติก่อน
    """
)
@click.argument("key", required=False)
@option(
    "--outcome",
    type=click.Choice(["pass", "fail"]),
    th="มติ: pass คือผ่าน fail คือไม่ผ่าน",
    en="What the committee resolved.",
)
@option(
    "--level",
    type=click.Choice(["district", "province"]),
    default="district",
    show_default=True,
    th="คณะกรรมการระดับใด: district อำเภอ province จังหวัด",
    en="Whose committee: a district's or the province's.",
)
@option("--committee", th="ชื่อคณะกรรมการ", en="Name of the committee.")
@option("--meeting", th="ครั้งที่ของการประชุม เช่น 1/2568", en="Number of its meeting, like 1/2568.")
@option(
    "--date",
    th="วันประชุม: 2025-04-20, 20/4/2568 หรือ 20 เมษายน 2568",
    en="Day of the meeting: 2025-04-20, 20/4/2568 or 20 เมษายน 2568.",
)
@option(
    "--reason",
    default="",
    th="เหตุผล ตามถ้อยคำของคณะกรรมการ ต้องมีเมื่อไม่ผ่าน",
    en="Why, in the committee's words; needed where it did not pass.",
)
@option("--by", default="", th="ผู้บันทึก", en="Who records it.")
@option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    th="เขียนแฟ้ม Excel สำหรับกรอก",
    en="Write an Excel file to fill in.",
)
@option(
    "--templates",
    type=click.Path(file_okay=False, path_type=Path),
    th="เขียนแฟ้ม Excel สำหรับกรอก อำเภอละแฟ้ม ลงโฟลเดอร์นี้ พร้อมคะแนน เอกสาร และหลักฐานที่ขัดกับการผ่าน",
    en="Write Excel files to fill in, one a district, with scores, documents and what is against a pass.",
)
@option(
    "--import",
    "filled",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    th="อ่านแฟ้มที่กรอกแล้วกลับเข้ามา",
    en="Read it back.",
)
@pass_invocation
def decide(
    invocation: Invocation,
    /,
    key: str | None,
    level: str,
    template: Path | None,
    templates: Path | None,
    filled: Path | None,
    **by_hand: Any,
) -> None:
    """Record what a district's or the province's committee resolved.

    Nothing here is computed from scores. Either `--template FILE.xlsx` (one row an applicant), fill it in,
    `--import FILE.xlsx`; or one decision: KEY with --outcome, --committee, --meeting and --date. A later one
    stands in place of an earlier one.
    """
    from mochocho.words.model import Gate
    from processing.decisions import district_workbooks
    from processing.decisions import record_resolutions as decisions

    gate = {"district": Gate.DISTRICT, "province": Gate.PROVINCE}[level]
    ways = [template, templates, filled, key]
    if sum(way is not None for way in ways) != 1:
        raise wrong_call(
            "เลือกหนึ่งอย่าง: --template FILE.xlsx, --templates FOLDER, --import FILE.xlsx หรือ KEY พร้อมมติ",
            "give one of: --template FILE.xlsx, --templates FOLDER, --import FILE.xlsx, "
            "or a KEY with its decision",
        )
    if template is not None:
        decisions.template_xlsx(invocation.home, template, gate)
        say(
            f"เขียน {template} แล้ว กรอกให้เสร็จ แล้วสั่ง `mochocho decide --import {template}`",
            f"wrote {template}; fill it in, then `mochocho decide --import {template}`",
        )
    elif templates is not None:
        for path in district_workbooks.write(invocation.home, templates, gate):
            say(f"เขียน {path}", f"wrote {path}")
    elif filled is not None:
        report = decisions.import_xlsx(invocation.home, filled, by_hand["by"])
        if report.mistakes:
            mistakes = "\n".join(map(str, report.mistakes))
            raise Terminal(
                f"{filled} มีที่ผิด ยังไม่ได้บันทึกอะไร\n{mistakes}",
                f"{filled} has mistakes; nothing of it was recorded\n{mistakes}",
            )
        for warning in map(str, report.warnings):
            warn(warning, warning)
        say(
            f"บันทึกมติ {report.recorded} ราย มีอยู่แล้ว {report.unchanged} ราย",
            f"recorded {report.recorded} decisions; {report.unchanged} stood already",
        )
    elif key is not None:
        _decide_one(invocation.home, key, gate, **by_hand)


_OPTION_OF = {
    "gate": "--level",
    "outcome": "--outcome",
    "committee": "--committee",
    "meeting_no": "--meeting",
    "meeting_date": "--date",
    "reason": "--reason",
}


def _decide_one(home: "Home", key: str, gate: "Gate", **by_hand: Any) -> None:
    from mochocho.excel.typed import day_of
    from mochocho.storage.db import reading
    from mochocho.words import thai
    from mochocho.words.model import Outcome, Resolution
    from processing.decisions import record_resolutions as decisions
    from processing.decisions.acceptable import Known, in_spite_of, refusals
    from processing.decisions.clerks_sheet import parse_meeting_no
    from processing.decisions.decision import of_resolution

    if missing := [f"--{name}" for name in ("outcome", "committee", "meeting", "date") if not by_hand[name]]:
        rest = ", ".join(missing)
        raise wrong_call(
            f"มติของผู้สมัครรายเดียวต้องมี {rest} ด้วย", f"a decision about one applicant also needs {rest}"
        )
    day = _typed("--date", by_hand["date"], day_of)
    meeting_no = _typed("--meeting", by_hand["meeting"], parse_meeting_no)
    resolution = Resolution(
        gate=gate,
        outcome=Outcome(by_hand["outcome"]),
        committee=by_hand["committee"],
        meeting_no=meeting_no,
        meeting_date=day,
        reason=by_hand["reason"],
        recorded_by=by_hand["by"],
    )
    with reading(home.engine) as session:
        (found,) = decisions.against(session, [(key, resolution)])
    known = Known(against=found)
    if refusal := next(refusals(of_resolution(key, resolution), home.pack.fiscal_year_be, known), None):
        raise click.BadParameter(refusal.message_th, param_hint=_OPTION_OF[refusal.part])
    if found:
        warn(in_spite_of(found), in_spite_of(found))
    new = decisions.record(home, {key: resolution})
    met = thai.date_words(day, thai_digits=False)
    if new:
        say(f"บันทึกมติวันที่ {met} 1 รายแล้ว", f"recorded 1 decision of {met}")
    else:
        say(f"มติวันที่ {met} นี้บันทึกไว้อยู่แล้ว", f"this decision of {met} stands already")


def _typed(option: str, text: str, read: Callable[["Cell"], Read]) -> Read:
    """A typed value, read like a cell of the clerk's file."""
    from mochocho.excel.cells import Cell
    from mochocho.excel.typed import Wrong
    from mochocho.words import thai

    try:
        return read(Cell(thai.normalise(text)))
    except Wrong as wrong:
        raise click.BadParameter(str(wrong), param_hint=option) from wrong


@command(
    """ทำเอกสารการประชุมคณะกรรมการ

    packet.pdf และ manifest.json สำหรับการประชุมในการตั้งค่า จากผลตรวจครั้งล่าสุด (`mochocho run` ตรวจให้ก่อน)
    ถ้าไม่กำหนด --out เอกสารอยู่ใน packet/ ของโฟลเดอร์งาน จบด้วยสถานะ 3 เมื่อมีผู้สมัครที่จัดทำเอกสารไม่ได้
    ซึ่งในเล่มมีใบที่บอกเหตุแทน
    """
)
@option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    th="โฟลเดอร์ที่จะเขียน",
    en="Folder to write into.",
)
@pass_invocation
@click.pass_context
def packet(ctx: click.Context, invocation: Invocation, folder: Path | None) -> None:
    """Make the papers of the committee's meeting.

    packet.pdf and manifest.json, for the meeting in the settings, of what was assessed last; `mochocho run`
    assesses first. Without --out they go to packet/ in the home. Ends with status 3 when there are no papers
    of an applicant; a sheet says so in their place.
    """
    from mochocho.app.pipeline import ledger
    from mochocho.app.status import cures
    from mochocho.app.status.status_figures import look
    from processing.assessment import assess as assessing
    from reports.packet import make_packet, needed_sheets

    home = invocation.home
    _compare_files(home)
    failed = ledger.resting(home, "assess")
    if due := len(set(assessing.due(home)) - failed):
        warn(
            f"ผู้สมัคร {due} รายเปลี่ยนไปหลังการตรวจ ให้สั่ง `mochocho run` ซึ่งตรวจให้ก่อน",
            f"{due} applicants changed since they were assessed; `mochocho run` assesses them first",
        )
    if count := len(failed):
        warn(
            f"ตรวจผู้สมัคร {count} รายตามที่เป็นอยู่ไม่ได้ `mochocho status` บอกเหตุ",
            f"{count} applicants could not be assessed as they are now; `mochocho status` says why",
        )
    with progress_bars() as progress:
        _make_packet(home, folder, progress)
    laid_out = needed_sheets.planned(home)
    if laid_out and laid_out.unmade:
        for line in cures.of_person(look(home), datetime.now(UTC), (make_packet.STAGE,)):
            warn(*line)
        ctx.exit(SOMETHING_WAITS)


@command(
    """ทำทุกขั้นตอนตามลำดับหนึ่งรอบ แล้วทำเอกสารการประชุม

    ดึงข้อมูล ลงทะเบียน ตรวจประเมิน แล้วทำเอกสารเมื่อการตั้งค่าระบุการประชุม ถ้าการตั้งค่าระบุ Redis
    จะสั่งให้ผู้ทำงานทำ และ `mochocho status` บอกว่าถึงไหน จบด้วยสถานะ 3 เมื่อทำครบแล้วแต่มีสิ่งที่รอคนแก้
    หรือตัดสิน ซึ่งบอกทีละบรรทัดพร้อมวิธี
    """
)
@pass_invocation
@click.pass_context
def run(ctx: click.Context, invocation: Invocation) -> None:
    """Everything once, in order, then the packet.

    Pull, register, assess; then the papers, where the settings name a meeting. Where the settings name a
    broker, the workers are told to do so, and `mochocho status` says how far they are. Ends with status 3
    when all was done and something waits for a person; each is told in a line with its cure.
    """
    from mochocho.app.pipeline.conveyor import run_once
    from mochocho.app.pipeline.pulling import Asked

    if invocation.settings.distributed:
        workers = _workers()
        workers.start_work(workers.make_app(invocation.settings))
        say(
            "ผู้ทำงานกำลังดูว่ามีอะไรต้องทำ `mochocho status` บอกว่าถึงไหน",
            "the workers look for what is due; `mochocho status` says how far they are",
        )
        return
    home = invocation.home
    with progress_bars() as progress:
        report = run_once(home, progress, asked=Asked(revalidate=home.settings.meeting is not None))
        sources, applicants = report.done("pull"), report.done("assess")
        say(
            f"ดึงข้อมูลจาก {sources} แหล่ง ตรวจประเมิน {applicants} ราย",
            f"pulled from {sources} sources, assessed {applicants} applicants",
        )
        if home.settings.meeting is None:
            say("ไม่ทำเอกสาร: การตั้งค่าไม่มี [meeting]", "no packet: the settings have no [meeting]")
        else:
            _make_packet(home, None, progress)
    _end(ctx, home, report)


def _end(ctx: click.Context, home: "Home", report: "RunReport", stages: Sequence[str] | None = None) -> None:
    """Print what waits for a person; the exit status depends first on failures, then on what waits."""
    from mochocho.app.status import cures
    from mochocho.app.status.status_figures import look

    waits = list(cures.of_person(look(home), datetime.now(UTC), stages))
    for line in waits:
        warn(*line)
    end_with(report.problems)
    if waits:
        ctx.exit(SOMETHING_WAITS)


def _compare_files(home: "Home") -> None:
    """Check that every photo to be printed is still the server's; a server that is away prevents nothing."""
    from mochocho.app.pipeline import pulling
    from processing.register import register_forms
    from sync.pull.registry import servers

    failed, changed = pulling.do(home, [s.key for s in servers(home)], None, pulling.Asked(revalidate=True))
    for line in pulling.uncompared(failed):
        warn(*line)
    if changed and (due := len(register_forms.due(home))):
        warn(
            f"แบบฟอร์ม {due} ชุดเปลี่ยนบนเซิร์ฟเวอร์หลังจากที่อ่าน ให้สั่ง `mochocho run` ซึ่งอ่านให้ก่อน",
            f"{due} forms changed on a server since they were read; `mochocho run` takes them in first",
        )


def _make_packet(home: "Home", folder: Path | None, progress: "ProgressCall") -> None:
    from mochocho.app.status import unprintable
    from mochocho.words.days import far_from_cycle
    from reports.packet.make_packet import make_packet
    from reports.packet.needed_sheets import BeingMade

    meeting = home.settings.meeting
    if meeting is None:
        warn(
            "การตั้งค่าไม่มี [meeting]: เอกสารเว้นครั้งที่ วันที่ และสถานที่ว่างไว้",
            "the settings have no [meeting]: the papers leave its number, date and place blank",
        )
    elif wrong := far_from_cycle(meeting.date, home.pack.fiscal_year_be):
        said = f"[meeting] date = {meeting.date}: {wrong}"
        warn(said, said)
    for sentence in unprintable.sentences(home):
        warn(sentence, sentence)
    try:
        files = make_packet(home, folder or home.settings.packet_dir, progress)
    except BeingMade:
        if folder is not None:
            raise  # no other process makes what was asked for here
        say(
            "มีผู้อื่น (worker หรือคำสั่งอื่น) กำลังจัดทำเอกสารชุดนี้อยู่ ไม่ต้องทำอะไร `mochocho status` บอกเมื่อเสร็จ",
            "somebody else (a worker or another command) makes these papers now: nothing is left to do. "
            "`mochocho status` says when they are done",
        )
        return
    for path in files.pdfs:
        say(f"เอกสารการประชุม: {path}", f"packet: {path}")
    show(f"manifest: {files.manifest}")


@command("อะไรทำแล้ว อะไรค้าง อะไรไม่สำเร็จ และอะไรรอคน")
@option(
    "--json",
    "as_json",
    is_flag=True,
    th="สำหรับโปรแกรม: JSON หนึ่งชุด เหมือนกันทุกภาษา",
    en="For programs: one JSON object, the same in every language.",
)
@option(
    "--prometheus",
    is_flag=True,
    th="สำหรับ Prometheus: ตัวเลขเท่านั้น",
    en="For Prometheus: numbers only, in its text format.",
)
@pass_invocation
def status(invocation: Invocation, as_json: bool, prometheus: bool) -> None:
    """What is done, what is left, what failed, what needs a person."""
    from mochocho.app.status.metrics import to_prometheus
    from mochocho.app.status.shown import table, to_json
    from mochocho.app.status.status_figures import look

    if as_json and prometheus:
        raise wrong_call("เลือก --json หรือ --prometheus อย่างใดอย่างหนึ่ง", "give one of --json and --prometheus")
    now, at = look(invocation.home), datetime.now(UTC)
    if as_json:
        show(to_json(now))
    elif prometheus:
        show(to_prometheus(now, at))
    else:
        table(now, at)


@command(
    """ลองใหม่สิ่งที่ไม่สำเร็จ: ทั้งหมด ทั้งขั้นตอน (STAGE) หรือรายการเดียว (ITEM)

    `mochocho status` บอกชื่อทั้งสอง สิ่งที่ติดขัดชั่วคราวจะลองใหม่เองอยู่แล้ว สิ่งที่รอคนแก้จะลองใหม่หลังคำสั่งนี้
    โดยผู้ทำงาน `mochocho serve` หรือ `mochocho run`
    """
)
@click.argument("stage", required=False)
@click.argument("item", required=False)
@pass_invocation
def replay(invocation: Invocation, stage: str | None, item: str | None) -> None:
    """Try again what failed: everything, one STAGE, or one ITEM of it.

    `mochocho status` names both. What failed for a passing reason is tried again anyway; what waits for a
    person is tried again after this, by the workers, by `mochocho serve` or by `mochocho run`. Of the stage
    pull also what is in quarantine, by the id of its root.
    """
    from mochocho.app.pipeline import ledger
    from mochocho.app.pipeline.conveyor import STAGES
    from sync.mirror import read_again

    names = [one.name for one in STAGES]
    if stage is not None and stage not in names:
        known = ", ".join(names)
        raise wrong_call(f"ไม่มีขั้นตอน {stage} ที่มีคือ {known}", f"there is no stage {stage}; there are {known}")
    count = ledger.replay(invocation.home, stage, item)
    if stage in (None, "pull"):
        count += read_again.make_due(invocation.home, item)
    say(f"จะลองใหม่ {count} รายการ", f"{count} will be tried again")


@command(
    """ผู้ทำงาน: ทำสิ่งที่ถูกแจกมา จนกว่าจะสั่งหยุด

    เปิดได้เท่าจำนวนเครื่อง ต้องมี PostgreSQL และ `broker_url` ใน [workers] ถ้าถูกตัดกลางคันก็ไม่มีอะไรหาย
    ผู้ทำงานอื่นจะทำสิ่งที่ค้างใหม่
    """
)
@option(
    "--concurrency",
    type=click.IntRange(1, 256),
    th="จำนวนโปรเซส ถ้าไม่กำหนด คือหนึ่งต่อหน่วยประมวลผล",
    en="Processes; without it, one for each processor.",
)
@pass_invocation
@click.pass_context
def worker(ctx: click.Context, invocation: Invocation, concurrency: int | None) -> None:
    """Do what the conveyor hands out, until stopped.

    Start as many as there are machines. Needs PostgreSQL and the `broker_url` of [workers]. One that is
    killed loses nothing: what it was at is done again by another.
    """
    workers = _workers()
    app = workers.make_app(invocation.settings)
    invocation.home.engine.dispose()  # the upgrade is done; worker processes open engines of their own
    ctx.exit(workers.work(app, concurrency or os.cpu_count() or 1))


@command(
    """ปลุกผู้ทำงานทุก `tick_seconds` จนกว่าจะสั่งหยุด

    มีตัวเดียวพอ มีตัวที่สองอยู่ข้างกันก็ไม่เสีย
    """
)
@pass_invocation
def beat(invocation: Invocation) -> None:
    """Wake the workers every `tick_seconds`, until stopped.

    One is enough; a second beside it does no harm.
    """
    workers = _workers()
    workers.beat(workers.make_app(invocation.settings))


def _workers() -> ModuleType:
    """The module `mochocho.app.pipeline.worker`, which needs an extra. Raises Terminal if it is not
    installed.
    """
    try:
        from mochocho.app.pipeline import worker
    except ModuleNotFoundError as error:
        raise Terminal(
            f"ยังไม่ได้ติดตั้ง {error.name} ผู้ทำงานต้องมี mochocho[workers], PostgreSQL และ Redis",
            f"{error.name} is not installed; workers need mochocho[workers], PostgreSQL and Redis",
        ) from error
    return worker


COMMANDS = (assess, beat, decide, packet, replay, run, status, worker)
