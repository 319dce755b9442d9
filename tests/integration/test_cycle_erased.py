"""`cycle erase`: the retention day arrives, and everybody goes; killed at any moment it ends the same."""

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.engine.default import DefaultDialect

from mochocho.app import access_chain
from mochocho.app.erasing import erase_person
from mochocho.app.erasing.run_erasure import Asked
from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import open_home
from processing.persons.sought_person import Sought
from sync.mirror.writing.erased_ids import ErasedIds
from sync.tables import ServerForm
from tests import databases
from tests.crash.road import VICTIM
from tests.integration.commands import Office
from tests.integration.forty_people import FORTY, decided, found, planted, retired, rows

SOME = FORTY[:3]
WHO = ("--officer", "นางลบ ตัวอย่าง", "--reason", "พ้นกำหนดเก็บ")
MOMENTS = 20
NOW = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("some")
    with planted(folder, SOME) as office:
        office.home.engine.dispose()
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Office]:
    """The home of three people, for itself alone."""
    with opened(made, tmp_path / "office") as office:
        yield office


@contextmanager
def opened(made: Path, folder: Path) -> Iterator[Office]:
    shutil.copytree(made, folder)
    with databases.closing(open_home(load_settings(folder / "mochocho.toml"))) as home:
        yield Office(folder, home)


def emptied(office: Office, *more: Path) -> bool:
    return all(found(office, one, *more) == set() for one in SOME)


def test_before_its_day_or_while_it_is_open_nothing_goes(office: Office) -> None:
    before = rows(office.home)
    early = office.call("cycle", "erase", "2568", *WHO, "--on", "30 ก.ย. 2573")
    assert early.exit_code != 0
    assert "ลบได้ตั้งแต่วันที่ 1 ตุลาคม 2573" in early.output
    assert (
        "ปิดด้วย `mochocho cycle close`"
        in office.call("cycle", "erase", "2568", *WHO, "--on", "2030-10-01").output
    )
    assert "เป็นของปีงบประมาณ 2568" in office.call("cycle", "erase", "2567", *WHO).output
    assert rows(office.home) == before


def test_on_its_day_everybody_goes_and_what_was_resolved_stays(office: Office, tmp_path: Path) -> None:
    for server in ("central:province", "kobo:province"):
        form = ServerForm(server=server, form_id="x", version="1", remote_id="x", sha256="", published_at=NOW)
        with transaction(office.home.engine) as session:
            session.add(form)
    office.done("cycle", "close", "--by", SOME[0].name)
    numbers = [(row.number, row.kind, row.applicant_key) for row in decided(office.home)]
    said = office.done("cycle", "erase", "2568", *WHO, "--on", "1 ต.ค. 2573", "--dry-run")
    assert "จำนวนที่ยังทราบ: group 1, leader 3" in said
    assert not emptied(office)
    by_hand = [
        "รายชื่อ (entity list) ทุกชุดของรอบนี้ในโครงการ และเพิกถอน app user ทุกคน เซิร์ฟเวอร์ลบจริงเมื่อครบ 30 วัน",
        "ต้องทำที่ KoboToolbox (province): ลบโครงการทุกโครงการของรอบนี้",
    ]
    assert all(line in said for line in by_hand)
    said = office.done("cycle", "erase", "2568", *WHO, "--on", "1 ต.ค. 2573")
    assert all(line in said for line in by_hand)
    office.home.engine.dispose()
    office.done("backup", str(tmp_path / "after.tar"))
    assert emptied(office)
    kept = [(row.number, row.kind, row.applicant_key) for row in decided(office.home)]
    assert kept == [*numbers, (len(numbers) + 1, "erase", "2568")]
    assert "ทุกข้อเป็นอย่างที่บันทึกไว้" in office.done("audit", "verify")
    assert access_chain.broken(office.home) == []
    before = rows(office.home)
    assert "ครั้งที่ 1" in office.done("cycle", "erase", "2568", *WHO, "--on", "2 ต.ค. 2573")
    assert rows(office.home) == before, "a second time there is nothing to erase"


class Killed(BaseException):
    """As if the process ended here."""


