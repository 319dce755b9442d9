"""Whether every file named by the form has arrived: a phone may send a form's files in several posts."""

from mochocho.words.model import Finding
from processing.documents.asked import Asked


def check(asked: Asked) -> list[Finding]:
    """One finding for each page that is named but has not arrived."""
    return [
        asked.finding("document.not_arrived", place, page=asked.page_number(place))
        for place, page in enumerate(asked.answer.pages)
        if page.sha256 is None
    ]
