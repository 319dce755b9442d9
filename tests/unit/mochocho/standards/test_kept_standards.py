"""Standards that a home has read are not read from YAML again, and never taken for others."""

from pathlib import Path

import pytest

from mochocho.standards import load
from mochocho.standards.load import RELEASED, load_pack
from mochocho.storage.kept_standards import KeptStandards
from mochocho.words.errors import Terminal

SAMPLE = (RELEASED / "2568-sample.yaml").read_text("utf-8")
ID, OWN = "id: 2568-sample", "id: 2568-of-ours"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(SAMPLE.replace(ID, OWN).replace("อำเภอ", "ที่ว่าการอำเภอ", 1), "utf-8")
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read as YAML."""
    texts: list[str] = []
    parse = load.parse

    def told(text: str) -> object:
        texts.append(text)
        return parse(text)

    monkeypatch.setattr(load, "parse", told)
    return texts


def opened(path: Path, folder: Path) -> load.LoadedPack:
    """As a new process opens it."""
    load._parsed.cache_clear()
    return load_pack(path, KeptStandards(folder))


def test_a_file_is_read_once_until_it_or_the_program_is_another(
    own: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = opened(own, cache)
    assert opened(own, cache) == first == load_pack(own)
    assert len(parsed) == 2, "once for the home, once by whoever keeps nothing"
    own.write_text(own.read_text("utf-8").replace("ที่ว่าการอำเภอ", "อำเภอ", 1), "utf-8")
    assert opened(own, cache) != first
    assert len(parsed) == 3
    monkeypatch.setattr(load, "_reader", lambda: b"mended")
    opened(own, cache)
    assert len(parsed) == 4


@pytest.mark.parametrize("keep", [0, 40, 64, 65, 3_000], ids="cut off after {} bytes".format)
def test_what_was_cut_off_is_read_again(own: Path, tmp_path: Path, keep: int) -> None:
    first = opened(own, tmp_path)
    (kept,) = tmp_path.glob("*.json")
    kept.write_bytes(kept.read_bytes()[:keep])
    assert opened(own, tmp_path) == first


def test_what_is_wrong_is_told_by_its_line_also_of_what_was_read_before(own: Path, tmp_path: Path) -> None:
    opened(own, tmp_path)
    right = own.read_text("utf-8")
    own.write_text(right.replace(OWN, ID), "utf-8")
    with pytest.raises(Terminal, match=r"own\.yaml:\d+: id “2568-sample”"):
        opened(own, tmp_path)
    own.write_text(right, "utf-8")
    (kept,) = tmp_path.glob("*.json")
    kept.write_bytes(kept.read_bytes().replace(OWN[4:].encode(), ID[4:].encode()))
    assert opened(own, tmp_path).pack.id == OWN[4:], "not what breaks a rule of this program"


def test_a_folder_that_takes_nothing_is_no_hindrance(own: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert opened(own, tmp_path / "file").pack.id == OWN[4:]
