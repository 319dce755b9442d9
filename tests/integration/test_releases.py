"""A packet is released by command, stays as it is whatever happens later, and tells what changed and what was
altered.
"""

import errno
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import page as validator
import pymupdf
import pytest
from click.testing import CliRunner, Result
from lxml import html
from sqlalchemy import select, text

from mochocho.app import access_chain
from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.model import Gate, Outcome, Resolution
from mochocho.words.thai import digits
from processing.assessment import assess
from processing.certificates.signing import signer
from processing.decisions.recorder import record_all
from processing.register import register_forms
from processing.releases import release_file
from reports.packet.make_packet import make_packet
from sync.tables import Submission
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.once import made_once
from tests.small_disks import fill, small_disk

MEETING = """
[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = "ห้องประชุม"
"""
BY = "นางบันทึก ตัวอย่าง"
PROVINCE = "ภูเก็ต"  # of three districts, each of which has papers
PHONE = "000-000-0000"
REASON = "เอกสารแนบแจกในห้องประชุม {{7*7}} #panic()"
OVERRIDDEN = ("--override", "annex.not_bound", "--reason", REASON)
KEYS = [mirror.ENTITY.format(n) for n in (1, 2, 3, 4)]
RELEASED = Path("home/releases/province-1-2568/1")
TOLD = [
    "1 กลุ่มทอผ้าตัวอย่าง 1: แก้ชื่อ: จาก “กลุ่มทอผ้าตัวอย่าง 1” เป็น “กลุ่มทอผ้าสมมุติ”",
    "1 กลุ่มทอผ้าตัวอย่าง 1: แก้ไขใบสมัคร",
    "2 กลุ่มทอผ้าตัวอย่าง 2: ใบสมัครถูกลบ: เดิม “ผ่านระดับอำเภอ”",
    "3 กลุ่มทอผ้าตัวอย่าง 3: มติระดับจังหวัด: จาก “ไม่มีมติ” เป็น “รับรอง ครั้งที่ 1/2568 วันที่ 10 เมษายน 2568”",
    "กลุ่มทอผ้าตัวอย่าง 4: สถานะเปลี่ยน: จาก “ยังไม่ผ่านระดับอำเภอ” เป็น “ผ่านระดับอำเภอ”",
    "กลุ่มทอผ้าตัวอย่าง 4: มติระดับอำเภอ: จาก “ไม่มีมติ” เป็น “รับรอง ครั้งที่ 1/2568 วันที่ 10 เมษายน 2568”",
]

LEAVES = [
    ("packet", "release", *OVERRIDDEN, "--archive", "--redacted"),
    ("export", "zip", "--release", "1", "--out", "out/released.zip"),
    ("export", "cd", "--release", "1", "--out", "out/released.iso"),
    ("export", "zip", "--out", "out/now.zip"),
    ("export", "archive", "--out", "out/archive"),
    ("export", "registers", "--out", "out/registers"),
    ("meeting", "docx", "out/word"),
]
ELSEWHERE: list[tuple[int, dict[str, str]]] = [
    (0o077, {"TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4242"}),
    (0o002, {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}),
]


def resolved(gate: Gate) -> Resolution:
    return Resolution(gate, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ตรวจต้นฉบับครบ", BY)


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "th", *words])


def done(*words: str, ends: int = 0) -> str:
    result = call(*words)
    assert result.exit_code == ends, result.output
    return result.output


def assessed(home: Home) -> None:
    register_forms.run(home)
    assess.do(home, assess.due(home))


def passed(folder: Path) -> None:
    """Four applicants, of whom a district passed three; the packet is made, and nothing is released."""
    commands.settings(folder, MEETING, BY, PROVINCE)
    home = open_home(load_settings(folder / "mochocho.toml"))
    upgrade(home.engine)
    mirror.send(home, *(mirror.application(home, n) for n in (1, 2, 3, 4)))
    register_forms.run(home)
    record_all(home, [(key, resolved(Gate.DISTRICT)) for key in KEYS[:3]])
    assessed(home)
    make_packet(home, home.settings.packet_dir)
    home.engine.dispose()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "passed-by-a-district", passed)


