"""The cache keeps files whole or not at all."""

from pathlib import Path

import pytest

from reports.typesetting.cache import Cache, name_of


def test_what_was_put_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"content")
    assert cache.get("key") == b"content"
    assert cache.get("another") is None


@pytest.mark.parametrize("damage", [b"", b"content", b"c0ntent" + b"\0" * 32])
def test_a_damaged_file_counts_as_absent(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"content")
    cache.path("key").write_bytes(damage)
    assert cache.get("key") is None
    cache.put("key", b"content")
    assert cache.get("key") == b"content"


def test_keys_never_become_paths(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.put("../../outside\0CON", b"content")
    assert cache.get("../../outside\0CON") == b"content"
    assert [p.name for p in tmp_path.iterdir()] == ["cache"]


def test_files_are_the_owners_alone(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.put("key", b"content")
    assert cache.path("key").stat().st_mode & 0o777 == 0o600
    assert cache.path("key").parent.stat().st_mode & 0o777 == 0o700


def test_only_what_is_named_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keys = [str(number) for number in range(600)]  # more than there are folders
    for key in keys:
        cache.put(key, b"content")
    kept = keys[::7]
    cache.keep_only(sorted(map(name_of, [*kept, "never there"])))
    assert [key for key in keys if cache.find(key)] == kept
    cache.keep_only([])
    assert [key for key in keys if cache.find(key)] == []
