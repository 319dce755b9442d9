"""The papers before the dossiers: cover, order of presentation, แนบ ๔, and the list of units held back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from mochocho.words.model import ApplicantType, Case, Gate, GateState, Outcome, Severity
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.findings.entry import Audience
from processing.findings.saying import worded
from processing.meetings.day_plan import Share, hour, minute, planned
from processing.meetings.meeting import Schedule
from reports.view.against import MARK, TITLE, pass_against
from reports.view.applicant_names import Name, name_of, place_of
from reports.view.arrange import TYPES, Group, Unit
from reports.view.occasion import Occasion
from reports.view.pictures import Picture
from reports.view.printed_words import (
    NO_RESOLUTION,
    NOT_PASSED,
    ROUNDED,
    SAMPLE,
    TABLE_HEAD,
    TYPE,
    UNIT,
    UNMADE,
    enumerated,
)
from reports.view.resolved import at_this_meeting, condition, outcome_of, resolution_of

ORDER_TITLE = "ลำดับการนำเสนอข้อมูลเพื่อสนับสนุน"
NAMES_TITLE = "บัญชีรายชื่อผู้ผ่านการตรวจประเมินระดับอำเภอ"
REGISTERED = "ทะเบียนเลขที่"
BLOCKED_TITLE = "บัญชีรายชื่อผู้สมัครที่ไม่ได้เสนอขอรับการรับรอง"
MARKED = f"{MARK} {TITLE[Gate.DISTRICT]}"
CONDITIONAL_MARK = "**"
CONDITIONAL = f"{CONDITIONAL_MARK} คณะกรรมการอำเภอมีมติ{OUTCOMES[Outcome.CONDITIONAL]}"
NOT_PUBLISHED = "ไม่ประสงค์เผยแพร่ชื่อ จึงไม่ลงชื่อในประกาศรายชื่อผู้ผ่านการรับรอง"
MOST_ROWS = 250
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The order table: a heading, a row per district (order, name, four counts, sum), and the sums."""

    head: Row
    rows: tuple[Row, ...]
    totals: Row


@dataclass(frozen=True, slots=True)
class Volume:
    """One bound part of a packet and the districts whose dossiers it holds."""

    title: str  # "" when the packet is one volume
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    title: str
    lines: tuple[str, ...]
    when: tuple[str, ...]
    total: tuple[str, str]
    counts: tuple[tuple[str, str, str], ...]  # type, how many, unit
    contents: tuple[tuple[str, str], ...]  # number, paper
    volume: Volume
    sample: str
    emblem: Picture | None


@dataclass(frozen=True, slots=True)
class OrderPaper:
    title: tuple[str, ...]
    caption: str
    span: str  # heading over the four types' columns
    table: Table
    note: str
    hours: Row = ()  # their heading, then those of each row, where the day is shared out


@dataclass(frozen=True, slots=True)
class NamedRow:
    no: str
    registered: Row  # its number in the register, which its dossier bears; () = the list has none
    name: Name
    type: str
    place: Name
    percent: str
    resolved: str  # มติ: what the province's committee resolved, "" = to be filled in by hand
    against: str  # what the note at the foot says of it, "" = no note
    condition: str  # what a conditional pass owes, "" = nothing
    published: bool  # whether its name may stand in the announcement


