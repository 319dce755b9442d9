"""The password or token of a server: from the environment, or from a file that only its owner may read."""

import os
import stat
from pathlib import Path

from pydantic import SecretStr

from mochocho.settings.config import ENV_PREFIX, Server
from mochocho.settings.secret_files import read_secret
from mochocho.words.errors import Terminal

MAX_BYTES = 4096


def secret_of(server: Server) -> SecretStr:
    """What `server` lets us in with: from the environment, the file that names, or `secret_file`.

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
        what = "password" if server.kind == "central" else "API token"
        raise Terminal(f"{server.key}: no {what}; set {name}, or `secret_file` to a file that holds it")
    if server.kind == "kobo" and not (text.isascii() and text.isprintable() and " " not in text):
        raise Terminal(f"{where}: this is no API token; copy it again from the account's security page")
    return SecretStr(text)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            status = os.fstat(handle.fileno())
            if os.name != "nt" and stat.S_IMODE(status.st_mode) & 0o077:
                raise Terminal(f"{path}: others may read this secret; run `chmod 600 {path}`")
            content = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise Terminal(f"{path}: {error.strerror}; the file with the secret cannot be read") from None
    if len(content) > MAX_BYTES:
        raise Terminal(f"{path}: too large for a password or token; is this the right file?")
    try:
        return content.decode("utf-8-sig")  # Windows' editor writes the mark
    except UnicodeDecodeError:
        pass  # the error would carry the content
    raise Terminal(f"{path}: not UTF-8 text; write the secret again with a plain text editor")
