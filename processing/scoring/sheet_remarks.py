"""What one score sheet by itself gives a person to look at. Pure; it counts all the same."""

from collections.abc import Iterator

from mochocho.standards.schema import Indicator, Standard
from mochocho.words import days
from mochocho.words.model import Finding, ReadFrom, Round, ScoreSheet
from processing.findings import finding, listed, quoted
from processing.scoring import score
from xlsforms import names

OWN, PAPER = "own", "paper"
LOWEST, HIGHEST = 1, score.RUBRIC_LEVELS  # levels of a rubric
REASON_TH = {"no_evidence": "ไม่มีหลักฐานให้ตรวจ", "not_applicable": "ใช้กับผู้สมัครรายนี้ไม่ได้"}


def remarks(standard: Standard, sheet: ScoreSheet) -> Iterator[Finding]:
    """Of a sheet that counts; `standard`: the rules of its own form version."""
    if not sheet.assessor:
        message = "แบบให้คะแนนไม่ได้ระบุชื่อกรรมการผู้ตรวจประเมิน ให้แก้ไขแล้วส่งใหม่"
        yield remark("sheet.no_assessor", sheet, message)
    if sheet.conflict:
        message = f"แบบให้คะแนนของ{name(sheet)}ถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ ให้ตรวจว่าฉบับที่นับถูกต้อง"
        yield remark("submission.conflict", sheet, message)
    mine = score.score_sheet(standard, sheet.answers)
    if sheet.phone_total is not None and (sheet.phone_total, sheet.phone_max) != (mine.points, mine.full):
        message = f"คะแนนเบื้องต้นบนโทรศัพท์ของ{name(sheet)}ไม่ตรงกับที่ระบบคำนวณ ใช้คะแนนที่ระบบคำนวณ ให้ตรวจรุ่นของแบบฟอร์ม"
        yield remark("score.phone_differs", sheet, message, path="total")
    yield from _unusable(sheet)
    yield from _unjustified(standard, sheet)
    yield from _made_how(sheet)


def doubted_days(sheet: ScoreSheet) -> Iterator[Finding]:
    """Of every sheet, whether it counts or not: a day that is not believed wins over no other."""
    for day in sheet.doubted:
        message = f"{name(sheet)}: {days.sentence(day, 'แบบให้คะแนน')}"
        yield remark("sheet.unlikely_date", sheet, message, path=day.path)


def declared(sheet: ScoreSheet) -> Finding:
    """An assessor who has an interest in the applicant says so, and gives no marks."""
    why = f" ({quoted(sheet.interest)})" if sheet.interest else ""
    message = f"{name(sheet)}แจ้งว่ามีส่วนได้เสียกับผู้สมัครรายนี้{why} จึงไม่ให้คะแนน"
    return remark("sheet.interest_declared", sheet, message, path="conflict")


def must_justify(indicator: Indicator, answer: int) -> bool:
    """Whether the pack asks why this was answered; the same in the form's `justify_when`."""
    measure = indicator.measure
    if indicator.justify == "none":
        return False
    if indicator.justify == "always" or measure.kind == "yes_no":
        return True
    low, high = (LOWEST, HIGHEST) if measure.kind == "rubric" else (0, measure.threshold)
    return answer <= low or answer >= high


def reason(sheet: ScoreSheet, code: str) -> str:
    """Why this assessor could not assess an indicator, in words; '' where that was not said."""
    said = sheet.not_assessed.get(code)
    if said is None:
        return ""
    return said.why or REASON_TH.get(said.reason, said.reason)


def name(sheet: ScoreSheet) -> str:
    return sheet.assessor or "กรรมการที่ไม่ระบุชื่อ"


def remark(code: str, sheet: ScoreSheet, message: str, path: str = "assessor_name") -> Finding:
    return finding(code, names.ONSITE, message, blocking=False, read_from=ReadFrom(sheet.instance_id, path))


def _unusable(sheet: ScoreSheet) -> Iterator[Finding]:
    for code, written in sheet.unusable.items():
        message = (
            f"ตัวบ่งชี้ {code}: {name(sheet)}ตอบ {quoted(written)} ซึ่งไม่มีในตัวเลือกของแบบฟอร์มรุ่นนั้น "
            "จึงถือว่ายังไม่ประเมิน ให้แก้ไขแล้วส่งใหม่"
        )
        yield remark("sheet.unknown_choice", sheet, message, path=names.indicator(code))


def _unjustified(standard: Standard, sheet: ScoreSheet) -> Iterator[Finding]:
    missing = tuple(
        i.code
        for i in standard.indicators
        if (answer := sheet.answers.get(i.code)) is not None
        and must_justify(i, answer)
        and i.code not in sheet.justifications
    )
    if missing:
        message = f"{name(sheet)}ไม่ได้ให้เหตุผลประกอบคะแนนตัวบ่งชี้ {listed(missing)}"
        yield remark("sheet.no_justification", sheet, message)


def _made_how(sheet: ScoreSheet) -> Iterator[Finding]:
    """Where it was, and who signed: missing or doubtful, it is said, and the sheet counts."""
    if sheet.mode == OWN:
        if not sheet.gps:
            message = f"แบบให้คะแนนของ{name(sheet)}ไม่มีพิกัดสถานที่ตรวจ"
            yield remark("sheet.no_gps", sheet, message, path="location")
        if sheet.gps == "mocked":
            message = f"พิกัดในแบบให้คะแนนของ{name(sheet)}อาจไม่ใช่พิกัดจริง"
            yield remark("sheet.mocked_gps", sheet, message, path="location")
        if sheet.gps == "placed":
            message = f"พิกัดในแบบให้คะแนนของ{name(sheet)}ปักบนแผนที่ด้วยมือ ไม่ได้จับจากเครื่อง ณ สถานที่ตรวจ"
            yield remark("sheet.placed_by_hand", sheet, message, path="location")
        if not sheet.signed:
            message = f"แบบให้คะแนนของ{name(sheet)}ไม่มีลายมือชื่อกรรมการ"
            yield remark("sheet.not_signed", sheet, message, path="sign_assessor")
        if sheet.round is Round.ONSITE and not sheet.applicant_signed:
            message = f"แบบให้คะแนนของ{name(sheet)}ไม่มีลายมือชื่อผู้รับการประเมิน"
            yield remark("sheet.applicant_not_signed", sheet, message, path="sign_applicant")
    if sheet.mode == PAPER:
        message = f"แบบให้คะแนนของ{name(sheet)}กรอกแทนจากกระดาษโดย{sheet.entered_by or 'ผู้ที่ไม่ระบุชื่อ'}"
        yield remark("sheet.copied", sheet, message, path="entered_by")
        if not any(photo.sha256 for photo in sheet.papers):
            message = f"ยังไม่มีภาพแบบกระดาษที่{name(sheet)}ลงลายมือชื่อ ให้ส่งภาพ"
            yield remark("sheet.no_paper", sheet, message, path="sheet_photo")
