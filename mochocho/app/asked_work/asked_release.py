"""How a packet is to be released, as a page asks for it. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class AskedRelease:
    """`codes`: of the lint, that are overridden for `reason`; `committee`: with the committee's copy."""

    codes: Sequence[str]
    reason: str
    committee: bool

    @property
    def written(self) -> str:
        """As it is kept with the work."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read(content: str) -> AskedRelease:
    """What was kept as `written`."""
    return AskedRelease(**json.loads(content))
