"""Writing to the spool, on a real disk."""

import dataclasses
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mochocho.words.errors import BadInput
from sync.openrosa.receiving.spool import Receipt, Spool, Unusable

NOW = datetime(2025, 5, 1, 2, 3, 4, tzinfo=UTC)
LATER = datetime(2025, 5, 2, tzinfo=UTC)
A, B = "a" * 64, "b" * 64
RECEIPT = Receipt("visit", "2", "one", None, A, (("1.jpg", A, 5),), (("x", B, 7),), 3, NOW)
UNUSABLE = Unusable("xml.malformed", "อ่านไม่ได้", A, (("1.jpg", B, 5),), 3, NOW)


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_the_layout_is_what_the_source_reads(tmp_path: Path) -> None:
    assert Spool(tmp_path).accept(RECEIPT, A)
    name = hashlib.sha256(b"one").hexdigest()
    folder = tmp_path / "posts" / name[:2] / name
    [path] = folder.glob("*.json")
    assert (folder / "first").read_bytes() == path.read_bytes()
    assert json.loads(path.read_bytes()) == {
        "form_id": "visit",
        "form_version": "2",
        "instance_id": "one",
        "deprecated_id": None,
        "xml": A,
        "files": [["1.jpg", A, 5]],
        "unnamed": [["x", B, 7]],
        "officer_id": 3,
        "received_at": "2025-05-01T02:03:04+00:00",
        "canonical": A,
    }


def test_the_same_post_later_adds_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    assert spool.accept(RECEIPT, A)
    before = _files(tmp_path)
    assert not spool.accept(dataclasses.replace(RECEIPT, received_at=LATER), A)
    assert _files(tmp_path) == before


@pytest.mark.parametrize(
    "change",
    [{"officer_id": 4}, {"files": (("2.jpg", B, 1),)}, {"xml": B}, {"unnamed": ()}],
    ids=["another officer", "another file", "other spelling", "fewer files"],
)
def test_anything_else_is_a_receipt_of_its_own(tmp_path: Path, change: dict[str, object]) -> None:
    spool = Spool(tmp_path)
    spool.accept(RECEIPT, A)
    spool.accept(dataclasses.replace(RECEIPT, **change), A)  # type: ignore[arg-type]
    assert len(_files(tmp_path)) == 3


def test_one_instance_is_not_received_in_ever_more_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.openrosa.receiving.spool._MOST_RECEIPTS", 3)
    spool = Spool(tmp_path)
    for officer in range(3):
        spool.accept(dataclasses.replace(RECEIPT, officer_id=officer), A)
    with pytest.raises(BadInput) as refused:
        spool.accept(dataclasses.replace(RECEIPT, officer_id=3), A)
    assert refused.value.code == "instance.too_many_files"
    assert not spool.accept(dataclasses.replace(RECEIPT, officer_id=0), A), "what is known is still taken"


def test_an_id_means_one_thing_for_good(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.accept(RECEIPT, A)
    before = {path: path.read_bytes() for path in _files(tmp_path)}
    with pytest.raises(BadInput) as refused:
        spool.accept(dataclasses.replace(RECEIPT, xml=B), B)
    assert refused.value.code == "submission.conflict"
    assert {path: path.read_bytes() for path in _files(tmp_path)} == before


def test_a_meaning_that_was_claimed_but_never_receipted_can_be_sent_again(tmp_path: Path) -> None:
    """A crash between the two leaves `first` alone; the phone was told nothing and comes again."""
    spool = Spool(tmp_path)
    spool.accept(RECEIPT, A)
    for path in _files(tmp_path):
        if path.suffix == ".json":
            path.unlink()
    spool.accept(RECEIPT, A)
    assert len(_files(tmp_path)) == 2


def test_of_many_meanings_at_once_exactly_one_is_taken(tmp_path: Path) -> None:
    spool = Spool(tmp_path)

    def send(digest: str) -> str:
        try:
            spool.accept(dataclasses.replace(RECEIPT, xml=digest), digest)
        except BadInput:
            return ""
        return digest

    with ThreadPoolExecutor(8) as pool:
        taken = set(pool.map(send, [A, B] * 20)) - {""}
    [won] = taken
    assert spool.accept(dataclasses.replace(RECEIPT, xml=won), won) is False


def _as_an_earlier_version_left_it(folder: Path, canonical: str) -> None:
    [path] = folder.glob("*.json")
    receipt = {name: value for name, value in json.loads(path.read_bytes()).items() if name != "canonical"}
    path.write_text(json.dumps(receipt))
    (folder / "first").unlink()
    (folder / "first").write_text(canonical)


def test_what_an_earlier_version_took_still_means_the_same(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.accept(RECEIPT, A)
    name = hashlib.sha256(b"one").hexdigest()
    _as_an_earlier_version_left_it(tmp_path / "posts" / name[:2] / name, A)
    before = _files(tmp_path)
    assert not spool.accept(dataclasses.replace(RECEIPT, received_at=LATER), A)
    with pytest.raises(BadInput, match=r"submission\.conflict"):
        spool.accept(dataclasses.replace(RECEIPT, xml=B), B)
    assert _files(tmp_path) == before


def test_a_receipt_alone_says_what_its_instance_means(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.accept(RECEIPT, A)
    [first] = tmp_path.rglob("first")
    first.unlink()  # a power cut may keep one name of two that were made side by side
    with pytest.raises(BadInput, match=r"submission\.conflict"):
        Spool(tmp_path).accept(dataclasses.replace(RECEIPT, xml=B), B)
    assert not Spool(tmp_path).accept(RECEIPT, A)


def test_what_is_held_counts_every_name_and_content_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.accept(RECEIPT, A)
    spool.accept(dataclasses.replace(RECEIPT, files=(("1.jpg", A, 5), ("1.jpg", B, 9))), A)
    assert spool.held("one") == {("1.jpg", A): 5, ("1.jpg", B): 9, ("x", B): 7}
    assert spool.held("another") == {}


def test_what_cannot_be_used_is_recorded_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.reject(UNUSABLE)
    spool.reject(dataclasses.replace(UNUSABLE, received_at=LATER))
    [path] = _files(tmp_path)
    assert path.parent == tmp_path / "unusable"
    assert json.loads(path.read_bytes()) == {
        "code": "xml.malformed",
        "message_th": "อ่านไม่ได้",
        "sha256": A,
        "files": [["1.jpg", B, 5]],
        "officer_id": 3,
        "received_at": "2025-05-01T02:03:04+00:00",
    }
    spool.reject(dataclasses.replace(UNUSABLE, sha256=B))
    assert len(_files(tmp_path)) == 2


@settings(max_examples=40)
@given(instance_id=st.text(min_size=1), name=st.text())
def test_ids_and_names_never_become_paths(
    tmp_path_factory: pytest.TempPathFactory, instance_id: str, name: str
) -> None:
    root = tmp_path_factory.mktemp("spool")
    spool = Spool(root)
    sent = dataclasses.replace(RECEIPT, instance_id=instance_id, unnamed=((name, B, 7),))
    spool.accept(sent, A)
    digest = hashlib.sha256(instance_id.encode("utf-8", "surrogatepass")).hexdigest()
    assert {path.parent for path in _files(root)} == {root / "posts" / digest[:2] / digest}
    assert (name, B) in spool.held(instance_id)
