"""What an applicant's scores mean against the pack's pass rule: findings, never a gate. Pure.

The district committee decides with these before it (g6); nothing is decided here.
"""

from mochocho.standards.schema import Pack, Standard
from mochocho.words.model import Finding, Scores
from processing.findings import finding, listed
from xlsforms import names


def check(pack: Pack, standard: Standard, scores: Scores | None) -> tuple[Finding, ...]:
    """What stands between these scores and a pass."""
    if scores is None:
        message = "ยังไม่มีแบบให้คะแนนภาคสนามที่นับได้ ให้กรรมการผู้ตรวจประเมินส่งแบบให้คะแนน"
        return (finding("score.not_assessed", names.ONSITE, message, blocking=True),)
    found = [_not_assessed(scores), _below_pass(pack, scores), *_required(standard, scores)]
    return tuple(f for f in found if f)


def percent_words(percent: int) -> str:
    """5230 -> `52.30`."""
    return f"{percent // 100}.{percent % 100:02}"


def _not_assessed(scores: Scores) -> Finding | None:
    missing = tuple(i.code for i in scores.indicators if i.points is None)
    if not missing:
        return None
    message = f"ยังประเมินไม่ครบ {len(missing)} ตัวบ่งชี้ ({listed(missing)}) ให้กรรมการประเมินให้ครบ"
    return finding("score.not_assessed", names.ONSITE, message, blocking=True)


def _below_pass(pack: Pack, scores: Scores) -> Finding | None:
    needed = pack.pass_rule.percent
    if scores.percent is None or scores.percent >= needed * 100:
        return None
    message = f"คะแนนรวมร้อยละ {percent_words(scores.percent)} ต่ำกว่าเกณฑ์ร้อยละ {needed}"
    return finding("score.below_pass", names.ONSITE, message, blocking=True)


def _required(standard: Standard, scores: Scores) -> list[Finding]:
    required = {i.code: i for i in standard.indicators if i.required_to_pass}
    return [
        finding(
            "score.required_not_met",
            s.code,
            f"ตัวบ่งชี้ {s.code} {required[s.code].th}: เป็นตัวบ่งชี้บังคับและยังไม่ผ่าน",
            blocking=True,
        )
        for s in scores.indicators
        if s.code in required and s.passed is False
    ]
