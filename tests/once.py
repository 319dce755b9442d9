"""What costs seconds to make and is only read afterwards: made once for a whole run (`pytest -n`)."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.own_numbers import numbers_of


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name` of this run, which the first process that asks has filled by `make(folder)`.

    Only to be read: who changes what is in it copies it.
    """
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with FileLock(folder.with_name(f"{name}.lock")):
        if not folder.exists():
            begun = folder.with_name(f"{name}-begun")
            shutil.rmtree(begun, ignore_errors=True)  # by one that failed
            begun.mkdir()
            with numbers_of(name):
                make(begun)
            begun.rename(folder)
    return folder
