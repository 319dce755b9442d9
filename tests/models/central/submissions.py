"""Changes of submissions, and Central's refusals of them."""

import urllib.parse
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from tests.models.central.problems import (
    Crash,
    Problem,
    kept,
    missing,
    not_found,
    not_unique,
    out_of_date,
    short,
    unexpected,
)
from tests.models.central.state import (
    Blob,
    Comment,
    Form,
    FormVersion,
    Pending,
    Project,
    State,
    Submission,
    Version,
)
from tests.models.central.xforms import LENIENT, child, children, local, text

REVIEW_STATES = ("hasIssues", "edited", "rejected", "approved")


@dataclass(frozen=True)
class By:
    """Who sends: the actor, and what the request says of the device."""

    actor: int
    device_id: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True)
class Read:
    """What is read in a submission's XML."""

    root: etree._Element
    form_id: str
    version: str
    instance_id: str
    deprecated_id: str | None
    instance_name: str | None

    @property
    def encrypted(self) -> bool:
        return self.root.get("encrypted") == "yes"


def read(xml: bytes) -> Read:
    """Of broken XML whatever can be made out, as Central's own reader does."""
    if b"\0" in xml:
        raise Crash
    root = etree.fromstring(xml.strip() or b"<none/>", LENIENT)
    if root is None or not root.get("id"):
        raise missing("form ID xml attribute")
    meta = child(root, "meta")
    instance_id = short(text(child(meta, "instanceID")) or root.get("instanceID") or str(uuid.uuid4()))
    name = child(meta, "instanceName")
    return Read(
        root=root,
        form_id=root.get("id") or "",
        version=root.get("version") or "",
        instance_id=instance_id,
        deprecated_id=text(child(meta, "deprecatedID")) or None,
        instance_name=None if name is None else _raw(name),
    )


def _raw(node: etree._Element) -> str:
    """The text as the XML has it: Central does not decode an instanceName."""
    written = etree.tostring(node, encoding="unicode", with_tail=False)
    return written[written.index(">") + 1 : written.rindex("<")] if "</" in written else ""


def file_names(found: Read, definition: FormVersion) -> list[str]:
    """The files that a submission expects: its binary fields; of an encrypted one, all that is sealed."""
    if found.encrypted:
        media = [text(child(m, "file")) for m in children(found.root) if local(m) == "media"]
        return [name for name in [*media, text(child(found.root, "encryptedXmlFile"))] if name]
    fields, names = definition.xform.of_path, []

    def walk(node: etree._Element, path: str) -> None:
        for each in children(node):
            here = f"{path}/{local(each)}"
            known = fields.get(here)
            if known is not None and known.type == "binary" and text(each).strip():
                names.append(text(each).strip())
            walk(each, here)

    walk(found.root, "")
    return list(dict.fromkeys(names))


def receive(state: State, project: Project, xml: bytes, files: Mapping[str, Blob], by: By) -> Submission:
    """An OpenRosa submission: new, sent again with more files, or an edit."""
    found = read(xml)
    form = project.forms.get(found.form_id)
    if form is None or not form.published:
        raise not_found()
    definition = definition_of(form, found)
    if form.state == "closed":
        raise _closed()
    held = form.roots.get(found.instance_id)
    if held is not None and found.deprecated_id == found.instance_id:
        raise not_unique("submission_defs", instanceID=found.instance_id)
    if held is not None:
        return _again(state, form, held, found, xml, files, by)
    if found.deprecated_id is not None:
        if found.deprecated_id not in form.roots:
            message = (
                "You tried to update an existing submission, but we can't find that submission to update "
                f"({found.deprecated_id})"
            )
            raise Problem(404.5, message, {"deprecatedId": found.deprecated_id})
        return edit(state, form, found, xml, files, by)
    return _new(state, form, definition, found, xml, files, by)


