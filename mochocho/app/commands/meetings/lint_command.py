"""`mochocho meeting lint`: what is wrong with a meeting's papers before they are signed."""

import click

from mochocho.app.commands.help import under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import say


@under(
    meeting,
    """ตรวจเอกสารของการประชุมก่อนลงนาม และบอกวิธีแก้

    เวลาและวันที่ที่ไม่ตรงกัน ยอดรวมที่บวกไม่ตรง กำหนดการที่ไม่พอเวลา ชื่อหรือที่อยู่ติดต่อที่สะกดสองแบบ อักษรย่อจังหวัด
    คำซ้ำ เอกสารแนบที่อ้างแต่ไม่ได้แนบ องค์ประชุม หน่วยงานที่ซ้ำหรือผิดอำเภอ และเอกสารที่เก่ากว่าข้อมูล ทุกข้อบอกว่าอยู่
    ในเอกสารใดและช่องใด ถ้าไม่กำหนด KEY (เช่น 1/2568) คือการประชุมของเอกสารชุดนี้ จบด้วยสถานะ 1
    เมื่อมีสิ่งที่ต้องแก้ก่อนลงนาม
    """,
)
@click.argument("key", required=False)
@pass_invocation
@click.pass_context
def lint(ctx: click.Context, invocation: Invocation, key: str | None) -> None:
    """Look for what is wrong with a meeting's papers.

    Hours and days that disagree, totals that do not add up, a day that is too short, names or contacts spelt
    two ways, a province's letters, doubled words, annexes that are cited and not bound, the quorum, units
    that are there twice or in another district, papers older than their data; each with its paper and field.
    Without KEY (as 1/2568), the meeting that the packet is for. Ends with status 1 when something
    must be mended before anybody signs.
    """
    from mochocho.app.terminal.lint_table import table
    from processing.meetings.named_meeting import named, shown
    from reports.lint.examined_home import examined
    from reports.lint.lint_entry import Grave
    from reports.lint.lint_meeting import lint as find

    home = invocation.home
    held = named(home, key or "")
    found = find(examined(home, held))
    table(found)
    errors = sum(one.entry.grave is Grave.ERROR for one in found)
    name = shown(home, held)
    say(
        f"การประชุม {name}: ต้องแก้ {errors} ข้อ ควรดู {len(found) - errors} ข้อ",
        f"meeting {name}: {errors} errors, {len(found) - errors} warnings",
    )
    ctx.exit(int(errors > 0))
