"""Settings: the file, what the environment overrides, and refusals that say what to change."""

import logging
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from mochocho.settings.config import FILE_NAME, Settings, load_settings
from mochocho.words.errors import Terminal


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in that holds no settings; the file under test is in another one."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def written(tmp_path: Path, content: str | bytes) -> Path:
    file = tmp_path / "office" / FILE_NAME
    file.parent.mkdir()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


FULL = """
home = "data"
province = "ลำพูน"
pack = "packs/lamphun-2569.yaml"
presentation_order = ["ลี้", "แม่ทา"]

[meeting]
number = "1/2568"
date = 2025-05-01
starts = "09:00"
ends = "14:30"
place = "ห้องประชุม ชั้น ๓"

[committees]
provincial_order = { number = "6459/2567", date = 2024-11-18 }

[endpoint]
port = 9000

[[folders]]
key = "phone-1"
path = "from-phone"

[papers]
font_dir = "fonts"

[forms]
shared_tablets = true
villages = "lists/villages.csv"
"""


class TestFile:
    def test_everything_it_says(self, tmp_path: Path) -> None:
        settings = load_settings(written(tmp_path, FULL))
        office = tmp_path / "office"
        assert settings.home == office / "data"
        assert settings.pack == str(office / "packs" / "lamphun-2569.yaml")
        assert settings.province == "ลำพูน"
        assert settings.presentation_order == ("ลี้", "แม่ทา")
        assert settings.meeting is not None
        assert (settings.meeting.date, settings.meeting.minutes_per_district) == (date(2025, 5, 1), 15)
        assert settings.committees.provincial_order is not None
        assert settings.committees.provincial_order.number == "6459/2567"
        assert (settings.endpoint.port, settings.endpoint.host) == (9000, "127.0.0.1")
        assert [(f.key, f.path) for f in settings.folders] == [("phone-1", office / "from-phone")]
        assert settings.papers.font_dir == office / "fonts"
        assert settings.papers.emblem is None
        assert settings.forms.shared_tablets
        assert settings.forms.villages == office / "lists" / "villages.csv"
        assert {settings.spool_dir, settings.store_dir, settings.cache_dir, settings.packet_dir} == {
            office / "data" / name for name in ("spool", "store", "cache", "packet")
        }

    def test_without_a_file_all_has_a_default(self, elsewhere: Path) -> None:
        settings = load_settings()
        assert settings.home == elsewhere / "mochocho-home"
        assert (settings.province, settings.pack, settings.meeting) == ("เชียงราย", "2568-sample", None)
        assert (settings.forms.shared_tablets, settings.forms.villages) == (False, None)

    def test_the_file_of_the_working_folder_is_found(self, elsewhere: Path) -> None:
        (elsewhere / FILE_NAME).write_text('province = "ลำพูน"', encoding="utf-8")
        assert load_settings().province == "ลำพูน"

    def test_an_absolute_path_stays(self, tmp_path: Path) -> None:
        there = tmp_path / "there"
        assert load_settings(written(tmp_path, f"home = '{there}'")).home == there


class TestOverrides:
    def test_keywords_before_environment_before_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = written(tmp_path, 'province = "ก"\npack = "ก"\n[endpoint]\nport = 1\nhost = "10.0.0.1"')
        monkeypatch.setenv("MOCHOCHO_PROVINCE", "ข")
        monkeypatch.setenv("MOCHOCHO_PACK", "ข")
        monkeypatch.setenv("MOCHOCHO_ENDPOINT__PORT", "2")
        settings = load_settings(file, province="ค")
        assert (settings.province, settings.pack) == ("ค", "ข")
        assert (settings.endpoint.port, settings.endpoint.host) == (2, "10.0.0.1")

    def test_variables_of_other_things_are_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOCHOCHO_REQUIRE_ALL", "1")
        assert load_settings().province == "เชียงราย"

    def test_a_relative_path_of_the_environment_too_is_relative_to_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MOCHOCHO_HOME", "data")
        assert load_settings(written(tmp_path, "")).home == tmp_path / "office" / "data"


