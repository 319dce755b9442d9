"""How papers show a pass that the evidence is against: what is against it, and the committee's reason."""

from dataclasses import dataclass

from mochocho.words.model import Case, Gate
from processing.decisions.against_evidence import confirmed, speaks_against
from processing.findings.entry import Audience
from processing.findings.saying import worded
from reports.view.printed_words import Words
from reports.wording.typed_points import set_apart

MARK = "*"
TITLE = {
    Gate.DISTRICT: "คณะกรรมการอำเภอมีมติผ่าน ทั้งที่ขัดกับหลักฐาน",
    Gate.PROVINCE: "คณะกรรมการจังหวัดมีมติผ่าน ทั้งที่ขัดกับหลักฐาน",
}
REASON = "เหตุผลที่คณะกรรมการยืนยันมติ"
NO_REASON = "คณะกรรมการยังไม่ได้ให้เหตุผลที่ยืนยันมติ"
NOT_SINCE = "คณะกรรมการยังไม่ได้ยืนยันมติหลังจากนั้น"  # it gave a reason, and then something was edited


@dataclass(frozen=True, slots=True)
class PassAgainst:
    """One committee's pass, what is against it, and what the committee said to that."""

    title: str
    points: tuple[str, ...]
    answers: tuple[str, ...]


def pass_against(case: Case, gate: Gate, w: Words) -> PassAgainst | None:
    """None where nothing is against the pass, or there is none."""
    found = [f for f in case.assessment.findings if f.subject == gate and speaks_against(f)]
    if not found:
        return None
    reasons = [str(dict(f.values)["reason"]) for f in found if confirmed(f)]
    answers = [w.in_lines(f"{REASON}: {set_apart(reason)}") for reason in dict.fromkeys(reasons)]
    if len(reasons) < len(found):
        answers.append(NOT_SINCE if reasons else NO_REASON)
    points = tuple(dict.fromkeys(w.text(worded(f, Audience.COMMITTEE)) for f in found))
    return PassAgainst(TITLE[gate], points, tuple(answers))
