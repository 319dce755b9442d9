"""`mochocho decide`: what committees resolved."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mochocho.app.commands.decisions.recording import By, refusals_told, refuse_mistakes
from mochocho.app.commands.help import command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, warn
from mochocho.app.terminal.language import told
from mochocho.words.sentences import plain

if TYPE_CHECKING:
    from mochocho.excel.cells import Cell
    from mochocho.storage.home import Home
    from mochocho.words.model import Gate, Resolution
    from processing.decisions.acceptable import Part

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
    type=click.Choice(["pass", "conditional", "deferred", "fail"]),
    th="มติ: pass รับรอง conditional รับรองแบบมีเงื่อนไข deferred เลื่อนพิจารณา fail ไม่รับรอง",
    en="What the committee resolved: certified, certified on a condition, put off, or not certified.",
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
    th="เหตุผล ตามถ้อยคำของคณะกรรมการ ต้องมีเมื่อไม่รับรอง เลื่อนพิจารณา หรือรับรองทั้งที่ขัดกับหลักฐาน",
    en="Why, in the committee's words; needed unless it passes and nothing is against that.",
)
@option("--condition", default="", th="เงื่อนไขของมติ conditional", en="What a conditional pass asks for.")
@option("--due", default="", th="วันครบกำหนดของเงื่อนไข", en="Day by which the condition is to be met.")
@option(
    "--deferred-to",
    default="",
    th="เลื่อนไปพิจารณาในการประชุมครั้งที่ เช่น 2/2568",
    en="Number of the meeting that it was put off to, like 2/2568.",
)
@option(
    "--votes",
    default="",
    metavar="FOR/AGAINST/ABSTAINED",
    th="คะแนนเสียง เห็นชอบ/ไม่เห็นชอบ/งดออกเสียง เช่น 6/1/0",
    en="Votes where they were counted, like 6/1/0.",
)
@option(
    "--present",
    default="",
    th="จำนวนผู้มาประชุม รวมผู้ที่ไม่ร่วมพิจารณา",
    en="How many members had come, those who were recused with them.",
)
@option(
    "--recused",
    default="",
    th="ชื่อผู้ที่ไม่ร่วมพิจารณา คั่นด้วยจุลภาค",
    en="Names of members who were recused, each after a comma.",
)
@option("--note", default="", th="หมายเหตุของมติ", en="A note on the resolution.")
@By
@option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    th="เขียนไฟล์ Excel สำหรับกรอก",
    en="Write an Excel file to fill in.",
)
@option(
    "--templates",
    type=click.Path(file_okay=False, path_type=Path),
    th="เขียนไฟล์ Excel สำหรับกรอก อำเภอละไฟล์ ลงโฟลเดอร์นี้ พร้อมคะแนน เอกสาร และหลักฐานที่ขัดกับการผ่าน",
    en="Write Excel files to fill in, one a district, with scores, documents and what is against a pass.",
)
@option(
    "--import",
    "filled",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    th="อ่านไฟล์ที่กรอกแล้วกลับเข้ามา",
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
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.words.model import Gate
    from processing.decisions import record_resolutions as decisions
    from processing.decisions.acceptable import NOBODY
    from processing.decisions.committees import district_workbooks

    by_hand["by"] = by_hand["by"] or invocation.settings.recorder
    gate = {"district": Gate.DISTRICT, "province": Gate.PROVINCE}[level]
    ways = [template, templates, filled, key]
    if sum(way is not None for way in ways) != 1:
        raise wrong_call(
            "เลือกหนึ่งอย่าง: --template FILE.xlsx, --templates FOLDER, --import FILE.xlsx หรือ KEY พร้อมมติ",
            "give one of: --template FILE.xlsx, --templates FOLDER, --import FILE.xlsx, "
            "or a KEY with its decision",
        )
    if template is not None or templates is not None:
        note_at_the_command_line(invocation.home, "export", gate.value, "mochocho decide --template")
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
        if not by_hand["by"]:
            raise wrong_call(*NOBODY)
        report = decisions.import_xlsx(invocation.home, invocation.handed_in(filled), by_hand["by"])
        refuse_mistakes(filled, report)
        for warning in (*(one.told for one in report.warnings), *map(plain, report.unlike)):
            warn(*warning)
        say(
            f"บันทึกมติ {report.recorded} ราย มีอยู่แล้ว {report.unchanged} ราย",
            f"recorded {report.recorded} decisions; {report.unchanged} stood already",
        )
    elif key is not None:
        _decide_one(invocation.home, key, gate, **by_hand)


PARAMETERS: Mapping["Part", str] = {
    "key": "KEY",
    "gate": "--level",
    "outcome": "--outcome",
    "committee": "--committee",
    "meeting_no": "--meeting",
    "meeting_date": "--date",
    "reason": "--reason",
    "condition": "--condition",
    "due": "--due",
    "deferred_to": "--deferred-to",
    "votes": "--votes",
    "present": "--present",
    "recused": "--recused",
    "note": "--note",
    "by": "--by",
}


def _decide_one(home: "Home", key: str, gate: "Gate", **by_hand: Any) -> None:
    from mochocho.storage.db import reading
    from mochocho.words import thai
    from processing.decisions.acceptable import in_spite_of
    from processing.decisions.decision import of_resolution
    from processing.decisions.meetings.unlike_kept import unlike
    from processing.decisions.recorder import record_decisions

    if missing := [f"--{name}" for name in ("outcome", "committee", "meeting", "date") if not by_hand[name]]:
        rest = ", ".join(missing)
        raise wrong_call(
            f"มติของผู้สมัครรายเดียวต้องมี {rest} ด้วย", f"a decision about one applicant also needs {rest}"
        )
    resolution = _typed_resolution(gate, **by_hand)
    with refusals_told(PARAMETERS):
        new = record_decisions(home, [of_resolution(key, resolution)])
    met = thai.date_words(resolution.meeting_date, thai_digits=False)
    for one in new:
        if one.against:
            warn(*in_spite_of(one.against))
        say(f"บันทึกมติวันที่ {met} 1 รายแล้ว", f"recorded 1 decision of {met}")
    with reading(home.engine) as session:
        for warned in filter(None, unlike(session, [(key, resolution)], home.province)):
            warn(warned, warned)
    if not new:
        say(f"มติวันที่ {met} นี้บันทึกไว้อยู่แล้ว", f"this decision of {met} stands already")


def _typed_resolution(gate: "Gate", **by_hand: Any) -> "Resolution":
    from mochocho.excel.typed import day_of, whole_of
    from mochocho.words.model import Outcome, Resolution
    from processing.decisions.clerks_sheet import parse_meeting_no, parse_names, parse_votes

    present, due = by_hand["present"], by_hand["due"]
    return Resolution(
        gate=gate,
        outcome=Outcome(by_hand["outcome"]),
        committee=by_hand["committee"],
        meeting_no=_typed("--meeting", by_hand["meeting"], parse_meeting_no),
        meeting_date=_typed("--date", by_hand["date"], day_of),
        reason=by_hand["reason"],
        recorded_by=by_hand["by"],
        votes=_typed("--votes", by_hand["votes"], parse_votes),
        present=_typed("--present", present, whole_of) if present else None,
        recused=_typed("--recused", by_hand["recused"], parse_names),
        condition=by_hand["condition"],
        due=_typed("--due", due, day_of) if due else None,
        deferred_to=_typed("--deferred-to", by_hand["deferred_to"], parse_meeting_no),
        note=by_hand["note"],
    )


def _typed(option: str, text: str, read: Callable[["Cell"], Read]) -> Read:
    """A typed value, read like a cell of the clerk's file."""
    from mochocho.excel.cells import Cell
    from mochocho.excel.typed import Wrong
    from mochocho.words import thai

    try:
        return read(Cell(thai.normalise(text)))
    except Wrong as wrong:
        raise click.BadParameter(told(wrong.said), param_hint=option) from wrong
