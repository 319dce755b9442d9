"""The correction slip of one applicant: a short text for LINE, and the content of the paper. Pure."""

from dataclasses import dataclass
from datetime import date

from mochocho.words.model import ApplicantType
from reports.notices.review import Notice
from reports.view.applicant_names import NO_NAME, Name
from reports.view.phone_sheets import START
from reports.view.printed_words import TYPE, Words

FORM = "ส่งเอกสารเพิ่มเติม มชช."
TITLE = "ใบแจ้งรายการที่ขอเพิ่มเติม"
STEPS_TITLE = f"วิธีเปิดแบบ “{FORM}”"
_KEY_LINE = 18  # letters of the key in one line


@dataclass(frozen=True, slots=True)
class To:
    """Whose application it is. `meeting`: the day of the meeting it is needed for, None = not known.

    `link`: opens the form for more documents in a browser; '' where there is no such address. `due`: the
    district's own day, which comes before the meeting's; `contact`: whom to ask, '' where nobody is known.
    """

    key: str
    name: str
    type: ApplicantType
    district: str
    province: str
    meeting: date | None = None
    link: str = ""
    due: date | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Things of one kind, and how to do them."""

    title: str
    things: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Slip:
    """The content of the paper; the code on it is the applicant's key."""

    title: str
    sender: str
    to: Name
    at: str
    parts: tuple[Part, ...]
    steps_title: str
    steps: tuple[str, ...]
    until: str
    code_caption: str
    key: tuple[str, ...]


def slip_text(notice: Notice, to: To, words: Words | None = None) -> str:
    """A message to forward: who, what is missing, until when, how to send it."""
    w = words or Words()
    lines = [f"{TITLE} (มชช. จังหวัด{to.province})", f"ผู้สมัคร: {_named(to, w)}", _at(to, w)]
    for part in _parts(notice, w):
        lines += ["", f"{part.title}:", *(f"- {thing}" for thing in part.things)]
        lines += [part.how] if part.how else []
    if steps := _steps(notice, to):
        lines += ["", f"{STEPS_TITLE}:", *steps]
    if until := _until(notice, to, w):
        lines += ["", until]
    return "\n".join(lines) + "\n"


def slip(notice: Notice, to: To, words: Words) -> Slip:
    """The same for a paper to hand over."""
    return Slip(
        title=TITLE,
        sender=f"การรับรองมาตรฐานการพัฒนาชุมชน (มชช.) จังหวัด{to.province}",
        to=Name(_named(to, words), to.type is ApplicantType.LEADER),
        at=_at(to, words),
        parts=_parts(notice, words),
        steps_title=STEPS_TITLE,
        steps=_steps(notice, to),
        until=_until(notice, to, words),
        code_caption="รหัสผู้สมัคร",
        key=(to.key[:_KEY_LINE], to.key[_KEY_LINE : 2 * _KEY_LINE]),
    )


def _named(to: To, w: Words) -> str:
    return w.text(to.name) or NO_NAME


def _at(to: To, w: Words) -> str:
    return w.text(f"{TYPE[to.type]} อำเภอ{to.district}")


def _parts(notice: Notice, w: Words) -> tuple[Part, ...]:
    return tuple(Part(t.title, tuple(map(w.text, t.things)), w.text(t.how)) for t in notice.tasks)


def _steps(notice: Notice, to: To) -> tuple[str, ...]:
    if not any(task.supplement for task in notice.tasks):
        return ()
    if to.link:
        return (f"เปิดลิงก์นี้ในโทรศัพท์หรือคอมพิวเตอร์: {to.link}", "แล้วเลือกอำเภอและชื่อผู้สมัคร")
    return (
        "เปิดแอปที่ใช้กรอกใบสมัคร (ODK Collect หรือ KoboCollect) แล้วรับแบบฉบับล่าสุด",
        f"แตะ “{START}” แล้วเลือก “{FORM}”",
        "สแกน QR ของผู้สมัคร หรือเลือกอำเภอและชื่อ แล้วถ่ายเฉพาะรายการที่แบบถาม",
    )


def _until(notice: Notice, to: To, w: Words) -> str:
    """By when all is wanted that does not name a day of its own, and whom to ask."""
    by = ""
    if not all(task.dated for task in notice.tasks):
        if to.due:
            by = f"ขอให้ส่งภายในวันที่ {w.date(to.due)}"
        elif to.meeting:
            by = f"ขอให้ส่งก่อนการประชุมวันที่ {w.date(to.meeting)}"
    return " ".join(filter(None, (by, f"สอบถาม {w.text(to.contact)}" if to.contact else "")))
