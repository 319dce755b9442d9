"""The province's key for certificates: kept in the home, made when the first one is given (Ed25519)."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from mochocho.storage.files import claim, private_dir
from mochocho.words.errors import Terminal
from processing.certificates.certificate import Certificate, content_of, key_id

FILE = Path("keys", "certificates.pem")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_END = "-----END PUBLIC KEY-----"


class Signer:
    """The private key, and what checks it."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def key_id(self) -> str:
        return key_id(self.public)

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)


def signer(home: Path) -> Signer:
    """The key of this home, made where there is none. Raises Terminal where it cannot be used safely."""
    path = home / FILE
    if not path.is_file():
        fresh = Ed25519PrivateKey.generate()
        private_dir(path.parent)
        claim(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    if os.name != "nt" and path.stat().st_mode & _OTHERS:
        raise Terminal(
            f"{path}: ผู้อื่นในเครื่องอ่านกุญแจลงนามหนังสือรับรองได้ ให้สั่ง chmod 600 {path}",
            f"{path}: others on this machine can read the key of certificates; run chmod 600 {path}",
        )
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Terminal(
            f"{path}: กุญแจลงนามหนังสือรับรองเสียหาย ให้กู้ไฟล์นี้จากไฟล์สำรอง",
            f"{path}: the key of certificates is damaged; restore this file from a backup",
        )
    return Signer(key)


def holds(certificate: Certificate, public_keys: Iterable[bytes]) -> bool | None:
    """Whether the signature is that of the key it names; None where none of these is that key."""
    named = next((key for key in public_keys if key_id(key) == certificate.key_id), None)
    return None if named is None else signed_by(named, certificate.signed, certificate.signature)


def signed_by(public_key: bytes, content: bytes, signature: str) -> bool:
    """Whether this key signed this; `signature` as base64url."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(content_of(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def pem(public_keys: Iterable[bytes]) -> bytes:
    """Public keys as the file that is given out."""
    return b"".join(
        Ed25519PublicKey.from_public_bytes(key).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        for key in public_keys
    )


def read_pem(content: bytes) -> list[bytes]:
    """The public keys of such a file. Raises ValueError where it is none."""
    found = list(_keys(content.decode("ascii")))
    if not found:
        raise ValueError("no public key")
    return found


def _keys(text: str) -> Iterator[bytes]:
    for block in text.split(_END)[:-1]:
        key = load_pem_public_key(f"{block.lstrip()}{_END}\n".encode())
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError("another kind of key")
        yield key.public_bytes(Encoding.Raw, PublicFormat.Raw)
