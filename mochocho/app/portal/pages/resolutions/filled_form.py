"""The form of one district's resolutions: what it shows, and what was typed into it. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mochocho.app.portal.form_errors import FieldError, FormErrors
from mochocho.words.model import Outcome, Resolution
from processing.decisions import clerks_sheet as columns
from processing.decisions.committees.lying_before import Unit
from processing.decisions.committees.typed_rows import Place, Typed
from processing.decisions.meetings.outcomes import OUTCOMES

# The names of the form's fields; those of a row stand behind its number and a dot.
OF_MEETING: Mapping[str, str] = {
    "committee": columns.COMMITTEE,
    "meeting": columns.MEETING,
    "day": columns.DAY,
    "present": columns.PRESENT,
}
OF_ROW: Mapping[str, str] = {
    "outcome": columns.OUTCOME,
    "reason": columns.REASON,
    "condition": columns.CONDITION,
    "due": columns.DUE,
    "deferred_to": columns.DEFERRED_TO,
    "in_favour": columns.IN_FAVOUR,
    "opposed": columns.OPPOSED,
    "abstained": columns.ABSTAINED,
    "recused": columns.RECUSED,
    "note": columns.NOTE,
}
OWN_MEETING = "own_meeting"  # a row keeps the meeting that it was recorded with
EVERY_ROW = "every_row"  # no row does


@dataclass(frozen=True, slots=True)
class Row:
    """One unit with what stands in its fields. `own`: the meeting that its resolution was recorded with."""

    unit: Unit
    fields: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)
    keeps_own: bool = True


@dataclass(frozen=True, slots=True)
class Filled:
    """What was sent: the meeting, and of each unit on the page its key and fields."""

    meeting: Mapping[str, str]
    rows: Sequence[tuple[str, Mapping[str, str]]]
    every_row: bool

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Filled":
        """From the fields of a form."""
        return cls({name: sent.get(name, "") for name in OF_MEETING}, [*_rows(sent)], EVERY_ROW in sent)

    @property
    def keys(self) -> list[str]:
        """Of the units, in the order of their rows."""
        return [key for key, _ in self.rows]

    def once(self) -> Typed:
        """What is typed once, as the sheet has it."""
        return {OF_MEETING[name]: text for name, text in self.meeting.items()}

    def typed(self, names: Mapping[str, str]) -> list[Typed]:
        """The rows as the sheet has them. `names`: of the units by key."""
        return [
            {columns.KEY: key, columns.NAME: names[key], **self._cells(fields)} for key, fields in self.rows
        ]

    def keeps_own(self, fields: Mapping[str, str]) -> bool:
        """Whether a row stays with the meeting that it was recorded with."""
        return OWN_MEETING in fields and not self.every_row

    def _cells(self, fields: Mapping[str, str]) -> dict[str, str]:
        cells = {column: fields.get(name, "") for name, column in OF_ROW.items()}
        if self.keeps_own(fields):
            cells |= {column: fields.get(name, "") for name, column in OF_MEETING.items()}
        return cells


def _rows(sent: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    number = 0
    while (key := sent.get(f"{number}.key")) is not None:
        start = f"{number}."
        yield key, {name.removeprefix(start): text for name, text in sent.items() if name.startswith(start)}
        number += 1


def recorded_rows(units: Sequence[Unit]) -> list[Row]:
    """The units with what is recorded of them."""
    return [Row(unit, _fields(unit.resolution), _own(unit.resolution)) for unit in units]


def with_rest_passed(rows: Sequence[Row]) -> list[Row]:
    """The same, a pass chosen for each that was assessed, has no resolution and nothing against it."""
    chosen = {"outcome": OUTCOMES[Outcome.PASS]}
    return [Row(row.unit, chosen, row.own) if _may_pass(row.unit) else row for row in rows]


def typed_rows(filled: Filled, units: Sequence[Unit]) -> list[Row]:
    """What was typed, on units as they now lie before the committee."""
    by_key = {unit.listed.key: unit for unit in units}
    return [
        Row(unit := by_key[key], fields, _own(unit.resolution), filled.keeps_own(fields))
        for key, fields in filled.rows
    ]


def errors(rows: Sequence[Row], mistakes: Mapping[Place, tuple[str, ...]]) -> FormErrors:
    """Mistakes of the sheet at the fields of the form."""
    fields: dict[str, FieldError] = {}
    for (row, column), told in mistakes.items():
        words = column if row is None else f"{rows[row].unit.listed.name} {column}"
        name = _field(row, column, own=row is not None and bool(rows[row].own))
        before = f"{fields[name].said} " if name in fields else ""
        fields[name] = FieldError(words, before + " ".join(told))
    return FormErrors(fields)


def _field(row: int | None, column: str, *, own: bool) -> str:
    """The id of the field for a column. `own`: the row can have a meeting of its own; what no field of a row
    holds stands at the row.
    """
    once = {one: name for name, one in OF_MEETING.items()}
    if row is None:
        return f"f-{once[column]}"
    of_row = {one: name for name, one in OF_ROW.items()}
    if column == columns.OUTCOME:
        return f"u{row}-outcome"
    if column in of_row:
        return f"f-{row}.{of_row[column]}"
    return f"u{row}-own" if own and column in once else f"u{row}"


def last_meeting(units: Sequence[Unit]) -> Mapping[str, str]:
    """Of the meetings in which these were resolved the latest, as most of its resolutions have it."""
    resolutions = [unit.resolution for unit in units if unit.resolution]
    if not resolutions:
        return {}
    last = max(resolution.meeting_date for resolution in resolutions)
    meetings = Counter(tuple(_own(one).items()) for one in resolutions if one.meeting_date == last)
    return dict(meetings.most_common(1)[0][0])


def _may_pass(unit: Unit) -> bool:
    return unit.assessed and unit.percent is not None and unit.resolution is None and not unit.against


def _fields(resolution: Resolution | None) -> dict[str, str]:
    written = columns.written(resolution) if resolution else {}
    return {name: written.get(column, "") for name, column in OF_ROW.items()}


def _own(resolution: Resolution | None) -> dict[str, str]:
    """The meeting of a resolution; of one that was deferred none, as it is decided at another."""
    if resolution is None or resolution.outcome is Outcome.DEFERRED:
        return {}
    written = columns.written(resolution)
    return {name: written.get(column, "") for name, column in OF_MEETING.items()}
