"""Every version stands twice: as a constraint in pyproject.toml for `uv run`, hashed in requirements.lock.

`uv.lock` names the machine's package index, so it stays out of git. These two files name none.

    uv run python tools/lock.py                    after changing a dependency: pin what is new, keep the rest
    uv run python tools/lock.py --upgrade          take the newest of everything
    uv run python tools/lock.py --upgrade lxml     take the newest of one
    uv run python tools/lock.py --check            change nothing, fail where the two disagree (no network)

An image installs what is pinned, hashes verified: `uv pip install -c requirements.lock '.[postgresql]'`.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by tools/lock.py from pyproject.toml; do not edit.\n"
EXPORT = ("export", "--all-extras", "--all-groups", "--no-emit-project", "--no-header", "--no-emit-index-url")
# What building this project needs besides hatchling itself: `uv run` installs the project editable.
BUILD_EXTRAS = ("editables",)
ENVIRONMENTS = [
    {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
        "sys_platform": sys_platform,
        "platform_system": platform_system,
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    for minor in range(11, 16)
    for sys_platform, platform_system in (("linux", "Linux"), ("win32", "Windows"), ("darwin", "Darwin"))
]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both locks, or check them; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="fail where the two locks disagree")
    choice.add_argument(
        "--upgrade", nargs="*", metavar="NAME", help="take newer versions of NAME, or of everything"
    )
    options = parser.parse_args(arguments)
    if options.check:
        faults = disagreements(ROOT) + unpinned(ROOT)
        print("\n".join(faults) or "pyproject.toml and requirements.lock agree")
        return 1 if faults else 0
    write(ROOT, options.upgrade)
    return 0


def write(root: Path, upgrade: Sequence[str] | None) -> None:
    """Resolve and write both. `upgrade`: None = keep what is pinned,
    [] = upgrade all, names = upgrade those.
    """
    project = root / "pyproject.toml"
    before = project.read_text("utf-8")
    kept = _kept(tomllib.loads(before)["tool"]["uv"].get("constraint-dependencies", []), upgrade)
    try:
        project.write_text(with_list(before, "constraint-dependencies", kept), "utf-8")
        (root / "uv.lock").unlink(missing_ok=True)  # the versions it remembers would prevent an upgrade
        _uv(root, "lock", "--quiet")
        pins = pins_of(tomllib.loads((root / "uv.lock").read_text("utf-8")))
        text = with_list(before, "constraint-dependencies", pins)
        text = with_list(text, "build-constraint-dependencies", _build_pins(root, tomllib.loads(text)))
        project.write_text(text, "utf-8")
        _uv(root, "lock", "--quiet")
        (root / "requirements.lock").write_text(HEADER + _uv(root, *EXPORT, "--frozen"), "utf-8")
    except subprocess.CalledProcessError as error:
        project.write_text(before, "utf-8")
        raise SystemExit(f"uv could not resolve:\n{error.stderr}") from error
    print(f"{len(pins)} versions pinned")


def _kept(constraints: Iterable[str], upgrade: Sequence[str] | None) -> list[str]:
    if upgrade is None:
        return list(constraints)
    names = {canonicalize_name(name) for name in upgrade}
    return [c for c in constraints if names and canonicalize_name(Requirement(c).name) not in names]


def pins_of(lock: Mapping[str, Any]) -> list[str]:
    """`name==version`, with a marker where a name has several versions; the project itself is left out."""
    packages = [p for p in lock["package"] if "registry" in p["source"]]
    names = [p["name"] for p in packages]
    return sorted(
        f"{p['name']}=={p['version']}" + (_marker(p) if names.count(p["name"]) > 1 else "") for p in packages
    )


def _marker(package: Mapping[str, Any]) -> str:
    return " ; " + " or ".join(f"({m})" for m in package["resolution-markers"])


def with_list(text: str, key: str, values: Sequence[str]) -> str:
    """`text` (a pyproject.toml) with the list `key` replaced; the list must be there already."""
    lines = "".join(f"  {json.dumps(v)},\n" for v in values)
    new, count = re.subn(rf"(?ms)^{key} = \[\n.*?^\]\n", lambda _: f"{key} = [\n{lines}]\n", text, count=1)
    if count != 1:
        raise SystemExit(f"pyproject.toml has no list {key} under [tool.uv]")
    return new


def _build_pins(root: Path, project: Mapping[str, Any]) -> list[str]:
    wanted = "\n".join([*project["build-system"]["requires"], *BUILD_EXTRAS])
    options = ("--universal", "--no-header", "--no-annotate", "--python-version", "3.11", "--quiet")
    return sorted(_uv(root, "pip", "compile", "-", *options, stdin=wanted).splitlines())


def _uv(root: Path, *arguments: str, stdin: str = "") -> str:
    run = subprocess.run(
        ["uv", *arguments], cwd=root, input=stdin, capture_output=True, text=True, check=True
    )
    return run.stdout


def locked(text: str) -> dict[str, list[str]]:
    """requirements.lock as {requirement: its hashes}."""
    found: dict[str, list[str]] = {}
    for block in re.split(r"(?m)^(?=[A-Za-z0-9])", text):
        if block.startswith("#") or not block.strip():
            continue
        found[re.split(r"\s*\\\n|\n", block, maxsplit=1)[0].strip()] = re.findall(
            r"--hash=(sha256:[0-9a-f]{64})", block
        )
    return found


def disagreements(root: Path) -> list[str]:
    """Every way in which the two locks and the stated dependencies disagree, as sentences."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    hashed = locked((root / "requirements.lock").read_text("utf-8"))
    pins = [Requirement(p) for p in project["tool"]["uv"]["constraint-dependencies"]]
    lines = [Requirement(line) for line in hashed]
    faults = [f"requirements.lock: {line} has no hash" for line, hashes in hashed.items() if not hashes]
    here, there = ({(canonicalize_name(r.name), str(r.specifier)) for r in rs} for rs in (pins, lines))
    faults += [f"only in pyproject.toml: {name}{version}" for name, version in sorted(here - there)]
    faults += [f"only in requirements.lock: {name}{version}" for name, version in sorted(there - here)]
    for environment in ENVIRONMENTS:
        faults += _in_environment(pins, lines, environment)
    faults += [f"{r} is not met by what is pinned" for r in _stated(project) if not _met(r, pins)]
    return list(dict.fromkeys(faults))


