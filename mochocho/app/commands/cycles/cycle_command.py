"""`mochocho cycle`: the end of one year's cycle, and the beginning of the next."""

from mochocho.app.commands.help import group, option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say

By = option("--by", default="", th="ผู้สั่ง ต้องมี", en="Who does it; needed.")


@group("รอบปีงบประมาณ: ปิดรอบ และเปิดรอบที่ปิดไปแล้ว")
def cycle() -> None:
    """The fiscal year's cycle: close it, open it again."""


@under(
    cycle,
    """ปิดรอบนี้ ไม่ให้บันทึกหรือรับข้อมูลเพิ่ม

    หลังปิด ทุกคำสั่งที่บันทึกและเครื่องรับข้อมูลจากโทรศัพท์จะปฏิเสธพร้อมบอกเหตุ การอ่าน การทำเอกสาร การสำรอง และ
    `mochocho audit verify` ยังทำได้เหมือนเดิม และได้เอกสารเดิมทุกตัวอักษร เปิดใหม่ได้ด้วย `mochocho cycle reopen`
    """,
)
@By
@pass_invocation
def close(invocation: Invocation, by: str) -> None:
    """Let nothing be added to this cycle any more.

    From then on every command that records, and the endpoint for phones, refuse and say why. Reading,
    papers, backups and `mochocho audit verify` work as before, and papers have the same bytes.
    `mochocho cycle reopen` takes it back.
    """
    from mochocho.app.cycle import close_cycle

    home = invocation.writable_home
    close_cycle.refuse_unfinished(home)
    close_cycle.close(home, by)
    say("ปิดรอบนี้แล้ว", "this cycle is closed")


@under(cycle, "เปิดรอบที่ปิดไปแล้วให้บันทึกได้อีก พร้อมเหตุผล")
@By
@option("--reason", default="", th="เหตุผลที่ต้องเปิด ต้องมี", en="Why it must be opened; needed.")
@pass_invocation
def reopen(invocation: Invocation, by: str, reason: str) -> None:
    """Let a closed cycle be written again."""
    from mochocho.app.cycle import close_cycle

    close_cycle.reopen(invocation.home, by, reason)
    say("เปิดรอบนี้แล้ว บันทึกและรับข้อมูลได้เหมือนเดิม", "this cycle is open and takes everything as before")
