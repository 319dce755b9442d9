"""No token and no complete national ID gets out, and no file can be read by others.

The command line is used as an office does, as verbosely as possible, with deliberate mistakes; then all
output, all files and the database are searched.
"""

import io
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pymupdf
import pytest
import requests
from filelock import FileLock

from mochocho.app.demo import instances
from mochocho.app.demo.drawings import Studio
from mochocho.app.demo.engine import Answers
from mochocho.app.demo.invented_people import invent
from mochocho.app.demo.pretend_phone import Phone
from mochocho.app.demo.sample_province import Unit
from mochocho.app.pipeline.lock import FILE_NAME
from mochocho.app.status import shown, status_figures
from mochocho.standards.load import load_pack
from mochocho.words import thai
from mochocho.words.model import ApplicantType, Outcome
from processing.assessment.cases import cases
from processing.decisions.clerks_sheet import OUTCOME
from reports.view.arrange import Entry, arrange
from tests.e2e import small_province
from tests.e2e.conftest import Played
from tests.e2e.small_province import PLAN, Province
from tests.integration.commands import free_port
from xlsforms import names

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes of files, and a server stopped by a signal")

EVERY_COMMAND = (
    "assess",
    "packet --out papers",
    "decide --template decisions.xlsx",
    "status",
    "status --json",
    "officers list",
)
PACKAGES = {"mochocho", "xlsforms", "sync", "processing", "reports"}
TALKATIVE = ("-vv", "--debug", "--config", "mochocho.toml")
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
ENOUGH = 300  # objects of one type: what one shows the others show
THAI_DIGIT = re.compile("[๐-๙]")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.\u00a0\u2010-\u2015-]+(?=\d)")
SAMPLE_ID = re.compile(r"(?<![0-9A-Za-z])10000\d{8}(?![0-9A-Za-z])")

# Two who apply while the server runs, the second one in the wrong district and with the first one's ID.
NEWCOMER = Unit(500, "แม่จัน", ApplicantType.LEADER)
STRAY = Unit(501, "เมืองเชียงราย", ApplicantType.LEADER)
NATIONAL_ID = invent(NEWCOMER).national_id


def written(national_id: str) -> tuple[str, ...]:
    """The ways people write an ID down."""
    dashed = re.sub(r"(.)(.{4})(.{5})(.{2})(.)", r"\1-\2-\3-\4-\5", national_id)
    plain = (national_id, dashed, dashed.replace("-", " "))
    return (*plain, *map(thai.digits, plain))


def leaks(text: str, tokens: Iterable[str]) -> set[str]:
    """Tokens, and national IDs of the sample's kind however they are written, that `text` gives away."""
    unbroken = text.replace("\n", "")
    return {t for t in tokens if t in text or t in unbroken} | national_ids(text)


def national_ids(text: str) -> set[str]:
    plain = text.translate(ARABIC) if THAI_DIGIT.search(text) else text
    return {found for one in (plain, BETWEEN_DIGITS.sub("", plain)) for found in SAMPLE_ID.findall(one)}


