"""The words of the domain as JSON and back, exactly."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}  # filled as kinds are met: making one takes a while


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def dump(value: object) -> dict[str, Any]:
    """A dataclass of `mochocho.words.model` as what a JSON column takes."""
    stored: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return stored


def load(kind: type[T], stored: object) -> T:
    """What `dump` stored. Raises pydantic's ValidationError for anything else."""
    value: T = _adapter(kind).validate_python(stored)
    return value
