"""A new page beside all others, as they are stored: which may be the same, and how far they are. Pure."""

from base64 import b64decode
from collections.abc import Collection, Iterator, Mapping, Sequence

from processing.same_pages.agreement import HOPELESS, Kept, agreement
from processing.same_pages.candidates import Candidate, Known, candidates
from processing.same_pages.marks import Codes, Marks

Page = tuple[str, int]  # sha256, sheet
Stored = tuple[str, str]  # an Imprint's marks and copy


def codes(marks: str) -> Codes:
    """Of the marks of a page, what it is looked up by: a quarter of what is stored of them."""
    return Marks.codes_of(b64decode(marks))


def likely(new: Sequence[Codes], every: Sequence[Codes]) -> Iterator[list[Candidate]]:
    """For each new page, the pages of `every` that may be the same."""
    return candidates(new, Known.of(every))


def agreeing(
    new: Stored, others: Collection[tuple[Page, int]], kept: Mapping[Page, Stored]
) -> Iterator[tuple[Page, int]]:
    """Those of `others`, each with the quarters that `new` is turned by, that can be laid on it, and how far
    they agree in per cent. The likeliest come first; after the first that is hopeless none is looked at.
    """
    own = Kept.load(*new)
    for page, quarters in others:
        number = agreement(Kept.load(*kept[page]), own, quarters)
        if number is not None:
            yield page, number
        if number is None or number < HOPELESS:
            return  # a copy is likelier than any other page
