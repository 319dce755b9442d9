"""`mochocho districts`: the group that commands about districts add themselves to, and what they share."""

from datetime import date
from typing import TYPE_CHECKING

from mochocho.app.commands.certificates.issue_command import typed_day
from mochocho.app.commands.decisions.recording import refusals_told
from mochocho.app.commands.help import group, option

if TYPE_CHECKING:
    from mochocho.storage.home import Home

District = option(
    "--district",
    "names",
    multiple=True,
    metavar="DISTRICT",
    th="เฉพาะอำเภอนี้ ใส่ได้หลายครั้ง ถ้าไม่กำหนด คือทุกอำเภอ",
    en="Only this district; may be given several times. Without it, every one.",
)
Day = option(
    "--day",
    default="",
    th="วันที่ที่ใช้นับว่าเกินกำหนด ถ้าไม่กำหนด คือวันนี้",
    en="The day on which lateness is counted; without it, today.",
)


@group("กำหนดเวลาของแต่ละอำเภอ และเอกสารของอำเภอและผู้สมัคร")
def districts() -> None:
    """Deadlines of each district; papers of districts and applicants."""


def day_of(text: str) -> date:
    """The day that was typed, else today in Thailand."""
    from datetime import datetime

    from mochocho.words.days import THAILAND

    with refusals_told():
        return typed_day(text) or datetime.now(THAILAND).date()


def codes_of(home: "Home", names: tuple[str, ...]) -> list[str] | None:
    """The codes of these districts; None where none is named. Raises Terminal for one that is not there."""
    from processing.meetings.named_meeting import district_of

    return [district_of(home, name).code for name in names] or None
