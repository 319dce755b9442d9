"""Parses a filled form: its form, its instance id, the files and entities it names.

Raises BadInput for what it cannot use. Identifiers come from strangers: an instance's or entity's id is at
most 100 of A-Z a-z 0-9 . _ : - and begins with a letter or digit. That admits every UUID and excludes `../`,
control and direction marks; `CON` passes and is harmless, because no identifier ever becomes a path.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from mochocho.words.errors import BadInput
from mochocho.words.sentences import Sentence
from sync.xform.binds import Binds, at, local
from sync.xform.safe_xml import read_xml

MAX_NAME = 255  # characters of a form id, version or file name
MAX_ENTITIES = 100  # changed by one instance; our forms change one
MAX_VALUE = 10_000  # characters of an entity's label or property: every phone of the district downloads them

# where the server hands out a submission that it cannot read itself
INSTANCE_ENCRYPTED = "instance.encrypted"

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,99}")
_ENTITY_NAME = re.compile(r"[A-Za-z_][0-9A-Za-z_.-]{0,99}")
_YES = {"1", "true"}
_OF_KOBO = {("formhub",), ("__version__",), ("meta", "rootUuid")}
_ASK = Sentence("กรุณาแจ้งผู้ดูแลระบบ", "tell whoever looks after the program")


@dataclass(frozen=True, slots=True)
class EntityChange:
    """What an instance says about one entity.

    `properties` are filled in only if the form's binds are known.
    """

    list_name: str
    id: str
    label: str
    create: bool
    update: bool
    properties: dict[str, str]


@dataclass(frozen=True, slots=True)
class Instance:
    """One filled form. Ids are without `uuid:`; `file_names` are empty without the form's binds.

    `finalised`: False when the form records the moment of finalising and the instance has none; None when the
    form does not record it.
    """

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str | None
    entities: tuple[EntityChange, ...]
    file_names: tuple[str, ...]
    finalised: bool | None
    root: etree._Element

    @property
    def canonical_sha256(self) -> str:
        """A digest that is equal for instances that differ only in how their XML was written.

        Raises BadInput xml.bad_namespace for a namespace that is not an absolute URI, which has no defined
        meaning.
        """
        try:
            return hashlib.sha256(etree.tostring(self.root, method="c14n")).hexdigest()
        except etree.C14NError:
            raise BadInput(
                "xml.bad_namespace",
                f"แบบฟอร์มมีเนมสเปซที่ใช้ไม่ได้ ให้ลบแบบฟอร์มในแอปแล้วดาวน์โหลดใหม่ {_ASK.th}",
                "the form has a namespace that cannot be; delete the form in the app and fetch it anew; "
                f"{_ASK.en}",
            ) from None

    @property
    def answers_sha256(self) -> str:
        """A digest that is equal for instances with the same answers,
        even if a server added fields of its own.
        """
        said = json.dumps([self.form_id, self.version, list(_said(self.root, ()))])
        return hashlib.sha256(said.encode()).hexdigest()


def parse_instance(xml: bytes, binds: Binds | None = None) -> Instance:
    """Parse an instance; with the binds of its form version also its file names and entities' properties.

    Raises BadInput: xml.*, form.no_id, form.bad_id, instance.encrypted, instance.no_id, instance.bad_id,
    instance.bad_file_name, entity.bad_id, entity.unknown_list, entity.too_long, entity.too_many.
    """
    return parse_published(xml, lambda _form_id, _version: binds)


def parse_published(xml: bytes, binds_of: Callable[[str, str], Binds | None]) -> Instance:
    """`parse_instance` with the binds found by the form id and version that the instance names."""
    root = read_xml(xml)
    if _attribute(root, "encrypted") == "yes":
        raise BadInput(
            INSTANCE_ENCRYPTED,
            f"แบบฟอร์มนี้เข้ารหัสลับไว้ ต้องถอดรหัสด้วยกุญแจของโครงการก่อน {_ASK.th}",
            f"the form is encrypted and has to be decrypted with the project's key first; {_ASK.en}",
        )
    form_id, version = _form_id(root), _version(root)
    binds = binds_of(form_id, version)
    meta = next(at(root, ("meta",)), None)
    instance_id = _instance_id(root, meta)
    deprecated_id = _deprecated_id(meta)
    if deprecated_id == instance_id:
        raise BadInput(
            "instance.bad_id",
            f"แบบฟอร์มอ้างว่าแก้ไขตัวเอง (deprecatedID ซ้ำกับ instanceID) {_ASK.th}",
            f"the form says that it edits itself (deprecatedID is the same as instanceID); {_ASK.en}",
        )
    return Instance(
        form_id=form_id,
        version=version,
        instance_id=instance_id,
        deprecated_id=deprecated_id,
        entities=_entities(root, meta, binds),
        file_names=_file_names(root, binds),
        finalised=_finalised(root, binds),
        root=root,
    )


def valid_file_name(name: str) -> bool:
    """Whether our tables accept a name: 1-255 characters, none of them control or surrogate."""
    return 0 < len(name) <= MAX_NAME and not any(unicodedata.category(c) in {"Cc", "Cs"} for c in name)


def _said(node: etree._Element, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every path (local names) with its text, without the fields that KoboToolbox adds."""
    for child in node.iterchildren(etree.Element):
        here = (*path, local(child.tag))
        if here in _OF_KOBO:
            continue
        if here[:2] == ("meta", "entity"):
            yield from (((*here, local(str(k))), str(v)) for k, v in sorted(child.attrib.items()))
        if len(child):
            yield from _said(child, here)
        elif text := _text(child):
            yield here, text


