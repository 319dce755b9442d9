"""How a packet is to be released, or an addendum made, as a page asks for it. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is kept as JSON."""

    @property
    def written(self) -> str:
        """As it is kept with the work."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, content: str) -> Self:
        """What was kept as `written`."""
        return cls(**json.loads(content))


@dataclass(frozen=True, slots=True)
class AskedRelease(_Asked):
    """`codes`: of the lint, that are overridden for `reason`; `committee`: with the committee's copy;
    `archive`: with what the archive and discs hold.
    """

    codes: Sequence[str]
    reason: str
    committee: bool
    archive: bool = False


@dataclass(frozen=True, slots=True)
class AskedAddendum(_Asked):
    """To release `number` of a meeting; `shown`: `release_changes.digest_of` what the page showed."""

    meeting: str
    number: int
    shown: str
