"""Answers in an instance to questions that its form does not have. Pure.

The form may have drifted, a version been renamed, or an app have added the field. Such an answer stays in the
XML and counts nowhere, so a person must be told.
"""

from collections.abc import Iterator

from lxml import etree

from sync.xform.binds import Path, local

MOST = 50  # of one instance: a stranger may send thousands
MAX_PATH = 200  # characters

_OF_SERVERS = {("meta",), ("formhub",), ("__version__",)}  # fields that servers and apps add below the root


def unknown_fields(root: etree._Element, fields: frozenset[Path]) -> tuple[str, ...]:
    """Paths below the root (`group/question`) that are filled in and not in `fields`; sorted, each once.

    Empty for a form without fields of its own.
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
    """The paths of all elements with text, in document order."""
    waiting = [(below, root)]
    while waiting:
        path, node = waiting.pop()
        children = [((*path, local(child.tag)), child) for child in node.iterchildren(etree.Element)]
        if path and not children and (node.text or "").strip():
            yield path
        waiting += [one for one in reversed(children) if one[0] not in _OF_SERVERS]