def _form_id(root: etree._Element) -> str:
    form_id = _attribute(root, "id").strip()
    if not form_id:
        raise BadInput(
            "form.no_id",
            f"ไฟล์นี้ไม่บอกว่าเป็นแบบฟอร์มใด (ไม่มี id) อาจไม่ใช่แบบฟอร์มที่กรอกแล้ว {_ASK.th}",
            f"the file does not say of which form it is (no id); it may be no filled form; {_ASK.en}",
        )
    if not valid_file_name(form_id):
        raise BadInput(
            "form.bad_id",
            f"รหัสแบบฟอร์มใช้ไม่ได้ ให้ลบแบบฟอร์มในแอปแล้วดาวน์โหลดใหม่ {_ASK.th}",
            f"the form's id cannot be; delete the form in the app and fetch it anew; {_ASK.en}",
        )
    return form_id


def _version(root: etree._Element) -> str:
    version = _attribute(root, "version").strip()
    if version and not valid_file_name(version):
        raise BadInput(
            "form.bad_id",
            f"รุ่นของแบบฟอร์มใช้ไม่ได้ ให้ลบแบบฟอร์มในแอปแล้วดาวน์โหลดใหม่ {_ASK.th}",
            f"the form's version cannot be; delete the form in the app and fetch it anew; {_ASK.en}",
        )
    return version


def _instance_id(root: etree._Element, meta: etree._Element | None) -> str:
    # Briefcase repeats the id as an attribute of the root; for old forms it writes only that.
    written = _meta_text(meta, "instanceID") or _attribute(root, "instanceID").strip()
    if not written:
        raise BadInput(
            "instance.no_id",
            f"แบบฟอร์มไม่มีรหัสประจำชุด (instanceID) ให้กรอกใหม่ด้วย ODK Collect {_ASK.th}",
            f"the form has no instanceID; have it filled in anew in ODK Collect; {_ASK.en}",
        )
    return _checked_id(written)


def _deprecated_id(meta: etree._Element | None) -> str | None:
    written = _meta_text(meta, "deprecatedID")
    return _checked_id(written) if written else None


def _checked_id(written: str) -> str:
    bare = written.removeprefix("uuid:")
    if _ID.fullmatch(bare) is None:
        raise BadInput(
            "instance.bad_id",
            f"รหัสประจำชุด (instanceID) ใช้ไม่ได้ ให้กรอกใหม่ด้วย ODK Collect {_ASK.th}",
            f"the instanceID cannot be; have the form filled in anew in ODK Collect; {_ASK.en}",
        )
    return bare


