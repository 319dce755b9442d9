"""The first page: where everybody stands by district and type, what waits for whom, the year. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho.standards.schema import Pack
from mochocho.words.model import ApplicantType, Gate
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
    """A day that something is due. `days`: until then, below 0 once it is over."""

    text: str
    day: str
    days: int

    @property
    def left(self) -> str:
        if self.days == 0:
            return "วันนี้"
        return f"เหลือ {self.days} วัน" if self.days > 0 else f"ผ่านมาแล้ว {-self.days} วัน"

    @property
    def soon(self) -> bool:
        return 0 <= self.days <= SOON


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


def deadlines(sitting: Sitting | None, today: date) -> Iterator[Deadline]:
    """The days of the settings: the meeting."""
    if sitting:
        day = (
            f"{SCREEN.date(sitting.date, weekday=True)} เวลา {SCREEN.time(sitting.starts)} น. {sitting.place}"
        )
        text = f"ประชุมคณะกรรมการจังหวัด ครั้งที่ {sitting.number}"
        yield Deadline(text, SCREEN.text(day), (sitting.date - today).days)
