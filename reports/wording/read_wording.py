"""Reads a wording: the office's own file where there is one, else the one that ships with mochocho."""

import base64
import json
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from mochocho.standards.strict_yaml import Broken, Lines, parse
from mochocho.standards.wording import place, sentence
from mochocho.storage.files import private_dir, write_file
from mochocho.words import texts
from mochocho.words.errors import Terminal, Unsuitable, reason
from mochocho.words.thai import normalise_lines
from reports.wording import FILES

MAX_BYTES = 200_000
MAX_IMAGE = 20_000_000
_IMAGES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
Wording = TypeVar("Wording", bound=BaseModel)


def read(kind: type[Wording], name: str, folder: Path | None) -> Wording:
    """The wording of this file name. `folder`: the office's own files; one that is not there ships with us.

    Raises Terminal: `path:line: what to change`, in Thai.
    """
    own = folder / name if folder else None
    path = own if own and own.is_file() else Path(name)
    content = _bytes(path, MAX_BYTES) if path is own else shipped(name)
    try:
        data, lines = parse(_text(content), normalise_lines)
        return _validated(kind, data, lines)
    except Broken as error:
        raise Terminal(*error.within(str(path))) from error


def shipped(name: str) -> bytes:
    """A wording's file as it ships."""
    return files(__package__).joinpath(name).read_bytes()


def write_shipped(folder: Path) -> tuple[list[Path], list[Path]]:
    """Write the files that ship into a folder, to be edited. Returns those written, and those that were there
    already and stay as they are.
    """
    private_dir(folder)
    paths = [folder / name for name in FILES]
    kept = [path for path in paths if path.exists()]
    for path in paths:
        if path not in kept:
            write_file(path, shipped(path.name))
    return [path for path in paths if path not in kept], kept


def image(path: Path) -> str:
    """A picture (PNG or JPEG) as SVG, which the typesetter takes from memory. Raises Terminal for others."""
    content = _bytes(path, MAX_IMAGE)
    kind = next((kind for magic, kind in _IMAGES.items() if content.startswith(magic)), "")
    if not kind:
        raise Terminal(
            f"{path}: ภาพต้องเป็น PNG หรือ JPEG ให้บันทึกภาพใหม่เป็นชนิดนั้น",
            f"{path}: the picture must be PNG or JPEG; save it as one of these",
        )
    return _as_svg(content, kind)


def _as_svg(content: bytes, kind: str) -> str:
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(content)) as opened:
        width, height = opened.size
    data = base64.b64encode(content).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:{kind};base64,{data}"/></svg>'
    )


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        why = reason(error)
        raise Terminal(
            f"{path}: เปิดไฟล์ไม่ได้ ({why.th}) ให้ตรวจที่อยู่ไฟล์และสิทธิ์การอ่าน",
            f"{path}: cannot be read ({why.en}); check where it is and who may read it",
        ) from error
    if len(content) > most:
        raise Terminal(f"{path}: ไฟล์ใหญ่เกินไป ให้ใช้ไฟล์ที่เล็กลง", f"{path}: too large; use a smaller file")
    return content


def _text(content: bytes) -> str:
    try:
        return texts.decoded(content)
    except texts.Unreadable as error:
        raise Broken(error.line, *error.said) from error


def _validated(kind: type[Wording], data: object, lines: Lines) -> Wording:
    try:
        return kind.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        own = first.get("ctx", {}).get("error")
        said = own.said if isinstance(own, Unsuitable) else sentence(first)
        raise Broken(lines.of(place(first), of_key=first["type"] == "extra_forbidden"), *said) from error
