"""Reads an application: what is asked of its type, and what was answered."""

import re
from collections.abc import Iterator
from datetime import date

from mochocho.standards.schema import Document, Pack, Standard
from mochocho.words import numbers, thai
from mochocho.words.errors import BadInput
from mochocho.words.model import (
    Adviser,
    ApplicantType,
    Application,
    DocumentAnswer,
    FileRef,
    Identity,
    Origin,
    TeamMember,
)
from mochocho.words.sentences import Sentence
from processing.findings.quoting import quoted
from processing.register.read.dated import Dated
from processing.register.read.fields import Fields
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance
from xlsforms import names

_NO_TYPE = Sentence("ไม่ได้ระบุประเภทผู้สมัคร", "it does not say of which type the applicant is")


def read_application(instance: Instance, received: Mirrored, pack: Pack) -> tuple[Application, Identity]:
    """An application and its identifiers. Raises BadInput when it does not say the applicant's type."""
    fields = Fields(instance.root, received.files)
    type_ = _type_of(fields)
    key = _entity_id(instance) or received.root_id
    standard = pack.standard(type_)
    dated = Dated(pack, received)
    applied_on = dated.day(fields, "applied_on", "วันที่สมัคร")
    age = _among(fields, "age", numbers.AGES)
    founded_be = _among(fields, "founded_be", _years(applied_on, pack))
    application = Application(
        key=key,
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=received.form_version,
        type=type_,
        name=fields.words("applicant_name"),
        district=fields.text("district"),
        subdistrict=fields.words("subdistrict_name") or _typed(fields.words("subdistrict")),
        village=fields.words("village_name") or fields.words("village"),
        applied_on=applied_on,
        eligibility=_eligibility(fields, standard),
        documents=_documents(fields, standard),
        portrait=_portrait(fields, standard),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
        subdistrict_code=_code(fields.text("subdistrict")),
        moo=_moo(fields.words("moo")),
        lead_team=tuple(_lead_team(fields)),
        advisers=tuple(_advisers(fields)),
        photo_consent=fields.yes("consent_photo"),
        publication_consent=fields.yes("consent_publish"),
        misread=(*_misread(fields), *_unlikely(fields, age=age, founded_be=founded_be)),
        doubted=dated.doubted,
        not_offered=received.not_offered,
        age=age,
        occupation=fields.words("occupation"),
        founded_be=founded_be,
        main_works=tuple(filter(None, map(fields.words, names.MAIN_WORKS))),
    )
    return application, _identity(fields, key)


def _code(written: str) -> str:
    return written if re.fullmatch("[0-9]{6}", written) else ""


def _typed(written: str) -> str:
    """A typed name; '' for a code that came without its name."""
    return "" if _code(written) else written


def _moo(written: str) -> str:
    """`04` is village 4; '' for what is not a village's number."""
    return str(int(numbers.bare(written))) if numbers.is_village(written) else ""


def _misread(fields: Fields) -> Iterator[str]:
    asked = (("phone", numbers.is_telephone), ("moo", numbers.is_village))
    return (name for name, is_one in asked if (written := fields.words(name)) and not is_one(written))


def _years(applied_on: date | None, pack: Pack) -> range:
    """The Buddhist years in which who applies can have been founded."""
    last = thai.be(applied_on.year) if applied_on else pack.fiscal_year_be
    return range(numbers.FOUNDED_FROM, last + 1)


def _among(fields: Fields, name: str, sensible: range) -> int | None:
    """The whole number in a field; None where there is none or it makes no sense."""
    try:
        said = fields.number(name)
    except ValueError:
        return None
    return said if said in sensible else None


def _unlikely(fields: Fields, **read: int | None) -> Iterator[str]:
    """The numbers that were filled in and make no sense."""
    return (name for name, value in read.items() if value is None and fields.text(name))


def _lead_team(fields: Fields) -> Iterator[TeamMember]:
    for row in fields.rows("lead_team"):
        if name := row.words("team_name"):
            yield TeamMember(name, row.words("team_role"), _origin(row, "team_from"))


def _advisers(fields: Fields) -> Iterator[Adviser]:
    for row in fields.rows("advisers"):
        if name := row.words("adviser_name"):
            yield Adviser(name, row.words("adviser_about"), _origin(row, "adviser_from"))


def _origin(row: Fields, name: str) -> Origin:
    try:
        return Origin(row.text(name))
    except ValueError:
        return Origin.UNKNOWN


def _type_of(fields: Fields) -> ApplicantType:
    written = fields.text("applicant_type")
    try:
        return ApplicantType(written)
    except ValueError:
        said = _unknown_type(written) if written else _NO_TYPE
        raise BadInput(
            "application.type_unknown",
            f"{said.th} ให้รับแบบฟอร์มฉบับล่าสุดแล้วกรอกใหม่",
            f"{said.en}; have the newest form fetched and filled in anew",
        ) from None


def _unknown_type(written: str) -> Sentence:
    return Sentence(
        f"ประเภทผู้สมัครคือ {quoted(written)} ซึ่งไม่มีในระบบ", f"there is no type of applicants {quoted(written)}"
    )


def _entity_id(instance: Instance) -> str:
    return next((e.id for e in instance.entities if e.list_name == names.APPLICANTS), "")


def _identity(fields: Fields, key: str) -> Identity:
    national_id = numbers.bare(fields.words("national_id"))
    return Identity(key, national_id, fields.words("phone"), fields.words("address"))


def _eligibility(fields: Fields, standard: Standard) -> dict[str, str]:
    """Answers by code: those the pack asks for ('' = not answered), and those it does not know."""
    prefix = names.eligibility(standard.code, "")
    codes = dict.fromkeys([*(rule.code for rule in standard.eligibility), *fields.starting(prefix)])
    return {code: fields.text(prefix + code) for code in codes}


def _documents(fields: Fields, standard: Standard) -> dict[str, DocumentAnswer]:
    known = {d.code: d for d in standard.documents}
    prefix = names.document(standard.code, "")
    codes = dict.fromkeys([*known, *fields.starting(prefix)])
    return {code: _document(fields, standard.code, code, known.get(code)) for code in codes}


def _document(fields: Fields, type_: ApplicantType, code: str, document: Document | None) -> DocumentAnswer:
    status = fields.text(names.document(type_, code))
    field = names.photo(type_, code)
    pages = fields.files(field)
    if document and document.capture == "signed_form" and status in ("", "signed"):
        field = "signature"
        pages = fields.files(field)
        status = "signed" if pages else status
    waived_by = fields.words(names.waived_by(type_, code))
    if status not in ("attached", "signed"):
        return DocumentAnswer(status, (), waived_by, names.document(type_, code))
    return DocumentAnswer(status, pages, waived_by, field)


def _portrait(fields: Fields, standard: Standard) -> FileRef | None:
    photos = (
        fields.file(names.photo(standard.code, d.code)) for d in standard.documents if d.capture == "portrait"
    )
    return next((photo for photo in photos if photo), None)
