"""Answers in an instance to questions that its form does not have. Pure.

A form that drifted, a version that was renamed or an app's own addition: such an answer is kept in the XML
and counts nowhere, so a person must hear of it.
"""

from collections.abc import Iterator

from lxml import etree

from sync.xform.binds import Path, local

MOST = 50  # of one instance: somebody may send thousands
MAX_PATH = 200  # characters

_OF_SERVERS = {("meta",), ("formhub",), ("__version__",)}  # theirs and the app's, below the root


def unknown_fields(root: etree._Element, fields: frozenset[Path]) -> tuple[str, ...]:
    """Paths below the root, `group/question`, of what is filled in and not among these; sorted, each once.

    A form that names no field of its own says nothing.
    """
    if not fields:
        return ()
    found: dict[str, None] = {}
    for path in _filled(root, ()):
        if path not in fields:
            found["/".join(path)[:MAX_PATH]] = None
        if len(found) == MOST:
            break
    return tuple(sorted(found))


def _filled(root: etree._Element, below: Path) -> Iterator[Path]:
    """The paths of all that holds a text, in document order."""
    waiting = [(below, root)]
    while waiting:
        path, node = waiting.pop()
        children = [((*path, local(child.tag)), child) for child in node.iterchildren(etree.Element)]
        if path and not children and (node.text or "").strip():
            yield path
        waiting += [one for one in reversed(children) if one[0] not in _OF_SERVERS]
