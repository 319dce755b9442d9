"""Strict reading of YAML written by officers; the line of every value is remembered. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import BaseResolver

from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence
from mochocho.words.thai import normalise

MAX_DEPTH = 20

_INT = "tag:yaml.org,2002:int"
_BOOL = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"
_UNCLOSED = Sentence(
    "เครื่องหมายคำพูดไม่ครบคู่ ข้อความในเครื่องหมายคำพูดต้องจบในบรรทัดเดียวกัน",
    "a quotation mark has no other; a quoted text must end on the same line",
)
_QUOTE_IT = Sentence('หรือใส่เครื่องหมาย "..." คร่อมข้อความทั้งหมด', 'or write "..." around the whole text')


class Broken(Terminal):
    """What is wrong at one line (from 1) of a text and what to change."""

    def __init__(self, line: int, th: str, en: str) -> None:
        super().__init__(th, en)
        self.args = (line, th, en)  # what __init__ takes, for whoever unpickles it
        self.line = line

    def within(self, path: str) -> Sentence:
        """The same, with the file and the line before it."""
        return Sentence(f"{path}:{self.line}: {self.th}", f"{path}:{self.line}: {self.en}")


class _Strict(Composer, BaseResolver):
    """No anchors, aliases or tags, and no deeper than a pack: no text can expand while it is read."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the base declares it so
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[attr-defined] # the parser's it is mixed in with
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Broken(
                _line(event),
                f"ข้อความขึ้นต้นด้วย & หรือ * ไม่ได้ (anchor/alias) เขียนค่าเต็ม {_QUOTE_IT.th}",
                f"a text cannot begin with & or * (anchor, alias); write the value itself, {_QUOTE_IT.en}",
            )
        if event.tag is not None:
            raise Broken(
                _line(event),
                f"ข้อความขึ้นต้นด้วย ! ไม่ได้ (tag) ลบออก {_QUOTE_IT.th}",
                f"a text cannot begin with ! (a tag); remove it, {_QUOTE_IT.en}",
            )
        if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"') and _line(event) != _end(event):
            # Nearly always a forgotten quotation mark, which YAML would notice only at the next one.
            raise Broken(_line(event), *_UNCLOSED)
        if self.depth == MAX_DEPTH:
            raise Broken(
                _line(event),
                f"ย่อหน้าหรือวงเล็บซ้อนกันเกิน {MAX_DEPTH} ชั้น ตรวจการย่อหน้าและวงเล็บที่ไม่ได้ปิด",
                f"indents or brackets are nested more than {MAX_DEPTH} deep; look for a bracket left open",
            )
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


# Only the scalars a pack needs: in full YAML `no` is false, 010 is eight and 1:30 is ninety.
_Strict.add_implicit_resolver(_INT, re.compile(r"-?(?:0|[1-9][0-9]{0,8})\Z"), list("-0123456789"))
_Strict.add_implicit_resolver(_BOOL, re.compile(r"(?:true|false)\Z"), list("tf"))
_Strict.add_implicit_resolver(_NULL, re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])


class _Careful(_Strict, yaml.SafeLoader):
    """Says of what is wrong what it is."""


_LIBYAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may have been built without it


