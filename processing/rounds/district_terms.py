"""How a district stands to each day of the calendar: what came of all, and how many days late. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from processing.rounds.calendar import Calendar, Extension, Stage, of_district


@dataclass(frozen=True, slots=True)
class Arrived:
    """One applicant that is presented. `done`: by stage the day a person gave; None = no known day."""

    district: str
    name: str
    done: Mapping[Stage, date | None]


@dataclass(frozen=True, slots=True)
class DistrictTerm:
    """One district (DOPA code) and one stage. `set_due`: the province's day where the district's own is
    another; `reason`: why. `done` of `all` applicants have done it; `lacking`: the names of the others.

    `days_late`: of the day that was asked about while something is lacking, else of the last that came.
    """

    district: str
    stage: Stage
    due: date
    done: int
    all: int
    days_late: int
    lacking: tuple[str, ...] = ()
    set_due: date | None = None
    reason: str = ""

    @property
    def waits(self) -> bool:
        """Whether something is lacking: of a district without applicants the applications themselves."""
        return self.done < self.all or (self.all == 0 and self.stage in _FIRST)

    @property
    def reminded_of(self) -> bool:
        """Whether the province reminds the district of it: late, lacking, not the province's own round."""
        return self.waits and self.days_late > 0 and self.stage is not Stage.PROVINCIAL


_FIRST = (Stage.APPLICATION, Stage.APPLICANT_LIST)


def district_terms(
    calendar: Calendar,
    extensions: Sequence[Extension],
    districts: Sequence[str],
    arrived: Sequence[Arrived],
    day: date,
) -> Iterator[DistrictTerm]:
    """Each of these districts (codes) with each stage that has a day in it, as it stands on `day`."""
    by_district: dict[str, list[Arrived]] = {district: [] for district in districts}
    for one in arrived:
        by_district.setdefault(one.district, []).append(one)
    for district in districts:
        own = by_district[district]
        said = {one.stage: one for one in extensions if one.district == district}
        for stage, term in of_district(calendar, extensions, district).items():
            done = [one.done[stage] for one in own if stage in one.done]
            found = DistrictTerm(
                district,
                stage,
                term.due,
                len(done),
                len(own),
                0,
                tuple(o.name for o in own if stage not in o.done),
            )
            last = day if found.waits else max((one for one in done if one), default=term.due)
            set_due = calendar[stage].due if stage in said and stage in calendar else None
            yield replace(
                found,
                days_late=max(0, (last - term.due).days),
                set_due=set_due if set_due != term.due else None,
                reason=said[stage].reason if stage in said else "",
            )


def next_due(terms: Calendar, stages: Sequence[Stage], day: date) -> date | None:
    """The first day of these stages that is not over on `day`; None where all are, or none has one."""
    return min((terms[one].due for one in stages if one in terms and terms[one].due >= day), default=None)
