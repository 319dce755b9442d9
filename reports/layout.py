"""The stage that says what stands on each sheet of the packet, so that any worker can typeset it."""

from mochocho.home import Home
from reports import plan
from reports.assembly import assemble
from reports.plan import Plan
from reports.printing import Printer, runs, whole_names


def due(home: Home) -> list[str]:
    """The state that is to be laid out, unless it is laid out or made already; nothing without a meeting."""
    if home.settings.meeting is None:
        return []
    now = plan.state(home)
    laid_out = plan.planned(home)
    return [] if plan.made_state(home) == now or (laid_out and laid_out.state == now) else [now]


def do(home: Home) -> None:
    """Write a job for each run of sheets that is not typeset, then the plan. Holds one run at a time."""
    now = plan.state(home)  # first: what changes while this reads is due again
    press = plan.press_of(home)
    printer = Printer(press, whole_names(home.province))
    parts = [part for book in assemble(home).books for part in book.parts]
    order: list[tuple[str, int]] = []
    wanted: set[str] = set()
    for some in runs(parts):
        run = printer.run(some)
        order.append((run.key, len(some)))
        if not press.kept.find(run.key):
            plan.keep_job(home, run)
            wanted.add(run.key)
    plan.keep_plan(home, Plan(now, tuple(order), tuple(sorted(printer.used))))
    plan.clear_jobs(home, frozenset(wanted))
