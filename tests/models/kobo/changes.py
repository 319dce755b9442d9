"""Changes of records: by posts of phones and by the API."""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.models.kobo import instances
from tests.models.kobo.state import (
    LABELS,
    LONGEST_ID,
    Asset,
    Attachment,
    Content,
    Record,
    Refusal,
    State,
    User,
    crash,
    parsed,
)

CONFLICT = "Submission with this instance ID already exists"
NOWHERE = "Not found."
STALE = "Invalid submission - deprecatedID refers to an old version"


@dataclass(frozen=True)
class Received:
    """What a post came to. `duplicate`: nothing in it was new."""

    record: Record
    duplicate: bool = False


WORDS = {"storage_bytes": "storage", "submission": "submission"}


def receive(state: State, user: User, xml: bytes, files: Mapping[str, Content]) -> Received:
    """A post of a phone. Raises Refusal."""
    root = parsed(xml)
    ids = instances.identify(root)
    if not ids.instance:
        raise Refusal(400, "Instance ID is required")
    if len(ids.instance) > LONGEST_ID or any(len(name) > LONGEST_ID for name in files):
        raise crash()
    asset = _asset_of(state, ids)
    if not state.can(user, asset, "add_submissions"):
        raise Refusal(403, "Forbidden")
    if not asset.active:
        raise Refusal(405, "Form is not active")
    _refuse_beyond_plan(state, asset)
    if ids.instance in state.busy:
        raise Refusal(423, "Submission is already being processed")
    held = state.by_instance(ids.instance)
    if held is not None and ids.deprecated != ids.instance:
        return _again(state, held, xml, files)
    if ids.deprecated:
        return _edit(state, user, ids, xml, files)
    if state.by_former(ids.instance):
        raise Refusal(409, CONFLICT)
    record = state.new_record(asset, xml, user.name, form_string=ids.form)
    _take(state, record, files)
    state.log(asset, "add-submission", user.name, record)
    return Received(record)


def _refuse_beyond_plan(state: State, asset: Asset) -> None:
    plan = state.used(asset.owner) if state.users[asset.owner].limits else {}
    for name, (used, limit) in plan.items():
        if limit is not None and used > limit:
            raise Refusal(402, f"The owner of this survey has exceeded their {WORDS[name]} limit.")


def _asset_of(state: State, ids: instances.Ids) -> Asset:
    """By formhub/uuid first, whatever the form calls itself."""
    deployed = [one for one in state.assets.values() if one.deployed]
    for asset in deployed:
        if ids.formhub and asset.formhub == ids.formhub:
            return asset
    for asset in deployed:
        if asset.uid == ids.form:
            return asset
    raise Refusal(404, NOWHERE)


def _again(state: State, record: Record, xml: bytes, files: Mapping[str, Content]) -> Received:
    if record.xml != xml:
        state.last_id += 1  # tried, and an id is gone
        raise Refusal(409, CONFLICT)
    _refuse_other_bytes(record, files)
    return Received(record, duplicate=not _take(state, record, files))


def _edit(state: State, user: User, ids: instances.Ids, xml: bytes, files: Mapping[str, Content]) -> Received:
    assert ids.instance is not None
    assert ids.deprecated is not None
    record = state.by_instance(ids.deprecated)
    if record is None and state.by_former(ids.deprecated):
        raise Refusal(410, STALE)
    if record is None:
        raise Refusal(404, "Invalid submission - deprecatedID not found")
    _refuse_other_bytes(record, files)
    state.supersede(record, xml, ids.instance)
    _take(state, record, files)
    state.log(record.asset, "modify-submission", user.name, record)
    return Received(record)


def _refuse_other_bytes(record: Record, files: Mapping[str, Content]) -> None:
    """A photo cannot be replaced under its name, not even in an edit."""
    for name, content in files.items():
        held = record.live(name)
        if held is not None and held.data != _bytes(content):
            raise Refusal(409, CONFLICT)


def _take(state: State, record: Record, files: Mapping[str, Content]) -> list[Attachment]:
    """The files that are new; one that was deleted comes back beside its deleted self."""
    return [
        state.attachment(record, name, content, mimetypes.guess_type(name)[0] or "application/octet-stream")
        for name, content in files.items()
        if record.live(name) is None
    ]


def _bytes(content: Content) -> bytes:
    return content() if callable(content) else content


def review(state: State, user: User, record: Record, status: Any) -> dict[str, Any]:
    """Set the validation status; `None` is refused as any other unknown word is."""
    if status not in LABELS:
        raise Refusal(400, f"Invalid validation status: `{status}`")
    record.status = {
        "timestamp": int(state.clock().timestamp()),
        "uid": status,
        "by_whom": user.name,
        "label": LABELS[status],
    }
    state.log(record.asset, "modify-submission", user.name, record, LABELS[status])
    return record.status


def clear_review(state: State, user: User, record: Record) -> None:
    record.status = {}
    state.log(record.asset, "modify-submission", user.name, record, "None")


def edit_by_api(state: State, user: User, record: Record, answers: Mapping[str, Any]) -> str:
    """A bulk edit, of one record; it supersedes the phone's copy. Returns the new instance id."""
    made = state.uuid()
    xml = instances.edited_by_api(
        record.xml,
        {path: str(value) for path, value in answers.items()},
        instance_id=made,
        deprecated=record.instance_id,
        root_id=record.root,
    )
    state.supersede(record, xml, made)
    state.log(record.asset, "modify-submission", user.name, record)
    return made


def delete(state: State, user: User, record: Record) -> None:
    state.remove(record)
    state.log(record.asset, "delete-submission", user.name, record)


def duplicate(state: State, user: User, record: Record) -> Record:
    """A copy with an id, a root and attachments of its own, and no status."""
    now = state.clock().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+00:00"
    xml = instances.duplicated(record.xml, instance_id=state.uuid(), now=now)
    made = state.new_record(record.asset, xml, user.name, form_string=record.form_string)
    for one in record.listed:
        if not one.deleted:
            state.attachment(made, one.name, one.content, one.mimetype)
    state.log(record.asset, "add-submission", user.name, made)
    return made


def delete_attachments(state: State, user: User, asset: Asset, found: Sequence[Attachment]) -> int:
    """They stay in the list, marked; the history says that something went to the trash, not of what."""
    going = [one for one in found if not one.deleted]
    for one in going:
        one.deleted = True
        state.log(asset, "in-trash", user.name)
    return len(going)
