"""Drafts, publishing, and the files and entity lists of form definitions."""

import base64
import hashlib
import secrets
from collections.abc import Iterable

from lxml import etree

from tests.models.central.problems import Crash, Problem, not_found, not_unique, short, unexpected, warned
from tests.models.central.roles import FORM_VIEWER
from tests.models.central.state import (
    Actor,
    Blob,
    Dataset,
    Form,
    FormFile,
    FormVersion,
    Project,
    Property,
    State,
    token,
)
from tests.models.central.xforms import PARSER, XForm, read_xform

STATES = ("open", "closing", "closed")


def create(
    state: State,
    project: Project,
    xml: bytes,
    actor: int,
    xlsx: bytes | None = None,
    *,
    ignore_warnings: bool = False,
) -> Form:
    """A new form with its first draft; one of that name in the trash is warned of."""
    read_id = short(read_xform(xml).form_id)
    if not ignore_warnings and any(one.id == read_id for one in project.trashed_forms):
        raise warned({"type": "deletedFormExists", "details": {"xmlFormId": read_id}})
    if read_id in project.forms:
        raise not_unique("forms", projectId=str(project.id), xmlFormId=read_id)
    form = Form(project.id, read_id, state.clock(), actor, state.number("form"))
    project.forms[read_id] = form
    draft(state, project, form, xml, xlsx, ignore_warnings=ignore_warnings)
    state.log(actor, "form.create", None, form)
    return form


def delete(state: State, project: Project, form: Form) -> None:
    form.deleted_at = state.clock()
    project.trashed_forms.append(project.forms.pop(form.id))


def restore(project: Project, form: Form) -> None:
    if form.id in project.forms:
        raise not_unique("forms", projectId=str(project.id), xmlFormId=form.id)
    form.deleted_at = None
    project.trashed_forms.remove(form)
    project.forms[form.id] = form


def drop_draft(form: Form) -> None:
    """A form that was never published is nothing without its draft."""
    if not form.published:
        message = (
            "Could not delete draft, because the form has not been published. Either delete the whole form, "
            "or replace the draft."
        )
        raise Problem(409.7, message)
    form.draft = form.draft_token = None


def draft(
    state: State,
    project: Project,
    form: Form,
    xml: bytes | None,
    xlsx: bytes | None = None,
    *,
    ignore_warnings: bool = False,
) -> None:
    """Set the draft: of this definition, or without one of the published definition."""
    before = form.draft or (form.published[-1] if form.published else None)
    if xml is None:
        if not form.published:
            raise not_found()
        last = form.published[-1]
        version = FormVersion(last.xform, last.xml, last.version, {}, last.xlsx, key_id=last.key_id)
    else:
        version = _definition(project, xml, xlsx)
        if version.xform.form_id != form.id:
            raise unexpected("xmlFormId", version.xform.form_id, "does not match the form you are updating")
        _compare(form, version.xform, ignore_warnings)
    for name, type_ in version.xform.media.items():
        held = before.files.get(name) if before else None
        version.files[name] = FormFile(name, type_) if held is None else FormFile(**vars(held))
    form.draft, form.draft_token = version, token()
    _link(state, project, version)


def _compare(form: Form, new: XForm, ignore_warnings: bool) -> None:
    """No field changes its type, and one that is left out is warned of."""
    for version in form.published:
        for path, field in version.xform.of_path.items():
            now = new.of_path.get(path)
            if now is not None and now.type not in (field.type, "string"):
                message = (
                    f"The form you have uploaded attempts to change the type of the field at {path}. In a "
                    f"previous version, it had the type {field.type}. Please either return that field to its "
                    "previous type, or rename the field so it lives at a new path."
                )
                raise Problem(400.17, message, {"path": path, "type": field.type})
    held = form.published[-1].xform.fields if form.published else ()
    left = [one.name for one in held if one.path not in new.of_path and not one.path.startswith("/meta")]
    if left and not ignore_warnings:
        raise warned({"type": "structureChanged", "details": left})


def _definition(project: Project, xml: bytes, xlsx: bytes | None) -> FormVersion:
    if b"\0" in xml:
        raise Crash
    if project.key_id is not None:
        suffix = base64.b64encode(secrets.token_bytes(6)).decode()
        xml = with_version(xml, f"{read_xform(xml).version}[encrypted:{suffix}]")
    xform = read_xform(xml)
    return FormVersion(xform, xml, xform.version, {}, xlsx, key_id=project.key_id)


def with_version(xml: bytes, version: str) -> bytes:
    """The same definition under another version."""
    root = etree.fromstring(xml, PARSER)
    form_id = read_xform(xml).form_id
    main = next(node for node in root.iter() if node.get("id") == form_id)
    main.set("version", version)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _link(state: State, project: Project, version: FormVersion) -> None:
    """What is named as an entity list is that list, unless a file was uploaded."""
    for file in version.files.values():
        name = file.name.removesuffix(".csv")
        if file.blob is None and file.dataset is None and file.type == "file" and name in project.datasets:
            file.dataset, file.updated_at = name, state.clock()