def definition_of(form: Form, found: Read) -> FormVersion:
    definition = form.version(found.version)
    if definition is None:
        message = f"The form version specified in this submission '{found.version}' does not exist."
        raise Problem(404.6, message, {"formVersion": found.version})
    return definition


def _closed() -> Problem:
    return Problem(
        409.2,
        "This form is not currently accepting submissions. Please talk to your program staff if this is "
        "unexpected.",
    )


def create(state: State, form: Form, xml: bytes, by: By) -> Submission:
    """By REST, without files: an instance id that is there is refused."""
    found = read(xml)
    if found.form_id != form.id:
        raise unexpected("form id", found.form_id, "did not match the form ID in the URL")
    if form.state == "closed":
        raise _closed()
    if found.instance_id in form.roots:
        raise not_unique("submissions", formId=str(form.number), instanceId=found.instance_id, draft="f")
    return _new(state, form, definition_of(form, found), found, xml, {}, by)


def _new(
    state: State,
    form: Form,
    definition: FormVersion,
    found: Read,
    xml: bytes,
    files: Mapping[str, Blob],
    by: By,
) -> Submission:
    names: dict[str, Blob | None] = {name: files.get(name) for name in file_names(found, definition)}
    version = _version(state, found, xml, names, by)
    submission = Submission(state.number("submission"), [version], version.created_at)
    form.submissions[found.instance_id] = form.roots[found.instance_id] = submission
    _record(state, form, submission, by, "submission.create", {"instanceId": found.instance_id})
    _log_files(state, form, version, by)
    state.pending.append(Pending(form, submission, version))
    return submission


def _version(state: State, found: Read, xml: bytes, files: dict[str, Blob | None], by: By) -> Version:
    return Version(
        id=state.number("version"),
        instance_id=found.instance_id,
        xml=xml,
        form_version=found.version,
        files=files,
        submitter=by.actor,
        created_at=state.clock(),
        instance_name=found.instance_name,
        device_id=by.device_id,
        user_agent=by.user_agent,
        encrypted=found.encrypted,
        deprecated_id=found.deprecated_id,
    )


def _again(
    state: State, form: Form, held: Submission, found: Read, xml: bytes, files: Mapping[str, Blob], by: By
) -> Submission:
    version = next(v for v in held.versions if v.instance_id == found.instance_id)
    if held.deleted_at is not None:
        if version not in (held.first, held.current):
            raise not_found()
        raise Problem(409.17, "This submission has been deleted. You may not resubmit it.")
    if version.xml != xml:
        raise Problem(
            409.7,
            "A submission already exists with this ID, but with different XML. Resubmissions to attach "
            "additional multimedia must resubmit an identical xml_submission_file.",
        )
    if version is not held.current:
        raise out_of_date(found.deprecated_id)
    for name in version.files:
        if name in files:
            _put(state, form, version, name, files[name], by)
    return held


def edit(
    state: State,
    form: Form,
    found: Read,
    xml: bytes,
    files: Mapping[str, Blob],
    by: By,
    root: str | None = None,
) -> Submission:
    """The next version. A file of the version just before stays, if its name does and no other bytes came."""
    held = form.roots.get(found.deprecated_id or "")
    if held is None or held.deleted_at is not None or (root is not None and held.instance_id != root):
        raise not_found()
    before = held.current
    if before.instance_id != found.deprecated_id:
        raise out_of_date(found.deprecated_id)
    expected = file_names(found, definition_of(form, found))
    names = {name: files.get(name) or before.files.get(name) for name in expected}
    version = _version(state, found, xml, names, by)
    held.versions.append(version)
    held.updated_at = version.created_at
    held.review_state = "edited"
    form.roots[found.instance_id] = held
    _record(state, form, held, by, "submission.update.version", {"instanceId": found.instance_id})
    _log_files(state, form, version, by)
    state.pending.append(Pending(form, held, version))
    return held


