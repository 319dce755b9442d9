"""A district's own day for a stage, written into the settings file as a person would."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mochocho.settings.config import Settings
from mochocho.storage import settings_kept
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.thai import NOTHING_SAID, normalise, says_something
from processing.rounds.calendar import Stage

_PLACE = ("calendar", "extensions")


def extend(home: Home, district: str, stage: Stage, due: date, reason: str, by: str) -> Path:
    """Let a district (its name) do a stage by this day; in place of an earlier day of its own for it.

    Returns the file. Raises Terminal without a reason, a name or a settings file; SettingsRefusedError for
    what cannot be set, SettingsOvertakenError where somebody changes the file at the same moment.
    """
    file = home.settings.file
    if file is None:
        raise Terminal("ไม่มีไฟล์การตั้งค่าที่จะบันทึก", "there is no settings file to write to")
    if not says_something(reason):
        raise Terminal(f"เหตุผล (--reason) {NOTHING_SAID.th}", f"the reason (--reason) {NOTHING_SAID.en}")
    if not says_something(by):
        raise Terminal(
            "ต้องระบุชื่อผู้อนุญาตด้วย --by หรือ recorder ในการตั้งค่า",
            "say who allowed it: --by, or recorder of the settings",
        )
    now = settings_kept.read(file)
    new = {
        "district": district,
        "stage": stage.value,
        "due": due,
        "reason": normalise(reason),
        "by": normalise(by),
    }
    kept = [one for one in _standing(now.values) if _matter(home, one) != _matter(home, new)]
    settings_kept.change(file, {_PLACE: [*kept, new]}, now.sha256, _as_it_is)
    return file


def _standing(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(values.get("calendar", {}).get("extensions", []))


def _matter(home: Home, one: Mapping[str, Any]) -> tuple[str, str]:
    return home.province.code_of(str(one.get("district", ""))), str(one.get("stage", ""))


def _as_it_is(_: Settings) -> None:
    """Whatever the settings accept makes sense together."""
