"""Commands about decisions: which applicant a typed name means, and whether any decision was changed."""

import re
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import command, group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show
from mochocho.app.terminal.language import told
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.decisions.chain import Found, Head


@command(
    """หาผู้สมัครที่ตรงกับชื่อที่พิมพ์มา

    ถ้าไม่ใส่อะไร: แสดงแบบฟอร์มที่ผู้สมัครไม่อยู่ในรายชื่อและถูกพิมพ์ชื่อมา พร้อมผู้สมัครในอำเภอที่น่าจะใช่
    FORM KEY --by ชื่อ บันทึกว่าแบบฟอร์ม FORM เป็นของผู้สมัคร KEY แล้ว `mochocho run` ครั้งต่อไป
    จะอ่านเหมือนเลือก KEY มาจากรายชื่อ
    """
)
@click.argument("form", required=False)
@click.argument("key", required=False)
@option("--by", default="", th="ผู้ตัดสินว่าตรงกัน", en="Who decides.")
@option(
    "--none",
    "nobody",
    is_flag=True,
    th="ถอนการจับคู่ แบบฟอร์มกลับไปรอ",
    en="Take a decision back: the form waits again.",
)
@pass_invocation
def match(invocation: Invocation, form: str | None, key: str | None, by: str, nobody: bool) -> None:
    """Find the applicant that a typed name means.

    Without arguments: the forms whose applicant was on nobody's list and was typed, each with likely
    applicants of its district. FORM KEY --by NAME records that the form FORM is about the applicant KEY; the
    next `mochocho run` reads it as if KEY had been chosen.
    """
    if form is None:
        _list(invocation.home)
        return
    if (key is None) is not nobody:
        raise wrong_call("ใส่ FORM กับ KEY หรือ FORM กับ --none", "give FORM and KEY, or FORM and --none")
    if not by:
        raise wrong_call("ระบุผู้ตัดสินด้วย --by ชื่อ", "say who decides: --by NAME")
    from processing.register import matching

    new = matching.record(invocation.home, form, key or "", by)
    if new:
        say("บันทึกแล้ว `mochocho run` จะอ่านแบบฟอร์มนี้ใหม่", "recorded; `mochocho run` reads the form again")
    else:
        say("บันทึกไว้อย่างนี้อยู่แล้ว", "this was recorded already")


def _list(home: "Home") -> None:
    from mochocho.words import thai
    from processing.register import matching

    waiting = matching.unmatched(home)
    if not waiting:
        say("ไม่มีแบบฟอร์มที่รอจับคู่กับผู้สมัคร", "no form waits for an applicant")
        return
    types = {standard.code.value: standard.th for standard in home.pack.standards}
    for one in waiting:
        district = home.province.district(one.district)
        where = f"อำเภอ{district.name_th}" if district else one.district
        show(f"{one.root_id}  {one.form_id}")
        typed = f"{thai.cover_national_ids(one.name)} · {types.get(one.type, one.type)} · {where}"
        say(f"    พิมพ์มาว่า: {typed}", f"    typed: {typed}")
        for candidate in one.candidates:
            applicant = candidate.applicant
            show(f"    {candidate.percent:3d} %  {applicant.key}  {applicant.name} · {types[applicant.type]}")
        if not one.candidates:
            say("    ไม่มีชื่อใกล้เคียงในอำเภอนี้", "    no similar name in this district")


@group("ตรวจว่าไม่มีคำวินิจฉัยหรือมติใดถูกแก้ ลบ หรือแทรก")
def audit() -> None:
    """Whether any decision was changed, removed or inserted."""


@under(
    audit,
    """ตรวจคำวินิจฉัยและมติทุกข้อว่าเป็นอย่างที่บันทึกไว้

    เทียบทุกข้อกับข้อก่อนหน้า กับข้อสุดท้ายที่ฐานข้อมูลจำไว้ และกับที่จดไว้ (--expect) จดบรรทัดที่คำสั่งนี้พิมพ์ไว้ในรายงานการประชุม
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

    Each is compared with the one before it, with the last one that the database names, and with those noted
    (--expect). Note the line that this prints in the minutes: whoever can rewrite the whole database cannot
    rewrite paper. Ends with status 3 when one was changed, removed or inserted.
    """
    from processing.decisions.audit import examine

    seen = examine(invocation.home, [_head(text) for text in expected])
    for found in seen.found:
        show(told(_broken(found)))
    say(
        f"คำวินิจฉัยและมติ {seen.decisions} ข้อ ข้อสุดท้าย {seen.head.number}:{seen.head.hash}",
        f"decisions: {seen.decisions}; the last is {seen.head.number}:{seen.head.hash}",
    )
    if seen.found:
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
    """`3 was changed`, `4 to 6 are missing (packet/manifest.json)`."""
    th, en = _FAULTS[found.fault.value]
    more = f"–{found.last}" if found.last > found.first else ""
    by = f" ({found.named_by})" if found.named_by else ""
    return Sentence(f"ข้อ {found.first}{more} {th}{by}", f"{found.first}{more} {en}{by}")


_FAULTS = {
    "changed": ("ถูกแก้", "changed"),
    "missing": ("หายไป", "missing"),
    "inserted": ("ถูกแทรก", "inserted"),
}
COMMANDS = (match, audit)
