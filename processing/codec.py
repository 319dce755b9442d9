"""The words of the domain as JSON and back, exactly."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

from mochocho.model import Application, Assessment, Measurement, ScoreSheet

T = TypeVar("T", Application, Assessment, Measurement, ScoreSheet)

_ADAPTERS: dict[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (Application, Assessment, Measurement, ScoreSheet)
}


def dump(value: Application | Assessment | Measurement | ScoreSheet) -> dict[str, Any]:
    """A value as what a JSON column takes."""
    stored: dict[str, Any] = _ADAPTERS[type(value)].dump_python(value, mode="json")
    return stored


def load(kind: type[T], stored: object) -> T:
    """What `dump` stored. Raises pydantic's ValidationError for anything else."""
    value: T = _ADAPTERS[kind].validate_python(stored)
    return value
