"""Our names do not collide with those of other distributions or the system (e.g. a package called `sync`)."""

import importlib.metadata
import importlib.util
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, PROJECT, ROOT


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_our_packages(package: str) -> None:
    # Two wheels that own one folder install without a word; whose files survive is chance.
    # An editable install lists none of them, a wheel each of them once.
    owners = importlib.metadata.packages_distributions().get(package, ["mochocho"])
    assert set(owners) == {"mochocho"}


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_imported_from_this_checkout_or_its_wheel(package: str) -> None:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    installed = Path(str(importlib.metadata.distribution("mochocho").locate_file("")))
    assert Path(spec.origin).is_relative_to(ROOT) or Path(spec.origin).is_relative_to(installed)


def test_no_console_script_shadows_a_system_command() -> None:
    # /usr/bin/sync flushes the disks; a script of that name in a virtual environment would hide it.
    assert set(PROJECT["project"]["scripts"]) == {"mochocho"}


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in ROOT.joinpath("tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
