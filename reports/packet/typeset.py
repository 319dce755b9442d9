"""The stage that typesets runs of sheets into the cache, in this process.

A process that has compiled must not fork afterwards: this is for workers, whose processes never fork.
"""

from collections.abc import Sequence

from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from mochocho.words.progress import ProgressCall
from reports.packet import needed_sheets
from reports.typesetting.presses.print_jobs import UnreadableJob, print_job
from reports.typesetting.typesetter import Typesetter


def due(home: Home) -> list[str]:
    """The runs of the current plan that are not in the cache."""
    laid_out = needed_sheets.planned(home)
    if (
        laid_out is None
        or needed_sheets.made_state(home) == laid_out.state
        or needed_sheets.state(home) != laid_out.state
    ):
        return []
    return list(needed_sheets.missing(home, laid_out))


def do(home: Home, keys: Sequence[str], progress: ProgressCall | None = None) -> dict[str, Exception]:
    """Typeset the runs with these keys; returns the errors of those that failed."""
    typesetter = needed_sheets.typesetter_of(home)
    failed: dict[str, Exception] = {}
    for done, key in enumerate(keys, 1):
        try:
            _one(home, typesetter, key)
        except Exception as error:  # a run that cannot be typeset is reported and does not stop the others
            failed[key] = error
        if progress:
            progress("typeset", done, len(keys))
    return failed


def _one(home: Home, typesetter: Typesetter, key: str) -> None:
    if typesetter.kept.find(key):
        return
    job = needed_sheets.job(home, key)
    if job is not None:
        try:
            print_job(typesetter, job)
        except UnreadableJob:
            needed_sheets.forget_plan(home)
            raise
    elif _is_wanted(home, key):
        needed_sheets.forget_plan(home)
        raise Transient(
            "ข้อมูลของแผ่นนี้เปลี่ยนไปแล้ว โปรแกรมจะจัดหน้าใหม่", "what stands on this sheet is to be laid out again"
        )


def _is_wanted(home: Home, key: str) -> bool:
    laid_out = needed_sheets.planned(home)
    return laid_out is not None and any(key == wanted for wanted, _ in laid_out.runs)
