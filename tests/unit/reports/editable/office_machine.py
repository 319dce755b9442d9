"""A machine as an office has it: LibreOffice, and the font that papers name."""

from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from reports.typesetting.fonts import OWN
from tests.libreoffice import convert
from tests.needs import absent

NAMES = {
    1: "{family}",
    4: "{family} {style}",
    6: "{joined}-{style}",
    16: "{family}",
}  # by the name table's numbers
WIDER = 16 / 10.5  # how much larger our letters are at one size (facts of thai-papers.md 2)
CONF = """<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}/kept</cachedir></fontconfig>
"""


def install(family: str, folder: Path) -> Path:
    """Our letters under an office font's name and as wide as that; the settings by which they are found."""
    folder.mkdir()
    for style in ("Regular", "Bold"):
        font = TTFont(OWN / f"SarabunPacket-{style}.ttf", recalcTimestamp=False)
        font["head"].unitsPerEm = round(font["head"].unitsPerEm * WIDER)
        for record in font["name"].names:
            if record.nameID in NAMES:
                record.string = NAMES[record.nameID].format(
                    family=family, style=style, joined=family.replace(" ", "")
                )
        font.save(folder / f"{style}.ttf")
    conf = folder / "fonts.conf"
    conf.write_text(CONF.format(folder), "utf-8")
    return conf


def converted(files: Iterable[Path], family: str, folder: Path) -> None:
    """Each file as a PDF of its name in `folder`, by one LibreOffice. Skips the test where there is none."""
    conf = install(family, folder / "fonts")
    convert([*files], "pdf", folder, folder / "profile", FONTCONFIG_FILE=str(conf))
    if not list(folder.glob("*.pdf")):
        absent("LibreOffice is here without Writer")
