"""What a filled-in file says, read and not yet recorded: one way for commands, which record it, and pages,
which show it first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mochocho.excel.typed import Mistake
from mochocho.storage.home import Home
from mochocho.words.progress import ProgressCall
from processing.decisions.decision import Decision
from processing.decisions.recorder import record_decisions


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file brought. With mistakes, nothing was recorded.

    `warnings`: the passes against the evidence, each with the committee's reason. `unlike`: meetings that are
    kept with another day or committee.
    """

    recorded: int
    unchanged: int
    undecided: int
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledFile:
    """A file as it was read: its decisions in the order in which they are recorded; none where it has
    mistakes. The rest as of ImportReport.
    """

    decisions: tuple[Decision, ...]
    undecided: int
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()
    unlike: tuple[str, ...] = ()

    def record(self, home: Home, *, shown: int | None = None) -> ImportReport:
        """Record all of it, or nothing. `shown` and what it raises: as of `record_decisions`."""
        recorded = len(record_decisions(home, self.decisions, shown=shown)) if self.decisions else 0
        unchanged = len(self.decisions) - recorded
        return ImportReport(recorded, unchanged, self.undecided, self.mistakes, self.warnings, self.unlike)


# Reads a file that this person filled in, telling how many rows were read and how many decisions checked.
# Raises BadInput: excel.* for no Excel file, decision.no_sheet.
ReadFile = Callable[[Home, Path, str, ProgressCall], FilledFile]
