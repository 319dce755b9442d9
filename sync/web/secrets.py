"""The password or token of a server: from the environment, or from a file that only its owner may read."""

import os
import stat
from pathlib import Path

from pydantic import SecretStr

from mochocho.settings.config import ENV_PREFIX, Server
from mochocho.settings.secret_files import read_secret
from mochocho.words.errors import Terminal, reason
from mochocho.words.sentences import Sentence

MAX_BYTES = 4096

_PASSWORD, _TOKEN = Sentence("รหัสผ่าน", "password"), Sentence("รหัส API token", "API token")


def secret_of(server: Server) -> SecretStr:
    """The secret of `server`: from the environment, the file named there, or `secret_file`.

    Raises Terminal with what to do where there is none, or where others may read the file.
    """
    name = f"{ENV_PREFIX}SECRET_{server.key.upper().replace('-', '_')}"
    text = os.environ.get(name, "")
    where = name
    if not text.strip() and (named := os.environ.get(f"{name}_FILE")):
        text, where = read_secret(Path(named)), named
    if not text.strip() and server.secret_file is not None:
        text, where = _read(server.secret_file), str(server.secret_file)
    text = text.strip("\r\n") if server.kind == "central" else text.strip()
    if not text.strip():
        what = _PASSWORD if server.kind == "central" else _TOKEN
        raise Terminal(
            f"{server.key}: ยังไม่มี{what.th} ให้ตั้งตัวแปร {name} หรือตั้ง `secret_file` เป็นไฟล์ที่เก็บไว้",
            f"{server.key}: no {what.en}; set {name}, or `secret_file` to a file that holds it",
        )
    if server.kind == "kobo" and not (text.isascii() and text.isprintable() and " " not in text):
        raise Terminal(
            f"{where}: ไม่ใช่ API token ให้คัดลอกใหม่จากหน้า Security ของบัญชี",
            f"{where}: this is no API token; copy it again from the account's security page",
        )
    return SecretStr(text)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            status = os.fstat(handle.fileno())
            if os.name != "nt" and stat.S_IMODE(status.st_mode) & 0o077:
                raise Terminal(
                    f"{path}: ผู้ใช้อื่นของเครื่องอ่านรหัสลับนี้ได้ ให้สั่ง `chmod 600 {path}`",
                    f"{path}: others may read this secret; run `chmod 600 {path}`",
                )
            content = handle.read(MAX_BYTES + 1)
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"{path}: เปิดไฟล์รหัสลับไม่ได้ ({why.th}) ให้ตรวจ `secret_file` ในการตั้งค่า",
            f"{path}: {why.en}; the file with the secret cannot be read; check `secret_file` in the settings",
        ) from None
    if len(content) > MAX_BYTES:
        raise Terminal(
            f"{path}: ใหญ่เกินกว่าจะเป็นรหัสผ่านหรือ token ให้ตรวจว่าเป็นไฟล์ที่ถูกต้อง",
            f"{path}: too large for a password or token; is this the right file?",
        )
    try:
        return content.decode("utf-8-sig")  # Windows' editor writes a byte order mark
    except UnicodeDecodeError:
        pass  # the error would contain the secret
    raise Terminal(
        f"{path}: ไม่ใช่ข้อความ UTF-8 ให้เขียนรหัสลับใหม่ด้วยโปรแกรมแก้ไขข้อความธรรมดา",
        f"{path}: not UTF-8 text; write the secret again with a plain text editor",
    )
