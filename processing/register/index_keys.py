"""The index keys of an application, by which applicants that share something are found. Pure."""

from mochocho.words import people
from mochocho.words.model import Application, FileRef


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
    """A key that applicants of similar name share; '' for a name without letters."""
    skeleton = people.skeleton(application.name)
    return f"{application.type} {application.district} {skeleton}" if skeleton else ""
