"""What only shows when applicants stand side by side: a file or a national ID used twice. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mochocho import thai
from mochocho.model import Application, FileRef, Finding, Identity, ReadFrom
from processing.findings import finding

NAMED = 3  # how many others a sentence names; one file sent by everybody must not make everybody's slice long


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


def cross_index(applications: Sequence[Application], identities: Mapping[str, Identity]) -> dict[str, Slice]:
    """The slice of every applicant, by key."""
    users, holders = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    by_key = {a.key: a for a in applications}
    for application in applications:
        for page in pages_of(application):
            users[page.sha256 or ""].add(application.key)
        if national_id := _national_id(identities, application.key):
            holders[national_id].add(application.key)
    shared = {sha256: sorted(keys) for sha256, keys in users.items() if len(keys) > 1}
    doubled = {national_id: sorted(keys) for national_id, keys in holders.items() if len(keys) > 1}
    return {a.key: _slice(a, identities, shared, doubled, by_key) for a in applications}


def _slice(
    application: Application,
    identities: Mapping[str, Identity],
    shared: Mapping[str, list[str]],
    doubled: Mapping[str, list[str]],
    by_key: Mapping[str, Application],
) -> Slice:
    key, national_id = application.key, _national_id(identities, application.key)
    own = sorted({page.sha256 for page in pages_of(application) if page.sha256} & shared.keys())
    return Slice(
        shared_files=tuple((sha256, _others(key, shared[sha256], by_key)) for sha256 in own),
        same_id=_others(key, doubled[national_id], by_key) if national_id in doubled else None,
        masked_id=thai.mask_national_id(national_id),
        id_problem="" if application.type != "leader" else _id_problem(national_id),
    )


def _national_id(identities: Mapping[str, Identity], key: str) -> str:
    identity = identities.get(key)
    return identity.national_id if identity else ""


def _id_problem(national_id: str) -> str:
    if not national_id:
        return "missing"
    return "" if thai.valid_national_id(national_id) else "invalid"


def _others(key: str, keys: list[str], by_key: Mapping[str, Application]) -> Others:
    shown: list[tuple[str, str]] = []
    for other in keys:
        if len(shown) == NAMED:
            break
        if other != key:
            shown.append((by_key[other].name, by_key[other].district))
    return Others(tuple(shown), len(keys) - 1)


def check(application: Application, own: Slice, district_names: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings of an applicant's slice; all for a person to look at."""
    found: Iterable[Finding | None] = (
        *(_shared(application, sha256, others, district_names) for sha256, others in own.shared_files),
        _same_id(application, own, district_names),
        _bad_id(application, own),
    )
    return tuple(f for f in found if f)


def _shared(application: Application, sha256: str, others: Others, districts: Mapping[str, str]) -> Finding:
    document, path = next(
        (code, f"{answer.path}[{place + 1}]")
        for code, answer in application.documents.items()
        for place, page in enumerate(answer.pages)
        if page.sha256 == sha256
    )
    message = f"ภาพเอกสารนี้ซ้ำกับใบสมัครของ{_words(others, districts)} ให้ตรวจว่าแนบภาพถูกคน"
    read_from = ReadFrom(application.instance_id, path, sha256)
    return finding("document.shared_file", document, message, blocking=False, read_from=read_from)


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
