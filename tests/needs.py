"""A test's requirements of the machine:
if missing, it is skipped with a reason, or fails under MOCHOCHO_REQUIRE_ALL=1.
"""

import os
import shutil

import pytest


def need(*programs: str) -> None:
    """Skip (or fail) the calling test unless every program is on PATH."""
    for program in programs:
        if shutil.which(program) is None:
            absent(f"{program} is not installed")


def absent(reason: str) -> None:
    if os.environ.get("MOCHOCHO_REQUIRE_ALL") == "1":
        pytest.fail(f"required here, but {reason}")
    pytest.skip(reason)