class _Quick(_Strict, _LIBYAML):  # type: ignore[misc]
    """Seven times as fast; what it says of an error is too little for an officer."""

    def __init__(self, text: str) -> None:
        _LIBYAML.__init__(self, text)
        Composer.__init__(self)  # which libyaml's loader has of its own, and closed


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of every value of a parsed text."""

    root: yaml.Node

    def of(self, loc: Sequence[str | int], *, of_key: bool = False) -> int:
        """The line (from 1) of the value at `loc`, or of its key.

        Parts of `loc` that are not in the text (a missing key, the name of a union's branch) are skipped, so
        the answer is then the line of the item that should hold it.
        """
        node, line = self.root, _line(self.root)
        for part in loc:
            for key, value in _children(node):
                if part == (key if isinstance(key, int) else normalise(key.value)):
                    node, line = value, _line(key if of_key and not isinstance(key, int) else value)
        return line


def parse(text: str, texts: Callable[[str], str] = normalise) -> tuple[object, Lines]:
    """Plain data (dicts with text keys, lists, texts, whole numbers,
    booleans, None) and the lines of its values.

    `texts`: how a text is normalised; keys are to one line. Raises Broken.
    """
    try:
        root = _composed(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Broken(
            line,
            "มีอักขระที่มองไม่เห็นหรือใช้ไม่ได้ในบรรทัดนี้ ลบแล้วพิมพ์ใหม่",
            "this line has a letter that is invisible or not allowed; delete it and type the line anew",
        ) from error
    except yaml.MarkedYAMLError as error:
        line, said = _syntax(error)
        raise Broken(line, *said) from error
    if root is None:
        raise Broken(
            1,
            "ไฟล์ว่าง คัดลอกชุดตัวอย่าง 2568-sample.yaml มาเริ่มแก้",
            "the file is empty; begin with a copy of 2568-sample.yaml",
        )
    return _plain(root, texts), Lines(root)


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Quick)
    except (yaml.YAMLError, UnicodeError):  # of half a letter, too
        return yaml.compose(text, Loader=_Careful)


def _syntax(error: yaml.MarkedYAMLError) -> tuple[int, Sentence]:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = f"{error.context or ''} {error.problem or ''}"
    if "quoted scalar" in problem and error.context_mark:
        return error.context_mark.line + 1, _UNCLOSED
    for word, message in _SYNTAX:
        if word in problem:
            return line, message
    return line, Sentence(
        "อ่านเป็น YAML ไม่ได้ที่บรรทัดนี้หรือบรรทัดก่อน ตรวจว่าย่อหน้าตรงกัน หลัง : มีเว้นวรรค และเครื่องหมายคำพูดกับวงเล็บครบคู่",
        "this line or the one before is no YAML; look at the indents, the space after : and the pairs of "
        "quotation marks and brackets",
    )


_SYNTAX = (
    (
        "'\\t'",
        Sentence("ย่อหน้าด้วยแท็บไม่ได้ เปลี่ยนแท็บเป็นเว้นวรรค", "tabs cannot indent; write spaces instead of the tab"),
    ),
    (
        "mapping values are not allowed",
        Sentence(
            'ข้อความที่มี ": " ต้องใส่เครื่องหมาย "..." คร่อมทั้งข้อความ หรือย่อหน้าไม่ตรง หรือบรรทัดก่อนขาด : หลังคีย์',
            'write "..." around a text that holds ": "; else the indent is wrong, '
            "or the line before lacks : after its key",
        ),
    ),
    (
        "could not find expected ':'",
        Sentence(
            "บรรทัดนี้ต้องเป็น “คีย์: ค่า” ใส่ : ตามด้วยเว้นวรรคหลังคีย์",
            "this line must be “key: value”; write : and a space after the key",
        ),
    ),
    (
        "flow",
        Sentence(
            "วงเล็บ [ ] หรือ { } ไม่ครบคู่ หรือขาดเครื่องหมาย , ระหว่างรายการ",
            "a bracket [ ] or { } has no other, or a , is missing between items",
        ),
    ),
    (
        "expected a single document",
        Sentence(
            "มีเครื่องหมาย --- คั่นเอกสารที่สอง ลบออก ไฟล์หนึ่งมีได้ชุดเดียว",
            "--- begins a second document; remove it, as a file holds one",
        ),
    ),
)


def _line(where: Any) -> int:
    return int(where.start_mark.line) + 1


def _end(where: Any) -> int:
    return int(where.end_mark.line) + 1


def _children(node: yaml.Node) -> list[tuple[Any, yaml.Node]]:
    if isinstance(node, yaml.SequenceNode):
        return list(enumerate(node.value))
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _plain(node: yaml.Node, texts: Callable[[str], str]) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, texts) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, texts)
    return _SCALARS.get(node.tag, texts)(node.value)


_SCALARS: dict[str, Callable[[str], object]] = {
    _INT: int,
    _BOOL: lambda text: text == "true",
    _NULL: lambda _text: None,
}


def _mapping(node: yaml.MappingNode, texts: Callable[[str], str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Broken(
                _line(key),
                "คีย์ต้องเป็นคำเดียวแล้วตามด้วย : ลบวงเล็บหรือเครื่องหมาย ? หน้าคีย์",
                "a key must be one word with : after it; remove brackets or ? before the key",
            )
        name = normalise(key.value)
        if name in found:
            raise Broken(
                _line(key),
                f"คีย์ “{name}” ซ้ำกับบรรทัดก่อนในรายการเดียวกัน ลบบรรทัดหนึ่งออก",
                f"the key “{name}” stands on an earlier line of the same item; remove one of them",
            )
        found[name] = _plain(value, texts)
    return found
