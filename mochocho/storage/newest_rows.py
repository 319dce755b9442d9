"""A page of a table to which rows are only added, newest first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select


def newest(
    table: Any, columns: Sequence[Any], text: str, before: int | None, most: int
) -> Select[tuple[Any]]:
    """At most so many rows of numbers below `before` (None = the newest), with this text in one of the
    columns ('' = any).
    """
    query = select(table).order_by(table.number.desc()).limit(most)
    if before is not None:
        query = query.where(table.number < before)
    if text:
        query = query.where(or_(*(column.contains(text, autoescape=True) for column in columns)))
    return query
