"""Commands of the provincial office: assess, run, status, replay; and of its workers."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import end_with, progress_bars, say, show, warn
from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from mochocho.app.pipeline.conveyor import RunReport
    from mochocho.storage.home import Home

SOMETHING_WAITS = 3  # everything possible was done; a person must decide or correct something


@command(
    """ตรวจและให้คะแนนทุกคนที่มีอะไรเปลี่ยน

    จบด้วยสถานะ 3 เมื่อมีสิ่งที่รอคนแก้หรือตัดสิน ซึ่งบอกทีละบรรทัดพร้อมวิธี

    --pack กับ --dry-run: ถ้าใช้เกณฑ์ชุดอื่น ผลของใครเปลี่ยนบ้าง โดยไม่บันทึกอะไร ทุกแบบฟอร์มตรวจเหมือนทำจากชุดนั้น
    จบด้วยสถานะ 0 เมื่อไม่มีใครเปลี่ยน 3 เมื่อมีคนเปลี่ยน 1 เมื่อชุดนั้นใช้ไม่ได้
    """
)
@option(
    "--pack",
    "other",
    metavar="PACK",
    th="เกณฑ์ชุดอื่น รหัส ไฟล์ .yaml หรือ .xlsx ใช้กับ --dry-run",
    en="Other criteria: an id, a .yaml or .xlsx file; with --dry-run.",
)
@option("--dry-run", is_flag=True, th="ดูอย่างเดียว ไม่บันทึก", en="Only look; write nothing.")
@option(
    "--out",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    th="เขียนผลที่เปลี่ยนเป็นไฟล์ Excel ด้วย ใช้กับ --dry-run",
    en="Write what changes as an Excel file too; with --dry-run.",
)
@pass_invocation
@click.pass_context
def assess(
    ctx: click.Context, invocation: Invocation, other: str | None, dry_run: bool, target: Path | None
) -> None:
    """Check and score everyone of whom something changed.

    Ends with status 3 when something waits for a person; each is told in a line with its cure.

    --pack with --dry-run: whose result would change under other criteria; writes nothing. Every form is
    assessed as if it had been built from that pack. Ends with status 0 when nobody's changes, 3 when
    somebody's does, 1 when the pack cannot be used.
    """
    from mochocho.app.pipeline.conveyor import run_once

    if other is not None and dry_run:
        _try_pack(ctx, invocation.home, other, target)
        return
    if other is not None or dry_run or target is not None:
        raise wrong_call(
            "--pack กับ --dry-run ใช้ด้วยกัน และ --out ใช้กับสองตัวนี้ ถ้าจะใช้เกณฑ์ชุดอื่นจริงให้ตั้ง pack ในการตั้งค่า",
            "--pack and --dry-run go together, --out with both; to use another pack, set it in the settings",
        )
    with progress_bars() as progress:
        report = run_once(invocation.writable_home, progress, stages=("register", "assess"))
    count = report.done("assess")
    say(f"ตรวจประเมิน {count} ราย", f"assessed {count} applicants")
    _end(ctx, invocation.home, report, ("register", "assess"))


def _try_pack(ctx: click.Context, home: "Home", other: str, target: Path | None) -> None:
    """Tell whose result another pack would change; write nothing but the file asked for."""
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.pack_files import pack_of
    from processing.trials.pack_trial import try_pack
    from reports.lists import trial_sheet

    pack = pack_of(other)
    with progress_bars() as progress:
        trial = try_pack(home, pack, progress)
    rows = trial_sheet.rows(home, pack, trial)
    for row in rows:
        show(trial_sheet.line(row))
    for key in trial.failed:
        warn(
            f"ผู้สมัคร {key} เทียบไม่ได้ ให้สั่ง `mochocho assess` แล้วดู `mochocho status`",
            f"applicant {key} cannot be compared; `mochocho assess`, then `mochocho status`",
        )
    turned = sum(one.turned for one in trial.changed)
    say(
        f"เทียบ {trial.compared} ราย ผลเปลี่ยน {len(rows)} ราย ในนั้นเกณฑ์ผ่านตอบกลับกัน {turned} ราย ไม่ได้บันทึกอะไร",
        f"compared {trial.compared} applicants; results that change: {len(rows)}, of which the pass rule "
        f"answers otherwise: {turned}; nothing was recorded",
    )
    if target is not None:
        note_at_the_command_line(home, "export", pack.id, "mochocho assess --dry-run")
        trial_sheet.write(target, rows)
        show(str(target))
    if rows or trial.failed:
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
    from mochocho.app.asked_work.asked_works import Kind
    from mochocho.app.asked_work.reporting import of_command
    from mochocho.app.commands.packets.packet_command import make
    from mochocho.app.pipeline.conveyor import run_once
    from mochocho.app.pipeline.pulling import Asked
    from processing.meetings import packet_meeting

    if invocation.settings.distributed:
        _ = invocation.writable_home
        workers = _workers()
        workers.start_work(workers.make_app(invocation.settings))
        say(
            "ผู้ทำงานกำลังดูว่ามีอะไรต้องทำ `mochocho status` บอกว่าถึงไหน",
            "the workers look for what is due; `mochocho status` says how far they are",
        )
        return
    home = invocation.writable_home
    with progress_bars() as bars, of_command(home, Kind.EVERYTHING, bars) as progress:
        meeting = packet_meeting.of_home(home)
        report = run_once(home, progress, asked=Asked(revalidate=meeting is not None))
        sources, applicants = report.done("pull"), report.done("assess")
        say(
            f"ดึงข้อมูลจาก {sources} แหล่ง ตรวจประเมิน {applicants} ราย",
            f"pulled from {sources} sources, assessed {applicants} applicants",
        )
        if meeting is None:
            say(
                "ไม่ทำเอกสาร: ยังไม่ได้ตั้งการประชุม สั่ง `mochocho meeting new` เพื่อเริ่ม",
                "no packet: no meeting is set up yet; `mochocho meeting new` begins one",
            )
        else:
            make(home, None, progress)
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
    count = ledger.replay(invocation.writable_home, stage, item)
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
    from mochocho.app.asked_work import handed_over

    app = workers.make_app(invocation.settings, handed_over.beside())
    home = invocation.writable_home
    home.engine.dispose()  # the upgrade is done; worker processes open engines of their own
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


COMMANDS = (assess, beat, replay, run, status, worker)
