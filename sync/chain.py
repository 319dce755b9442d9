"""The order of an instance's edits, from their deprecatedIDs alone, never from when they arrived; pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """`root_id`: the first id of the chain, also while that instance itself has not been seen.

    `current_id`: the end of the longest chain; of several equally long ones, the least id. `conflict`: some
    instance was edited twice, so that people must say which edit holds.
    """

    root_id: str
    current_id: str
    conflict: bool


def arrange(parents: Mapping[str, str | None]) -> Chain:
    """Order connected instances, given as instance id -> deprecated id.

    A circle, which no phone makes, is cut open at its least id and counts as a conflict.
    """
    links = dict(parents)
    circle = _circle(links)
    if circle:
        links[min(circle)] = None
    depth = _depths(links)
    edited = [parent for parent in parents.values() if parent is not None]
    return Chain(
        root_id=_root(links),
        current_id=min(links, key=lambda instance_id: (-depth[instance_id], instance_id)),
        conflict=bool(circle) or len(edited) != len(set(edited)),
    )


def _upwards(start: str, links: Mapping[str, str | None]) -> list[str]:
    """`start` and what it edits, as far as known; ends before an id comes again."""
    path: dict[str, None] = {}
    at: str | None = start
    while at is not None and at in links and at not in path:
        path[at] = None
        at = links[at]
    return list(path)


def _circle(links: Mapping[str, str | None]) -> set[str]:
    # Connected, and one parent each: there is at most one circle and every way up ends in it.
    path = _upwards(min(links), links)
    after = links[path[-1]]
    return set(path[path.index(after) :]) if after in path else set()


def _root(links: Mapping[str, str | None]) -> str:
    top = _upwards(min(links), links)[-1]
    return links[top] or top


def _depths(links: Mapping[str, str | None]) -> dict[str, int]:
    depth: dict[str, int] = {}
    for instance_id in links:
        path = _upwards(instance_id, links)
        known = next((n for n, step in enumerate(path) if step in depth), len(path))
        below = depth[path[known]] if known < len(path) else 0
        for step in reversed(path[:known]):
            below += 1
            depth[step] = below
    return depth
