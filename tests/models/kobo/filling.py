"""Fills a model with submissions whose photos are made from a seed when they are asked for."""

from collections.abc import Callable

from tests import builders
from tests.models.central.filling import photo
from tests.models.kobo.app import KoboModel
from xlsforms import names


def add_empty_forms(model: KoboModel) -> None:
    """The other forms of ours, without submissions: whoever mirrors a server asks for all."""
    for form_id in names.FORMS[1:]:  # after the application
        model.add_form(builders.xform(form_id, files=(), savetos=()))


def fill(
    model: KoboModel, submissions: int, *, photos: int = 2, photo_bytes: int = 31_000, seed: int = 0
) -> None:
    """The same applications with the same photos as the model of Central holds for the same arguments."""
    fields = [f"photo_{number}" for number in range(photos)]
    if not any(one.form_id == names.APPLICATION for one in model.projects()):
        model.add_form(builders.xform(files=fields))
    for number in range(submissions):
        files = {field: f"{number}-{field}.jpg" for field in fields}
        xml = builders.application(
            builders.uid(seed, "applicant", number),
            files,
            instance_id=builders.uid(seed, "application", number),
        )
        model.submit_ours(xml, {name: _made(seed, name, photo_bytes) for name in files.values()})


def _made(seed: int, name: str, size: int) -> Callable[[], bytes]:
    blob = photo(seed, name, size)
    return lambda: blob.content
