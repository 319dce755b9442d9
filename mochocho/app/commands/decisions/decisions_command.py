"""`mochocho decisions`: what was decided, and how it is undone or corrected."""

from typing import TYPE_CHECKING

import click

from mochocho.app.commands.decisions.recording import (
    By,
    Reason,
    append,
    cell,
    earlier_of,
    recorder_of,
    refusals_told,
)
from mochocho.app.commands.help import group, option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show
from mochocho.app.terminal.redact import redact
from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.decisions.decision import Kind


@group("คำวินิจฉัย: ดู บันทึก เพิกถอน แก้ไข")
def decisions() -> None:
    """Decisions: show, record, revoke and correct them."""


@under(
    decisions,
    """แสดงคำวินิจฉัยที่มีผลอยู่ของผู้สมัคร

    พร้อมเลขที่ วันที่ เหตุผล และผู้บันทึก ใส่ --all เพื่อดูที่ถูกแทนหรือเพิกถอนแล้วด้วย
    """,
    name="list",
)
@click.argument("key")
@option("--all", "every", is_flag=True, th="รวมที่ไม่มีผลแล้ว", en="Also those that hold no more.")
@pass_invocation
def list_decisions(invocation: Invocation, key: str, every: bool) -> None:
    """Show what holds about an applicant.

    With number, day, reason and who recorded it, in the papers' Thai; --all shows also what was replaced or
    undone.
    """
    from mochocho.storage.db import reading
    from processing.decisions import recorded
    from processing.decisions.decision import Kind
    from processing.decisions.office import told

    with reading(invocation.home.engine) as session:
        holding = recorded.holding(session, set(Kind) - {Kind.REVOKE, Kind.REOPEN}, [key])
        shown = recorded.about_applicant(session, key) if every else holding
    held = {one.number for one in holding}
    titles = told.titles_of(invocation.home.pack.standards)
    for one in shown:
        gone = "" if one.number in held else " (ไม่มีผลแล้ว)"
        show(redact(f"{told.line(one, titles)}{gone if one.kind not in (Kind.REVOKE, Kind.REOPEN) else ''}"))
    say(f"มีผลอยู่ {len(held)} ข้อ", f"holding: {len(held)}")


@under(decisions, "แสดงคำวินิจฉัยข้อหนึ่ง และสิ่งที่เห็นเมื่อวินิจฉัย", name="show")
@click.argument("number")
@pass_invocation
def show_decision(invocation: Invocation, number: str) -> None:
    """Show one decision, and what lay before whoever decided."""
    from processing.decisions.office import told

    one = earlier_of(invocation.home, number)
    if one is None:
        said = f"ไม่มีคำวินิจฉัยเลขที่ {number[:20]}"
        raise Terminal(said, said)
    show(redact(told.line(one, told.titles_of(invocation.home.pack.standards))))
    show(f"ผู้สมัคร {one.applicant_key}")
    show(f"ใบสมัครรุ่น {one.seen.instance_id or '-'} · ผลตรวจ {one.seen.assessment[:12] or '-'}")
    for sha256 in one.seen.files:
        show(f"ภาพ {sha256[:12]}")


@under(decisions, "เพิกถอนคำวินิจฉัยหรือมติที่ไม่ควรมี")
@click.argument("number")
@Reason
@By
@pass_invocation
def revoke(invocation: Invocation, number: str, reason: str, by: str) -> None:
    """Revoke a decision that should not have been."""
    from processing.decisions.decision import Kind

    _undo(invocation.home, Kind.REVOKE, number, reason, by)


@under(decisions, "เปิดพิจารณาใหม่: สิ่งที่วินิจฉัยไว้ไม่มีผล และรอการพิจารณาอีกครั้ง")
@click.argument("number")
@Reason
@By
@pass_invocation
def reopen(invocation: Invocation, number: str, reason: str, by: str) -> None:
    """Open a matter again: what was decided holds no more."""
    from processing.decisions.decision import Kind

    _undo(invocation.home, Kind.REOPEN, number, reason, by)


@under(
    decisions,
    """แก้ไขคำวินิจฉัย: ข้อใหม่แทนข้อ NUMBER

    ใส่เฉพาะส่วนที่แก้ เหตุผลต้องใส่เสมอ ผลของมติให้บันทึกใหม่ด้วย `mochocho decide`
    """,
)
@click.argument("number")
@option("--answer", default="", th="คำตอบที่นับ", en="The answer that counts.")
@option("--into", default="", th="รหัสใบสมัครที่คงไว้", en="Key of the application that stays.")
@option("--met/--not-met", "met", default=None, th="ไม่ขัด หรือขัดคุณสมบัติ", en="Whether the rule is met.")
@option("--committee", default="", th="ชื่อคณะกรรมการ", en="Name of the committee.")
@option("--meeting", default="", th="ครั้งที่ของการประชุม", en="Number of its meeting.")
@option("--date", default="", th="วันประชุม", en="Day of the meeting.")
@Reason
@By
@pass_invocation
def correct(
    invocation: Invocation, /, number: str, met: bool | None, reason: str, by: str, **typed: str
) -> None:
    """Correct a decision: a new one stands in place of NUMBER.

    Only what changes is given, and always the reason. The outcome of a resolution is recorded anew with
    `mochocho decide`.
    """
    from processing.decisions.office.typed_rulings import corrected

    home = invocation.home
    earlier = earlier_of(home, number)
    if earlier is None:
        said = f"ไม่มีคำวินิจฉัยเลขที่ {number[:20]}"
        raise Terminal(said, said)
    changed = {name: cell(value) for name, value in typed.items() if value}
    with refusals_told():
        decision = corrected(earlier, changed, met, reason, recorder_of(home, by))
    append(home, decision)


def _undo(home: "Home", kind: "Kind", number: str, reason: str, by: str) -> None:
    from mochocho.excel.typed import whole_of
    from processing.decisions.office.typed_rulings import undoing

    earlier = earlier_of(home, number)
    append(home, undoing(kind, whole_of(cell(number)), earlier, reason, recorder_of(home, by)))
