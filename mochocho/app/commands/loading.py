"""While a command loads what it needs, nothing of it is garbage, and nobody need look for any.

Looking through modules, classes and standards for circles again and again was an eighth of a short command.
"""

import gc

OBJECTS = 200_000  # made and still there before a look: several times what any command loads

_AS_EVER = gc.get_threshold()


def begin() -> None:
    """Only a process that is all ours begins: `end` has the collector leave alone what is there then."""
    gc.set_threshold(OBJECTS)


def end() -> None:
    """All is loaded: it stays for good, and what comes from now on is collected as ever."""
    if gc.get_threshold()[0] == OBJECTS:
        gc.freeze()
        gc.set_threshold(*_AS_EVER)
