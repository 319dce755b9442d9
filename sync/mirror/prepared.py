"""Instances of one root, read and checked, their files in the store, ready for a transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from mochocho.words.model import NotOffered
from sync.mirror.quarantine import Held
from sync.xform.parse import EntityChange


@dataclass(frozen=True, slots=True)
class File:
    """A file that an instance names and the store holds."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """One instance, read and checked, its files in the store: everything a transaction needs.

    `server_root`: the root it belongs to according to a server. `lacking`: its files that a server calling it
    current does not hold; None where no server says anything of its files. `unknown_fields`: fields that its
    form does not have. `not_offered`: answers that are none of its form's choices.
    """

    source: str
    form_id: str
    form_version: str
    instance_id: str
    deprecated_id: str | None
    xml_sha256: str
    answers_sha256: str
    entities: tuple[EntityChange, ...]
    file_names: tuple[str, ...]
    files: tuple[File, ...]
    officer_id: int | None
    received_at: datetime | None
    server_root: str | None = None
    lacking: frozenset[str] | None = None
    unknown_fields: tuple[str, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()

    @property
    def ids(self) -> set[str]:
        """The ids by which versions of one submission are connected."""
        every = (self.instance_id, self.deprecated_id, self.server_root)
        return {id_ for id_ in every if id_ is not None}


@dataclass(slots=True)
class Ready:
    """One fetched root with its files in the store, waiting to be written."""

    root_id: str
    fingerprint: str
    current_id: str | None = None
    items: list[tuple[str, Prepared]] = field(default_factory=list)  # quarantine key, instance
    held: list[Held] = field(default_factory=list)
    read_whole: bool = True

    def held_as(self) -> set[str]:
        """The quarantine keys of this root and of its files that have arrived now."""
        keys = {self.root_id}
        for key, item in self.items:
            keys |= {key, *(f"{self.root_id}/{file.name}" for file in item.files)}
        return keys
