"""How papers print what a committee resolved: outcome, meeting, condition, votes, who was recused. Pure."""

from collections.abc import Iterator

from mochocho.words.model import Case, FormerResult, Gate, Outcome, Resolution
from mochocho.words.numbers import hundredths
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.decisions.meetings.settled_before import resolved_before
from processing.findings.quoting import listed
from processing.meetings.meeting import Meeting
from reports.view.printed_words import TYPE, Words
from reports.wording.typed_points import set_apart

LABEL = {Gate.DISTRICT: "มติระดับอำเภอ", Gate.PROVINCE: "มติระดับจังหวัด"}
NOTHING_YET = "ยังไม่มีข้อมูล"


def resolution_of(case: Case, gate: Gate) -> Resolution | None:
    """What stands at this gate."""
    return next((r for r in reversed(case.assessment.resolutions) if r.gate == gate), None)


def at_this_meeting(case: Case, meeting: Meeting | None) -> Resolution | None:
    """What the province's committee resolved, but for what an earlier meeting left to this one."""
    resolution = resolution_of(case, Gate.PROVINCE)
    return None if resolution is None or resolved_before(meeting, resolution) else resolution


def lines(case: Case, w: Words) -> Iterator[tuple[str, str]]:
    """(label, sentence) of everything that was resolved about a unit; the district's is always told."""
    for gate, label in LABEL.items():
        if resolution := resolution_of(case, gate):
            yield label, w.in_lines(_outcome(resolution, w))
            yield from ((what, w.in_lines(said)) for what, said in particulars(resolution, w) if said)
        elif gate is Gate.DISTRICT:
            yield label, NOTHING_YET


def former_line(former: FormerResult, w: Words) -> str:
    """What the applicant came to last year: its type then, the score, and the resolution at the last gate."""
    parts = [f"ประเภท{TYPE[former.type]}"]
    parts.append("ไม่มีคะแนน" if former.percent is None else f"คะแนนร้อยละ {hundredths(former.percent)}")
    for last in former.resolutions[-1:]:
        parts.append(f"{LABEL[last.gate]} {_outcome(last, w)}")
    return w.text(" ".join(parts if former.resolutions else [*parts, "ไม่มีมติ"]))


def condition(resolution: Resolution, w: Words) -> str:
    """What a conditional pass owes and by when; '' where nothing is owed."""
    if resolution.outcome is not Outcome.CONDITIONAL:
        return ""
    owed = set_apart(resolution.condition)
    for_all = " ทั้งนี้" if "\n" in owed else ""
    by = f"{for_all} ภายในวันที่ {w.date(resolution.due)}" if resolution.due else ""
    return w.in_lines(f"{owed}{by}")


def outcome_of(resolution: Resolution) -> str:
    """`รับรอง`; where it was put off, to which meeting."""
    to = f" ไปครั้งที่ {resolution.deferred_to}" if resolution.deferred_to else ""
    return f"{OUTCOMES[resolution.outcome]}{to}"


def outcome_with_condition(resolution: Resolution, w: Words) -> str:
    """`รับรองแบบมีเงื่อนไข: ส่งบัญชี ภายในวันที่ 30 มิถุนายน 2568`; without a condition, the outcome."""
    owed = set_apart(condition(resolution, w))
    return w.in_lines(": ".join(filter(None, (outcome_of(resolution), owed))))


def _outcome(resolution: Resolution, w: Words) -> str:
    met = f"ครั้งที่ {resolution.meeting_no} วันที่ {w.date(resolution.meeting_date)}"
    why = f" เหตุผล: {set_apart(resolution.reason)}" if resolution.reason else ""
    return f"{outcome_of(resolution)} {met}{why}"


def particulars(resolution: Resolution, w: Words) -> Iterator[tuple[str, str]]:
    """(label, sentence) of what a resolution says beside its outcome, '' where it says nothing."""
    yield "เงื่อนไข", condition(resolution, w)
    yield "ผู้มาประชุม", "" if resolution.present is None else f"{resolution.present} คน"
    yield "คะแนนเสียง", _votes(resolution)
    yield "ผู้ไม่ร่วมพิจารณา", listed(resolution.recused, most=len(resolution.recused))
    yield "หมายเหตุมติ", set_apart(resolution.note)


def _votes(resolution: Resolution) -> str:
    votes = resolution.votes
    if votes is None:
        return ""
    return f"เห็นชอบ {votes.in_favour} ไม่เห็นชอบ {votes.against} งดออกเสียง {votes.abstained}"
