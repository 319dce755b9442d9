"""A simple comparison of all applicants with each other; what is found by index must equal it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mochocho.words.model import Application
from processing.assessment.duplicates import NAMED, Holders, Named, Slice, slice_of
from processing.register.index_keys import alike_key, pages_of


def slices(applications: Sequence[Application], national_ids: Mapping[str, str]) -> dict[str, Slice]:
    """The slice of every applicant, by key; `national_ids` by key."""
    senders, owners = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for application in applications:
        for page in pages_of(application):
            senders[str(page.sha256)].add(application.key)
        if national_id := national_ids.get(application.key):
            owners[national_id].add(application.key)
    by_key = {application.key: application for application in applications}
    in_order = sorted(applications, key=lambda application: application.key)
    return {
        key: slice_of(
            key,
            application.type,
            national_ids.get(key, ""),
            {sha: _holders(keys, by_key) for sha, keys in senders.items() if key in keys and len(keys) > 1},
            next((_holders(keys, by_key) for keys in owners.values() if key in keys and len(keys) > 1), None),
            [_named(other) for other in in_order if alike_key(other) == alike_key(application)],
        )
        for key, application in by_key.items()
    }


def _named(one: Application) -> Named:
    return Named(one.key, one.name, one.district, one.subdistrict, one.moo, one.village)


def _holders(keys: set[str], by_key: Mapping[str, Application]) -> Holders:
    first = sorted(keys)[: NAMED + 1]
    return Holders(tuple((key, by_key[key].name, by_key[key].district) for key in first), len(keys))
