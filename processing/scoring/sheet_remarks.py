"""Findings about a single score sheet, for a person to look at; the sheet still counts. Pure."""

from collections.abc import Iterator

from mochocho.standards.schema import Indicator, Standard
from mochocho.words.model import Finding, ReadFrom, Round, ScoreSheet, Value
from processing.findings.making import doubted, finding
from processing.findings.value_words import assessor
from processing.scoring import phone_figures, score
from xlsforms import names
from xlsforms.points import RUBRIC_LEVELS

OWN, PAPER = "own", "paper"
LOWEST, HIGHEST = 1, RUBRIC_LEVELS  # levels of a rubric


def remarks(standard: Standard, sheet: ScoreSheet) -> Iterator[Finding]:
    """Findings about a sheet that counts; `standard`: the rules of its own form version."""
    if not sheet.assessor:
        read_from = ReadFrom(sheet.instance_id, "assessor_name")
        yield finding("sheet.no_assessor", names.ONSITE, read_from)
    if sheet.conflict:
        yield remark("submission.conflict", sheet)
    mine = score.score_sheet(standard, sheet.answers)
    if not phone_figures.agree(standard, sheet, mine):
        yield remark("score.phone_differs", sheet, "total")
    yield from _unusable(sheet)
    yield from _unjustified(standard, sheet)
    yield from _made_how(sheet)


def doubted_days(sheet: ScoreSheet) -> Iterator[Finding]:
    """Doubted days of any sheet, counted or not: such a day decides no order."""
    for day in sheet.doubted:
        yield remark("sheet.unlikely_date", sheet, day.path, **doubted(day))


def declared(sheet: ScoreSheet) -> Finding:
    """The finding that an assessor declared an interest in the applicant and gives no marks."""
    which = {"interest": sheet.interest} if sheet.interest else {}
    return remark("sheet.interest_declared", sheet, "conflict", **which)


def must_justify(indicator: Indicator, answer: int) -> bool:
    """Whether the pack asks for a reason for this answer; the same as the form's `justify_when`."""
    measure = indicator.measure
    if indicator.justify == "none":
        return False
    if indicator.justify == "always" or measure.kind == "yes_no":
        return True
    low, high = (LOWEST, HIGHEST) if measure.kind == "rubric" else (0, measure.threshold)
    return answer <= low or answer >= high


def not_assessed(sheet: ScoreSheet, code: str) -> tuple[str, str]:
    """Why this assessor could not assess an indicator: the form's reason and own words; '' = not said."""
    said = sheet.not_assessed.get(code)
    return (said.reason, said.why) if said else ("", "")


def name(sheet: ScoreSheet) -> str:
    return assessor(sheet.assessor)


def remark(code: str, sheet: ScoreSheet, path: str = "assessor_name", /, **values: Value) -> Finding:
    """A finding about a sheet; the assessor's name is among its values, as `who`."""
    read_from = ReadFrom(sheet.instance_id, path)
    return finding(code, names.ONSITE, read_from, **{"who": sheet.assessor, **values})


def _unusable(sheet: ScoreSheet) -> Iterator[Finding]:
    for code, written in sheet.unusable.items():
        path = names.indicator(code)
        yield remark("sheet.unknown_choice", sheet, path, indicator=code, answer=written)


def _unjustified(standard: Standard, sheet: ScoreSheet) -> Iterator[Finding]:
    missing = tuple(
        i.code
        for i in standard.indicators
        if (answer := sheet.answers.get(i.code)) is not None
        and must_justify(i, answer)
        and i.code not in sheet.justifications
    )
    if missing:
        yield remark("sheet.no_justification", sheet, indicators=missing)


def _made_how(sheet: ScoreSheet) -> Iterator[Finding]:
    """Findings about where the sheet was made and who signed it; it still counts."""
    if sheet.mode == OWN:
        if not sheet.gps:
            yield remark("sheet.no_gps", sheet, "location")
        if sheet.gps == "mocked":
            yield remark("sheet.mocked_gps", sheet, "location")
        if sheet.gps == "placed":
            yield remark("sheet.placed_by_hand", sheet, "location")
        if not sheet.signed:
            yield remark("sheet.not_signed", sheet, "sign_assessor")
        if sheet.round is Round.ONSITE and not sheet.applicant_signed:
            yield remark("sheet.applicant_not_signed", sheet, "sign_applicant")
    if sheet.mode == PAPER:
        yield remark("sheet.copied", sheet, "entered_by", by=sheet.entered_by)
        if not any(photo.sha256 for photo in sheet.papers):
            yield remark("sheet.no_paper", sheet, "sheet_photo")
