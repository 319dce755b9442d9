"""What a test needs of the machine: absent → skip with a reason; under MOCHOCHO_REQUIRE_ALL=1 → a failure."""

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
