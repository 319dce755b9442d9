"""The comparable form of an answer of ODK Central: everything except values that only the server can know."""

import re
from typing import Any

_MASKS = (
    (re.compile(r"https?://[^/\s\"]+/v1/"), "<domain>/v1/"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"), "<time>"),
    (re.compile(r"/key/[^/]+/"), "/key/<app-user-token>/"),
    (re.compile(r"md5:[0-9a-f]{32}"), "md5:<digest>"),
    (re.compile(r"^[0-9a-f]{40}$"), "<sha1>"),
    (re.compile(r"\[encrypted:[^\]]+\]"), "[encrypted:<random>]"),
)
_SHAPES = {  # made by the server: there or not there, that is all
    *("id", "actorId", "acteeId", "submitterId", "creatorId", "roleId", "keyId", "lastUsed", "token", "csrf"),
    *("hash", "sha", "sha256", "draftToken", "submissionId", "submissionDefId", "entityId", "entityDefId"),
    *("userAgent", "deviceId", "displayName", "submitterName", "creatorName", "newBlobId", "lastLoginAt"),
}


def mask(written: str) -> str:
    for pattern, name in _MASKS:
        written = pattern.sub(name, written)
    return written


def masked(value: Any, by_type: bool = False, key: str = "") -> Any:
    """What is compared of a body; `by_type`: of its values the type alone."""
    if isinstance(value, dict):
        return {k: masked(v, by_type, k) for k, v in value.items() if k != "source"}
    if key == "verbs":
        return sorted(value)
    if isinstance(value, list):
        return [masked(one, by_type, key) for one in value]
    if key in _SHAPES and value is not None:
        return "<made>"
    if isinstance(value, str):
        return type(value).__name__ if by_type and not key.startswith("@") and key != "__id" else mask(value)
    return type(value).__name__ if by_type and not key.startswith("@") else value
