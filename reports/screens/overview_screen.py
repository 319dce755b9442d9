"""The first page: where everybody stands by district and type, what waits for whom, the year. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho.standards.schema import Pack
from mochocho.words.model import ApplicantType, Gate
from processing.rounds.calendar import Calendar, Stage
from processing.standings.standing_figures import Counts, Tally
from reports.explaining.line_tree import SCREEN
from reports.screens.year_chart import YearChart, year_chart
from reports.view.occasion import Sitting
from reports.view.printed_words import TYPE

SOON = 7  # days


@dataclass(frozen=True, slots=True)
class StandingRowShown:
    """One row: a district or a type. `types`: applicants of each; `gates`: how many have it to pass next;
    `shut`: how many of these are kept back by something found.
    """

    code: str
    name: str
    count: int
    types: tuple[int, ...]
    gates: tuple[int, ...]
    passed_district: int
    shut: int
    finished: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this person. `kind`: as `standing_list.Waits`; `advice`: what to do."""

    kind: str
    count: int
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that something is due. `days`: until then, below 0 once it is over; `open`: how many applicants
    have not passed what is due, 0 where nobody can be late.
    """

    text: str
    day: str
    days: int
    open: int = 0

    @property
    def left(self) -> str:
        if self.days == 0:
            return "วันนี้"
        return f"เหลือ {self.days} วัน" if self.days > 0 else f"ผ่านมาแล้ว {-self.days} วัน"

    @property
    def soon(self) -> bool:
        return 0 <= self.days <= SOON

    @property
    def late(self) -> bool:
        return self.days < 0 and self.open > 0


@dataclass(frozen=True, slots=True)
class OverviewScreen:
    """`gates`: their names; `rows`: by district, `types`: by type, `whole`: of all."""

    gates: tuple[str, ...]
    type_names: tuple[str, ...]
    rows: tuple[StandingRowShown, ...]
    types: tuple[StandingRowShown, ...]
    whole: StandingRowShown
    year: YearChart
    not_presented: int
    unassessed: int


def overview_screen(
    counts: Counts, districts: Sequence[tuple[str, str]], pack: Pack, today: date
) -> OverviewScreen:
    """`districts`: (name, code) of those that are seen, in the order in which they are shown."""
    named = {code: name for name, code in districts}
    elsewhere = sorted({code for code, _ in counts.by_place if code not in named})
    names = {gate.code: SCREEN.text(gate.th) for gate in pack.gates}
    return OverviewScreen(
        gates=tuple(names[gate] for gate in Gate),
        type_names=tuple(TYPE[type_] for type_ in ApplicantType),
        rows=tuple(
            _row(code, named.get(code, code), counts.of(code), [counts.of(code, (t,)) for t in ApplicantType])
            for code in (*named, *elsewhere)
        ),
        types=tuple(_row(t.value, TYPE[t], counts.of_type(t), ()) for t in ApplicantType),
        whole=_row("", "รวม", counts.whole, [counts.of_type(t) for t in ApplicantType]),
        year=year_chart(counts, pack, today),
        not_presented=counts.not_presented,
        unassessed=counts.unassessed,
    )


def _row(code: str, name: str, tally: Tally, types: Sequence[Tally]) -> StandingRowShown:
    return StandingRowShown(
        code=code,
        name=name,
        count=tally.count,
        types=tuple(one.count for one in types),
        gates=tuple(tally.standing[gate] for gate in Gate),
        passed_district=tally.passed[Gate.DISTRICT],
        shut=tally.shut,
        finished=tally.standing[None],
    )


def deadlines(
    calendar: Calendar, called: Mapping[str, str], sitting: Sitting | None, counts: Counts, today: date
) -> Iterator[Deadline]:
    """The days of the cycle's calendar in their order, then the meeting. `called`: what stages are called."""
    for stage, term in calendar.items():
        gate = _GATES.get(stage)
        lacking = counts.whole.count - counts.whole.passed[gate] if gate else 0
        yield Deadline(called.get(stage, stage.value), _day(term.due), (term.due - today).days, lacking)
    if sitting and sitting.date:
        hour = f" เวลา {SCREEN.time(sitting.starts)} น." if sitting.starts else ""
        day = f"{_day(sitting.date)}{hour} {sitting.place}".strip()
        text = f"ประชุมคณะกรรมการจังหวัด ครั้งที่ {sitting.number}"
        yield Deadline(text, SCREEN.text(day), (sitting.date - today).days)


def _day(day: date) -> str:
    return SCREEN.date(day, weekday=True)


# The gate that is passed by what is due, where one is.
_GATES: Mapping[Stage, Gate] = {
    Stage.SELF_BEFORE: Gate.SELF_BEFORE,
    Stage.PLAN: Gate.PLAN,
    Stage.SELF_AFTER: Gate.SELF_AFTER,
    Stage.ONSITE: Gate.DISTRICT,
    Stage.PROVINCIAL: Gate.PROVINCE,
}
