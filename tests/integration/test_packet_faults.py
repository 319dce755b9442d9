"""A packet is complete or the old one stays; what was damaged is made again."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pymupdf
import pytest
from filelock import FileLock
from PIL import Image

import reports.packet.lay_out
import reports.packet.make_packet
from mochocho.app.migrations.migrate import upgrade
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal, Transient
from processing.assessment import cases as casebook
from reports.packet import volumes
from tests.unit.reports.make_packet import instead, packet, settings, twelve


@pytest.fixture(autouse=True)
def _cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.packet.lay_out.opened", None)  # restored after the test


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Home]:
    home = open_home(settings(tmp_path / "home"))
    upgrade(home.engine)
    yield home
    home.engine.dispose()


@pytest.fixture(scope="module")
def printed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home that made the packet of `twelve`."""
    folder = tmp_path_factory.mktemp("printed")
    home = open_home(settings(folder / "home"))
    upgrade(home.engine)
    with pytest.MonkeyPatch.context() as restored:
        restored.setattr("reports.packet.lay_out.opened", None)
        packet(home, folder / "out", twelve(home.store))
    home.engine.dispose()
    return folder / "home"


@pytest.fixture
def printed(printed_once: Path, tmp_path: Path) -> Iterator[Home]:
    """As `office`, with all sheets of `twelve` in the cache."""
    shutil.copytree(printed_once, tmp_path / "home")
    home = open_home(settings(tmp_path / "home"))
    yield home
    home.engine.dispose()


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_run_interrupted_at_any_step_leaves_the_old_packet(
    printed: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    packet(printed, out, twelve(printed.store))
    edited = False

    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("lay_out", "print_all", "bind", "manifest", "atomic_file", "_publish"):
        old, edited = everything(out), not edited
        with monkeypatch.context() as broken:
            broken.setattr(reports.packet.make_packet, step, full)
            with pytest.raises(OSError, match="space"):
                packet(printed, out, twelve(printed.store, edited=edited))
        assert everything(out) == old, step
        packet(printed, out, twelve(printed.store, edited=edited))
        assert everything(out) != old, step
        assert set(everything(out)) == {"packet.pdf", "manifest.json"}, step


def test_a_damaged_cache_is_made_again(printed: Home, tmp_path: Path) -> None:
    packet(printed, tmp_path / "out", twelve(printed.store))
    first = everything(tmp_path / "out")
    kept = [path for path in (printed.settings.cache_dir / "papers").rglob("*") if path.is_file()]
    assert len(kept) > 10
    for i, path in enumerate(kept):
        content = path.read_bytes()
        path.write_bytes((b"", content[:-1], b"x" + content[1:])[i % 3])
    packet(printed, tmp_path / "out", twelve(printed.store))
    assert everything(tmp_path / "out") == first


def test_nothing_of_an_erased_case_stays_in_the_cache(printed: Home, tmp_path: Path) -> None:
    packet(printed, tmp_path / "out", twelve(printed.store))
    packet(printed, tmp_path / "out", [])
    cache = printed.settings.cache_dir / "papers"
    assert len([path for path in cache.rglob("*") if path.is_file()]) == 2 * 5  # texts and PDFs


def test_a_packet_that_becomes_volumes_replaces_the_one_file_and_back(
    printed: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, cases = tmp_path / "out", twelve(printed.store)
    packet(printed, out, cases)
    (out / "packet-signed.pdf").write_bytes(b"the clerk's own")
    with monkeypatch.context() as small:
        small.setattr(volumes, "MOST_UNITS", 5)
        files = packet(printed, out, cases)
    assert [path.name for path in files.pdfs] == ["packet-1.pdf", "packet-2.pdf"]
    assert set(everything(out)) == {"packet-1.pdf", "packet-2.pdf", "manifest.json", "packet-signed.pdf"}
    assert [o["name"] for o in json.loads(files.manifest.read_text("utf-8"))["outputs"]] == [
        "packet-1.pdf",
        "packet-2.pdf",
    ]
    packet(printed, out, cases)
    assert set(everything(out)) == {"packet.pdf", "manifest.json", "packet-signed.pdf"}


def test_two_packets_are_not_made_at_once(office: Home, tmp_path: Path) -> None:
    office.settings.cache_dir.mkdir(parents=True, exist_ok=True)
    with (
        FileLock(office.settings.cache_dir / "packet.lock"),
        pytest.raises(Transient, match="another packet"),
    ):
        packet(office, tmp_path / "out", [])


def test_an_emblem_that_is_not_there_is_told(tmp_path: Path) -> None:
    plain = settings(tmp_path / "home")
    papers = plain.papers.model_copy(update={"emblem": tmp_path / "none.png"})
    home = open_home(plain.model_copy(update={"papers": papers}))
    upgrade(home.engine)
    with pytest.raises(Terminal, match="emblem"):
        packet(home, tmp_path / "out", [])
    home.engine.dispose()


def test_a_killed_typesetter_is_told_and_the_next_run_is_whole(office: Home, tmp_path: Path) -> None:
    reports.packet.lay_out.opened = instead(twelve(office.store))

    def kill(*_now: object) -> None:
        for child in psutil.Process().children():
            with suppress(psutil.NoSuchProcess):  # one that an earlier test ended may not be buried yet
                if any("presses.press" in word for word in child.cmdline()):
                    child.kill()

    with pytest.raises(Transient, match="stopped"):
        reports.packet.make_packet.make_packet(office, tmp_path / "out", kill)
    assert everything(tmp_path / "out") == {}
    undisturbed = packet(office, tmp_path / "undisturbed", twelve(office.store))
    packet(office, tmp_path / "out", twelve(office.store))
    assert everything(tmp_path / "out") == everything(undisturbed.manifest.parent)


def test_a_home_without_applications_has_its_papers(
    office: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.packet.lay_out.opened", casebook.opened)
    (pdf,) = reports.packet.make_packet.make_packet(office, tmp_path / "out").pdfs
    with pymupdf.open(pdf) as document:
        assert "- ไม่มี -" in document[-1].get_text()


def test_the_emblem_of_the_settings_stands_on_the_cover(tmp_path: Path) -> None:
    emblem = tmp_path / "emblem.png"
    Image.new("RGBA", (600, 600), (180, 20, 20, 255)).save(emblem)
    plain = settings(tmp_path / "home")
    papers = plain.papers.model_copy(update={"emblem": emblem})
    home = open_home(plain.model_copy(update={"papers": papers}))
    upgrade(home.engine)
    (pdf,) = packet(home, tmp_path / "out", []).pdfs
    home.engine.dispose()
    with pymupdf.open(pdf) as document:
        assert [len(page.get_images()) for page in document][:2] == [1, 0]


def test_progress_ends_at_its_total(office: Home, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    reports.packet.lay_out.opened = instead(twelve(office.store))
    for _ in range(2):  # typeset, then from the cache
        told.clear()
        reports.packet.make_packet.make_packet(office, tmp_path / "out", lambda *now: told.append(now))
        stage, done, total = told[-1]
        assert (stage, done, total > 5) == ("packet", total, True)
        assert told == sorted(told)
        assert {now[2] for now in told} == {total}
