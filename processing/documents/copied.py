"""Is a page the same as one of another document or applicant? A person is asked, nothing is rejected.

A page of the same document of the same applicant is no question: an edit sends it again. Nor is the identity
card of one person who applies twice: the national ID asks that already.
"""

from collections.abc import Iterable, Iterator

from mochocho.words.model import Finding, Value
from processing.documents.asked import Asked
from processing.documents.copies.page_copy import SAME, PageCopy


def check(asked: Asked) -> list[Finding]:
    """One finding for each page that is somewhere else too: both places, the number and the threshold."""
    if asked.answer.status != "attached":
        return []
    return [
        found
        for place, page in enumerate(asked.answer.pages)
        for found in _of_page(asked, place, [one for one in asked.copies if one.sha256 == page.sha256])
    ]


def _of_page(asked: Asked, place: int, copies: Iterable[PageCopy]) -> Iterator[Finding]:
    """Of its copies in other documents and with other applicants, the best of each."""
    told = set[bool]()
    for one in sorted(copies, key=lambda one: -one.per_cent):
        own = not one.name
        if own in told or (own and one.document == asked.document.code):
            continue
        told.add(own)
        others: dict[str, Value] = {"others": ((one.name, one.district),), "more": one.more}
        yield asked.finding(
            "document.same_page",
            place,
            page=asked.page_number(place),
            sheet=one.sheet,
            there=one.label or one.document,
            page_there=one.page,
            sheet_there=one.sheet_there,
            number=one.per_cent,
            threshold=SAME,
            **({} if own else others),
        )
