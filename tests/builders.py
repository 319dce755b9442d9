"""Builders of what tests send: filled forms and small forms. People are invented."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from sync.openrosa.receiving.spool import Receipt, Spool
from sync.tables import Officer, PublishedForm
from sync.xform.parse import parse_instance
from xlsforms import names

XFORMS = "http://www.w3.org/2002/xforms"
ORX = "http://openrosa.org/xforms"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
JR = "http://openrosa.org/javarosa"
XHTML = "http://www.w3.org/1999/xhtml"

JPEG = b"\xff\xd8\xff\xe0 stands for a photo \xff\xd9"
NOON = datetime(2025, 5, 1, 5, tzinfo=UTC)
VERSION = "1"

Fields = Mapping[str, "str | Sequence[Fields]"]  # a list is a repeat


def uid(*words: object) -> str:
    """A UUID of version 4's shape, the same for the same words."""
    digest = hashlib.sha256(repr(words).encode()).digest()[:16]
    return str(uuid.UUID(bytes=digest, version=4))


def instance(
    form_id: str,
    fields: Fields,
    *,
    instance_id: str,
    version: str = VERSION,
    deprecated_id: str | None = None,
    entity: Mapping[str, str] | None = None,
) -> bytes:
    """A filled form as Collect writes it. `entity`: dataset, id, label and `create` or `update` = "1"."""
    root = etree.Element("data", nsmap={"orx": ORX}, attrib={"id": form_id, "version": version})
    _fill(root, fields)
    meta = etree.SubElement(root, f"{{{ORX}}}meta")
    if entity is not None:
        attributes = {name: value for name, value in entity.items() if name != "label"}
        node = etree.SubElement(meta, "entity", attrib=attributes)
        etree.SubElement(node, "label").text = entity["label"]
    etree.SubElement(meta, f"{{{ORX}}}instanceID").text = f"uuid:{instance_id}"
    if deprecated_id is not None:
        etree.SubElement(meta, f"{{{ORX}}}deprecatedID").text = f"uuid:{deprecated_id}"
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _fill(parent: etree._Element, fields: Fields) -> None:
    for name, value in fields.items():
        if isinstance(value, str):
            etree.SubElement(parent, name).text = value
            continue
        for row in value:
            _fill(etree.SubElement(parent, name), row)


def application(
    key: str = uid("applicant"),
    fields: Fields | None = None,
    *,
    instance_id: str = uid("application"),
    version: str = VERSION,
    deprecated_id: str | None = None,
) -> bytes:
    """An application of an invented leader of เมืองเชียงราย; `fields` replace or add, in order."""
    filled: dict[str, str | Sequence[Fields]] = {
        "applicant_type": "leader",
        "applicant_name": "นางสมมติ ทดสอบ",
        "district": "5701",
        "subdistrict": "เวียง",
        "village": "บ้านสมมติ",
        "applied_on": "2025-05-01",
        "national_id": "1000000000009",
        "phone": "000-000-0000",
        **(fields or {}),
        "end": "2025-05-01T09:30:00.000+07:00",
    }
    entity = {"dataset": names.APPLICANTS, "id": key, "create": "1", "label": str(filled["applicant_name"])}
    return instance(
        names.APPLICATION,
        filled,
        instance_id=instance_id,
        version=version,
        deprecated_id=deprecated_id,
        entity=entity,
    )


def onsite(
    key: str = uid("applicant"),
    fields: Fields | None = None,
    *,
    instance_id: str = uid("onsite"),
    version: str = VERSION,
    deprecated_id: str | None = None,
) -> bytes:
    """A score sheet about the applicant `key`; give the answers in `fields`."""
    filled: dict[str, str | Sequence[Fields]] = {
        "district": "5701",
        "applicant_key": key,
        "applicant_name": "นางสมมติ ทดสอบ",
        "applicant_type": "leader",
        "assessor_name": "นายตัวอย่าง ใจดี",
        "visited_on": "2025-05-20",
        **(fields or {}),
        "end": "2025-05-20T11:00:00.000+07:00",
    }
    return instance(
        names.ONSITE, filled, instance_id=instance_id, version=version, deprecated_id=deprecated_id
    )


