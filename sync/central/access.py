"""Which entities an app user's phone receives: those of the officer's districts (Central from 2026.2).

An entity is sent to a phone when ANY rule holds, each of which says that one property of the list equals one
property of the app user (getodk/central#1876): so every district of an officer needs a property of its own.
An app user without any of them receives nothing.
"""

import re
from collections.abc import Iterable, Sequence

from sync.central.api import TAKEN, Central, of
from sync.web.client import Refused
from xlsforms.names import APPLICANTS, PLAN_ITEMS

DISTRICT = "district"  # the property of the lists that are restricted
NARROWED = (APPLICANTS, PLAN_ITEMS)

_SLOT = "mochocho_district_{}"
_OURS = re.compile(r"mochocho_district_[0-9]+")


def narrow(central: Central, app_users: Iterable[str], districts: Sequence[str]) -> None:
    """Let these app users receive only these districts; does nothing where Central has no such rules."""
    slots = _slots(central)
    if slots is None:
        return
    values: dict[str, str | None] = dict.fromkeys(slots)
    values |= {_SLOT.format(number): code for number, code in enumerate(districts, 1)}
    for missing in sorted(values.keys() - slots):
        _make(central, missing)
    for user in app_users:
        central.json("PATCH", of("app-users", user), body={"properties": values}, again=True)
    apply(central)


def apply(central: Central) -> None:
    """Restrict the existing lists by all the properties that app users have; without properties, no rules."""
    slots = _slots(central)
    if not slots:
        return
    rules = [{"datasetProperty": DISTRICT, "actorProperty": slot} for slot in sorted(slots)]
    for name in NARROWED:
        dataset = central.found(of("datasets", name))
        if dataset is None or DISTRICT not in {one["name"] for one in dataset["properties"]}:
            continue
        stands = (dataset.get("accessFilter") or {}).get("rules", [])
        if sorted(stands, key=str) != sorted(rules, key=str):
            wanted = {"accessFilter": {"type": "property", "rules": rules}}
            central.json("PATCH", of("datasets", name), body=wanted, again=True)


def _slots(central: Central) -> set[str] | None:
    """Our properties of app users; None on a Central that has no such properties."""
    listed = central.found(of("actor-properties"))
    return None if listed is None else {one["name"] for one in listed if _OURS.fullmatch(one["name"])}


def _make(central: Central, name: str) -> None:
    try:
        central.json("POST", of("actor-properties"), body={"name": name})
    except Refused as error:
        if error.code != TAKEN:  # somebody else has just made it
            raise
