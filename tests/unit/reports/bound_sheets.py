"""A sheet as a packet shows it: typeset, and with its pictures in their places."""

import io

import pikepdf
import pymupdf

from reports.typesetting.stand_ins import put_in
from reports.typesetting.typesetter import Sheet, Typesetter


def as_bound(typesetter: Typesetter, sheet: Sheet) -> pymupdf.Document:
    """The document of one sheet; whoever asks closes it."""
    typesetter.print(sheet)
    whole = io.BytesIO()
    with pikepdf.open(typesetter.kept.path(sheet.key)) as pdf:
        put_in(pdf, typesetter.picture)
        pdf.save(whole)
    return pymupdf.open(stream=whole.getvalue())
