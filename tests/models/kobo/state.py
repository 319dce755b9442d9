"""The data of a KoboToolbox as plain records, and the rules by which they change; no HTTP."""

import hashlib
import random
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from lxml import etree

from tests.models.kobo import instances
from tests.models.kobo.forms import XForm, xform_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
OWNER = (
    "add_submissions",
    "change_asset",
    "change_submissions",
    "delete_submissions",
    "manage_asset",
    "validate_submissions",
    "view_asset",
    "view_submissions",
)
IMPLIED = {  # directly: what these imply comes with them
    "change_asset": ("view_asset",),
    "change_submissions": ("view_submissions", "add_submissions"),
    "delete_submissions": ("view_submissions",),
    "manage_asset": OWNER,
    "partial_submissions": ("view_asset",),
    "validate_submissions": ("view_submissions",),
    "view_submissions": ("view_asset",),
}
LABELS = {
    "validation_status_approved": "Approved",
    "validation_status_not_approved": "Not Approved",
    "validation_status_on_hold": "On Hold",
}
ANYONE = "AnonymousUser"

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_ID = 249  # letters of an instance's id, of a file's path
Content = bytes | Callable[[], bytes]  # those of seeded files are made when they are asked for


class Refusal(Exception):  # noqa: N818  # an answer, not a mistake
    """What the server refuses: status and message; `page`: as an HTML page for people."""

    def __init__(self, status: int, detail: Any, *, page: bool = False) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.page = status, detail, page


def crash() -> Refusal:
    """What the server did not expect: a page for people."""
    return Refusal(500, "", page=True)


class Clock:
    """Runs on by some milliseconds at every look, from now: no test waits for anything."""

    def __init__(self, start: datetime | None = None) -> None:
        self.moment = start or datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=3)
        return self.moment


@dataclass
class User:
    name: str
    password: str = field(repr=False)
    token: str = field(repr=False)
    uid: str
    limits: dict[str, int] = field(default_factory=dict)  # of the plan: "storage_bytes", "submission"


@dataclass
class AssetVersion:
    uid: str
    content: dict[str, Any]
    made_at: datetime
    xlsx: bytes = b""
    given: XForm | None = None
    deployed_at: datetime | None = None
    label: str = ""  # what kpi wrote as the form's version when it last deployed this: its own, never ours

    @cached_property
    def xform(self) -> XForm:
        """Converted when somebody first needs it; raises what pyxform raises."""
        return self.given or xform_of(self.xlsx)

    @property
    def hash(self) -> str:
        return hashlib.sha1(self.uid.encode()).hexdigest()


@dataclass
class MediaFile:
    """A file beside a form. `pk`: its number in the manifest, once it stands there."""

    uid: str
    name: str
    user: str
    made_at: datetime
    description: str
    mimetype: str
    content: bytes = field(repr=False)
    redirect_url: str | None = None
    pk: int | None = None
    deleted: bool = False  # stays with the project, unlisted, until the media task runs

    @property
    def hash(self) -> str:
        if self.redirect_url is not None:
            return f"md5:{hashlib.md5(self.redirect_url.encode()).hexdigest()}-url"
        return f"md5:{hashlib.md5(self.content).hexdigest()}"


@dataclass
class Permission:
    uid: str
    user: str
    codename: str
    partial: list[dict[str, Any]] | None = None  # [{"url": …, "filters": [query, …]}]


