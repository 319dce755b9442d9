"""A home whose packet is the committee's copy: a packet of its own, with its own plan, sheets and folder."""

import json
from dataclasses import replace
from pathlib import Path

from mochocho.storage.home import Home
from processing.decoding.jobs import UNWRITTEN_VERSION
from processing.decoding.keeper import Died, TooCostly, decoders
from reports.redaction.committee_copy import CommitteeCopy
from reports.typesetting.cache import Cache
from reports.view.printed_words import Words


def for_committee(home: Home) -> Home:
    """The same home, for the committee's copy of its papers."""
    return replace(home, redacted=True)


def committee_copy(home: Home) -> CommitteeCopy:
    """What covers this home's papers."""
    looked = Cache(home.cache_dir / "looked")

    def is_a_face(sha256: str) -> bool:
        key = f"unwritten {sha256} {UNWRITTEN_VERSION}"
        kept = looked.get(key)
        if kept is None:
            kept = _unwritten(home.store.path(sha256)) if home.store.has(sha256) else b"false"
            looked.put(key, kept)
        return json.loads(kept) is True

    return CommitteeCopy(Words(home.settings.papers.thai_digits), is_a_face)


def _unwritten(file: Path) -> bytes:
    """JSON: whether surely nothing is written on it. A file that ends its child may hold anything."""
    try:
        return decoders().unwritten(file)
    except (Died, TooCostly):
        return b"false"
