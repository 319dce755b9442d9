"""What recorded conversations with any server have in common: files of steps, words in braces, recording."""

import json
import re
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

Step = dict[str, Any]
Said = tuple[int, Any]  # status and body

_LETTERS = re.compile(r"\{letters:(\d+)\}")
_MANY_LETTERS = re.compile("x{100,}")


def names(folder: Path) -> tuple[str, ...]:
    """The conversations of a folder."""
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def steps(folder: Path, name: str) -> list[Step]:
    """The steps of one, with what was answered."""
    found: list[Step] = json.loads((folder / f"{name}.json").read_text("utf-8"))["steps"]
    return found


def record(folder: Path, name: str, talking: AbstractContextManager[Any]) -> None:
    """Have one again, and keep what is answered now; `talking` gives what can `say` a step."""
    path = folder / f"{name}.json"
    whole = json.loads(path.read_text("utf-8"))
    with talking as talk:
        for step in whole["steps"]:
            step["status"], step["answer"] = talk.say(step)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")


def with_letters(text: str) -> str:
    """`{letters:N}` as N letters."""
    return _LETTERS.sub(lambda found: "x" * int(found[1]), text)


def without_letters(text: str) -> str:
    """A hundred letters or more as `{letters:N}`."""
    return _MANY_LETTERS.sub(lambda found: f"{{letters:{len(found[0])}}}", text)