@dataclass
class Asset:
    uid: str
    owner: str
    name: str
    made_at: datetime
    changed_at: datetime
    versions: list[AssetVersion]
    files: list[MediaFile] = field(default_factory=list)
    permissions: list[Permission] = field(default_factory=list)
    formhub: str | None = None  # deployment__uuid
    pk: int | None = None  # of the deployed form
    active: bool = False
    deployed: AssetVersion | None = None
    deployed_at: datetime | None = None
    manifest: list[MediaFile] = field(default_factory=list)
    pending: list[MediaFile] | None = None  # what the manifest becomes once the media task ran
    looks: int = 0  # at the manifest, since the media task was ordered
    changed_by: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)  # what PATCH set: settings, data_sharing

    @property
    def repeats(self) -> frozenset[str]:
        """Of every version that was deployed: older forms still come in."""
        return frozenset().union(*(one.xform.repeats for one in self.versions if one.deployed_at))

    @property
    def listed_files(self) -> list[MediaFile]:
        return [one for one in self.files if not one.deleted]

    @property
    def form_id(self) -> str | None:
        """Our id of the form."""
        found: str | None = self.current.content["settings"].get("id_string")
        return found

    @property
    def current(self) -> AssetVersion:
        return self.versions[-1]

    @property
    def next_number(self) -> int:
        """Of what is deployed now: how many versions were, with this one."""
        return len({one.uid for one in self.versions if one.deployed_at} | {self.current.uid})

    def number_of(self, version: AssetVersion) -> str:
        """`2` for the second that was deployed, `2.1` for the first draft after it."""
        major = minor = 0
        for one in self.versions[: self.versions.index(version) + 1]:
            major, minor = (major + 1, 0) if one.deployed_at else (major, minor + 1)
        return f"{major}.{minor}" if minor else str(major)

    @property
    def status(self) -> Literal["draft", "deployed", "archived"]:
        if self.deployed is None:
            return "draft"
        return "deployed" if self.active else "archived"


@dataclass
class Attachment:
    uid: str
    name: str
    mimetype: str
    filename: str
    content: Content = field(repr=False)
    deleted: bool = False

    @property
    def data(self) -> bytes:
        return self.content() if callable(self.content) else self.content


@dataclass
class Record:
    """One submission in its current version. `hidden`: not visible yet."""

    id: int
    asset: Asset
    xml: bytes = field(repr=False)
    instance_id: str
    root: str
    form_string: str
    submitted_by: str
    submitted_at: datetime
    changed_at: datetime
    status: dict[str, Any] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    hidden: bool = False
    _read: tuple[bytes, dict[str, Any], dict[str, str]] | None = field(default=None, repr=False)

    def _reading(self) -> tuple[bytes, dict[str, Any], dict[str, str]]:
        if self._read is None or self._read[0] is not self.xml:
            root = instances.parse(self.xml)
            repeats = self.asset.repeats
            self._read = (
                self.xml,
                instances.answers(root, repeats),
                instances.question_paths(root, repeats),
            )
        return self._read

    @property
    def answers(self) -> dict[str, Any]:
        return self._reading()[1]

    @property
    def questions(self) -> dict[str, str]:
        """File name -> question_xpath."""
        return self._reading()[2]

    @property
    def file_names(self) -> set[str]:
        """What the answers to questions for files name."""
        assert self.asset.deployed is not None
        asked = self.asset.deployed.xform.files
        return {text for text, path in self.questions.items() if _unnumbered(path) in asked}

    @property
    def listed(self) -> list[Attachment]:
        """Those kpi shows: what no question names stays hidden."""
        return [one for one in self.attachments if one.name in self.questions]

    def live(self, name: str) -> Attachment | None:
        return next((one for one in self.attachments if one.name == name and not one.deleted), None)

    @property
    def document(self) -> dict[str, Any]:
        """What a query is matched against, and what is shown, but for the attachments."""
        return {
            "_id": self.id,
            **self.answers,
            "_xform_id_string": self.form_string,
            "_uuid": self.instance_id,
            "meta/rootUuid": f"uuid:{self.root}",
            "_status": "submitted_via_web",
            "_geolocation": self._place(),
            "_submission_time": f"{self.submitted_at:%Y-%m-%dT%H:%M:%S}",
            "_validation_status": self.status,
            "_submitted_by": self.submitted_by,
        }

    def _place(self) -> list[float | None]:
        assert self.asset.deployed is not None
        for path in self.asset.deployed.xform.geopoints:
            if isinstance(given := self.answers.get(path), str):
                return [float(part) for part in given.split()[:2]]
        return [None, None]


