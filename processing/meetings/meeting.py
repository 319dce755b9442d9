"""One meeting of a committee, as the office sets it up and writes down what came of it. Pure.

Texts are as typed, never markup. Empty = not known yet; papers print dots to fill in.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeGuard

from mochocho.words import people
from mochocho.words.model import Gate, Votes
from processing.meetings.passages import Passage


class Level(StrEnum):
    """Whose committee meets (rules.md 24, 45)."""

    DISTRICT = "district"
    PROVINCE = "province"


class Role(StrEnum):
    """A member's place in the committee (rules.md 24)."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    SECRETARY = "secretary"
    ASSISTANT_SECRETARY = "assistant_secretary"


class Channel(StrEnum):
    """How an invited office answered (rules.md 53)."""

    FORM = "form"
    TELEPHONE = "telephone"
    EMAIL = "email"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a paper names: whole name with its title, position, agency."""

    name: str
    position: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the committee, in the order of the appointing order.

    `substitute`: who comes in the member's place whenever the member cannot, named or only by position.
    `since`, `until`: the first and the last day in the committee, None = without end; predecessor and
    successor are two members.
    """

    person: Person
    role: Role = Role.MEMBER
    substitute: Person | None = None
    since: date | None = None
    until: date | None = None

    def on(self, day: date | None) -> bool:
        """Whether this is a member on that day; on one that is not set yet, whether no last day is known."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Appointment:
    """The provincial order that appointed a committee: number "6459/2567", day, what it is about.

    `grounds` and `duties`: what the order says before the members and of their task, in the office's own
    words; none = the wording of the sample.
    """

    number: str = ""
    day: date | None = None
    subject: str = ""
    grounds: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom an invited office asks. Telephone as written; e-mail and LINE are never in Thai digits."""

    name: str = ""
    position: str = ""
    telephone: str = ""
    email: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs letters. `on_behalf`: the line or lines below the position, such as
    "ปฏิบัติราชการแทน ผู้ว่าราชการจังหวัดเชียงราย"; none where the office's own head signs.
    """

    name: str = ""
    position: str = ""
    on_behalf: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says beside the meeting itself (rules.md 31, 42; thai-papers.md 2).

    `urgency`: ด่วน, ด่วนมาก, ด่วนที่สุด or none. `refers`: earlier letters, whole lines. `paragraphs`: the
    body in the office's own words, the line จึงเรียนมา… among them; none = the wording of the sample.
    `office`: the sender's place and address, `owner`: the unit that made the letter and its telephone; whole
    lines, none = by the level of the committee.
    """

    urgency: str = ""
    number: str = ""
    day: date | None = None
    to: str = ""
    refers: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    reply_by: date | None = None
    subject: str = ""
    office: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnText:
    """A passage of a letter in the office's own words instead of the sample's; `{name}` is filled in."""

    passage: Passage
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """A break of the day, hours as "12:00"."""

    starts: str
    ends: str
    title: str = "พักรับประทานอาหารกลางวัน"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the presentations share the day; minutes. `order`: districts by name, others follow by theirs.

    `minutes` are for each district, or for each unit where `by_unit`. `begins`: the first presentation; "" =
    the meeting's own beginning.
    """

    minutes: int = 15
    questions: int = 0
    by_unit: bool = False
    begins: str = ""
    order: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item in the office's own words instead of the sample's; `number` as printed, "3.1".

    No paragraphs = the sample's text stays, under this title.
    """

    number: str
    title: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """`items_count`: 5 as in the sample, or 6 with matters arising. Claims are printed where true."""

    items_count: int = 5
    own: tuple[AgendaItem, ...] = ()
    video_shown: bool = False
    assessed_after: bool = True


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex of the office's own to bind into the packet: number 1-3, title, the PDF's sha256."""

    number: int
    title: str
    sha256: str
    pages: int


class Signed(StrEnum):
    """Which paper of a meeting was signed by hand and scanned."""

    MINUTES = "minutes"
    ANNOUNCEMENT = "announcement"
    NAMES = "names"
    ATTENDANCE = "attendance"
    INVITATION = "invitation"
    MEMO = "memo"
    ORDER = "order"
    RESULTS = "results"


class ScanKind(StrEnum):
    """What a scan is, as its file's name ends."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The scan of a signed paper: its file's sha256, as it came, and how many pages it has."""

    paper: Signed
    sha256: str
    kind: ScanKind
    pages: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What an invited office answered. `came_on`: the day of the answer; none = it is silent."""

    office: str
    came_on: date | None = None
    channel: Channel = Channel.FORM
    attends: bool | None = None
    person: Person | None = None
    substitute: Person | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether somebody came. `of`: the member's name, "" for who is no member. Hours as "09:00", "" = from
    the beginning, to the end. `substitute`: who came in the member's place. `absent`: the reason where nobody
    did. Who left and came back has one of these for each stay, in their order.
    """

    of: str
    present: bool
    substitute: Person | None = None
    guest: Person | None = None
    came: str = ""
    left: str = ""
    online: bool = False
    absent: str = ""

    @property
    def there(self) -> bool:
        """Whether anybody came: the member, or somebody in the member's place."""
        return self.present or self.substitute is not None

    def there_at(self, hour: str) -> bool:
        """Whether that was so at this hour: who came in that minute was there, who left in it was not."""
        return self.there and self.came <= hour and (not self.left or hour < self.left)


