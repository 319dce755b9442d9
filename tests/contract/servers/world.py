"""What tests of every source share: people who fill in forms, what the source holds, what the mirror holds.

A world is one source with everything people can do there. `truth()` is what the source holds; `mirrored()`
what a home holds. Nothing here depends on which source it is.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from sqlalchemy import select

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Server, Settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from sync.mirror import queries
from sync.pull.pull_source import PullReport, pull
from sync.sources.protocol import Source
from sync.tables import Attachment, FormerFile, Quarantined, SubmissionVersion
from sync.xform.parse import parse_instance
from tests import builders
from xlsforms import names

FORMS = (names.APPLICATION, names.ONSITE)
FIELDS = ("photo_0", "photo_1", "photo_2")
FILE_NAMES = ("{}-{}.jpg", "ภาพที่ {} {}.jpg", "IMG ({}) {}.jpg")

# What can happen to a submission, but for being sent and edited, which every source knows.
DELETE, RESTORE, PURGE = "delete", "restore", "purge"
REPLACE, REMOVE = "replace a photo", "remove a photo"
REVIEW, HIDE, REVIVE, EDIT_THERE = "review", "hide", "send again what is gone", "edit there"
REFUSE_CONFLICTS = "refuse a second edit of one version"  # what a server does; a folder holds both
OTHER_FORMS = "take other versions and encrypted forms"  # where a test may change a form
REFUSE_UNKNOWN = "refuse a form that is not published"  # our own endpoint: the phone keeps it

ENCRYPTED = """<data xmlns="http://opendatakit.org/submissions" encrypted="yes" id="{form_id}"
 version="{version}" instanceID="uuid:{id}"><base64EncryptedKey>a2V5</base64EncryptedKey><meta xmlns="http://openrosa.org/xforms">
