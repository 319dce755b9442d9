"""Commands about decisions: what committees resolved, whom a typed name means, whether any was changed."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mochocho.app.commands.help import command, group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show, warn
from mochocho.app.terminal.language import told
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from mochocho.excel.cells import Cell
    from mochocho.storage.home import Home
    from mochocho.words.model import Gate
    from processing.decisions.chain import Found, Head

Read = TypeVar("Read")


@command(
    """บันทึกมติของคณะกรรมการระดับอำเภอหรือระดับจังหวัด

    ไม่มีส่วนใดคิดจากคะแนน เลือกทางหนึ่ง: `--template FILE.xlsx` (ผู้สมัครละหนึ่งแถว) กรอก แล้ว
    `--import FILE.xlsx` หรือทีละราย: KEY กับ --outcome, --committee, --meeting และ --date มติหลังแทนมติก่อน
    """
)
@click.argument("key", required=False)
@option(
    "--outcome",
    type=click.Choice(["pass", "fail"]),
    th="มติ: pass คือผ่าน fail คือไม่ผ่าน",
    en="What the committee resolved.",
)
@option(
    "--level",
    type=click.Choice(["district", "province"]),
    default="district",
    show_default=True,
    th="คณะกรรมการระดับใด: district อำเภอ province จังหวัด",
    en="Whose committee: a district's or the province's.",
)
@option("--committee", th="ชื่อคณะกรรมการ", en="Name of the committee.")
@option("--meeting", th="ครั้งที่ของการประชุม เช่น 1/2568", en="Number of its meeting, like 1/2568.")
@option(
    "--date",
    th="วันประชุม: 2025-04-20, 20/4/2568 หรือ 20 เมษายน 2568",
    en="Day of the meeting: 2025-04-20, 20/4/2568 or 20 เมษายน 2568.",
)
@option(
    "--reason",
    default="",
    th="เหตุผล ตามถ้อยคำของคณะกรรมการ ต้องมีเมื่อไม่ผ่าน",
    en="Why, in the committee's words; needed where it did not pass.",
)
@option("--by", default="", th="ผู้บันทึก", en="Who records it.")
@option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    th="เขียนแฟ้ม Excel สำหรับกรอก",
    en="Write an Excel file to fill in.",
)
@option(
    "--templates",
    type=click.Path(file_okay=False, path_type=Path),
    th="เขียนแฟ้ม Excel สำหรับกรอก อำเภอละแฟ้ม ลงโฟลเดอร์นี้ พร้อมคะแนน เอกสาร และหลักฐานที่ขัดกับการผ่าน",
    en="Write Excel files to fill in, one a district, with scores, documents and what is against a pass.",
)
@option(
    "--import",
    "filled",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    th="อ่านแฟ้มที่กรอกแล้วกลับเข้ามา",
    en="Read it back.",
)
@pass_invocation
def decide(
    invocation: Invocation,
    /,
    key: str | None,
    level: str,
    template: Path | None,
    templates: Path | None,
    filled: Path | None,
    **by_hand: Any,
) -> None:
    """Record what a district's or the province's committee resolved.

    Nothing here is computed from scores. Either `--template FILE.xlsx` (one row an applicant), fill it in,
    `--import FILE.xlsx`; or one decision: KEY with --outcome, --committee, --meeting and --date. A later one
    stands in place of an earlier one.
    """
    from mochocho.words.model import Gate
    from processing.decisions import district_workbooks
    from processing.decisions import record_resolutions as decisions

    gate = {"district": Gate.DISTRICT, "province": Gate.PROVINCE}[level]
    ways = [template, templates, filled, key]
    if sum(way is not None for way in ways) != 1:
        raise wrong_call(
            "เลือกหนึ่งอย่าง: --template FILE.xlsx, --templates FOLDER, --import FILE.xlsx หรือ KEY พร้อมมติ",
            "give one of: --template FILE.xlsx, --templates FOLDER, --import FILE.xlsx, "
            "or a KEY with its decision",
        )
    if template is not None:
        decisions.template_xlsx(invocation.home, template, gate)
        say(
            f"เขียน {template} แล้ว กรอกให้เสร็จ แล้วสั่ง `mochocho decide --import {template}`",
            f"wrote {template}; fill it in, then `mochocho decide --import {template}`",
        )
    elif templates is not None:
        for path in district_workbooks.write(invocation.home, templates, gate):
            say(f"เขียน {path}", f"wrote {path}")
    elif filled is not None:
        report = decisions.import_xlsx(invocation.home, filled, by_hand["by"])
        if report.mistakes:
            mistakes = "\n".join(map(str, report.mistakes))
            raise Terminal(
                f"{filled} มีที่ผิด ยังไม่ได้บันทึกอะไร\n{mistakes}",
                f"{filled} has mistakes; nothing of it was recorded\n{mistakes}",
            )
        for warning in map(str, report.warnings):
            warn(warning, warning)
        say(
            f"บันทึกมติ {report.recorded} ราย มีอยู่แล้ว {report.unchanged} ราย",
            f"recorded {report.recorded} decisions; {report.unchanged} stood already",
        )
    elif key is not None:
        _decide_one(invocation.home, key, gate, **by_hand)


_OPTION_OF = {
    "gate": "--level",
    "outcome": "--outcome",
    "committee": "--committee",
    "meeting_no": "--meeting",
    "meeting_date": "--date",
    "reason": "--reason",
}


def _decide_one(home: "Home", key: str, gate: "Gate", **by_hand: Any) -> None:
    from mochocho.excel.typed import day_of
    from mochocho.storage.db import reading
    from mochocho.words import thai
    from mochocho.words.model import Outcome, Resolution
    from processing.decisions import record_resolutions as decisions
    from processing.decisions.acceptable import Known, in_spite_of, refusals
    from processing.decisions.clerks_sheet import parse_meeting_no
    from processing.decisions.decision import of_resolution

    if missing := [f"--{name}" for name in ("outcome", "committee", "meeting", "date") if not by_hand[name]]:
        rest = ", ".join(missing)
        raise wrong_call(
            f"มติของผู้สมัครรายเดียวต้องมี {rest} ด้วย", f"a decision about one applicant also needs {rest}"
        )
    day = _typed("--date", by_hand["date"], day_of)
    meeting_no = _typed("--meeting", by_hand["meeting"], parse_meeting_no)
    resolution = Resolution(
        gate=gate,
        outcome=Outcome(by_hand["outcome"]),
        committee=by_hand["committee"],
        meeting_no=meeting_no,
        meeting_date=day,
        reason=by_hand["reason"],
        recorded_by=by_hand["by"],
    )
    with reading(home.engine) as session:
        (found,) = decisions.against(session, [(key, resolution)])
    known = Known(against=found)
    if refusal := next(refusals(of_resolution(key, resolution), home.pack.fiscal_year_be, known), None):
        raise click.BadParameter(refusal.message_th, param_hint=_OPTION_OF[refusal.part])
    if found:
        warn(in_spite_of(found), in_spite_of(found))
    new = decisions.record(home, {key: resolution})
    met = thai.date_words(day, thai_digits=False)
    if new:
        say(f"บันทึกมติวันที่ {met} 1 รายแล้ว", f"recorded 1 decision of {met}")
    else:
        say(f"มติวันที่ {met} นี้บันทึกไว้อยู่แล้ว", f"this decision of {met} stands already")


def _typed(option: str, text: str, read: Callable[["Cell"], Read]) -> Read:
    """A typed value, read like a cell of the clerk's file."""
    from mochocho.excel.cells import Cell
    from mochocho.excel.typed import Wrong
    from mochocho.words import thai

    try:
        return read(Cell(thai.normalise(text)))
    except Wrong as wrong:
        raise click.BadParameter(str(wrong), param_hint=option) from wrong


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
COMMANDS = (decide, match, audit)
