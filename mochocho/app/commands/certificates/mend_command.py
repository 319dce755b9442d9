"""`mochocho certificates reissue|revoke|print`: what becomes of a certificate that was given."""

from pathlib import Path

import click

from mochocho.app.commands.certificates.issue_command import Day, certificates, typed_day
from mochocho.app.commands.decisions.recording import By, Reason, cell, recorder_of, refusals_told
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say
from mochocho.words.errors import Terminal


@under(
    certificates,
    """ออกฉบับใหม่แทนเลขที่ NUMBER ที่สูญหายหรือผิด

    ฉบับใหม่มีเลขที่ของตนเอง ชื่อและประเภทเป็นไปตามทะเบียนขณะนี้ ฉบับเดิมใช้ไม่ได้อีก ต้องมีเหตุผล
    """,
)
@click.argument("number")
@option("--name", default="", th="ชื่อที่ถูกต้อง ถ้าไม่ตรงกับทะเบียน", en="The right spelling of the name.")
@Day
@Reason
@By
@pass_invocation
def reissue(invocation: Invocation, number: str, name: str, day: str, reason: str, by: str) -> None:
    """Give another in place of one that is lost or wrong.

    In place of NUMBER: it has a number of its own and says what the register says now; the former one is
    void. A reason is needed.
    """
    from mochocho.excel.typed import whole_of
    from processing.certificates import issue

    home = invocation.writable_home
    with refusals_told({"reason": "--reason", "by": "--by"}):
        former = whole_of(cell(number.partition("/")[0]))
        made = issue.reissue(home, former, reason, recorder_of(home, by), day=typed_day(day), name=name)
    say(f"ออกเลขที่ {made.no} แทนเลขที่ {former} แล้ว", f"{made.no} was given in place of {former}")


@under(certificates, "เพิกถอนหนังสือรับรองเลขที่ NUMBER พร้อมเหตุผล")
@click.argument("number")
@Reason
@By
@pass_invocation
def revoke(invocation: Invocation, number: str, reason: str, by: str) -> None:
    """Revoke the certificate of this NUMBER, with the reason."""
    from mochocho.excel.typed import whole_of
    from processing.certificates import issue

    home = invocation.writable_home
    with refusals_told({"reason": "--reason", "by": "--by"}):
        former = issue.revoke(home, whole_of(cell(number.partition("/")[0])), reason, recorder_of(home, by))
    no, meeting = former.certificate.no, former.meeting_no
    say(
        f"เพิกถอนเลขที่ {no} แล้ว หนังสือแจ้งและประกาศอยู่ในเอกสารหลังการประชุม (`mochocho meeting after {meeting}`) "
        "ให้เผยแพร่รายการใหม่ด้วย `mochocho certificates export-key`",
        f"{no} is revoked; the letter and the announcement are among the papers after the meeting (`mochocho "
        f"meeting after {meeting}`); publish the list anew with `mochocho certificates export-key`",
    )


@under(
    certificates,
    """พิมพ์หนังสือรับรองที่มีผลอยู่เป็นไฟล์ PDF

    หน้าละฉบับ ทุกฉบับ หรือเฉพาะเลขที่ NUMBER
    """,
    name="print",
)
@click.argument("target", metavar="FILE.pdf", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("number", nargs=-1)
@pass_invocation
def print_certificates(invocation: Invocation, target: Path, number: tuple[str, ...]) -> None:
    """Print the certificates that stand as a PDF.

    One a page: all, or those of NUMBER.
    """
    from mochocho.excel.typed import whole_of
    from mochocho.storage.db import reading
    from mochocho.storage.files import write_file
    from processing.certificates.given import State, register
    from reports.single import certificates_paper

    home = invocation.home
    with refusals_told():
        wanted = [whole_of(cell(one.partition("/")[0])) for one in number]
    with reading(home.engine) as session:
        found = [one for one in register(home, session) if one.state is State.VALID]
    chosen = [one for one in found if not wanted or one.certificate.number in wanted]
    absent = sorted(set(wanted) - {one.certificate.number for one in chosen})
    if absent or not chosen:
        named = ", ".join(map(str, absent))
        raise Terminal(
            f"ไม่มีหนังสือรับรองที่มีผลอยู่ให้พิมพ์ {named} ให้ดูทะเบียนด้วย `mochocho certificates list`",
            f"no certificate that stands is there to print {named}; see `mochocho certificates list`",
        )
    write_file(target, certificates_paper.pdf(home, chosen))
    say(f"{target}: หนังสือรับรอง {len(chosen)} ฉบับ", f"{target}: certificates: {len(chosen)}")
