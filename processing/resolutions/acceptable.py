"""What a resolution must say before it is recorded, whatever door it came by: one rule for all. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from mochocho.words import days, thai
from mochocho.words.model import RESOLVED_GATES, Finding, Outcome, Resolution
from processing.findings.entry import Audience
from processing.findings.saying import said

Part = Literal["gate", "outcome", "committee", "meeting_no", "meeting_date", "reason"]

_MEETING_NO = re.compile("[1-9][0-9]{0,3}/(25[0-9]{2})")
_SHORTEST_NAME = 5  # letters of a committee's name: fewer name no committee


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a resolution cannot be recorded: which part of it, and in Thai what to do."""

    part: Part
    message_th: str


def refusals(
    resolution: Resolution, fiscal_year_be: int, against: Sequence[Finding] = ()
) -> Iterator[Refusal]:
    """Everything that is to be put right in it; nothing when it can be recorded.

    `against`: the evidence against it (`against_evidence.of`).
    """
    if resolution.gate not in RESOLVED_GATES:
        yield Refusal("gate", "บันทึกมติได้เฉพาะของคณะกรรมการระดับอำเภอ (g6) และระดับจังหวัด (g7)")
    if wrong := _wrong_with_committee(thai.normalise(resolution.committee)):
        yield Refusal("committee", wrong)
    if wrong := _wrong_with_number(resolution.meeting_no, fiscal_year_be):
        yield Refusal("meeting_no", wrong)
    if wrong := days.far_from_cycle(resolution.meeting_date, fiscal_year_be):
        yield Refusal("meeting_date", wrong)
    if thai.normalise(resolution.reason):
        return
    if resolution.outcome is not Outcome.PASS:
        yield Refusal("reason", "มติไม่ผ่านต้องมีเหตุผลตามถ้อยคำของคณะกรรมการ เพราะจะพิมพ์ในเอกสารและแจ้งผู้สมัคร")
    elif against:
        yield Refusal("reason", f"{in_spite_of(against)} ต้องมีเหตุผลที่คณะกรรมการยืนยันมติ เพราะจะพิมพ์ในเอกสาร")


def in_spite_of(against: Sequence[Finding]) -> str:
    """One sentence for a pass and the evidence against it, the same at every door."""
    return f"มติผ่านทั้งที่{' และ'.join(said(one, Audience.COMMITTEE) for one in against)}"


def _wrong_with_committee(name: str) -> str:
    if not name:
        return "ต้องระบุชื่อคณะกรรมการที่มีมติ"
    if sum(map(str.isalpha, name)) < _SHORTEST_NAME:
        return "ชื่อคณะกรรมการสั้นเกินไป ให้เขียนชื่อเต็ม เช่น คณะกรรมการตรวจประเมินอำเภอแม่จัน"
    return ""


def _wrong_with_number(number: str, fiscal_year_be: int) -> str:
    parts = _MEETING_NO.fullmatch(number)
    if parts is None:
        return "ครั้งที่ของการประชุมต้องเขียนแบบ 1/2568 (ปี พ.ศ. สี่หลัก)"
    if abs(int(parts[1]) - fiscal_year_be) > 1:
        return f"ปีของครั้งที่ {number} ห่างจากปีงบประมาณ {fiscal_year_be} เกินหนึ่งปี ให้ตรวจปี พ.ศ."
    return ""
