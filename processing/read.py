"""An instance of a form as the words of the domain. Pure; fields are found by their local names.

A field that is not there is tolerated and becomes a finding later; a value that cannot be what is due never
becomes a zero.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lxml import etree

from mochocho import thai
from mochocho.errors import BadInput
from mochocho.model import (
    ApplicantType,
    Application,
    DocumentAnswer,
    FileRef,
    Identity,
    ScoreSheet,
)
from mochocho.standards.schema import Document, Indicator, Pack, Standard
from processing.findings import quoted
from processing.score import in_range
from sync.mirror import Mirrored
from sync.parse import Instance
from xlsforms import names

READ_VERSION = 1  # raise it when the same XML comes to mean something else


class _Fields:
    """The leaves of an instance by local name, in document order."""

    def __init__(self, root: etree._Element, files: Mapping[str, str | None]) -> None:
        self._values: dict[str, list[str]] = defaultdict(list)
        self._files = files
        for element in root.iter(etree.Element):
            if len(element) == 0:
                self._values[etree.QName(element).localname].append((element.text or "").strip())

    def names(self) -> Iterator[str]:
        return iter(self._values)

    def text(self, name: str) -> str:
        """The first value, as written; '' when the field is empty or not there."""
        return next((value for value in self._values.get(name, ()) if value), "")

    def words(self, name: str) -> str:
        """What a person wrote, in one spelling."""
        return thai.normalise(self.text(name))

    def files(self, name: str) -> tuple[FileRef, ...]:
        """The files of a question, one a repeat."""
        return tuple(FileRef(v, self._files.get(v)) for v in self._values.get(name, ()) if v)

    def file(self, name: str) -> FileRef | None:
        return next(iter(self.files(name)), None)

    def date(self, name: str) -> date | None:
        """A day; None for what is no day. Buddhist years are kept as they stand: a check names them."""
        try:
            return date.fromisoformat(self.text(name)[:10])
        except ValueError:
            return None

    def number(self, name: str) -> int | None:
        """A whole number; None when nothing is written. Raises ValueError for anything else."""
        text = self.text(name)
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,9}(\.0+)?", text):
            raise ValueError(text)
        return int(text.partition(".")[0])

    def starting(self, prefix: str) -> Iterator[str]:
        """What follows `prefix` in the names of fields that have a value."""
        return (n.removeprefix(prefix) for n in self._values if n.startswith(prefix) and self.text(n))


def read_application(instance: Instance, received: Mirrored, pack: Pack) -> tuple[Application, Identity]:
    """An application and its identifiers. Raises BadInput when it does not say the applicant's type."""
    fields = _Fields(instance.root, received.files)
    type_ = _type_of(fields)
    key = _entity_id(instance) or received.root_id
    standard = pack.standard(type_)
    application = Application(
        key=key,
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=instance.version,
        type=type_,
        name=fields.words("applicant_name"),
        district=fields.text("district"),
        subdistrict=fields.words("subdistrict"),
        village=fields.words("village"),
        applied_on=fields.date("applied_on"),
        eligibility=_eligibility(fields, standard),
        documents=_documents(fields, standard),
        portrait=_portrait(fields, standard),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
    )
    return application, _identity(fields, key)


def _type_of(fields: _Fields) -> ApplicantType:
    written = fields.text("applicant_type")
    try:
        return ApplicantType(written)
    except ValueError:
        said = f"ประเภทผู้สมัครคือ {quoted(written)} ซึ่งไม่มีในระบบ" if written else "ไม่ได้ระบุประเภทผู้สมัคร"
        message = f"{said} ให้รับแบบฟอร์มฉบับล่าสุดแล้วกรอกใหม่"
        raise BadInput("application.type_unknown", message) from None


def _entity_id(instance: Instance) -> str:
    return next((e.id for e in instance.entities if e.list_name == names.APPLICANTS), "")


def _identity(fields: _Fields, key: str) -> Identity:
    national_id = re.sub(r"[\s-]", "", thai.normalise(fields.text("national_id")))
    return Identity(key, _arabic(national_id), fields.words("phone"), fields.words("address"))


