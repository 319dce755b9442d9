"""Sets up a province: a settings file with explanations, and a folder for Docker."""

import os
import re
import secrets
from importlib.resources import files
from pathlib import Path

from mochocho.settings.config import FILE_NAME, Settings
from mochocho.storage.files import claim, private_dir
from mochocho.words.errors import Terminal
from mochocho.words.places import Province

TEMPLATE = "settings_template.toml"
CHECKOUT = Path(__file__).resolve().parents[2]
# In a checkout Docker's files are at its top; a wheel contains a copy of them.
PACKED = files("mochocho.app") / "compose"
TEMPLATES = PACKED if PACKED.is_dir() else CHECKOUT
COMPOSE, ENVIRONMENT, EXAMPLE = "docker-compose.yml", ".env", ".env.example"
PROXY = Path("deploy", "Caddyfile")
SERVERS = Path("deploy", "servers.yml")
# Folders that the containers' user reads and writes; docker-compose.yml mounts each.
FOLDERS = ("home", "settings", "deploy", "certificates", "backups")
# Files with one password each. Docker mounts the file itself, which PostgreSQL's and Redis' own users must be
# able to read; on this machine it is in a folder that only its owner may open.
SECRETS = (Path("secrets", "postgres_password"), Path("secrets", "redis_password"))
READABLE = 0o444
NOBODYS = (10001, 10001)  # as in the Dockerfile
_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def settings_text(province: str) -> str:
    """The commented settings file for one province. Raises Terminal when the province is unknown."""
    template = files("mochocho.app").joinpath(TEMPLATE).read_text("utf-8")
    default = Settings.model_fields["province"].default
    return template.replace(f'province = "{default}"', f'province = "{Province.named(province).name_th}"')


def write_settings(folder: Path, province: str) -> Path:
    """Write `mochocho.toml` into `folder` and return its path. Raises Terminal if there is one."""
    target = folder / FILE_NAME
    text = settings_text(province).encode()
    private_dir(folder)
    if target.exists() or claim(target, text) != text:
        raise Terminal(
            f"มี {target} อยู่แล้ว จึงไม่เขียนทับ ให้แก้ไฟล์นั้น หรือระบุโฟลเดอร์อื่น",
            f"{target} is already there and stays as it is; edit it, or name another folder",
        )
    return target


def write_compose(folder: Path, province: str, domain: str) -> list[Path]:
    """Write a folder from which `docker compose up` starts everything, with its own passwords.

    Returns the files. A file that already has the right content is left; raises Terminal if any other exists,
    and then writes nothing.
    """
    if domain and not _DOMAIN.fullmatch(domain):
        raise Terminal(
            f"{domain!r} ไม่ใช่ชื่อเครื่อง ให้เขียนเช่น forms.example.go.th ด้วยอักษรตัวเล็ก",
            f"{domain!r} is no name of a machine; write it like forms.example.go.th, in small letters",
        )
    user = _user()
    contents = {
        folder / COMPOSE: _template(COMPOSE),
        folder / PROXY: _template(PROXY.as_posix()),
        folder / SERVERS: _template(SERVERS.as_posix()),
        folder / "settings" / FILE_NAME: settings_text(province),
        folder / ENVIRONMENT: _environment(folder, domain, user),
        **{folder / name: secrets.token_urlsafe(32) for name in SECRETS},
    }
    for path, text in contents.items():
        if path.exists() and path.read_bytes() != text.encode():
            raise Terminal(
                f"มี {path} อยู่แล้ว จึงไม่เขียนทับ ให้ระบุโฟลเดอร์อื่น",
                f"{path} is already there and stays as it is; name another folder",
            )
    for made in (*FOLDERS, SECRETS[0].parent.name):
        private_dir(folder / made)
    for path, text in contents.items():
        if claim(path, text.encode()) != text.encode():
            raise Terminal(
                f"{path} เพิ่งถูกเขียนโดยโปรแกรมอื่น ให้ระบุโฟลเดอร์อื่น",
                f"{path} has just been written by another; name another folder",
            )
    for name in SECRETS:
        (folder / name).chmod(READABLE)
    _hand_over(folder, user)
    return list(contents)


def _template(name: str) -> str:
    return TEMPLATES.joinpath(name).read_text("utf-8")


def _environment(folder: Path, domain: str, user: tuple[int, int]) -> str:
    values = {
        "DOMAIN": domain,
        "RUN_AS": f"{user[0]}:{user[1]}",
        "SOURCE": _source(folder),
    }
    text = _template(EXAMPLE)
    for name, value in values.items():
        text = re.sub(rf"(?m)^{name}=.*$", f"{name}={value}".replace("\\", r"\\"), text, count=1)
    return text


def _source(folder: Path) -> str:
    """The checkout this program runs from, for `docker compose build`;
    `.` when it was installed without one.
    """
    if not (CHECKOUT / "Dockerfile").is_file() or folder.resolve() == CHECKOUT:
        return "."
    return f"'{CHECKOUT.as_posix()}'"  # inside quotes a space or a $ has no special meaning


def _user() -> tuple[int, int]:
    """The owner of the folder and the user of the containers: the caller, but never root."""
    mine = (os.getuid(), os.getgid()) if hasattr(os, "getuid") else NOBODYS  # Windows has no such numbers
    return mine if mine[0] else NOBODYS


def _hand_over(folder: Path, user: tuple[int, int]) -> None:
    if hasattr(os, "getuid") and os.getuid() == 0:
        files = (PROXY, Path("settings", FILE_NAME), *SECRETS)
        for name in (*files, *map(Path, FOLDERS), SECRETS[0].parent):
            os.chown(folder / name, *user)
