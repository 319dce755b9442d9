"""Reads the database for a check, or nothing where it cannot be read."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mochocho.storage.db import is_made, make_engine, reading

Found = TypeVar("Found")


def looked(url: str, look: Callable[[Session], Found]) -> Found | None:
    """The result of `look`; None where there is no database yet,
    or it cannot be read (reported elsewhere).
    """
    if not is_made(url):
        return None
    try:
        engine = make_engine(url)
    except ImportError:
        return None
    try:
        with reading(engine) as session:
            return look(session)
    except SQLAlchemyError:
        return None
    finally:
        engine.dispose()
