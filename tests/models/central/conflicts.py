"""How Central shows an entity's versions to the people who resolve its conflicts."""

from typing import Any

from tests.models.central import views
from tests.models.central.state import Entity, EntityVersion, State


def _known(one: EntityVersion) -> dict[str, str]:
    return one.data | {"label": one.label}


def _differs(one: EntityVersion, other: EntityVersion) -> list[str]:
    return [name for name, value in _known(one).items() if _known(other).get(name) != value]


def versions(state: State, entity: Entity) -> list[dict[str, Any]]:
    """Oldest first. While there is a conflict, its versions matter: their bases and the last good one."""
    clashing = [one for one in entity.versions if one.conflict and not one.resolved]
    good = [one for one in entity.versions if not one.conflict]
    matters: set[int] = set()
    if entity.conflict and clashing:
        good = good[: clashing[0].version - 1]
        matters = {one.version for one in (*clashing, *good[-1:])} | {one.base or 0 for one in clashing}
    return [
        {
            "conflict": one.conflict,
            "resolved": one.resolved,
            "baseDiff": [] if one.base is None else _changed(one, entity.versions[one.base - 1]),
            "serverDiff": [] if one.version == 1 else _changed(one, entity.versions[one.version - 2]),
            "lastGoodVersion": one.version > 1 and one is good[-1],
            "current": one is entity.current,
            **views.entity_version(state, one),
            "source": {},
            "relevantToConflict": one.version in matters,
        }
        for one in entity.versions
    ]


def _changed(one: EntityVersion, other: EntityVersion) -> list[str]:
    """Of what this version was sent for, what it changed against another."""
    return [name for name in _differs(one, other) if name in one.received]


def diffs(entity: Entity) -> list[list[dict[str, str]]]:
    """What each version changed of the one before."""
    found = []
    for before, after in zip(entity.versions, entity.versions[1:], strict=False):
        old, new = _known(before), _known(after)
        found.append(
            [{"old": old.get(n, ""), "new": new[n], "propertyName": n} for n in _differs(after, before)]
        )
    return found
