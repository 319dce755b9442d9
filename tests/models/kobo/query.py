"""Queries: of records (Mongo's JSON), of logs and projects (kpi's `field:value` words)."""

import re
from collections.abc import Callable, Mapping
from typing import Any

ALLOWED = {
    "$or", "$and", "$in", "$nin", "$not", "$exists", "$gt", "$gte", "$lt", "$lte", "$regex", "$options",
    "$all", "$elemMatch", "$ne", "$expr", "$ifNull",
}  # fmt: skip
_ABSENT = object()
_LOGICAL = {"$or": any, "$and": all}
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "$gt": lambda a, b: a > b,
    "$gte": lambda a, b: a >= b,
    "$lt": lambda a, b: a < b,
    "$lte": lambda a, b: a <= b,
}
_TOKEN = re.compile(r'\s*(?:([()])|((?:[^\s()":]+):(?:"[^"]*"|[^\s()]+))|([^\s()]+))')

Row = Mapping[str, Any]


class NotOursError(ValueError):
    """A query kpi would not understand: it answers with no rows and no word about it."""


def matches(row: Row, query: Row) -> bool:
    """Whether a record matches; an operator that is not allowed, or an unknown field, matches nothing."""
    return _clean(query) and _all(row, query)


def _clean(part: Any) -> bool:
    if isinstance(part, Mapping):
        return all((not k.startswith("$") or k in ALLOWED) and _clean(v) for k, v in part.items())
    return all(map(_clean, part)) if isinstance(part, list) else True


def _all(row: Row, query: Row) -> bool:
    return all(_one(row, key, wanted) for key, wanted in query.items())


def _one(row: Row, key: str, wanted: Any) -> bool:
    if key in _LOGICAL:
        return _LOGICAL[key](_all(row, part) for part in wanted)
    assert key not in ("$expr", "$ifNull"), f"the model does not do {key}"
    value = _value(row, key)
    if not isinstance(wanted, Mapping):
        return _equal(value, wanted)
    return all(_operator(value, name, operand, wanted) for name, operand in wanted.items())


def _value(row: Row, key: str) -> Any:
    """Dots go into objects, never into the lists of repeats (kpi's keys of repeats hold slashes)."""
    if key in row:
        return row[key]
    head, dot, rest = key.partition(".")
    below = row.get(head) if dot else None
    return _value(below, rest) if isinstance(below, Mapping) else _ABSENT


def _equal(value: Any, wanted: Any) -> bool:
    if wanted is None:
        return value is None or value is _ABSENT
    return type(value) is type(wanted) and value == wanted


def _operator(value: Any, name: str, operand: Any, beside: Row) -> bool:
    if name in _ORDERS:
        return type(value) is type(operand) and _ORDERS[name](value, operand)
    if name == "$not":
        return not all(_operator(value, inner, wanted, operand) for inner, wanted in operand.items())
    rules: dict[str, Callable[[], bool]] = {
        "$in": lambda: any(_equal(value, one) for one in operand),
        "$nin": lambda: not any(_equal(value, one) for one in operand),
        "$ne": lambda: not _equal(value, operand),
        "$exists": lambda: (value is not _ABSENT) == bool(operand),
        "$regex": lambda: isinstance(value, str) and _regex(operand, beside).search(value) is not None,
        "$options": lambda: True,
        "$all": lambda: isinstance(value, list) and all(one in value for one in operand),
        "$elemMatch": lambda: isinstance(value, list) and any(_all(one, operand) for one in value),
    }
    return rules[name]()


def _regex(pattern: str, beside: Row) -> re.Pattern[str]:
    flags = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
    return re.compile(pattern, sum(flags.get(one, 0) for one in str(beside.get("$options", ""))))


def words(q: str, fields: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], bool]:
    """A test made of `a:b AND (c:"d" OR NOT e:f)`; fields may end in __gt, __gte, __lt, __lte, __icontains.

    Raises NotOursError for what cannot be read and for fields that are not there.
    """
    tokens = [match for match in _TOKEN.finditer(q) if match.group(0).strip()]
    test, rest = _either(tokens, fields)
    if rest:
        raise NotOursError(q)
    return test


_Tokens = list["re.Match[str]"]
_Test = Callable[[Any], bool]
_Fields = Mapping[str, Callable[[Any], Any]]


def _either(tokens: _Tokens, fields: _Fields) -> tuple[_Test, _Tokens]:
    test, tokens = _both(tokens, fields)
    while tokens and tokens[0].group(3) == "OR":
        other, tokens = _both(tokens[1:], fields)
        test = _or(test, other)
    return test, tokens


def _both(tokens: _Tokens, fields: _Fields) -> tuple[_Test, _Tokens]:
    test, tokens = _term(tokens, fields)
    while tokens and tokens[0].group(3) == "AND":
        other, tokens = _term(tokens[1:], fields)
        test = _and(test, other)
    return test, tokens


def _term(tokens: _Tokens, fields: _Fields) -> tuple[_Test, _Tokens]:
    if not tokens:
        raise NotOursError
    first, rest = tokens[0], tokens[1:]
    if first.group(3) == "NOT":
        test, rest = _term(rest, fields)
        return _no(test), rest
    if first.group(1) == "(":
        test, rest = _either(rest, fields)
        if not rest or rest[0].group(1) != ")":
            raise NotOursError
        return test, rest[1:]
    if first.group(2) is None:
        raise NotOursError
    return _compare(first.group(2), fields), rest


def _compare(text: str, fields: _Fields) -> _Test:
    key, _, value = text.partition(":")
    value = value.strip('"')
    name, _, how = key.rpartition("__")
    order = _ORDERS.get(f"${how}")
    if name in fields and order:
        return lambda row: order(fields[name](row), value)
    if name in fields and how == "icontains":
        return lambda row: value.casefold() in str(fields[name](row)).casefold()
    if key not in fields:
        raise NotOursError(key)
    return lambda row: fields[key](row) == value


def _or(one: _Test, other: _Test) -> _Test:
    return lambda row: one(row) or other(row)


def _and(one: _Test, other: _Test) -> _Test:
    return lambda row: one(row) and other(row)


def _no(test: _Test) -> _Test:
    return lambda row: not test(row)
