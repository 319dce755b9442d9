"""What a guide tells its reader to do, in order: commands, lines of the settings, cells of Excel files."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STEP = re.compile(
    r"^```(?P<language>sh|toml)\n(?P<block>.*?)^```"
    r"|^ในไฟล์ `(?P<file>[^`]+)` แผ่นงาน \*\*(?P<sheet>[^*]+)\*\*[^\n]*\n\n(?P<table>(?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command, without `uv run mochocho`."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """Lines of TOML to set in the settings file."""

    toml: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A table to type into a sheet of an Excel file: its headings, then its rows."""

    file: str
    sheet: str
    rows: tuple[tuple[str, ...], ...]


Step = Command | Set | Typed


def steps(text: str) -> Iterator[Step]:
    """The steps of a guide."""
    for found in _STEP.finditer(text):
        if found["language"] == "sh":
            yield from _commands(found["block"])
        elif found["language"] == "toml":
            yield Set(found["block"])
        else:
            head, _, *rows = map(_cells, found["table"].splitlines())
            yield Typed(found["file"], found["sheet"], (head, *rows))


def _commands(block: str) -> Iterator[Command]:
    for line in block.splitlines():
        words = shlex.split(line, comments=True)
        assert words[:3] == ["uv", "run", "mochocho"], line
        yield Command(tuple(words[3:]))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def set_lines(settings: Path, toml: str) -> None:
    """Write values where the settings file has their commented examples, as its reader would.

    Raises AssertionError for a line of which it has none.
    """
    lines, section = settings.read_text("utf-8").splitlines(), ""
    for line in filter(None, toml.splitlines()):
        if line.startswith("["):
            section = line
            continue
        name = line.partition(" = ")[0]
        first = lines.index(section) if section else 0
        place = next(i for i in range(first, len(lines)) if re.match(rf"(?:# )?{name} = ", lines[i]))
        assert not any(one.startswith("[") for one in lines[first + 1 : place]), f"{section} has no {name}"
        lines[place] = line
    settings.write_text("\n".join(lines) + "\n", "utf-8")
