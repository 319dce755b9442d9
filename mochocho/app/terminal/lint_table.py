"""What the lint of a meeting found, for a person's screen."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from mochocho.app.terminal.console import out
from mochocho.app.terminal.language import told
from mochocho.app.terminal.redact import redact
from mochocho.words.sentences import Sentence
from reports.lint.lint_entry import Found, Grave

MARKS: Mapping[Grave, tuple[Sentence, str]] = {
    Grave.ERROR: (Sentence("ต้องแก้", "error"), "red"),
    Grave.WARNING: (Sentence("ควรดู", "warning"), "yellow"),
}


def table(found: Sequence[Found]) -> None:
    """Print each with its place, and below it what to do."""
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column()
    grid.add_column()
    grid.add_column(overflow="fold")
    for one in found:
        mark, colour = MARKS[one.entry.grave]
        where = "\n".join(filter(None, (one.place.paper, one.place.field)))
        said = f"{redact(told(one.said))}\n→ {redact(told(one.mend))}"
        grid.add_row(Text(told(mark), colour), where, f"{said}\n  {one.code}")
    out.print(grid)
