"""Findings from comparing applicants: a file, a national ID or a name used twice. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mochocho.words import people, thai
from mochocho.words.model import ApplicantType, Application, Finding, ReadFrom, Value
from processing.documents.asked import read_from
from processing.findings.making import finding

_PLACE = re.compile("^(ตำบล|ต|หมู่บ้าน|บ้าน)(?=..)")  # before the name of a place
NAMED = 3  # how many others a sentence names; a file that everybody sent must not make everybody's slice long


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody that has one thing: the first NAMED + 1 as (key,
    name, district code), by key, and how many.
    """

    first: tuple[tuple[str, str, str], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Others:
    """Other applicants that share something: the first few as (name, district code), and how many in all."""

    shown: tuple[tuple[str, str], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Named:
    """An applicant of the same type and district whose name sounds like the applicant's."""

    key: str
    name: str
    district: str  # code
    subdistrict: str
    moo: str
    village: str


@dataclass(frozen=True, slots=True)
class Slice:
    """What one applicant shares with others; part of the digest of its inputs.

    `same_name`, `alike_name`: applicants with its name, or nearly its name, that may live in the same place.
    """

    shared_files: tuple[tuple[str, Others], ...] = ()  # by sha256
    same_id: Others | None = None
    same_name: Others | None = None
    alike_name: Others | None = None
    masked_id: str = ""
    id_problem: str = ""  # '' | missing | invalid


NOTHING_SHARED = Slice()


def slice_of(
    key: str,
    type_: str,
    national_id: str,
    files: Mapping[str, Holders],
    same_id: Holders | None,
    named: Sequence[Named] = (),
) -> Slice:
    """One applicant's slice; `files` (by sha256) and `same_id`: what it has and others have too.

    `named`: every applicant with its alike key, itself included, by key.
    """
    same, alike = _namesakes(key, named)
    return Slice(
        shared_files=tuple((sha256, _others(key, files[sha256])) for sha256 in sorted(files)),
        same_id=_others(key, same_id) if same_id else None,
        same_name=_shown(same),
        alike_name=_shown(alike),
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


def _namesakes(key: str, named: Sequence[Named]) -> tuple[list[Named], list[Named]]:
    """Applicants of the same name, and of nearly the same name, whose places do not tell them apart."""
    same, alike = [], []
    for own in (n for n in named if n.key == key):
        for other in (n for n in named if n.key != key and _one_place(own, n)):
            keys = people.key(own.name), people.key(other.name)
            if keys[0] == keys[1]:
                same.append(other)
            elif people.alike(*keys):
                alike.append(other)
    return same, alike


def _one_place(one: Named, other: Named) -> bool:
    """Whether two places may be the same: compares sub-district, then หมู่ที่, else the village's name."""
    if _differ(*(_PLACE.sub("", people.key(n.subdistrict)) for n in (one, other))):
        return False
    if one.moo and other.moo:
        return not _differ(*(people.key(n.moo).lstrip("0") for n in (one, other)))
    return not _differ(*(_PLACE.sub("", people.key(n.village)) for n in (one, other)))


def _differ(one: str, other: str) -> bool:
    return one != "" and other != "" and one != other


def _shown(named: Sequence[Named]) -> Others | None:
    return Others(tuple((n.name, n.district) for n in named[:NAMED]), len(named)) if named else None


def check(application: Application, own: Slice, district_names: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings of an applicant's slice; all are for a person to look at."""
    found: Iterable[Finding | None] = (
        *(_shared(application, sha256, others, district_names) for sha256, others in own.shared_files),
        _same_id(application, own, district_names),
        _bad_id(application, own),
        *_same_name(application, own, district_names),
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
    others = _values(own.same_id, districts)
    return _about_id("applicant.duplicate_national_id", application, masked_id=own.masked_id, **others)


def _same_name(application: Application, own: Slice, districts: Mapping[str, str]) -> Iterator[Finding]:
    """Namesakes; those with the same national ID have a finding of their own."""
    for code, others in (
        ("applicant.same_name", own.same_name),
        ("applicant.alike_name", own.alike_name),
    ):
        if others and own.same_id is None:
            read_from = ReadFrom(application.instance_id, "applicant_name")
            yield finding(code, "applicant_name", read_from, **_values(others, districts))


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
    named = tuple((name, districts.get(code, code)) for name, code in others.shown)
    return {"others": named, "more": others.count - len(named)}
