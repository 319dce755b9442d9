"""Certificates and letters with results of nobody, to see their words: what is of a unit is dots. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution
from processing.meetings.passages import Written
from reports.view.after.certificate_pages import ToPrint
from reports.view.after.resolved_units import ResolvedUnit
from reports.view.after.results_letters import district_letters, unit_letters
from reports.view.blocks import Paper
from reports.view.letters.convened import Convened
from reports.view.printed_words import DOTS, LONG_DOTS
from reports.wording.wordings import ResultsLetters

RESULTS_TOLD: Final[Mapping[Written, Outcome]] = {
    Written.TO_DISTRICTS: Outcome.PASS,
    Written.NOT_CERTIFIED: Outcome.FAIL,
    Written.CONDITIONAL: Outcome.CONDITIONAL,
    Written.DEFERRED: Outcome.DEFERRED,
}
_NOT_SIGNED = "ตัวอย่าง ไม่ใช่หนังสือรับรอง"  # what the QR code says


def sample_certificates(c: Convened) -> list[ToPrint]:
    """One of each type."""
    day, number = _day(c), c.meeting.number
    return [
        ToPrint(DOTS, type_, LONG_DOTS, DOTS, day, number, day, "", _NOT_SIGNED) for type_ in ApplicantType
    ]


def sample_letter(c: Convened, wording: ResultsLetters, paper: Written) -> Paper:
    """The letter to a district, or to a unit of which something was resolved that has such a letter."""
    outcome = RESULTS_TOLD[paper]
    resolution = Resolution(
        Gate.PROVINCE,
        outcome,
        c.committee,
        c.meeting.number,
        _day(c),
        LONG_DOTS,
        condition=LONG_DOTS if outcome is Outcome.CONDITIONAL else "",
        deferred_to=DOTS if outcome is Outcome.DEFERRED else "",
    )
    unit = ResolvedUnit("", ApplicantType.GROUP, LONG_DOTS, DOTS, None, None, resolution)
    if paper is Written.TO_DISTRICTS:
        ((_, letter),) = district_letters(c, [unit], wording)
    else:
        ((_, letter),) = unit_letters(c, [unit], wording)
    return letter


def _day(c: Convened) -> date:
    """Of the meeting; while it has none, the first of its fiscal year."""
    return c.meeting.day or date(c.occasion.year_be - 544, 10, 1)
