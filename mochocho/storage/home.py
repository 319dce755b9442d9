"""One province's home: its settings, database, store and standards, opened once per process."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from mochocho.settings.config import Settings
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.storage.db import make_engine
from mochocho.storage.files import Store, private_dir
from mochocho.words.places import Province


@dataclass(frozen=True)
class Home:
    """The opened home that every stage receives; never shared between processes."""

    settings: Settings
    engine: Engine
    store: Store
    pack: Pack
    pack_digest: str
    province: Province
    processors: int = os.cpu_count() or 1  # how many processors this process may use; a worker has one
    redacted: bool = False  # papers are made as a committee's copy, beside those of the full one

    @property
    def spool_dir(self) -> Path:
        return self.settings.spool_dir

    @property
    def cache_dir(self) -> Path:
        """Where papers are planned and typeset."""
        return self.of_this_copy(self.settings.cache_dir)

    @property
    def packet_dir(self) -> Path:
        return self.of_this_copy(self.settings.packet_dir)

    def of_this_copy(self, folder: Path) -> Path:
        """Where in this folder the papers of this copy stand: those of the two never in one place."""
        return folder / "redacted" if self.redacted else folder


def open_home(settings: Settings) -> Home:
    """Open the home of `settings`, creating its folders (0700). Raises Terminal with what to change."""
    private_dir(settings.home)
    loaded = load_pack(settings.pack)
    return Home(
        settings=settings,
        engine=make_engine(settings.url),
        store=Store(private_dir(settings.store_dir)),
        pack=loaded.pack,
        pack_digest=loaded.digest,
        province=Province.named(settings.province),
    )
