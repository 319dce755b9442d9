"""`mochocho person withdraw-consent`: what the person agreed to once and does not any more."""

import click

from mochocho.app.commands.decisions.recording import By, Reason, append_typed
from mochocho.app.commands.help import under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.persons.person_group import person


@under(
    person,
    """ถอนความยินยอมให้ใช้ภาพถ่าย หรือเผยแพร่ชื่อ ของผู้สมัคร

    photo คือใช้ภาพถ่าย publication คือเผยแพร่ชื่อ KEY คือรหัสผู้สมัคร

    บันทึกเป็นคำวินิจฉัย เอกสารและรายชื่อที่ทำหลังจากนี้ไม่มีภาพหรือชื่อ ชุดที่ออกแล้วมีในใบแทรก
    ถ้าให้ความยินยอมอีก ให้เพิกถอนด้วย `mochocho decisions revoke` เลขที่ของคำวินิจฉัยนี้
    """,
    "withdraw-consent",
)
@click.argument("key")
@click.argument("what", type=click.Choice(["photo", "publication"]))
@Reason
@By
@pass_invocation
def withdraw_consent(invocation: Invocation, key: str, what: str, reason: str, by: str) -> None:
    """Take back an applicant's consent to photos or to being named.

    It is recorded as a decision. Papers and lists that are made later have no photo or name; of a packet that
    was released, the addendum tells it. Where consent is given again, `mochocho decisions revoke` with this
    decision's number.
    """
    from processing.decisions.office.typed_rulings import NO_NAME, NO_PHOTO

    word = {"photo": NO_PHOTO, "publication": NO_NAME}[what]
    append_typed(invocation.home, word, key, "", "", reason, by)
