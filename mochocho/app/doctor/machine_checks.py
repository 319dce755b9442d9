"""The doctor's checks of the machine: folders and their modes, disk, database, port."""

import os
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.disks import home_disk
from mochocho.app.migrations import migrate
from mochocho.app.reachability import in_container
from mochocho.app.terminal.database_faults import meaning
from mochocho.settings.config import Settings
from mochocho.storage.db import is_made, make_engine
from mochocho.words.errors import reason
from mochocho.words.sentences import Sentence, plain

FREE_WARN, FREE_FAIL = 5 << 30, 500 << 20  # bytes


def examine(settings: Settings) -> Iterator[Check]:
    """The home's folder, the disk under it, whether that is encrypted, the database, the port.

    A container has ports of its own: the endpoint's is taken by itself, and there is nothing to choose.
    """
    yield _folder(settings.home)
    yield _disk(settings.home)
    yield home_disk.examine(settings)
    yield _database(settings.url)
    if not in_container():
        yield _port(settings.endpoint.host, settings.endpoint.port)


def _folder(home: Path) -> Check:
    existing = _nearest(home)
    if not os.access(existing, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        return Check(
            "home",
            "fail",
            Sentence(f"{existing} เขียนไม่ได้", f"{existing} cannot be written"),
            Sentence(
                "ตั้ง `home` เป็นโฟลเดอร์อื่น หรือสั่งด้วยบัญชีผู้ใช้ที่เป็นเจ้าของโฟลเดอร์",
                "choose another `home`, or run as its owner",
            ),
        )
    if not home.is_dir():
        return Check("home", "ok", Sentence(f"{home} จะสร้างเมื่อใช้ครั้งแรก", f"{home}, made at first use"))
    open_to_others = [path for path in (home, *home.iterdir()) if _open_to_others(path)]
    if open_to_others:
        names = ", ".join(str(path) for path in open_to_others)
        found = Sentence(f"ผู้ใช้อื่นของเครื่องอ่านได้: {names}", f"others can read {names}")
        return Check(
            "home",
            "fail",
            found,
            Sentence(f"สั่ง `chmod -R go-rwx {home}`", f"`chmod -R go-rwx {home}`"),
        )
    return Check("home", "ok", plain(str(home)))


def _open_to_others(path: Path) -> bool:
    if os.name == "nt":  # modes mean nothing on Windows; the folder inherits its rights
        return False
    return bool(path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)) and not path.is_symlink()


def _disk(home: Path) -> Check:
    free = shutil.disk_usage(_nearest(home)).free
    gigabytes = f"{free / (1 << 30):.1f}"
    found = Sentence(f"เหลือ {gigabytes} GB", f"{gigabytes} GB free")
    if free < FREE_FAIL:
        advice = Sentence(
            "เพิ่มที่ว่าง มิฉะนั้นเครื่องนี้จะตอบโทรศัพท์ว่าที่เก็บเต็ม",
            "free some space: phones will be answered that there is none",
        )
        return Check("disk", "fail", found, advice)
    if free < FREE_WARN:
        advice = Sentence(
            "เพิ่มที่ว่าง ภาพถ่ายของจังหวัดหนึ่งใช้ปีละหลาย GB", "a province's photos take a few gigabytes a year"
        )
        return Check("disk", "warn", found, advice)
    return Check("disk", "ok", found)


def _nearest(path: Path) -> Path:
    return next(p for p in (path.absolute(), *path.absolute().parents) if p.exists())


def _database(url: str) -> Check:
    if not is_made(url):
        none = Sentence("ยังไม่มี จะสร้างเมื่อใช้ครั้งแรก", "none yet, made at first use")
        return Check("database", "ok", none)
    try:
        engine = make_engine(url)
        return _revision(engine, make_url(url).render_as_string(hide_password=True))
    except ImportError as error:
        return Check(
            "database",
            "fail",
            Sentence(f"ยังไม่ได้ติดตั้ง {error.name}", f"{error.name} is not installed"),
            Sentence("ติดตั้ง mochocho[postgresql]", "install with the extra: mochocho[postgresql]"),
        )
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        return Check("database", "fail", Sentence(f"ใช้ไม่ได้ ({cause})", cause), _cure(cause))


def _cure(cause: str) -> Sentence:
    if known := meaning(cause):
        return Sentence(known.th, known.en)
    return Sentence("เปิดฐานข้อมูล หรือแก้ database_url", "start the database, or mend database_url")


def _revision(engine: Engine, name: str) -> Check:
    newest = migrate.newest()
    with engine.connect() as connection:
        current = migrate.current(connection)
    engine.dispose()
    if current > newest:
        return Check(
            "database",
            "fail",
            Sentence(
                f"{name} เป็นรุ่น {current} จาก mochocho รุ่นใหม่กว่า โปรแกรมนี้รู้จักถึงรุ่น {newest}",
                f"{name} at {current}, made by a newer mochocho; this one knows {newest}",
            ),
            Sentence(
                "ใช้โปรแกรมรุ่นใหม่ หรือกู้คืนไฟล์สำรองของรุ่นนี้ลงที่เก็บว่าง",
                "use the newer program, or restore a backup of this one into an empty home",
            ),
        )
    if current == newest:
        return Check("database", "ok", Sentence(f"{name} รุ่น {current}", f"{name} at {current}"))
    at = plain(current) if current else Sentence("ว่าง", "nothing")
    return Check(
        "database",
        "warn",
        Sentence(f"{name} เป็นรุ่น {at.th} รุ่นล่าสุดคือ {newest}", f"{name} at {at.en}, newest is {newest}"),
        Sentence("คำสั่งถัดไปจะปรับเป็นรุ่นล่าสุดเอง", "the next command mends it"),
    )


def _port(host: str, port: int) -> Check:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # on Windows it would let two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        why = reason(error)
        return Check(
            "port",
            "warn",
            Sentence(f"{host}:{port} เปิดรับไม่ได้ ({why.th})", f"{host}:{port}: {why.en}"),
            Sentence(
                "ถ้า `mochocho serve` ทำงานอยู่แล้วถือว่าปกติ ถ้าไม่ใช่ ให้ตั้ง host และ port ใต้ [endpoint]",
                "well if `mochocho serve` runs already; else set endpoint.host and port",
            ),
        )
    return Check("port", "ok", Sentence(f"{host}:{port} ว่าง", f"{host}:{port} is free"))
