"""Keeps the garbage collector off while a command loads its modules, when nothing is garbage, and at its end.

Searching modules, classes and standards for cycles repeatedly took an eighth of a short command's time, and
once more at its end a twentieth.
"""

import gc

OBJECTS = 200_000  # new objects before a collection: several times what any command loads
WORKING = (10_000, 10, 10)  # a command holds much that stays, and seldom makes cycles


def begin() -> None:
    """To be called only in a process that is all ours: `end` exempts from collection all that exists then."""
    gc.set_threshold(OBJECTS)


def end() -> None:
    """Loading is done: exempt what was loaded for good; later objects are collected, if seldom."""
    if gc.get_threshold()[0] == OBJECTS:
        gc.freeze()
        gc.set_threshold(*WORKING)


def leave() -> None:
    """To be called last, where `begin` was: what is left is given back with the process."""
    gc.freeze()
