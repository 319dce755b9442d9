"""A simple comparison of all applicants with each other; what is found by index must equal it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mochocho.words.model import Application
from processing.likeness.compared import Likeness, likeness, percent, unit
from processing.likeness.duplicates import NAMED, NOBODY, Holders, Namesakes, Other, Slice, slice_of
from processing.register.index_keys import pages_of


def slices(
    applications: Sequence[Application], national_ids: Mapping[str, str], source: str = ""
) -> dict[str, Slice]:
    """The slice of every applicant, by key; `national_ids` by key. All came from one source."""
    senders = defaultdict[str, set[str]](set)
    for application in applications:
        for page in pages_of(application):
            senders[str(page.sha256)].add(application.key)
    by_key = {application.key: application for application in applications}
    in_order = sorted(applications, key=lambda application: application.key)
    return {
        key: slice_of(
            key,
            own.type,
            national_ids.get(key, ""),
            {sha: _holders(keys, by_key) for sha, keys in senders.items() if key in keys and len(keys) > 1},
            _namesakes(own, in_order, national_ids, source),
        )
        for key, own in by_key.items()
    }


def _namesakes(
    own: Application, others: Sequence[Application], national_ids: Mapping[str, str], source: str
) -> Namesakes:
    found = defaultdict[object, list[Other]](list)
    for other in others:
        if other.key == own.key:
            continue
        how: object = likeness(unit(own), unit(other)) if own.district == other.district else None
        if national_ids.get(own.key) and national_ids.get(own.key) == national_ids.get(other.key):
            how = "id"
        alike = percent(unit(own), unit(other))
        found[how].append(Other(other.key, other.name, other.district, source, alike))
    asked = [tuple(found[how]) for how in ("id", Likeness.SAME, Likeness.NEAR)]
    itself = Other(own.key, own.name, own.district, source)
    return Namesakes(*asked, itself=itself) if any(asked) else NOBODY


def _holders(keys: set[str], by_key: Mapping[str, Application]) -> Holders:
    first = [Other(key, by_key[key].name, by_key[key].district) for key in sorted(keys)[: NAMED + 1]]
    return Holders(tuple(first), len(keys))