def dying(monkeypatch: pytest.MonkeyPatch, at: int) -> list[int]:
    """Die when something is made durable for this time; 0 = never. Returns how often it was, so far."""
    passed = [0]

    def pass_by() -> None:
        passed[0] += 1
        if passed[0] == at:
            raise Killed

    commit, unlink = DefaultDialect.do_commit, os.unlink

    def committed(self: DefaultDialect, connection: object) -> None:
        pass_by()
        commit(self, connection)

    def unlinked(*args: object, **named: object) -> None:
        pass_by()
        unlink(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(DefaultDialect, "do_commit", committed)
    monkeypatch.setattr(os, "unlink", unlinked)
    return passed


def standing(office: Office) -> tuple[Counter[str], dict[str, int], list[str]]:
    """What an erasure leaves: how many rows of each table, files, and what was covered."""
    every = rows(office.home)
    tables = Counter(name for name, _ in every)
    top = office.home.settings.home
    sizes = {
        path.relative_to(top).as_posix(): path.stat().st_size
        for part in ("store", "spool", "releases", "cache", "packet")
        for path in (top / part).rglob("*")
        if path.is_file()
    }
    return tables, sizes, [row.content for row in decided(office.home) if row.kind != "erase"]


def test_cut_off_anywhere_the_same_command_ends_it_the_same(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = SOME[0]

    def erased(name: str, at: int) -> tuple[int, object]:
        with opened(made, tmp_path / name) as office:
            noted = access_chain.erasure_noted(access_chain.at_the_command_line(office.home))
            asked = Asked("นางลบ ตัวอย่าง", "คำขอที่ 12/2568", noted)
            all_of_it = ErasedIds(frozenset())  # nothing was noted to stay, though the person still serves
            with monkeypatch.context() as patched:
                passed = dying(patched, at)
                try:
                    erase_person.erase(office.home, Sought(key=gone.key), asked, again=all_of_it)
                except Killed:
                    pass
                else:
                    assert not at
            receipt = erase_person.erase(office.home, Sought(key=gone.key), asked, again=all_of_it)
            assert receipt is not None
            office.home.engine.dispose()
            assert found(office, gone) == set()
            assert "ทุกข้อเป็นอย่างที่บันทึกไว้" in office.done("audit", "verify")
            return passed[0], (standing(office), receipt.removed, receipt.files)

    times, undisturbed = erased("whole", 0)
    for at in (times // 4, times // 2, times - 2):
        assert erased(str(at), at)[1] == undisturbed, at


@pytest.mark.long
@pytest.mark.parametrize("server", ["sqlite", "postgresql"])
def test_killed_at_twenty_moments_it_ends_the_same(tmp_path: Path, server: str) -> None:
    """By SIGKILL, wherever something is made durable."""
    gone = SOME[0]

    def called(folder: Path, *order: str) -> int:
        words = ("--config", str(folder / "mochocho.toml"), "person", "erase", "--key", gone.key, *WHO)
        return subprocess.run([sys.executable, str(VICTIM), *order, "--", *words], check=False).returncode

    with ExitStack() as kept:
        url = kept.enter_context(databases.postgresql()) if server == "postgresql" else ""
        with planted(tmp_path, SOME, url=url) as office:
            retired(office, gone)
            office.home.engine.dispose()

        @contextmanager
        def copied(name: str) -> Iterator[Office]:
            folder = tmp_path.with_name(f"{tmp_path.name}-{name}")
            shutil.copytree(tmp_path, folder)
            settings = folder / "mochocho.toml"
            with ExitStack() as own:
                if url:
                    another = own.enter_context(databases.postgresql(make_url(url).database or ""))
                    settings.write_text(settings.read_text().replace(url, another))
                home = open_home(load_settings(settings))
                own.callback(home.engine.dispose)
                yield Office(folder, home)

        recorded = tmp_path.with_name(f"{tmp_path.name}-points")
        with copied("whole") as office:
            office.home.engine.dispose()
            assert called(office.folder, "record", str(recorded)) == 0
        points = [line.split("\t") for line in recorded.read_text().splitlines()]
        for moment in range(MOMENTS):
            nth, name = points[moment * len(points) // MOMENTS]
            with copied(str(moment)) as office:
                assert called(office.folder, "kill", name, nth) == -signal.SIGKILL, (name, nth)
                office.done("person", "erase", "--key", gone.key, *WHO)
                office.home.engine.dispose()
                assert found(office, gone) == set(), (name, nth)
                assert "ทุกข้อเป็นอย่างที่บันทึกไว้" in office.done("audit", "verify")
                office.home.engine.dispose()
