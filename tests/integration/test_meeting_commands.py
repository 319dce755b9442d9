"""A clerk sets up a meeting by the commands and the Excel file, and the packet follows."""

from pathlib import Path

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mochocho.app.commands.cli import cli
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import open_home
from processing.meetings import kept
from processing.meetings.meeting import Meeting, Role

BY = ("--by", "นางสาวสมมุติ ตัวอย่าง")
SETTINGS = """\
home = "home"
presentation_order = ["พาน", "เทิง"]
[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "12:00"
place = "ห้องประชุมใหญ่"
[committees]
[[committees.assessors]]
name = "นายสมมุติ ประธาน"
committee = "provincial"
role = "chair"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MOCHOCHO_LANG", raising=False)
    (tmp_path / "mochocho.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "th", *words])


def done(*words: str) -> str:
    result = call(*words)
    assert result.exit_code == 0, result.output
    return result.output


def kept_now(key: str = "province:1/2568") -> Meeting | None:
    home = open_home(load_settings(Path("mochocho.toml")))
    with reading(home.engine) as session:
        found = kept.meeting_of(session, key)
    home.engine.dispose()
    return found


def fill(path: str, sheet: str, values: dict[str, object]) -> None:
    """Type values into the cells of these addresses."""
    book = openpyxl.load_workbook(path)
    for address, value in values.items():
        book[sheet][address] = value
    book.save(path)
    book.close()


def row_of(path: str, label: str) -> int:
    book = openpyxl.load_workbook(path)
    found = next(row[0].row for row in book["การประชุม"].iter_rows() if row[0].value == label)
    book.close()
    return int(found or 0)


def test_a_new_meeting_takes_over_the_settings_and_is_filled_in_by_excel() -> None:
    done("meeting", "new", "๑/๒๕๖๘", *BY)
    begun = kept_now()
    assert begun is not None
    assert begun.place == "ห้องประชุมใหญ่"
    assert begun.schedule.order == ("พาน", "เทิง")
    assert [(one.person.name, one.role) for one in begun.members] == [("นายสมมุติ ประธาน", Role.CHAIR)]
    assert not begun.agenda.video_shown, "nothing is claimed that nobody said"

    done("meeting", "export", "m.xlsx")
    place, starts = row_of("m.xlsx", "สถานที่"), row_of("m.xlsx", "เวลาเริ่ม")
    fill("m.xlsx", "การประชุม", {f"B{place}": "ห้อง {{7*7}}", f"B{starts}": "๐๘.๓๐ น."})
    fill("m.xlsx", "กรรมการ", {"A5": "นางสมมุติ เลขานุการ", "D5": "กรรมการและเลขานุการ"})
    assert "ฉบับที่ 2" in done("meeting", "import", "m.xlsx", *BY)

    changed = kept_now()
    assert changed is not None
    assert (changed.place, changed.starts) == ("ห้อง {{7*7}}", "08:30")
    assert [one.role for one in changed.members] == [Role.CHAIR, Role.SECRETARY]
    assert "ห้อง {{7*7}}" in done("meeting", "show")
    assert "1/2568 1 พฤษภาคม 2568 (ฉบับที่ 2)" in done("meeting", "list")


def test_a_second_meeting_follows_that_of_the_settings() -> None:
    done("meeting", "new", "2/2568", *BY)
    begun = kept_now("province:2/2568")
    assert begun is not None
    assert (begun.previous, begun.place, begun.day) == ("1/2568", "ห้องประชุมใหญ่", None)
    assert [one.person.name for one in begun.members] == ["นายสมมุติ ประธาน"]


def test_a_meeting_before_that_of_the_settings_does_not_follow_it() -> None:
    done("meeting", "new", "1/2567", *BY)
    begun = kept_now("province:1/2567")
    assert begun is not None
    assert (begun.previous, begun.place) == ("", "")


def test_every_mistake_is_told_with_its_row_and_nothing_is_kept() -> None:
    done("meeting", "new", "1/2568", *BY)
    done("meeting", "export", "m.xlsx")
    starts = row_of("m.xlsx", "เวลาเริ่ม")
    fill("m.xlsx", "การประชุม", {f"B{starts}": "เช้า"})
    fill("m.xlsx", "กรรมการ", {"A5": "นายสมมุติ สอง", "D5": "หัวหน้า"})
    told = call("meeting", "import", "m.xlsx", *BY)
    assert told.exit_code == 1
    assert f"แผ่นงาน “การประชุม” แถว {starts} คอลัมน์ “เวลาเริ่ม”" in told.stderr
    assert "แผ่นงาน “กรรมการ” แถว 5 คอลัมน์ “หน้าที่ในคณะกรรมการ”" in told.stderr

    fill("m.xlsx", "การประชุม", {f"B{starts}": "13:00"})
    fill("m.xlsx", "กรรมการ", {"D5": "ประธานกรรมการ"})
    told = call("meeting", "import", "m.xlsx", *BY)
    assert "เวลาเลิกไม่อยู่หลังเวลาเริ่ม" in told.stderr
    assert "มีประธานกรรมการเกินหนึ่งคน" in told.stderr
    in_english = CliRunner().invoke(cli, ["--lang", "en", "meeting", "import", "m.xlsx", *BY])
    assert "the end is not after the beginning; correct the time" in in_english.stderr
    assert "(ฉบับที่ 1)" in done("meeting", "list")


def test_an_older_file_is_refused_when_somebody_kept_another_since() -> None:
    done("meeting", "new", "1/2568", *BY)
    done("meeting", "export", "old.yaml")
    new = Path("old.yaml").read_text("utf-8").replace("ห้องประชุมใหญ่", "ห้องประชุมเล็ก")
    Path("new.yaml").write_text(new, "utf-8")
    done("meeting", "import", "new.yaml", *BY)
    text = Path("old.yaml").read_text("utf-8").replace("12:00", "13:00")
    Path("old.yaml").write_text(text, "utf-8")
    told = call("meeting", "import", "old.yaml", *BY)
    assert told.exit_code == 1
    assert "นางสาวสมมุติ ตัวอย่าง บันทึกการประชุมครั้งที่ 1/2568 ไว้ใหม่" in told.stderr.replace("\n", "")


def test_a_broken_yaml_is_refused_by_its_line() -> None:
    Path("m.yaml").write_text("การประชุม:\n  ระดับ: จังหวัด\n  ครั้งที่: 1/2568\n  ห้อง: ใหญ่\n", "utf-8")
    assert "บรรทัด 4" in call("meeting", "import", "m.yaml", *BY).stderr


def test_a_district_has_its_own_meeting_and_a_called_off_one_is_gone() -> None:
    done("meeting", "new", "1/2568", "--district", "แม่จัน", *BY)
    assert kept_now("5707:1/2568") is not None
    assert "แม่จัน:1/2568" in done("meeting", "list")
    done("meeting", "cancel", "แม่จัน:1/2568", *BY)
    assert "ยังไม่มีการประชุมที่บันทึกไว้" in done("meeting", "list")


def active_pdf(path: str, **options: object) -> None:
    with pikepdf.new() as book:
        book.add_blank_page(page_size=(595, 842))
        book.add_blank_page(page_size=(595, 842))
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        book.Root.OpenAction = action
        book.pages[0].obj.AA = pikepdf.Dictionary(O=action)
        book.save(path, **options)  # type: ignore[arg-type] # what a test hands on


def test_an_annex_is_bound_without_what_acts() -> None:
    done("meeting", "new", "1/2568", *BY)
    active_pdf("a.pdf")
    assert "2 หน้า" in done("meeting", "annex", "1", "a.pdf", *BY)
    meeting = kept_now()
    assert meeting is not None
    [annex] = meeting.annexes
    assert (annex.number, annex.pages, annex.title) == (1, 2, "หลักเกณฑ์การประเมินผล")
    home = open_home(load_settings(Path("mochocho.toml")))
    stored = home.store.path(annex.sha256).read_bytes()
    home.engine.dispose()
    assert b"JavaScript" not in stored
    assert b"alert" not in stored


def test_a_signed_scan_is_kept_as_it_came_and_told() -> None:
    done("meeting", "new", "1/2568", *BY)
    Image.effect_noise((600, 800), 40).convert("RGB").save("scan.jpg")
    with pikepdf.new() as book:
        for _ in range(2):
            book.add_blank_page(page_size=(595, 842))
        book.save("scan.pdf")
    assert "2 หน้า" in done("meeting", "signed", "scan.pdf", "--paper", "minutes", *BY)
    done("meeting", "signed", "scan.jpg", "--paper", "announcement", *BY)
    meeting = kept_now()
    assert meeting is not None
    assert [(one.paper.value, one.kind.value, one.pages) for one in meeting.signed] == [
        ("minutes", "pdf", 2),
        ("announcement", "jpg", 1),
    ]
    home = open_home(load_settings(Path("mochocho.toml")))
    assert home.store.read(meeting.signed[0].sha256) == Path("scan.pdf").read_bytes()
    home.engine.dispose()
    shown = done("meeting", "show")
    assert "ฉบับลงนาม:" in shown
    assert "ประกาศรายชื่อ" in shown
    done("meeting", "export", "m.xlsx")
    fill("m.xlsx", "ฉบับลงนาม", {"D4": "0" * 64})
    assert "ให้แนบใหม่ด้วยคำสั่ง `mochocho meeting signed`" in call("meeting", "import", "m.xlsx", *BY).stderr
    done("meeting", "export", "m.xlsx")
    done("meeting", "import", "m.xlsx", *BY)
    assert kept_now() == meeting


@pytest.mark.parametrize("kind", ["active", "locked", "broken", "text", "gone"])
def test_a_scan_that_acts_or_cannot_be_opened_is_refused(kind: str) -> None:
    done("meeting", "new", "1/2568", *BY)
    if kind in ("active", "locked"):
        locked = {"encryption": pikepdf.Encryption(owner="o", user="")}
        active_pdf("a.pdf", **(locked if kind == "locked" else {}))
    elif kind != "gone":
        Path("a.pdf").write_bytes(b"%PDF-1.7 nothing" if kind == "broken" else b"MZ")
    told = call("meeting", "signed", "a.pdf", "--paper", "minutes", *BY)
    assert told.exit_code == 1
    assert "ไฟล์" in told.stderr
    meeting = kept_now()
    assert meeting is not None
    assert meeting.signed == ()


@pytest.mark.parametrize(
    ("kind", "language", "said"), [("locked", "th", "รหัสผ่าน"), ("broken", "en", "no PDF or is damaged")]
)
def test_a_locked_or_broken_annex_is_refused(kind: str, language: str, said: str) -> None:
    done("meeting", "new", "1/2568", *BY)
    if kind == "locked":
        active_pdf("a.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    else:
        Path("a.pdf").write_bytes(b"%PDF-1.7 nothing")
    told = CliRunner().invoke(cli, ["--lang", language, "meeting", "annex", "1", "a.pdf", *BY])
    assert told.exit_code == 1
    assert said in told.stderr
    meeting = kept_now()
    assert meeting is not None
    assert meeting.annexes == ()
