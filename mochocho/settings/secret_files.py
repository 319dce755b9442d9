"""Secrets in files of their own, as Docker and systemd provide them: `<VARIABLE>_FILE` names the file."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from mochocho.words import texts
from mochocho.words.errors import Terminal, reason

MAX_BYTES = 4096


def read_secret(path: Path) -> str:
    """The file's content without trailing line ends. Raises Terminal, never quoting the content."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"{path}: เปิดไฟล์รหัสผ่านไม่ได้ ({why.th}) ให้ตรวจที่อยู่ไฟล์และสิทธิ์การอ่าน",
            f"{path}: the file of a password cannot be read ({why.en}); check its path and who may read it",
        ) from None
    if len(content) > MAX_BYTES:
        raise Terminal(
            f"{path}: ใหญ่เกินกว่าจะเป็นรหัสผ่าน ให้ตรวจว่าเลือกไฟล์ถูก",
            f"{path}: too large for a password; is this the right file?",
        )
    try:
        text = texts.decoded(content).rstrip("\r\n")
    except texts.Unreadable as error:
        raise Terminal(f"{path}: {error.said.th}", f"{path}: {error.said.en}") from None
    if not text.strip():
        raise Terminal(f"{path}: ไฟล์รหัสผ่านว่าง ให้ใส่รหัสผ่าน", f"{path}: holds no password; write it there")
    return text


def given(variables: Iterable[str]) -> Mapping[str, str]:
    """Variable -> secret, for the variables that have a file. Raises Terminal where both are set."""
    found = {}
    for variable in variables:
        named = os.environ.get(f"{variable}_FILE", "")
        if not named:
            continue
        if os.environ.get(variable):
            raise Terminal(
                f"ตั้งทั้ง {variable} และ {variable}_FILE ไว้ ให้เหลืออย่างเดียว",
                f"both {variable} and {variable}_FILE are set; keep one",
            )
        found[variable] = read_secret(Path(named))
    return found
