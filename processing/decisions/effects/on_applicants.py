"""What a decision about an applicant as a whole, a rule of eligibility or a score must say. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from mochocho.standards.schema import Measure, Standard
from mochocho.words.model import Round
from processing.decisions.decision import OF_DOCUMENTS, Decision, Kind, Reconciled, Ruled
from processing.findings.quoting import listed

Wrong = tuple[
    Literal["key", "aside", "about", "round", "answer", "into"], str
]  # which part, and what to do, in Thai

ROUNDS = (Round.ONSITE, Round.PROVINCIAL)  # those in which committees score
MOST_COUNTED = 1_000_000
_OF_PRESENTED = (
    *OF_DOCUMENTS,
    Kind.RESOLUTION,
    Kind.ELIGIBILITY_OVERRIDE,
    Kind.SCORE_RECONCILE,
    Kind.SHEETS_CLOSE,
)
_NAMED = 20  # codes that a sentence lists


@dataclass(frozen=True, slots=True)
class Unit:
    """A registered applicant that a decision is about. `standard`: the year's criteria of its type.

    `aside`: the decisions by which it is not presented, kind -> number; `holds_others`: whether the forms of
    another count for it.
    """

    standard: Standard
    aside: Mapping[Kind, int]
    holds_others: bool = False


def wrong_with(decision: Decision, unit: Unit, into: Unit | None = None) -> Iterator[Wrong]:
    """What is to be put right in it. `into`: the applicant that it is merged into."""
    if decision.kind in _OF_PRESENTED or decision.kind in (Kind.WITHDRAW, Kind.MERGE):
        others = {kind: number for kind, number in unit.aside.items() if kind is not decision.kind}
        for kind, number in others.items():
            yield "aside", f"ผู้สมัครรายนี้{_ASIDE[kind]}แล้ว (เลขที่ {number}) ให้เพิกถอนเลขที่ {number} ก่อน"
    match decision.content:
        case Ruled():
            yield from _of_code("คุณสมบัติ", decision.about, [one.code for one in unit.standard.eligibility])
        case Reconciled(round_, answer):
            yield from _of_score(decision.about, round_, answer, unit.standard)
    if decision.kind is Kind.MERGE and into:
        yield from _of_merge(unit, into)


def _of_code(what: str, code: str, known: list[str]) -> Iterator[Wrong]:
    if code not in known:
        yield "about", f"ไม่มี{what}รหัส “{code[:40]}” ของผู้สมัครประเภทนี้ มี {listed(tuple(known), most=_NAMED)}"


def _of_score(indicator: str, round_: Round, answer: int, standard: Standard) -> Iterator[Wrong]:
    if round_ not in ROUNDS:
        yield "round", "ปรับคะแนนได้เฉพาะรอบภาคสนาม (onsite) และรอบจังหวัด (provincial)"
    found = next((one for one in standard.indicators if one.code == indicator), None)
    if found is None:
        yield from _of_code("ตัวบ่งชี้", indicator, [one.code for one in standard.indicators])
    elif wrong := _wrong_answer(found.measure, answer):
        yield "answer", f"{wrong} ไม่ใช่ {answer}"


def _wrong_answer(measure: Measure, answer: int) -> str:
    lowest, highest, said = {
        "count": (0, MOST_COUNTED, "จำนวนต้องไม่ติดลบ"),
        "percent": (0, 100, "ร้อยละต้องอยู่ระหว่าง 0 ถึง 100"),
        "yes_no": (0, 1, "ต้องเป็น 1 (ใช่) หรือ 0 (ไม่ใช่)"),
        "rubric": (1, 5, "ระดับต้องอยู่ระหว่าง 1 ถึง 5"),
    }[measure.kind]
    return "" if lowest <= answer <= highest else said


def _of_merge(unit: Unit, into: Unit) -> Iterator[Wrong]:
    if unit.standard.code != into.standard.code:
        yield "into", "ใบสมัครสองใบเป็นคนละประเภท จึงรวมกันไม่ได้"
    for kind, number in into.aside.items():
        yield "into", f"ใบสมัครที่จะคงไว้{_ASIDE[kind]}แล้ว (เลขที่ {number}) ให้ระบุใบสมัครที่ยังอยู่ในการพิจารณา"
    if unit.holds_others:
        yield "key", "มีใบสมัครอื่นรวมอยู่กับใบนี้ ให้รวมเข้ากับใบนี้ หรือเพิกถอนการรวมเดิมก่อน"


_ASIDE: Mapping[Kind, str] = {Kind.WITHDRAW: "ถอนใบสมัคร", Kind.MERGE: "ถูกรวมกับใบสมัครอื่น"}
