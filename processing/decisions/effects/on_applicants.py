"""What a decision about an applicant as a whole, a rule of eligibility or a score must say. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from mochocho.standards.schema import Measure, Standard
from mochocho.words.model import Round
from mochocho.words.sentences import Sentence
from processing.decisions.decision import OF_DOCUMENTS, Decision, Kind, Reconciled, Ruled
from processing.findings.quoting import listed

Wrong = tuple[
    Literal["key", "aside", "about", "round", "answer", "into"], Sentence
]  # which part, and what to do

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
            said = Sentence(
                f"ผู้สมัครรายนี้{_ASIDE[kind].th}แล้ว (เลขที่ {number}) ให้เพิกถอนเลขที่ {number} ก่อน",
                f"this applicant {_ASIDE[kind].en} (number {number}); revoke number {number} first",
            )
            yield "aside", said
    match decision.content:
        case Ruled():
            yield from _of_code(
                Sentence("คุณสมบัติ", "rule of eligibility"),
                decision.about,
                [one.code for one in unit.standard.eligibility],
            )
        case Reconciled(round_, answer):
            yield from _of_score(decision.about, round_, answer, unit.standard)
    if decision.kind is Kind.MERGE and into:
        yield from _of_merge(unit, into)


def _of_code(what: Sentence, code: str, known: list[str]) -> Iterator[Wrong]:
    if code not in known:
        named = Sentence(listed(tuple(known), most=_NAMED), ", ".join(known))
        said = Sentence(
            f"ไม่มี{what.th}รหัส “{code[:40]}” ของผู้สมัครประเภทนี้ มี {named.th}",
            f"this type of applicant has no {what.en} “{code[:40]}”; it has {named.en}",
        )
        yield "about", said


def _of_score(indicator: str, round_: Round, answer: int, standard: Standard) -> Iterator[Wrong]:
    if round_ not in ROUNDS:
        yield "round", _OTHER_ROUND
    found = next((one for one in standard.indicators if one.code == indicator), None)
    if found is None:
        yield from _of_code(
            Sentence("ตัวบ่งชี้", "indicator"), indicator, [one.code for one in standard.indicators]
        )
    elif wrong := _wrong_answer(found.measure, answer):
        yield "answer", Sentence(f"{wrong.th} ไม่ใช่ {answer}", f"{wrong.en}, not {answer}")


def _wrong_answer(measure: Measure, answer: int) -> Sentence | None:
    lowest, highest, said = {
        "count": (0, MOST_COUNTED, Sentence("จำนวนต้องไม่ติดลบ", "a count must be 0 or more")),
        "percent": (0, 100, Sentence("ร้อยละต้องอยู่ระหว่าง 0 ถึง 100", "a percentage must be from 0 to 100")),
        "yes_no": (0, 1, Sentence("ต้องเป็น 1 (ใช่) หรือ 0 (ไม่ใช่)", "it must be 1 (yes) or 0 (no)")),
        "rubric": (1, 5, Sentence("ระดับต้องอยู่ระหว่าง 1 ถึง 5", "a level must be from 1 to 5")),
    }[measure.kind]
    return None if lowest <= answer <= highest else said


def _of_merge(unit: Unit, into: Unit) -> Iterator[Wrong]:
    if unit.standard.code != into.standard.code:
        yield "into", _OTHER_TYPE
    for kind, number in into.aside.items():
        said = Sentence(
            f"ใบสมัครที่จะคงไว้{_ASIDE[kind].th}แล้ว (เลขที่ {number}) ให้ระบุใบสมัครที่ยังอยู่ในการพิจารณา",
            f"the application to keep {_ASIDE[kind].en} (number {number}); name one that is still presented",
        )
        yield "into", said
    if unit.holds_others:
        yield "key", _HOLDS_OTHERS


_ASIDE: Mapping[Kind, Sentence] = {
    Kind.WITHDRAW: Sentence("ถอนใบสมัคร", "was withdrawn"),
    Kind.MERGE: Sentence("ถูกรวมกับใบสมัครอื่น", "was merged into another"),
}
_OTHER_ROUND = Sentence(
    "ปรับคะแนนได้เฉพาะรอบภาคสนาม (onsite) และรอบจังหวัด (provincial)",
    "only scores of the rounds onsite and provincial can be reconciled",
)
_OTHER_TYPE = Sentence(
    "ใบสมัครสองใบเป็นคนละประเภท จึงรวมกันไม่ได้", "the two applications are of different types and cannot be merged"
)
_HOLDS_OTHERS = Sentence(
    "มีใบสมัครอื่นรวมอยู่กับใบนี้ ให้รวมเข้ากับใบนี้ หรือเพิกถอนการรวมเดิมก่อน",
    "another application is merged into this one; merge into this one, or revoke that merge first",
)
