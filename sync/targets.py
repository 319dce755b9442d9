"""The places a home publishes to: its own endpoint, then every server in its settings.

This module is above the servers' packages, which know only `sync.publish.protocol`.
"""

from collections.abc import Callable
from importlib import import_module

from sqlalchemy import select

from mochocho.settings import config
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync.openrosa.target import EmbeddedTarget
from sync.publish.protocol import Eraser, Target
from sync.tables import ServerOfficer
from xlsforms.list_columns import COLUMNS

Make = Callable[[Home, config.Server], Target]

# kind -> the module with `make(home, server) -> Target`, imported when a home has such a server
_KINDS = {"central": "sync.central.target", "kobo": "sync.kobo.target"}


def servers_of(home: Home) -> dict[int, list[str]]:
    """Officer -> the keys of the servers to which the officer has access."""
    query = select(ServerOfficer.officer_id, ServerOfficer.server).where(ServerOfficer.revoked_at.is_(None))
    found: dict[int, list[str]] = {}
    with reading(home.engine) as session:
        for officer_id, server in sorted({(row.officer_id, row.server) for row in session.execute(query)}):
            found.setdefault(officer_id, []).append(server)
    return found


def targets(home: Home) -> tuple[Target, ...]:
    """The embedded endpoint first, then every server in the settings, in their order. Makes no requests."""
    return (EmbeddedTarget(home), *(server_target(home, one) for one in home.settings.servers))


def server_target(home: Home, server: config.Server) -> Target:
    """The target for one server in the settings."""
    make: Make = import_module(_KINDS[server.kind]).make
    return make(home, server)


def erase_there(home: Home, key: str, root_id: str) -> bool:
    """Delete a root (form id and root) or a row of a list (list and row) on the server of this source key,
    as `central:north`. False where the settings name no such server any more. Raises Transient and Terminal
    as targets do.
    """
    kept_in, _, id_ = root_id.partition("/")
    for server in home.settings.servers:
        target = server_target(home, server)
        if server.source_key == key and isinstance(target, Eraser):
            (target.erase_row if kept_in in COLUMNS else target.erase)(kept_in, id_)
            return True
    return False
