"""The settings file, changed whole or not at all; as it was before stays beside it."""

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock

from mochocho.settings.config import PATHS, Fault, Settings, settings_if, variable_of
from mochocho.settings.settings_edit import Place, edited
from mochocho.settings.settings_file import read_settings
from mochocho.storage.files import write_file
from mochocho.words import texts
from mochocho.words.errors import MochochoError, Terminal, reason

EARLIER = ".earlier"  # what its name ends in that holds the settings before the last change
_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Read:
    """A settings file as it stands: its values, and the sha256 of its bytes; '' = there is no file."""

    values: Mapping[str, Any]
    sha256: str


class SettingsOvertakenError(MochochoError):
    """The file was changed since it was shown. `now`: as it stands."""

    def __init__(self, now: Read) -> None:
        super().__init__(
            "ไฟล์การตั้งค่าถูกเปลี่ยนหลังจากที่ท่านเปิดหน้านี้ ยังไม่ได้บันทึก ให้ดูค่าปัจจุบันแล้วบันทึกอีกครั้ง",
            "the settings file was changed since it was shown; nothing was written",
        )
        self.args = (now,)
        self.now = now


class SettingsRefusedError(MochochoError):
    """What is asked for cannot be set. `faults`: everything that is wrong, by its place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(one.said.th for one in faults), "\n".join(one.said.en for one in faults))
        self.args = (faults,)
        self.faults = faults


def read(file: Path) -> Read:
    """The file as it stands. Raises Terminal where it is no TOML."""
    if not file.exists():
        return Read({}, "")
    return Read(read_settings(file, PATHS), hashlib.sha256(file.read_bytes()).hexdigest())


def change(
    file: Path, changes: Mapping[Place, Any], seen: str, checked: Callable[[Settings], None]
) -> Settings:
    """Write these settings into the file; the settings as they are then. `seen`: sha256 of what was shown.
    `checked`: raises for settings that make no sense together.

    Raises SettingsOvertakenError where the file is another now, SettingsRefusedError for what a setting
    cannot be, Terminal where the file cannot be written.
    """
    try:
        with filelock.FileLock(file.with_name(f".{file.name}.lock"), timeout=_WAIT_SECONDS, mode=0o600):
            return _change(file, changes, seen, checked)
    except OSError as error:  # a lock that is waited for in vain is one too
        why = reason(error)
        raise Terminal(
            f"เขียนไฟล์การตั้งค่า {file} ไม่ได้ ({why.th}) ยังไม่ได้เปลี่ยนอะไร "
            "ให้ผู้ดูแลเครื่องอนุญาตให้พอร์ทัลเขียนไฟล์และโฟลเดอร์นี้",
            f"the settings file {file} cannot be written ({why.en}); let the portal write it and its folder",
        ) from error


def _change(
    file: Path, changes: Mapping[Place, Any], seen: str, checked: Callable[[Settings], None]
) -> Settings:
    now = read(file)
    if now.sha256 != seen:
        raise SettingsOvertakenError(now)
    before = file.read_bytes() if now.sha256 else b""
    text = edited(texts.decoded(before), changes)
    found = settings_if(file, tomllib.loads(text))
    if not isinstance(found, Settings):
        raise SettingsRefusedError(found)
    checked(found)
    if now.sha256:
        write_file(file.with_name(file.name + EARLIER), before)
        mode = file.stat().st_mode & 0o777
    else:
        mode = 0o600
    write_file(file, text.encode())
    file.chmod(mode)
    return found


def from_variables(places: Mapping[Place, object]) -> dict[Place, str]:
    """Of these settings those that an environment's variable says, with its name."""
    return {place: variable for place in places if (variable := variable_of(place))}
