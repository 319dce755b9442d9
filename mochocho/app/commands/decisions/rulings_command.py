"""`mochocho decisions withdraw`, `eligibility`, `score`, `merge`: the office's rulings on an applicant."""

import click

from mochocho.app.commands.decisions.decisions_command import decisions
from mochocho.app.commands.decisions.recording import By, Reason, append_typed
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation


@under(
    decisions,
    """ถอนใบสมัคร

    ผู้สมัครออกจากลำดับการนำเสนอ แฟ้ม บัญชีรายชื่อ และการแจ้งพื้นที่ แต่ทะเบียนยังเก็บไว้
    """,
)
@click.argument("key")
@Reason
@By
@pass_invocation
def withdraw(invocation: Invocation, key: str, reason: str, by: str) -> None:
    """Withdraw an application.

    It leaves lists, dossiers and notices; the register keeps it.
    """
    from processing.decisions.office.typed_rulings import WITHDRAW

    append_typed(invocation.home, WITHDRAW, key, "", "", reason, by)


@under(
    decisions,
    """วินิจฉัยคุณสมบัติข้อหนึ่งของผู้สมัคร

    ข้อที่ระบบตรวจพบยังแสดงอยู่ พร้อมผู้วินิจฉัยและเหตุผล ขั้นที่ 1 เป็นไปตามคำวินิจฉัย
    """,
)
@click.argument("key")
@click.argument("rule")
@option(
    "--met/--not-met",
    "met",
    default=True,
    th="ไม่ขัดคุณสมบัติ (--met) หรือขัดคุณสมบัติ (--not-met)",
    en="Whether the rule is taken as met.",
)
@Reason
@By
@pass_invocation
def eligibility(invocation: Invocation, key: str, rule: str, met: bool, reason: str, by: str) -> None:
    """Rule on one point of an applicant's eligibility.

    What was found stays to be seen, with who decided and why; the gate follows the ruling.
    """
    from processing.decisions.office.typed_rulings import MET, NOT_MET

    append_typed(invocation.home, MET if met else NOT_MET, key, rule, "", reason, by)


@under(
    decisions,
    """ปรับคะแนนของตัวบ่งชี้ที่กรรมการให้ต่างกัน

    ANSWER คือคำตอบที่นับ เขียนเหมือนในแบบให้คะแนน คำตอบเดิมของกรรมการยังแสดงอยู่
    """,
)
@click.argument("key")
@click.argument("indicator")
@click.argument("answer")
@option(
    "--round",
    "round_",
    type=click.Choice(["onsite", "provincial"]),
    default="onsite",
    show_default=True,
    th="รอบ: onsite ภาคสนาม provincial จังหวัด",
    en="Which round.",
)
@Reason
@By
@pass_invocation
def score(
    invocation: Invocation, key: str, indicator: str, answer: str, round_: str, reason: str, by: str
) -> None:
    """Settle an indicator on which assessors differ.

    ANSWER is the one that counts, as on a score sheet; the assessors' own stay to be seen.
    """
    from processing.decisions.office.typed_rulings import ONSITE, PROVINCIAL

    word = {"onsite": ONSITE, "provincial": PROVINCIAL}[round_]
    append_typed(invocation.home, word, key, indicator, answer, reason, by)


@under(
    decisions,
    """รวมใบสมัครซ้ำของผู้สมัครรายเดียวกัน

    แบบที่ส่งมาเกี่ยวกับ KEY นับให้ INTO ซึ่งคงไว้ เพิกถอนการรวมแล้วทุกอย่างกลับเป็นเหมือนเดิม
    """,
)
@click.argument("key")
@click.argument("into")
@Reason
@By
@pass_invocation
def merge(invocation: Invocation, key: str, into: str, reason: str, by: str) -> None:
    """Merge two applications of one applicant.

    The forms about KEY count for INTO, which stays. When the merge is revoked, all is as before.
    """
    from processing.decisions.office.typed_rulings import MERGE

    append_typed(invocation.home, MERGE, key, "", into, reason, by)
