"""ชุดเกณฑ์: a file's mistakes, or what it changes, before it is taken; nobody but an administrator."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mochocho.app import access_chain
from mochocho.settings.config import load_settings
from mochocho.standards.load import RELEASED
from mochocho.storage.home import Home
from tests.portal.conftest import ORIGIN, Browser, Clock, hidden, made_site, signed_in

WRITTEN = '# ของเรา\npack = "2568-sample"\n'
SAMPLE = (RELEASED / "2568-sample.yaml").read_text("utf-8")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mochocho.toml"
    path.write_text(WRITTEN, "utf-8")
    return path


@pytest.fixture
def site(own_home: Home, file: Path, clock: Clock) -> Flask:
    settings = load_settings(file, home=own_home.settings.home)
    return made_site(replace(own_home, settings=settings), clock)


@pytest.fixture
def admin(site: Flask) -> Browser:
    return signed_in(site, "admin")


def offer(browser: Browser, name: str, content: bytes) -> TestResponse:
    data = {"csrf": browser.token(), "file": (io.BytesIO(content), name)}
    headers = {"Origin": ORIGIN}
    return browser.post("/settings/pack", data=data, headers=headers, content_type="multipart/form-data")


def changed(browser: Browser, **cells: str) -> bytes:
    """The workbook of the pack that holds, with every cell that holds one of these values changed."""
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/settings/pack/workbook").data))
    found = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in cells:
                    cell.value, found = cells[cell.value], found + 1
    assert found
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_shown_with_its_changes_and_then_taken(
    admin: Browser, file: Path, own_home: Home
) -> None:
    answer = offer(admin, "ปี 2569.xlsx", changed(admin, **{"2568-sample": "2568-ours"}))
    assert answer.status_code == 200
    assert "2568-ours เทียบกับ 2568-sample" in answer.text
    assert file.read_text("utf-8") == WRITTEN
    taken = admin.send("/settings/pack/take", offered=hidden(answer.text, "offered"))
    assert taken.status_code == 303
    assert file.read_text("utf-8") == '# ของเรา\npack = "2568-ours.yaml"\n'
    assert "2568-ours" in admin.get("/settings/pack").text  # the portal has it at once
    assert load_settings(file).pack == str(file.with_name("2568-ours.yaml"))
    (row,) = [one for one in access_chain.last(own_home, 9) if one.what == "pack"]
    assert (row.about, row.name) == ("2568-ours", "นายดูแล ระบบดี")
    assert row.reason.startswith("จาก 2568-sample: ")


def test_a_changed_criterion_stands_in_the_table(admin: Browser) -> None:
    new = SAMPLE.replace("id: 2568-sample", "id: 2568-ours", 1)
    line = next(one for one in new.splitlines() if one.strip().startswith("th: "))
    changed_line = line.partition("th: ")[0] + 'th: "{{7*7}}<b>"'
    answer = offer(admin, "new.yaml", new.replace(line, changed_line, 1).encode())
    assert answer.status_code == 200, answer.text
    assert "{{7*7}}&lt;b&gt;" in answer.text
    assert "แก้ข้อความ" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.pdf", b"%PDF", "ให้เลือกไฟล์ .xlsx หรือ .xlsm หรือ .yaml"),
        ("x.xlsx", b"no workbook", "Excel"),
        ("x.yaml", b"id: [", "บรรทัดที่ 1"),
        ("x.yaml", SAMPLE.encode(), "เป็นของชุดที่เผยแพร่แล้ว"),
        ("", b"", "ให้เลือกไฟล์ .xlsx หรือ .xlsm หรือ .yaml"),
    ],
)
def test_what_is_no_pack_is_said_and_nothing_is_kept(
    admin: Browser, file: Path, name: str, content: bytes, said: str
) -> None:
    answer = offer(admin, name, content)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert file.read_text("utf-8") == WRITTEN


def test_every_mistake_of_a_workbook_is_told_with_its_place(admin: Browser) -> None:
    answer = offer(admin, "x.xlsx", changed(admin, **{"2568-sample": "ไม่ใช่รหัส!"}))
    assert answer.status_code == 422
    assert "แผ่นงาน “" in answer.text


def test_a_file_too_large_is_refused(admin: Browser) -> None:
    kind, headers = "multipart/form-data; boundary=x", {"Origin": ORIGIN}
    answer = admin.post("/settings/pack", data=b"#" * (3 << 20), content_type=kind, headers=headers)
    assert (answer.status_code, "ไฟล์ใหญ่เกินไป" in answer.text) == (413, True)


@pytest.mark.parametrize("name", ["", "x", "../../mochocho.toml", "0" * 64])
def test_what_was_not_shown_cannot_be_taken(admin: Browser, file: Path, name: str) -> None:
    answer = admin.send("/settings/pack/take", offered=name)
    assert (answer.status_code, "ให้ส่งไฟล์อีกครั้ง" in answer.text) == (422, True)
    assert file.read_text("utf-8") == WRITTEN


def test_a_pack_from_a_variable_is_not_changed_here(
    admin: Browser, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCHOCHO_PACK", "2568-sample")
    answer = admin.send("/settings/pack/take", offered="0" * 64)
    assert (answer.status_code, "MOCHOCHO_PACK" in answer.text) == (422, True)


def test_the_province_reads_settings_and_takes_no_pack(site: Flask) -> None:
    browser = signed_in(site, "province")
    assert browser.get("/settings/pack").status_code == 403
    assert offer(browser, "new.yaml", SAMPLE.encode()).status_code == 403
