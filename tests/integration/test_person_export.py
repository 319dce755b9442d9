"""`person export`: the person gets what is theirs, as a page, JSON and pictures, and nothing of others."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from mochocho.app import access_chain
from mochocho.app.persons.gathered_data import gather
from processing.persons.sought_person import sought
from tests.integration.commands import Office
from tests.integration.planted_person import FORMER_KEY, ID, KEY, NAME, OTHER, OTHER_KEY, planted

ASKED = ("--identified-by", "นางพิสูจน์ ตัวอย่าง", "--reason", "คำขอ 9/2568")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with planted(tmp_path_factory.mktemp("export")) as one:
        yield one


def exported(office: Office, target: Path, *words: str) -> dict[str, bytes]:
    done = office.call("person", "export", str(target), *words, *ASKED)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_person_gets_what_is_theirs_and_nothing_of_others(office: Office, tmp_path: Path) -> None:
    files = exported(office, tmp_path / "one.zip", "--national-id", ID)
    told = json.loads(files["ข้อมูล.json"])
    assert told["keys"] == sorted([KEY, FORMER_KEY])
    assert told["identified_by"] == "นางพิสูจน์ ตัวอย่าง"
    (identity,) = (row["values"] for row in told["rows"] if row["table"] == "identity")
    assert (identity["national_id"], identity["phone"]) == (ID, "000-000-0012")
    (applicant,) = (row["values"] for row in told["rows"] if row["table"] == "applicant")
    assert applicant["name"] == NAME
    assert applicant["application"]["advisers"] == [
        {"name": "(ปกปิดชื่อผู้อื่น)", "about": "ติดต่อ (ปกปิดชื่อผู้อื่น) โทร (ปกปิด)", "origin": ""}
    ]
    page = html.document_fromstring(files["index.html"])
    text = page.text_content()
    for own in (
        "นางพิสูจน์ ตัวอย่าง",
        NAME,
        ID,
        "000-000-0012",
        "ผู้นำชุมชน",
        "เมืองเชียงราย",
        "12/3 <b>{{7*7}}</b> =1+1",
        "อายุ45",
        "อาชีพทำสวนลำไยปลูกเอง",
        "ผลงานสำคัญ 1ตั้งกองทุนร่วมกับ (ปกปิดชื่อผู้อื่น)",
    ):
        assert own in text
    everything = b"".join(files.values()).decode("utf-8", "ignore")
    for other in (OTHER, "สมศักดิ์", "ตั้งค่าเท่านั้น", OTHER_KEY, "000-000-0099"):
        assert other not in everything
    assert {mention["kind"] for mention in told["mentions"]} >= {"score_sheet", "meeting", "officer"}
    links = [link.get("href") for link in page.xpath("//a")]
    assert len(links) == len(files) - 2 == 1


def test_pictures_have_neither_place_nor_camera(office: Office, tmp_path: Path) -> None:
    files = exported(office, tmp_path / "one.zip", "--key", KEY)
    (picture,) = (content for name, content in files.items() if name.endswith(".jpg"))
    assert not Image.open(io.BytesIO(picture)).getexif()


def test_who_saw_what_of_an_applicant_is_told_with_the_reason(office: Office, tmp_path: Path) -> None:
    exported(office, tmp_path / "one.zip", "--key", KEY)
    (sha256,) = (row.sha256 for row in gather(office.home, sought(key=KEY)).files)
    access_chain.note_at_the_command_line(office.home, "file", sha256, "ดูเอกสาร")
    access_chain.note_at_the_command_line(office.home, "export", "registers", "mochocho export registers")
    shown = office.call("audit", "show", "--person", KEY).output
    own, _, whole = shown.partition("ชุดเอกสารและไฟล์ส่งออก")
    assert "ข้อมูลของบุคคลหนึ่ง  คำขอ 9/2568 ผู้พิสูจน์ตัว นางพิสูจน์ ตัวอย่าง" in own
    assert "ไฟล์  ดูเอกสาร" in own
    assert "mochocho export registers" in whole
    assert "mochocho export registers" not in own
    other = office.call("audit", "show", "--person", OTHER_KEY).output
    assert "ดูเอกสาร" not in other
    assert "mochocho export registers" in other
    assert "ให้หารหัสด้วย" in office.call("audit", "show", "--person", "ไม่มี").output


def test_a_name_alone_gives_nobody_elses_application(office: Office, tmp_path: Path) -> None:
    files = exported(office, tmp_path / "one.zip", "--name", NAME)
    told = json.loads(files["ข้อมูล.json"])
    assert (told["keys"], told["rows"], told["files"]) == ([], [], [])
    assert ID not in files["ข้อมูล.json"].decode()
    assert {mention["kind"] for mention in told["mentions"]} >= {"applicant", "score_sheet", "meeting"}


def test_it_is_logged_with_who_identified_the_person_or_not_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(office, tmp_path / "one.zip", "--key", KEY)
    last = access_chain.last(office.home, 1)[0]
    assert (last.what, last.about, last.reason) == ("person", KEY, "คำขอ 9/2568 ผู้พิสูจน์ตัว นางพิสูจน์ ตัวอย่าง")
    assert access_chain.broken(office.home) == []
    nobody = office.call("person", "export", str(tmp_path / "none.zip"), "--key", "ไม่มี", *ASKED)
    assert "ไม่พบข้อมูลของบุคคลนี้" in nobody.output

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(access_chain, "append", refuse)
    assert office.call("person", "export", str(tmp_path / "none.zip"), "--key", KEY, *ASKED).exit_code != 0
    assert not (tmp_path / "none.zip").exists()
