"""Compares the results for the corpus with the pinned ones, and pins them anew.

    uv run python -m tests.pins.pinned

A pin is a short digest of one family of cases (the part of their names before the colon), so that a review
shows which changed. `[number].txt` holds the pins guarded by one number, under its value.
"""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tests.pins.results import GUARDED, Guarded

COMMAND = "uv run python -m tests.pins.pinned"
DIGITS = 10
NAMED = 12  # cases that a message names


def file_of(guarded: Guarded) -> Path:
    return Path(__file__).with_name(f"{guarded.number.lower()}.txt")


def now(guarded: Guarded) -> dict[str, str]:
    """The pin of each family of cases as the code comes to it."""
    families = defaultdict[str, dict[str, object]](dict)
    for name, result in guarded.results():
        family = name.partition(":")[0]
        assert name not in families[family], f"two cases are called {name}"
        families[family][name] = result
    return {family: _pin(cases) for family, cases in families.items()}


def _pin(cases: Mapping[str, object]) -> str:
    said = json.dumps(cases, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:DIGITS]


def pinned(guarded: Guarded) -> tuple[int, dict[str, str]]:
    """The number under which cases were pinned, and their pins."""
    head, *lines = file_of(guarded).read_text("utf-8").splitlines()
    return int(head), {name: pin for pin, name in (line.split(" ", 1) for line in lines)}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The cases of both that came to something else."""
    return [name for name, pin in before.items() if after.get(name, pin) != pin]


def wrong(guarded: Guarded, value: int, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What is to be done before this may be merged; '' when nothing is."""
    others = changed(before, after)
    if others and guarded.value == value:
        shown = "\n  ".join(others[:NAMED])
        return (
            f"{len(others)} families of cases have another result, and homes would keep the old one: raise "
            f"{guarded.number} in {guarded.where} (it is {value}), then pin the new ones with `{COMMAND}`. "
            f"Changed:\n  {shown}"
        )
    if before != after or guarded.value != value:
        of = f"the pins of {guarded.number} are those of other cases or of {value}"
        return f"{of}: `{COMMAND}` writes them anew"
    return ""


def main() -> int:
    """Write the pins, unless results changed under a number that did not."""
    ended = 0
    for guarded in GUARDED.values():
        after, path = now(guarded), file_of(guarded)
        value, before = pinned(guarded) if path.exists() else (0, {})
        if changed(before, after) and guarded.value == value:
            print(wrong(guarded, value, before, after), file=sys.stderr)
            ended = 1
            continue
        lines = (str(guarded.value), *(f"{pin} {name}" for name, pin in sorted(after.items())))
        path.write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{guarded.number} {guarded.value}: {len(after)} cases, {len(changed(before, after))} changed")
    return ended


if __name__ == "__main__":
    sys.exit(main())
