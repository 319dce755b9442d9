"""The fields of a view model's classes, each class looked at once: a packet's views have 60,000 values."""

from dataclasses import fields, is_dataclass
from functools import cache


@cache
def field_names(of: type) -> tuple[str, ...] | None:
    """The names of a dataclass's fields, in order; None for every other class."""
    return tuple(field.name for field in fields(of)) if is_dataclass(of) else None
