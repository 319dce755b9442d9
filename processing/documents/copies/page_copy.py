"""A page that is somewhere else too. Pure."""

from collections import defaultdict
from dataclasses import dataclass

from mochocho.words.model import Application

# Per cent of agreement at the place where two pages agree least. A copy agrees by 89 and more everywhere,
# also one resized to a third, recompressed, turned by two degrees, framed or photographed again; where one
# word of a form is another, by 75 and less (docs/same-pages.md).
SAME = 85
SAME_PIXELS = 100


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A page (`sha256`, and `sheet` of a PDF) that is somewhere else too, and where it agrees best.

    `per_cent`: at the place where the two agree least. `type`, `document` (code), `page` (0: its only one)
    and `sheet_there`: the other place; `name`, `district`: whose it is, '' for the applicant's own. `more`:
    further applicants. `label`: the document's name, where it is known.
    """

    sha256: str
    sheet: int
    per_cent: int
    type: str
    document: str
    page: int
    sheet_there: int
    name: str = ""
    district: str = ""
    more: int = 0
    label: str = ""


def within(application: Application) -> tuple[PageCopy, ...]:
    """The same file sent for two documents of one application."""
    places = defaultdict[str, list[tuple[str, int]]](list)
    for code, answer in application.documents.items():
        for number, page in enumerate(answer.pages if answer.status == "attached" else ()):
            if page.sha256:
                places[page.sha256].append((code, number + 1 if len(answer.pages) > 1 else 0))
    return tuple(
        PageCopy(sha256, 0, SAME_PIXELS, application.type, document, page, 0)
        for sha256, own in places.items()
        if len({code for code, _ in own}) > 1
        for document, page in own
    )
