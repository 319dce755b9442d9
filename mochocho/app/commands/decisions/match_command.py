"""`mochocho match`: whom a typed name means."""

from typing import TYPE_CHECKING

import click

from mochocho.app.commands.decisions.recording import By, recorder_of, refusals_told
from mochocho.app.commands.help import command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show

if TYPE_CHECKING:
    from mochocho.storage.home import Home


@command(
    """หาผู้สมัครที่ตรงกับชื่อที่พิมพ์มา

    ถ้าไม่ใส่อะไร: แสดงแบบฟอร์มที่ผู้สมัครไม่อยู่ในรายชื่อและถูกพิมพ์ชื่อมา พร้อมผู้สมัครในอำเภอที่น่าจะใช่
    FORM KEY --by ชื่อ บันทึกว่าแบบฟอร์ม FORM เป็นของผู้สมัคร KEY แล้ว `mochocho run` ครั้งต่อไป
    จะอ่านเหมือนเลือก KEY มาจากรายชื่อ
    """
)
@click.argument("form", required=False)
@click.argument("key", required=False)
@By
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
    from processing.register import matching

    with refusals_told():
        new = matching.record(invocation.home, form, key or "", recorder_of(invocation.home, by))
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
