"""What stands in the way on Central, or will: rights that we lack, forms that take nothing."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sync.central.api import Central, of

_STATES = {
    "closed": "is closed on Central, which refuses what phones send of it",
    "closing": "is closing on Central: phones that have it may send, and no other gets it",
}

# Of each kind of our work one verb; whoever may read has none of them, a Project Manager all.
_NEEDED = {"form.update", "dataset.update", "entity.update", "submission.update", "field_key.create"}


def remarks(central: Central, form_ids: Collection[str]) -> list[str]:
    """A sentence each. `form_ids`: the forms that were published from here."""
    project = central.project()
    return [*_of_project(central, project), *_of_forms(central, form_ids)]


def _of_project(central: Central, project: Mapping[str, Any]) -> Iterator[str]:
    if not set(project.get("verbs", _NEEDED)) >= _NEEDED:
        yield (
            f"{central.key}: this account may read project {central.project_number} and not change it: "
            "nothing is published there, no list and no answer reaches the field; make it a Project "
            "Manager there"
        )
    if project.get("archived"):
        yield (
            f"{central.key}: project {central.project_number} is archived on Central; all goes on, "
            "but people see it there below the others"
        )


def _of_forms(central: Central, form_ids: Collection[str]) -> Iterator[str]:
    for form in central.json("GET", of("forms")):
        said = _STATES.get(form["state"])
        if said and form["xmlFormId"] in form_ids:
            yield f"{central.key}: the form {form['xmlFormId']} {said}; open it there, in the form's settings"
