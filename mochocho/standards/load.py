"""Loading packs from files.
A broken pack is refused with `path:line:` and a sentence that says what to change.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from mochocho.standards.rules import faults
from mochocho.standards.schema import Pack
from mochocho.standards.strict_yaml import Broken, Lines, parse
from mochocho.standards.wording import place, sentence
from mochocho.words import texts
from mochocho.words.errors import Terminal, reason

RELEASED = Path(__file__).with_name("packs")
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack and the sha256 (hex) of the bytes of its file."""

    pack: Pack
    digest: str


def released() -> dict[str, str]:
    """The released packs as LOCK lists them: id -> sha256 (hex) of the file when it was released."""
    lines = (RELEASED / "LOCK").read_text(encoding="ascii").splitlines()
    return {id_: digest for digest, id_ in (line.split() for line in lines)}


def load_pack(id_or_path: str | Path) -> LoadedPack:
    """The released pack with this id, or the pack in this .yaml file.

    Raises Terminal: no such pack, a released pack that was changed, or `path:line: what to change`.
    """
    path, locked = _find(id_or_path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"{path}: เปิดไฟล์ชุดมาตรฐานไม่ได้ ({why.th}) ตรวจที่อยู่ไฟล์และสิทธิ์การอ่าน",
            f"{path}: the file of standards cannot be read ({why.en}); check where it is and who may read it",
        ) from error
    digest = _digest(content)
    try:
        if locked not in (None, digest):
            raise Broken(
                1,
                "ชุดที่เผยแพร่แล้วถูกแก้ไข ติดตั้งโปรแกรมใหม่ แล้วคัดลอกไฟล์ไปแก้เป็นชุดใหม่ (เปลี่ยน id) แทน",
                "a released pack was changed; install the program anew; change a copy with another id",
            )
        return parse_pack(content)
    except Broken as error:
        raise Terminal(*error.within(str(path))) from error


def canonical(pack: Pack) -> bytes:
    """A pack as bytes that do not depend on how its file was written; `from_canonical` reads them."""
    return json.dumps(pack.model_dump(mode="json"), ensure_ascii=False, sort_keys=True).encode()


def from_canonical(content: bytes) -> Pack:
    """The pack that `canonical` wrote, even before a key was added to the schema. Raises ValidationError."""
    return Pack.model_validate_json(content)


def parse_pack(content: bytes) -> LoadedPack:
    """The pack in these bytes of a .yaml file. Raises Broken: the line and what to change there."""
    digest = _digest(content)
    return LoadedPack(_read(content, digest), digest)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _find(id_or_path: str | Path) -> tuple[Path, str | None]:
    if isinstance(id_or_path, Path) or id_or_path.endswith((".yaml", ".yml")):
        return Path(id_or_path), None
    locked = released()
    if id_or_path not in locked:
        raise Terminal(
            f"ไม่มีชุดมาตรฐานที่เผยแพร่ชื่อ “{id_or_path}” ที่มีคือ {', '.join(locked)} "
            "ถ้าเป็นชุดของจังหวัดเอง ให้เขียนที่อยู่ไฟล์ .yaml",
            f"no released pack is called “{id_or_path}”; there are {', '.join(locked)}; "
            "write the path of a .yaml file for a pack of your own",
        )
    return RELEASED / f"{id_or_path}.yaml", locked[id_or_path]


@lru_cache(maxsize=2)  # a process may open many homes, mostly with the same pack
def _read(content: bytes, digest: str) -> Pack:
    if len(content) > MAX_BYTES:
        raise Broken(
            1,
            f"ไฟล์ใหญ่เกิน {MAX_BYTES // 1_000_000} MB ชุดมาตรฐานเป็นข้อความล้วน ตรวจว่าเลือกไฟล์ถูก",
            f"the file is larger than {MAX_BYTES // 1_000_000} MB, which no pack is; is it the right file?",
        )
    try:
        text = texts.decoded(content)
    except texts.Unreadable as error:
        raise Broken(error.line, *error.said) from error
    data, lines = parse(text)
    pack = _validated(data, lines)
    if found := [Broken(lines.of(fault.loc), *fault.said) for fault in faults(pack)]:
        raise _first(found)
    if released().get(pack.id, digest) != digest:
        raise Broken(
            lines.of(("id",)),
            f"id “{pack.id}” เป็นของชุดที่เผยแพร่แล้วซึ่งแก้ไม่ได้ ตั้ง id ใหม่ให้ชุดนี้",
            f"id “{pack.id}” is a released pack's, which never changes; give this pack another",
        )
    return pack


def _validated(data: object, lines: Lines) -> Pack:
    # Strict, so that `true` is not a number; via JSON, because strict mode takes no lists from Python
    # objects.
    try:
        return Pack.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False)
        deepest = max(
            found, key=lambda e: len(e["loc"])
        )  # an item that is refused also makes its list too short
        raise _first(
            [
                Broken(lines.of(place(e), of_key=e["type"] == "extra_forbidden"), *sentence(e))
                for e in found
                if e["type"] != "too_short" or e is deepest
            ]
        ) from error


def _first(found: list[Broken]) -> Broken:
    return min(found, key=lambda broken: broken.line)