<instanceID>uuid:{id}</instanceID></meta><encryptedXmlFile>submission.xml.enc</encryptedXmlFile>
<base64EncryptedElementSignature>c2lnbg==</base64EncryptedElementSignature></data>"""


@dataclass(frozen=True)
class Stands:
    """One submission as it is now: its current version and the sha256 of its files, None: not arrived."""

    instance_id: str
    canonical: str
    files: Mapping[str, str | None]


@dataclass
class Filled:
    """A submission as its phone knows it: the versions sent, oldest first, and the names in the newest."""

    number: int
    form_id: str
    versions: list[str] = field(default_factory=list)
    file_names: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        return self.versions[0]


class World(ABC):
    """One source, a home that reads it, and the people in between. Roots are the first instance ids, bare."""

    name: str
    can: frozenset[str]
    has_trash = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filled: dict[str, Filled] = {}
        self._made = 0
        self._source: Source | None = None
        self.home = self._open_home()
        upgrade(self.home.engine)
        for form_id in FORMS:
            builders.publish(self.home, self.xform(form_id), form_id)

    # --- what people do

    def submit(
        self,
        form_id: str = names.APPLICATION,
        file_names: Sequence[str] = (),
        arrived: Mapping[str, bytes] | None = None,
    ) -> str:
        """A new form whose photos have these names, of which some come along. Returns its root."""
        filled = Filled(len(self.filled), form_id)
        self._send(filled, f"{self.name}-{filled.number}-0", file_names, arrived or {})
        self.filled[filled.root] = filled
        return filled.root

    def edit(
        self, root: str, file_names: Sequence[str] | None = None, arrived: Mapping[str, bytes] | None = None
    ) -> str:
        """The next version; the names of photos stay unless others are given. Returns its instance id."""
        filled = self.filled[root]
        names_now = filled.file_names if file_names is None else file_names
        self._send(filled, f"{self.name}-{filled.number}-{self._count()}", names_now, arrived or {})
        return filled.versions[-1]

    def submit_version(self, version: str) -> None:
        """The same form of this version each time, whether the source takes it or not."""
        xml = written(names.APPLICATION, f"{self.name} of version {version}", number=-1, version=version)
        self.post(Filled(-1, names.APPLICATION), xml, {})

    def submit_encrypted(self) -> None:
        """What a phone sends of a form with a public key."""
        id_ = builders.uid(self.name, "encrypted")
        text = ENCRYPTED.format(form_id=names.APPLICATION, version=builders.VERSION, id=id_)
        self.post_encrypted(text.encode(), {"submission.xml.enc": self.fresh()})

    def fresh(self) -> bytes:
        """A photo that nobody took before, larger than all before, so that it stands everywhere."""
        return builders.JPEG + b"." * self._count()

    def new_names(self, *kinds: int) -> list[str]:
        """File names that no other has, of the given kinds (see FILE_NAMES)."""
        return [FILE_NAMES[kind].format(self._count(), "a") for kind in kinds]

    def _send(
        self, filled: Filled, key: str, file_names: Sequence[str], arrived: Mapping[str, bytes]
    ) -> None:
        xml = written(
            filled.form_id,
            key,
            file_names,
            number=filled.number,
            deprecated=filled.versions[-1] if filled.versions else None,
        )
        self.post(filled, xml, arrived)
        filled.versions.append(parse_instance(xml).instance_id)
        filled.file_names = tuple(file_names)

    def _count(self) -> int:
        self._made += 1
        return self._made

    # --- what differs between sources

    @abstractmethod
    def post(self, filled: Filled, xml: bytes, files: Mapping[str, bytes]) -> None:
        """A phone sends this."""

    @abstractmethod
    def late_photo(self, root: str, name: str, content: bytes) -> None:
        """A photo that the current version names arrives in a post of its own."""

    @abstractmethod
    def truth(self) -> dict[str, Stands]:
        """All that a later stage is to be told of, by root."""

    @abstractmethod
    def make_source(self) -> Source:
        """As a process that has just begun has it."""

    @abstractmethod
    def newer_form(self, form_id: str, version: str) -> None:
        """The source takes this version from now on; our home does not know it."""

    @abstractmethod
    def post_encrypted(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        """A phone sends this, of which nobody without the key can read more than its ids."""

    def versions(self) -> set[str]:
        """Instance ids that the source can give now."""
        return {one.instance_id for one in self.truth().values()}

    def missing(self, root: str) -> list[str]:
        """Names of photos of the current version that have not arrived."""
        return [name for name, sha256 in self.truth()[root].files.items() if sha256 is None]

    def present(self, root: str) -> list[str]:
        return [name for name, sha256 in self.truth()[root].files.items() if sha256 is not None]

    def settings(self) -> tuple[Server, ...]:
        """Its section in the settings, where it is a server."""
        return ()

    def close(self) -> None:
        self.home.engine.dispose()

    # --- what only some sources can: see `can`

    def delete(self, root: str) -> None:
        raise NotImplementedError

    def restore(self, root: str) -> None:
        raise NotImplementedError

    def purge(self, root: str) -> None:
        raise NotImplementedError

    def revive(self, root: str) -> None:
        """What is gone is sent again by its phone, as it was first."""
        raise NotImplementedError

    def replace_photo(self, root: str, name: str, content: bytes) -> None:
        """Other bytes under the same name."""
        raise NotImplementedError

    def remove_photo(self, root: str, name: str) -> None:
        raise NotImplementedError

    def edit_there(self, root: str) -> None:
        """Somebody corrects an answer in the server's own pages."""
        raise NotImplementedError

    def review(self, root: str) -> None:
        """Somebody says on the server what they think of it."""
        raise NotImplementedError

    def hide(self, root: str) -> None:
        """It has its number and date, and nobody sees it."""
        raise NotImplementedError

    def show(self, root: str) -> None:
        raise NotImplementedError

    # --- our side

    @property
    def key(self) -> str:
        return self.source().key

    def source(self) -> Source:
        if self._source is None:
            self._source = self.make_source()
        return self._source

    def pull(self, *, revalidate: bool = False, quick: bool = False, accept: bool = False) -> PullReport:
        return pull(self.home, self.source(), revalidate=revalidate, quick=quick, accept_absence=accept)

    def xform(self, form_id: str) -> bytes:
        """By which our home reads what was filled."""
        return xform(form_id)

    def on_tablet(self, xml: bytes) -> bytes:
        """A filled form as it lies in the folder of a phone that has the form by which our home reads."""
        return xml

    def settle(self, *, revalidate: bool = False) -> None:
        """Two whole looks while nothing happens: an absence counts after the second."""
        for _ in range(2):
            self.pull(revalidate=revalidate)

    def restart(self) -> None:
        """The process ended, however it did; another begins."""
        self.home.engine.dispose()
        self._source = None
        self.home = self._open_home()

    def _open_home(self) -> Home:
        return open_home(Settings(home=self.folder / "home", servers=self.settings()))


