"""A district in its cycle: what every paper of it is made of. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mochocho.words.model import Case, Gate, GateState
from processing.rounds.calendar import Calendar, Stage
from processing.rounds.district_terms import DistrictTerm
from reports.view.applicant_names import NO_NAME, place_line
from reports.view.arrange import Entry, place
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.convened import Convened
from reports.view.own.own_forms import short_day
from reports.view.printed_words import SAMPLE

NOTHING = "-"
NOBODY = Block(Kind.CENTRE, "- ไม่มี -")


@dataclass(frozen=True, slots=True)
class Office:
    """A district's development office; "" = not known, dots on papers. `head`: พัฒนาการอำเภอ."""

    head: str = ""
    contact: str = ""
    position: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""

    @property
    def asked(self) -> str:
        """Whom to ask, in a sentence; "" where nobody is known."""
        parts = (
            " ".join(filter(None, (self.contact, self.position))),
            f"โทรศัพท์ {self.telephone}" if self.telephone else "",
            f"ไปรษณีย์อิเล็กทรอนิกส์ {self.email}" if self.email else "",
        )
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class District:
    """`c`: of the district's own committee, whose meeting is not read. `day`: on which its papers are true.

    `calendar`: as it holds in this district; `terms`: how the district stands to it on that day;
    `titles`: what stages are called.
    """

    c: Convened
    office: Office
    calendar: Calendar
    terms: tuple[DistrictTerm, ...]
    titles: dict[Stage, str]
    day: date

    @property
    def name(self) -> str:
        return f"อำเภอ{self.c.district}"

    @property
    def head(self) -> Signature:
        """Where the head of the district's development office signs."""
        return Signature(self.office.head, (f"พัฒนาการ{self.name}",))

    @property
    def as_of(self) -> str:
        return f"ข้อมูล ณ วันที่ {self.c.date(self.day)}"

    def due(self, stage: Stage) -> date | None:
        """The district's day for a stage; None = none is set."""
        term = self.calendar.get(stage)
        return term.due if term else None

    def paper(
        self,
        name: str,
        below: tuple[str, ...],
        blocks: Iterable[Block],
        *signatures: Signature,
        form: Form = Form.PLAIN,
        closing: str = "",
    ) -> Paper:
        """A paper of the district under its title, with the office's digits."""
        title = (name, *below, f"{self.c.programme} ประจำปี {self.c.year}", f"{self.name} {self.c.province}")
        return self.c.finished(
            Paper(
                name,
                form,
                tuple(blocks),
                title=title,
                closing=closing,
                signatures=signatures,
                sample="" if self.c.occasion.official else SAMPLE,
            )
        )


def in_order(cases: Iterable[Case]) -> list[Case]:
    """By type, then by name, as everywhere."""
    return sorted(cases, key=lambda case: place(Entry.of(case)))


def name_and_place(d: District, case: Case) -> tuple[str, str]:
    """How papers of the district name an applicant, and where it is."""
    return case.application.name or NO_NAME, place_line(case.application, d.c.occasion.words) or NOTHING


def day_in_table(d: District, day: date | None) -> str:
    """`10 พ.ค. 2561`, as tables have it (thai-papers.md 4)."""
    return short_day(day, d.c.occasion.words)


def ready(case: Case) -> bool:
    """Whether eligibility and evidence are found in order (rules.md 21)."""
    passed = {one.gate for one in case.assessment.gates if one.state is GateState.PASSED}
    return {Gate.ELIGIBLE, Gate.DOCUMENTS} <= passed


def to_sign(*who: str) -> Block:
    """Places to sign and to date for people who are not known by name, a line each."""
    return Block(Kind.FIELDS, cells=tuple((f"ลงชื่อ{one}", "", "วันที่", "") for one in who), lines=1)
