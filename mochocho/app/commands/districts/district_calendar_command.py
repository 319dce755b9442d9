"""`mochocho districts calendar`: each district with each day of the calendar."""

import click

from mochocho.app.commands.districts.districts_group import Day, District, codes_of, day_of, districts
from mochocho.app.commands.help import under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say


@under(
    districts,
    """กำหนดเวลาของแต่ละอำเภอ เสร็จแล้วเท่าใด และเกินกำหนดกี่วัน

    วันของอำเภอที่จังหวัดขยายให้ใช้แทนวันของจังหวัด รายชื่อผู้สมัครถือว่าพร้อมส่งเมื่อคุณสมบัติและหลักฐานครบทุกราย รายงานผลถือว่า
    พร้อมส่งเมื่อคณะกรรมการอำเภอมีมติทุกราย วันที่นับจากวันที่ในแบบ ไม่ใช่วันที่ส่งถึง
    """,
    "calendar",
)
@District
@Day
@pass_invocation
def calendar(invocation: Invocation, names: tuple[str, ...], day: str) -> None:
    """Each district's deadlines, how much is done, how late.

    A day that the province gave a district stands in place of its own. A list of applicants is ready once
    eligibility and evidence of all are in order, a report of results once the district's committee has
    resolved about all. Days are those in the forms, not those of sending.
    """
    from mochocho.app.terminal.deadline_table import table
    from processing.deadlines.deadlines import deadlines_of

    home = invocation.home
    asked = day_of(day)
    found = deadlines_of(home, asked, codes_of(home, names))
    if not found:
        say(
            "ยังไม่ได้กำหนดวันใน [calendar] ให้ตั้งวันครบกำหนดในการตั้งค่า",
            "no day is set in [calendar]; put the deadlines into the settings",
        )
        raise click.exceptions.Exit(0)
    table(found, home.province, asked)
    late = len({one.district for one in found if one.waits and one.days_late})
    say(f"เกินกำหนดและยังไม่ครบ {late} อำเภอ", f"late with something lacking: {late} districts")
