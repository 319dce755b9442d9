"""`mochocho cycle`: the end of one year's cycle, and the beginning of the next."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import group, option, refuse_unsaid, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.persons.person_group import Reason
from mochocho.app.commands.persons.told_receipt import DryRun, Officer, Written, tell
from mochocho.app.terminal.console import say

if TYPE_CHECKING:
    from datetime import date

By = option("--by", default="", th="ผู้สั่ง ต้องมี", en="Who does it; needed.")


@group("รอบปีงบประมาณ: เริ่มรอบใหม่ ปิด เปิดอีก ลบเมื่อพ้นกำหนดเก็บ")
def cycle() -> None:
    """The fiscal year: begin the next; close, reopen, erase this one."""


@under(
    cycle,
    """เริ่มรอบปีใหม่ใน FOLDER แล้วปิดรอบนี้

    นำไปด้วย: การตั้งค่า (จังหวัด คณะกรรมการ กรรมการผู้ตรวจ ลำดับอำเภอ เครื่องรับ แบบเอกสาร) เกณฑ์มาตรฐานซึ่งแก้ได้ใน
    ไฟล์ของรอบใหม่ เจ้าหน้าที่พร้อมรหัสเข้าใช้เดิม และผลของผู้สมัครทุกราย ผู้ที่สมัครอีกจะเห็นผลปีก่อนในแฟ้มข้อมูล
    ไม่นำไป: การประชุม โฟลเดอร์ และเซิร์ฟเวอร์ ซึ่งถือแบบฟอร์มของปีก่อน --dry-run บอกว่าจะทำอะไรโดยไม่เปลี่ยนสิ่งใด
    ถ้าเปลี่ยนใจ: ลบ FOLDER แล้วสั่ง `mochocho cycle reopen`
    """,
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@By
@option(
    "--database-url",
    default="",
    th="ฐานข้อมูล PostgreSQL ว่างของรอบใหม่ เมื่อรอบนี้ใช้ PostgreSQL",
    en="An empty PostgreSQL database for the next cycle, where this one is on PostgreSQL.",
)
@option(
    "--dry-run", is_flag=True, th="บอกว่าจะทำอะไร ไม่เปลี่ยนสิ่งใด", en="Say what would be done; change nothing."
)
@pass_invocation
def new(invocation: Invocation, folder: Path, by: str, database_url: str, dry_run: bool) -> None:
    """Begin the next year's cycle in FOLDER, and close this one.

    Taken over: the settings (province, committees, assessors, order of districts, endpoint, papers), the
    criteria, which the new home may change, the officers with their tokens, and everybody's results: the
    dossier of whoever applies again shows them. Not taken over: the meeting, folders and servers, which hold
    last year's forms. To take it back, delete FOLDER, then `mochocho cycle reopen`.
    """
    from mochocho.app.cycle import next_cycle
    from mochocho.settings.config import FILE_NAME

    home = invocation.writable_home
    if dry_run:
        begun = next_cycle.plan(home, folder)
        say("จะทำ (ยังไม่เปลี่ยนสิ่งใด):", "would do (nothing is changed):")
    else:
        settings = invocation.config or Path(FILE_NAME)
        begun = next_cycle.begin(home, settings, folder, by, database_url)
    say(
        f"รอบปี {begun.fiscal_year_be}: การตั้งค่า {begun.settings} เกณฑ์ {begun.pack} "
        f"เจ้าหน้าที่ {begun.officers} คน ผลของปีก่อน {begun.results} ราย",
        f"cycle of {begun.fiscal_year_be}: settings {begun.settings}, criteria {begun.pack}, "
        f"{begun.officers} officers, {begun.results} results of last year",
    )
    if not dry_run:
        say(
            f"รอบเดิมปิดแล้ว ต่อไป: อ่าน {begun.settings} ใส่เซิร์ฟเวอร์และการประชุมของปีนี้ แล้วสั่ง "
            f"`mochocho --config {begun.settings} doctor`",
            f"the old cycle is closed; next: read {begun.settings}, name this year's servers, then "
            f"`mochocho --config {begun.settings} doctor`",
        )


@under(
    cycle,
    """นำผลของรอบก่อนเข้ามาใหม่ จากการตั้งค่า SETTINGS ของรอบนั้น

    ใช้เมื่อรอบก่อนถูกเปิดแก้ไขหลังเริ่มรอบนี้ หรือเมื่อรอบนี้ไม่ได้เริ่มด้วย `mochocho cycle new` รอบก่อนไม่ถูกเปลี่ยน
    """,
)
@click.argument("settings", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_invocation
def results(invocation: Invocation, settings: Path) -> None:
    """Take over last year's results from the home of SETTINGS.

    For a cycle that was changed after this one began, or one that `mochocho cycle new` did not begin. The
    other cycle is only read.
    """
    from mochocho.app.cycle import next_cycle
    from mochocho.settings.config import load_settings
    from mochocho.storage.home import open_home

    old = open_home(load_settings(settings))
    try:
        count = next_cycle.take_results(old, invocation.writable_home)
    finally:
        old.engine.dispose()
    say(f"ผลของปีก่อน {count} ราย", f"{count} results of last year")


@under(
    cycle,
    """ปิดรอบนี้ ไม่ให้บันทึกหรือรับข้อมูลเพิ่ม

    หลังปิด ทุกคำสั่งที่บันทึกและเครื่องรับข้อมูลจากโทรศัพท์จะปฏิเสธพร้อมบอกเหตุ การอ่าน การทำเอกสาร การสำรอง และ
    `mochocho audit verify` ยังทำได้เหมือนเดิม และได้เอกสารเดิมทุกตัวอักษร เปิดใหม่ได้ด้วย `mochocho cycle reopen`
    บน ODK Central และ KoboToolbox โทรศัพท์ยังส่งและเห็นรายชื่อได้ จนกว่าจะสั่ง `mochocho officers revoke`
    """,
)
@By
@pass_invocation
def close(invocation: Invocation, by: str) -> None:
    """Let nothing be added to this cycle any more.

    From then on every command that records, and the endpoint for phones, refuse and say why. Reading,
    papers, backups and `mochocho audit verify` work as before, and papers have the same bytes.
    `mochocho cycle reopen` takes it back. On ODK Central and KoboToolbox phones go on sending and see their
    lists until `mochocho officers revoke`.
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


