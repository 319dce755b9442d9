"""What the province gives out so that anybody can check a certificate: its keys, and a signed list.

The list names no person: number, short code, and how the certificate stands.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mochocho.storage.files import private_dir, write_file
from mochocho.words.errors import BadInput
from processing.certificates.certificate import key_id, letters
from processing.certificates.given import Given, State, public_keys
from processing.certificates.signing import Signer, pem, signed_by

KEY_FILE = "certificate-keys.pem"
LIST_FILE = "certificates.json"
FORMAT = "mochocho.certificates.1"
NOT_A_LIST = BadInput(
    "certificate.list",
    "ไฟล์นี้ไม่ใช่รายการหนังสือรับรองที่จังหวัดเผยแพร่ หรือถูกแก้ไข ให้ขอไฟล์ใหม่จากจังหวัด",
    "this is no list of certificates that the province gave out, or it was changed; ask the province for "
    "it anew",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """How one certificate of the list stands. `replaced_by`: the number that stands for it."""

    number: int
    code: str
    state: State
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class PublicList:
    """The certificates of one province and year, by short code."""

    province: str
    year_be: int
    by_code: dict[str, Listed]

    @property
    def last(self) -> int:
        """The last number that it knows of."""
        return max((one.number for one in self.by_code.values()), default=0)


def write(
    folder: Path, every: Sequence[Given], key: Signer, province: str, year_be: int
) -> tuple[Path, Path]:
    """Write the keys and the list into a folder. Returns both files."""
    private_dir(folder)
    keys, listed = folder / KEY_FILE, folder / LIST_FILE
    write_file(keys, pem(dict.fromkeys([*public_keys(every), key.public])))
    content = {
        "format": FORMAT,
        "province": province,
        "year": year_be,
        "certificates": [_row(one) for one in every],
        "key": key.key_id,
    }
    signed = {**content, "signature": letters(key.sign(_spelt(content)))}
    write_file(listed, json.dumps(signed, indent=1, ensure_ascii=False).encode() + b"\n")
    return keys, listed


def read(content: bytes, keys: Sequence[bytes]) -> PublicList:
    """The list of a file that one of these keys signed. Raises BadInput certificate.list for any other."""
    try:
        found = json.loads(content)
        signature = found.pop("signature")
        key = next(one for one in keys if key_id(one) == found["key"])
        if found["format"] != FORMAT or not signed_by(key, _spelt(found), signature):
            raise NOT_A_LIST
        rows = (
            Listed(row["number"], row["code"], State(row["state"]), row.get("replaced_by"))
            for row in found["certificates"]
        )
        return PublicList(found["province"], found["year"], {one.code: one for one in rows})
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        raise NOT_A_LIST from None


def _row(one: Given) -> dict[str, object]:
    row: dict[str, object] = {
        "number": one.certificate.number,
        "code": one.certificate.code,
        "state": one.state.value,
    }
    return row if one.replaced_by is None else {**row, "replaced_by": one.replaced_by}


def _spelt(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
