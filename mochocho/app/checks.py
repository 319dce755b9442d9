"""What one look of the doctor found."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """`fail` stops the work, `warn` is for a person to weigh; `advice` says what to do."""

    name: str
    state: State
    found: str
    advice: str = ""
