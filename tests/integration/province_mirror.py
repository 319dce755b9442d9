"""A small province in the mirror, put there as pull would: XML and files in the store, rows in the tables."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image
from sqlalchemy import select

from mochocho.standards.schema import Document, Indicator
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from sync.tables import Attachment, Officer, Submission, SubmissionVersion
from tests.own_numbers import next_number
from xlsforms import names

ENTITY = "10000000-0000-4000-8000-{:012d}"


def photo(size: tuple[int, int] = (320, 400), kind: str = "JPEG") -> bytes:
    """A readable picture unlike any other."""
    # From black to white: of greys alone one in two hundred is taken for an empty sheet.
    noise = np.random.default_rng(next_number()).integers(0, 256, size[::-1], np.uint8)
    image = Image.fromarray(noise).convert("RGB")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@dataclass
class Form:
    """One filled form on its way to the mirror: fields by name, files by name (None = not arrived)."""

    form_id: str
    root_id: str
    fields: dict[str, str | list[str]]
    files: dict[str, bytes | None] = field(default_factory=dict)
    entity: str = ""
    edit: int = 0

    def xml(self, instance_id: str) -> bytes:
        body = "".join(
            f"<{name}>{escape(value)}</{name}>"
            for name, values in self.fields.items()
            for value in ([values] if isinstance(values, str) else values)
        )
        entity = (
            f'<entity dataset="{names.APPLICANTS}" id="{self.entity}" create="1"><label>x</label></entity>'
            if self.entity
            else ""
        )
        return (
            f'<data id="{self.form_id}" version="1"><group>{body}</group>'
            f"<meta><instanceID>uuid:{instance_id}</instanceID>{entity}</meta></data>"
        ).encode()


def yes(home: Home, type_: ApplicantType) -> dict[str, str | list[str]]:
    """Answers that meet every rule of eligibility."""
    answers: dict[str, str | list[str]] = {}
    for rule in home.pack.standard(type_).eligibility:
        match rule.check.type:
            case "duration_months":
                answer = "60"
            case "choice":
                answer = rule.check.choices[0].code
            case _:
                answer = "yes"
        answers[names.eligibility(type_, rule.code)] = answer
    return answers


def application(home: Home, number: int, type_: ApplicantType = ApplicantType.GROUP, **changes: str) -> Form:
    """An application that passes g1 and g2, from the first district unless `district` says another."""
    fields: dict[str, str | list[str]] = {
        "applicant_type": type_.value,
        "applicant_name": f"กลุ่มทอผ้าตัวอย่าง {number}",
        "district": home.province.districts[0].code,
        "applied_on": "2025-01-15",
        **yes(home, type_),
    }
    form = Form(names.APPLICATION, f"app-{number}", fields, entity=ENTITY.format(number))
    for document in home.pack.standard(type_).documents:
        if document.mandatory:
            _attach(form, type_, document)
    form.fields |= changes
    return form


def _attach(form: Form, type_: ApplicantType, document: Document) -> None:
    name = f"{document.code}-{form.root_id}.jpg"
    form.fields[names.document(type_, document.code)] = "attached"
    form.fields[names.photo(type_, document.code)] = name
    form.files[name] = photo()


def full_answer(indicator: Indicator) -> int:
    match indicator.measure.kind:
        case "yes_no":
            return 1
        case "rubric":
            return 5
        case _:
            return indicator.measure.threshold


def sheet(
    home: Home,
    number: int,
    type_: ApplicantType = ApplicantType.GROUP,
    assessor: str = "นายตรวจ ตัวอย่าง",
    answers: Mapping[str, int] | None = None,
    **changes: str,
) -> Form:
    """A score sheet for applicant `number`: full marks unless `answers` (by indicator code) says other."""
    own = answers if answers is not None else {}
    fields: dict[str, str | list[str]] = {
        "applicant_key": ENTITY.format(number),
        "applicant_type": type_.value,
        "assessor_name": assessor,
        "visited_on": "2025-04-02",
    }
    for indicator in home.pack.standard(type_).indicators:
        fields[names.indicator(indicator.code)] = str(own.get(indicator.code, full_answer(indicator)))
    who = hashlib.sha256(assessor.encode()).hexdigest()[:6]
    return Form(names.ONSITE, f"sheet-{number}-{who}", fields | changes)


def send(
    home: Home,
    *forms: Form,
    officer: int | None = None,
    received_at: datetime | None = None,
    source: str = "test",
) -> None:
    """Put forms into the mirror; a root that is there already gets another version."""
    for form in forms:
        form.edit += 1
        instance_id = f"{form.root_id}-v{form.edit}"
        xml = home.store.put(form.xml(instance_id))
        stored = {name: None if b is None else home.store.put(b) for name, b in form.files.items()}
        with transaction(home.engine) as session:
            submission = session.scalar(select(Submission).where(Submission.root_id == form.root_id))
            if submission is None:
                submission = Submission(form_id=form.form_id, root_id=form.root_id)
                session.add(submission)
                session.flush()
            version = SubmissionVersion(
                submission_id=submission.id,
                source=source,
                instance_id=instance_id,
                form_version="1",
                xml_sha256=xml,
                officer_id=officer,
                received_at=received_at,
                attachments=[Attachment(name=n, sha256=s, size=None) for n, s in stored.items()],
            )
            session.add(version)
            session.flush()
            submission.current_id = version.id


def arrive(home: Home, form: Form, name: str, content: bytes) -> None:
    """A file that the form named comes later."""
    form.files[name] = content
    sha256 = home.store.put(content)
    with transaction(home.engine) as session:
        version = session.scalars(
            select(SubmissionVersion).where(SubmissionVersion.instance_id == f"{form.root_id}-v{form.edit}")
        ).one()
        next(a for a in version.attachments if a.name == name).sha256 = sha256


def officer(home: Home, *districts: str) -> int:
    """An officer of these districts."""
    with transaction(home.engine) as session:
        row = Officer(
            name="เจ้าหน้าที่ ตัวอย่าง",
            districts=list(districts),
            token_sha256=f"{next_number():064}",
            created_at=datetime(2025, 1, 1, tzinfo=UTC),
        )
        session.add(row)
        session.flush()
        return row.id