def unpinned(root: Path) -> list[str]:
    """What uv resolved here (just checked by `uv run`) that is not pinned."""
    resolved = root / "uv.lock"
    if not resolved.is_file():
        return []
    pins = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["uv"][
        "constraint-dependencies"
    ]
    found = pins_of(tomllib.loads(resolved.read_text("utf-8")))
    return [f"uv resolves {pin}, which is not pinned" for pin in found if pin not in pins]


def _in_environment(
    pins: list[Requirement], lines: list[Requirement], environment: Mapping[str, str]
) -> list[str]:
    where = f"Python {environment['python_version']} on {environment['sys_platform']}"
    pinned = _chosen(pins, environment)
    faults = []
    for name, versions in _chosen(lines, environment).items():
        if len(versions) > 1:
            faults.append(f"requirements.lock: {name} has more than one version for {where}")
        elif pinned.get(name) != versions:
            faults.append(
                f"{name}: requirements.lock has {versions}, pyproject.toml {pinned.get(name)} for {where}"
            )
    return faults


def _chosen(requirements: list[Requirement], environment: Mapping[str, str]) -> dict[str, set[str]]:
    chosen: dict[str, set[str]] = {}
    for r in requirements:
        if r.marker is None or r.marker.evaluate(dict(environment)):
            chosen.setdefault(canonicalize_name(r.name), set()).add(str(r.specifier))
    return chosen


def _stated(project: Mapping[str, Any]) -> list[Requirement]:
    texts = list(project["project"]["dependencies"])
    for group in (
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ):
        texts += group
    return [Requirement(text) for text in texts]


def _met(stated: Requirement, pins: list[Requirement]) -> bool:
    name = canonicalize_name(stated.name)
    versions = [str(p.specifier).removeprefix("==") for p in pins if canonicalize_name(p.name) == name]
    return bool(versions) and all(stated.specifier.contains(v, prereleases=True) for v in versions)


if __name__ == "__main__":
    sys.exit(main())