def _unnumbered(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


@dataclass(frozen=True)
class LogRow:
    """One line of a project's history."""

    asset: str
    action: str
    user: str
    at: datetime
    root: str | None = None
    status: str | None = None
    submitted_by: str | None = None


@dataclass
class Task:
    """An import. `polls`: how often it still says that it is processing."""

    uid: str
    made_at: datetime
    messages: dict[str, Any]
    status: Literal["complete", "error"]
    polls: int = 0


class State:
    """Users, projects, records and the log; every change of them goes through here, under `lock`."""

    def __init__(self, seed: int = 0) -> None:
        self.lock = threading.RLock()
        self.clock = Clock()
        self.users: dict[str, User] = {}
        self.assets: dict[str, Asset] = {}
        self.records: dict[int, Record] = {}
        self.history: list[LogRow] = []
        self.tasks: dict[str, Task] = {}
        self.busy: set[str] = set()  # instance ids that another post holds: 423
        self.import_polls = 0  # how often an import says that it is processing
        self.media_looks: int | None = 1  # at the old manifest after a redeploy; None: until settle()
        self.last_id = 0
        self._random = random.Random(seed)
        self._roots: dict[str, int] = {}
        self._instances: dict[str, int] = {}
        self._former: dict[str, int] = {}
        self._pks = {"form": 0, "media": 0}

    # names

    def uid(self, prefix: str, length: int = 21) -> str:
        """As kpi makes them: a prefix and letters that nobody confuses."""
        return prefix + "".join(self._random.choices(ALPHABET, k=length))

    def uuid(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def next_pk(self, kind: str) -> int:
        self._pks[kind] += 1
        return self._pks[kind]

    # plans

    def used(self, name: str) -> dict[str, tuple[int, int | None]]:
        """What the plan of an account grants -> what is used of it, in its own projects, and its limit."""
        limits = self.users[name].limits
        held = [one for one in self.records.values() if one.asset.owner == name]
        files = [len(file.data) for one in held for file in one.attachments if not file.deleted]
        return {
            "submission": (len(held), limits.get("submission")),
            "storage_bytes": (sum(files), limits.get("storage_bytes")),
        }

    # who may what

    def add_user(self, name: str, password: str = "", token: str = "") -> str:
        """Returns the user's token."""
        token = token or f"{self._random.getrandbits(160):040x}"
        self.users[name] = User(name, password or f"password of {name}", token, self.uid("u"))
        return token

    def grant(
        self, asset: Asset, user: str, codename: str, partial: list[dict[str, Any]] | None = None
    ) -> Permission:
        """One permission and what kpi gives with it; twice is once."""
        for implied in IMPLIED.get(codename, ()):
            if implied != codename:
                self.grant(asset, user, implied)
        return self._grant(asset, user, codename, partial)

    def take_back(self, asset: Asset, going: Permission) -> None:
        """One permission, and those of the same user that imply it."""
        asset.permissions.remove(going)
        for one in [*asset.permissions]:
            implies = going.codename in IMPLIED.get(one.codename, ())
            if one.user == going.user and implies and one in asset.permissions:
                self.take_back(asset, one)

    def _grant(
        self, asset: Asset, user: str, codename: str, partial: list[dict[str, Any]] | None
    ) -> Permission:
        for held in asset.permissions:
            if (held.user, held.codename) == (user, codename):
                held.partial = partial
                return held
        made = Permission(self.uid("p"), user, codename, partial)
        asset.permissions.append(made)
        return made

    def can(self, user: User | None, asset: Asset, codename: str) -> bool:
        names = {ANYONE} if user is None else {user.name, ANYONE}
        return any(one.user in names and one.codename == codename for one in asset.permissions)

    def filters(self, user: User | None, asset: Asset) -> list[dict[str, Any]] | None:
        """The queries of which a partly trusted user sees what matches one; None: not such a user."""
        held = [one for one in asset.permissions if user and one.user == user.name and one.partial]
        return [part for one in held for given in one.partial or () for part in given["filters"]] or None

    # projects

    def deploy(self, asset: Asset, *, active: bool = True) -> None:
        """Deploy the current version; the media follow when the media task has run."""
        now = self.clock()
        first = asset.deployed is None
        asset.current.xform  # noqa: B018  # what cannot be converted is not deployed
        asset.current.label = f"{asset.next_number} ({asset.changed_at:%Y-%m-%d %H:%M:%S})"
        asset.active, asset.deployed, asset.deployed_at, asset.changed_at = active, asset.current, now, now
        asset.current.deployed_at = asset.current.deployed_at or now
        if first:
            asset.formhub, asset.pk = self.uuid().replace("-", ""), self.next_pk("form")
        asset.pending, asset.looks = asset.listed_files, 0
        self.log(asset, "deploy" if first else "redeploy", asset.owner)

    def settle(self) -> None:
        """The media tasks run: manifests are what was deployed."""
        with self.lock:
            for asset in self.assets.values():
                self.run_media_task(asset)

    def run_media_task(self, asset: Asset) -> None:
        if asset.pending is None:
            return
        for one in asset.pending:
            one.pk = one.pk or self.next_pk("media")
        asset.files = asset.listed_files
        asset.manifest, asset.pending = sorted(asset.pending, key=lambda one: one.pk or 0), None

    # records

    def of(self, asset: Asset) -> Iterator[Record]:
        """What is visible of a project, by id."""
        return (one for one in self.records.values() if one.asset is asset and not one.hidden)

    def by_root(self, root: str) -> Record | None:
        found = self._roots.get(root)
        return None if found is None else self.records[found]

    def by_instance(self, instance_id: str) -> Record | None:
        """The record of which this is the current version."""
        found = self._instances.get(instance_id)
        return None if found is None else self.records[found]

    def by_former(self, instance_id: str) -> Record | None:
        """The record of which this was a version."""
        found = self._former.get(instance_id)
        return None if found is None else self.records[found]

    def enter(self, record: Record) -> Record:
        self.records[record.id] = record
        self._roots[record.root] = record.id
        self._instances[record.instance_id] = record.id
        return record

    def supersede(self, record: Record, xml: bytes, instance_id: str) -> None:
        """The record has a new version; files it does not name are gone."""
        self._instances.pop(record.instance_id, None)
        self._former[record.instance_id] = record.id
        record.xml, record.instance_id, record.changed_at = xml, instance_id, self.clock()
        record.attachments = record.listed
        self._instances[instance_id] = record.id

    def remove(self, record: Record) -> None:
        del self.records[record.id]
        self._roots.pop(record.root, None)
        self._instances.pop(record.instance_id, None)
        self._former = {known: number for known, number in self._former.items() if number != record.id}

    def new_record(self, asset: Asset, xml: bytes, user: str, *, form_string: str = "") -> Record:
        """Take the next id; ids that were given up are never given again."""
        self.last_id += 1
        ids = instances.identify(instances.parse(xml))
        assert ids.instance is not None
        now = self.clock()
        return self.enter(
            Record(
                id=self.last_id,
                asset=asset,
                xml=xml,
                instance_id=ids.instance,
                root=ids.instance,
                form_string=form_string or asset.uid,
                submitted_by=user,
                submitted_at=now,
                changed_at=self.clock(),
            )
        )

    def attachment(self, record: Record, name: str, content: Content, mimetype: str) -> Attachment:
        stored = "".join(c for c in name.replace(" ", "_") if c.isalnum() or c in "-_.")
        folder = f"{record.asset.owner}/attachments/{record.asset.formhub}/{record.root}"
        made = Attachment(self.uid("att"), name, mimetype, f"{folder}/{stored}", content)
        record.attachments.append(made)
        return made

    def log(
        self, asset: Asset, action: str, user: str, record: Record | None = None, status: str | None = None
    ) -> None:
        root, by = (record.root, record.submitted_by) if record else (None, None)
        self.history.append(LogRow(asset.uid, action, user, self.clock(), root, status, by))


def parsed(xml: bytes) -> etree._Element:
    """Raises Refusal as the server does."""
    if _NO_XML.search(xml.decode("utf-8", "replace")):
        message = "Submission rejected: the form contains unsupported or invisible characters."
        raise Refusal(400, message)
    try:
        root = instances.parse(xml)
    except etree.XMLSyntaxError as error:
        raise Refusal(400, "Improperly formatted XML.") from error
    if b"<!ENTITY" in xml:
        raise crash()
    return root
