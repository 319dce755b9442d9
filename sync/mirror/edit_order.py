"""The order of an instance's edits, from their deprecatedIDs alone, never from when they arrived; pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

_NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Chain:
    """`root_id`: the first id of the chain, also while that instance itself has not been seen.

    `current_id`: the end of the longest chain; of several equally long ones, the least id. `conflict`: some
    instance was edited twice, so that people must say which edit holds. `depths`: how far down each stands.
    """

    root_id: str
    current_id: str
    conflict: bool
    depths: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def last_of(self, some: Set[str]) -> str:
        """Of these instances of the chain the one that stands lowest; of several, the least id."""
        return min(some, key=lambda one: (-self.depths[one], one))


def arrange(parents: Mapping[str, str | None], server_roots: Mapping[str, str] = _NOBODY) -> Chain:
    """Order connected instances, given as instance id -> deprecated id.

    `server_roots`: instance id -> root, by the word of the server that gave it; it connects what edits nobody
    has seen would, and makes no conflict. A circle, which no phone makes, is cut open at its least id and
    counts as a conflict.
    """
    links = dict(parents)
    circles = _cut_circles(links)
    root = _join(links, server_roots)
    depths = _depths(links)
    edited = [parent for parent in parents.values() if parent is not None]
    return Chain(
        root_id=root,
        current_id=min(links, key=lambda instance_id: (-depths[instance_id], instance_id)),
        conflict=circles or len(edited) != len(set(edited)),
        depths=depths,
    )


def _upwards(start: str, links: Mapping[str, str | None]) -> list[str]:
    """`start` and what it edits, as far as known; ends before an id comes again."""
    path: dict[str, None] = {}
    at: str | None = start
    while at is not None and at in links and at not in path:
        path[at] = None
        at = links[at]
    return list(path)


def _cut_circles(links: dict[str, str | None]) -> bool:
    """Cut every circle at its least id; whether there was one."""
    found, looked_at = False, set[str]()
    for start in sorted(links):
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in links and at not in path and at not in looked_at:
            path[at] = None
            at = links[at]
        looked_at.update(path)
        if at in path:
            steps = list(path)
            links[min(steps[steps.index(at) :])] = None
            found = True
    return found


def _join(links: dict[str, str | None], server_roots: Mapping[str, str]) -> str:
    """Hang what begins in the air below the root that a server names; returns the root of all."""
    if not server_roots:
        top = _upwards(min(links), links)[-1]
        return links[top] or top
    named = min(server_roots.values())
    first = _upwards(named, links)[-1] if named in links else named
    unseen = links.get(first)  # edits of one unseen instance stand side by side
    for top in [one for one in links if links[one] not in links and one != first]:
        if unseen is None or links[top] != unseen:
            links[top] = named
    return links.get(first) or first


def _depths(links: Mapping[str, str | None]) -> dict[str, int]:
    """How many of `links` stand from the top of each down to it, itself counted."""
    depth: dict[str, int] = {}
    for start in links:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in links and at not in path and at not in depth:
            path[at] = None
            at = links[at]
        above = depth.get(at, 0) if at is not None else 0
        for below, step in enumerate(reversed(path), start=1):
            depth[step] = above + below
    return depth
