"""Built forms are cached as long as none of their inputs changes."""

from pathlib import Path

import pytest

from mochocho.app.publishing import kept_forms
from mochocho.app.publishing.kept_forms import kept
from xlsforms.built import BuiltForm

FORM = BuiltForm("plan", "1", "แผน", b"PK\x03\x04", "<h:html/>", {"a.csv": b"\xef\xbb\xbfname"})
INPUTS = {"pack": "abc", "villages": None}


class Builder:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[BuiltForm, ...]:
        self.times += 1
        return (FORM,)


def test_what_did_not_change_is_built_once(tmp_path: Path) -> None:
    build = Builder()
    assert kept(tmp_path / "cache", "odk", INPUTS, build) == (FORM,)
    assert kept(tmp_path / "cache", "odk", INPUTS, build) == (FORM,)
    assert build.times == 1


@pytest.mark.parametrize("changed", [{"pack": "abd"}, {"villages": "d1"}, {"new": 1}])
def test_another_input_builds_again(tmp_path: Path, changed: dict[str, object]) -> None:
    build = Builder()
    kept(tmp_path, "odk", INPUTS, build)
    kept(tmp_path, "odk", {**INPUTS, **changed}, build)
    kept(tmp_path, "kobo", INPUTS, build)
    assert build.times == 3


def test_another_builder_builds_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build, source = Builder(), tmp_path / "source"
    source.mkdir()
    (source / "form.yaml").write_text("a: 1")
    monkeypatch.setattr(kept_forms, "SOURCES", (source,))
    kept(tmp_path, "odk", INPUTS, build)
    (source / "form.yaml").write_text("a: 2")
    kept(tmp_path, "odk", INPUTS, build)
    assert build.times == 2


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"digest": 1', b"\xff"])
def test_a_cache_that_cannot_be_read_is_built_again(tmp_path: Path, content: bytes) -> None:
    build = Builder()
    kept(tmp_path, "odk", INPUTS, build)
    (tmp_path / "forms" / "odk.json").write_bytes(content)
    assert kept(tmp_path, "odk", INPUTS, build) == (FORM,)
    assert build.times == 2
