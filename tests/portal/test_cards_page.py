"""A page on which the machine is not sure to see an ID card: listed, decided, then shown accordingly."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mochocho.app import access_chain
from mochocho.app.commands.cli import cli
from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from processing.assessment.cases import cases
from processing.decisions import recorded
from processing.decisions.decision import OnCard
from processing.decisions.office.told import line
from reports.packet import needed_sheets
from reports.view.applicant.dossier_documents import documents
from reports.view.pictures import Size
from reports.view.printed_words import Words
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY
from tests.portal.conftest import HERE, ORIGIN, Browser, Clock, made_site, signed_in
from tests.portal.refused import refused_at
from tests.portal.routes import FOREIGN

KEY, LIST = ENTITY.format(21), "/documents/cards"
PLACE = re.compile(rf'action="{LIST}/{KEY}/([0-9a-f]{{64}}\.\d+)"')


def picture(shade: int) -> bytes:
    """A page on which nothing is written."""
    file = io.BytesIO()
    Image.new("RGB", (600, 400), (shade, shade, shade)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def clerk(own_home: Home, clock: Clock) -> Browser:
    form = mirror.application(own_home, 21, ApplicantType.LEADER, district=HERE)
    form.files = {name: picture(90 + 3 * place) for place, name in enumerate(form.files)}
    mirror.send(own_home, form)
    run_once(own_home)
    return signed_in(made_site(own_home, clock), "district")


def covered_views(clerk: Browser) -> list[str]:
    return re.findall(r'href="(/evidence/[0-9a-f]{64}\?covered=1)"', clerk.get(f"/applicants/{KEY}").text)


def sizes(home: Home, sha256: str) -> set[Size]:
    """At which sizes the dossier prints this picture."""
    case = next(one for one in cases(home) if one.application.key == KEY)
    rows = documents(case, home.pack.standard(ApplicantType.LEADER), Words())
    shown = [page for row in rows for page in (*row.pages, *(leaf.picture for leaf in row.leaves))]
    return {page.size for page in shown if page.sha256 == sha256}


def test_what_a_person_found_on_the_page_is_how_it_is_shown(own_home: Home, clerk: Browser) -> None:
    views = covered_views(clerk)
    assert len(views) >= 2
    assert PLACE.findall(clerk.get(LIST).text) == []  # nobody has come upon them
    for view in views:
        assert "เครื่องไม่แน่ใจ" in clerk.get(view).text
    shown = {view.split("/")[2][:64] for view in views}
    places = PLACE.findall(clerk.get(LIST).text)
    assert {place[:64] for place in places} == shown
    without, with_card, *_ = places
    refused_at(clerk.send(f"{LIST}/{KEY}/{without}", card="no", reason=" "), f"reason-{without}")
    assert sizes(own_home, without[:64]) == {Size.VEILED}
    packet = needed_sheets.state(own_home)
    assert clerk.send(f"{LIST}/{KEY}/{without}", card="no", reason="เป็นหนังสือรับรอง").status_code == 303
    assert clerk.send(f"{LIST}/{KEY}/{with_card}", card="yes", reason="เห็นบัตร").status_code == 303
    assert not {without, with_card}.intersection(PLACE.findall(clerk.get(LIST).text))
    whole = clerk.get(f"/evidence/{without[:64]}?covered=1")
    row = access_chain.last(own_home, 1)[0]
    assert (whole.mimetype, row.what, row.about) == ("image/jpeg", "page_image", without[:64])
    assert "เจ้าหน้าที่ดูแล้ว" in clerk.get(f"/evidence/{with_card[:64]}?covered=1").text
    assert needed_sheets.state(own_home) != packet  # or nobody would make it anew
    assert sizes(own_home, without[:64]) == {Size.READING}
    assert sizes(own_home, with_card[:64]) == {Size.VEILED}


def test_of_others_nothing_is_listed_and_of_other_pages_nothing_recorded(clerk: Browser) -> None:
    place = f"{'0' * 64}.0"
    answer = clerk.send(f"{LIST}/{KEY}/{place}", card="no", reason="ไม่มีบัตร")
    assert answer.status_code == 422
    assert "ไม่มีภาพนี้" in answer.text
    assert clerk.send(f"{LIST}/{ENTITY.format(FOREIGN)}/{place}", card="no", reason="x").status_code == 404
    assert clerk.send(f"{LIST}/{KEY}/{place}", card="maybe", reason="x").status_code == 404


def _command(home: Home, folder: Path) -> Callable[..., Result]:
    (folder / "mochocho.toml").write_text('province = "เชียงราย"\npack = "2568-sample"\n', "utf-8")
    run = CliRunner(env={"MOCHOCHO_HOME": str(home.settings.home)})
    words = ["--config", str(folder / "mochocho.toml"), "--lang", "th", "documents"]
    return lambda *more: run.invoke(cli, [*words, *map(str, more)])


def _filled(content: bytes, *rows: tuple[str, str]) -> bytes:
    """The file with these values of `ในภาพ` and `เหตุผล` in its first rows."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    (sheet,) = book.worksheets
    columns = {cell.value: place for place, cell in enumerate(sheet[3])}
    for number, (verdict, reason) in enumerate(rows, start=4):
        sheet[number][columns["ในภาพ"]].value = verdict
        sheet[number][columns["เหตุผล"]].value = reason
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _decided(home: Home) -> list[tuple[bool, str, str]]:
    with reading(home.engine) as session:
        every = recorded.about_applicant(session, KEY)
    return [
        (one.content.card, one.reason, one.recorded_by) for one in every if isinstance(one.content, OnCard)
    ]


