"""Numbers, dates and fixed words as the papers print them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from mochocho.words import numbers, thai
from mochocho.words.model import ApplicantType, DocumentState, GateState, Outcome, Severity, Unmade, Verdict
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.findings.value_words import DOCUMENT_STATES
from reports.wording.typed_points import lines_of

REMEMBERED = 20_000  # texts: most stand in many dossiers
DOTS = "." * 12
LONG_DOTS = "." * 40

TYPE = {
    ApplicantType.LEADER: "ผู้นำชุมชน",
    ApplicantType.GROUP: "กลุ่มองค์กรชุมชน",
    ApplicantType.NETWORK: "เครือข่ายองค์กรชุมชน",
    ApplicantType.COMMUNITY: "ชุมชน",
}  # spelled as in source 004; rules.md 2
UNIT = {
    ApplicantType.LEADER: "คน",
    ApplicantType.GROUP: "กลุ่ม",
    ApplicantType.NETWORK: "เครือข่าย",
    ApplicantType.COMMUNITY: "ชุมชน",
}  # rules.md 4
TABLE_HEAD = {**TYPE, ApplicantType.NETWORK: "เครือข่ายชุมชน"}  # the order table's own heading

# The mark of what a person took as it is.
TAKEN_BY_PERSON = {
    DocumentState.ACCEPTED: "เจ้าหน้าที่รับแล้ว",
    DocumentState.WAIVED: DOCUMENT_STATES[DocumentState.WAIVED],
}
GATE_STATE = {
    GateState.PASSED: "ผ่าน",
    GateState.FAILED: "ไม่ผ่าน",
    GateState.NO_DATA: "ยังไม่มีข้อมูล",
    GateState.DEFERRED: OUTCOMES[Outcome.DEFERRED],
}
SEVERITY = {Severity.BLOCKING: "ต้องแก้ไข", Severity.WARNING: "ควรตรวจสอบ"}
JUDGED = "ตรวจแล้ว"  # in place of a severity, where a person took the document as it is
SAMPLE = "เกณฑ์ตัวอย่าง"
ROUNDED = "ร้อยละคิดเป็นเศษส่วน ปัดเศษครั้งเดียวเป็นทศนิยมสองตำแหน่ง (ครึ่งขึ้นไปปัดขึ้น)"
ROUNDING = f"คะแนนและ{ROUNDED} ผลบวกที่พิมพ์อาจต่างกันเล็กน้อย"
NO_RESOLUTION = "ยังไม่มีมติของคณะกรรมการอำเภอ"
NOT_PASSED = "คณะกรรมการอำเภอมีมติไม่รับรอง"
UNMADE = {
    Unmade.ASSESSING: "จัดทำเอกสารของผู้สมัครรายนี้ไม่ได้ เพราะโปรแกรมตรวจประเมินใบสมัครนี้ไม่สำเร็จ",
    Unmade.READING: "จัดทำเอกสารของผู้สมัครรายนี้ไม่ได้ เพราะโปรแกรมอ่านผลตรวจที่เก็บไว้ไม่ได้",
    Unmade.PRINTING: "จัดทำเอกสารของผู้สมัครรายนี้ไม่ได้ เพราะโปรแกรมจัดหน้าข้อมูลของผู้สมัครรายนี้ไม่สำเร็จ",
}
UNMADE_TO_DO = (
    "ฝ่ายเลขานุการแจ้งผู้ดูแลระบบ ซึ่งดูเหตุได้ด้วยคำสั่ง mochocho status แล้วจัดทำเอกสารนี้ใหม่ก่อนการประชุม "
    "มติของคณะกรรมการที่บันทึกไว้แล้วยังอยู่ครบ"
)


def enumerated(parts: Sequence[str]) -> str:
    """`ก`, `ก และข`, `ก ข และค`, `๑ ๒ และ ๓`: as official papers list things."""
    *others, last = parts
    return f"{' '.join(others)} {thai.and_(last)}" if others else last


class Tone(Enum):
    """The colour of a verdict; the word beside it says the same."""

    GOOD = "good"
    BAD = "bad"
    PLAIN = "plain"


def document_state(verdict: Verdict) -> str:
    """The word for a document's state, marked where a person took it as it is."""
    return (TAKEN_BY_PERSON if verdict.settled else DOCUMENT_STATES)[verdict.state]


def judged_words(verdict: Verdict) -> Iterator[str]:
    """Who took a document as it is and why, and who saw the original; of the others a finding says so."""
    one = verdict.judged
    if one is None or not verdict.settled:
        return
    if one.by:
        what = "ยกเว้น" if one.state is DocumentState.WAIVED else "รับ"
        yield f"{what}โดย{one.by}{f' เหตุผล: {one.reason}' if one.reason else ''}"
    if one.seen_by and verdict.state is DocumentState.WAIVED:
        yield f"ผู้เห็นตัวจริง: {one.seen_by}"


@lru_cache(REMEMBERED)
def _text(value: str, thai_digits: bool) -> str:
    text = thai.cover_national_ids(thai.normalise(value))
    return thai.digits(text) if thai_digits else text


@dataclass(frozen=True, slots=True)
class Words:
    """How this packet writes numbers: with Thai or Arabic digits."""

    thai_digits: bool = True

    def text(self, value: str | int) -> str:
        """A number, or a text with the packet's digits and with national IDs masked.

        People type a national ID where it does not belong, as into a name.
        """
        return _text(str(value), self.thai_digits)

    def in_lines(self, text: str) -> str:
        """The same of what people typed, each of its points on a line of its own."""
        return "\n".join(map(self.text, lines_of(text)))

    def masked(self, national_id: str) -> str:
        """A masked national ID; its letters x must not keep its digits Arabic."""
        return "".join(self.text(char) for char in national_id)

    def hundredths(self, value: Fraction | int) -> str:
        """Points or percent given in hundredths: 7250 → `๗๒.๕๐`."""
        return self.text(numbers.hundredths(value))

    def marks(self, hundredths: int) -> str:
        """Full marks; without decimals where they are whole."""
        return self.hundredths(hundredths) if hundredths % 100 else self.text(hundredths // 100)

    def date_in_era(self, value: date) -> str:
        """`18 พฤศจิกายน พ.ศ. 2567`, as orders, announcements and certificates date themselves."""
        *day_and_month, year = self.date(value).split(" ")
        return f"{' '.join(day_and_month)} พ.ศ. {year}"

    def date(self, value: date, weekday: bool = False) -> str:
        return thai.date_words(value, thai_digits=self.thai_digits, weekday=weekday)

    def time(self, hh_mm: str) -> str:
        return thai.time_words(hh_mm, thai_digits=self.thai_digits)
