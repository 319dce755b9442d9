"""Reads a form's skeleton: an XLSForm written in YAML. Every scalar is a string, every row knows its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from mochocho.words.errors import Terminal

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # PyYAML may have been built without libyaml

SHEETS = ("survey", "choices", "entities")
PARTS_FOLDER = "parts"  # beside the skeletons: parts that several forms include
_PART_NAME = re.compile(r"[a-z0-9_]+\.yaml")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a skeleton, for messages: `application.yaml, line 12`."""

    file: str
    line: int

    def error(self, *, th: str, en: str) -> Terminal:
        return Terminal(f"{self.file} บรรทัดที่ {self.line}: {th}", f"{self.file}, line {self.line}: {en}")


@dataclass(frozen=True, slots=True)
class Block:
    """One YAML mapping; values are strings, lists of blocks, or blocks."""

    place: Place
    values: dict[str, "str | Block | tuple[Block, ...]"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A form before the pack is filled in: XLSForm rows with placeholders, and texts chosen by tag."""

    settings: Block
    texts: dict[str, Block]
    sheets: dict[str, tuple[Block, ...]]


def read_skeleton(path: Path) -> Skeleton:
    """Read one skeleton file and the parts it includes.

    A survey row `include: NAME.yaml` is replaced by the survey rows of parts/NAME.yaml. The part's choices
    follow those of the form; where both have a text of the same name, the form's is used. Raises Terminal
    with file and line when something is wrong.
    """
    top = _top(path, ("settings", "texts", *SHEETS))
    settings = top.values.get("settings")
    if not isinstance(settings, Block):
        raise top.place.error(th="ไม่มี `settings:`", en="`settings:` is missing")
    sheets = {sheet: _rows(top, sheet) for sheet in SHEETS if sheet in top.values}
    texts = _texts(top)
    included: dict[str, Block] = {}
    sheets["survey"] = tuple(_with_parts(sheets.get("survey", ()), path.parent / PARTS_FOLDER, included))
    for part in included.values():
        texts = _texts(part) | texts
        if "choices" in part.values:
            sheets["choices"] = (*sheets.get("choices", ()), *_rows(part, "choices"))
    return Skeleton(settings, texts, sheets)


def _top(path: Path, parts: tuple[str, ...]) -> Block:
    top = _block(_compose(path), path.name)
    unknown = set(top.values) - set(parts)
    if unknown:
        raise top.place.error(
            th=f"ไม่รู้จักส่วน {sorted(unknown)[0]!r} ที่มีได้คือ {', '.join(parts)}",
            en=f"unknown part {sorted(unknown)[0]!r}; here are {', '.join(parts)}",
        )
    return top


def _with_parts(rows: tuple[Block, ...], folder: Path, included: dict[str, Block]) -> Iterator[Block]:
    for row in rows:
        if "include" not in row.values:
            yield row
            continue
        name = _part_name(row, folder)
        if name in included:
            raise row.place.error(th=f"นำ {name} เข้ามาซ้ำ", en=f"{name} is included twice")
        included[name] = _top(folder / name, ("texts", "survey", "choices"))
        when = {"when": row.values["when"]} if "when" in row.values else {}
        yield Block(row.place, {**when, "rows": _rows(included[name], "survey")})


def _part_name(row: Block, folder: Path) -> str:
    name = row.values["include"]
    if not isinstance(name, str) or not _PART_NAME.fullmatch(name) or set(row.values) - {"include", "when"}:
        raise row.place.error(
            th="การนำส่วนอื่นเข้ามาเขียนแบบ `- include: NAME.yaml` โดยมีหรือไม่มี `when:` ก็ได้",
            en="an included part is written `- include: NAME.yaml`, with or without `when:`",
        )
    if not (folder / name).is_file():
        known = ", ".join(sorted(file.name for file in folder.glob("*.yaml"))) or "none"
        raise row.place.error(
            th=f"ไม่มีส่วน {name} ที่มีคือ {known}", en=f"there is no part {name}; there are {known}"
        )
    return name


def _compose(path: Path) -> yaml.Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Place(path.name, line).error(
            th=f"อ่านแบบ YAML ไม่ได้: {error.problem}", en=f"not readable as YAML: {error.problem}"
        ) from error
    except (OSError, ValueError) as error:
        raise Terminal(
            f"อ่านโครงของแบบฟอร์ม {path.name} ไม่ได้: {error}",
            f"cannot read the form skeleton {path.name}: {error}",
        ) from error
    if node is None:
        raise Place(path.name, 1).error(th="แฟ้มว่าง", en="the file is empty")
    return node


def _block(node: yaml.Node, file: str) -> Block:
    place = Place(file, node.start_mark.line + 1)
    if not isinstance(node, yaml.MappingNode):
        raise place.error(th="ที่นี่ต้องเป็นบรรทัดแบบ `key: value`", en="expected `key: value` lines here")
    block = Block(place)
    for key, value in node.value:
        if key.value in block.values:
            raise Place(file, key.start_mark.line + 1).error(
                th=f"มี {key.value!r} ซ้ำในแถวเดียว", en=f"{key.value!r} stands twice in one row"
            )
        block.values[key.value] = _value(value, file)
    return block


def _value(node: yaml.Node, file: str) -> "str | Block | tuple[Block, ...]":
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_block(item, file) for item in node.value)
    return _block(node, file)


def _rows(top: Block, sheet: str) -> tuple[Block, ...]:
    rows = top.values.get(sheet)
    if not isinstance(rows, tuple):
        raise top.place.error(
            th=f"`{sheet}:` ต้องเป็นรายการของแถว แต่ละแถวขึ้นต้นด้วย `-`",
            en=f"`{sheet}:` must be a list of rows, each beginning with `-`",
        )
    return rows


def _texts(top: Block) -> dict[str, Block]:
    texts = top.values.get("texts", Block(top.place))
    if not isinstance(texts, Block):
        raise top.place.error(th="`texts:` ต้องเป็นข้อความที่มีชื่อ", en="`texts:` must hold named texts")
    named = {}
    for name, variants in texts.values.items():
        if not isinstance(variants, Block) or "other" not in variants.values:
            raise texts.place.error(
                th=f"ข้อความ {name!r} ต้องมีอย่างน้อยคีย์ `other`",
                en=f"text {name!r} needs at least the key `other`",
            )
        named[name] = variants
    return named
