"""The stage that typesets runs of sheets into the cache, in this process.

A process that has compiled must not fork afterwards: this is for workers, whose processes never do.
"""

from collections.abc import Callable, Sequence

from mochocho.errors import Transient
from mochocho.home import Home
from reports import plan
from reports.press import Press, canonical
from reports.printing import Run, pages

Progress = Callable[[str, int, int], None]


def due(home: Home) -> list[str]:
    """The runs of the current plan that the cache does not hold."""
    laid_out = plan.planned(home)
    if laid_out is None or plan.made_state(home) == laid_out.state or plan.state(home) != laid_out.state:
        return []
    return list(plan.missing(home, laid_out))


def do(home: Home, keys: Sequence[str], progress: Progress | None = None) -> dict[str, Exception]:
    """Typeset the runs of these keys; returns the error of each that failed."""
    press = plan.press_of(home)
    failed: dict[str, Exception] = {}
    for done, key in enumerate(keys, 1):
        try:
            _one(home, press, key)
        except Exception as error:  # one that cannot be set is told and stops no other
            failed[key] = error
        if progress:
            progress("typeset", done, len(keys))
    return failed


def _one(home: Home, press: Press, key: str) -> None:
    if press.kept.find(key):
        return
    run = plan.job(home, key)
    if run is not None:
        _print(press, run)
    elif _is_wanted(home, key):
        plan.forget_plan(home)
        raise Transient("what stands on this sheet is to be laid out again")


def _is_wanted(home: Home, key: str) -> bool:
    laid_out = plan.planned(home)
    return laid_out is not None and any(key == wanted for wanted, _ in laid_out.runs)


def _print(press: Press, run: Run) -> None:
    made: list[str] = []
    page = 1
    for number in range(len(run.sheets)):
        sheet = run.sheet(number, page)
        if not press.kept.find(sheet.key):
            press.print(sheet)
        made.append(sheet.key)
        page += pages(press.kept.path(sheet.key))
    if len(run.sheets) > 1:
        press.kept.put(run.key, canonical(made))
