"""What a file would change, or why it is not taken, in the words of a page. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

LISTED = 500  # changes, and mistakes, on a page


@dataclass(frozen=True, slots=True)
class Preview:
    """`refused`: why the file is not taken, '' = it may be; `mistakes`: each in it.

    Else `title` says how much changes, `told` and `warnings` what else to know; `headings` and `rows` are a
    table of the first of `count` changes. `offered`: what is taken when somebody confirms, by its name among
    the offered files; '' = there is nothing to take.
    """

    refused: str = ""
    mistakes: Sequence[str] = ()
    title: str = ""
    told: Sequence[str] = ()
    warnings: Sequence[str] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    count: int = 0
    offered: str = ""

    @property
    def written(self) -> bytes:
        """As it is kept until somebody looks."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def read(content: bytes) -> Preview:
    """What was kept as `written`."""
    return Preview(**json.loads(content))


def refused(said: str, mistakes: Sequence[str] = ()) -> Preview:
    """A file that is not taken; of very many mistakes the first, and how many more there are."""
    more = [f"และอีก {len(mistakes) - LISTED} แห่ง"] if len(mistakes) > LISTED else []
    return Preview(said, (*mistakes[:LISTED], *more))
