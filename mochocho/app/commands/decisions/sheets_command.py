"""`mochocho sheets`: the chair closes a round of score sheets, or opens it again."""

import click

from mochocho.app.commands.decisions.recording import By, recorder_of, refusals_told
from mochocho.app.commands.help import group, option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say

ROUNDS = ("onsite", "provincial")


@group("แบบให้คะแนนของกรรมการ: ปิดรับ หรือเปิดรับใหม่")
def sheets() -> None:
    """Assessors' score sheets: close a round, or open it again."""


@under(
    sheets,
    """ปิดรับแบบให้คะแนนของผู้สมัคร KEY ตามที่ประธานสั่ง

    เมื่อการตั้งค่ามีรายชื่อกรรมการ คำตอบของแต่ละคนเปิดเผยเมื่อแบบมาครบทุกคน หรือเมื่อปิดรับ แบบที่มาหลังจากนั้นไม่นับ
    จนกว่าจะเปิดรับใหม่
    """,
)
@click.argument("key", nargs=-1, required=True)
@option("--round", "round_", type=click.Choice(ROUNDS), default="onsite", th="รอบ", en="The round.")
@option("--reason", default="", th="เหตุที่ไม่รอแบบที่เหลือ ต้องมี", en="Why no more are waited for; needed.")
@By
@pass_invocation
def close(invocation: Invocation, key: tuple[str, ...], round_: str, reason: str, by: str) -> None:
    """Close the score sheets of applicants KEY, as the chair says.

    Where the settings name the committee, each member's answers are opened when all sheets are in or the
    round is closed. A sheet that comes later does not count until it is opened again.
    """
    from mochocho.words.model import Round
    from processing.assessment import close_sheets

    home = invocation.home
    with refusals_told():
        count = close_sheets.close(home, key, Round(round_), reason, recorder_of(home, by))
    say(f"ปิดรับแบบให้คะแนน {count} ราย", f"closed the score sheets of {count} applicants")


@under(sheets, "เปิดรับแบบให้คะแนนของผู้สมัคร KEY อีกครั้ง")
@click.argument("key", nargs=-1, required=True)
@option("--round", "round_", type=click.Choice(ROUNDS), default="onsite", th="รอบ", en="The round.")
@option("--reason", default="", th="เหตุผล ต้องมี", en="Why; needed.")
@By
@pass_invocation
def reopen(invocation: Invocation, key: tuple[str, ...], round_: str, reason: str, by: str) -> None:
    """Open the score sheets of applicants KEY again."""
    from mochocho.words.model import Round
    from processing.assessment import close_sheets

    home = invocation.home
    with refusals_told():
        count = close_sheets.reopen(home, key, Round(round_), reason, recorder_of(home, by))
    say(f"เปิดรับแบบให้คะแนนอีกครั้ง {count} ราย", f"opened the score sheets of {count} applicants again")
