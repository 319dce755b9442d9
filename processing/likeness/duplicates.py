"""Findings from comparing applicants: a file, a national ID or a name used twice. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mochocho.words import thai
from mochocho.words.model import ApplicantType, Application, Finding, FormerResult, ReadFrom, Value
from processing.documents.asked import read_from
from processing.documents.copies.page_copy import PageCopy
from processing.findings.making import finding

NAMED = 3  # how many others a sentence names; a file that everybody sent must not make everybody's slice long


@dataclass(frozen=True, slots=True)
class Other:
    """An applicant that shares something with another. `source`: where its form came from; `percent`: how
    alike the names are.
    """

    key: str
    name: str
    district: str  # code
    source: str = ""
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody that has one thing: the first NAMED + 1 by key, and how many."""

    first: tuple[Other, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Others:
    """Other applicants that share something: the first few, and how many in all."""

    shown: tuple[Other, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Former:
    """What an applicant came to in the cycle before, or whom it may have been then, which the office is
    asked.
    """

    result: FormerResult | None = None
    asked: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """What one applicant shares with others; part of the digest of its inputs.

    `same_id`, `same_name`, `alike_name`: those with its national ID, and those with its name, or nearly its
    name, that may be in the same place; without those that people told apart from it. `source`: where its own
    form came from, where any of these is set.
    """

    shared_files: tuple[tuple[str, Others], ...] = ()  # by sha256
    same_id: Others | None = None
    same_name: Others | None = None
    alike_name: Others | None = None
    source: str = ""
    former: Former = Former()
    masked_id: str = ""
    id_problem: str = ""  # '' | missing | invalid
    copies: tuple[PageCopy, ...] = ()  # of its pages, in other files


NOTHING_SHARED = Slice()


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The applicants that one is asked about, each kind by key; `itself`: the one that is asked about."""

    same_id: tuple[Other, ...] = ()
    same_name: tuple[Other, ...] = ()
    alike_name: tuple[Other, ...] = ()
    itself: Other = Other("", "", "")


NOBODY = Namesakes()


def slice_of(
    key: str,
    type_: str,
    national_id: str,
    files: Mapping[str, Holders],
    namesakes: Namesakes = NOBODY,
) -> Slice:
    """One applicant's slice; `files`: what it sent and others sent too, by sha256."""
    return Slice(
        shared_files=tuple((sha256, _others(key, files[sha256])) for sha256 in sorted(files)),
        same_id=_shown(namesakes.same_id),
        same_name=_shown(namesakes.same_name),
        alike_name=_shown(namesakes.alike_name),
        source=namesakes.itself.source,
        masked_id=thai.mask_national_id(national_id),
        id_problem="" if type_ != ApplicantType.LEADER else _id_problem(national_id),
    )


def _id_problem(national_id: str) -> str:
    if not national_id:
        return "missing"
    return "" if thai.valid_national_id(national_id) else "invalid"


def _others(key: str, holders: Holders) -> Others:
    others = [other for other in holders.first if other.key != key]
    return Others(tuple(others[:NAMED]), holders.count - 1)


def _shown(found: tuple[Other, ...]) -> Others | None:
    return Others(found[:NAMED], len(found)) if found else None


def check(application: Application, own: Slice, district_names: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings of an applicant's slice; all are for a person to look at."""
    found: Iterable[Finding | None] = (
        *(_shared(application, sha256, others, district_names) for sha256, others in own.shared_files),
        _same_id(application, own, district_names),
        _bad_id(application, own),
        *_same_name(application, own, district_names),
        _perhaps_before(application, own, district_names),
    )
    return tuple(f for f in found if f)


def _shared(application: Application, sha256: str, others: Others, districts: Mapping[str, str]) -> Finding:
    document, origin = next(
        (code, read_from(answer, application.instance_id, place))
        for code, answer in application.documents.items()
        for place, page in enumerate(answer.pages)
        if page.sha256 == sha256
    )
    return finding("document.shared_file", document, origin, **_values(others, districts))


def _same_id(application: Application, own: Slice, districts: Mapping[str, str]) -> Finding | None:
    if own.same_id is None:
        return None
    others = _asked(application, own, own.same_id, districts)
    return _about_id("applicant.duplicate_national_id", application, masked_id=own.masked_id, **others)


def _same_name(application: Application, own: Slice, districts: Mapping[str, str]) -> Iterator[Finding]:
    """Namesakes; those with the same national ID have a finding of their own."""
    for code, others in (
        ("applicant.same_name", own.same_name),
        ("applicant.alike_name", own.alike_name),
    ):
        if others:
            read_from = ReadFrom(application.instance_id, "applicant_name")
            yield finding(code, "applicant_name", read_from, **_asked(application, own, others, districts))


def _perhaps_before(application: Application, own: Slice, districts: Mapping[str, str]) -> Finding | None:
    if not (others := _shown(own.former.asked)):
        return None
    asked = _asked(application, own, others, districts)
    return finding(
        "applicant.perhaps_before",
        "applicant_name",
        ReadFrom(application.instance_id, "applicant_name"),
        **asked,
    )


def _bad_id(application: Application, own: Slice) -> Finding | None:
    match own.id_problem:
        case "missing":
            return _about_id("applicant.no_national_id", application)
        case "invalid":
            return _about_id("applicant.invalid_national_id", application, masked_id=own.masked_id)
        case _:
            return None


def _about_id(code: str, application: Application, /, **values: Value) -> Finding:
    read_from = ReadFrom(application.instance_id, "national_id")
    return finding(code, "national_id", read_from, **values)


def _values(others: Others, districts: Mapping[str, str]) -> dict[str, Value]:
    """The names of the others, each with its district's name, and how many more there are."""
    named = tuple((one.name, districts.get(one.district, one.district)) for one in others.shown)
    return {"others": named, "more": others.count - len(named)}


def _asked(
    application: Application, own: Slice, others: Others, districts: Mapping[str, str]
) -> dict[str, Value]:
    """As `_values`, also with what the office needs to answer: keys, where the forms came from, how alike."""
    named = tuple(
        (
            one.name,
            districts.get(one.district, one.district),
            one.key,
            one.source,
            str(one.percent),
        )
        for one in others.shown
    )
    return {
        "own": (application.key, own.source),
        "others": named,
        "more": others.count - len(named),
    }
