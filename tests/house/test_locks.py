"""Versions in pyproject.toml and in requirements.lock agree, and neither names an index."""

import re
import shutil
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tools import lock


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def edit(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1)
    assert count == 1
    path.write_text(text, "utf-8")


def test_the_two_locks_agree() -> None:
    assert lock.disagreements(ROOT) == []


def test_another_version_in_one_of_them_is_found(copy: Path) -> None:
    edit(copy / "requirements.lock", r"(?m)^lxml==\S+", "lxml==6.0.0")
    assert any("lxml==6.0.0" in fault for fault in lock.disagreements(copy))


def test_a_version_without_a_hash_is_found(copy: Path) -> None:
    edit(copy / "requirements.lock", r"(?m)^(six|click)(==\S+) \\\n(    --hash=\S+( \\)?\n)+", r"\1\2\n")
    assert any("has no hash" in fault for fault in lock.disagreements(copy))


def test_a_stated_dependency_that_is_not_pinned_is_found(copy: Path) -> None:
    edit(copy / "pyproject.toml", r'(?m)^  "lxml>=\S+",$', '  "lxml>=99",')
    assert lock.disagreements(copy) == ["lxml>=99 is not met by what is pinned"]


def test_a_pin_that_holds_in_one_python_only_is_found(copy: Path) -> None:
    edit(
        copy / "pyproject.toml",
        r'(?m)^  "lxml==([^"]+)",$',
        r"""  "lxml==\1 ; python_version < '3.13'",""",
    )
    assert any("Python 3.14" in fault for fault in lock.disagreements(copy))


def test_a_name_with_two_versions_keeps_its_markers() -> None:
    registry = {"registry": "https://index.invalid/simple"}
    packages = [
        {"name": "mochocho", "version": "1", "source": {"editable": "."}},
        {
            "name": "numpy",
            "version": "2.4",
            "source": registry,
            "resolution-markers": ["python_full_version >= '3.12'"],
        },
        {
            "name": "numpy",
            "version": "2.3",
            "source": registry,
            "resolution-markers": ["python_full_version < '3.12'"],
        },
        {"name": "click", "version": "8.5", "source": registry},
    ]
    assert lock.pins_of({"package": packages}) == [
        "click==8.5",
        "numpy==2.3 ; (python_full_version < '3.12')",
        "numpy==2.4 ; (python_full_version >= '3.12')",
    ]


def test_what_uv_resolves_beyond_the_pins_is_found(copy: Path) -> None:
    assert lock.unpinned(copy) == []
    package = (
        '[[package]]\nname = "leftpad"\nversion = "1.0"\nsource = { registry = "https://index.invalid" }\n'
    )
    (copy / "uv.lock").write_text(package, "utf-8")
    assert lock.unpinned(copy) == ["uv resolves leftpad==1.0, which is not pinned"]


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock"])
def test_no_lock_names_a_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_uv_lock_stays_out_of_git() -> None:
    assert "uv.lock" in (ROOT / ".gitignore").read_text("utf-8").split()
