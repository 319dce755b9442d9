"""`mochocho meeting schedule`: who presents when, and a late district presented later."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import show, warn

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.meetings.day_plan import DayPlan, Slot
    from processing.meetings.meeting import Meeting, Pause

SOMETHING_WAITS = 3  # as of `run`: a person must make time for a district


@under(
    meeting,
    """กำหนดเวลานำเสนอของแต่ละอำเภอ

    ตามลำดับ เวลาต่ออำเภอหรือต่อหน่วยงาน เวลาซักถาม และเวลาพักของการประชุม ถ้าไม่กำหนด KEY (เช่น 1/2568)
    คือการประชุมของเอกสารชุดนี้ --late ย้ายอำเภอที่มาช้าไปต่อจากอำเภอของ --after หรือไปท้ายสุด แล้วบันทึก อำเภอที่นำเสนอ
    ก่อนหน้านั้นไม่เปลี่ยนเวลา จบด้วยสถานะ 3 เมื่อมีอำเภอที่ไม่มีเวลา
    """,
)
@click.argument("key", required=False)
@option("--late", metavar="DISTRICT", th="อำเภอที่มาช้า", en="A district that is late.")
@option(
    "--after",
    default="",
    metavar="DISTRICT",
    th="ให้นำเสนอต่อจากอำเภอนี้",
    en="Present it after this one; else last.",
)
@option(
    "--by",
    default="",
    th="ผู้บันทึก ถ้าไม่ใส่ ใช้ `recorder` ในการตั้งค่า",
    en="Who records it; by default `recorder` of the settings.",
)
@pass_invocation
@click.pass_context
def schedule(
    ctx: click.Context, invocation: Invocation, key: str | None, late: str | None, after: str, by: str
) -> None:
    """When each district presents.

    By the meeting's order, its minutes for each district or unit, for questions, and its breaks. Without KEY
    (as 1/2568), of the meeting that the packet is for. --late presents a district right after that
    of --after, or last, and records it; whoever presents before keeps the hours. Ends with status 3 when
    there is no time for a district.
    """
    from processing.meetings.day_plan import planned
    from processing.meetings.named_meeting import named
    from reports.lint.examined_home import examined

    home = invocation.writable_home if late else invocation.home
    held = named(home, key or "")
    if late:
        held = _reordered(home, held, late, after, by)
    plan = planned(held, examined(home, held).shares)
    if plan is None:
        raise wrong_call("ยังไม่ได้กรอกเวลาเริ่มประชุม", "the meeting has no beginning yet")
    for line in _lines(plan, held.schedule.pauses):
        show(line)
    for left in plan.left_over:
        warn(
            f"ไม่มีเวลาของอำเภอ{left.district} {left.units} หน่วยงาน",
            f"no time for {left.district}, {left.units} units",
        )
    if plan.left_over:
        ctx.exit(SOMETHING_WAITS)


def _reordered(home: "Home", held: "Meeting", late: str, after: str, by: str) -> "Meeting":
    """The meeting with the late district in its new place, kept."""
    from processing.meetings.day_plan import moved
    from processing.meetings.files import meeting_files
    from reports.lint.examined_home import examined

    if not (recorder := by or home.settings.recorder):
        raise wrong_call(
            "ต้องระบุชื่อผู้บันทึกด้วย --by หรือ recorder ในการตั้งค่า",
            "say who records it: --by, or recorder of the settings",
        )
    names = late.removeprefix("อำเภอ"), after.removeprefix("อำเภอ")
    try:
        schedule = moved(held.schedule, examined(home, held).shares, *names)
    except LookupError as error:
        raise wrong_call(
            f"จังหวัดนี้ไม่มีอำเภอ {error.args[0]}", f"there is no district {error.args[0]}"
        ) from error
    found = replace(held, schedule=schedule)
    meeting_files.keep(home, found, recorder)
    return found


def _lines(plan: "DayPlan", pauses: Sequence["Pause"]) -> Iterator[str]:
    """The day by the hour: who presents, and the breaks."""
    from processing.meetings.day_plan import hour, minute

    day = [(slot.starts, slot.ends, _presenter(slot)) for slot in plan.slots]
    day += [(minute(pause.starts), minute(pause.ends), pause.title) for pause in pauses]
    for starts, ends, what in sorted(day):
        yield f"{hour(starts)} - {hour(ends)}  {what}".replace(":", ".")


def _presenter(slot: "Slot") -> str:
    return f"อำเภอ{slot.district}" + (f" หน่วยงานที่ {slot.unit}" if slot.unit else "")
