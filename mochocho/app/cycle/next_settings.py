"""The settings of the next cycle: the old file, with what belongs to one year taken out."""

import re
from collections.abc import Iterator
from pathlib import Path

from mochocho.settings.config import FILE_NAME, Settings, load_settings
from mochocho.storage.files import claim
from mochocho.words.errors import Terminal

PACK = "standards-{year}.yaml"
# sections: last year's days, and what holds last year's forms
OF_ONE_YEAR = ("meeting", "calendar", "folders", "servers")
_ONE_YEAR = ("home", "pack", "database_url", "database_password", "cycle_open")
_HEADING = re.compile(r"\s*\[\[?\s*([a-z_]+)")
_VALUE = re.compile(r"\s*(?:([a-z_]+)\.)?([a-z_]+)\s*=")  # papers.emblem = …
_NOTE = "# ของปีก่อน ให้ใส่ของปีนี้แทน · of the year before: put this year's in its place\n"


def text_of_next(old_text: str, old: Settings, pack: str, database_url: str) -> str:
    """The old settings with the next year's home, pack and database. A meeting, a calendar, folders and
    servers are kept as comments: they are to be named anew.
    """
    head = f'home = "mochocho-home"\npack = "{pack}"\n'
    if database_url:
        head += f"database_url = {_quoted(database_url)}\n"
    return head + "".join(_lines(old_text, old))


def write_next(folder: Path, text: str, old: Settings) -> Path:
    """Write the settings and check that all else is as it was. Raises Terminal where it is not."""
    target = folder / FILE_NAME
    if target.exists() or claim(target, text.encode()) != text.encode():
        raise Terminal(
            f"มี {target} อยู่แล้ว จึงไม่เขียนทับ ให้ระบุโฟลเดอร์อื่น",
            f"{target} is already there and stays as it is; name another folder",
        )
    new = load_settings(target)
    changed = {*_ONE_YEAR, *OF_ONE_YEAR}
    if different := [
        name
        for name in Settings.model_fields
        if name not in changed and getattr(new, name) != getattr(old, name)
    ]:
        target.unlink()
        raise Terminal(
            f"นำการตั้งค่า {', '.join(different)} ไปปีใหม่ไม่ได้ ให้ตรวจไฟล์การตั้งค่าเดิม",
            f"the settings {', '.join(different)} cannot be carried over; look at the old file",
        )
    return target


def _lines(text: str, old: Settings) -> Iterator[str]:
    left_out, section = False, ""
    for line in text.splitlines(keepends=True):
        if found := _HEADING.match(line):
            section = found[1]
            if section in OF_ONE_YEAR and not left_out:
                yield _NOTE
            left_out = section in OF_ONE_YEAR
        part, name = found.groups() if (found := _VALUE.match(line)) else (None, "")
        if left_out and line.strip() and not line.lstrip().startswith("#"):
            yield f"# {line}"
        elif not section and not part and name in _ONE_YEAR:
            continue
        elif path := _path(old, part or section, name):
            yield f"{line[: line.index('=')]}= {_quoted(path.resolve().as_posix())}\n"
        else:
            yield line


def _path(old: Settings, section: str, name: str) -> Path | None:
    """The file or folder that this setting names: relative ones were relative to the old file's folder."""
    value = getattr(getattr(old, section, None), name, None)
    return value if isinstance(value, Path) else None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
