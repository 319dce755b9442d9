"""The signature that ends a backup: the home's key (of certificates and releases) over its manifest.

    {"format": "mochocho.backup.1", "public_key": …, "signature": …}

Canonical JSON; key and signature (Ed25519) as base64url. The signature is over the format and the manifest's
sha256.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from mochocho.words.errors import Terminal
from processing.certificates.certificate import content_of, letters
from processing.certificates.signing import Signer, signed_by
from processing.decisions.chain import canonical

FORMAT = "mochocho.backup.1"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose backups are restored. `signed_by`: the fingerprint of their key, empty = any;
    `unsigned`: one without a signature too.
    """

    signed_by: str = ""
    unsigned: bool = False


ANY_KEY = Trust()


def fingerprint(public_key: bytes) -> str:
    """How people name a key: its sha256, which begins with the key's name on certificates."""
    return hashlib.sha256(public_key).hexdigest()


def written(manifest: str, key: Signer) -> bytes:
    """The signature of the backup whose manifest has this sha256."""
    signature = letters(key.sign(_signed_over(manifest)))
    content = {"format": FORMAT, "public_key": letters(key.public), "signature": signature}
    return f"{canonical(content)}\n".encode()


def signer_of(content: bytes, manifest: str) -> str | None:
    """The fingerprint of the key that signed; None where the signature does not hold for this manifest."""
    try:
        found = json.loads(content)
        key = content_of(found["public_key"])
        whole = content == f"{canonical(found)}\n".encode()  # it is spelt in one way only
        holds = (
            whole and found["format"] == FORMAT and signed_by(key, _signed_over(manifest), found["signature"])
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return fingerprint(key) if holds else None


def check_signer(path: Path, signer: str, trust: Trust) -> None:
    """Raises Terminal where the backup at `path`, signed by `signer` (empty: nobody), is not to be taken."""
    if not signer and not trust.unsigned:
        raise Terminal(
            f"{path} ไม่มีลายมือชื่อ จึงไม่รู้ว่าผู้ใดทำ ยังไม่มีสิ่งใดเปลี่ยน ถ้าเป็นไฟล์ที่สำรองไว้ด้วยโปรแกรมรุ่นก่อน "
            "และไฟล์อยู่ในที่ปลอดภัยตลอดมา ให้สั่งอีกครั้งด้วย `--unsigned`",
            f"{path} is not signed, so nobody knows who made it; nothing was changed. If an older "
            "version of this program made it, and it lay in a safe place ever since, run this again "
            "with `--unsigned`",
        )
    if signer and trust.signed_by and signer != trust.signed_by:
        raise Terminal(
            f"{path} ลงนามด้วยกุญแจ {signer} ไม่ใช่ {trust.signed_by} ที่ระบุไว้ ยังไม่มีสิ่งใดเปลี่ยน "
            "ถ้าที่จดไว้ตอนสำรองไฟล์นี้คือกุญแจนั้นจริง ให้ระบุด้วย `--signed-by` มิฉะนั้นให้ใช้สำเนาอื่น",
            f"{path} is signed by the key {signer}, not by {trust.signed_by} as named; "
            "nothing was changed. If that is the key that was noted when this backup was made, name it "
            "with `--signed-by`; else take another copy",
        )


def _signed_over(manifest: str) -> bytes:
    return canonical({"format": FORMAT, "manifest": manifest}).encode()
