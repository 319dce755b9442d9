"""Whether every file that arrived can be opened and is a picture or a PDF (peers.md, faults 2-4, 10, 20)."""

from mochocho.words.model import Finding
from processing.documents.asked import Asked


def problem_of(asked: Asked, place: int) -> str:
    """The problem of one page: '' when it can be shown or has not arrived yet."""
    page = asked.answer.pages[place]
    if page.sha256 is None:
        return ""
    measurement = asked.measurement(page)
    return "not_measured" if measurement is None else measurement.problem


def check(asked: Asked) -> list[Finding]:
    """One finding for each page that arrived and cannot be read."""
    return [
        asked.finding(f"document.{problem}", place, page=asked.page_number(place))
        for place in range(len(asked.answer.pages))
        if (problem := problem_of(asked, place))
    ]
