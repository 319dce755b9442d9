"""A consent that was withdrawn after the application came: nothing that is made later rests on it. Pure."""

from dataclasses import replace

from mochocho.words.model import Application
from processing.decisions.decided import Decided


def applied(application: Application, decided: Decided) -> Application:
    """The application with what is still consented to."""
    withdrawn = decided.withdrawn_consents
    if not withdrawn:
        return application
    return replace(
        application,
        photo_consent=False if "photo" in withdrawn else application.photo_consent,
        publication_consent=False if "publication" in withdrawn else application.publication_consent,
    )
