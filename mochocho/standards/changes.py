"""The differences between two packs in an officer's words: added, removed, renumbered, reworded … Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from mochocho.standards.schema import Pack, Standard
from mochocho.standards.sheets import drop_downs, pack_sheets
from mochocho.standards.sheets.columns import Column, shown
from mochocho.standards.sheets.rows import Row, of_indicator, of_part, rows_of


class Sort(Enum):
    """The kind of a change; the value is what a reader sees."""

    ADDED = "เพิ่ม"
    REMOVED = "ตัดออก"
    RENUMBERED = "เปลี่ยนรหัส"
    TEXT = "แก้ข้อความ"
    THRESHOLD = "แก้เกณฑ์"
    MARKS = "แก้คะแนน"
    ORDER = "สลับลำดับ"
    OTHER = "แก้ส่วนอื่น"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the table of changes: the item (`ตัวบ่งชี้ L1.2.1`), the column, before and after."""

    sort: Sort
    of: str
    what: str
    before: str
    after: str


_SORTS = {
    **dict.fromkeys(("th", "d_th", "c_th", "standard_th", "programme_th"), Sort.TEXT),
    **dict.fromkeys(
        ("kind", "threshold", "unit_th", "check", "at_least", "from_meetings", "attendance", "compared_with"),
        Sort.THRESHOLD,
    ),
    **dict.fromkeys(("full_marks", "required_to_pass", "percent", "rec_rule", "rec_above"), Sort.MARKS),
}
_APART = " / "


class _Item(NamedTuple):
    """One item with a code; items of one group are compared with each other."""

    code: str
    text: str
    row: Mapping[str, object]


class _Group(NamedTuple):
    """What the items of a group are called, their applicant type, and the columns to compare."""

    title: str
    of: str
    columns: tuple[Column, ...]
    items: Sequence[_Item]

    def called(self, code: str) -> str:
        return " ".join(word for word in (self.title, code, f"({self.of})" if self.of else "") if word)


