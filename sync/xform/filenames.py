"""Matches the file names in an instance with files whose names are spelled differently. Pure.

A phone writes a name into the XML and gives the file that name; whatever carries the file may spell it
differently: SARA AM as two characters, decomposed Unicode (NFD), other white space, a server's own
replacement. One rule for every source, so that no file is fetched again that is already here.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from mochocho.words import thai

Spelling = Callable[[str], str]


def _as_it_is(name: str) -> str:
    return name


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


_SPELLINGS: tuple[Spelling, ...] = (_as_it_is, _composed, thai.normalise)  # the nearest first


def matched(
    files: Mapping[str, Collection[str]], said: Iterable[str], kept_as: Spelling | None = None
) -> dict[str, str]:
    """The names in the instance, keyed by the names of the matching files; other files are left out.

    `files`: name -> other names by which its server knows it. `kept_as`: how a server respells a name. The
    nearest spelling wins, so an exact match always does; two files may match one name if no spelling tells
    them apart. Where two names are alike and neither is exact, neither is guessed.
    """
    found: dict[str, str] = {}
    left = set(said)
    for spelling in (*_SPELLINGS, kept_as):
        if spelling is None:
            continue
        by_spelling = defaultdict[str, set[str]](set)
        for name in left:
            by_spelling[spelling(name)].add(name)
        now = {
            file: means
            for file, others in files.items()
            if file not in found and (means := _the_one(by_spelling, spelling, (file, *others)))
        }
        found |= now
        left -= set(now.values())
    return found


def _the_one(
    by_spelling: Mapping[str, Collection[str]], spelling: Spelling, written: Iterable[str]
) -> str | None:
    names = {name for one in written for name in by_spelling.get(spelling(one), ())}
    return names.pop() if len(names) == 1 else None
