"""What only shows when applicants stand side by side: a file or a national ID used twice. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mochocho import thai
from mochocho.model import ApplicantType, Application, FileRef, Finding, ReadFrom
from processing.documents.asked import read_from
from processing.findings import finding

NAMED = 3  # how many others a sentence names; one file sent by everybody must not make everybody's slice long


@dataclass(frozen=True, slots=True)
class Holders:
    """All who hold one thing: the first NAMED + 1 as (key, name, district code), by key, and how many."""

    first: tuple[tuple[str, str, str], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Others:
    """Other applicants that share something: the first few as (name, district code), and how many in all."""

    shown: tuple[tuple[str, str], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Slice:
    """What the cross-index holds about one applicant; a part of its digest."""

    shared_files: tuple[tuple[str, Others], ...] = ()  # by sha256
    same_id: Others | None = None
    masked_id: str = ""
    id_problem: str = ""  # '' | missing | invalid


NOTHING_SHARED = Slice()


def pages_of(application: Application) -> tuple[FileRef, ...]:
    """The photographed pages that have come; a signature is not one."""
    answers = application.documents.values()
    return tuple(p for a in answers if a.status == "attached" for p in a.pages if p.sha256)


def files_of(application: Application) -> frozenset[str]:
    """The sha256 of every file that has come with an application."""
    photos = [page for answer in application.documents.values() for page in answer.pages]
    if application.portrait:
        photos.append(application.portrait)
    return frozenset(photo.sha256 for photo in photos if photo.sha256)


def slice_of(
    key: str, type_: str, national_id: str, files: Mapping[str, Holders], same_id: Holders | None
) -> Slice:
    """One applicant's slice; `files` (by sha256) and `same_id` are what it holds and others do too."""
    return Slice(
        shared_files=tuple((sha256, _others(key, files[sha256])) for sha256 in sorted(files)),
        same_id=_others(key, same_id) if same_id else None,
        masked_id=thai.mask_national_id(national_id),
        id_problem="" if type_ != ApplicantType.LEADER else _id_problem(national_id),
    )


def _id_problem(national_id: str) -> str:
    if not national_id:
        return "missing"
    return "" if thai.valid_national_id(national_id) else "invalid"


def _others(key: str, holders: Holders) -> Others:
    others = [(name, district) for other, name, district in holders.first if other != key]
    return Others(tuple(others[:NAMED]), holders.count - 1)


def check(application: Application, own: Slice, district_names: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings of an applicant's slice; all for a person to look at."""
    found: Iterable[Finding | None] = (
        *(_shared(application, sha256, others, district_names) for sha256, others in own.shared_files),
        _same_id(application, own, district_names),
        _bad_id(application, own),
    )
    return tuple(f for f in found if f)


def _shared(application: Application, sha256: str, others: Others, districts: Mapping[str, str]) -> Finding:
    document, origin = next(
        (code, read_from(answer, application.instance_id, place))
        for code, answer in application.documents.items()
        for place, page in enumerate(answer.pages)
        if page.sha256 == sha256
    )
    message = f"ภาพเอกสารนี้ซ้ำกับใบสมัครของ{_words(others, districts)} ให้ตรวจว่าแนบภาพถูกคน"
    return finding("document.shared_file", document, message, blocking=False, read_from=origin)


def _same_id(application: Application, own: Slice, districts: Mapping[str, str]) -> Finding | None:
    if own.same_id is None:
        return None
    message = (
        f"เลขประจำตัวประชาชน {own.masked_id} ซ้ำกับใบสมัครของ{_words(own.same_id, districts)} ให้ตรวจว่าสมัครซ้ำหรือไม่"
    )
    return _about_id("applicant.duplicate_national_id", application, message)


def _bad_id(application: Application, own: Slice) -> Finding | None:
    match own.id_problem:
        case "missing":
            message = "ไม่ได้กรอกเลขประจำตัวประชาชน ให้เจ้าหน้าที่ตรวจหลักฐานแสดงตนอื่น"
            return _about_id("applicant.no_national_id", application, message)
        case "invalid":
            message = f"เลขประจำตัวประชาชน {own.masked_id} ไม่ถูกต้องตามหลักตรวจสอบ ให้ตรวจกับบัตร"
            return _about_id("applicant.invalid_national_id", application, message)
        case _:
            return None


def _about_id(code: str, application: Application, message: str) -> Finding:
    read_from = ReadFrom(application.instance_id, "national_id")
    return finding(code, "national_id", message, blocking=False, read_from=read_from)


def _words(others: Others, districts: Mapping[str, str]) -> str:
    shown = ", ".join(f" {name} อำเภอ{districts.get(code, code)}" for name, code in others.shown)
    rest = others.count - len(others.shown)
    return f"{shown} และอีก {rest} ราย" if rest > 0 else shown
