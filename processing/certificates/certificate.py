"""A certificate as its QR code says it, with the province's signature (Ed25519) over every word of it. Pure.

    MCC1|57|2568|12|leader|2025-05-01|<public key's id>|<signature>|<district>|<name>

Province by DOPA code, year พ.ศ., number, type, day; ids and signature in letters that survive copying. The
signature is over the same text without itself. It is never spelt in another way: what was printed stays.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from mochocho.words.model import ApplicantType
from mochocho.words.thai import normalise

SPELLING = "MCC1"
PARTS = 10
KEY_ID = 8  # letters
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: none looks like another
_BITS = 5
_BASE64URL = re.compile("[A-Za-z0-9_-]*")  # Python would read + and / as well, or leave them out
CODE = 16  # letters, 80 bits
GROUP = 4
_TYPED = str.maketrans("OILoil", "011011", "- ")


class NotACertificate(ValueError):  # noqa: N818 - it says what is the matter
    """A text that no certificate's QR code holds."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who was certified as what. `key_id`: of the public key by which `signature` (base64url) is checked."""

    province: str
    year_be: int
    number: int
    type: ApplicantType
    day: date
    district: str
    name: str
    key_id: str
    signature: str = ""

    @property
    def no(self) -> str:
        """The number as papers and people say it: 12/2568."""
        return f"{self.number}/{self.year_be}"

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return self._text("").encode()

    @property
    def text(self) -> str:
        """What the QR code holds."""
        return self._text(self.signature)

    def _text(self, signature: str) -> str:
        parts = (SPELLING, self.province, self.year_be, self.number, self.type.value, self.day.isoformat())
        return "|".join([*map(str, parts), self.key_id, signature, self.district, self.name])

    @property
    def code(self) -> str:
        """The short code printed below the QR code, which stands for its text: 4F7Q-0MZK-…"""
        return short_code(self.text)


def made(certificate: Certificate, sign: Callable[[bytes], bytes]) -> Certificate:
    """The certificate with its signature; its texts are first spelt in the one way that is signed."""
    spelt = replace(
        certificate,
        name=normalise(certificate.name),
        district=normalise(certificate.district).replace("|", " "),
    )
    return replace(spelt, signature=letters(sign(spelt.signed)))


def read(text: str) -> Certificate:
    """What a QR code's text says; whether it is true is for its signature. Raises NotACertificate."""
    parts = text.strip().split("|", PARTS - 1)
    if len(parts) != PARTS or parts[0] != SPELLING:
        raise NotACertificate(text[:20])
    _, province, year, number, type_, day, key_id, signature, district, name = parts
    try:
        found = Certificate(
            province,
            int(year),
            int(number),
            ApplicantType(type_),
            date.fromisoformat(day),
            district,
            name,
            key_id,
            signature,
        )
    except ValueError:
        raise NotACertificate(text[:20]) from None
    if found.text != text.strip():  # such as a number with a plus sign: it is spelt in one way only
        raise NotACertificate(text[:20])
    return found


def short_code(text: str) -> str:
    """The code of a QR code's text, in groups of four letters."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[: CODE * _BITS // 8])
    found = "".join(_LETTERS[(number >> (_BITS * place)) & 31] for place in reversed(range(CODE)))
    return grouped(found)


def typed_code(text: str) -> str | None:
    """A short code as somebody typed it, in one spelling; None where it cannot be one."""
    bare = text.strip().translate(_TYPED).upper()
    return grouped(bare) if len(bare) == CODE and set(bare) <= set(_LETTERS) else None


def grouped(code: str) -> str:
    """A code in groups of four letters."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def letters(content: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def content_of(text: str) -> bytes:
    """The bytes of `letters`; none where the text is no such."""
    if not _BASE64URL.fullmatch(text):
        return b""
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return b""
    return found if letters(found) == text else b""


def key_id(public_key: bytes) -> str:
    """How a certificate names the key that checks it."""
    return hashlib.sha256(public_key).hexdigest()[:KEY_ID]
