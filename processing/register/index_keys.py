"""What of an application is written as an index, so that those who share it are found. Pure."""

from mochocho.words import people
from mochocho.words.model import Application, FileRef


def pages_of(application: Application) -> tuple[FileRef, ...]:
    """The photographed pages that have come; a signature is not one."""
    answers = application.documents.values()
    return tuple(p for a in answers if a.status == "attached" for p in a.pages if p.sha256)


def files_of(application: Application) -> frozenset[str]:
    """The sha256 of every file that has come with an application."""
    photos = [page for answer in application.documents.values() for page in answer.pages]
    if application.portrait:
        photos.append(application.portrait)
    return frozenset(photo.sha256 for photo in photos if photo.sha256)


def alike_key(application: Application) -> str:
    """What applicants who may be one have in common, and can be found by; '' for a name that says nothing."""
    skeleton = people.skeleton(application.name)
    return f"{application.type} {application.district} {skeleton}" if skeleton else ""