def xform(form_id: str, version: str = builders.VERSION) -> bytes:
    """A form of ours, as small as can be, with three photos."""
    savetos = ("applicant_name",) if form_id == names.APPLICATION else ()
    return builders.xform(form_id, version, files=FIELDS, savetos=savetos)


def written(
    form_id: str,
    key: str,
    file_names: Sequence[str] = (),
    *,
    number: int = 0,
    deprecated: str | None = None,
    version: str = builders.VERSION,
) -> bytes:
    """A filled form; `key` names this version among all."""
    fields = {
        "applicant_name": f"นางสมมติ {key}",
        **dict(zip(FIELDS, file_names, strict=False)),
    }
    make = builders.application if form_id == names.APPLICATION else builders.onsite
    return make(
        builders.uid("applicant", number),
        fields,
        instance_id=builders.uid(key),
        deprecated_id=deprecated,
        version=version,
    )


def stands(xml: bytes, files: Mapping[str, bytes | None]) -> Stands:
    """What an instance and the files that a source has of it come to."""
    parsed = parse_instance(xml)
    return Stands(
        parsed.instance_id,
        parsed.canonical_sha256,
        {name: None if (c := files.get(name)) is None else sha256(c) for name in photo_names(xml)},
    )


def photo_names(xml: bytes) -> list[str]:
    root = etree.fromstring(xml)
    texts = [node.text for node in root.iter() if etree.QName(node).localname in FIELDS]
    return [text for text in texts if text]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- what a home says


def mirrored(home: Home) -> dict[str, Stands]:
    """What later stages are told, by root, read through the door that they use."""
    found: dict[str, Stands] = {}
    with reading(home.engine) as session:
        for form_id in FORMS:
            for page in queries.pages(session, form_id):
                found |= {one.root_id: _stands(home, one) for one in page}
    return found


def in_conflict(home: Home) -> list[str]:
    with reading(home.engine) as session:
        return list(queries.conflicts(session, FORMS))


def held(home: Home) -> dict[str, str]:
    """What is in quarantine: key -> code."""
    with reading(home.engine) as session:
        return dict(session.execute(select(Quarantined.key, Quarantined.code)).all())


@dataclass(frozen=True)
class Kept:
    """All that was ever stored: versions with their XML, and files as (version, name, bytes)."""

    versions: frozenset[tuple[str, str]]
    files: frozenset[tuple[str, str, str]]


def kept(home: Home) -> Kept:
    """What the rows name, every file of it there."""
    version, file, former = SubmissionVersion, Attachment, FormerFile
    with reading(home.engine) as session:
        versions = session.execute(select(version.instance_id, version.xml_sha256)).all()
        files = [
            *session.execute(
                select(version.instance_id, file.name, file.sha256)
                .join(file, file.version_id == version.id)
                .where(file.sha256.is_not(None))
            ),
            *session.execute(
                select(version.instance_id, former.name, former.sha256).join(
                    former, former.version_id == version.id
                )
            ),
            *_files_held(session.scalars(select(Quarantined))),
        ]
    for digest in {*(row[1] for row in versions), *(row[2] for row in files)}:
        assert home.store.has(digest)
    return Kept(frozenset(map(tuple, versions)), frozenset(map(tuple, files)))


def _files_held(rows: Iterator[Quarantined]) -> Iterator[tuple[str, str, str]]:
    """A file that lost against another of its name, under `<instance>/<name>#<digest>`."""
    for row in rows:
        if row.code == "file.other_content" and row.sha256 is not None:
            instance_id, _, rest = row.key.partition("/")
            yield instance_id, rest.rpartition("#")[0], row.sha256


def _stands(home: Home, one: queries.Mirrored) -> Stands:
    parsed = parse_instance(home.store.read(one.xml_sha256))
    return Stands(one.instance_id, parsed.canonical_sha256, dict(one.files))
