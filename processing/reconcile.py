"""Several assessors' onsite sheets of one applicant become one set of scores. Pure; the sheets are kept.

The rule: one sheet an assessor; an indicator's points are the mean of the points of those who assessed it,
rounded down to a hundredth; nobody assessed it = not assessed. Whoever differs is named in a finding.
A sheet sent by an officer of another district, or made for another type, is held and not counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mochocho import thai
from mochocho.model import Application, Finding, IndicatorScore, ReadFrom, Scores, ScoreSheet
from mochocho.standards.schema import Indicator, Standard
from processing import score
from processing.findings import finding, listed
from xlsforms import names


@dataclass(frozen=True, slots=True)
class Consensus:
    """`scores` is None when no sheet counts. `counted` in the order of the assessors' names."""

    scores: Scores | None
    counted: tuple[ScoreSheet, ...]
    findings: tuple[Finding, ...]


def reconcile(application: Application, standard: Standard, sheets: Iterable[ScoreSheet]) -> Consensus:
    """The consensus of an applicant's sheets, whatever order they are given in."""
    found: list[Finding] = []
    admitted = []
    for sheet in sorted(sheets, key=lambda s: (thai.sort_key(s.assessor), s.root_id)):
        held = _held(application, standard, sheet)
        if held:
            found.append(held)
        else:
            admitted.append(sheet)
    counted, remarks = _one_each(admitted)
    found += remarks
    if not counted:
        return Consensus(None, (), tuple(found))
    for sheet in counted:
        found += _sheet_remarks(standard, sheet)
    scores = {i.code: _consensus(i, counted) for i in standard.indicators}
    for indicator in standard.indicators:
        found += _differences(indicator, counted)
    total = score.total(standard, scores, tuple(s.assessor for s in counted))
    return Consensus(total, tuple(counted), tuple(found))


def _held(application: Application, standard: Standard, sheet: ScoreSheet) -> Finding | None:
    if sheet.officer_districts is not None and application.district not in sheet.officer_districts:
        message = f"แบบให้คะแนนของ{_name(sheet)}ส่งโดยเจ้าหน้าที่ของอำเภออื่น จึงยังไม่นับคะแนน ให้อำเภอเจ้าของพื้นที่ส่งใหม่"
        return _remark("officer.other_district", sheet, message)
    if sheet.answers and not any(i.code in sheet.answers for i in standard.indicators):
        message = (
            f"แบบให้คะแนนของ{_name(sheet)}เป็นของผู้สมัครประเภทอื่น จึงไม่นับคะแนน ให้ประเมินใหม่ด้วยแบบของ{standard.th}"
        )
        return _remark("sheet.other_type", sheet, message)
    return None


def _one_each(sheets: Sequence[ScoreSheet]) -> tuple[list[ScoreSheet], list[Finding]]:
    """The last visit's sheet of each assessor (the greater root id on one day); no name matches no other."""
    latest: dict[str, ScoreSheet] = {}
    found = []
    for sheet in sheets:
        name = sheet.assessor or f"\0{sheet.root_id}"
        other = latest.get(name)
        if other is None:
            latest[name] = sheet
            continue
        latest[name] = kept = max(other, sheet, key=_recency)
        passed_over = sheet if kept is other else other
        message = (
            f"{_name(sheet)}ส่งแบบให้คะแนนผู้สมัครรายนี้มากกว่าหนึ่งชุด นับเฉพาะชุดของวันที่ประเมินล่าสุด หากไม่ถูกต้องให้แก้ไขชุดที่นับ"
        )
        found.append(_remark("sheet.duplicate_assessor", passed_over, message))
    return list(latest.values()), found


def _recency(sheet: ScoreSheet) -> tuple[date, str]:
    return sheet.visited_on or date.min, sheet.root_id


def _consensus(indicator: Indicator, sheets: Sequence[ScoreSheet]) -> IndicatorScore:
    answers = _answers(indicator, sheets)
    if not answers:
        return score.indicator_score(indicator, None)
    points = [score.indicator_points(indicator, answer) for answer in answers]
    agreed = answers[0] if len(set(answers)) == 1 else None
    return score.indicator_score(indicator, sum(points) // len(points), agreed)


def _answers(indicator: Indicator, sheets: Sequence[ScoreSheet]) -> list[int]:
    return [answer for s in sheets if (answer := s.answers.get(indicator.code)) is not None]


def _differences(indicator: Indicator, sheets: Sequence[ScoreSheet]) -> list[Finding]:
    points = {score.indicator_points(indicator, answer) for answer in _answers(indicator, sheets)}
    without = tuple(_name(s) for s in sheets if s.answers.get(indicator.code) is None)
    found = []
    if len(points) > 1:
        said = tuple(f"{_name(s)} {_said(s, indicator)}" for s in sheets)
        message = f"ตัวบ่งชี้ {indicator.code}: กรรมการให้คะแนนต่างกัน ({listed(said, most=9)}) ใช้ค่าเฉลี่ย"
        found.append(finding("score.disagreement", indicator.code, message, blocking=False))
    if points and without:
        message = f"ตัวบ่งชี้ {indicator.code}: {listed(without)}ไม่ได้ประเมิน ใช้คะแนนของกรรมการที่ประเมิน"
        found.append(finding("score.partly_assessed", indicator.code, message, blocking=False))
    return found


def _said(sheet: ScoreSheet, indicator: Indicator) -> str:
    answer = sheet.answers.get(indicator.code)
    return "ไม่ได้ประเมิน" if answer is None else str(answer)


def _sheet_remarks(standard: Standard, sheet: ScoreSheet) -> list[Finding]:
    found = []
    if not sheet.assessor:
        found.append(
            _remark("sheet.no_assessor", sheet, "แบบให้คะแนนไม่ได้ระบุชื่อกรรมการผู้ตรวจประเมิน ให้แก้ไขแล้วส่งใหม่")
        )
    if sheet.conflict:
        message = f"แบบให้คะแนนของ{_name(sheet)}ถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ ให้ตรวจว่าฉบับที่นับถูกต้อง"
        found.append(_remark("submission.conflict", sheet, message))
    mine = score.score_sheet(standard, sheet.answers)
    if sheet.phone_total is not None and (sheet.phone_total, sheet.phone_max) != (mine.points, mine.full):
        message = (
            f"คะแนนเบื้องต้นบนโทรศัพท์ของ{_name(sheet)}ไม่ตรงกับที่ระบบคำนวณ ใช้คะแนนที่ระบบคำนวณ ให้ตรวจรุ่นของแบบฟอร์ม"
        )
        found.append(_remark("score.phone_differs", sheet, message, path="total"))
    return found


def _name(sheet: ScoreSheet) -> str:
    return sheet.assessor or "กรรมการที่ไม่ระบุชื่อ"


def _remark(code: str, sheet: ScoreSheet, message: str, path: str = "assessor") -> Finding:
    return finding(code, names.ONSITE, message, blocking=False, read_from=ReadFrom(sheet.instance_id, path))
