"""Commands of the provincial office: assess, decide, packet, run, status, replay; and of its workers."""

import os
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from mochocho.app.console import end_with, progress_bars, say, warn
from mochocho.app.invocation import Invocation, pass_invocation

if TYPE_CHECKING:
    from mochocho.app.conveyor import ProgressCall
    from mochocho.home import Home


@click.command()
@pass_invocation
def assess(invocation: Invocation) -> None:
    """Check and score everyone of whom something changed."""
    from mochocho.app.conveyor import run_once

    with progress_bars() as progress:
        report = run_once(invocation.home, progress, stages=("register", "assess"))
    say(f"assessed {report.done('assess')} applicants")
    end_with(report.problems)


@click.command()
@click.argument("key", required=False)
@click.option("--outcome", type=click.Choice(["pass", "fail"]), help="What the committee resolved.")
@click.option("--committee", help="Name of the committee.")
@click.option("--meeting", help="Number of its meeting, like 1/2568.")
@click.option("--date", help="Day of the meeting: 2025-04-20, 20/4/2568 or 20 เมษายน 2568.")
@click.option("--reason", default="", help="Why, in the committee's words.")
@click.option("--by", default="", help="Who records it.")
@click.option(
    "--template", type=click.Path(dir_okay=False, path_type=Path), help="Write an Excel file to fill in."
)
@click.option(
    "--import", "filled", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Read it back."
)
@pass_invocation
def decide(
    invocation: Invocation, /, key: str | None, template: Path | None, filled: Path | None, **by_hand: Any
) -> None:
    """Record what the district committee resolved.

    Nothing here is computed from scores. Either `--template FILE.xlsx` (one row an applicant), fill it in,
    `--import FILE.xlsx`; or one decision: KEY with --outcome, --committee, --meeting and --date. A later one
    stands in place of an earlier one.
    """
    from processing import decide as decisions

    ways = [template, filled, key]
    if sum(way is not None for way in ways) != 1:
        raise click.UsageError(
            "give one of: --template FILE.xlsx, --import FILE.xlsx, or a KEY with its decision"
        )
    if template is not None:
        decisions.template_xlsx(invocation.home, template)
        say(f"wrote {template}; fill it in, then `mochocho decide --import {template}`")
    elif filled is not None:
        report = decisions.import_xlsx(invocation.home, filled, by_hand["by"])
        if report.mistakes:
            mistakes = "\n".join(map(str, report.mistakes))
            raise click.ClickException(f"{filled} has mistakes; nothing of it was recorded\n{mistakes}")
        say(f"recorded {report.recorded} decisions; {report.unchanged} stood already")
    elif key is not None:
        _decide_one(invocation.home, key, **by_hand)


def _decide_one(home: "Home", key: str, **by_hand: Any) -> None:
    from mochocho import thai
    from mochocho.excel.cells import Cell
    from mochocho.excel.typed import Wrong
    from mochocho.model import Gate, Outcome, Resolution
    from processing import decide as decisions
    from processing.decision_sheet import parse_day

    if missing := [f"--{name}" for name in ("outcome", "committee", "meeting", "date") if not by_hand[name]]:
        raise click.UsageError(f"a decision about one applicant also needs {', '.join(missing)}")
    try:
        day = parse_day(Cell(thai.normalise(by_hand["date"])), home.pack.fiscal_year_be)
    except Wrong as wrong:
        raise click.BadParameter(str(wrong), param_hint="--date") from wrong
    resolution = Resolution(
        gate=Gate.DISTRICT,
        outcome=Outcome(by_hand["outcome"]),
        committee=by_hand["committee"],
        meeting_no=by_hand["meeting"],
        meeting_date=day,
        reason=by_hand["reason"],
        recorded_by=by_hand["by"],
    )
    new = decisions.record(home, {key: resolution})
    met = thai.date_words(day, thai_digits=False)
    say(f"recorded 1 decision of {met}" if new else f"this decision of {met} stands already")


@click.command()
@click.option(
    "--out", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder to write into."
)
@pass_invocation
def packet(invocation: Invocation, folder: Path | None) -> None:
    """Make the papers of the committee's meeting.

    packet.pdf and manifest.json, for the meeting in the settings, of what was assessed last; `mochocho run`
    assesses first. Without --out they go to packet/ in the home.
    """
    from mochocho.app import ledger
    from processing import assess as assessing

    home = invocation.home
    _compare_files(home)
    failed = ledger.resting(home, "assess")
    if due := len(set(assessing.due(home)) - failed):
        warn(f"{due} applicants changed since they were assessed; `mochocho run` assesses them first")
    if failed:
        warn(f"{len(failed)} applicants could not be assessed as they are now; `mochocho status` says why")
    with progress_bars() as progress:
        _make_packet(home, folder, progress)


