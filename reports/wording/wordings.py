"""What a wording's file may hold; which places each text has stands beside it. Pure."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mochocho.words.errors import Unsuitable
from mochocho.words.model import ApplicantType
from processing.meetings.filled_places import unknown

Line = Annotated[str, Field(max_length=1000)]
Lines = Annotated[tuple[Line, ...], Field(max_length=20)]

OF_CERTIFICATES = (
    "committee",
    "province",
    "year",
    "number",
    "type",
    "district",
    "day",
    "meeting",
    "meeting_day",
)

OF_LETTERS = (
    "committee",
    "province",
    "programme",
    "year",
    "meeting",
    "meeting_day",
    "district",
    "name",
    "recipient",
    "type",
    "reason",
    "condition",
    "deferred_to",
    "counts",
)

OF_REVOKED = ("committee", "province", "programme", "year", "meeting", "meeting_day")
OF_HOLDERS = (*OF_REVOKED, "number", "day", "name", "recipient", "type", "district", "reason")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def texts(self) -> Iterator[str]:
        """Every text of it and of its parts."""
        for name in type(self).model_fields:
            yield from _texts(getattr(self, name))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, _Part):
        yield from value.texts()
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


def _refuse_unknown(texts: Iterable[str], known: tuple[str, ...]) -> None:
    if wrong := unknown(texts, known):
        named, there = (", ".join(f"{{{one}}}" for one in some) for some in (wrong, known))
        raise Unsuitable(
            f"ไม่มีช่องเติมข้อความ {named} ใช้ได้เฉพาะ {there}",
            f"there is no placeholder {named}; there are: {there}",
        )


class Design(_Part):
    """How a certificate looks. `colour`: of the title, the name and the frame. `background`: an image file
    behind everything, beside the wording's file; then the frame is its own. Sizes in points of Sarabun.
    """

    orientation: Literal["landscape", "portrait"] = "landscape"
    frame: Literal["double", "single", "none"] = "double"
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#1f4468"
    background: Annotated[str, Field(max_length=100, pattern=r"^[^/\\]*$")] = ""
    emblem_mm: Annotated[int, Field(ge=0, le=60)] = 28
    title_points: Annotated[int, Field(ge=10, le=48)] = 26
    name_points: Annotated[int, Field(ge=10, le=48)] = 26
    text_points: Annotated[int, Field(ge=8, le=24)] = 14


class Signer(_Part):
    """Who signs: name, then the lines below it. No name = dots."""

    name: Line = ""
    lines: Lines = ()


class Passed(_Part):
    """What each type was certified as; one text each."""

    leader: Line
    group: Line
    network: Line
    community: Line

    def of(self, type_: ApplicantType) -> str:
        text: str = getattr(self, type_.value)
        return text


class CertificateWording(_Part):
    """What a certificate says, from its top to its foot. `instead`: on one given in place of another."""

    design: Design = Design()
    number: Line
    title: Line
    above: Lines = ()
    passed: Passed
    below: Lines = ()
    given: Line
    signers: Annotated[tuple[Signer, ...], Field(min_length=1, max_length=3)] = (Signer(),)
    instead: Line
    check: Lines = ()

    @model_validator(mode="after")
    def _only_known(self) -> "CertificateWording":
        _refuse_unknown(self.texts(), OF_CERTIFICATES)
        return self


class LetterWording(_Part):
    """One letter: what it is about, to whom, and its paragraphs."""

    subject: Line
    to: Line
    paragraphs: Annotated[Lines, Field(min_length=1)]


class ResultsLetters(_Part):
    """The letters that tell what the provincial committee resolved: to a district, and to each unit that
    was not certified, or not yet. `objection`: the right to object, in the letter to one not certified.
    """

    district: LetterWording
    not_certified: LetterWording
    conditional: LetterWording
    deferred: LetterWording
    objection: Lines

    @model_validator(mode="after")
    def _only_known(self) -> "ResultsLetters":
        _refuse_unknown(self.texts(), OF_LETTERS)
        return self


class AnnouncementWording(_Part):
    """What an announcement is about, and its paragraphs."""

    subject: Line
    paragraphs: Annotated[Lines, Field(min_length=1)]


class Revocation(_Part):
    """What is said of certificates that were revoked: to each holder, `objection` with the right to object,
    and to everybody.
    """

    letter: LetterWording
    objection: Lines
    announcement: AnnouncementWording

    @model_validator(mode="after")
    def _only_known(self) -> "Revocation":
        _refuse_unknown(self.announcement.texts(), (*OF_REVOKED, "counts"))
        _refuse_unknown((*self.letter.texts(), *self.objection), OF_HOLDERS)
        return self
