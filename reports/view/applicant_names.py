"""Names and places of applicants as papers print them."""

from collections.abc import Iterator
from dataclasses import dataclass

from mochocho.words.model import ApplicantType, Application, Case
from reports.view.printed_words import Words

NO_NAME = "(ไม่ระบุชื่อ)"


@dataclass(frozen=True, slots=True)
class Name:
    """A name; `person`: a person's, broken at its spaces only. Others are broken between their parts."""

    text: str
    person: bool


def name_of(application: Application, words: Words) -> Name:
    return Name(words.text(application.name) or NO_NAME, application.type is ApplicantType.LEADER)


def dossier_number(case: Case, no: int, words: Words) -> str:
    """By which number a dossier is called: that of the register, which never moves; before one was given, its
    place in แนบ ๔, which shifts when a district is late.
    """
    if case.register_no is None:
        return f"แฟ้มที่ {words.text(no)}"
    return f"ทะเบียนเลขที่ {words.text(case.register_no)}"


def place_of(application: Application, words: Words) -> Name:
    """The place as a name; '-' where none is known."""
    return Name(place_line(application, words) or "-", person=False)


def place_line(application: Application, words: Words) -> str:
    """Village number, village and subdistrict, as addresses are written; the word ตำบล only where the officer
    wrote none.
    """
    parts = []
    if moo := words.text(application.moo):
        parts.append(f"หมู่ที่ {moo}")
    if village := words.text(application.village):
        parts.append(village)
    if subdistrict := words.text(application.subdistrict):
        parts.append(subdistrict if subdistrict.startswith("ตำบล") else f"ตำบล{subdistrict}")
    return " ".join(parts)


def named_in(case: Case) -> Iterator[str]:
    """The people and places of an applicant whose names may stand inside sentences about it."""
    application, assessment = case.application, case.assessment
    if application.type is ApplicantType.LEADER:
        yield application.name
    yield from (member.name for member in application.lead_team)
    yield from (adviser.name for adviser in application.advisers)
    for scores in (assessment.scores, assessment.provincial):
        yield from scores.assessors if scores else ()
    yield from (assessor for _, assessor, _ in case.justifications)
    yield from (application.village, application.subdistrict)