def test_an_excel_file_of_them_is_filled_in_and_read_back_at_both_doors(
    own_home: Home, clerk: Browser, tmp_path: Path
) -> None:
    command, by = _command(own_home, tmp_path), ("--by", "นางบันทึก ตัวอย่าง")
    made = command("unsure", "--xlsx", tmp_path / "cards")
    assert made.exit_code == 0, made.output
    assert [row.about for row in access_chain.last(own_home, 1) if row.what == "export"] == [KEY]
    path = tmp_path / "cards" / "ภาพที่อาจมีบัตรประจำตัว.xlsx"
    pictures = [one for one in (tmp_path / "cards" / "pictures" / KEY).iterdir() if one.suffix == ".jpg"]
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert len(pictures) == sheet.max_row - 3 == 2
    blank = path.read_bytes()
    path.write_bytes(_filled(blank, ("ไม่รู้", "มองไม่ออก"), ("ไม่มีบัตร", "")))
    wrong = command("import", path, *by)
    assert wrong.exit_code != 0
    assert "แถว 4 คอลัมน์ “ในภาพ”: ต้องเป็นข้อใดข้อหนึ่ง: “มีบัตร”, “ไม่มีบัตร”" in wrong.output
    assert "แถว 5 คอลัมน์ “เหตุผล”" in wrong.output
    assert _decided(own_home) == []
    province = signed_in(clerk.application, "province")
    noted = province.get("/imports/blank/cards/ภาพที่เคยเปิดแบบปกปิด").data
    data = {"csrf": province.token(), "file": (io.BytesIO(_filled(noted, ("มีบัตร", "เห็นบัตร"))), "a.xlsx")}
    sent = {"headers": {"Origin": ORIGIN}, "content_type": "multipart/form-data"}
    shown = province.post("/imports/cards", data=data, **sent).text
    assert "ภาพที่อาจมีบัตรประจำตัว จะบันทึก 1 ข้อ" in shown
    assert "มีข้อมูลของบุคคล ให้ปกปิดทั้งหน้า" in shown

    path.write_bytes(_filled(blank, ("มีบัตร", "{{7*7}}"), ("ไม่มีบัตร", "เป็นหนังสือรับรอง")))
    done = command("import", path, *by)
    assert "บันทึก 2 รายการ มีอยู่แล้ว 0" in done.output, done.output
    assert _decided(own_home) == [
        (True, "{{7*7}}", "นางบันทึก ตัวอย่าง"),
        (False, "เป็นหนังสือรับรอง", "นางบันทึก ตัวอย่าง"),
    ]


def test_the_command_looks_at_every_page_and_records_the_same(
    own_home: Home, clerk: Browser, tmp_path: Path
) -> None:
    assert clerk.get(LIST).status_code == 200
    command = _command(own_home, tmp_path)
    listed = command("unsure", "--district", HERE)
    assert listed.exit_code == 0, listed.output
    places = re.findall(rf"{KEY} ([0-9a-f]{{64}}\.\d+)", listed.output)
    assert f"รอคนวินิจฉัย {listed.output.count('หน้า ')} ภาพ" in listed.output
    assert len(places) >= 2
    assert set(PLACE.findall(clerk.get(LIST).text)) == set(places)
    asked = ["card", KEY, places[0], "--by", "นางบันทึก ตัวอย่าง"]
    wanting = command(*asked, "--no-card")
    assert (wanting.exit_code, "--reason" in wanting.output) == (2, True)
    done = command(*asked, "--no-card", "--reason", "เป็นหนังสือรับรอง")
    assert done.exit_code == 0, done.output
    assert places[0] not in command("unsure").output
    with reading(own_home.engine) as session:
        (one,) = recorded.about_applicant(session, KEY)
    told = line(one, {})
    assert f"วินิจฉัยภาพที่อาจมีบัตรประจำตัว {places[0][:12]} ไม่มีบัตร" in told
    assert places[0] not in told
