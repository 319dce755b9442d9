"""A volume typeset as a whole: binding typeset sheets would drop the tags and the claim to be PDF/A."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mochocho.words.letters import boxed
from reports.formats.pdf_letters import read_as_typed
from reports.typesetting.typesetter import Sheet, Typesetter, canonical, forget

STANDARDS = ("a-2a", "ua-1")  # PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1): archived, and read aloud
_FIRST = """\
#let volume = json("volume.json")
#let (year, month, day) = volume.day
#set document(title: volume.title, date: datetime(year: year, month: month, day: day))
#set text(lang: "th")
"""


def whole_volume(
    typesetter: Typesetter, sheets: Sequence[tuple[Sheet, bool]], title: str, day: date
) -> bytes:
    """Tagged PDF/A-2a and PDF/UA-1 of these sheets. Each with whether it continues the page numbers of the
    one before; `day`: the document's own, for a clock would differ each time. Raises Transient.

    Each sheet has a folder of its own, in which its templates find its data. A letter that no font has is
    printed as a box, as in the packet: PDF/A allows none that stands for nothing.
    """
    said = (day.year, day.month, day.day)
    texts = {"volume.json": canonical({"title": title, "day": said})}
    images: dict[str, bytes] = {}
    main = _FIRST
    for number, (sheet, continues) in enumerate(sheets):
        drawn = replace(sheet, data=boxed(sheet.data.decode()).encode())
        own_texts, own_images = typesetter.sources(drawn, day=said)
        texts |= {f"sheet-{number}/{name}": content for name, content in own_texts.items()}
        images |= {f"sheet-{number}/{name}": content for name, content in own_images.items()}
        main += f'#state("sheet").update({number})\n'
        main += "" if continues else "#counter(page).update(1)\n"
        main += f'#include "sheet-{number}/main.typ"\n'
    pdf = typesetter.compiled({"main.typ": main.encode()} | texts, images, STANDARDS)
    forget()
    doubles = any(typesetter.face.misleads(sheet.data.decode()) for sheet, _ in sheets)
    return read_as_typed(pdf) if doubles else pdf
