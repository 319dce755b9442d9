"""The order of an instance's edits, computed from their deprecatedIDs, never from their arrival. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

_NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Chain:
    """The ordered edits of one submission.

    `root_id`: the first id, even if that instance has not been seen. `current_id`: the end of the longest
    chain; of equally long ones, the least id. `conflict`: some instance was edited twice, so people must say
    which edit holds. `depths`: each instance's distance from the root.
    """

    root_id: str
    current_id: str
    conflict: bool
    depths: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def last_of(self, some: Set[str]) -> str:
        """The instance furthest from the root among these; of several, the least id."""
        return min(some, key=lambda one: (-self.depths[one], one))


def arrange(parents: Mapping[str, str | None], server_roots: Mapping[str, str] = _NOBODY) -> Chain:
    """Order connected instances, given as instance id -> deprecated id.

    `server_roots`: instance id -> its root as a server names it; it connects instances whose intermediate
    edits are missing, and makes no conflict. A cycle, which no phone makes, is cut at its least id and counts
    as a conflict.
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
    """`start` and what it edits, as far as known; ends before an id repeats."""
    path: dict[str, None] = {}
    at: str | None = start
    while at is not None and at in links and at not in path:
        path[at] = None
        at = links[at]
    return list(path)


def _cut_circles(links: dict[str, str | None]) -> bool:
    """Cut every cycle at its least id; returns whether there was one."""
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
    """Attach the loose beginnings to the root that a server names; returns the root of all."""
    if not server_roots:
        top = _upwards(min(links), links)[-1]
        return links[top] or top
    named = min(server_roots.values())
    first = _upwards(named, links)[-1] if named in links else named
    unseen = links.get(first)  # edits of the same unseen instance are siblings
    for top in [one for one in links if links[one] not in links and one != first]:
        if unseen is None or links[top] != unseen:
            links[top] = named
    return links.get(first) or first


def _depths(links: Mapping[str, str | None]) -> dict[str, int]:
    """Each instance's position in its chain, counted from the top, itself included."""
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
