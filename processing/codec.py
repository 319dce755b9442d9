"""Values of the domain model as JSON and back, without loss."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}  # filled as types are met: making one is slow


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def dump(value: object) -> dict[str, Any]:
    """A dataclass of `mochocho.words.model` as a value for a JSON column."""
    stored: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return stored


def load(kind: type[T], stored: object) -> T:
    """The value that `dump` stored. Raises pydantic's ValidationError for anything else."""
    value: T = _adapter(kind).validate_python(stored)
    return value