@pytest.fixture
def office(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A copy of it, as the current folder."""
    folder = tmp_path / "office"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("MOCHOCHO_LANG", raising=False)
    home = open_home(load_settings(folder / "mochocho.toml"))
    yield home
    home.engine.dispose()


def release() -> str:
    return done("packet", "release", *OVERRIDDEN)


def delete(home: Home, root_id: str) -> None:
    with transaction(home.engine) as session:
        session.scalars(select(Submission).where(Submission.root_id == root_id)).one().gone = True


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "addendum" not in path.as_posix()
    }


def text_of(path: Path) -> str:
    with pymupdf.open(path) as book:
        return "".join(page.get_text() for page in book)


def test_an_error_stops_a_release_unless_a_reason_is_given_which_is_printed(office: Home) -> None:
    assert "annex.not_bound" in done("packet", "release", ends=1)
    assert "--reason" in done("packet", "release", "--override", "annex.not_bound", ends=2)
    assert "hour.other" in done("packet", "release", "--override", "hour.other", "--reason", "x", ends=1)
    assert not RELEASED.exists()
    assert "ออกเอกสารชุดที่ 1 แล้ว" in release()
    note = text_of(RELEASED / "note.pdf")
    assert "{{๗*๗}} #panic()" in note
    assert hashlib.sha256((RELEASED / "packet.pdf").read_bytes()).hexdigest() in "".join(note.split())
    (row,) = access_chain.last(office, 1)
    assert (row.what, row.about, row.name) == ("packet", "release", BY)
    done("packet", "--out", "given")
    assert access_chain.last(office, 1)[0].reason == "given"


def test_what_happens_later_leaves_it_frozen_and_is_told_by_addenda(office: Home) -> None:
    release()
    before = content(RELEASED)
    assert "เปลี่ยน 0 รายการ" in done("packet", "diff")
    assert "ไม่ต้องทำใบแทรก" in done("packet", "addendum")

    edited = mirror.application(office, 1, applicant_name="กลุ่มทอผ้าสมมุติ")
    edited.edit = 1
    mirror.send(office, edited)
    delete(office, "app-2")
    record_all(office, [(KEYS[2], resolved(Gate.PROVINCE)), (KEYS[3], resolved(Gate.DISTRICT))])
    assessed(office)

    told = done("packet", "diff", ends=3)
    assert [line for line in told.splitlines() if ":" in line] == TOLD
    assert "ชุดที่ 1 ที่ออกแล้วไม่เปลี่ยน" in done("packet")
    assert "ทำใบแทรกฉบับที่ 1 แล้ว 6 รายการ" in done("packet", "addendum")
    assert content(RELEASED) == before
    assert json.loads(Path("home/packet/manifest.json").read_bytes())["counts"]["passed_total"] == 3
    paper = text_of(RELEASED / "addendum-1" / "addendum.pdf")
    assert "แก้ชื่อ" in paper
    assert "ใบสมัครถูกลบ" in paper
    assert "กลุ่มทอผ้าตัวอย่าง ๒" in paper
    with zipfile.ZipFile(RELEASED / "addendum-1" / "addendum.docx") as package:
        assert "มติระดับจังหวัด" in package.read("word/document.xml").decode()

    assert "เปลี่ยน 0 รายการ" in done("packet", "diff")
    assert "เปลี่ยน 6 รายการ" in done("packet", "diff", "--whole", ends=3)
    record_all(office, [(KEYS[3], resolved(Gate.PROVINCE))])
    assessed(office)
    done("person", "withdraw-consent", KEYS[2], "publication", "--reason", "ขอถอน")
    assert "ทำใบแทรกฉบับที่ 2 แล้ว 2 รายการ" in done("packet", "addendum")
    assert "ถอนความยินยอมให้เผยแพร่ชื่อ" in "".join(text_of(RELEASED / "addendum-2" / "addendum.pdf").split())
    listed = done("packet", "list")
    assert [part in listed for part in ("ชุดที่ 1 3 แฟ้ม", "ใบแทรกฉบับที่ 1", "ใบแทรกฉบับที่ 2")] == [True] * 3
    assert done("packet", "verify").count("เป็นอย่างที่ออกไว้") == 3
    done("audit", "verify")


def test_one_changed_byte_is_told_wherever_the_folder_is(office: Home, tmp_path: Path) -> None:
    release()
    done("certificates", "export-key", "given-out")
    away = tmp_path / "away"
    for place in (RELEASED, Path("given-out")):
        shutil.copytree(place, away / place.name)
    os.chdir(away)  # without settings and home
    keys = ("--key", "given-out/certificate-keys.pem")
    assert "เป็นอย่างที่ออกไว้" in done("packet", "verify", "1", *keys)
    assert "เป็นอย่างที่ออกไว้" in done("packet", "verify", "1/packet.pdf")
    for path in sorted(Path("1").iterdir()):
        whole = path.read_bytes()
        path.write_bytes(whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:])
        said = done("packet", "verify", "1", *keys, ends=1)
        assert path.name in said
        path.write_bytes(whole)
    (Path("1") / "note.pdf").rename("note.pdf")
    assert "หายไป" in done("packet", "verify", "1", ends=1)
    Path("note.pdf").rename(Path("1") / "note.pdf")
    (Path("1") / "other.pdf").write_bytes(b"%PDF")
    assert "ไม่ใช่ไฟล์ของชุดเอกสารนี้" in done("packet", "verify", "1", ends=1)
    assert "release.json" in done("packet", "verify", "given-out", ends=1)


def test_a_release_that_another_signed_is_not_the_provinces(office: Home, tmp_path: Path) -> None:
    release()
    done("certificates", "export-key", "given-out")
    said = release_file.read((RELEASED / "release.json").read_bytes())
    forged = replace(said.release, by="ผู้อื่น สมมุติ")
    (RELEASED / "release.json").write_bytes(release_file.written(forged, signer(tmp_path)))
    done("packet", "verify", str(RELEASED))  # whole in itself
    keys = ("--key", "given-out/certificate-keys.pem")
    assert "ไม่ได้ลงนามด้วยกุญแจ" in done("packet", "verify", str(RELEASED), *keys, ends=1)
    assert "ไม่ตรงกับที่บันทึกไว้" in done("packet", "verify", ends=1)
    done("audit", "verify")
    with transaction(office.engine) as session:
        session.execute(text("DROP TRIGGER released_no_update"))
        session.execute(text("UPDATE released_packet SET recorded_by = 'ผู้อื่น สมมุติ'"))
    assert "เอกสารที่ออก ลำดับ 1 ไม่เป็นอย่างที่บันทึกไว้" in done("audit", "verify", ends=3)


@pytest.mark.parametrize("where", ["shutil.copyfile", "write_file"])
def test_a_full_disk_leaves_nothing_and_the_packet_as_it_was(
    office: Home, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before = content(Path("home/packet"))

    def full(source: object, *_: object) -> None:
        if "releases" in f"{source}{_}":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(f"reports.releases.freezing.{where}", full)
        assert "ดิสก์เต็ม" in done("packet", "release", *OVERRIDDEN, ends=1)
    assert [*Path("home/releases").iterdir()] == []
    assert content(Path("home/packet")) == before
    assert "ยังไม่ได้ออกเอกสารชุดใด" in done("packet", "list")


def test_a_disk_that_fills_after_some_files_leaves_no_release(office: Home) -> None:
    before = content(Path("home/packet"))
    with small_disk(Path("home/releases"), 8 << 20) as disk:
        # room for the packet and for an archive's volume, which is about as large, and for nothing more
        fill(disk, 2 * Path("home/packet/packet.pdf").stat().st_size + 100_000)
        assert "ดิสก์เต็ม" in done("packet", "release", *OVERRIDDEN, "--archive", ends=1)
        assert [path.name for path in disk.iterdir()] == ["ballast"]
    assert content(Path("home/packet")) == before
    assert "ยังไม่ได้ออกเอกสารชุดใด" in done("packet", "list")


def test_the_same_content_is_released_as_the_same_bytes(
    office: Home, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release()
    other = tmp_path / "other"
    shutil.copytree(made, other)
    shutil.copytree("home/keys", other / "home" / "keys")
    here = content(RELEASED)
    monkeypatch.chdir(other)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    before = os.umask(0o007)
    try:
        release()
    finally:
        os.umask(before)
    assert content(RELEASED) == here
    every = (RELEASED, *RELEASED.iterdir())
    assert {path.name for path in every if path.stat().st_mode & 0o077} == set()


@pytest.mark.long
def test_every_format_that_leaves_is_the_same_in_another_zone_language_umask_and_hash_seed(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for number, (umask, changes) in enumerate(ELSEWHERE):
        folder = tmp_path / f"place {number}"
        shutil.copytree(made, folder)
        (folder / "out").mkdir()
        if found:  # which signs
            shutil.copytree(tmp_path / "place 0" / "home" / "keys", folder / "home" / "keys")
        before = os.umask(umask)
        try:
            with monkeypatch.context() as place:
                for name, value in changes.items():
                    place.setenv(name, value)
                for words in LEAVES:
                    ran = commands.run(folder, *words)
                    assert ran.returncode == 0, (words, ran.stdout, ran.stderr)
        finally:
            os.umask(before)
        found.append(content(folder / "out") | content(folder / RELEASED))
    kinds = {Path(name).suffix for name in found[0]}
    assert kinds == {".pdf", ".docx", ".xlsx", ".csv", ".zip", ".iso", ".json"}
    assert found[0] == found[1]


def test_a_release_is_whole_or_not_at_all(office: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr("reports.releases.freezing.sync_dir", full)  # after the folder has its name
        done("packet", "release", *OVERRIDDEN, ends=1)
    assert "ยังไม่ได้ออกเอกสารชุดใด" in done("packet", "list")
    assert "ไม่ตรงกับที่บันทึกไว้" in done("packet", "verify", ends=1)
    release()
    assert "ชุดที่ 1 3 แฟ้ม" in done("packet", "list")
    assert "เป็นอย่างที่ออกไว้" in done("packet", "verify")
    assert [path.name for path in Path("home/releases").iterdir()] == ["province-1-2568"]


def test_nothing_is_given_out_that_the_log_cannot_say(office: Home) -> None:
    with transaction(office.engine) as session:
        session.execute(text("ALTER TABLE portal_access RENAME TO gone"))
    for words in (("packet", "--out", "given"), ("packet", "release", "--override", "x", "--reason", "x")):
        assert "บันทึกการเข้าถึงไม่ได้" in done(*words, ends=75)
    assert not Path("given").exists()
    assert not RELEASED.exists()


def test_releases_leave_as_they_were_released_and_are_in_backups(office: Home, tmp_path: Path) -> None:
    done("packet", "release", *OVERRIDDEN, "--redacted", "--archive")
    assert {path.name for path in RELEASED.iterdir()} == {
        "packet.pdf",
        "packet-redacted.pdf",
        "archive.pdf",
        "papers.zip",
        "manifest.json",
        "note.pdf",
        "release.json",
    }
    delete(office, "app-2")
    assessed(office)
    elsewhere = MEETING.replace("ห้องประชุม", f"ห้องใหญ่ {PHONE}")
    commands.settings(Path(), elsewhere, BY, PROVINCE)
    done("packet", "addendum")
    full, covered = (text_of(RELEASED / "addendum-1" / f"addendum{kind}.pdf") for kind in ("", "-redacted"))
    printed = digits(PHONE)
    assert (printed in full, printed in covered) == (True, False)
    assert "ฉบับกรรมการ (ปกปิดข้อมูลส่วนบุคคล)" in covered
    assert {path.name for path in (RELEASED / "addendum-1").iterdir()} == {
        "addendum.pdf",
        "addendum.docx",
        "addendum-redacted.pdf",
        "release.json",
    }
    exported_as_released(tmp_path)
    before = content(Path("home/releases"))
    done("backup", "saved.tar")
    moved = tmp_path / "moved"
    moved.mkdir()
    commands.settings(moved, elsewhere, BY, PROVINCE)
    shutil.move("saved.tar", moved)
    os.chdir(moved)
    done("restore", "saved.tar")
    assert content(Path("home/releases")) == before
    assert done("packet", "verify").count("เป็นอย่างที่ออกไว้") == 2
    assert "เปลี่ยน 0 รายการ" in done("packet", "diff")


def exported_as_released(folder: Path) -> None:
    """By each command, with the addendum, the same bytes again; what was deleted since stands in it."""
    for kind in ("zip", "cd"):
        for name in ("once", "again"):
            done("export", kind, "--release", "1", "--out", str(folder / f"{name}.{kind}"))
        assert (folder / f"once.{kind}").read_bytes() == (folder / f"again.{kind}").read_bytes()
    with zipfile.ZipFile(folder / "once.zip") as made:
        made.extractall(folder / "zip")
    (packet,) = (folder / "zip").glob("1 *")
    assert content(packet) == content(RELEASED)
    assert done("packet", "verify", str(packet)).count("เป็นอย่างที่ออกไว้") == 2
    units = folder / "zip" / "3 ทะเบียนและสถิติ" / "รายชื่อในชุดที่ 1.csv"
    assert '2,"","กลุ่มทอผ้าตัวอย่าง 2"' in units.read_text("utf-8-sig")
    papers_as_released(folder / "zip")
    done("export", "archive", "--release", "1", "--out", str(folder / "archive"))
    assert content(folder / "archive") == content(RELEASED)
    assert "ไม่มีชุดที่ออกแล้วลำดับที่ 9" in done("export", "zip", "--release", "9", "--out", "x", ends=1)


def papers_as_released(folder: Path) -> None:
    """Letters, registers and the three districts' folders of a ZIP, which know nothing of what came later."""
    assert sorted(path.name for path in folder.iterdir()) == [
        "1 เอกสารประกอบการประชุม",
        "2 หนังสือและแบบก่อนการประชุม",
        "3 ทะเบียนและสถิติ",
        "4 เอกสารของอำเภอ",
        "index.html",
    ]
    assert "ห้องใหญ่" not in text_of(folder / "2 หนังสือและแบบก่อนการประชุม" / "หนังสือเชิญประชุม.pdf")
    assert "กลุ่มทอผ้าตัวอย่าง 2" in (folder / "3 ทะเบียนและสถิติ" / "ทะเบียนผู้สมัคร.csv").read_text("utf-8-sig")
    districts = [path for path in sorted((folder / "4 เอกสารของอำเภอ").iterdir()) if path.is_dir()]
    assert [path.name for path in districts] == ["อำเภอกะทู้", "อำเภอถลาง", "อำเภอเมืองภูเก็ต"]
    page = html.parse(folder / "index.html")
    assert [text for text in page.xpath("//a/text()") if text.isascii()] == []
    links = {unquote(link) for link in page.xpath("//a/@href")}
    assert links == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        "index.html"
    }
    (path,) = folder.glob("1 */archive.pdf")
    for profile in (validator.ValidationProfile.PDF_A_2A, validator.ValidationProfile.PDF_UA_1):
        assert validator.validate_pdf(str(path), profile=profile).is_compliant
