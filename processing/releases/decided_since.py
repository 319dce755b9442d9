"""What people decided after a release of what is printed, and no comparison of results shows."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy.orm import Session

from processing.chunks import batched
from processing.decisions import recorded
from processing.decisions.decision import Decision, Kind, OnCard
from processing.releases.release import Printed, PrintedUnit
from processing.releases.release_changes import COVERED, SHOWN, Change, ChangeKind

_CHUNK = 500  # applicants


def decided_since(session: Session, before: Printed, since: int) -> Iterator[Change]:
    """Of whoever is printed: consents that were withdrawn, pages of which a person said whether a card is on
    them, or that this holds no more; after the decision of number `since`.
    """
    for chunk in batched(sorted(before.by_key), _CHUNK):
        for one in recorded.holding(session, (Kind.OBJECT,), chunk):
            if one.number > since:
                yield _of(ChangeKind.CONSENT, before.by_key[one.applicant_key], one.about)
    later = recorded.since(session, since).items()
    pages = Counter((one.applicant_key, _as(one)) for (kind, *_), one in later if kind == Kind.CARD_PAGE)
    for (key, about), count in sorted(pages.items()):
        if key in before.by_key:
            yield _of(ChangeKind.CARD, before.by_key[key], about, f"{count} ภาพ")


def _as(decision: Decision) -> str:
    """How the page is printed since; where a decision was undone, the machine is not sure again."""
    without = isinstance(decision.content, OnCard) and not decision.content.card
    return SHOWN if without else COVERED


def _of(kind: ChangeKind, unit: PrintedUnit, about: str, after: str = "") -> Change:
    of_unit = (unit.key, unit.name, unit.type, unit.district, unit.dossier)
    return Change(kind, *of_unit, about, after=after)