@pytest.mark.parametrize("day", ['"1 พฤษภาคม 2568"', '"๑ พ.ค. ๒๕๖๘"', '"1/5/2568"', '"2025-05-01"'])
def test_a_day_as_offices_write_it(tmp_path: Path, day: str) -> None:
    meeting = load_settings(written(tmp_path, FULL.replace("2025-05-01", day))).meeting
    assert meeting is not None
    assert meeting.date == date(2025, 5, 1)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (
                'provnice = "x"',
                ": provnice: ไม่มีการตั้งค่าชื่อนี้ในหัวข้อนี้ ให้แก้ตัวสะกดหรือลบบรรทัด (หมายถึง province หรือไม่)",
            ),
            (
                "[endpoint]\nprot = 1",
                ": endpoint.prot: ไม่มีการตั้งค่าชื่อนี้ในหัวข้อนี้ ให้แก้ตัวสะกดหรือลบบรรทัด (หมายถึง port หรือไม่)",
            ),
            ("[endpoint]\nport = 0", ": endpoint.port: ต้องไม่น้อยกว่า 1"),
            ("[endpoint]\nport = 'x'", ": endpoint.port: ต้องเป็นจำนวนเต็มเลขอารบิก"),
            ("[endpoint]\ntick_seconds = 0", ": endpoint.tick_seconds: ต้องมากกว่า 0"),
            ('[meeting]\nnumber = "1/2568"', ": meeting.date: ยังไม่ได้ตั้งค่านี้ ให้ใส่ค่า"),
            (FULL.replace("09:00", "9.00"), ": meeting.starts: ต้องเป็นเวลาแบบ"),
            (FULL.replace("14:30", "24:30"), ": meeting.ends: ต้องเป็นเวลาแบบ"),
            (FULL.replace("1/2568", "1/68"), ": meeting.number: ต้องเป็นเลขที่แบบ"),
            (FULL.replace("phone-1", "../x"), ": folders.0.key: ต้องเป็นอักษรอังกฤษตัวเล็ก"),
            ('[endpoint]\nautosend = "always"', ": endpoint.autosend: ต้องเป็น 'off', 'wifi_only'"),
            ("province = 5", ": province: ต้องเป็นข้อความในเครื่องหมายคำพูด"),
            ('presentation_order = "ฝาง"', ": presentation_order: ต้องเป็นรายการในวงเล็บเหลี่ยม"),
            ('cycle_open = "มั้ง"', ": cycle_open: ต้องเป็น true หรือ false"),
            ('meeting = "1/2568"', ": meeting: ต้องเป็นหัวข้อที่มีการตั้งค่าย่อย"),
            (FULL.replace("2025-05-01", '"พรุ่งนี้"'), ": meeting.date: อ่านวันที่ไม่ได้ ให้เขียนแบบ 1 พฤษภาคม 2568"),
            (FULL.replace("2025-05-01", "true"), ": meeting.date: ต้องเป็นวันที่แบบ ปี ค.ศ."),
            ('database_url = "mysql://u:p@db/m"', ": database_url: ไม่รู้จัก “mysql://”"),
            ('[workers]\nbroker_url = "amqp://u:p@mq"', ": workers.broker_url: ไม่รู้จัก “amqp://”"),
            (FULL.replace("2025-05-01", "2568-05-01"), ": meeting.date: 2568 เป็นปี พ.ศ."),
            (FULL.replace("2025-05-01", '"2568-05-01"'), ": meeting.date: 2568 เป็นปี พ.ศ."),
            (FULL.replace("2025-05-01", "2568-02-29"), ": meeting.date: 2568 เป็นปี พ.ศ."),
            (FULL.replace("2025-05-01", "2027-05-01"), ": meeting: ครั้งที่ 1/2568 กับวันที่ 2027-05-01 (พ.ศ. 2570)"),
            (FULL.replace("2025-05-01", "1482-05-01"), ": meeting: ครั้งที่ 1/2568 กับวันที่ 1482-05-01"),
            (FULL.replace("2025-05-01", '"31/2/2568"'), ": meeting.date: ไม่มีวันนี้ในปฏิทิน"),
            (FULL.replace("2025-05-01", '"1/5/68"'), ": meeting.date: ปีมีสองหลัก"),
            (
                '[committees]\nprovincial_order = { number = "1/2567", date = 2567-11-18 }',
                ": committees.provincial_order.date: 2567 เป็นปี พ.ศ. แต่ที่นี่ใช้ปี ค.ศ. ให้แก้เป็น 2024-11-18",
            ),
        ],
    )
    def test_the_file_and_the_setting_are_named(
        self, tmp_path: Path, content: str | bytes, words: str
    ) -> None:
        file = written(tmp_path, content)
        with pytest.raises(Terminal) as refused:
            load_settings(file)
        assert refused.value.th.startswith(f"{file}{words}")

    def test_a_variable_is_named_where_it_is_at_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOCHOCHO_ENDPOINT__PORT", "many")
        with pytest.raises(Terminal, match=r"^MOCHOCHO_ENDPOINT__PORT: must be a whole number") as refused:
            load_settings()
        assert refused.value.th.startswith("MOCHOCHO_ENDPOINT__PORT: ต้องเป็นจำนวนเต็ม")

    def test_a_variable_that_should_hold_a_list(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOCHOCHO_PRESENTATION_ORDER", "ลี้,แม่ทา")
        with pytest.raises(Terminal, match=r"^MOCHOCHO_PRESENTATION_ORDER: .*must be JSON") as refused:
            load_settings()
        assert refused.value.th.startswith("MOCHOCHO_PRESENTATION_ORDER: ตัวแปรนี้ต้องเป็น JSON")

    def test_a_file_that_was_named_but_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(Terminal, match="`mochocho init` writes one"):
            load_settings(tmp_path / "none.toml")


class TestAddresses:
    def test_as_they_are_pasted(self, tmp_path: Path) -> None:
        text = 'database_url = "postgres://u:p@ss/w#rd@db/m"\n[workers]\nbroker_url = "rediss://:p@ss@redis"'
        settings = load_settings(written(tmp_path, text))
        assert make_url(settings.url).password == "p@ss/w#rd"
        assert settings.url.startswith("postgresql+psycopg://u:")
        assert settings.workers.broker == "rediss://:p%40ss@redis?ssl_cert_reqs=required"
        assert settings.distributed

    def test_passwords_in_files_of_their_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "database").write_bytes(b"p@ss\r\n")
        (tmp_path / "broker").write_bytes("\ufeffรหัส/1\n".encode())
        monkeypatch.setenv("MOCHOCHO_DATABASE_PASSWORD_FILE", str(tmp_path / "database"))
        monkeypatch.setenv("MOCHOCHO_WORKERS__BROKER_PASSWORD_FILE", str(tmp_path / "broker"))
        monkeypatch.setenv("MOCHOCHO_DATABASE_URL", "postgresql://mochocho@postgres/mochocho")
        settings = load_settings(written(tmp_path, '[workers]\nbroker_url = "redis://redis/0"'))
        assert make_url(settings.url).password == "p@ss"
        assert settings.workers.broker == "redis://:%E0%B8%A3%E0%B8%AB%E0%B8%B1%E0%B8%AA%2F1@redis/0"

    def test_a_whole_address_in_a_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "url").write_text("postgres://u:p@db/m\n", "utf-8")
        monkeypatch.setenv("MOCHOCHO_DATABASE_URL_FILE", str(tmp_path / "url"))
        assert load_settings().url == "postgresql+psycopg://u:p@db/m"

    def test_what_is_wrong_with_a_file_of_a_secret(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "secret"
        monkeypatch.setenv("MOCHOCHO_DATABASE_PASSWORD_FILE", str(file))
        for content, words in (
            (None, "เปิดไฟล์รหัสผ่านไม่ได้"),
            (b" \n", "ว่าง"),
            (b"x" * 5000, "ใหญ่เกิน"),
            (b"\xff\x80", "UTF-8"),
        ):
            if content is not None:
                file.write_bytes(content)
            with pytest.raises(Terminal) as refused:
                load_settings()
            assert refused.value.th.startswith(f"{file}: ")
            assert words in refused.value.th
        file.write_bytes(b"swordfish")
        monkeypatch.setenv("MOCHOCHO_DATABASE_PASSWORD", "other")
        with pytest.raises(Terminal, match="keep one") as refused:
            load_settings()
        assert "swordfish" not in str(refused.value)


class TestDatabaseUrl:
    @pytest.mark.parametrize("folder", ["data", "มชช. 2568", "a?b#c%41&d=e", "x@y:z"])
    def test_sqlite_in_any_folder(self, tmp_path: Path, folder: str) -> None:
        url = make_url(Settings(home=tmp_path / folder).url)
        assert url.get_backend_name() == "sqlite"
        assert url.database == (tmp_path / folder / "mochocho.db").as_posix()
        assert not url.query

    def test_a_password_is_shown_nowhere(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        secret = "postgresql+psycopg://u:swordfish@localhost/m"
        caplog.set_level(logging.DEBUG)
        settings = Settings(database_url=SecretStr(secret))
        assert settings.url == secret
        assert "swordfish" not in f"{settings!r} {settings} {settings.model_dump()} {caplog.text}"
        with pytest.raises(Terminal) as refused:
            load_settings(written(tmp_path, f'database_url = ["{secret}"]'))
        assert "swordfish" not in f"{refused.value} {refused.value.__cause__}"


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        ("plan = { first = 2025-02-01, due = 2025-01-31 }", "วันเริ่ม (first) 2025-02-01 อยู่หลังวันครบกำหนด (due)"),
        ("plan = { first = 2025-02-01 }", "calendar.plan.due: ยังไม่ได้ตั้งค่านี้"),
        ("plan = 2025-02-01", "calendar.plan: ต้องเป็นหัวข้อที่มีการตั้งค่าย่อย"),
        ('plan = { due = "31 ก.พ. 2568" }', "calendar.plan.due"),
        ("plan = { due = 2568-01-31 }", "เป็นปี พ.ศ. แต่ที่นี่ใช้ปี ค.ศ."),
        ("plans = { due = 2025-01-31 }", "หมายถึง plan หรือไม่"),
        (
            "plan = { due = 2025-02-01 }\nonsite = { due = 2025-01-31 }",
            "กำหนดของตรวจประเมินในพื้นที่ (onsite) 2025-01-31 อยู่ก่อนแผนพัฒนาตนเอง (plan) 2025-02-01",
        ),
        (
            "application = { due = 2025-02-01 }\nself_before = { due = 2025-01-31 }",
            "กำหนดของประเมินตนเองก่อนพัฒนา (self_before) 2025-01-31 อยู่ก่อนใบสมัคร (application)",
        ),
        (
            'extensions = [{ district = "พาน", stage = "plan", due = 2025-02-01, reason = "--" }]',
            "calendar.extensions.0.reason: ต้องกรอกเป็นข้อความ ใส่เพียงขีดหรือจุดไม่ได้",
        ),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_with_what_to_write(
    tmp_path: Path, calendar: str, said: str
) -> None:
    with pytest.raises(Terminal) as refused:
        load_settings(written(tmp_path, f"[calendar]\n{calendar}\n"))
    assert said in refused.value.th


def test_a_calendar_as_an_office_writes_it(tmp_path: Path) -> None:
    text = """[calendar]
application = { first = "๑ พ.ย. ๒๕๖๗", due = "31/12/2567" }
knowledge = { due = 2024-11-01 }
self_after = { due = 2025-03-31 }
onsite = { due = 2025-03-31 }
"""
    terms = load_settings(written(tmp_path, text)).calendar.terms
    assert {name: (term.first, term.due) for name, term in terms.items()} == {
        "application": (date(2024, 11, 1), date(2024, 12, 31)),
        "self_after": (None, date(2025, 3, 31)),
        "knowledge": (None, date(2024, 11, 1)),  # has no place in the order
        "onsite": (None, date(2025, 3, 31)),
    }
    assert Settings().calendar.terms == {}