def changes(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every difference, in the order of the sheets; empty for equal packs."""
    before = {(g.title, g.of): g for g in _groups(old)}
    after = {(g.title, g.of): g for g in _groups(new)}
    found: list[Change] = []
    for key in [*after, *(key for key in before if key not in after)]:
        group = after.get(key) or before[key]._replace(items=())
        found += _between(before[key].items if key in before else (), group)
    return tuple(found)


def counted(found: Sequence[Change]) -> dict[Sort, int]:
    """How many changes of each sort there are; sorts without any are left out."""
    counts = {sort: sum(change.sort is sort for change in found) for sort in Sort}
    return {sort: count for sort, count in counts.items() if count}


def _groups(pack: Pack) -> Iterator[_Group]:
    rows = rows_of(pack)
    pack_row = rows[pack_sheets.PACK.title][0]
    yield _Group(pack_sheets.PACK.title, "", pack_sheets.PACK.columns, [_Item("", "", pack_row)])
    for table, key in (
        (pack_sheets.STANDARDS, "type"),
        (pack_sheets.RUBRIC, "level"),
        (pack_sheets.STEPS, "gate"),
    ):
        column = table.column(key)
        columns = tuple(c for c in table.columns if c.key != key)
        items = [_Item(shown(column, row[key]), "", row) for row in rows[table.title]]
        yield _Group(table.title, "", columns, items)
    for type_, (name, *_) in drop_downs.TYPES.items():
        for table in (pack_sheets.ELIGIBILITY, pack_sheets.DOCUMENTS):
            mine = [row for row in rows[table.title] if row["type"] == type_]
            yield _group(table.title, name, table.columns, mine)
        choices = [row for row in rows[pack_sheets.CHOICES.title] if row["type"] == type_]
        for rule in dict.fromkeys(row["rule"] for row in choices):
            mine = [row for row in choices if row["rule"] == rule]
            yield _group(pack_sheets.CHOICES.title, f"{rule} {name}", pack_sheets.CHOICES.columns, mine)
        yield from _tree(name, pack.standard(type_))


def _tree(name: str, standard: Standard) -> Iterator[_Group]:
    columns = pack_sheets.INDICATORS.columns
    dimensions = [of_part(d, "d_") for d in standard.dimensions]
    components = [of_part(c, "c_") for d in standard.dimensions for c in d.components]
    for prefix, rows in (("d_", dimensions), ("c_", components)):
        mine = tuple(c for c in columns if c.key.startswith(prefix) and c.key != f"{prefix}code")
        items = [_Item(row[f"{prefix}code"], row[f"{prefix}th"], row) for row in rows]
        yield _Group(pack_sheets.INDICATORS.column(f"{prefix}th").heading, name, mine, items)
    own = [c for c in columns if not c.key.startswith(("d_", "c_"))]
    yield _group(pack_sheets.INDICATORS.title, name, own, [of_indicator(i) for i in standard.indicators])


def _group(title: str, of: str, columns: Sequence[Column], rows: Sequence[Row]) -> _Group:
    kept = tuple(c for c in columns if c.key not in ("type", "rule", "code"))
    return _Group(title, of, kept, [_Item(row["code"], row["th"], row) for row in rows])


def _between(old: Sequence[_Item], new: _Group) -> Iterator[Change]:
    pairs = _pairs(old, new.items)
    kept, taken = {id(after) for _, after in pairs}, {id(before) for before, _ in pairs}
    for item in old:
        if id(item) not in taken:
            yield Change(Sort.REMOVED, new.called(item.code), "", item.text, "")
    partner = {id(after): before for before, after in pairs}
    for item in new.items:
        if id(item) not in kept:
            yield Change(Sort.ADDED, new.called(item.code), "", "", item.text)
        else:
            yield from _of_pair(partner[id(item)], item, new)
    then = [after.code for _, after in sorted(pairs, key=lambda pair: _position(pair[0], old))]
    now = [after.code for _, after in sorted(pairs, key=lambda pair: _position(pair[1], new.items))]
    if moved := [n for n, codes in enumerate(zip(then, now, strict=True)) if len(set(codes)) > 1]:
        stretch = slice(moved[0], moved[-1] + 1)
        yield Change(Sort.ORDER, new.called(""), "ลำดับ", ", ".join(then[stretch]), ", ".join(now[stretch]))


def _position(item: _Item, items: Sequence[_Item]) -> int:
    return next(n for n, other in enumerate(items) if other is item)


def _pairs(old: Sequence[_Item], new: Sequence[_Item]) -> list[tuple[_Item, _Item]]:
    """The items that are the same in both packs.

    First by code and text, then by text only (renumbered), then by code only (reworded).
    """
    pairs: list[tuple[_Item, _Item]] = []
    left, right = list(old), list(new)
    for same in (lambda i: (i.code, i.text), lambda i: i.text or i.code, lambda i: i.code):
        waiting: dict[object, list[_Item]] = {}
        for item in left:
            waiting.setdefault(same(item), []).append(item)
        found = [(waiting[same(item)].pop(0), item) for item in right if waiting.get(same(item))]
        pairs += found
        gone = {id(item) for pair in found for item in pair}
        left = [item for item in left if id(item) not in gone]
        right = [item for item in right if id(item) not in gone]
    return pairs


def _of_pair(before: _Item, after: _Item, group: _Group) -> Iterator[Change]:
    called = group.called(after.code)
    if before.code != after.code:
        yield Change(Sort.RENUMBERED, called, "รหัส", before.code, after.code)
    for column in group.columns:
        was, is_ = (shown(column, item.row.get(column.key)) for item in (before, after))
        if was != is_:
            sort = _SORTS.get(column.key, Sort.OTHER)
            yield Change(sort, called, column.heading, was.replace("\n", _APART), is_.replace("\n", _APART))
