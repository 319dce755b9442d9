"""The file that says what a release is: everything of `release.Release`, signed by the province.

    {"format": "mochocho.release.1", "public_key": …, "release": …, "signature": …}

Canonical JSON; key and signature (Ed25519, of certificates) as base64url. The signature is over the same
without key and signature.
"""

import json
from dataclasses import dataclass

from mochocho.words.errors import BadInput
from processing import codec
from processing.certificates.certificate import content_of, key_id, letters
from processing.certificates.signing import Signer, signed_by
from processing.decisions.chain import canonical
from processing.releases.release import Release

NAME = "release.json"
FORMAT = "mochocho.release.1"
NOT_A_RELEASE = BadInput(
    "release.file",
    "ไฟล์ release.json นี้ไม่ใช่ของชุดเอกสารที่ออกแล้ว หรือเสียหาย ให้ขอสำเนาใหม่จากจังหวัด",
    "this release.json is of no release, or it is damaged; ask the province for a new copy",
)


@dataclass(frozen=True)
class SignedRelease:
    """What such a file says. `signed`: whether its signature is of the key that it names."""

    release: Release
    public_key: bytes
    signed: bool

    @property
    def key_id(self) -> str:
        return key_id(self.public_key)


def written(release: Release, key: Signer) -> bytes:
    """The file of this release."""
    content = _signed_over(codec.dump(release))
    signature = letters(key.sign(canonical(content).encode()))
    return f"{canonical({**content, 'public_key': letters(key.public), 'signature': signature})}\n".encode()


def read(content: bytes) -> SignedRelease:
    """What a file says, whoever signed it. Raises BadInput release.file where it is no such file."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise NOT_A_RELEASE
        key = content_of(found["public_key"])
        text = canonical(_signed_over(found["release"])).encode()
        whole = content == f"{canonical(found)}\n".encode()  # it is spelt in one way only
        return SignedRelease(
            codec.load(Release, found["release"]), key, whole and signed_by(key, text, found["signature"])
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NOT_A_RELEASE from None


def _signed_over(release: object) -> dict[str, object]:
    return {"format": FORMAT, "release": release}
