"""Does a page look as if a person should see it? Nothing is rejected for it, and no gate waits."""

from mochocho.words.model import Doubtful, Finding
from processing.documents.asked import Asked

# A person's face has no lines of text, a plain wall behind it, and may be cut at the shoulders.
OF_PORTRAITS = frozenset({Doubtful.DARK, Doubtful.BLURRED, Doubtful.SCREENSHOT})


def check(asked: Asked) -> list[Finding]:
    """One finding for each thing that looks wrong with a page: the number, the threshold and the place.

    A signature on the screen is no photograph.
    """
    if asked.answer.status == "signed":
        return []
    return [
        asked.finding(
            f"document.looks_{one.kind}",
            place,
            page=asked.page_number(place),
            sheet=one.sheet,
            number=one.number,
            threshold=one.threshold,
            where=tuple(map(str, one.region)),
        )
        for place, page in enumerate(asked.answer.pages)
        if (measured := asked.measurement(page))
        for one in measured.suspicions
        if asked.document.capture != "portrait" or one.kind in OF_PORTRAITS
    ]