@dataclass(frozen=True, slots=True)
class Minuted:
    """What was said and resolved about one item of the agenda, with votes where counted, and dissent with
    its reason (Act of B.E. 2539, s. 83). `resolved_at`: the hour of the resolution, "" = not written down.
    """

    number: str
    paragraphs: tuple[str, ...] = ()
    resolution: str = ""
    votes: Votes | None = None
    dissent: tuple[str, ...] = ()
    resolved_at: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What came of a meeting: hours as they were, who came, each item, who wrote the minutes."""

    began: str = ""
    ended: str = ""
    attendance: tuple[Attendance, ...] = ()
    items: tuple[Minuted, ...] = ()
    written_by: Person | None = None
    checked_by: Person | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """The meeting that too few came to and in whose place another is called: its number, and its day."""

    number: str = ""
    day: date | None = None


AGAIN_WITHIN = 14  # days after the day of the first (Act of B.E. 2539, s. 79)
A_THIRD = "หนึ่งในสาม"  # as the letter that calls the meeting again says it


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the province's or a district's committee. `number`: "1/2568". Hours as "09:00".

    `district`: its DOPA code; "" for the province. `members`: all of the year, those who meet are the
    `composition`. `quorum`: how many must be there by the order; none = by s. 79 of the Act of B.E. 2539.
    `previous`: the meeting whose minutes are adopted; "" = there is none. `letter` invites; `circular` opened
    the cycle; `memo`, signed by `memo_by`, takes the invitation to its signatory. `texts`: passages of
    letters in the office's own words, unless it has own `paragraphs`. `again`: in whose place it is called.
    """

    level: Level
    number: str
    district: str = ""
    day: date | None = None
    starts: str = ""
    ends: str = ""
    place: str = ""
    committee: str = ""
    appointment: Appointment = Appointment()
    members: tuple[Member, ...] = ()
    quorum: int | None = None
    previous: str = ""
    letter: Letter = Letter()
    contact: Contact = Contact()
    signatory: Signatory = Signatory()
    circular: Letter = Letter()
    memo: Letter = Letter()
    memo_by: Signatory = Signatory()
    agenda: Agenda = Agenda()
    schedule: Schedule = Schedule()
    annexes: tuple[Annex, ...] = ()
    replies: tuple[Reply, ...] = ()
    held: Held | None = None
    signed: tuple[SignedPaper, ...] = ()
    texts: tuple[OwnText, ...] = ()
    again: Again = Again()

    @property
    def key(self) -> str:
        """Which meeting it is: "province:1/2568", "5707:2/2568"."""
        return f"{self.district or self.level.value}:{self.number}"

    @property
    def gate(self) -> Gate:
        """The step of certification at which its committee resolves (rules.md 24, 45)."""
        return Gate.PROVINCE if self.level is Level.PROVINCE else Gate.DISTRICT

    @property
    def composition(self) -> tuple[Member, ...]:
        """Who is of the committee on the day of the meeting."""
        return tuple(one for one in self.members if one.on(self.day))

    def present_at(self, hour: str) -> int | None:
        """How many members were there at this hour, in person or by somebody in their place; None where
        nobody wrote down who came.
        """
        if self.held is None or not self.held.attendance:
            return None
        there = {people.key(one.of) for one in self.held.attendance if one.there_at(hour)}
        return sum(people.key(one.person.name) in there for one in self.composition)

    @property
    def days_again(self) -> int | None:
        """How many days after the meeting in whose place it is called; None where it is in nobody's."""
        first = self.again.day
        return (self.day - first).days if self.day and first else None

    @property
    def tells_members_of_a_third(self) -> bool:
        """Whether the letter to the members says that a third of them is enough: ours does, a district's in
        the office's own words only where they do. The province's own words go to the districts alone.
        """
        own = self.letter.paragraphs if self.level is Level.DISTRICT else ()
        return not own or any(A_THIRD in text for text in own)

    @property
    def needs_a_third(self) -> bool:
        """Whether a third of the members is enough: called again in time, as the letter says (s. 79)."""
        late = self.days_again
        in_time = late is not None and late <= AGAIN_WITHIN
        return in_time and self.quorum is None and self.tells_members_of_a_third

    @property
    def least_present(self) -> int:
        """How many members must be there: as the order says, else half of them, or a third (s. 79)."""
        if self.quorum is not None:
            return self.quorum
        return -(-len(self.composition) // (3 if self.needs_a_third else 2))

    def lacks_quorum(self, present: int | None) -> TypeGuard[int]:
        """Whether these are too few to decide; None = how many there were is not known."""
        return bool(self.members) and present is not None and present < max(self.least_present, 1)