def _meta_text(meta: etree._Element | None, name: str) -> str:
    node = None if meta is None else next(at(meta, (name,)), None)
    return "" if node is None else _text(node)


def _attribute(node: etree._Element, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if local(str(key)) == name), "")


def _text(node: etree._Element) -> str:
    return (node.text or "").strip()


def _entities(
    root: etree._Element, meta: etree._Element | None, binds: Binds | None
) -> tuple[EntityChange, ...]:
    nodes = () if meta is None else at(meta, ("entity",))
    changing = [node for node in nodes if _changes(node)]
    if len(changing) > MAX_ENTITIES:
        raise BadInput(
            "entity.too_many",
            f"แบบฟอร์มแก้ทะเบียนเกิน {MAX_ENTITIES} รายในครั้งเดียว ให้กรอกใหม่ด้วย ODK Collect {_ASK.th}",
            f"the form changes more than {MAX_ENTITIES} entities at once; "
            f"have it filled in anew in ODK Collect; {_ASK.en}",
        )
    return tuple(_entity(root, node, binds) for node in changing)


def _changes(node: etree._Element) -> bool:
    return _attribute(node, "create") in _YES or _attribute(node, "update") in _YES


def _entity(root: etree._Element, node: etree._Element, binds: Binds | None) -> EntityChange:
    list_name = _attribute(node, "dataset")
    entity_id = _attribute(node, "id").removeprefix("uuid:")
    if _ENTITY_NAME.fullmatch(list_name) is None or _ID.fullmatch(entity_id) is None:
        raise BadInput(
            "entity.bad_id",
            f"รหัสทะเบียนในแบบฟอร์มใช้ไม่ได้ ให้กรอกใหม่ด้วย ODK Collect {_ASK.th}",
            f"an entity's id in the form cannot be; have it filled in anew in ODK Collect; {_ASK.en}",
        )
    if binds is not None and list_name not in binds.lists:
        raise BadInput(
            "entity.unknown_list",
            f"แบบฟอร์มนี้ไม่มีสิทธิ์เพิ่มรายชื่อในทะเบียนที่อ้างถึง {_ASK.th}",
            f"this form may not add to the list of entities that it names; {_ASK.en}",
        )
    label = "".join(_text(child) for child in at(node, ("label",)))
    properties = {}
    for path, name in binds.savetos if binds else ():
        value = next(at(root, path), None)
        if value is not None:
            properties[name] = _text(value)
    if any(len(value) > MAX_VALUE for value in (label, *properties.values())):
        raise BadInput(
            "entity.too_long",
            f"ข้อความในทะเบียนยาวเกิน {MAX_VALUE} ตัวอักษร ให้แก้ให้สั้นลงแล้วส่งใหม่",
            f"an entity's text has more than {MAX_VALUE} letters; have it shortened and sent again",
        )
    return EntityChange(
        list_name=list_name,
        id=entity_id,
        label=label,
        create=_attribute(node, "create") in _YES,
        update=_attribute(node, "update") in _YES,
        properties=properties,
    )


def _file_names(root: etree._Element, binds: Binds | None) -> tuple[str, ...]:
    paths = binds.files if binds else ()
    written = dict.fromkeys(_text(node) for path in paths for node in at(root, path))
    names = tuple(name for name in written if name)
    if not all(map(valid_file_name, names)):
        raise BadInput(
            "instance.bad_file_name",
            "ชื่อไฟล์แนบในแบบฟอร์มยาวเกินไปหรือมีอักขระที่ใช้ไม่ได้ ให้ถ่ายภาพแล้วส่งใหม่",
            "a file's name in the form is too long or has characters that cannot be; "
            "have the picture taken and sent again",
        )
    return names


def _finalised(root: etree._Element, binds: Binds | None) -> bool | None:
    if binds is None or not binds.ends:
        return None
    return any(_text(node) for path in binds.ends for node in at(root, path))