@dataclass(frozen=True, slots=True)
class BlockedRow:
    no: str
    name: Name
    type: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """One district of a list."""

    title: str
    count: str
    rows: tuple[NamedRow, ...] | tuple[BlockedRow, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of units by district: แนบ ๔, or those held back. Scores and reasons may show criteria."""

    annex: str
    title: tuple[str, ...]
    head: Row
    groups: tuple[ListedGroup, ...]
    totals: tuple[str, ...]
    note: str
    empty: str
    sample: str
    first_page: int = 1
    marked_title: str = ""  # over the notes on marked names; "" where no name is marked
    conditional_title: str = ""  # over what conditional passes owe; "" where there are none
    unnamed: str = ""  # who is named here, as the committee certifies them, and in nothing that is published


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a list: the list without rows, and (district, its units) in order."""

    listing: Listing
    groups: tuple[tuple[str, Sequence[Unit]], ...]

    @property
    def keys(self) -> Iterator[str]:
        return (unit.entry.key for _, units in self.groups for unit in units)


def counts(groups: Sequence[Group]) -> dict[ApplicantType, int]:
    """The number of units per type that passed the district's committee; counted only here."""
    return {type_: sum(group.count(type_) for group in groups) for type_ in TYPES}


def order_table(groups: Sequence[Group], occasion: Occasion) -> Table:
    """District × type with sums of rows and columns (rules.md 52)."""
    w = occasion.words.text
    by_type = counts(groups)
    head = ("ลำดับ", "อำเภอ", *(TABLE_HEAD[t] for t in TYPES), "รวม")
    turn = count(1)  # of those who present; a district without units has none
    rows = tuple(
        (w(next(turn)) if g.passed else "-", g.name, *(w(g.count(t)) for t in TYPES), w(len(g.passed)))
        for g in groups
    )
    return Table(head, rows, ("รวม", *(w(by_type[t]) for t in TYPES), w(sum(by_type.values()))))


def order_paper(groups: Sequence[Group], occasion: Occasion) -> OrderPaper:
    """The order of presentation, with the time for each district (rules.md 51)."""
    o = occasion
    return OrderPaper(
        title=(ORDER_TITLE, f"การพัฒนา{o.programme}", f"{o.day} {o.hours}", o.place),
        caption="ลำดับการนำเสนอ",
        span="จำนวนกลุ่มเป้าหมาย",
        table=order_table(groups, o),
        note=_time_for_each(o),
        hours=_hours(groups, o),
    )


def _hours(groups: Sequence[Group], o: Occasion) -> Row:
    """When each district presents, where the meeting says when presentations begin or pause: only then is the
    time for the other items known to be left out.
    """
    meeting = o.meeting
    if meeting is None or not (meeting.schedule.begins or meeting.schedule.pauses):
        return ()
    plan = planned(meeting, [Share(group.name, len(group.passed)) for group in groups])
    found = plan.hours if plan else {}
    return ("เวลา", *(_span(*found[group.name], o) if group.name in found else "-" for group in groups))


def _time_for_each(o: Occasion) -> str:
    """How long each may speak, and the breaks."""
    if o.sitting is None:
        return ""
    w, schedule = o.words, o.meeting.schedule if o.meeting else Schedule(o.sitting.minutes_per_district)
    asked = f" และซักถาม จำนวน {w.text(schedule.questions)} นาที" if schedule.questions else ""
    each = "หน่วยงาน" if schedule.by_unit else "อำเภอ"
    breaks = (
        f"{w.text(one.title)} เวลา {_span(minute(one.starts), minute(one.ends), o)} น."
        for one in schedule.pauses
    )
    return " ".join((f"หมายเหตุ เวลาการนำเสนอ จำนวน {w.text(schedule.minutes)} นาที{asked} ต่อ{each}", *breaks))


def _span(starts: int, ends: int, o: Occasion) -> str:
    return f"{o.words.time(hour(starts))} - {o.words.time(hour(ends))}"


def cover(
    groups: Sequence[Group], occasion: Occasion, volume: Volume, emblem: Picture | None = None
) -> Cover:
    """The first page: the meeting, and how many units of each type are presented."""
    o, by_type = occasion, counts(groups)
    w = o.words.text
    return Cover(
        title="เอกสารประกอบการประชุม",
        lines=(o.committee, o.number),
        when=(o.day, o.hours, o.place),
        total=("หน่วยงานที่เสนอขอรับการรับรอง", f"{w(sum(by_type.values()))} หน่วยงาน"),
        counts=tuple((TYPE[t], w(by_type[t]), UNIT[t]) for t in TYPES),
        contents=tuple((f"{w(i)}.", paper) for i, paper in enumerate(_contents(groups, o), 1)),
        volume=volume,
        sample="" if o.official else SAMPLE,
        emblem=emblem,
    )


def volume_cover(
    groups: Sequence[Group], occasion: Occasion, volume: Volume, emblem: Picture | None = None
) -> Cover:
    """The cover of a later volume: the meeting, and the dossiers in the volume. `groups`: the volume's."""
    w = occasion.words.text
    numbers = [unit.no for group in groups for unit in group.passed]
    dossiers = f"แฟ้มข้อมูลรายหน่วยงาน ลำดับที่ {w(numbers[0])} ถึง {w(numbers[-1])} จำนวน {w(len(numbers))} แฟ้ม"
    whole = cover(groups, occasion, volume, emblem)
    return replace(whole, total=("", ""), counts=(), contents=((f"{w(1)}.", dossiers),))


def _contents(groups: Sequence[Group], o: Occasion) -> tuple[str, ...]:
    w, annexes = o.words.text, o.meeting.annexes if o.meeting else ()
    return (
        "ระเบียบวาระการประชุม",
        "ลำดับการนำเสนอ",
        f"{NAMES_TITLE} (เอกสารแนบ {w(4)})",
        f"{BLOCKED_TITLE} จำนวน {w(sum(len(g.blocked) for g in groups))} ราย",
        *(f"{w(annex.title)} (เอกสารแนบ {w(annex.number)})" for annex in annexes),
        f"แฟ้มข้อมูลรายหน่วยงาน จำนวน {w(sum(len(g.passed) for g in groups))} แฟ้ม",
    )


def names(groups: Sequence[Group], occasion: Occasion) -> tuple[Stretch, ...]:
    """แนบ ๔: the units that passed their district committee, numbered consecutively (rules.md 45).

    Everybody is named, as the committee resolves about each; the announcement leaves out who refused that
    (`reports.view.after.announcement`).
    """
    o, w, by_type = occasion, occasion.words.text, counts(groups)
    listing = Listing(
        annex=f"เอกสารแนบ {w(4)}",
        title=(NAMES_TITLE, f"{o.programme} ประจำปี {o.year}", f"จังหวัด{o.province}"),
        head=("ลำดับ", *_registered(groups), "ชื่อ", "ประเภท", "หมู่บ้าน / ตำบล", "ร้อยละ", "มติ"),
        groups=(),
        totals=(
            f"รวมทั้งสิ้น {w(sum(by_type.values()))} หน่วยงาน",
            *(f"ประเภท{TYPE[t]} จำนวน {w(by_type[t])} {UNIT[t]}" for t in TYPES),
            *_settled(groups, o),
        ),
        note=ROUNDED if sum(by_type.values()) else "",
        empty="" if sum(by_type.values()) else "- ไม่มี -",
        sample="" if o.official else SAMPLE,
    )
    return _stretches(listing, [(g.title, g.passed) for g in groups])


def _settled(groups: Sequence[Group], o: Occasion) -> Row:
    """That a list is not of the whole year, where an earlier meeting settled some."""
    some = sum(group.settled for group in groups)
    return (f"ไม่รวม {o.words.text(some)} หน่วยงานที่คณะกรรมการมีมติแล้วในการประชุมครั้งก่อน",) if some else ()


def _registered(groups: Sequence[Group]) -> Row:
    """The heading of the numbers that dossiers bear, where these are not their places in the list."""
    some = any(unit.entry.register_no for group in groups for unit in group.passed)
    return (REGISTERED,) if some else ()


def with_names(stretch: Stretch, cases: Iterator[Case], occasion: Occasion) -> Listing:
    """`cases`: of the stretch's units, in their order; only one is in memory at a time."""
    o, w = occasion, occasion.words.text
    numbered = REGISTERED in stretch.listing.head
    groups = tuple(
        ListedGroup(
            title,
            f"{w(len(units))} หน่วยงาน",
            tuple(_named(*row, o, numbered=numbered) for row in _with(units, cases)),
        )
        for title, units in stretch.groups
    )
    rows = [row for group in groups for row in group.rows if isinstance(row, NamedRow)]
    return replace(
        stretch.listing,
        groups=groups,
        marked_title=MARKED if any(row.against for row in rows) else "",
        conditional_title=CONDITIONAL if any(row.condition for row in rows) else "",
        unnamed=_unnamed([row.no for row in rows if not row.published]),
    )


def _unnamed(numbers: Sequence[str]) -> str:
    return f"ลำดับที่ {enumerated(numbers)} {NOT_PUBLISHED}" if numbers else ""


def _named(no: int, case: Case, o: Occasion, *, numbered: bool) -> NamedRow:
    application, scores = case.application, case.assessment.scores
    percent = scores.percent if scores else None
    name, against = name_of(application, o.words), pass_against(case, Gate.DISTRICT, o.words)
    resolution, certified = resolution_of(case, Gate.DISTRICT), at_this_meeting(case, o.meeting)
    owed = condition(resolution, o.words) if resolution else ""
    marks = " ".join(mark for mark, shown in ((MARK, against), (CONDITIONAL_MARK, owed)) if shown)
    return NamedRow(
        no=o.words.text(no),
        registered=(o.words.text(case.register_no or "-"),) if numbered else (),
        name=replace(name, text=f"{name.text}{marks}"),
        type=TYPE[application.type],
        place=Name("-", person=False) if case.unmade else place_of(application, o.words),
        percent="-" if percent is None else o.words.hundredths(percent),
        resolved=o.words.text(outcome_of(certified)) if certified else "",
        against=" ".join((*against.points, *against.answers)) if against else "",
        condition=owed,
        published=application.publication_consent is not False or case.unmade is not None,
    )


def blocked(groups: Sequence[Group], occasion: Occasion) -> tuple[Stretch, ...]:
    """The units that are not presented to the committee."""
    o = occasion
    listing = Listing(
        annex="",
        title=(BLOCKED_TITLE, f"{o.programme} ประจำปี {o.year}", f"จังหวัด{o.province}"),
        head=("ลำดับ", "ชื่อ", "ประเภท", "เหตุที่ไม่ได้เสนอ"),
        groups=(),
        totals=(),
        note="",
        empty="" if any(g.blocked for g in groups) else "- ไม่มี -",
        sample="" if o.official else SAMPLE,
    )
    return _stretches(listing, [(g.title, g.blocked) for g in groups])


def with_reasons(stretch: Stretch, cases: Iterator[Case], occasion: Occasion) -> Listing:
    """Each unit with what keeps it back; `cases` as in `with_names`."""
    o, w = occasion, occasion.words.text
    return replace(
        stretch.listing,
        groups=tuple(
            ListedGroup(title, f"{w(len(units))} ราย", tuple(_held(*row, o) for row in _with(units, cases)))
            for title, units in stretch.groups
        ),
    )


def _held(no: int, case: Case, o: Occasion) -> BlockedRow:
    application = case.application
    return BlockedRow(
        o.words.text(no), name_of(application, o.words), TYPE[application.type], reasons(case, o)
    )


def _with(units: Sequence[Unit], cases: Iterator[Case]) -> Iterator[tuple[int, Case]]:
    return ((unit.no, next(cases)) for unit in units)


def _stretches(listing: Listing, groups: Sequence[tuple[str, Sequence[Unit]]]) -> tuple[Stretch, ...]:
    """A list in stretches of whole districts, so that a long list is not typeset at once.

    Stretches after the first have no title and begin on a new page; sums are below the last.
    """
    shares: list[list[tuple[str, Sequence[Unit]]]] = [[]]
    for title, units in (group for group in groups if group[1]):
        if shares[-1] and sum(len(own) for _, own in shares[-1]) + len(units) > MOST_ROWS:
            shares.append([])
        shares[-1].append((title, units))
    first = replace(listing, totals=(), note="")
    later = replace(first, annex="", title=(), sample="")
    parts = [first, *(later for _ in shares[1:])]
    parts[-1] = replace(parts[-1], totals=listing.totals, note=listing.note)
    return tuple(Stretch(part, tuple(share)) for part, share in zip(parts, shares, strict=True))


def reasons(case: Case, occasion: Occasion) -> tuple[str, ...]:
    """Why a unit is not presented to the committee: what blocks it, then the state of its resolution."""
    assessment, w = case.assessment, occasion.words
    if case.unmade:
        return (w.text(UNMADE[case.unmade]),)
    found = [worded(f, Audience.COMMITTEE) for f in assessment.findings if f.severity is Severity.BLOCKING]
    if assessment.not_presented:
        return tuple(map(w.in_lines, found))
    states = {gate.gate: gate.state for gate in assessment.gates}
    for gate in assessment.gates:
        if gate.state in (GateState.FAILED, GateState.DEFERRED):
            found += [worded(f, Audience.COMMITTEE) for f in gate.findings]
    if states.get(Gate.DISTRICT, GateState.NO_DATA) is GateState.NO_DATA:
        found.append(NO_RESOLUTION)
    elif not found and states[Gate.DISTRICT] is GateState.FAILED:
        found.append(NOT_PASSED)
    return tuple(dict.fromkeys(map(w.in_lines, found)))
