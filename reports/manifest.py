"""What a packet was made from and what came out, as canonical JSON: no times, paths, hosts or row ids."""

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from mochocho.home import Home
from mochocho.model import Case, FileRef
from reports.emblem import emblem
from reports.fonts import Face
from reports.papers import templates
from reports.view.arrange import TYPES, Group
from reports.view.front import counts

FORMAT = 1
MADE_WITH = ("icu4py", "mochocho", "pikepdf", "pillow", "segno", "typst")


def manifest(home: Home, groups: Sequence[Group], face: Face, outputs: Sequence[Mapping[str, Any]]) -> bytes:
    """`outputs`: name, sha256 and pages of each file of the packet."""
    cases = [c for g in groups for c in (*(u.case for u in g.passed), *g.blocked)]
    content = {
        "format": FORMAT,
        "province": home.province.name_th,
        "counts": _counts(groups),
        "inputs": {
            "instances": sorted({source for case in cases for source in case.sources}),
            "attachments": sorted({ref.sha256 for case in cases for ref in _files(case) if ref.sha256}),
            "assessments": {case.application.key: case.assessment.digest for case in cases},
            "pack": {"id": home.pack.id, "sha256": home.pack_digest, "official": home.pack.official},
            "templates": {name: _sha256(content) for name, content in templates().items()},
            "fonts": face.digests,
            "settings": settings_of(home),
        },
        "outputs": list(outputs),
        "versions": {
            **{name: version(name) for name in MADE_WITH},
            "python": ".".join(platform.python_version_tuple()[:2]),
        },
    }
    return canonical(content)


def canonical(value: Any) -> bytes:
    """One spelling for one content: sorted keys, no white space, UTF-8, a newline at the end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode()


def _counts(groups: Sequence[Group]) -> dict[str, Any]:
    by_type = counts(groups)
    return {
        "passed": {str(t): n for t, n in by_type.items()},
        "passed_total": sum(by_type.values()),
        "blocked_total": sum(len(g.blocked) for g in groups),
        "districts": [{"name": g.name, **{str(t): g.count(t) for t in TYPES}} for g in groups],
    }


def _files(case: Case) -> Iterator[FileRef]:
    application = case.application
    for answer in application.documents.values():
        yield from answer.pages
    for verdict in case.assessment.verdicts:
        yield from verdict.pages
    if application.portrait:
        yield application.portrait
    yield from (ref for _, ref in case.evidence)


def settings_of(home: Home) -> dict[str, Any]:
    """The settings that enter papers."""
    s, image = home.settings, emblem(home)
    return {
        "meeting": s.meeting.model_dump(mode="json") if s.meeting else None,
        "committees": s.committees.model_dump(mode="json"),
        "presentation_order": list(s.presentation_order),
        "thai_digits": s.papers.thai_digits,
        "font_family": s.papers.font_family,
        "emblem": _sha256(image) if image is not None else None,
    }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
