"""Fields of stored values as columns of a query, where one row that is damaged must not end the query."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, case
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _IsJson(FunctionElement[bool]):
    name = "is_json"
    type = Boolean()
    inherit_cache = True


@compiles(_IsJson)
def _anything(*_: object, **__: object) -> str:
    return "true"  # PostgreSQL's column takes nothing else


@compiles(_IsJson, "sqlite")
def _valid(element: _IsJson, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_valid({compiler.process(element.clauses, **kw)})"


def readable(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether the row's value can be read at all."""
    return _IsJson(column)


def text_of(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[Any]:
    """A text field of a JSON column, under its name; '' where the row's value is no JSON."""
    return case((_IsJson(column), column[name].as_string()), else_="").label(name)
