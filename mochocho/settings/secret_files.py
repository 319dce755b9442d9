"""Secrets in files of their own, as Docker and systemd hand them over: `<VARIABLE>_FILE` names one."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from mochocho.words import texts
from mochocho.words.errors import Terminal

MAX_BYTES = 4096


def read_secret(path: Path) -> str:
    """What the file holds, without line ends at its end. Raises Terminal; what it holds is never quoted."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Terminal(f"{path}: เปิดแฟ้มรหัสผ่านไม่ได้ ({error.strerror}) ให้ตรวจที่อยู่แฟ้มและสิทธิ์การอ่าน") from None
    if len(content) > MAX_BYTES:
        raise Terminal(f"{path}: ใหญ่เกินกว่าจะเป็นรหัสผ่าน ให้ตรวจว่าเลือกแฟ้มถูก")
    try:
        text = texts.decoded(content).rstrip("\r\n")
    except texts.Unreadable as error:
        raise Terminal(f"{path}: {error.message_th}") from None
    if not text.strip():
        raise Terminal(f"{path}: แฟ้มรหัสผ่านว่าง")
    return text


def given(variables: Iterable[str]) -> Mapping[str, str]:
    """Variable -> secret, for those of which a file is named. Raises Terminal where both are set."""
    found = {}
    for variable in variables:
        named = os.environ.get(f"{variable}_FILE", "")
        if not named:
            continue
        if os.environ.get(variable):
            raise Terminal(f"ตั้งทั้ง {variable} และ {variable}_FILE ไว้ ให้เหลืออย่างเดียว")
        found[variable] = read_secret(Path(named))
    return found
