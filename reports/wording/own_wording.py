"""A wording with what a meeting's own texts say instead; they name places in Thai. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from processing.meetings.filled_places import filled
from processing.meetings.meeting import OwnText
from processing.meetings.passages import Passage

Wording = TypeVar("Wording", bound=BaseModel)
_ENGLISH: Final[Mapping[str, str]] = {
    "คณะกรรมการ": "committee",
    "จังหวัด": "province",
    "โครงการ": "programme",
    "ปี": "year",
    "เลขที่": "number",
    "ประเภท": "type",
    "อำเภอ": "district",
    "วันที่ออก": "day",
    "เลขครั้งที่": "meeting",
    "วันที่ประชุม": "meeting_day",
    "วันประชุม": "meeting_day",
    "ชื่อ": "name",
    "เหตุผล": "reason",
    "เงื่อนไข": "condition",
    "เลื่อนไปครั้งที่": "deferred_to",
    "ผลเป็นจำนวน": "counts",
}
_CERTIFICATE: Final = {
    Passage.CERTIFICATE_TITLE: ("title",),
    Passage.CERTIFICATE_ABOVE: ("above",),
    Passage.CERTIFICATE_LEADER: ("passed", "leader"),
    Passage.CERTIFICATE_GROUP: ("passed", "group"),
    Passage.CERTIFICATE_NETWORK: ("passed", "network"),
    Passage.CERTIFICATE_COMMUNITY: ("passed", "community"),
    Passage.CERTIFICATE_BELOW: ("below",),
    Passage.CERTIFICATE_GIVEN: ("given",),
}
_RESULTS: Final = {
    Passage.TO_DISTRICTS_BODY: ("district", "paragraphs"),
    Passage.NOT_CERTIFIED_BODY: ("not_certified", "paragraphs"),
    Passage.NOT_CERTIFIED_OBJECTION: ("objection",),
    Passage.CONDITIONAL_BODY: ("conditional", "paragraphs"),
    Passage.DEFERRED_BODY: ("deferred", "paragraphs"),
}
# Where in a wording each passage stands
_PATHS: Final[Mapping[Passage, tuple[str, ...]]] = {**_CERTIFICATE, **_RESULTS}


def in_own_words(wording: Wording, texts: Iterable[OwnText]) -> Wording:
    """The wording with those of these texts that are of it."""
    for one in texts:
        if path := _path(wording, one.passage):
            wording = _with(wording, path, [filled(text, _PLACES_ENGLISH) for text in one.paragraphs])
    return wording


def said_in(wording: BaseModel, passage: Passage) -> tuple[str, ...]:
    """What a wording says in a passage, its places named in Thai."""
    value: Any = wording
    for name in _PATHS[passage]:
        value = getattr(value, name)
    thai = _of_certificate if passage in _CERTIFICATE else _of_results
    return tuple(filled(text, thai) for text in ((value,) if isinstance(value, str) else value))


def _path(wording: BaseModel, passage: Passage) -> tuple[str, ...]:
    path = _PATHS.get(passage, ())
    return path if path and path[0] in type(wording).model_fields else ()


def _with(wording: Wording, path: tuple[str, ...], lines: list[str]) -> Wording:
    name, *rest = path
    before = getattr(wording, name)
    if rest:
        value = _with(before, tuple(rest), lines)
    else:
        value = " ".join(lines) if isinstance(before, str) else tuple(lines)
    return wording.model_copy(update={name: value})


_PLACES_ENGLISH = {thai: f"{{{english}}}" for thai, english in _ENGLISH.items()}
_of_certificate = {english: f"{{{thai}}}" for thai, english in _ENGLISH.items() if thai != "วันประชุม"}
_of_results = {english: f"{{{thai}}}" for thai, english in _ENGLISH.items() if thai != "วันที่ประชุม"}