def publish(state: State, project: Project, form: Form, actor: int, version: str | None = None) -> None:
    """The draft becomes the newest version; an old version's name is refused."""
    ready = form.draft
    if ready is None:
        raise not_found()
    if version:
        ready.xml = with_version(ready.xml, version)
        ready.xform = read_xform(ready.xml)
        ready.version = ready.xform.version
    namesakes = [one for one in project.trashed_forms if one.id == form.id]
    if any(one.version(ready.version) for one in (form, *namesakes)):
        message = (
            f"You tried to publish the form '{form.id}' with version '{ready.version}', but a published "
            "form has already existed in this project with those identifiers."
        )
        raise Problem(409.6, message, {"xmlFormId": form.id, "version": ready.version})
    ready.published_at, ready.published_by = state.clock(), actor
    if not form.published:
        _let_view(state, form)
    form.published.append(ready)
    form.draft = form.draft_token = None
    form.updated_at = ready.published_at
    if ready.key_id is None and ready.xform.dataset is not None:
        _declare(state, project, form, ready.xform)
    _link(state, project, ready)
    state.log(actor, "form.update.publish", {"newDefId": len(form.published)}, form)


def _let_view(state: State, form: Form) -> None:
    """An actor of its own previews every published form."""
    viewer = Actor(state.number("actor"), "singleUse", f"Form preview token for {form.id}", state.clock())
    state.actors[viewer.id] = viewer
    form.assigned.add((viewer.id, FORM_VIEWER))


def _declare(state: State, project: Project, form: Form, xform: XForm) -> None:
    assert xform.dataset is not None
    dataset = project.datasets.get(xform.dataset) or create_dataset(state, project, xform.dataset)
    if form.id not in dataset.sources:
        dataset.sources.append(form.id)
    for name in xform.saved.values():
        held = dataset.properties.setdefault(name, Property(name, state.clock()))
        if form.id not in held.forms:
            held.forms.append(form.id)
    dataset.updated_at = state.clock()


def create_dataset(state: State, project: Project, name: str) -> Dataset:
    for held in project.datasets:
        if held.lower() == name.lower() and held != name:
            message = (
                f"A dataset named '{held}' exists and you provided '{name}' with the same name but different "
                "capitalization."
            )
            raise Problem(409.16, message, {"current": held, "provided": name})
    if name in project.datasets:
        raise not_unique("datasets", name=name, projectId=project.id)
    now = state.clock()
    dataset = Dataset(state.number("dataset"), name, project.id, now, now)
    project.datasets[name] = dataset
    return dataset


def delete_dataset(project: Project, dataset: Dataset) -> None:
    """For ever, as far as its name says; its entities keep their ids. Forms that need it bar that."""

    def named(ids: Iterable[str]) -> list[dict[str, str]]:
        return [{"name": project.forms[i].shown.xform.title, "xmlFormId": i} for i in ids]

    needed = {
        "sourceForms": named(one for one in dataset.sources if one in project.forms),
        "linkedForms": named(one.id for one in linked(project, dataset.name)),
        "draftSourceForms": [],
        "draftLinkedForms": [],
    }
    if any(needed.values()):
        message = "You can't delete this dataset because there are Form(s) dependent on it"
        raise Problem(409.21, message, needed)
    project.trashed_datasets.append(project.datasets.pop(dataset.name))


def add_property(state: State, dataset: Dataset, name: str) -> None:
    held = next((one for one in dataset.properties if one.lower() == name.lower()), None)
    if held is not None:
        raise not_unique("ds_properties", name=held, datasetId=dataset.id)
    dataset.properties[name] = Property(name, state.clock())
    dataset.updated_at = state.clock()


def upload(state: State, version: FormVersion, name: str, blob: Blob | None, dataset: str | None) -> FormFile:
    """Put a file, link a list, or with neither clear what is there."""
    file = version.files.get(name)
    if file is None:
        raise not_found()
    file.blob, file.dataset, file.updated_at = blob, dataset, state.clock()
    return file


def set_state(state: State, form: Form, to: object) -> None:
    if to not in STATES:
        raise unexpected("state", "<NULL>" if to is None else to, "not a recognized state name")
    form.state = str(to)
    form.updated_at = state.clock()


def linked(project: Project, dataset: str) -> list[Form]:
    """The published forms that read this list."""
    return [
        form
        for form in project.forms.values()
        if form.published and any(f.dataset == dataset for f in form.published[-1].files.values())
    ]


def digests(xml: bytes) -> dict[str, str]:
    return {
        "hash": hashlib.md5(xml, usedforsecurity=False).hexdigest(),
        "sha": hashlib.sha1(xml, usedforsecurity=False).hexdigest(),
        "sha256": hashlib.sha256(xml).hexdigest(),
    }
