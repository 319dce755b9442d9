"""The files of the checkout, for the house tests."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
_WHEEL: dict[str, Any] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
PACKAGES: list[str] = _WHEEL["packages"]
PACKED: dict[str, str] = _WHEEL["force-include"]  # file of the checkout -> where the wheel has its copy


def files_of_the_project() -> list[Path]:
    """What git holds or would hold: tracked files and new ones that are not ignored."""
    call = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(call, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def package_files() -> list[Path]:
    """Every file of the packages that ship."""
    return [path for path in files_of_the_project() if path.relative_to(ROOT).parts[0] in PACKAGES]
