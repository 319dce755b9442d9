"""The built wheel has everything a province needs, nothing else, and never an old copy."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import PACKED, PROJECT, ROOT, package_files
from tests.needs import need

BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    run = subprocess.run(
        [sys.executable, "-c", BUILD, out], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return zipfile.ZipFile(out / run.stdout.split()[-1])


def test_wheel_holds_every_file_of_the_packages_and_no_other(wheel: zipfile.ZipFile) -> None:
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == {path.relative_to(ROOT).as_posix() for path in package_files()} | {*PACKED.values()}


def test_an_installed_program_writes_the_same_folder_for_docker(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path / "installed")
    call = [sys.executable, "-m", "mochocho.app.commands.cli", "init", "--compose", "--domain", "a.example"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "PYTHONSAFEPATH": "1"}
    subprocess.run([*call, "server"], cwd=tmp_path, env=environment, check=True, capture_output=True)
    for name in ("docker-compose.yml", "deploy/Caddyfile", "deploy/servers.yml"):
        assert (tmp_path / "server" / name).read_bytes() == (ROOT / name).read_bytes()
    assert "SOURCE=.\n" in (tmp_path / "server" / ".env").read_text("utf-8")


@pytest.mark.parametrize("suffix", [".yaml", ".typ", ".ttf", ".mako", ".toml", "py.typed", "LOCK"])
def test_wheel_holds_what_is_not_python(wheel: zipfile.ZipFile, suffix: str) -> None:
    assert any(name.endswith(suffix) for name in wheel.namelist())


def test_wheel_carries_the_licences(wheel: zipfile.ZipFile) -> None:
    held = {
        name.split(".dist-info/licenses/")[1] for name in wheel.namelist() if ".dist-info/licenses/" in name
    }
    assert {"LICENSE", "NOTICE", "mochocho/fonts/OFL.txt"} <= held


def test_a_changed_source_is_never_served_from_a_stale_build(tmp_path: Path) -> None:
    # uv keys a non-editable build on pyproject.toml alone, unless cache-keys names the sources.
    need("uv")
    shutil.copytree(ROOT / "reports", tmp_path / "reports", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pyproject.toml").write_text(_bare_project(), "utf-8")
    source = tmp_path / "reports" / "__init__.py"
    before = source.read_text("utf-8")
    assert _installed(tmp_path) == before
    source.write_text(before + "CHANGED = True\n", "utf-8")
    assert _installed(tmp_path) == before + "CHANGED = True\n"


def _bare_project() -> str:
    """Our build and our cache-keys, without what would have to be downloaded."""
    keys = ", ".join(f"{{ file = {json.dumps(key['file'])} }}" for key in PROJECT["tool"]["uv"]["cache-keys"])
    return f"""
[project]
name = "stale"
version = "1"
requires-python = ">=3.11"
[build-system]
requires = {json.dumps(PROJECT["build-system"]["requires"])}
build-backend = "hatchling.build"
[tool.hatch.build.targets.wheel]
packages = ["reports"]
[tool.uv]
cache-keys = [{keys}]
build-constraint-dependencies = {json.dumps(PROJECT["tool"]["uv"]["build-constraint-dependencies"])}
"""


def _installed(project: Path) -> str:
    """`reports/__init__.py` as a fresh, non-editable install of the project has it."""
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    shutil.rmtree(project / ".venv", ignore_errors=True)
    call = ["uv", "sync", "--quiet", "--no-editable", "--python", sys.executable]
    subprocess.run(call, cwd=project, env=environment, check=True, stdin=subprocess.DEVNULL)
    (module,) = (project / ".venv").rglob("site-packages/reports/__init__.py")
    return module.read_text("utf-8")
