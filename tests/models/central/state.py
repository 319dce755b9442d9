"""The data of an ODK Central as plain records, without behaviour."""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from tests.models.central.xforms import XForm

NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def stamp(moment: datetime | None) -> str | None:
    """As Central writes it: milliseconds, Z."""
    if moment is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def token() -> str:
    """64 characters, as every token of Central has."""
    return secrets.token_hex(32)


class Clock:
    """Runs on by some milliseconds at every look, from now: no two tests wait for anything."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = (start or datetime.now(UTC)).replace(microsecond=0)

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=7)
        return self._now


class Blob:
    """The bytes of a file; those of a seeded one are made when they are asked for."""

    def __init__(self, content: bytes | Callable[[], bytes], type_: str = "application/octet-stream") -> None:
        self._content = content
        self.type = type_

    @property
    def content(self) -> bytes:
        return self._content if isinstance(self._content, bytes) else self._content()

    @cached_property
    def md5(self) -> str:
        return hashlib.md5(self.content, usedforsecurity=False).hexdigest()


@dataclass
class Actor:
    id: int
    type: Literal["user", "field_key", "singleUse", "public_link"]
    name: str
    created_at: datetime
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass
class User(Actor):
    email: str = ""
    last_login: datetime | None = None
    password: str = field(default="", repr=False)


@dataclass
class AppUser(Actor):
    project: int = 0
    token: str | None = field(default=None, repr=False)
    created_by: int = 0
    properties: dict[str, str] = field(default_factory=dict)


@dataclass
class Session:
    actor: int
    expires_at: datetime


@dataclass
class FormFile:
    """A file that a form definition names: uploaded, linked to an entity list, or still missing."""

    name: str
    type: str
    blob: Blob | None = None
    dataset: str | None = None
    updated_at: datetime | None = None


@dataclass
class FormVersion:
    xform: XForm
    xml: bytes
    version: str
    files: dict[str, FormFile]
    xlsx: bytes | None = None
    published_at: datetime | None = None
    published_by: int | None = None
    key_id: int | None = None


@dataclass
class Version:
    """One version of a submission; `files` are the names that its XML gives, with what has arrived."""

    id: int
    instance_id: str
    xml: bytes
    form_version: str
    files: dict[str, Blob | None]
    submitter: int
    created_at: datetime
    instance_name: str | None = None
    device_id: str | None = None
    user_agent: str | None = None
    encrypted: bool = False
    deprecated_id: str | None = None


@dataclass
class Comment:
    body: str
    actor: int
    created_at: datetime


@dataclass
class Submission:
    """`events` counts what moves the ETag of the feed; `hidden`: not committed yet, so nobody sees it."""

    id: int
    versions: list[Version]
    created_at: datetime
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    review_state: str | None = None
    comments: list[Comment] = field(default_factory=list)
    events: int = 0
    hidden: bool = False
    made_entity: bool = False

    @property
    def instance_id(self) -> str:
        return self.versions[0].instance_id

    @property
    def current(self) -> Version:
        return self.versions[-1]

    @property
    def first(self) -> Version:
        return self.versions[0]


@dataclass
class Form:
    project: int
    id: str
    created_at: datetime
    created_by: int
    number: int
    deleted_at: datetime | None = None
    acting: str = field(default_factory=lambda: str(uuid.uuid4()))  # its acteeId
    state: str = "open"
    updated_at: datetime | None = None
    published: list[FormVersion] = field(default_factory=list)
    draft: FormVersion | None = None
    draft_token: str | None = None
    assigned: set[tuple[int, int]] = field(default_factory=set)  # (actor, role)
    submissions: dict[str, Submission] = field(
        default_factory=dict
    )  # by root instance id, in order of arrival
    roots: dict[str, Submission] = field(default_factory=dict)  # by the instance id of any version

    @property
    def shown(self) -> FormVersion:
        """The published version, or the draft of a form that has none."""
        found = self.published[-1] if self.published else self.draft
        assert found is not None
        return found

    def version(self, name: str) -> FormVersion | None:
        return next((v for v in self.published if v.version == name), None)


@dataclass
class EntityVersion:
    version: int
    label: str
    data: dict[str, str]
    received: dict[str, str]
    creator: int
    created_at: datetime
    user_agent: str | None = None
    base: int | None = None
    conflict: str | None = None
    conflicting: list[str] | None = None
    branch: str | None = None
    trunk: int | None = None
    branch_base: int | None = None
    resolved: bool = False


@dataclass
class Entity:
    id: int
    uuid: str
    creator: int
    created_at: datetime
    versions: list[EntityVersion]
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    conflict: str | None = None

    @property
    def current(self) -> EntityVersion:
        return self.versions[-1]


@dataclass
class Property:
    name: str
    published_at: datetime
    forms: list[str] = field(default_factory=list)


@dataclass
class Dataset:
    id: int
    name: str
    project: int
    created_at: datetime
    updated_at: datetime
    acting: str = field(default_factory=lambda: str(uuid.uuid4()))
    properties: dict[str, Property] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)  # in order of creation
    sources: list[str] = field(default_factory=list)  # form ids
    approval_required: bool = False
    owner_only: bool = False
    rules: list[tuple[str, str]] = field(default_factory=list)  # property of ours, of the app user


@dataclass
class Project:
    id: int
    name: str
    created_at: datetime
    acting: str = field(default_factory=lambda: str(uuid.uuid4()))
    updated_at: datetime | None = None
    key_id: int | None = None
    description: str | None = None
    archived: bool | None = None
    forms: dict[str, Form] = field(default_factory=dict)
    trashed_forms: list[Form] = field(default_factory=list)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    trashed_datasets: list[Dataset] = field(default_factory=list)
    app_users: list[AppUser] = field(default_factory=list)
    actor_properties: list[str] = field(default_factory=list)
    assigned: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Audit:
    actor: int | None
    action: str
    details: dict[str, Any] | None
    at: datetime
    acting: str | None = None  # acteeId
    notes: str | None = None


@dataclass
class Pending:
    """A submission whose entity the worker has not made yet."""

    form: Form
    submission: Submission
    version: Version


@dataclass
class State:
    """One server. `domain` is the configured one, which nextLinks carry whatever host was called."""

    clock: Clock
    domain: str
    actors: dict[int, Actor] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    projects: dict[int, Project] = field(default_factory=dict)
    admins: set[int] = field(default_factory=set)
    audits: list[Audit] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=lambda: {"actor": 4})  # those that every Central has

    def number(self, of: str) -> int:
        """The next of a sequence."""
        self._numbers[of] = self._numbers.get(of, 0) + 1
        return self._numbers[of]

    def skip(self, of: str, last: int) -> None:
        """Numbers that others took."""
        self._numbers[of] = last

    def log(
        self,
        actor: int | None,
        action: str,
        details: dict[str, Any] | None,
        of: "Form | Dataset | None" = None,
        notes: str | None = None,
    ) -> None:
        acting = None if of is None else of.acting
        self.audits.append(Audit(actor, action, details, self.clock(), acting, notes))
