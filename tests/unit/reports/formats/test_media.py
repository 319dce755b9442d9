"""A ZIP and a CD as other programs open them: Thai names, every byte, the same file again."""

import os
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from mochocho.storage.file_names import in_joliet
from reports.formats import cd_image, index_page, zip_archive
from reports.formats.medium import Entry, fitted
from tests.needs import need
from tests.portal.driven import SIZES, driven, offline

LONG = "รายงานผลการดำเนินงานตามมาตรฐานการพัฒนาชุมชนของจังหวัดและอำเภอทั้งหมด"
FOLDER = "๑ เอกสาร & ทะเบียน"


@pytest.fixture
def entries(tmp_path: Path) -> list[Entry]:
    """Two hundred files, so that a folder has many blocks; two alike in their first 64 letters."""
    large = tmp_path / "large.pdf"
    large.write_bytes(bytes(range(256)) * 40_000)
    files = [Entry((FOLDER, f"เล่มที่ {n} ของจังหวัด.pdf"), b"%PDF" * n) for n in range(200)]
    files += [Entry((f"{LONG} {n}.pdf",), b"%d" % n) for n in (1, 2)]
    files += [Entry(("ลึก", "ลงไป", "อีก", "ว่าง.txt"), b""), Entry(("large.pdf",), large)]
    found = fitted([Entry((index_page.NAME,), b""), *files], in_joliet)[1:]
    return [*found, Entry((index_page.NAME,), index_page.page("เอกสาร <b>", ["ปี 2568"], found))]


def opened(folder: Path) -> dict[tuple[str, ...], bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).parts: path.read_bytes() for path in paths}


def meant(entries: list[Entry]) -> dict[tuple[str, ...], bytes]:
    return {e.path: e.source if isinstance(e.source, bytes) else e.source.read_bytes() for e in entries}


def unpack(folder: Path, *command: str) -> dict[tuple[str, ...], bytes]:
    """What a program takes out of a file on a system whose letters are ASCII."""
    need(command[0])
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    subprocess.run(command, cwd=folder, env=plain | {"LC_ALL": "C"}, check=True, capture_output=True)
    return opened(folder / "out")


def test_a_cd_holds_every_file_under_its_thai_name(tmp_path: Path, entries: list[Entry]) -> None:
    target = tmp_path / "cd.iso"
    size = cd_image.write(target, entries, "มชช 1-2568")
    assert target.stat().st_size == size
    assert unpack(tmp_path, "7z", "x", "-oout", "cd.iso") == meant(entries)
    listed = subprocess.run(["7z", "l", "-slt", target], capture_output=True, text=True, check=True).stdout
    assert "Errors" not in listed
    assert "Warning" not in listed
    assert target.read_bytes()[17 * 2048 + 40 :][:20].decode("utf-16-be") == "มชช 1-2568"
    assert all(len(part) <= 64 for entry in entries for part in entry.path)


def test_a_browser_without_a_network_opens_a_disc_s_files_from_its_first_page(
    tmp_path: Path, entries: list[Entry]
) -> None:
    cd_image.write(tmp_path / "cd.iso", entries, "x")
    unpack(tmp_path, "7z", "x", "-oout", "cd.iso")
    with driven((tmp_path / "out").as_uri()) as browser:
        offline(browser)
        for width, height in SIZES:
            browser.size(width, height)
            browser.open("/index.html")
            assert browser.find("h1").text == "เอกสาร <b>"
            assert not browser.too_wide()
        assert browser.run("return performance.getEntriesByType('resource').length") == 0
        browser.click("a[href$='.txt']")
        browser.until("location.href.endsWith('.txt')")
        assert browser.console() == []


@pytest.mark.parametrize("program", ["7z", "unzip", "python"])
def test_a_zip_gives_thai_names_where_letters_are_ascii(
    tmp_path: Path, entries: list[Entry], program: str
) -> None:
    target = tmp_path / "all.zip"
    zip_archive.write(target, entries)
    if program == "python":
        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None
            found = {tuple(name.split("/")): archive.read(name) for name in archive.namelist()}
    else:
        words = {"7z": ("x", "-oout", "all.zip"), "unzip": ("-qq", "all.zip", "-d", "out")}[program]
        found = unpack(tmp_path, program, *words)
    assert found == meant(entries)


def test_the_same_files_in_any_order_give_the_same_bytes(tmp_path: Path, entries: list[Entry]) -> None:
    for name, files in (("a", entries), ("b", entries[::-1])):
        cd_image.write(tmp_path / f"{name}.iso", files, "x")
        zip_archive.write(tmp_path / f"{name}.zip", files)
    for kind in ("iso", "zip"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


def test_the_first_page_links_to_every_file_and_to_nothing_else(entries: list[Entry]) -> None:
    (page,) = [entry.source for entry in entries if entry.path == (index_page.NAME,)]
    assert isinstance(page, bytes)
    tree = html.document_fromstring(page)
    links = {tuple(unquote(str(one)).split("/")) for one in tree.xpath("//a/@href")}
    assert links == {entry.path for entry in entries} - {(index_page.NAME,)}
    assert tree.findtext(".//h1") == "เอกสาร <b>"
    assert tree.xpath("//script | //img | //link | //*[@src]") == []
    assert b"http://" not in page
    assert b"https://" not in page


@pytest.mark.parametrize("kind", ["zip", "iso"])
def test_a_source_that_cannot_be_read_leaves_the_old_file(tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"old.{kind}"
    target.write_bytes(b"old")
    gone = [Entry(("a",), b"1" * 5000), Entry(("b",), tmp_path / "gone")]
    with pytest.raises(FileNotFoundError):
        zip_archive.write(target, gone) if kind == "zip" else cd_image.write(target, gone, "x")
    assert opened(tmp_path) == {(target.name,): b"old"}
