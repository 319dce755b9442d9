"""Reads a supplement (ส่งเอกสารเพิ่มเติม): documents and pages sent after the application. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain

from mochocho.standards.schema import Pack
from mochocho.words import days
from mochocho.words.errors import BadInput
from mochocho.words.model import ApplicantType, Doubt, FileRef, Replaces, Supplement, SupplementedDocument
from processing.register.read.dated import Dated
from processing.register.read.fields import Fields
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance
from xlsforms import names


def read_supplement(instance: Instance, received: Mirrored, pack: Pack) -> Supplement:
    """A supplement. Raises BadInput when it names no applicant.

    Documents are found by their fields' names, so that none is lost when the pack has changed since.
    """
    fields = Fields(instance.root, received.files)
    key = fields.text("applicant_key").removeprefix("uuid:")
    if not key:
        raise BadInput(
            "supplement.no_applicant",
            "แบบส่งเอกสารเพิ่มเติมไม่ได้ระบุผู้สมัคร เก็บภาพไว้ครบแล้ว ให้เลือกผู้สมัครจากรายชื่อแล้วส่งใหม่",
            "the supplement names no applicant; its pictures are kept; "
            "have one chosen from the list and sent again",
        )
    documents = dict(_documents(fields))
    dated = Dated(pack, received)
    return Supplement(
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=received.form_version,
        applicant_key=key,
        sent_at=_finished(fields, received, dated),
        documents=documents,
        portrait=_portrait(documents, pack),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
        doubted=dated.doubted,
        not_offered=received.not_offered,
        received_at=received.received_at,
    )


def _finished(fields: Fields, received: Mirrored, dated: Dated) -> datetime | None:
    """When it was finished: the phone's time if it is believed, else the server's."""
    name = next((n for n in ("end", "sent_at") if fields.moment(n)), "end")
    moment, written = fields.moment(name), fields.text(name)
    doubt = days.clock_doubted(moment, received.received_at, dated.cycle) if moment else None
    if written and moment is None:
        found = days.read(written, dated.cycle)
        doubt = found if isinstance(found, Doubt) else Doubt.UNREADABLE
    if doubt:
        dated.doubt(name, "เวลาที่โทรศัพท์บันทึกไว้", written, doubt)
    return days.finished(moment, received.received_at, dated.cycle)


def _documents(fields: Fields) -> Iterator[tuple[str, SupplementedDocument]]:
    """The documents of every type: the form shows a type's questions to that type only."""
    for type_ in ApplicantType:
        # A portrait is photographed without the question how.
        asked = (names.supplement_how(type_, ""), names.photo(type_, ""))
        for code in dict.fromkeys(chain.from_iterable(map(fields.starting, asked))):
            if document := _document(fields, type_, code):
                yield code, document


def _portrait(documents: Mapping[str, SupplementedDocument], pack: Pack) -> FileRef | None:
    codes = {d.code for standard in pack.standards for d in standard.documents if d.capture == "portrait"}
    return next((page for code in sorted(codes & documents.keys()) for page in documents[code].pages), None)


def _document(fields: Fields, type_: ApplicantType, code: str) -> SupplementedDocument | None:
    replaces = _replaces(fields, type_, code)
    photo = names.photo(type_, code)
    match replaces:
        case Replaces.WAIVED:
            waived_by = names.waived_by(type_, code)
            return SupplementedDocument(replaces, (), waived_by=fields.words(waived_by), path=waived_by)
        case Replaces.SIGNED:
            return _with_pages(replaces, fields.files("signature"), path="signature")
        case Replaces.PAGE:
            return _with_pages(replaces, fields.files(photo), _page(fields, type_, code), photo)
        case _:
            return _with_pages(replaces, fields.files(photo), path=photo)


def _replaces(fields: Fields, type_: ApplicantType, code: str) -> Replaces:
    """The choice made; pages that came with an unknown choice replace the whole document."""
    try:
        return Replaces(fields.text(names.supplement_how(type_, code)))
    except ValueError:
        return Replaces.WHOLE


def _with_pages(
    replaces: Replaces, pages: tuple[FileRef, ...], page: int = 0, path: str = ""
) -> SupplementedDocument | None:
    return SupplementedDocument(replaces, pages, page, path=path) if pages else None


def _page(fields: Fields, type_: ApplicantType, code: str) -> int:
    """The page's number; 0 (a further page at the end) when no page can have that number."""
    try:
        return max(fields.number(names.supplement_page(type_, code)) or 0, 0)
    except ValueError:
        return 0
