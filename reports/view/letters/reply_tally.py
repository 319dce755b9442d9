"""สรุปการตอบรับ: who comes or sends somebody, who is late, who is silent (rules.md 53)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from processing.meetings.meeting import Channel, Reply
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import Convened, paragraphs, person, standing
from reports.view.printed_words import enumerated

TITLE = "สรุปการตอบรับเข้าร่วมประชุม"
CHANNELS = {
    Channel.FORM: "แบบตอบรับ",
    Channel.TELEPHONE: "โทรศัพท์",
    Channel.EMAIL: "ไปรษณีย์อิเล็กทรอนิกส์",
    Channel.LINE: "LINE",
}
_HEAD = ("ลำดับ", "{}", "การตอบรับ", "ผู้เข้าร่วมประชุม", "วันที่และช่องทาง", "หมายเหตุ")
_TO_FILL = tuple((str(i), "", "", "", "", "") for i in range(1, 7))  # where nobody is known to be asked


def reply_tally(c: Convened, invited: Sequence[str]) -> Paper:
    """`invited`: the offices asked, in their order; whoever answered unasked follows them."""
    answers = {one.office: one for one in c.meeting.replies}
    known = {one.person.name: standing(one) for one in c.meeting.composition}
    offices = [*invited, *(office for office in answers if office not in set(invited))]
    rows = tuple(
        (str(i), office, *_row(c, answers.get(office, Reply(office)), known.get(office, "")))
        for i, office in enumerate(offices, 1)
    )
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.PLAIN,
            title=(TITLE, f"การประชุม{c.committee}", c.number, f"{c.day} {c.hours}"),
            blocks=(
                *(paragraphs(_summed(c, offices, answers)) if offices else ()),
                Block(
                    Kind.TABLE,
                    cells=(tuple(one.format(_asked(c)) for one in _HEAD), *(rows or _TO_FILL)),
                    lines=0 if rows else 2,
                    widths=(6, 21, 15, 22, 19, 14),
                ),
            ),
        )
    )


def late(c: Convened, reply: Reply) -> bool:
    """Whether it came after the day that the invitation names."""
    by = c.meeting.letter.reply_by
    return reply.came_on is not None and by is not None and reply.came_on > by


def silent(offices: Iterable[str], answers: Mapping[str, Reply]) -> list[str]:
    """The offices that have not answered and are to be reminded."""
    return [one for one in offices if one not in answers or answers[one].came_on is None]


def _row(c: Convened, reply: Reply, in_advance: str) -> tuple[str, str, str, str]:
    """`in_advance`: who was named before as this member's substitute, "" = nobody."""
    known = f"{in_advance} (ผู้แทนที่แจ้งไว้ล่วงหน้า)" if in_advance else ""
    if reply.came_on is None:
        return "ยังไม่ตอบรับ", known, "", " ".join(filter(None, ("ต้องทวงถาม", reply.note)))
    words = {True: "เข้าร่วม", False: "ไม่เข้าร่วม", None: "ไม่ได้ระบุ"}[reply.attends]
    who = reply.substitute if reply.attends is not True and reply.substitute else reply.person
    named = person(who) if who else ""
    if who and who is reply.substitute:
        words, named = "มอบหมายผู้แทน", f"{named} (แทน)"
    elif reply.attends is not True and known:
        named = known
    marks = ("ตอบหลังกำหนด" if late(c, reply) else "", reply.note)
    return words, named, f"{c.date(reply.came_on)} {CHANNELS[reply.channel]}", " ".join(filter(None, marks))


def _summed(c: Convened, offices: Sequence[str], answers: Mapping[str, Reply]) -> Iterator[str]:
    came = [one for office in offices if (one := answers.get(office)) and one.came_on]
    unit = "หน่วยงาน" if c.provincial else "คน"
    told = {
        "เข้าร่วม": [one for one in came if one.attends is True],
        "ไม่เข้าร่วมแต่มอบหมายผู้แทน": [one for one in came if _sends(one)],
        "ไม่เข้าร่วม": [one for one in came if one.attends is False and not _sends(one)],
        "ตอบหลังกำหนด": [one for one in came if late(c, one)],
        "ตอบทางโทรศัพท์": [one for one in came if one.channel is Channel.TELEPHONE],
    }
    counted = " ".join(f"{what} {len(those)} {unit}" for what, those in told.items())
    yield f"เชิญ {len(offices)} {unit} ตอบรับแล้ว {len(came)} {unit} {counted}"
    if waiting := silent(offices, answers):
        yield f"ยังไม่ตอบรับ ต้องทวงถาม {len(waiting)} {unit} ได้แก่ {enumerated(waiting)}"


def _asked(c: Convened) -> str:
    """Who was asked: the province asks offices, a district the members of its committee."""
    return "หน่วยงาน" if c.provincial else "กรรมการ"


def _sends(reply: Reply) -> bool:
    return reply.attends is not True and reply.substitute is not None
