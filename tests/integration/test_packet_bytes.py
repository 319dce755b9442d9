"""A packet depends only on its content: same content, same bytes, wherever and whenever it is made."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from sqlalchemy import select

from mochocho.app.migrations.migrate import upgrade
from mochocho.storage.db import reading
from mochocho.storage.files import sha256_of
from mochocho.storage.home import Home, open_home
from reports.packet.make_packet import PacketFiles
from reports.tables import PacketRow
from tests.unit.reports import make_packet
from tests.unit.reports.make_packet import EDITED, packet, settings, twelve


@pytest.fixture(autouse=True)
def _cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.packet.lay_out.opened", None)  # restored after the test


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = open_home(settings(tmp_path_factory.mktemp("office") / "home"))
    upgrade(home.engine)
    yield home
    home.engine.dispose()


@pytest.fixture(scope="module")
def first(office: Home, tmp_path_factory: pytest.TempPathFactory) -> PacketFiles:
    with pytest.MonkeyPatch.context() as restored:
        restored.setattr("reports.packet.lay_out.opened", None)
        return packet(office, tmp_path_factory.mktemp("first") / "out", twelve(office.store))


def content(files: PacketFiles) -> list[bytes]:
    return [path.read_bytes() for path in (*files.pdfs, files.manifest)]


def looks(path: Path) -> list[bytes]:
    """Each page as it is seen."""
    with pymupdf.open(path) as document:
        return [page.get_pixmap(dpi=40).samples for page in document]


def texts(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return ["".join(page.get_text().split()) for page in document]


def test_the_same_cases_in_any_order_give_the_same_bytes(
    office: Home, first: PacketFiles, tmp_path: Path
) -> None:
    shuffled = twelve(office.store)
    random.Random(7).shuffle(shuffled)
    assert content(packet(office, tmp_path / "again", shuffled)) == content(first)


def test_another_place_zone_locale_hash_seed_and_umask_give_the_same_bytes(
    first: PacketFiles, tmp_path: Path
) -> None:
    elsewhere = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "th_TH.UTF-8",
        "LANG": "C",
        "PYTHONHASHSEED": "4711",
        "HOME": str(tmp_path),
        "SOURCE_DATE_EPOCH": "86400",
    }
    out = tmp_path / "elsewhere" / "out"
    command = [sys.executable, "-m", make_packet.__name__, str(tmp_path / "other"), str(out)]
    subprocess.run(command, env=elsewhere, check=True, umask=0o002)
    made = PacketFiles((out / "packet.pdf",), out / "manifest.json")
    assert content(made) == content(first)
    for path in (*made.pdfs, made.manifest):
        assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in (out, out.parent)} == {0o700}


def test_an_edited_application_changes_only_its_dossier_and_the_lines_that_show_it(
    office: Home, first: PacketFiles, tmp_path: Path
) -> None:
    second = packet(office, tmp_path / "second", twelve(office.store, edited=True))
    before, after = looks(first.pdfs[0]), looks(second.pdfs[0])
    assert len(before) == len(after)
    pages = texts(second.pdfs[0])
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed == [i for i, page in enumerate(pages) if "".join(EDITED.split()) in page]
    assert len(changed) == 2  # its line in แนบ ๔, and the first page of its dossier


def test_the_manifest_names_every_input_and_output_and_nothing_of_the_machine(
    office: Home, first: PacketFiles
) -> None:
    text = first.manifest.read_text("utf-8")
    told = json.loads(text)
    assert told["counts"]["passed_total"] == 10
    assert told["counts"]["blocked_total"] == 2
    assert len(told["inputs"]["instances"]) == len(told["inputs"]["assessments"]) == 12
    assert told["inputs"]["pack"]["sha256"] == office.pack_digest
    assert told["outputs"][0]["name"] == "packet.pdf"
    assert told["outputs"][0]["pages"] == len(texts(first.pdfs[0]))
    assert {"mochocho", "typst", "pikepdf", "pillow", "icu4py"} <= set(told["versions"])
    assert text == json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    assert str(first.manifest.parent) not in text
    assert str(office.settings.home) not in text


def test_what_the_manifest_says_follows_what_goes_in(
    office: Home, first: PacketFiles, tmp_path: Path
) -> None:
    before = first.manifest.read_bytes()
    cases = twelve(office.store)[:-1]
    assert packet(office, tmp_path / "fewer", cases).manifest.read_bytes() != before


def test_a_packet_is_recorded_once_however_often_it_is_made(
    office: Home, first: PacketFiles, tmp_path: Path
) -> None:
    packet(office, tmp_path / "two", twelve(office.store))
    own = PacketRow.manifest_sha256 == sha256_of(first.manifest)
    with reading(office.engine) as session:
        assert len(session.scalars(select(PacketRow).where(own)).all()) == 1


def test_outline_and_page_labels_are_those_of_the_paper(first: PacketFiles) -> None:
    with pikepdf.open(first.pdfs[0]) as pdf:
        labels = [page.label for page in pdf.pages]
    with pymupdf.open(first.pdfs[0]) as document:
        contents = document.get_toc()
        heads = ["".join(page.get_text(clip=pymupdf.Rect(0, 0, 850, 52)).split()) for page in document]
        titles = [title for level, title, _ in contents if level == 1]
        assert titles[:5] == ["ปก", "ระเบียบวาระการประชุม", "ลำดับการนำเสนอ", "เอกสารแนบ ๔", "ผู้ที่ยังไม่ผ่าน"]
        assert titles[5:] == ["อำเภอแม่จัน", "อำเภอพาน"]
        for level, title, page in contents:
            if level == 2:
                assert "".join(title.partition(" ")[2].split()) in "".join(
                    document[page - 1].get_text().split()
                )
    dossiers = [(label, head) for label, head in zip(labels, heads, strict=True) if label[0] in "๑๒๓๔๕๖๗๘๙"]
    assert len(dossiers) >= 20
    assert all(head.endswith(label) for label, head in dossiers)
