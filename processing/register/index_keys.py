"""The index keys of an application, by which applicants that share something are found. Pure."""

from mochocho.words import people
from mochocho.words.model import ApplicantType, Application, FileRef
from processing.register.unit_names import taken_apart


def pages_of(application: Application) -> tuple[FileRef, ...]:
    """The photographed pages that have arrived; signatures are not pages."""
    answers = application.documents.values()
    return tuple(p for a in answers if a.status == "attached" for p in a.pages if p.sha256)


def files_of(application: Application) -> frozenset[str]:
    """The sha256 of every file that has arrived with an application."""
    photos = [page for answer in application.documents.values() for page in answer.pages]
    if application.portrait:
        photos.append(application.portrait)
    return frozenset(photo.sha256 for photo in photos if photo.sha256)


def alike_key(application: Application) -> str:
    """Type, district, and the consonants of the words for what the applicant is, by which its namesakes are
    sought; '' for a name without letters.
    """
    a = application
    consonants = people.sounds(taken_apart(a.type, a.name, a.village, a.subdistrict).whole)
    return f"{a.type} {a.district} {consonants}" if consonants else ""


def letters_of(alike: str) -> int:
    """Which consonants an alike key has, as bits; letters of other scripts share the higher ones."""
    bits = 0
    for char in alike.rpartition(" ")[2]:
        bits |= 1 << (ord(char) - ord("ก") if "ก" <= char <= "ฮ" else 46 + ord(char) % 16)
    return bits


def may_be_alike(type_: str, one: int, other: int) -> bool:
    """Whether names with these letters may be alike. Each mistake adds at most one letter to either; any but
    a person's name may also lack its village, and all that the village adds.
    """
    beyond = (one & ~other).bit_count(), (other & ~one).bit_count()
    return (max if type_ == ApplicantType.LEADER else min)(beyond) <= people.MOST_EDITS
