"""`mochocho districts extend`: a day of a district's own, with its reason."""

import click

from mochocho.app.commands.decisions.recording import By, Reason, recorder_of
from mochocho.app.commands.districts.districts_group import day_of, districts
from mochocho.app.commands.help import under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say


@under(
    districts,
    """กำหนดวันของอำเภอหนึ่งที่ต่างจากของจังหวัด พร้อมเหตุผล

    DISTRICT คือชื่ออำเภอ STAGE คืองานใน [calendar] เช่น results และ DUE คือวันครบกำหนดใหม่ เช่น 20 พ.ค. 2568
    บันทึกใน [calendar] ของการตั้งค่า ไฟล์เดิมเก็บไว้ข้างกันชื่อ .earlier กำหนดเดิมของอำเภอในงานเดียวกันถูกแทน
    """,
    "extend",
)
@click.argument("district")
@click.argument("stage")
@click.argument("due")
@Reason
@By
@pass_invocation
def extend(invocation: Invocation, district: str, stage: str, due: str, reason: str, by: str) -> None:
    """Give a district a day of its own for one stage, with the reason.

    DISTRICT is its name, STAGE a name of [calendar], as results, DUE the new day. It is written into
    [calendar] of the settings; the file as it was stays beside it, ending in .earlier. An earlier day of the
    district for that stage is replaced.
    """
    from mochocho.settings.config import DUE_TH
    from processing.deadlines.extend import extend as write
    from processing.meetings.named_meeting import district_of
    from processing.rounds.calendar import Stage

    home = invocation.writable_home
    own = district_of(home, district)
    if stage not in set(Stage):
        listed = ", ".join(f"{name} ({th})" for name, th in DUE_TH.items())
        raise wrong_call(f"ไม่มีงานชื่อ {stage} งานที่มี: {listed}", f"no stage {stage}; there are: {listed}")
    day = day_of(due)
    file = write(home, own.name_th, Stage(stage), day, reason, recorder_of(home, by))
    say(
        f"อำเภอ{own.name_th}: {stage} ภายในวันที่ {day} บันทึกใน {file} แล้ว",
        f"{own.name_th}: {stage} by {day}, written into {file}",
    )