def replace(state: State, form: Form, submission: Submission, xml: bytes, by: By) -> Submission:
    """An edit by REST: it must say which version it was made from."""
    found = read(xml)
    if found.deprecated_id is None:
        message = (
            "This PUT endpoint expects a deprecatedID metadata tag pointing at the current version "
            "instanceID. I cannot find that tag in your request."
        )
        raise Problem(400.19, message)
    if found.deprecated_id != submission.current.instance_id:
        raise out_of_date(found.deprecated_id)
    if found.instance_id in form.roots:
        raise not_unique("submission_defs", instanceId=found.instance_id)
    return edit(state, form, found, xml, {}, by, submission.instance_id)


def _record(
    state: State,
    form: Form,
    submission: Submission,
    by: By,
    action: str,
    details: dict[str, object],
    notes: str | None = None,
) -> None:
    """Log it; and what is logged of a submission moves the feed's ETag."""
    submission.events += 1
    numbers = {"submissionId": submission.id, "submissionDefId": submission.current.id}
    state.log(by.actor, action, {**details, **numbers}, form, notes)


def review(
    state: State, form: Form, submission: Submission, to: object, by: By, notes: str | None = None
) -> None:
    if to == "":
        raise Crash
    if to is not None and to not in REVIEW_STATES:
        raise unexpected("state", str(to), "not a recognized state name")
    submission.review_state = None if to is None else str(to)
    submission.updated_at = state.clock()
    _record(state, form, submission, by, "submission.update", {"reviewState": to}, notes)


def comment(state: State, submission: Submission, body: str, by: By) -> Comment:
    said = Comment(kept(body), by.actor, state.clock())
    submission.comments.append(said)
    return said


def delete(state: State, form: Form, submission: Submission, by: By) -> None:
    submission.deleted_at = state.clock()
    submission.events += 1
    details = {"instanceId": submission.instance_id, "submissionId": submission.id}
    state.log(by.actor, "submission.delete", details, form)


def restore(state: State, form: Form, submission: Submission, by: By) -> None:
    """updatedAt does not move."""
    submission.deleted_at = None
    submission.events += 1
    details = {"instanceId": submission.instance_id, "submissionId": submission.id}
    state.log(by.actor, "submission.restore", details, form)


def purge(state: State, form: Form, submission: Submission) -> None:
    """It was never there, and its instance ids may come again."""
    del form.submissions[submission.instance_id]
    for version in submission.versions:
        del form.roots[version.instance_id]
    state.log(None, "submission.purge", {"submissions_deleted": 1})


def put_file(state: State, form: Form, version: Version, name: str, blob: Blob, by: By) -> None:
    """A late file or another under the same name; only names that the XML has. No date, no ETag moves."""
    if name not in version.files:
        raise not_found()
    _put(state, form, version, name, blob, by)


def _put(state: State, form: Form, version: Version, name: str, blob: Blob, by: By) -> None:
    version.files[name] = blob
    _log_file(state, form, version, name, by)


def clear_file(state: State, form: Form, version: Version, name: str, by: By) -> None:
    if name not in version.files:
        raise not_found()
    version.files[name] = None
    _log_file(state, form, version, name, by)


def _log_files(state: State, form: Form, version: Version, by: By) -> None:
    for name in [name for name, blob in version.files.items() if blob is not None]:
        _log_file(state, form, version, name, by)


def _log_file(state: State, form: Form, version: Version, name: str, by: By) -> None:
    details = {
        "name": name,
        "newBlobId": state.number("blob"),
        "instanceId": version.instance_id,
        "submissionDefId": version.id,
    }
    state.log(by.actor, "submission.attachment.update", details, form)


def disposition(kind: str, name: str) -> str:
    """The header as Express writes it: what is not Latin-1 is a dash, the whole name follows encoded."""
    plain = "".join(c if ord(c) < 128 else "-" for c in name)
    while "--" in plain:
        plain = plain.replace("--", "-")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{urllib.parse.quote(name)}"
