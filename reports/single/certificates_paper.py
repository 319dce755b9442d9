"""Certificates as a PDF to print, one a page."""

import io
from collections.abc import Sequence
from pathlib import Path

import segno

from mochocho.standards.origins import is_official
from mochocho.storage.home import Home
from processing.certificates.given import Given
from processing.meetings import committee_name
from reports.single import small_paper
from reports.view.after.certificate_pages import ToPrint, certificate_paper
from reports.wording import CERTIFICATE, read_wording
from reports.wording.wordings import CertificateWording


def pdf(home: Home, every: Sequence[Given]) -> bytes:
    """These certificates, in this order. Raises Terminal for a wording or picture that cannot be used."""
    folder = home.settings.papers.wording
    wording = read_wording.read(CertificateWording, CERTIFICATE, folder)
    background, emblem = wording.design.background, home.settings.papers.emblem
    view = certificate_paper(
        map(_to_print, every),
        wording,
        committee_name.of_province(home.settings.committees.provincial_th, home.province.name_th),
        home.province.name_th,
        home.pack.fiscal_year_be,
        official=is_official(home.pack),
        words=small_paper.words_of(home),
    )
    return small_paper.pdf(
        home,
        "certificate",
        view,
        design=wording.design.model_dump(),
        codes=[code(one.certificate.text) for one in every],
        emblem=read_wording.image(emblem) if emblem else "",
        background=read_wording.image((folder or Path()) / background) if background else "",
    )


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
