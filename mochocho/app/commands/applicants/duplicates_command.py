"""`mochocho applicants`: which applicants may have applied twice, and what the office says to it."""

from typing import TYPE_CHECKING

import click

from mochocho.app.commands.decisions.recording import By, recorder_of, refusals_told
from mochocho.app.commands.help import group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.likeness.duplicates import Other
    from processing.likeness.open_questions import Question


@group("ผู้สมัคร: ใครอาจสมัครซ้ำ")
def applicants() -> None:
    """Applicants: who may have applied twice."""


@under(
    applicants,
    """แสดงผู้สมัครสองรายที่อาจเป็นรายเดียวกัน พร้อมคำสั่งที่ใช้ตอบ

    ผู้นำที่เลขประจำตัวประชาชนตรงกัน และผู้สมัครประเภทเดียวกันในที่เดียวกันที่ชื่อตรงกันหรือเกือบตรงกัน ไม่ว่าเขียนอย่างไร
    หรือมาจากเซิร์ฟเวอร์ใด ระบบไม่รวมใบสมัครเอง ให้เจ้าหน้าที่ตอบทีละคู่
    """,
)
@pass_invocation
def duplicates(invocation: Invocation) -> None:
    """Show the pairs of applicants that may be one, and how to answer.

    Leaders with one national ID, and applicants of one type and place whose names are the same or nearly the
    same, however they are written and wherever they came from. Nothing is merged alone: a person answers.
    """
    from processing.likeness import open_questions

    asked = open_questions.every(invocation.home)
    for question in asked:
        _show(invocation.home, question)
    if not asked:
        say("ไม่มีผู้สมัครที่อาจสมัครซ้ำ", "no applicant may have applied twice")


@under(
    applicants,
    """บันทึกว่าผู้สมัครสองรายไม่ใช่รายเดียวกัน ระบบจะไม่ถามคู่นี้อีก

    ใช้กับคู่ที่ `mochocho applicants duplicates` ถาม ถ้าต่อมาตรงกันด้วยเหตุอื่น เช่น เลขประจำตัวประชาชน จะถามอีกครั้ง
    """,
)
@click.argument("key")
@click.argument("other")
@option("--reason", default="", th="เหตุผลที่รู้ว่าไม่ใช่รายเดียวกัน ต้องมี", en="How that is known; needed.")
@By
@pass_invocation
def distinct(invocation: Invocation, key: str, other: str, reason: str, by: str) -> None:
    """Record that two applicants are not the same.

    They are not asked about again.

    For a pair that `mochocho applicants duplicates` asks about. Should they come to agree in something else,
    such as the national ID, they are asked about anew.
    """
    from processing.likeness import open_questions

    home = invocation.home
    with refusals_told():
        new = open_questions.answer_distinct(home, key, other, reason, recorder_of(home, by))
    if new:
        say("บันทึกว่าไม่ใช่รายเดียวกันแล้ว", "recorded: they are not the same")
    else:
        say("บันทึกไว้อย่างนี้อยู่แล้ว", "this was recorded already")


@under(
    applicants,
    """แสดงผู้ที่อาจเป็นผู้สมัครรายเดิมของปีก่อน หรือบันทึกคำตอบ

    ผู้นำจับคู่เองด้วยเลขประจำตัวประชาชน กลุ่ม เครือข่าย ชุมชนด้วยชื่อและที่ตั้งที่ตรงกัน ที่เหลือให้เจ้าหน้าที่ตอบ: KEY THEN --same
    หรือ --not-same พร้อมเหตุผล
    """,
)
@click.argument("key", required=False)
@click.argument("then", required=False)
@option("--same/--not-same", default=None, th="เป็นรายเดียวกันหรือไม่", en="Whether they are the same.")
@option("--reason", default="", th="เหตุผล ต้องมี", en="How that is known; needed.")
@By
@pass_invocation
def former(
    invocation: Invocation, key: str | None, then: str | None, same: bool | None, reason: str, by: str
) -> None:
    """Show who may have applied last year, or record the answer.

    Leaders are found by the national ID, groups, networks and communities by name and place; where that is
    not certain a person answers: KEY THEN --same, or --not-same, with the reason.
    """
    from processing.likeness import open_questions

    if key is None:
        _show_former(invocation.home)
        return
    if then is None or same is None:
        raise wrong_call("ใส่ KEY THEN กับ --same หรือ --not-same", "give KEY, THEN, and --same or --not-same")
    home = invocation.home
    with refusals_told():
        new = open_questions.answer_former(home, key, then, reason, recorder_of(home, by), same=same)
    if new:
        say("บันทึกแล้ว `mochocho run` จะใช้คำตอบนี้", "recorded; `mochocho run` goes by it")
    else:
        say("บันทึกไว้อย่างนี้อยู่แล้ว", "this was recorded already")


def _show_former(home: "Home") -> None:
    from processing.likeness import open_questions

    linked, asked = open_questions.former(home)
    say(f"ผู้สมัครที่มีผลของปีก่อน {linked} ราย", f"applicants with a result of last year: {linked}")
    for key, other in asked:
        show(f"{key} → {_named(home, other)}")
        say(
            f'  ตอบด้วย: mochocho applicants former {key} {other.key} --same|--not-same --reason "…" --by "…"',
            f'  answer: mochocho applicants former {key} {other.key} --same|--not-same --reason "…" --by "…"',
        )


def _show(home: "Home", question: "Question") -> None:
    from processing.decisions.decision import Ground

    one, other = question.one, question.other
    if question.ground is Ground.NATIONAL_ID:
        say("เลขประจำตัวประชาชนตรงกัน:", "one national ID:")
    else:
        say(f"ชื่อและที่อยู่ตรงกัน {question.percent} %:", f"name and place agree, {question.percent} %:")
    for applicant in (one, other):
        show(f"    {_named(home, applicant)}")
    pair = f"{one.key} {other.key}"
    say(
        f'    รายเดียวกัน: mochocho decisions merge {pair} --reason "…" --by "…" (ใบหลังคงไว้)',
        f'    the same: mochocho decisions merge {pair} --reason "…" --by "…" (the second stays)',
    )
    say(
        f'    ไม่ใช่รายเดียวกัน: mochocho applicants distinct {pair} --reason "…" --by "…"',
        f'    not the same: mochocho applicants distinct {pair} --reason "…" --by "…"',
    )


def _named(home: "Home", applicant: "Other") -> str:
    from processing.findings.value_words import known_as

    district = home.province.district(applicant.district)
    where = f"อำเภอ{district.name_th}" if district else applicant.district
    return f"{applicant.name} · {where} · {known_as(applicant.key, applicant.source)}"
