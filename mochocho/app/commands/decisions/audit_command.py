"""`mochocho audit`: whether any decision was changed."""

import re
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show
from mochocho.app.terminal.language import told
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from processing.decisions.chain import Found, Head


@group("ตรวจว่าไม่มีคำวินิจฉัยหรือมติใดถูกแก้ ลบ หรือแทรก")
def audit() -> None:
    """Whether any decision was changed, removed or inserted."""


@under(
    audit,
    """ตรวจคำวินิจฉัยและมติทุกข้อว่าเป็นอย่างที่บันทึกไว้

    เทียบทุกข้อกับข้อก่อนหน้า กับข้อสุดท้ายที่ฐานข้อมูลจำไว้ กับที่เอกสารการประชุมที่ออกแล้วระบุ และกับที่จดไว้ (--expect)
    จดบรรทัดที่คำสั่งนี้พิมพ์ไว้ในรายงานการประชุม
    เพราะผู้ที่แก้ฐานข้อมูลทั้งหมดได้ แก้กระดาษไม่ได้
    จบด้วยสถานะ 3 ถ้ามีข้อใดถูกแก้ ลบ หรือแทรก
    """,
)
@option(
    "--expect",
    "expected",
    multiple=True,
    metavar="NUMBER:HASH",
    th="เลขที่และรหัสของข้อหนึ่งที่จดไว้ก่อนหน้านี้ ใส่ได้หลายครั้ง",
    en="Number and hash of a decision as noted earlier; may be given several times.",
)
@click.pass_context
@pass_invocation
def verify(invocation: Invocation, ctx: click.Context, expected: tuple[str, ...]) -> None:
    """Check that every decision is as it was recorded.

    Each is compared with the one before it, with the last one that the database names, with those that
    released packets name, and with those noted (--expect). Note the line that this prints in the minutes:
    whoever can rewrite the whole database cannot rewrite paper. Ends with status 3 when one was changed,
    removed or inserted.
    """
    from mochocho.storage.db import reading
    from processing.decisions.audit import examine
    from processing.releases import kept_releases

    with reading(invocation.home.engine) as session:
        released, changed = kept_releases.heads(session), kept_releases.broken(session)
    seen = examine(invocation.home, [*map(_head, expected), *released])
    for found in seen.found:
        show(told(_broken(found)))
    for row in changed:
        say(f"เอกสารที่ออก ลำดับ {row} ไม่เป็นอย่างที่บันทึกไว้", f"release row {row} is not as it was recorded")
    say(
        f"คำวินิจฉัยและมติ {seen.decisions} ข้อ ข้อสุดท้าย {seen.head.number}:{seen.head.hash}",
        f"decisions: {seen.decisions}; the last is {seen.head.number}:{seen.head.hash}",
    )
    if seen.covered:
        say(
            f"ในจำนวนนี้ปกปิดข้อความตามการลบข้อมูลส่วนบุคคล {seen.covered} ข้อ การลบทุกครั้งบันทึกไว้ในลำดับเดียวกัน",
            f"of these, {seen.covered} have words covered by an erasure; each erasure is recorded among them",
        )
    if seen.found or changed:
        say(
            "มีข้อที่ไม่เป็นอย่างที่บันทึกไว้ ให้เก็บฐานข้อมูลนี้ไว้และเทียบกับชุดสำรอง",
            "not all is as it was recorded: keep this database, and compare it with a backup",
        )
        ctx.exit(3)
    say("ทุกข้อเป็นอย่างที่บันทึกไว้", "all is as it was recorded")


def _head(text: str) -> "Head":
    from processing.decisions.chain import Head

    number, _, digest = text.partition(":")
    if not number.isascii() or not number.isdigit() or not re.fullmatch("[0-9a-f]{64}", digest):
        raise wrong_call(
            "--expect ต้องเป็น เลขที่:รหัส 64 ตัว", "--expect wants NUMBER:HASH, the hash of 64 digits"
        )
    return Head(int(number), digest, "--expect")


def _broken(found: "Found") -> Sentence:
    """`3 changed`, `4–6 missing (--expect)`."""
    th, en = _FAULTS[found.fault.value]
    more = f"–{found.last}" if found.last > found.first else ""
    by = f" ({found.named_by})" if found.named_by else ""
    return Sentence(f"ข้อ {found.first}{more} {th}{by}", f"{found.first}{more} {en}{by}")


_FAULTS = {
    "changed": ("ถูกแก้", "changed"),
    "missing": ("หายไป", "missing"),
    "inserted": ("ถูกแทรก", "inserted"),
}
