"""Which file is the one that an instance names, though its name was written in another way. Pure.

A phone writes a name into the XML and gives the file that name; what carries the file may write it otherwise:
SARA AM as two characters, Unicode apart (NFD), other white space, or what a server makes of it. One rule for
every source, so that a file is never asked for again that is there.
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
    """The names that the instance says, by the names of the files that they mean; others are left out.

    `files`: name -> by which other names its server knows it. `kept_as`: how a server spells what it is
    given. The nearest spelling wins, so an exact name always does; two files may mean one name where no
    spelling tells which. Where two names are alike and none is exact, neither is guessed at.
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
