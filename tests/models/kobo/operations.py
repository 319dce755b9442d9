"""Operations of tests on the model, equal to what phones, officers and clerks do over HTTP."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from tests.models.kobo import changes, instances
from tests.models.kobo.forms import XForm, content_of
from tests.models.kobo.state import OWNER, Asset, AssetVersion, Content, MediaFile, Record, State, User

ADMIN = "alice"
TOKEN = "5eed" * 10  # of `alice`, in every model

P = ParamSpec("P")
R = TypeVar("R")
Own = TypeVar("Own", bound="Operations")


def locked(operation: Callable[Concatenate[Own, P], R]) -> Callable[Concatenate[Own, P], R]:
    """Alone with the state, as a request is."""

    @functools.wraps(operation)
    def alone(self: Own, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.lock:
            return operation(self, *args, **kwargs)

    return cast("Callable[Concatenate[Own, P], R]", alone)


@dataclass(frozen=True)
class Held:
    """What the server holds of one record, to compare a mirror with; ids without `uuid:`."""

    id: int
    root: str
    current: str
    xml: bytes  # of the current version
    files: Mapping[str, bytes | None]  # that the current version names; None: has not arrived, or was deleted
    status: str | None


class Operations(State):
    """A state with one account, `alice`, and operations on it. Roots are named by their uuid."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self.token = self.add_user(ADMIN, token=TOKEN)
        self.posts: dict[str, tuple[bytes, dict[str, Content]]] = {}  # instance id -> XML and files sent

    # projects

    @locked
    def add_form(
        self,
        xform: str | bytes,
        form_id: str | None = None,
        *,
        title: str | None = None,
        version: str | None = None,
        xlsx: bytes = b"",
        media: Mapping[str, bytes] | None = None,
        owner: str = ADMIN,
    ) -> str:
        """A project with this form of ours, deployed, its media served. Returns the asset's uid.

        What is not given is read from the XForm; the sheets are those of `xlsx`, or settings alone.
        """
        form = XForm(xform if isinstance(xform, str) else xform.decode())
        settings = {"id_string": form_id or form.form_id, "version": version or form.version}
        content: dict[str, Any] = {"schema": "1", "survey": [], "choices": [], "settings": {}}
        if xlsx:
            content = content_of(xlsx)
        content["settings"] = {**content["settings"], **settings}
        asset = self.new_asset(title or form.title, content, owner, xlsx=xlsx, xform=form)
        for name, data in (media or {}).items():
            self.add_media(asset, name, data, owner)
        self.deploy(asset)
        self.run_media_task(asset)
        return asset.uid

    @locked
    def add_version(self, uid: str, xform: str | bytes, *, version: str | None = None) -> None:
        """Another version of a project's form, deployed."""
        asset = self.assets[uid]
        form = XForm(xform if isinstance(xform, str) else xform.decode())
        settings: dict[str, Any] = {**asset.current.content["settings"], "version": version or form.version}
        self.add_content(asset, {**asset.current.content, "settings": settings}, xform=form)
        self.deploy(asset)

    def new_asset(
        self, name: str, content: dict[str, Any], owner: str, *, xlsx: bytes = b"", xform: XForm | None = None
    ) -> Asset:
        now = self.clock()
        first = AssetVersion(self.uid("v"), content, now, xlsx, xform)
        asset = Asset(self.uid("a"), owner, name, now, now, [first])
        for codename in OWNER:
            self._grant(asset, owner, codename, None)
        self.assets[asset.uid] = asset
        return asset

    def add_content(
        self, asset: Asset, content: dict[str, Any], *, xlsx: bytes = b"", xform: XForm | None = None
    ) -> AssetVersion:
        asset.changed_at = self.clock()
        made = AssetVersion(self.uid("v"), content, asset.changed_at, xlsx, xform)
        asset.versions.append(made)
        return made

    def add_media(
        self, asset: Asset, name: str, content: bytes, user: str, *, mimetype: str = "text/csv"
    ) -> MediaFile:
        made = MediaFile(self.uid("af"), name, user, self.clock(), "default", mimetype, content)
        asset.files.append(made)
        return made

    def projects(self) -> Sequence[Asset]:
        return tuple(self.assets.values())

    def asset_of(self, form_id: str) -> Asset:
        """The project of a form of ours."""
        return next(one for one in self.projects() if one.form_id == form_id)

    # records

    def as_kobo(self, xml: bytes) -> bytes:
        """An instance of our form, as Collect posts it to us, as a phone with Kobo's form posts it there.

        It names the version of that name, else the deployed one.
        """
        root = instances.parse(xml)
        asset = self.asset_of(root.get("id", ""))
        named = [
            one for one in asset.versions if one.content["settings"].get("version") == root.get("version")
        ]
        version = named[-1] if named else asset.deployed
        assert version is not None
        assert asset.formhub is not None
        return instances.as_kobo(
            xml, uid=asset.uid, version=version.label, formhub=asset.formhub, version_uid=version.uid
        )

    def submit_ours(
        self,
        xml: bytes,
        files: Mapping[str, Content] | None = None,
        user: str = ADMIN,
        *,
        hidden: bool = False,
    ) -> str:
        """Post the content of an instance of our form, an edit too. Returns the root. Raises Refusal."""
        return self.submit(self.as_kobo(xml), files, user, hidden=hidden)

    @locked
    def submit(
        self,
        xml: bytes,
        files: Mapping[str, Content] | None = None,
        user: str = ADMIN,
        *,
        hidden: bool = False,
    ) -> str:
        """Post an instance of Kobo's form. Returns the root. Raises Refusal."""
        found = instances.identify(instances.parse(xml)).instance
        self.posts[str(found)] = (xml, {**(files or {})})
        record = changes.receive(self, self._user(user), xml, files or {}).record
        record.hidden = hidden or record.hidden
        return record.root

    @locked
    def edit(
        self, root: str, answers: Mapping[str, str | None], files: Mapping[str, Content] | None = None
    ) -> str:
        """A phone or a browser edits the current version: answers by path. Returns the new instance id."""
        record, made = self.record(root), self.uuid()
        xml = instances.edited(record.xml, answers, instance_id=made, deprecated=record.instance_id)
        self.submit(xml, files)
        return made

    @locked
    def edit_by_api(self, root: str, answers: Mapping[str, str]) -> str:
        """A clerk edits in the table. Returns the new instance id."""
        return changes.edit_by_api(self, self._user(), self.record(root), answers)

    @locked
    def delete(self, root: str) -> None:
        changes.delete(self, self._user(), self.record(root))

    @locked
    def resend(self, instance_id: str) -> str:
        """A phone posts again what it posted; of a deleted record it comes back. Raises Refusal."""
        return self.submit(*self.posts[instance_id])

    resurrect = resend

    @locked
    def late_photo(self, root: str, name: str, content: Content) -> None:
        """A photo that the current version names arrives in a post of its own, as a resent one does."""
        self.submit(self.record(root).xml, {name: content})

    resend_attachment = late_photo

    @locked
    def delete_attachment(self, root: str, name: str) -> None:
        record = self.record(root)
        going = record.live(name)
        assert going is not None
        changes.delete_attachments(self, self._user(), record.asset, [going])

    @locked
    def review(self, root: str, status: str | None, by: str = ADMIN) -> None:
        """`approved`, `not_approved`, `on_hold`; None takes the status away."""
        if status is None:
            changes.clear_review(self, self._user(by), self.record(root))
        else:
            changes.review(self, self._user(by), self.record(root), f"validation_status_{status}")

    @locked
    def duplicate(self, root: str) -> str:
        return changes.duplicate(self, self._user(), self.record(root)).root

    @locked
    def hide(self, root: str) -> None:
        """It has an id and is not visible yet, while higher ids are."""
        self.record(root).hidden = True

    @locked
    def show(self, root: str) -> None:
        self.record(root).hidden = False

    @contextlib.contextmanager
    def posting(self, instance_id: str) -> Iterator[None]:
        """Another post of this instance is being worked on: 423 for every other."""
        self.busy.add(instance_id)
        try:
            yield
        finally:
            self.busy.discard(instance_id)

    @locked
    def renew_token(self, name: str) -> str:
        """The account's token is another from now on. Returns it."""
        user = self.users[name]
        return self.add_user(name, user.password)

    # what is there

    @locked
    def held(self, uid: str) -> Mapping[str, Held]:
        """Every visible record of a project by its root, to compare a mirror with."""
        return {one.root: _held(one) for one in self.of(self.assets[uid])}

    def record(self, root: str) -> Record:
        found = self.by_root(root)
        assert found is not None, f"no record with root {root}"
        return found

    def _user(self, name: str = ADMIN) -> User:
        return self.users[name]


def _held(record: Record) -> Held:
    live = [one for one in record.listed if not one.deleted]
    return Held(
        id=record.id,
        root=record.root,
        current=record.instance_id,
        xml=record.xml,
        files=dict.fromkeys(sorted(record.file_names)) | {one.name: one.data for one in live},
        status=record.status.get("uid"),
    )
