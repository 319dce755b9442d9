"""Numbers unlike any other that a test gets, and the same whichever tests ran before it in its process.

What a picture of noise looks like to a rule is decided by its number: one counted on over all tests of a
process let one picture in two hundred look like an ID card's number, in whichever test that met it.
"""

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager

_EACH = 16  # bits: so many numbers has a name


class _Numbers:
    def __init__(self) -> None:
        self.begin("")

    def begin(self, name: str) -> None:
        self.left = itertools.count(int.from_bytes(hashlib.sha256(name.encode()).digest()[:6]) << _EACH)


_numbers = _Numbers()


def next_number() -> int:
    return next(_numbers.left)


def begin(name: str) -> None:
    """From now on the numbers of this name, from its first."""
    _numbers.begin(name)


@contextmanager
def numbers_of(name: str) -> Iterator[None]:
    """Numbers of this name, then those of before go on: for what several tests share, whoever makes it."""
    before = _numbers.left
    _numbers.begin(name)
    try:
        yield
    finally:
        _numbers.left = before
