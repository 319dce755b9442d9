"""Fills a skeleton: repeats rows over the pack, replaces <<words>>, writes texts in two languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from xlsforms.skeleton import Block, Place, Skeleton
from xlsforms.things import PARTS, TAGS, Thing

LANGUAGES = {"th": "ไทย (th)", "en": "English (en)"}
TRANSLATED = {
    "survey": ("label", "hint", "constraint_message", "required_message"),
    "choices": ("label",),
    "entities": (),
    "settings": (),
}
COLUMNS = frozenset(  # pyxform silently drops survey columns that it does not know
    {"type", "name", "label", "hint", "required", "required_message", "relevant", "constraint"}
    | {"constraint_message", "appearance", "parameters", "calculation", "default", "choice_filter"}
    | {"read_only", "repeat_count", "trigger", "save_to", "bind::type"}
)

Row = dict[str, str]


class Filled(NamedTuple):
    """The sheets of a form as rows of XLSForm columns, and the place of each row in the skeleton."""

    sheets: dict[str, list[Row]]
    places: dict[str, list[Place]]


_WORD = re.compile(r"<<([^<>]*)>>")
_SPACES = re.compile(r" {2,}")  # left behind by an empty word
_TEXT = "text."


@dataclass(frozen=True, slots=True)
class _Scope:
    """The things that words are looked up in, innermost first, and every tag that may be used."""

    skeleton: Skeleton
    known_tags: frozenset[str]
    things: tuple[Thing, ...]
    open_texts: tuple[str, ...] = ()  # the texts being filled, outermost first

    def inside(self, thing: Thing) -> "_Scope":
        return replace(self, things=(thing, *self.things))

    def tags(self) -> Iterator[str]:
        for thing in self.things:
            yield from thing.tags

    def word(self, name: str, place: Place) -> str:
        for thing in self.things:
            if name in thing.words:
                return thing.words[name]
        known = ", ".join(f"<<{word}>>" for thing in self.things for word in thing.words)
        raise place.error(
            th=f"ไม่รู้จัก <<{name}>> ที่นี่ ใช้ได้คือ {known}", en=f"<<{name}>> is unknown here; known are {known}"
        )


def expand(skeleton: Skeleton, form: Thing) -> Filled:
    """One form filled from the things of a year. Raises Terminal with file and line."""
    scope = _Scope(skeleton, TAGS | frozenset(_all_tags(form)), (form,))
    filled = Filled({}, {})
    for sheet, blocks in {**skeleton.sheets, "settings": (skeleton.settings,)}.items():
        rows = list(_rows(blocks, sheet, scope))
        filled.sheets[sheet] = [row for _, row in rows]
        filled.places[sheet] = [place for place, _ in rows]
    return filled


def _all_tags(thing: Thing) -> Iterator[str]:
    yield from thing.tags
    for part in (p for parts in thing.parts.values() for p in parts):
        yield from _all_tags(part)


def _rows(blocks: tuple[Block, ...], sheet: str, scope: _Scope) -> Iterator[tuple[Place, Row]]:
    for block in blocks:
        if not _wanted(block, scope):
            continue
        if "rows" in block.values:
            for inner in _scopes(block, scope):
                yield from _rows(_inner_rows(block), sheet, inner)
        else:
            yield block.place, _row(block, sheet, scope)


def _wanted(block: Block, scope: _Scope) -> bool:
    asked = _string(block, "when").split()
    for tag in asked:
        if tag not in scope.known_tags:
            known = ", ".join(sorted(scope.known_tags))
            raise block.place.error(
                th=f"ไม่รู้จัก `when: {tag}` ใช้ได้คือ {known}", en=f"`when: {tag}` is unknown; known are {known}"
            )
    return set(asked) <= set(scope.tags())


def _scopes(block: Block, scope: _Scope) -> Iterator[_Scope]:
    extra = set(block.values) - {"for_each", "when", "rows"}
    if extra:
        raise block.place.error(
            th=f"{sorted(extra)[0]!r} อยู่ข้าง `rows:` ไม่ได้",
            en=f"{sorted(extra)[0]!r} cannot stand beside `rows:`",
        )
    part = _string(block, "for_each")
    if not part:
        yield scope
        return
    holder = next((thing for thing in scope.things if part in thing.parts), None)
    if holder is None:
        raise block.place.error(
            th=f"ใช้ `for_each: {part}` ที่นี่ไม่ได้ ที่มีคือ {', '.join(PARTS)}",
            en=f"`for_each: {part}` cannot stand here; there are {', '.join(PARTS)}",
        )
    for thing in holder.parts[part]:
        yield scope.inside(thing)


def _inner_rows(block: Block) -> tuple[Block, ...]:
    rows = block.values["rows"]
    if not isinstance(rows, tuple):
        raise block.place.error(
            th="`rows:` ต้องเป็นรายการของแถว แต่ละแถวขึ้นต้นด้วย `-`",
            en="`rows:` must be a list of rows, each beginning with `-`",
        )
    return rows


def _string(block: Block, key: str) -> str:
    value = block.values.get(key, "")
    if not isinstance(value, str):
        raise block.place.error(th=f"`{key}:` ต้องเป็นคำหรือข้อความ", en=f"`{key}:` must be a word or a text")
    return value


def _row(block: Block, sheet: str, scope: _Scope) -> Row:
    row: Row = {}
    for column in (c for c in block.values if c != "when"):
        if sheet == "survey" and column not in COLUMNS:
            raise block.place.error(
                th=f"ไม่รู้จักคอลัมน์ {column!r} ที่มีคือ {', '.join(sorted(COLUMNS))}",
                en=f"unknown column {column!r}; known are {', '.join(sorted(COLUMNS))}",
            )
        if column in TRANSLATED[sheet]:
            both = _both(block, column, scope)
            row |= {f"{column}::{LANGUAGES[code]}": text for code, text in both.items()}
        else:
            row[column] = _fill(_string(block, column), scope, block.place)
    return {column: text for column, text in row.items() if text}


def _both(block: Block, column: str, scope: _Scope) -> dict[str, str]:
    """A text in Thai and English, from {th, en} or from one text for both."""
    value = block.values[column]
    if isinstance(value, Block):
        if set(value.values) != set(LANGUAGES):
            raise value.place.error(
                th=f"`{column}:` ต้องมีข้อความทั้ง th และ en", en=f"`{column}:` needs a text for th and one for en"
            )
        return {code: _fill(_string(value, code), scope, value.place, code) for code in LANGUAGES}
    text = _string(block, column)
    return {code: _fill(text, scope, block.place, code) for code in LANGUAGES}


def _fill(text: str, scope: _Scope, place: Place, language: str = "") -> str:
    def word(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith(_TEXT):
            return _variant(name.removeprefix(_TEXT), scope, place, language)
        return scope.word(name, place)

    return _SPACES.sub(" ", _WORD.sub(word, text)).strip()


def _variant(name: str, scope: _Scope, place: Place, language: str) -> str:
    variants = scope.skeleton.texts.get(name)
    if variants is None:
        raise place.error(
            th=f"ไม่มี <<text.{name}>> ใต้ `texts:`", en=f"<<text.{name}>> stands nowhere under `texts:`"
        )
    key = next((tag for tag in scope.tags() if tag in variants.values), "other")
    if not language and isinstance(variants.values[key], Block):
        raise place.error(
            th=f"<<text.{name}>> มีสองภาษา ใช้ในคอลัมน์ที่ไม่แยกภาษาไม่ได้",
            en=f"<<text.{name}>> has two languages and cannot stand in a column that has none",
        )
    if name in scope.open_texts:
        raise variants.place.error(th=f"<<text.{name}>> มีตัวเองอยู่ข้างใน", en=f"<<text.{name}>> contains itself")
    inner = replace(scope, open_texts=(*scope.open_texts, name))
    return _both(variants, key, inner)[language or "th"]