def _arabic(text: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _eligibility(fields: _Fields, standard: Standard) -> dict[str, str]:
    """Answers by code: those the pack asks for, '' when not answered, and those it does not know."""
    prefix = names.eligibility(standard.code, "")
    codes = dict.fromkeys([*(rule.code for rule in standard.eligibility), *fields.starting(prefix)])
    return {code: fields.text(prefix + code) for code in codes}


def _documents(fields: _Fields, standard: Standard) -> dict[str, DocumentAnswer]:
    known = {d.code: d for d in standard.documents}
    prefix = names.document(standard.code, "")
    codes = dict.fromkeys([*known, *fields.starting(prefix)])
    return {code: _document(fields, standard.code, code, known.get(code)) for code in codes}


def _document(fields: _Fields, type_: ApplicantType, code: str, document: Document | None) -> DocumentAnswer:
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


def _portrait(fields: _Fields, standard: Standard) -> FileRef | None:
    photos = (
        fields.file(names.photo(standard.code, d.code)) for d in standard.documents if d.capture == "portrait"
    )
    return next((photo for photo in photos if photo), None)


def read_sheet(instance: Instance, received: Mirrored, pack: Pack) -> ScoreSheet:
    """A score sheet. Raises BadInput when it names no applicant or an answer cannot be one."""
    fields = _Fields(instance.root, received.files)
    key = fields.text("applicant_key").removeprefix("uuid:")
    if not key:
        raise BadInput("sheet.no_applicant", "แบบให้คะแนนไม่ได้ระบุผู้สมัคร ให้เลือกผู้สมัครจากรายชื่อแล้วส่งใหม่")
    indicators = _asked_indicators(fields, pack)
    answers = {i.code: _answer(fields, i) for i in indicators}
    _refuse_unknown(fields, pack)
    photos = {i.code: photo for i in indicators if (photo := fields.file(names.evidence(i.code)))}
    return ScoreSheet(
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=instance.version,
        applicant_key=key,
        assessor=fields.words("assessor"),
        visited_on=fields.date("visited_on"),
        answers=answers,
        evidence=photos,
        phone_total=_computed(fields, "total"),
        phone_max=_computed(fields, "full"),
        phone_percent=_computed(fields, "percent"),
        remarks=fields.words("remarks"),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
    )


def _asked_indicators(fields: _Fields, pack: Pack) -> Sequence[Indicator]:
    """The indicators of the type the sheet says it is for, else those that have an answer."""
    written = fields.text("applicant_type")
    for standard in pack.standards:
        if standard.code == written:
            return standard.indicators
    every = (i for standard in pack.standards for i in standard.indicators)
    return [i for i in every if fields.text(names.indicator(i.code))]


def _answer(fields: _Fields, indicator: Indicator) -> int | None:
    name = names.indicator(indicator.code)
    try:
        answer = fields.number(name)
    except ValueError:
        message = f"ตัวบ่งชี้ {indicator.code}: คำตอบ {quoted(fields.text(name))} ไม่ใช่จำนวนเต็ม ให้แก้ไขแล้วส่งใหม่"
        raise BadInput("sheet.not_a_number", message) from None
    if answer is not None and not in_range(indicator.measure, answer):
        message = f"ตัวบ่งชี้ {indicator.code}: คำตอบ {answer} อยู่นอกช่วงที่ตอบได้ ให้แก้ไขแล้วส่งใหม่"
        raise BadInput("sheet.out_of_range", message)
    return answer


def _refuse_unknown(fields: _Fields, pack: Pack) -> None:
    """An answer to an indicator the pack does not know would be lost, so the sheet is not read at all."""
    known = {names.indicator(i.code) for standard in pack.standards for i in standard.indicators}
    prefix = "i_"
    for rest in fields.starting(prefix):
        if prefix + rest not in known:
            message = f"มีตัวบ่งชี้ {quoted(rest)} ซึ่งไม่มีในเกณฑ์ของรอบนี้ ให้รับแบบฟอร์มฉบับล่าสุดแล้วกรอกใหม่"
            raise BadInput("sheet.unknown_indicator", message)


def _computed(fields: _Fields, name: str) -> int | None:
    """A number the phone worked out; it writes NaN or nothing while the sheet is not complete."""
    try:
        return fields.number(name)
    except ValueError:
        return None
