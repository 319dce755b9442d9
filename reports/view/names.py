"""Names of applicants and their places as papers print them."""

from dataclasses import dataclass

from mochocho.model import ApplicantType, Application
from reports.view.words import Words

NO_NAME = "(ไม่ระบุชื่อ)"


@dataclass(frozen=True, slots=True)
class Name:
    """`person`: the words of a person's name are never broken across lines."""

    text: str
    person: bool


def name_of(application: Application, words: Words) -> Name:
    return Name(words.text(application.name) or NO_NAME, application.type is ApplicantType.LEADER)


def place_line(application: Application, words: Words) -> str:
    """Sub-district and village, with the words ตำบล and บ้าน/หมู่ only where the officer wrote none."""
    parts = []
    if subdistrict := words.text(application.subdistrict):
        parts.append(subdistrict if subdistrict.startswith("ตำบล") else f"ตำบล{subdistrict}")
    if village := words.text(application.village):
        parts.append(village)
    return " ".join(parts)
