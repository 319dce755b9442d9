"""Fills a model with submissions whose photos are made from a seed when they are asked for."""

import functools
import random

from tests import builders
from tests.models.central.app import CentralModel
from tests.models.central.state import Blob
from xlsforms import names

START, END = b"\xff\xd8\xff\xe0", b"\xff\xd9"


def add_empty_forms(model: CentralModel) -> None:
    """The other forms of ours, without submissions: whoever mirrors a server asks for all."""
    for form_id in names.FORMS[1:]:  # after the application
        model.publish(builders.xform(form_id, files=(), savetos=()))


def fill(
    model: CentralModel, submissions: int, *, photos: int = 2, photo_bytes: int = 31_000, seed: int = 0
) -> None:
    """Applications with so many photos each; the same seed gives the same ids, XML and bytes."""
    fields = [f"photo_{number}" for number in range(photos)]
    if names.APPLICATION not in model.state.projects[1].forms:
        model.publish(builders.xform(files=fields))
    officer = model.app_user("officer")
    for number in range(submissions):
        files = {field: f"{number}-{field}.jpg" for field in fields}
        xml = builders.application(
            builders.uid(seed, "applicant", number),
            files,
            instance_id=builders.uid(seed, "application", number),
        )
        model.submit(xml, {name: photo(seed, name, photo_bytes) for name in files.values()}, by=officer)


def photo(seed: int, name: str, size: int) -> Blob:
    return Blob(functools.partial(_bytes, f"{seed}/{name}", size), "image/jpeg")


def _bytes(seed: str, size: int) -> bytes:
    inner = max(size - len(START) - len(END), 0)
    return START + random.Random(seed).randbytes(inner) + END
