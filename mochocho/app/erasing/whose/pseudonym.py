"""What stands for a person without an application where an erasure is noted: it gives no name back. Pure.

An applicant's key is random and says nothing. Somebody else is known by a name alone, and a plain hash of a
name is found by trying all names; this one takes so long that only a name one already has in mind is tried.
"""

import hashlib

from mochocho.words import people
from processing.register.unit_names import spelt

ANYBODY = "person"  # noted beside the pseudonyms: whether there is any
_COST = {"n": 1 << 11, "r": 8, "p": 1}  # some 5 ms for a name; a restore asks for each name of a home


def gone_part(whose: str, part: str = "") -> str:
    """As what is noted that this part of what bears a name went, by the name's pseudonym; '' = some did."""
    return f"{whose} in part {part}"


def kept_part(key: str, part: str) -> str:
    """As what is noted that an applicant's name stayed in this part, in which somebody served by it."""
    return f"{key} but {part}"


def pseudonym(cycle: str, name: str) -> str:
    """The same for each spelling of a name, with or without a title; of another cycle another."""
    letters = spelt(people.untitled(name)).encode()
    return f"{ANYBODY}-{hashlib.scrypt(letters, salt=cycle.encode(), dklen=16, **_COST).hex()}"
