"""The inputs and outputs of a packet as canonical JSON: no times, paths, hosts or row ids."""

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from mochocho.standards.origins import is_official
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing import codec
from processing.meetings.kept import provincial
from processing.meetings.packet_meeting import as_bound
from reports.packet.emblem import emblem
from reports.packet.material import Material
from reports.papers import templates
from reports.typesetting.fonts import Face
from reports.typesetting.program import MADE_WITH
from reports.view.arrange import TYPES, Group
from reports.view.front import counts

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Streamed:
    """A JSON list of these items or, with `pairs`, an object of these (name, value) pairs, in order."""

    items: Iterable[Any]
    pairs: bool = False


def manifest(
    home: Home,
    settings: Mapping[str, Any],
    counts: Mapping[str, Any],
    material: Material,
    face: Face,
    outputs: Sequence[Mapping[str, Any]],
) -> Iterator[bytes]:
    """`settings`, `counts`: `settings_of`, `counts_of`, as it was laid out.

    `outputs`: name, sha256 and pages of each file of the packet.
    """
    of_people = {
        "instances": Streamed(material.instances()),
        "attachments": Streamed(material.attachments()),
        "assessments": Streamed(material.assessments(), pairs=True),
        "settings": settings,
    }
    content = {
        "format": FORMAT,
        "province": home.province.name_th,
        "counts": counts,
        "inputs": {
            "pack": {"id": home.pack.id, "sha256": home.pack_digest, "official": is_official(home.pack)},
            "templates": {name: _sha256(content) for name, content in templates().items()},
            "fonts": face.digests,
            **({"copy": "redacted"} if home.redacted else of_people),
        },
        "outputs": list(outputs),
        "versions": {
            **{name: version(name) for name in MADE_WITH},
            "python": ".".join(platform.python_version_tuple()[:2]),
        },
    }
    yield from (piece.encode() for piece in _pieces(content))
    yield b"\n"


def _pieces(value: Any) -> Iterator[str]:
    """Canonical JSON: sorted keys, no white space."""
    match value:
        case Mapping():
            yield from _joined("{}", ((name, value[name]) for name in sorted(value)), pairs=True)
        case Streamed(items, pairs):
            yield from _joined("{}" if pairs else "[]", items, pairs=pairs)
        case _:
            yield _text(value)


def _joined(brackets: str, items: Iterable[Any], *, pairs: bool) -> Iterator[str]:
    yield brackets[0]
    for i, item in enumerate(items):
        name, value = item if pairs else ("", item)
        yield ("," if i else "") + (f"{_text(name)}:" if pairs else "")
        yield from _pieces(value)
    yield brackets[1]


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def counts_of(groups: Sequence[Group]) -> dict[str, Any]:
    """How many passed, are held back, or were settled by an earlier meeting, as the manifest states it."""
    by_type = counts(groups)
    return {
        "passed": {str(t): n for t, n in by_type.items()},
        "passed_total": sum(by_type.values()),
        "blocked_total": sum(len(g.blocked) for g in groups),
        "settled_total": sum(g.settled for g in groups),
        "districts": [{"name": g.name, **{str(t): g.count(t) for t in TYPES}} for g in groups],
    }


def settings_of(home: Home) -> dict[str, Any]:
    """The settings that affect papers, and the meeting; while none is kept, as the settings say it."""
    s, image = home.settings, emblem(home)
    with reading(home.engine) as session:
        meeting = provincial(session)
    if meeting and home.redacted:
        meeting = replace(meeting, annexes=())
    of_settings = s.meeting.model_dump(mode="json") if s.meeting else None
    return {
        "meeting": codec.dump(as_bound(meeting)) if meeting else of_settings,
        "committees": s.committees.model_dump(mode="json"),
        "presentation_order": list(meeting.schedule.order if meeting else s.presentation_order),
        "thai_digits": s.papers.thai_digits,
        "font_family": s.papers.font_family,
        "emblem": _sha256(image) if image is not None else None,
    }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
