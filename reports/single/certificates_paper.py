"""Certificates as a PDF to print, one a page."""

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import segno

from mochocho.standards.origins import is_official
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.certificates.given import Given
from processing.meetings import committee_name, kept
from processing.meetings.meeting import Level, Meeting, OwnText
from reports.single import small_paper
from reports.view.after.certificate_pages import CertificatePaper, ToPrint, certificate_paper
from reports.wording import CERTIFICATE, read_wording
from reports.wording.own_wording import in_own_words
from reports.wording.wordings import CertificateWording


def pdf(home: Home, every: Sequence[Given]) -> bytes:
    """These certificates, in this order, each in the words of its meeting. Raises Terminal for a wording or
    picture that cannot be used.
    """
    with reading(home.engine) as session:
        meetings = [one for one in kept.meetings(session) if one.level is Level.PROVINCE]
    codes = [code(one.certificate.text) for one in every]
    view = _paper(home, map(_to_print, every), {one.number: one.texts for one in meetings})
    return small_paper.pdf(home, "certificate", view, codes=codes, **_design(home))


def pictures(home: Home, meeting: Meeting, drawn: Sequence[ToPrint]) -> list[bytes]:
    """Pages of certificates that nobody was given (PNG), as this meeting words them. Raises Terminal."""
    view = _paper(home, drawn, {meeting.number: meeting.texts})
    codes = [code(one.text) for one in drawn]
    return small_paper.pictures(home, "certificate", view, codes=codes, **_design(home))


def wording_of(home: Home) -> CertificateWording:
    """The office's own file, or the one that ships. Raises Terminal."""
    return read_wording.read(CertificateWording, CERTIFICATE, home.settings.papers.wording)


def _paper(home: Home, every: Iterable[ToPrint], texts: Mapping[str, Sequence[OwnText]]) -> CertificatePaper:
    wording = wording_of(home)
    return certificate_paper(
        every,
        lambda number: in_own_words(wording, texts.get(number, ())),
        committee_name.of_province(home.settings.committees.provincial_th, home.province.name_th),
        home.province.name_th,
        home.pack.fiscal_year_be,
        official=is_official(home.pack),
        words=small_paper.words_of(home),
    )


def _design(home: Home) -> dict[str, Any]:
    folder, emblem = home.settings.papers.wording, home.settings.papers.emblem
    design = wording_of(home).design
    return {
        "design": design.model_dump(),
        "emblem": read_wording.image(emblem) if emblem else "",
        "background": read_wording.image((folder or Path()) / design.background) if design.background else "",
    }


def code(text: str) -> str:
    """The QR code of a certificate, as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, encoding="utf-8").save(
        out, kind="svg", xmldecl=False, scale=4, border=2
    )
    return out.getvalue().decode()


def _to_print(one: Given) -> ToPrint:
    given = one.certificate
    return ToPrint(
        given.no,
        given.type,
        given.name,
        given.district,
        given.day,
        one.meeting_no,
        one.meeting_date,
        given.code,
        given.text,
        f"{one.replaces}/{given.year_be}" if one.replaces else "",
    )
