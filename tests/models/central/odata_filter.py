"""The part of OData's $filter that Central understands, with SQL's three truths: null is not less or more."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from tests.models.central.problems import Problem

Row = Mapping[str, Any]  # field as written in a filter -> value
Truth = bool | None
Test = Callable[[Row], Truth]
Value = Callable[[Row], Any]

TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d))?(?=[\s)]|$))
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<text>'(?:[^']|'')*')
    | (?P<mark>[(),])
    | (?P<name>\$?[A-Za-z_][\w/$.]*)
    )""",
    re.VERBOSE,
)
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: bool(a == b),
    "ne": lambda a, b: bool(a != b),
    "lt": lambda a, b: bool(a < b),
    "le": lambda a, b: bool(a <= b),
    "gt": lambda a, b: bool(a > b),
    "ge": lambda a, b: bool(a >= b),
}
ID = r"__id eq '([^']*)'"
IDS = re.compile(rf"{ID}(?: or {ID})*")
PARTS = ("year", "month", "day", "hour", "minute", "second")


def parse(written: str, fields: frozenset[str]) -> Test:
    """A test of rows. Raises Problem: 400.18 where it cannot be read, 501.5 for a refused field."""
    return _Parser(written, fields).whole()


def ids(written: str) -> frozenset[str] | None:
    """The only rows that a filter can mean, where it is a row of ids: thousands of others need no look."""
    return frozenset(re.findall(ID, written)) if IDS.fullmatch(written) else None


class _Parser:
    def __init__(self, written: str, fields: frozenset[str]) -> None:
        self.fields = fields
        self.tokens = _tokens(written)
        self.at = 0
        self.end = len(written)

    def whole(self) -> Test:
        test = self._either()
        if self.at < len(self.tokens):
            _unexpected(self.tokens[self.at][2])
        return test

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _next(self) -> tuple[str, str, int]:
        if self.at >= len(self.tokens):
            _unexpected(self.end)
        self.at += 1
        return self.tokens[self.at - 1]

    def _expect(self, mark: str) -> None:
        _, written, place = self._next()
        if written != mark:
            _unexpected(place)

    def _either(self) -> Test:
        found = [self._both()]
        while self._peek() == "or":
            self.at += 1
            found.append(self._both())
        return found[0] if len(found) == 1 else lambda row: _any([test(row) for test in found])

    def _both(self) -> Test:
        found = [self._one()]
        while self._peek() == "and":
            self.at += 1
            found.append(self._one())
        return found[0] if len(found) == 1 else lambda row: _all([test(row) for test in found])

    def _one(self) -> Test:
        if self._peek() == "not":
            self.at += 1
            inner = self._one()
            return lambda row: _not(inner(row))
        if self._peek() == "(":
            self.at += 1
            inner = self._either()
            self._expect(")")
            return inner
        return self._comparison()

    def _comparison(self) -> Test:
        left = self._value()
        _, word, place = self._next()
        if word not in COMPARE:
            _unexpected(place)
        right = self._value()
        return lambda row: _compare(word, left(row), right(row))

    def _value(self) -> Value:
        kind, written, place = self._next()
        if kind == "date":
            return _constant(_moment(written))
        if kind == "number":
            return _constant(float(written))
        if kind == "text":
            return _constant(written[1:-1].replace("''", "'"))
        if kind != "name":
            _unexpected(place)
        return self._named(written, place)

    def _named(self, written: str, place: int) -> Value:
        if written == "null":
            return _constant(None)
        if written in PARTS and self._peek() == "(":
            self.at += 1
            inner = self._value()
            self._expect(")")
            return lambda row: _part(written, inner(row))
        if written not in self.fields:
            raise unknown_field(written, place)
        return lambda row: row[written]


def _constant(value: Any) -> Value:
    return lambda _row: value


def unknown_field(written: str, place: int | None = None) -> Problem:
    where = "" if place is None else f" at {place}"
    message = (
        f"The given OData filter expression references fields not supported by this server: {written}{where}"
    )
    return Problem(501.5, message, {"text": written} | ({} if place is None else {"at": place}))


def _tokens(written: str) -> list[tuple[str, str, int]]:
    found, place = [], 0
    while written[place:].strip():
        match = TOKEN.match(written, place)
        if match is None:
            _unexpected(place + len(written[place:]) - len(written[place:].lstrip()))
        kind = str(match.lastgroup)
        end = match.end()
        if kind == "number" and end < len(written) and written[end] not in " )":
            _unexpected(end)  # a date that is not whole is read as a number first
        found.append((kind, match[kind], match.start(kind)))
        place = end
    return found


def _unexpected(place: int) -> NoReturn:
    reason = f"Unexpected character at {place}"
    message = f"The OData filter expression you provided could not be parsed: {reason}"
    raise Problem(400.18, message, {"reason": reason})


def _moment(written: str) -> datetime:
    whole = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", written))
    return whole if whole.tzinfo else whole.replace(tzinfo=UTC)


def _part(name: str, value: Any) -> Any:
    return None if value is None else float(getattr(value, name))


def _compare(word: str, left: Any, right: Any) -> Truth:
    if left is None or right is None:
        # `eq null` and `ne null` ask for null itself; anything else with null is unknown
        return (left is right) == (word == "eq") if right is None and word in ("eq", "ne") else None
    if isinstance(left, str) and isinstance(right, float):
        right = f"{right:g}"
    return COMPARE[word](left, right)


def _any(found: list[Truth]) -> Truth:
    return True if True in found else (None if None in found else False)


def _all(found: list[Truth]) -> Truth:
    return False if False in found else (None if None in found else True)


def _not(found: Truth) -> Truth:
    return None if found is None else not found
