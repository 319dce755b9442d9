"""Changing the text of mochocho.toml as a person would: comments, order and everything else stay. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array

from mochocho.words.errors import Terminal

Place = tuple[str, ...]  # of a setting: ("calendar", "plan", "due")


def edited(text: str, changes: Mapping[Place, Any]) -> str:
    """The text with these settings changed; None takes one out. What is as it was stays as it is written.

    Raises Terminal for a file that is written so that it cannot be changed without touching the rest.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    document = tomlkit.parse(text)
    wanted = tomllib.loads(text)
    for place, value in changes.items():
        if _at(wanted, place) == value:
            continue
        _put(wanted, place, value, inline=False)
        _put(document, place, value, inline=True)
    written = tomlkit.dumps(document).replace("\r\n", "\n").replace("\n", newline)
    if not _says(written, wanted):
        raise Terminal(
            "ไฟล์การตั้งค่าเขียนไว้ในรูปแบบที่หน้านี้แก้ให้ไม่ได้ ยังไม่ได้เปลี่ยนอะไร ให้แก้ในไฟล์ด้วยโปรแกรมแก้ข้อความ",
            "the settings file is written in a way that cannot be changed here; edit the file itself",
        )
    return written


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _at(values: Any, place: Place) -> Any:
    for name in place:
        values = values.get(name) if isinstance(values, Mapping) else None
    return values


def _put(values: Any, place: Place, value: Any, *, inline: bool) -> None:
    """Set or take out one setting. `inline`: the values are tomlkit's, a round on one line."""
    name, rest = place[0], place[1:]
    if not rest:
        if value is not None:
            values[name] = _written(value) if inline else value
        elif name in values:
            del values[name]
        return
    if name not in values:
        if value is None:
            return
        values[name] = _heading(place) if inline else {}
    _put(values[name], rest, value, inline=inline)
    if not values[name] and name not in _HEADINGS:  # a round without any day
        del values[name]


def _heading(place: Place) -> Any:
    """What begins where nothing stood yet: a heading of the file, or a table on one line below one."""
    return tomlkit.table() if len(place) == 2 and place[0] in _HEADINGS else tomlkit.inline_table()


_HEADINGS = ("meeting", "calendar", "committees", "papers", "forms", "controller")


def _written(value: Any) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list(value)
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update({name: _written(one) for name, one in value.items()})
        return table
    return value


def _list(values: Sequence[Any]) -> Array:
    array = tomlkit.array()
    for value in values:
        array.append(_written(value))
    return array.multiline(any(isinstance(value, Mapping) for value in values))
