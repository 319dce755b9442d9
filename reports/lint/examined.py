"""What is looked at before the papers of a meeting are signed. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from mochocho.words.sentences import Sentence
from mochocho.words.thai import sort_key
from processing.meetings.day_plan import Share
from processing.meetings.meeting import Meeting
from reports.view.blocks import Paper


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """An applicant that lies before the committee, and what was asked of it.

    `district`: DOPA code; `subdistrict`: of 6 digits, "" where it was typed. `unconfirmed`: in how many
    points the evidence is against its pass without the committee's reason. `photo`, `publication`: its
    consents, None = not asked. `took_part`: how many members decided about it, None = not resolved by this
    meeting or not known.
    """

    key: str
    type: ApplicantType
    name: str
    district: str
    subdistrict: str = ""
    unconfirmed: int = 0
    has_portrait: bool = False
    photo: bool | None = None
    publication: bool | None = None
    took_part: int | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A meeting, the cycle it is of, the units before it, and its papers.

    `papers`: letter-like papers as they are printed. `older`: names of made papers whose data have changed
    since. `acting`: (number of an annex, what acts in its file). `garuda`: what is wrong with the
    picture that the settings name.
    """

    meeting: Meeting
    province: Province
    fiscal_year_be: int
    units: tuple[ListedUnit, ...] = ()
    papers: tuple[Paper, ...] = ()
    older: tuple[str, ...] = ()
    acting: tuple[tuple[int, str], ...] = ()
    garuda: Sentence | None = None

    @property
    def first_day(self) -> date:
        """Of the fiscal year, which begins in October."""
        return date(self.fiscal_year_be - 544, 10, 1)

    @property
    def last_day(self) -> date:
        """Of the fiscal year."""
        return date(self.fiscal_year_be - 543, 9, 30)

    @property
    def shares(self) -> tuple[Share, ...]:
        """Every district of the province in the order of presentation, with the number of its units."""
        count = Counter(unit.district for unit in self.units)
        codes = {district.name_th: district.code for district in self.province.districts}
        first = [name for name in dict.fromkeys(self.meeting.schedule.order) if name in codes]
        others = sorted((name for name in codes if name not in first), key=sort_key)
        return tuple(Share(name, count[codes[name]]) for name in (*first, *others))