@dataclass
class Office:
    """A copy of the played province after a day's use. `said`: call -> everything it printed."""

    folder: Path
    tokens: list[str]
    said: dict[str, str] = field(default_factory=dict)
    modes_while_serving: dict[Path, int] = field(default_factory=dict)

    def run(self, *arguments: str, ends: int = 0, **changes: str) -> None:
        """One command, as talkative as it can be; `ends`: its exit status."""
        tokens = self.folder.parent / "tokens"
        done = small_province.mochocho(
            self.folder, *TALKATIVE, *arguments, SAMPLE_TOKENS=str(tokens), **changes
        )
        self.said[f"{len(self.said)} {' '.join(arguments)}"] = said = done.stdout + done.stderr
        assert done.returncode == ends, said
        if tokens.exists():
            self.tokens += tokens.read_text().split()
            tokens.unlink()

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def office(small: Played, tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office") / "mochocho-demo"
    shutil.copytree(small.folder, folder)
    office = Office(folder, list(small.tokens), {"demo": small.said})
    letter = str(folder.parent / "letter.pdf")
    office.run("officers", "add", "นางสาวทดสอบ ตัวอย่าง", "--district", NEWCOMER.district, "--sealed", letter)
    serve(office)
    office.run("pull")
    with guarded(folder):
        office.run("assess", ends=1)
    for words in EVERY_COMMAND:
        # One application waits for a person: who asks for work is told so by the exit status.
        office.run(*words.split(), ends=3 if words.split()[0] in ("run", "assess") else 0)
    doctor(office)
    mistakes(office)
    return office


def doctor(office: Office, **changes: str) -> None:
    """Its exit status says how the machine is, which is not what is asked here."""
    done = small_province.mochocho(office.folder, *TALKATIVE, "doctor", **changes)
    assert done.returncode in (0, 1)
    office.said[f"{len(office.said)} doctor"] = done.stdout + done.stderr


def serve(office: Office) -> None:
    """A server whose conveyor waits for its turn until the end, phones that post, and people who knock.

    What the phones sent is left for the commands after it.
    """
    with FileLock(office.folder / "home" / FILE_NAME, mode=0o600):
        answer_phones(office)


def answer_phones(office: Office) -> None:
    port, token = free_port(), office.tokens[-1]
    process = subprocess.Popen(
        small_province.words(*TALKATIVE, "serve", "--port", str(port)),
        cwd=office.folder,
        env=small_province.environment(MOCHOCHO_ENDPOINT__TICK_SECONDS="3600", PYTHONUNBUFFERED="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        umask=small_province.UMASK,
    )
    url = f"http://127.0.0.1:{port}/key/{token}"
    try:
        wait_for(port, process)
        with Phone(url, "collect:leaks") as phone:
            phone.refresh()
            for xml, filled in applications(phone):
                phone.send(xml, filled.files)
        assert [answer.status_code // 100 for answer in bad_requests(url, token)] == [4] * 8
        knock(port, token)
        office.modes_while_serving.update(modes(office.folder))
    finally:
        process.send_signal(signal.SIGTERM)
        office.said["serve"], _ = process.communicate(timeout=60)
    assert process.returncode == 0, office.said["serve"]


def wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 120
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)


def applications(phone: Phone) -> Iterator[tuple[bytes, instances.Filled]]:
    standard = load_pack("2568-sample").pack.standard(ApplicantType.LEADER)
    for unit, district in ((NEWCOMER, "5707"), (STRAY, "5701")):
        filled = instances.application(unit, standard, district, Studio(PLAN.photo_width))
        values = {**filled.answers.values, "national_id": NATIONAL_ID}
        filled = replace(filled, answers=Answers(values, filled.answers.repeats))
        yield phone.fill(names.APPLICATION, filled), filled


def bad_requests(url: str, token: str) -> Iterator[requests.Response]:
    """What strangers, broken phones and curious people send, with the ID and the token where they can be."""
    number = f"<n>{NATIONAL_ID}</n>"
    for xml in (
        f"<a>{number}",
        f"<!DOCTYPE a [<!ENTITY e '{NATIONAL_ID}'>]><a id='x'>&e;</a>",
        f"<a id='{NATIONAL_ID}'>{number}</a>",
        f"<a id='application' version='1'><meta><instanceID>{NATIONAL_ID}</instanceID></meta></a>",
    ):
        files = {"xml_submission_file": ("s.xml", xml.encode(), "text/xml")}
        files |= {name: (name, b"x", "image/jpeg") for name in (f"{n}.jpg" for n in written(NATIONAL_ID))}
        yield requests.post(f"{url}/submission", files=files, params={"deviceID": NATIONAL_ID}, timeout=30)
    yield requests.get(f"{url}/{token}", timeout=30)
    yield requests.get(f"{url}/forms/{NATIONAL_ID}/{token}/form.xml", timeout=30)
    yield requests.get(f"{url}x/formList", timeout=30)
    yield requests.post(f"{url}/submission", data=f"number={NATIONAL_ID}", timeout=30)


def knock(port: int, token: str) -> None:
    """What is no HTTP, with a token in it."""
    for line in (f"GET /key/{token}/formList", f"GET /key/{token}/\0 HTTP/9.9\r\nHost: {token}\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(line.encode())
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """The database refuses to take an identity and names it, as PostgreSQL names the values of a bad row."""
    with closing(sqlite3.connect(folder / "home" / "mochocho.db")) as database:
        database.execute(
            "CREATE TRIGGER named BEFORE INSERT ON identity BEGIN "
            f"SELECT RAISE(ABORT, 'Key (national_id)=({NATIONAL_ID}) is refused'); END"
        )
        database.commit()
        yield
        database.execute("DROP TRIGGER named")
        database.commit()


def mistakes(office: Office) -> None:
    """An error of every command, each with something in it that must not be repeated."""
    token = office.tokens[-1]
    nowhere = {"MOCHOCHO_DATABASE_URL": f"postgresql+psycopg://me:{token}@127.0.0.1:9/{NATIONAL_ID}"}
    (office.folder / "mochocho-demo").mkdir(mode=0o700)
    (office.folder / "mochocho-demo" / "somebody's").touch(0o600)
    office.run("demo", ends=1)
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        office.run("serve", "--port", str(taken.getsockname()[1]), ends=1)
    office.run("pull", "--", token, ends=1)  # one token in 64 begins like an option
    office.run("packet", ends=1, MOCHOCHO_PAPERS__EMBLEM=f"{NATIONAL_ID}.png")
    office.run("status", ends=1, MOCHOCHO_MEETING__NUMBER=NATIONAL_ID)
    office.run("officers", "list", ends=75, **nowhere)
    doctor(office, **nowhere)
    office.run("decide", "--import", wrong_decisions(office.folder), "--by", "นางบันทึก ตัวอย่าง", ends=1)
    office.run("decide", NATIONAL_ID, token, ends=2)


def wrong_decisions(folder: Path) -> str:
    """A clerk's file with an ID where an outcome belongs."""
    book = openpyxl.load_workbook(folder / "decisions.xlsx")
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == OUTCOME)
    sheet.cell(2, column).value = NATIONAL_ID
    content = io.BytesIO()
    book.save(content)
    path = folder.parent / "wrong.xlsx"
    path.write_bytes(content.getvalue())
    return str(path)


# --- what must not be found


def test_nothing_that_was_said_gives_anything_away(office: Office) -> None:
    assert {call: found for call, text in office.said.items() if (found := leaks(text, office.tokens))} == {}


def test_what_was_said_was_talkative(office: Office) -> None:
    """Or the test before would find nothing because nothing was said."""
    every = "".join(office.said.values())
    assert len(office.said) > 18
    assert " DEBUG " in every
    assert "Traceback" in every
    assert "Key (national_id)=(x-xxxx-xxxxx-xx-x) is refused" in every


def test_no_file_is_named_by_a_secret(office: Office) -> None:
    for path in office.folder.rglob("*"):
        assert not leaks(str(path.relative_to(office.folder)), office.tokens), path


def test_no_file_holds_a_token(office: Office) -> None:
    tokens = [token.encode() for token in office.tokens]
    assert len(tokens) == len(PLAN.districts) + 1
    for path in office.files():
        for content in unpacked(path):
            assert not [token for token in tokens if token in content], path


def test_ids_stand_in_the_store_and_in_one_table_alone(office: Office) -> None:
    home = office.folder / "home"
    holding = {path for path in office.files() for content in unpacked(path) if ids_in(content)}
    outside = {path for path in holding if path.parents[1] != home / "store"}
    assert len(holding) > len(outside), "the applications themselves hold it"
    # What a phone called its files is kept with a post that cannot be used.
    outside = {path for path in outside if path.parent.name != "unusable"}
    assert {path.name for path in outside} <= {"mochocho.db", "mochocho.db-wal"}
    assert tables_with_ids(home / "mochocho.db") == {"identity"}


def test_the_papers_show_masked_ids_only(office: Office) -> None:
    masked = {thai.mask_national_id(invent(unit).national_id) for unit in leaders()}
    pdfs = list(office.folder.rglob("*.pdf"))
    assert len(pdfs) == 2
    for path in pdfs:
        text = text_of(path)
        assert not leaks(text, office.tokens)
        assert all(number in text.translate(ARABIC) for number in masked)
        with pymupdf.open(path) as pdf:
            about = json.dumps([pdf.metadata, pdf.get_toc(), pdf.get_xml_metadata()])
        assert not leaks(about, office.tokens)


def test_manifest_and_status_show_neither(office: Office) -> None:
    manifests = list(office.folder.rglob("manifest.json"))
    assert len(manifests) == 2
    assert not [path for path in manifests if leaks(path.read_text("utf-8"), office.tokens)]
    held = [text for call, text in office.said.items() if call.endswith(("status", "status --json"))]
    assert [invent(STRAY).name in text for text in held[:2]] == [True, True]


def test_a_number_typed_into_a_name_is_covered_in_status() -> None:
    for number in written(NATIONAL_ID):
        held = status_figures.FromOtherDistrict("key", f"นายสมมติ {number}", f"เลข{number}")
        now = status_figures.Status((), (held,), (number,), 0, 0, 0, 0, None, None)
        assert not national_ids(shown.to_json(now))
        assert json.loads(shown.to_json(now))["held"][0]["name"].startswith("นายสมมติ ")


def test_everything_written_is_its_owners_alone(office: Office) -> None:
    found = modes(office.folder) | office.modes_while_serving
    kinds = {path.name for path in found} | {path.suffix for path in found}
    assert kinds >= {
        "mochocho.db",
        "mochocho.db-wal",
        "mochocho.db-shm",
        "conveyor.lock",
        "packet.lock",
        "packet.pdf",
        "manifest.json",
        "first",
        ".xlsx",
        "papers",
        "unusable",
    }
    assert {path: oct(mode) for path, mode in found.items() if mode & 0o077} == {}


def test_no_object_shows_what_it_holds(small: Played, tmp_path: Path) -> None:
    unit = leaders()[0]
    sent = [p for p in small_province.posts(small.folder) if instances.entity_id(unit).encode() in p.xml]
    with watched() as seen:
        province = Province(tmp_path / "one")
        province.send(sent)
        province.resolve()
        province.packet()
        arrange(map(Entry.of, cases(province.home)), province.home.province, ())
        invent(unit)
        applied = instances.application(
            unit, province.home.pack.standard(unit.type), "5707", Studio(PLAN.photo_width)
        )
        phone = province.phones["5707"]
        phone.refresh()
        phone.fill(names.APPLICATION, applied)
        tokens = [vars(phone)["_url"].rpartition("/")[2] for phone in province.phones.values()]
        province.close()
    assert len(seen) > 60
    assert {type_ for type_, texts in seen.items() if any(leaks(text, tokens) for text in texts)} == set()


# --- and that it would be found


@pytest.mark.parametrize("number", written(NATIONAL_ID))
def test_a_planted_id_is_found(office: Office, number: str, tmp_path: Path) -> None:
    assert leaks(f"row ('{number}',) failed", ()) == {NATIONAL_ID}
    assert leaks(f"{number}.jpg", ()) == {NATIONAL_ID}
    pdf = pymupdf.open()
    pdf.new_page().insert_htmlbox((50, 50, 500, 500), f"เลขประจำตัวประชาชน {number}")
    pdf.save(tmp_path / "planted.pdf")
    assert national_ids(text_of(tmp_path / "planted.pdf")) == {NATIONAL_ID}
    shutil.copy(office.folder / "home" / "mochocho.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "mochocho.db")) as database:
        database.execute("UPDATE applicant SET name = ?", [f"นาย {number}"])
        database.commit()
    assert tables_with_ids(tmp_path / "mochocho.db") == {"identity", "applicant"}


def test_a_planted_token_is_found(office: Office, tmp_path: Path) -> None:
    token = office.tokens[0]
    assert leaks(f"GET /key/{token}/formList", [token]) == {token}
    assert leaks(f"GET /key/{token[:20]}\n{token[20:]}/formList", [token]) == {token}
    with zipfile.ZipFile(tmp_path / "planted.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("sheet.xml", f"<t>{token}</t>")
    assert any(token.encode() in content for content in unpacked(tmp_path / "planted.xlsx"))


def test_an_object_that_shows_what_it_holds_is_found() -> None:
    @dataclass
    class Careless:
        national_id: str

    Careless.__module__ = "sync.careless"
    with watched() as seen:
        watch_me = compile("def work(held):\n    return None\n", "careless.py", "exec")
        scope: dict[str, Any] = {"__name__": "sync.careless"}
        exec(watch_me, scope)
        scope["work"](Careless(NATIONAL_ID))
    assert {type_ for type_, texts in seen.items() if any(leaks(text, ()) for text in texts)} == {Careless}


# --- looking


def modes(folder: Path) -> dict[Path, int]:
    return {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def unpacked(path: Path) -> Iterator[bytes]:
    """A file's bytes, and those of what is packed into it."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def ids_in(content: bytes) -> set[str]:
    return national_ids(content.decode("utf-8", "replace"))


def tables_with_ids(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            table
            for table in tables
            for row in connection.execute(f'SELECT * FROM "{table}"')
            if any(national_ids(str(value)) for value in row)
        }


def text_of(path: Path) -> str:
    with pymupdf.open(path) as pdf:
        return "\n".join(page.get_text() for page in pdf)


def leaders() -> list[Unit]:
    passed = (unit for unit in PLAN.units if unit.resolved is Outcome.PASS)
    return [unit for unit in passed if unit.type is ApplicantType.LEADER]


@contextmanager
def watched() -> Iterator[Mapping[type, set[str]]]:
    """Type -> what `repr` says of every object of ours that a function of ours had in hand."""
    seen: dict[type, set[str]] = {}
    held: dict[int, object] = {}  # kept, so that no other object gets its number

    def enter(frame: FrameType, _event: str, _: Any) -> Callable[..., Any] | None:
        if not is_ours(frame.f_globals.get("__name__", "")):
            return None
        frame.f_trace_lines = False
        return leave

    def leave(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        if event == "return":
            for value in frame.f_locals.values():
                for one in value if type(value) in (list, tuple) else (value,):
                    held[id(one)] = one
        return leave

    threading.settrace(enter)
    sys.settrace(enter)
    try:
        yield seen
    finally:
        sys.settrace(None)
        threading.settrace(None)
        for one in list(held.values()):  # threads that began meanwhile still note theirs
            if is_ours(type(one).__module__) and not isinstance(one, type):
                told = seen.setdefault(type(one), set())
                if len(told) < ENOUGH:
                    told.add(repr(one))


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES
