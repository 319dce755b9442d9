"""Which entities a phone receives (Central from 2026.2); known from its source code, not from a recording."""

import re
from collections.abc import Mapping
from typing import Any

from tests.models.central.entities import newest_first, phone_csv
from tests.models.central.problems import not_unique, unexpected
from tests.models.central.state import Actor, AppUser, Blob, Dataset, Entity, FormFile, Project

PROPERTY_NAME = re.compile(r"(?!__)(?!(?:name|label)$)(_|[^\W\d])(\.|-|\w)*", re.I)
Rules = list[tuple[str, str]]  # property of the list, property of the app user


def add_property(project: Project, name: object) -> None:
    if not isinstance(name, str) or not PROPERTY_NAME.fullmatch(name):
        raise unexpected("name", name, "This is not a valid property name.")
    if name in project.actor_properties:
        raise not_unique("actor_properties", projectId=project.id, name=name)
    project.actor_properties.append(name)


def set_values(project: Project, user: AppUser, values: Mapping[str, Any]) -> None:
    """None takes a value away."""
    for name in values:
        if name not in project.actor_properties:
            raise unexpected("properties", name, "Unknown property name.")
        if not isinstance(values[name], str | None):
            raise unexpected(name, values[name], "Property values must be strings or null.")
    user.properties = {k: v for k, v in {**user.properties, **values}.items() if v is not None}


def set_filter(project: Project, dataset: Dataset, wanted: Mapping[str, Any] | None) -> None:
    """None: everybody sees all, and so where a rule is of no property. The kinds exclude each other."""
    kind = None if wanted is None else wanted.get("type")
    if kind not in (None, "ownerOnly", "property"):
        raise unexpected("accessFilter.type", kind, "type must be ownerOnly or property.")
    rules = [] if wanted is None else wanted.get("rules") or []
    if kind == "property" and not rules:
        raise unexpected("accessFilter.rules", rules, "rules must be a non-empty array.")
    dataset.owner_only = kind == "ownerOnly"
    given = [(rule["datasetProperty"], rule["actorProperty"]) for rule in rules]
    dataset.rules = [
        (ours, theirs)
        for ours, theirs in given
        if ours in dataset.properties and theirs in project.actor_properties
    ]


def seen(dataset: Dataset, reader: Actor) -> list[Entity]:
    """What a phone gets: all without a rule; with rules what any of them grants, nothing to the nameless."""
    held = newest_first(dataset)
    if not isinstance(reader, AppUser):
        return held
    if dataset.owner_only:
        return [one for one in held if one.creator == reader.id]
    if not dataset.rules:
        return held
    return [one for one in held if any(_grants(rule, one, reader) for rule in dataset.rules)]


def _grants(rule: tuple[str, str], entity: Entity, reader: AppUser) -> bool:
    value = reader.properties.get(rule[1])
    return value is not None and entity.current.data.get(rule[0]) == value


def content_of(project: Project, file: FormFile, reader: Actor) -> Blob | None:
    """What a form's file holds for this reader: an entity list as the phones' CSV."""
    if file.dataset is not None:
        dataset = project.datasets[file.dataset]
        return Blob(phone_csv(dataset, seen(dataset, reader)), "text/csv; charset=utf-8")
    return file.blob
