"""Central's roles and their verbs, from the recorded answer to /v1/roles."""

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parent / "exchanges" / "a_043_roles.json"
ROLES: list[dict[str, Any]] = json.loads(json.loads(RECORDED.read_text("utf-8"))["response"]["body"])
BY_ID: dict[int, dict[str, Any]] = {role["id"]: role for role in ROLES}
BY_SYSTEM: dict[str, dict[str, Any]] = {role["system"]: role for role in ROLES}
ADMIN = BY_SYSTEM["admin"]["id"]
APP_USER = BY_SYSTEM["app-user"]["id"]
FORM_VIEWER = BY_SYSTEM["formview"]["id"]


def role(named: str) -> int | None:
    """The number of a role called by its number or its system name."""
    found = BY_ID.get(int(named)) if named.isdigit() else BY_SYSTEM.get(named)
    return None if found is None else int(found["id"])


def may(role_id: int, verb: str) -> bool:
    return verb in BY_ID[role_id]["verbs"]
