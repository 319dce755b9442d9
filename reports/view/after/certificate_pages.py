"""Certificates as pages: the office's wording with what each was given for. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from mochocho.words.model import ApplicantType
from processing.meetings.filled_places import filled
from reports.view.applicant_names import Name
from reports.view.printed_words import LONG_DOTS, SAMPLE, TYPE, Words
from reports.wording.wordings import CertificateWording


@dataclass(frozen=True, slots=True)
class ToPrint:
    """What one certificate says: number "12/2568", to whom, on which day, by which meeting's resolution.

    `code`, `text`: the short code, and what the QR code holds. `replaces`: the number it stands for, or "".
    """

    number: str
    type: ApplicantType
    name: str
    district: str
    day: date
    meeting_no: str
    meeting_date: date
    code: str
    text: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class SignerLines:
    """Who signs, as printed."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate, from its top to its foot."""

    number: str
    instead: str
    title: str
    above: tuple[str, ...]
    name: Name
    passed: tuple[str, ...]
    given: str
    signers: tuple[SignerLines, ...]
    code: str
    check: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """Certificates to print, one a page."""

    sample: str
    pages: tuple[CertificatePage, ...]


def certificate_paper(
    every: Iterable[ToPrint],
    wording_of: Callable[[str], CertificateWording],
    committee: str,
    province: str,
    year_be: int,
    *,
    official: bool,
    words: Words,
) -> CertificatePaper:
    """`wording_of`: by the meeting's number; `committee`: with its province; `province`: without the word."""
    fixed = {"committee": committee, "province": province, "year": str(year_be)}
    return CertificatePaper(
        "" if official else SAMPLE,
        tuple(
            _page(one, wording_of(one.meeting_no), {**fixed, **_values(one, words)}, words) for one in every
        ),
    )


def _values(one: ToPrint, w: Words) -> dict[str, str]:
    return {
        "number": one.number,
        "type": TYPE[one.type],
        "district": one.district,
        "day": w.date_in_era(one.day),
        "meeting": one.meeting_no,
        "meeting_day": w.date(one.meeting_date),
    }


def _page(one: ToPrint, wording: CertificateWording, values: dict[str, str], w: Words) -> CertificatePage:
    def said(text: str) -> str:
        return w.in_lines(filled(text, values))

    return CertificatePage(
        number=said(wording.number),
        instead=w.text(filled(wording.instead, {**values, "number": one.replaces})) if one.replaces else "",
        title=said(wording.title),
        above=tuple(map(said, wording.above)),
        name=Name(w.text(one.name), one.type is ApplicantType.LEADER),
        passed=(said(wording.passed.of(one.type)), *map(said, wording.below)),
        given=said(wording.given),
        signers=tuple(
            SignerLines(f"({said(signer.name) or LONG_DOTS})", tuple(map(said, signer.lines)))
            for signer in wording.signers
        ),
        code=one.code,
        check=tuple(map(said, wording.check)),
    )
