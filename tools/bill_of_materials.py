"""What is in the product, as CycloneDX (an SBOM): the wheel and every package that it needs.

    uv run python tools/bill_of_materials.py        into dist/, beside what `uv build` makes
    uv run python tools/bill_of_materials.py --out FILE

Same lock and commit, same bytes: the day is the commit's, the serial number made of the content.
"""

import argparse
import hashlib
import subprocess
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SERIAL = uuid.UUID("8f2b4a52-6f0e-5c1b-9a41-3d0f5a6c7b10")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the bill; returns the exit status."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = ROOT / "dist" / f"mochocho-{metadata.version('mochocho')}.cdx.json"
    parser.add_argument("--out", type=Path, default=default)
    options = parser.parse_args(arguments)
    day = subprocess.run(
        ["git", "-C", ROOT, "log", "-1", "--format=%cI"], check=True, capture_output=True, text=True
    )
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(bill(project, datetime.fromisoformat(day.stdout.strip())), "utf-8")
    print(options.out)
    return 0


def bill(project: Mapping[str, object], made: datetime) -> str:
    """The bill of a project ("project" of its pyproject.toml) with all of its extras, as JSON."""
    top = component(metadata.distribution("mochocho"), ComponentType.APPLICATION)
    needed = dict(sorted(closure("mochocho", frozenset(_extras(project)))))
    parts = {name: component(metadata.distribution(name)) for name in needed} | {"mochocho": top}
    bom = Bom(components=[part for part in parts.values() if part is not top])
    bom.metadata.component = top
    bom.metadata.timestamp = made
    bom.metadata.tools.components.add(this_component())
    for name, others in needed.items():
        bom.register_dependency(parts[name], [parts[other] for other in sorted(others)])
    bom.serial_number = uuid.uuid5(SERIAL, hashlib.sha256(repr((made, needed)).encode()).hexdigest())
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def closure(name: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Every package that is needed on this system, with those that it needs itself."""
    waiting, seen = [(name, extras)], dict[str, frozenset[str]]()
    while waiting:
        current, wanted = waiting.pop()
        direct = {canonicalize_name(one.name): frozenset(one.extras) for one in _direct(current, wanted)}
        if current not in seen or not direct.keys() <= seen[current]:
            seen[current] = seen.get(current, frozenset()) | frozenset(direct)
            waiting += direct.items()
    yield from seen.items()


def component(package: metadata.Distribution, kind: ComponentType = ComponentType.LIBRARY) -> Component:
    """One package as it is installed here."""
    name, version = canonicalize_name(package.name), package.version
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    purl = PackageURL("pypi", None, name, version)
    licences = [LicenseFactory().make_from_string(said.splitlines()[0])] if said else []
    return Component(name=name, version=version, type=kind, purl=purl, bom_ref=str(purl), licenses=licences)


def _extras(project: Mapping[str, object]) -> Sequence[str]:
    extras = project.get("optional-dependencies", {})
    return list(extras) if isinstance(extras, dict) else []


def _direct(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in metadata.requires(name) or ():
        one = Requirement(line)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield one


if __name__ == "__main__":
    sys.exit(main())
