"""A pack while it is built from the rows, with the cell of each value. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mochocho.standards.origins import NO_SOURCE
from mochocho.standards.rules import Loc
from mochocho.standards.sheets import drop_downs
from mochocho.standards.sheets.columns import Table
from mochocho.standards.sheets.lines import Line, Report, Spot
from mochocho.words.model import ApplicantType
from mochocho.words.sentences import Sentence

Data = dict[str, Any]
Lines = Mapping[str, Sequence[Line]]

NOWHERE = "-"  # stands in for a text with a mistake, so that the rest can be checked
BLANK: Data = {"th": NOWHERE, "en": NOWHERE, "source": NOWHERE, "confidence": "official"}


@dataclass
class Draft:
    """A pack being built: the cell of each value, and placeholders for what was left empty."""

    report: Report
    circular: str = ""  # of an official pack: the source of official items that name none
    spots: dict[Loc, Spot] = field(default_factory=dict)

    def take(self, at: Loc, line: Line, keys: Mapping[str, str], instead: Mapping[str, Any]) -> Data:
        """The values of some keys as fields of the pack, their cells remembered. All are required."""
        for part, key in keys.items():
            self.spots[(*at, part)] = line.spots[key]
        return {part: line.need(key, instead.get(part, NOWHERE)) for part, key in keys.items()}

    def optional(self, at: Loc, line: Line, *keys: str) -> Data:
        """The values of those keys that have one."""
        self.spots.update({(*at, key): line.spots[key] for key in keys})
        return {key: line.get(key) for key in keys if line.get(key) is not None}

    def english(self, at: Loc, line: Line, key: str, thai_key: str) -> str:
        """The English text, or the Thai one if there is none."""
        self.spots[at] = line.spots[key]
        if (text := line.get(key)) is None and not line.bad(key):
            self.report.in_thai_only += 1
        return str(text or line.get(thai_key, NOWHERE))

    def named(self, at: Loc, line: Line, prefix: str = "", *more: str) -> Data:
        keys = {"th": f"{prefix}th", **{key: key for key in more}}
        return {
            **self.take(at, line, keys, {}),
            "en": self.english((*at, "en"), line, f"{prefix}en", f"{prefix}th"),
            **self.sourced(at, line, prefix),
        }

    def sourced(self, at: Loc, line: Line, prefix: str = "") -> Data:
        """The source of an item; in an official pack it may be left empty, and then it is unknown."""
        source, confidence, note = (f"{prefix}{part}" for part in ("source", "confidence", "note"))
        self.spots |= {(*at, "source"): line.spots[source], (*at, "note"): line.spots[note]}
        if self.circular:
            line.values.setdefault(confidence, "reconstructed")
            traced = line.values[confidence] == "official"
            line.values.setdefault(source, self.circular if traced else NO_SOURCE)
        return {
            "source": line.need(source, NOWHERE),
            "confidence": line.need(confidence, "official"),
            "note": line.get(note, ""),
        }

    def missed(self, table: Table) -> bool:
        """Whether a sheet could not be read, so that its missing rows need not be reported."""
        return table.title in self.report.unread


def of_type(lines: Lines, table: Table, type_: ApplicantType) -> list[Line]:
    """The rows of one applicant type."""
    return [line for line in lines[table.title] if line.get("type") == type_]


def sheet_of(lines: Lines, table: Table, type_: ApplicantType) -> Spot:
    """A whole sheet, for a mistake about the rows of one type in it."""
    sheets = [line.spots["type"].sheet for line in lines[table.title]]
    of = Sentence(f"ประเภท{drop_downs.TYPES[type_][0]}: ", f"type “{drop_downs.TYPES[type_][0]}” ")
    return Spot(sheets[0] if sheets else table.title, of=of)