@click.command()
@pass_invocation
def run(invocation: Invocation) -> None:
    """Everything once, in order, then the packet.

    Pull, register, assess; then the papers, where the settings name a meeting. Where the settings name a
    broker, the workers are told to do so, and `mochocho status` says how far they are.
    """
    from mochocho.app.conveyor import run_once
    from mochocho.app.pulling import Asked

    if invocation.settings.distributed:
        workers = _workers()
        workers.start_work(workers.make_app(invocation.settings))
        say("the workers look for what is due; `mochocho status` says how far they are")
        return
    home = invocation.home
    with progress_bars() as progress:
        report = run_once(home, progress, asked=Asked(revalidate=home.settings.meeting is not None))
        say(f"pulled from {report.done('pull')} sources, assessed {report.done('assess')} applicants")
        if home.settings.meeting is None:
            say("no packet: the settings have no [meeting]")
        else:
            _make_packet(home, None, progress)
    end_with(report.problems)


def _compare_files(home: "Home") -> None:
    """Every photo that is about to be printed is still the server's; one that is away forbids nothing."""
    from mochocho.app import pulling
    from processing import register
    from sync.sources.registry import servers

    failed, changed = pulling.do(home, [s.key for s in servers(home)], None, pulling.Asked(revalidate=True))
    for line in pulling.uncompared(failed):
        warn(line)
    if changed and (due := len(register.due(home))):
        warn(f"{due} forms changed on a server since they were read; `mochocho run` takes them in first")


def _make_packet(home: "Home", folder: Path | None, progress: "ProgressCall") -> None:
    from mochocho.app import unprintable
    from mochocho.days import far_from_cycle
    from reports.packet import make_packet

    meeting = home.settings.meeting
    if meeting is None:
        warn("the settings have no [meeting]: the papers leave its number, date and place blank")
    elif wrong := far_from_cycle(meeting.date, home.pack.fiscal_year_be):
        warn(f"[meeting] date = {meeting.date}: {wrong}")
    for sentence in unprintable.sentences(home):
        warn(sentence)
    files = make_packet(home, folder or home.settings.packet_dir, progress)
    for path in files.pdfs:
        say(f"packet: {path}")
    say(f"manifest: {files.manifest}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.option("--prometheus", is_flag=True, help="For Prometheus: numbers only, in its text format.")
@pass_invocation
def status(invocation: Invocation, as_json: bool, prometheus: bool) -> None:
    """What is done, what is left, what failed, what needs a person."""
    from mochocho.app.status import look
    from mochocho.app.status_metrics import to_prometheus
    from mochocho.app.status_shown import table, to_json

    if as_json and prometheus:
        raise click.UsageError("give one of --json and --prometheus")
    now, at = look(invocation.home), datetime.now(UTC)
    if as_json:
        say(to_json(now))
    elif prometheus:
        say(to_prometheus(now, at))
    else:
        table(now, at)


@click.command()
@click.argument("stage", required=False)
@click.argument("item", required=False)
@pass_invocation
def replay(invocation: Invocation, stage: str | None, item: str | None) -> None:
    """Try again what failed: everything, one STAGE, or one ITEM of it.

    `mochocho status` names both. What failed for a passing reason is tried again anyway; what waits for a
    person is tried again after this, by the workers, by `mochocho serve` or by `mochocho run`. Of the stage
    pull also what is in quarantine, by the id of its root.
    """
    from mochocho.app import ledger
    from mochocho.app.conveyor import STAGES
    from sync import reread

    names = [known.name for known in STAGES]
    if stage is not None and stage not in names:
        raise click.UsageError(f"there is no stage {stage}; there are {', '.join(names)}")
    count = ledger.replay(invocation.home, stage, item)
    if stage in (None, "pull"):
        count += reread.make_due(invocation.home, item)
    say(f"{count} will be tried again")


@click.command()
@click.option(
    "--concurrency", type=click.IntRange(1, 256), help="Processes; without it, one for each processor."
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
    invocation.home.engine.dispose()  # brought to the newest revision; the processes open their own
    ctx.exit(workers.work(app, concurrency or os.cpu_count() or 1))


@click.command()
@pass_invocation
def beat(invocation: Invocation) -> None:
    """Wake the workers every `tick_seconds`, until stopped.

    One is enough; a second beside it does no harm.
    """
    workers = _workers()
    workers.beat(workers.make_app(invocation.settings))


def _workers() -> ModuleType:
    """`mochocho.app.worker`, which needs an extra. Raises Terminal where it is not installed."""
    from mochocho.errors import Terminal

    try:
        from mochocho.app import worker
    except ModuleNotFoundError as error:
        raise Terminal(
            f"{error.name} is not installed; workers need mochocho[workers], PostgreSQL and Redis"
        ) from error
    return worker


COMMANDS = (assess, beat, decide, packet, replay, run, status, worker)
