"""What the product is made of is told by a bill of materials, and known weaknesses of it stop CI."""

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT
from tools.bill_of_materials import bill
from tools.package_audit import LOCK, PINNED, affects, audited, locked, shortened

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def ranges(*events: tuple[str, str]) -> dict[str, object]:
    told = [{"type": "ECOSYSTEM", "events": [{what: at} for what, at in events]}]
    return {"affected": [{"package": {"name": "x", "ecosystem": "PyPI"}, "ranges": told}]}


@pytest.mark.parametrize(
    ("advisory", "inside", "outside"),
    [
        (ranges(("introduced", "0"), ("fixed", "2.3.0")), ("0.1", "2.2.9"), ("2.3.0", "2.10")),
        (ranges(("introduced", "1.0"), ("fixed", "1.10")), ("1.0", "1.9"), ("0.9", "1.10")),
        (
            ranges(("introduced", "1"), ("fixed", "2"), ("introduced", "3"), ("fixed", "4")),
            ("1.5", "3.0"),
            ("2.5", "4"),
        ),
        (ranges(("introduced", "1"), ("last_affected", "2")), ("2",), ("2.1",)),
        (ranges(("introduced", "1")), ("99",), ("0.5",)),
        ({"affected": [{"versions": ["1.1"]}]}, ("1.1",), ("1.2",)),
    ],
)
def test_a_version_is_affected_from_where_it_came_to_where_it_was_mended(
    advisory: dict[str, object], inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    assert all(affects(advisory, version) for version in inside)
    assert not any(affects(advisory, version) for version in outside)


def test_an_affected_version_in_a_lock_is_found(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    kept = json.loads(PINNED.read_text("utf-8"))["advisories"]
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"requests==2.2.1 \\\n    --hash=sha256:{'0' * 64}\n")
    assert audited(lock, kept) == 1
    assert "PYSEC-2014-13" in capfd.readouterr().out


def test_ranges_say_what_lists_of_versions_said() -> None:
    long = ranges(("introduced", "0"), ("fixed", "2"))
    long["affected"][0]["versions"] = ["1", "1.1"]  # type: ignore[index]
    assert shortened({"id": "A", "references": [1], **long}, "x") == {
        "id": "A",
        **ranges(("introduced", "0"), ("fixed", "2")),
    }


def test_the_bill_names_what_is_locked_and_nothing_for_developers() -> None:
    told = json.loads(bill(PROJECT, MADE))
    parts = {one["name"]: one["version"] for one in told["components"]}
    assert {canonicalize_name(one.split(">")[0].split("[")[0]) for one in PROJECT["dependencies"]} <= set(
        parts
    )
    assert not {"pytest", "mypy", "hypothesis", "pip-audit"} & set(parts)
    lock = LOCK.read_text("utf-8")
    assert set(parts) <= locked(LOCK)
    assert all(f"\n{name}=={version} " in lock.replace("[binary]", "") for name, version in parts.items())
    assert all(one.get("licenses") or one["purl"] for one in told["components"])


def test_the_same_lock_gives_the_same_bill() -> None:
    assert bill(PROJECT, MADE) == bill(PROJECT, MADE)
