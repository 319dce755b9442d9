"""Output of a run: answers on stdout; progress, logs and errors on stderr, secrets masked."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

from mochocho.app.terminal.language import told
from mochocho.app.terminal.redact import redact
from mochocho.words.errors import Terminal, Transient
from mochocho.words.progress import silent
from mochocho.words.sentences import Sentence, about

if TYPE_CHECKING:
    from mochocho.app.problems import Problem
    from mochocho.words.progress import ProgressCall

# Output holds names and settings: `[meeting]` is not markup, `folder:phone:` not an emoji.
out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
# At their detailed log levels, these write the data they handle.
QUIET = ("sqlalchemy", "alembic.runtime", "PIL", "fontTools", "urllib3", "celery", "kombu", "amqp")


class _Handler(logging.Handler):
    """Writes log lines through the console, so that they do not disturb a progress bar."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            err.print(redact(self.format(record)), soft_wrap=True)
        except Exception:  # logging's own rule: a line that cannot be written never stops the work
            self.handleError(record)


def set_up_logs(verbosity: int) -> None:
    """Log to stderr: warnings; with one `-v` also what is done; with two everything except SQL."""
    handler = _Handler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=LEVELS[min(verbosity, len(LEVELS) - 1)], handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def verbosity() -> int:
    """What `set_up_logs` was told, for a process that is to log alike."""
    level = logging.getLogger().level
    return next((n for n, one in enumerate(LEVELS) if one <= level), len(LEVELS) - 1)


def say(th: str, en: str) -> None:
    """Print an answer in the terminal's language: no markup, no wrapping inside paths."""
    _note("say", th, en)
    out.print(told(Sentence(th, en)), soft_wrap=True)


def show(text: str) -> None:
    """Print text in no language: a path, a name, data for a program."""
    _note("show", text)
    out.print(text, soft_wrap=True)


def warn(th: str, en: str) -> None:
    """Print something that a person should know and that stops nothing."""
    _note("warn", th, en)
    said = Sentence(f"เตือน: {th}", f"warning: {en}")
    err.print(redact(told(said)), soft_wrap=True, style="yellow")


def fail(th: str, en: str) -> None:
    """Print why the command ends here, and what to do."""
    said = Sentence(f"ผิดพลาด: {th}", f"error: {en}")
    err.print(redact(told(said)), soft_wrap=True, style="red")


Line = Sequence[str]  # which of the three printed it, and what it was given

_heard: list[Line] | None = None


@contextmanager
def heard() -> Iterator[list[Line]]:
    """Collect what is said, shown and warned of, for `say_again`."""
    global _heard
    _heard = []
    try:
        yield _heard
    finally:
        _heard = None


def say_again(lines: Iterable[Line]) -> None:
    """Print what was heard once, in the terminal's language now."""
    printed: dict[str, Callable[..., None]] = {"say": say, "show": show, "warn": warn}
    for how, *given in lines:
        printed[how](*given)


def _note(*line: str) -> None:
    if _heard is not None:
        _heard.append(line)


def end_with(problems: "Sequence[Problem]") -> None:
    """Print what failed in a run that went on. Raises Transient or Terminal if anything did."""
    alike: dict[tuple[str, Sentence], list[str]] = {}
    for problem in problems:
        alike.setdefault((problem.stage, problem.said), []).append(problem.item)
    for (stage, said), items in alike.items():
        count = len(items)
        if count == 1:
            warn(*about(stage, about(items[0], said)))
        else:
            warn(f"{stage}: {count} รายการ: {said.th}", f"{stage}: {count} items: {said.en}")
    if not problems:
        return
    count = len(problems)
    if all(problem.again for problem in problems):
        raise Transient(
            f"ทำไม่ได้ {count} รายการ นอกนั้นทำแล้ว: อีกสักครู่ให้สั่งคำสั่งนี้อีกครั้ง",
            f"{count} could not be done; everything else was: run this again in a while",
        )
    raise Terminal(
        f"ทำไม่ได้ {count} รายการ นอกนั้นทำแล้ว: `mochocho status` บอกว่ารายการใด แก้ตามที่บอกแล้วสั่งคำสั่งนี้อีกครั้ง",
        f"{count} could not be done; everything else was: `mochocho status` names them; mend what it says, "
        "then run this again",
    )


@contextmanager
def progress_bars() -> "Iterator[ProgressCall]":
    """Yield a progress call that draws one bar per stage; draws nothing where stderr is not a terminal."""
    if not err.is_terminal:
        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report
