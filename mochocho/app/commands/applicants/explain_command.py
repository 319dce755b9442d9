"""`mochocho explain`: where each figure of an applicant comes from."""

import click

from mochocho.app.commands.help import command, option
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import show
from mochocho.words.errors import Terminal


@command(
    """อธิบายตัวเลขทุกตัวของผู้สมัครรายหนึ่งว่ามาจากไหน

    WHO คือรหัสหรือชื่อผู้สมัคร แต่ละตัวเลขบอกคำตอบ แบบฟอร์มและรุ่น ไฟล์ หน้า กติกา เศษส่วนและการปัดเศษ กรรมการแต่ละคน
    และคำวินิจฉัยที่มีผล ข้อความเป็นภาษาไทยเสมอ เพราะเป็นถ้อยคำของเอกสาร
    """
)
@click.argument("who")
@option(
    "--indicator",
    metavar="CODE",
    th="เฉพาะตัวบ่งชี้นี้ เช่น L1.1.1 หรือด้านนี้ เช่น L1",
    en="Only this indicator, like L1.1.1, or dimension, like L1.",
)
@option(
    "--figure",
    metavar="PART",
    th="เฉพาะส่วนนี้: total, pass, provincial, self_before, self_periodic, self_after, progress, plan, "
    "documents, eligibility, gates, decisions, findings, รหัสเอกสาร หรือขั้น g1 ถึง g8",
    en="Only this part: total, pass, provincial, self_before, self_periodic, self_after, progress, plan, "
    "documents, eligibility, gates, decisions, findings, a document's code, or a gate, g1 to g8.",
)
@pass_invocation
def explain(invocation: Invocation, who: str, indicator: str | None, figure: str | None) -> None:
    """Say where every figure of one applicant comes from.

    WHO is an applicant's key or name. Each figure names the answer, the form and its version, the file, the
    page, the rule, the fraction and how it was rounded, each assessor, and the decisions that hold. The text
    is Thai in every language, since it is made of the papers' own words.
    """
    from reports.explaining.explanation import explain as explained
    from reports.explaining.line_tree import part_of, texts
    from reports.explaining.read_case import read

    lines = explained(read(invocation.home, who))
    for wanted in (one for one in (indicator, figure) if one is not None):
        lines = part_of(lines, wanted)
        if not lines:
            raise Terminal(
                f"ผู้สมัครรายนี้ไม่มี “{wanted}” ให้อธิบาย ถ้าไม่ใส่ตัวเลือกจะแสดงทั้งหมด",
                f"there is no “{wanted}” of this applicant to explain; without options all is shown",
            )
    for text in texts(lines):
        show(text)
