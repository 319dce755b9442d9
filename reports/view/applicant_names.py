"""Names and places of applicants as papers print them."""

from dataclasses import dataclass

from mochocho.words.model import ApplicantType, Application
from reports.view.printed_words import Words

NO_NAME = "(ไม่ระบุชื่อ)"
NOT_PUBLISHED = "ไม่ประสงค์เผยแพร่ชื่อ"


@dataclass(frozen=True, slots=True)
class Name:
    """A name; `person`: a person's, whose words are never broken across lines."""

    text: str
    person: bool


def name_of(application: Application, words: Words) -> Name:
    return Name(words.text(application.name) or NO_NAME, application.type is ApplicantType.LEADER)


def published_name(application: Application, dossier: int, words: Words) -> Name:
    """The name in a paper that leaves the meeting: withheld where publication was refused.

    `dossier`: the dossier's number, by which the committee knows who it is.
    """
    if application.publication_consent is False:
        return Name(f"{NOT_PUBLISHED} (แฟ้มที่ {words.text(dossier)})", person=False)
    return name_of(application, words)


def published_place(application: Application, words: Words) -> str:
    """The place in such a paper; '-' where publication was refused: a village would identify a leader."""
    return "-" if application.publication_consent is False else place_line(application, words)


def place_line(application: Application, words: Words) -> str:
    """Subdistrict, village number and village; the word ตำบล only where the officer wrote none."""
    parts = []
    if subdistrict := words.text(application.subdistrict):
        parts.append(subdistrict if subdistrict.startswith("ตำบล") else f"ตำบล{subdistrict}")
    if moo := words.text(application.moo):
        parts.append(f"หมู่ที่ {moo}")
    if village := words.text(application.village):
        parts.append(village)
    return " ".join(parts)
