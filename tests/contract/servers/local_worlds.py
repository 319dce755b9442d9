"""The sources that are not servers: our own endpoint, and a folder copied from a phone."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from sync.openrosa.source import SpoolSource
from sync.sources.folder import FolderSource
from sync.sources.protocol import Source
from tests import builders
from tests.contract.openrosa_phone import new_phone, serving
from tests.contract.servers.world import (
    OTHER_FORMS,
    REFUSE_UNKNOWN,
    REPLACE,
    Filled,
    Stands,
    World,
    stands,
    written,
)
from xlsforms import names


class LocalWorld(World):
    """It holds what was sent and forgets nothing. Files belong to the version they came with."""

    can = frozenset({OTHER_FORMS, REPLACE})

    def __init__(self, folder: Path) -> None:
        self._sent: dict[str, list[tuple[bytes, dict[str, bytes]]]] = {}  # root -> versions
        super().__init__(folder)

    def post(self, filled: Filled, xml: bytes, files: Mapping[str, bytes]) -> None:
        self.deliver(xml, files)
        root = filled.root if filled.versions else builders.uid(f"{self.name}-{filled.number}-0")
        self._sent.setdefault(root, []).append((xml, dict(files)))

    def late_photo(self, root: str, name: str, content: bytes) -> None:
        xml, files = self._sent[root][-1]
        self.deliver(xml, {name: content})
        files[name] = content

    replace_photo = late_photo

    def newer_form(self, form_id: str, version: str) -> None:
        """It is what phones send that counts."""

    def truth(self) -> dict[str, Stands]:
        return {root: stands(*versions[-1]) for root, versions in self._sent.items()}

    def versions(self) -> set[str]:
        return {stands(*version).instance_id for some in self._sent.values() for version in some}

    def deliver(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        raise NotImplementedError


class EndpointWorld(LocalWorld):
    """Phones send to our own endpoint, over HTTP."""

    name = "endpoint"
    can = frozenset({OTHER_FORMS, REPLACE, REFUSE_UNKNOWN})

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._running = ExitStack()
        server = self._running.enter_context(serving(self.home))
        self._phone = new_phone(self.home, server, "5701")

    def deliver(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        assert self._phone.send(xml, files).status_code == 201

    def submit_version(self, version: str) -> None:
        self._phone.send(written(names.APPLICATION, "of another version", number=-1, version=version))

    def post_encrypted(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        assert self._phone.send(xml, files).status_code >= 400

    def make_source(self) -> Source:
        return SpoolSource(self.home)

    def close(self) -> None:
        self._running.close()
        super().close()


class FolderWorld(LocalWorld):
    """Every version is copied into a folder of its own; more files are copied beside it."""

    name = "folder"

    @property
    def top(self) -> Path:
        return self.folder / "phone"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.top.mkdir()

    def deliver(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        folder = self.top / builders.uid(xml)
        folder.mkdir(exist_ok=True)
        (folder / "submission.xml").write_bytes(xml)
        for name, content in files.items():
            (folder / name).write_bytes(content)

    def post_encrypted(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        builders.copied(self.top, "encrypted", xml, files)

    def make_source(self) -> Source:
        return FolderSource("folder:phone", self.top)