def xform(
    form_id: str = names.APPLICATION,
    version: str = VERSION,
    *,
    files: Sequence[str] = ("photo", "pages/page"),
    savetos: Sequence[str] = ("applicant_type", "applicant_name", "district"),
    end: bool = True,
) -> bytes:
    """A form's binds: enough to read its instances. `files` are paths, `savetos` fields of that name."""
    root = etree.Element(f"{{{XHTML}}}html", nsmap={"h": XHTML, None: XFORMS, "jr": JR, "entities": ENTITIES})
    head = etree.SubElement(root, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = "แบบทดสอบ"
    model = etree.SubElement(head, f"{{{XFORMS}}}model")
    primary = etree.SubElement(model, f"{{{XFORMS}}}instance")
    data = etree.SubElement(primary, f"{{{XFORMS}}}data", attrib={"id": form_id, "version": version})
    meta = etree.SubElement(data, f"{{{XFORMS}}}meta")
    etree.SubElement(
        meta, f"{{{XFORMS}}}entity", attrib={"dataset": names.APPLICANTS, "create": "1", "id": ""}
    )
    for path in files:
        etree.SubElement(model, f"{{{XFORMS}}}bind", attrib={"nodeset": f"/data/{path}", "type": "binary"})
    for name in savetos:
        saveto = {"nodeset": f"/data/{name}", "type": "string", f"{{{ENTITIES}}}saveto": name}
        etree.SubElement(model, f"{{{XFORMS}}}bind", attrib=saveto)
    if end:
        preload = {f"{{{JR}}}preload": "timestamp", f"{{{JR}}}preloadParams": "end"}
        etree.SubElement(model, f"{{{XFORMS}}}bind", attrib={"nodeset": "/data/end", **preload})
    etree.SubElement(root, f"{{{XHTML}}}body")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def publish(home: Home, content: bytes, form_id: str = names.APPLICATION, version: str = VERSION) -> None:
    """Make a form version one that instances may be read by, without building it from the pack."""
    sha256 = home.store.put(content)
    with transaction(home.engine) as session:
        session.merge(
            PublishedForm(
                form_id=form_id,
                version=version,
                title="แบบทดสอบ",
                xform_sha256=sha256,
                current=True,
                published_at=NOON,
            )
        )


def officer(home: Home, name: str = "เจ้าหน้าที่สมมติ", districts: Sequence[str] = ("5701",)) -> int:
    """An officer whose token nobody knows. Returns the officer's id."""
    row = Officer(
        name=name,
        districts=list(districts),
        token_sha256=hashlib.sha256(name.encode()).hexdigest(),
        created_at=NOON,
        revoked_at=None,
    )
    with transaction(home.engine) as session:
        session.add(row)
        session.flush()
        return row.id


def post(
    home: Home,
    xml: bytes,
    files: Mapping[str, bytes] | None = None,
    *,
    officer_id: int = 1,
    received_at: datetime = NOON,
) -> Path:
    """Spool an instance as the endpoint does after its checks. Returns the path of the newest receipt."""
    parsed = parse_instance(xml)
    kept = tuple((name, home.store.put(content), len(content)) for name, content in (files or {}).items())
    receipt = Receipt(
        form_id=parsed.form_id,
        form_version=parsed.version,
        instance_id=parsed.instance_id,
        deprecated_id=parsed.deprecated_id,
        xml=home.store.put(xml),
        files=kept,
        unnamed=(),
        officer_id=officer_id,
        received_at=received_at,
    )
    Spool(home.spool_dir).accept(receipt, parsed.canonical_sha256)
    folder = hashlib.sha256(parsed.instance_id.encode()).hexdigest()
    return max(
        (home.spool_dir / "posts" / folder[:2] / folder).glob("*.json"),
        key=lambda path: path.stat().st_mtime_ns,
    )


def copied(top: Path, name: str, xml: bytes, files: Mapping[str, bytes] | None = None) -> Path:
    """An instance as Collect keeps it on a phone, copied to `top`. Returns its folder."""
    folder = top / name
    folder.mkdir(parents=True)
    (folder / f"{name}.xml").write_bytes(xml)
    for file_name, content in (files or {}).items():
        (folder / file_name).write_bytes(content)
    return folder