@under(
    cycle,
    """ลบข้อมูลส่วนบุคคลทั้งหมดของรอบปี YEAR เมื่อพ้นกำหนดเก็บ

    เก็บกี่ปีและตามระเบียบใดมาจาก retention_years และ retention_basis ใน [controller] นับจากสิ้นปีงบประมาณ รอบต้องปิดแล้ว
    ลบแบบ ภาพ ผลการประเมิน บัญชี บันทึกการเข้าถึง และเอกสารทั้งหมด ที่ยังอยู่คือมติ เลขทะเบียน หนังสือรับรอง และจำนวน
    ซึ่งไม่ระบุตัวบุคคล `mochocho audit verify` ยังผ่าน สั่งซ้ำได้ ถ้าถูกตัดกลางคันให้สั่งคำสั่งเดิม
    """,
)
@click.argument("year", type=int)
@option("--on", "day", default="", th="ถือว่าวันนี้เป็นวันที่นี้", en="The day that is taken to be today.")
@Officer
@Reason
@DryRun
@Written
@pass_invocation
def erase(
    invocation: Invocation, year: int, day: str, officer: str, reason: str, dry_run: bool, target: Path | None
) -> None:
    """Erase a whole cycle's data when the time to keep them is over.

    For how many years, and by which rule, stands in retention_years and retention_basis of [controller]; they
    count from the end of the fiscal year. The cycle must be closed. Forms, photos, assessments, accounts, the
    access log and all papers go; resolutions, register numbers, certificates and counts stay, without whom
    they are about, and `mochocho audit verify` still passes. It can be repeated, and one that was cut off is
    finished by the same command.
    """
    from mochocho.app.access_chain import at_the_command_line, erasure_noted
    from mochocho.app.erasing import erase_cycle
    from mochocho.app.erasing.run_erasure import Asked

    refuse_unsaid(reason=reason, officer=officer)
    home = invocation.home
    erase_cycle.refuse_early(home, year, _day(day))
    if dry_run:
        tell(home, erase_cycle.foreseen(home), target, done=False)
    else:
        asked = Asked(officer.strip(), reason.strip(), erasure_noted(at_the_command_line(home)))
        tell(home, erase_cycle.erase(home, asked), target, done=True)


def _day(typed: str) -> "date":
    """The day as an office writes it; today in Thailand where none is given."""
    from datetime import UTC, datetime

    from mochocho.app.commands.decisions.recording import cell, refusals_told
    from mochocho.excel.typed import day_of
    from mochocho.words.days import THAILAND

    if not typed:
        return datetime.now(UTC).astimezone(THAILAND).date()
    with refusals_told():
        return day_of(cell(typed))
