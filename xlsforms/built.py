"""The result of building a form; its publishers need not know how it is built."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Profile = Literal["odk", "kobo"]


@dataclass(frozen=True, slots=True)
class BuiltForm:
    """One form, ready to publish. `media`: file name -> bytes; an ODK server adds its entity list itself."""

    form_id: str
    version: str
    title: str
    xlsx: bytes
    xform: str
    media: Mapping[str, bytes] = field(default_factory=dict)
