"""Interprets rows and instances of KoboToolbox. Pure."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

from mochocho.words import thai
from mochocho.words.errors import BadInput
from sync.sources.protocol import Judged
from sync.xform.binds import at, local
from sync.xform.filenames import matched
from sync.xform.safe_xml import read_xml

# `_validation_status` is {} unless it is requested, and never absent; the others are as named.
LIGHT = (
    "_id",
    "_uuid",
    "meta/rootUuid",
    "_validation_status",
    "_attachments",
    "_submission_time",
    "__version__",
    "_date_modified",
    "_submitted_by",
)

MAX_NAME = 255
STATUS = "validation_status_"  # before the name of every validation status

_Listed = tuple[str, str, bool]  # uid, name, whether it is deleted

_SANITISED = re.compile(r"[^-\w.]")


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment that is not deleted: its uid, and the last part of its path on the server."""

    uid: str
    stored: str


@dataclass(frozen=True, slots=True)
class Record:
    """A row. `uuid`: the current instance; `root`: the first of its chain; `files`: by their names.

    `version`: the asset's version it was filled in with; rows of old forms name none. `judged`: its
    validation status, whoever set it.
    """

    id: int
    uuid: str
    root: str
    fingerprint: str
    files: Mapping[str, Attached]
    submitted_at: datetime | None
    submitted_by: str | None
    version: str | None
    judged: Judged | None
    listed: tuple[_Listed, ...] = field(repr=False)  # the attachments, deleted ones included
    rest: tuple[str | None, ...] = field(repr=False)  # the other parts of the fingerprint

    def fingerprint_of(self, uuid: str, names: Collection[str]) -> str:
        """The fingerprint of this row if that instance were current,
        with these files and the deleted ones.
        """
        return _fingerprint(uuid, [one for one in self.listed if one[2] or one[1] in names], self.rest)


@dataclass(frozen=True, slots=True)
class Identity:
    """What an instance says about itself:
    its id, its form's version as the server wrote it, all its answers.
    """

    instance_id: str
    version: str
    answers: frozenset[str] = field(repr=False)


def record(row: Mapping[str, Any]) -> Record | None:
    """A row; None if nothing tells its root.

    The fingerprint leaves out `_validation_status`, which our own notices change.
    """
    uuid = _bare(row.get("_uuid"))
    root = _bare(row.get("meta/rootUuid")) or uuid
    if not root:
        return None
    attachments = [one for one in row.get("_attachments") or () if isinstance(one, dict)]
    listed = tuple(
        (str(one.get("uid")), str(one.get("media_file_basename")), bool(one.get("is_deleted")))
        for one in attachments
    )
    rest = tuple(row.get(name) for name in ("_submission_time", "__version__", "_date_modified"))
    return Record(
        id=row["_id"],
        uuid=uuid or root,
        root=root,
        fingerprint=_fingerprint(uuid, listed, rest),
        files=_live(attachments),
        submitted_at=_utc(row.get("_submission_time")),
        submitted_by=row.get("_submitted_by") or None,
        version=_bare(row.get("__version__")) or None,
        judged=judged(row.get("_validation_status")),
        listed=listed,
        rest=rest,
    )


def judged(status: object) -> Judged | None:
    """A validation status as the server gives it; {} means none."""
    if not isinstance(status, dict) or not status.get("uid"):
        return None
    return Judged(str(status["uid"]).removeprefix(STATUS), str(status.get("by_whom") or ""))


def split(document: bytes, depth: int) -> list[bytes]:
    """The elements at `depth` (0 = the root) as bytes. Raises ValueError for incomplete XML."""
    parser = expat.ParserCreate()
    spans: list[tuple[int, int]] = []
    level, start, empty = 0, 0, True

    def opened(_name: str, _attributes: object) -> None:
        nonlocal level, start, empty
        empty = level == depth
        if empty:
            start = parser.CurrentByteIndex
        level += 1

    def filled(_text: str) -> None:
        nonlocal empty
        empty = False

    def closed(_name: str) -> None:
        nonlocal level
        level -= 1
        if level == depth:
            end = parser.CurrentByteIndex
            one_tag = empty and document[end - 2 : end] == b"/>"  # the tag that opened it also closed it
            spans.append((start, end if one_tag else document.index(b">", end) + 1))

    def refused(*_: object) -> None:
        raise ValueError("a DTD")

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler = filled
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        raise ValueError("no whole XML") from error
    return [document[begin:end] for begin, end in spans]


def identity(xml: bytes) -> Identity | None:
    """The identity of an instance; None when it cannot be read or names no instance."""
    try:
        root = read_xml(xml)
    except BadInput:
        return None
    ids = [_bare((node.text or "").strip()) for node in at(root, ("meta", "instanceID"))]
    # Encrypted and old instances have their id in an attribute.
    ids += [_bare(value.strip()) for key, value in root.attrib.items() if local(str(key)) == "instanceID"]
    if not any(ids):
        return None
    version = next((str(v) for k, v in root.attrib.items() if local(str(k)) == "version"), "")
    texts = ((node.text or "").strip() for node in root.iter() if not len(node))
    answers = frozenset(text for text in texts if 0 < len(text) <= MAX_NAME)
    return Identity(next(filter(None, ids)), version.strip(), answers)


def named(files: Mapping[str, Attached], answers: Iterable[str]) -> dict[str, Attached]:
    """The attachments by the names that the instance gives them.

    `question_xpath` is sometimes wrong, and a file's name may have come in another Unicode form or with the
    characters replaced that Django does not keep; attachments that the instance does not name keep their own
    names.
    """
    means = matched({name: (one.stored,) for name, one in files.items()}, answers, _sanitised)
    result: dict[str, Attached] = {}
    for name, one in files.items():
        said = means.get(name, name)
        result.setdefault(name if said in result else said, one)
    return result


def _sanitised(name: str) -> str:
    """A name as Django stores it: without tone marks,
    and without half of a SARA AM sent as two characters.
    """
    apart = unicodedata.normalize("NFKD", thai.normalise(name))
    return _SANITISED.sub("", apart.replace(" ", "_"))


def _fingerprint(uuid: str, listed: Iterable[_Listed], rest: Iterable[str | None]) -> str:
    said = [uuid, sorted(listed), *rest]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def _live(attachments: Iterable[dict[str, Any]]) -> dict[str, Attached]:
    """The attachments that are not deleted: a file deleted and sent again is listed twice."""
    live = {}
    for one in attachments:
        stored = str(one.get("filename") or "").rpartition("/")[2]
        name = str(one.get("media_file_basename") or stored)
        if name and one.get("uid") and not one.get("is_deleted"):
            live[name] = Attached(str(one["uid"]), stored)
    return live


def _bare(value: object) -> str:
    return value.strip().removeprefix("uuid:") if isinstance(value, str) else ""


def _utc(value: object) -> datetime | None:
    """A time like `2026-11-20T22:03:41`, which is UTC without saying so."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment and (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
