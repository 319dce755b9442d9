"""The doctor's look at the machine: folders and their modes, disk, database, port."""

import os
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from mochocho.app import migrate
from mochocho.app.checks import Check
from mochocho.app.database_faults import meaning
from mochocho.config import Settings
from mochocho.db import make_engine

FREE_WARN, FREE_FAIL = 5 << 30, 500 << 20  # bytes


def examine(settings: Settings) -> Iterator[Check]:
    """The home's folder, the disk under it, the database, the port."""
    yield _folder(settings.home)
    yield _disk(settings.home)
    yield _database(settings.url)
    yield _port(settings.endpoint.host, settings.endpoint.port)


def _folder(home: Path) -> Check:
    existing = _nearest(home)
    if not os.access(existing, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        return Check(
            "home", "fail", f"{existing} cannot be written", "choose another `home`, or run as its owner"
        )
    if not home.is_dir():
        return Check("home", "ok", f"{home}, made at first use")
    open_to_others = [path for path in (home, *home.iterdir()) if _open_to_others(path)]
    if open_to_others:
        names = ", ".join(str(path) for path in open_to_others)
        return Check("home", "fail", f"others can read {names}", f"chmod -R go-rwx {home}")
    return Check("home", "ok", str(home))


def _open_to_others(path: Path) -> bool:
    if os.name == "nt":  # modes mean nothing there; the folder inherits its rights
        return False
    return bool(path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)) and not path.is_symlink()


def _disk(home: Path) -> Check:
    free = shutil.disk_usage(_nearest(home)).free
    found = f"{free / (1 << 30):.1f} GB free"
    if free < FREE_FAIL:
        return Check("disk", "fail", found, "free some space: phones will be answered that there is none")
    if free < FREE_WARN:
        return Check("disk", "warn", found, "a province's photos take a few gigabytes a year")
    return Check("disk", "ok", found)


def _nearest(path: Path) -> Path:
    return next(p for p in (path.absolute(), *path.absolute().parents) if p.exists())


def _database(url: str) -> Check:
    where = make_url(url)
    if where.get_backend_name() == "sqlite" and where.database and not Path(where.database).exists():
        return Check("database", "ok", "none yet, made at first use")
    try:
        engine = make_engine(url)
        return _revision(engine, where.render_as_string(hide_password=True))
    except ImportError as error:
        return Check("database", "fail", str(error), "install with the extra: mochocho[postgresql]")
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        known = meaning(cause)
        return Check(
            "database", "fail", cause, known.th if known else "start the database, or mend database_url"
        )


def _revision(engine: Engine, name: str) -> Check:
    newest = migrate.newest()
    with engine.connect() as connection:
        current = migrate.current(connection)
    engine.dispose()
    if current > newest:
        return Check(
            "database",
            "fail",
            f"{name} at {current}, made by a newer mochocho; this one knows {newest}",
            "ใช้โปรแกรมรุ่นใหม่ หรือกู้คืนแฟ้มสำรองของรุ่นนี้ลงที่เก็บว่าง",
        )
    if current == newest:
        return Check("database", "ok", f"{name} at {current}")
    return Check(
        "database",
        "warn",
        f"{name} at {current or 'nothing'}, newest is {newest}",
        "the next command mends it",
    )


def _port(host: str, port: int) -> Check:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # there it would let two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        found = f"{host}:{port}: {error.strerror or error}"
        return Check(
            "port", "warn", found, "well if `mochocho serve` runs already; else set endpoint.host and port"
        )
    return Check("port", "ok", f"{host}:{port} is free")
