"""SQL is compiled once for a whole process that tests: nearly every test opens a home, each home has an
engine, and each engine would compile every statement anew, a fifth of what such a test takes.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache[Any, Any] = LRUCache(4000)


def compile_once() -> None:
    """One cache for all engines; in it, dialects of one class are one: those of one driver and one server."""
    Engine._compiled_cache = property(lambda _: _COMPILED, lambda _, _own: None)
    DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)
    DefaultDialect.__hash__ = lambda self: hash(type(self))
