"""ชุดเอกสาร: work of minutes is found again and never done twice; the packet is logged, then given."""

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask

from mochocho.app import access_chain
from mochocho.app.asked_work import asked_process, asked_works, by_workers
from mochocho.app.asked_work.asked_works import Kind, State
from mochocho.app.asked_work.reporting import of_command
from mochocho.app.pipeline import worker
from mochocho.app.status import source_ages
from mochocho.app.status.source_ages import SourceAge
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from reports.packet.make_packet import make_packet
from sync.tables import Sweep
from tests.portal.conftest import Browser, Clock, made_site, signed_in
from tests.portal.driven import SIZES, Driven, driven, listening

STARTED = "เริ่มแล้ว"


@pytest.fixture
def site(own_home: Home, clock: Clock) -> Flask:
    return made_site(own_home, clock)


@pytest.fixture
def clerk(site: Flask) -> Browser:
    return signed_in(site, "province")


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the work for which a process would have been started."""
    begun: list[int] = []
    monkeypatch.setattr(asked_process, "begin", lambda _settings, number: begun.append(number))
    return begun


def ended(home: Home, number: int) -> asked_works.Work:
    for _ in range(1200):
        with reading(home.engine) as session:
            work = asked_works.numbered(session, number)
        assert work is not None
        if not work.alive:
            return work
        time.sleep(0.1)
    raise AssertionError("the work does not end")


def test_the_packet_is_made_by_a_process_of_its_own_and_given_after_it_is_logged(
    clerk: Browser, site: Flask, own_home: Home
) -> None:
    answer = clerk.send("/packets/ask/packet")
    assert (answer.status_code, answer.location) == (303, "/packets")
    assert STARTED in clerk.get("/packets").text  # at once, whatever the work takes
    work = ended(own_home, 1)
    assert (work.state, work.asked_by) == (State.DONE, "นางจังหวัด ตัวอย่าง"), work.said
    assert work.total == work.done > 0  # sheets typeset, of all
    page = clerk.get("/packets").text
    assert "เสร็จแล้ว" in page
    assert 'href="/packets/file/packet.pdf"' in page
    with clerk.get("/packets/file/packet.pdf") as given:
        data = given.data
        assert given.headers["Content-Disposition"].startswith("attachment")
    assert data.startswith(b"%PDF")
    row = access_chain.last(own_home, 1)[0]
    assert (row.what, row.about) == ("packet", hashlib.sha256(data).hexdigest())
    again = make_packet(own_home, own_home.settings.home / "by-command")
    assert again.pdfs[0].read_bytes() == data
    for unknown in ("x.pdf", "plan.json", "..%2fmochocho.db"):
        assert clerk.get(f"/packets/file/{unknown}").status_code == 404
    for role in ("district", "assessor", "viewer", "admin"):
        other = signed_in(site, role)
        assert other.get("/packets/file/packet.pdf").status_code == 403
        assert other.send("/packets/ask/pull").status_code == 403


def test_an_account_for_looking_gets_the_committees_copy_and_nothing_else(
    clerk: Browser, site: Flask, own_home: Home
) -> None:
    viewer = signed_in(site, "viewer")
    assert "ยังไม่ได้ทำ" in viewer.get("/committee-copy").text
    assert clerk.send("/packets/ask/redacted").status_code == 303
    work = ended(own_home, 1)
    assert (work.state, work.said) == (State.DONE, "ทำฉบับกรรมการเสร็จ 1 เล่ม")
    page = viewer.get("/committee-copy").text
    assert 'href="/committee-copy/packet-redacted.pdf"' in page
    assert 'href="/committee-copy"' in viewer.get("/").text
    assert 'href="/committee-copy"' in clerk.get("/packets").text
    assert "ทำฉบับกรรมการ" not in page
    with viewer.get("/committee-copy/packet-redacted.pdf") as given:
        digest = hashlib.sha256(given.data).hexdigest()
    row = access_chain.last(own_home, 1)[0]
    assert (row.what, row.about, row.reason) == ("packet", digest, "redacted")
    for other in ("packet.pdf", "manifest.json", "..%2fpacket.pdf"):
        assert viewer.get(f"/committee-copy/{other}").status_code == 404
    assert viewer.get("/packets/file/packet.pdf").status_code == 403
    assert "ทำฉบับกรรมการ" in clerk.get("/committee-copy").text
    for role in ("district", "assessor", "admin"):
        assert signed_in(site, role).get("/committee-copy").status_code == 403


def test_work_that_fails_says_why(clerk: Browser, own_home: Home) -> None:
    own_home.settings.packet_dir.write_text("a file in the way")
    clerk.send("/packets/ask/packet")
    assert ended(own_home, 1).state is State.FAILED
    page = clerk.get("/packets").text
    assert "ไม่สำเร็จ" in page
    assert "packet" in page


def test_what_is_being_done_is_not_begun_twice_and_may_be_once_it_is_dead(
    clerk: Browser, own_home: Home, clock: Clock, idle: list[int]
) -> None:
    for _ in range(2):
        assert clerk.send("/packets/ask/pull").status_code == 303
    assert "กำลังทำอยู่แล้ว" in clerk.get("/packets").text
    assert idle == [1]
    asked_works.report(own_home, 1, clock(), "assess", 34, 149)
    page = clerk.get("/packets").text
    assert '<progress id="bar-1" value="34" max="149">' in page
    assert "34 จาก 149" in page
    clock.later(seconds=31)
    assert "ขาดตอน" in clerk.get("/packets").text
    clerk.send("/packets/ask/pull")
    assert idle == [1, 2]
    asked_works.report(own_home, 1, clock(), "assess", 35, 149)  # it was not dead after all
    with reading(own_home.engine) as session:
        states = [one.state for one in asked_works.latest(session, clock(), 9)]
    assert states == [State.ASKED, State.CUT_OFF]
    assert clerk.send("/packets/ask/other").status_code == 404


def test_the_same_work_has_one_place_until_it_ends(any_home: Home, clock: Clock) -> None:
    at = clock()
    first = asked_works.ask(any_home, Kind.PULL, "นางหนึ่ง ตัวอย่าง", at)
    assert first == (1, True)
    assert asked_works.ask(any_home, Kind.PULL, "นางสอง ตัวอย่าง", at) == (1, False)
    assert asked_works.ask(any_home, Kind.ABSENCE, "นางสอง ตัวอย่าง", at, "central:ours")[1]
    asked_works.end(any_home, 1, at, State.DONE, "เสร็จ")
    number, new = asked_works.ask(any_home, Kind.PULL, "นางสอง ตัวอย่าง", at)
    assert new
    with reading(any_home.engine) as session:
        newest = asked_works.latest(session, at, 1)[0]
    assert (newest.number, newest.state, newest.asked_by) == (number, State.ASKED, "นางสอง ตัวอย่าง")


def test_what_a_command_is_at_is_shown_beside_it(clerk: Browser, own_home: Home) -> None:
    told: list[tuple[str, int, int]] = []
    with of_command(own_home, Kind.PACKET, lambda *one: told.append(one)) as progress:
        progress("packet", 3, 9)
        page = clerk.get("/packets").text
        assert "สั่งโดย คำสั่งที่เครื่องแม่ข่าย" in page
        clerk.send("/packets/ask/packet")
        assert "กำลังทำอยู่แล้ว" in clerk.get("/packets").text
    assert told == [("packet", 3, 9)]  # and in the terminal
    with pytest.raises(Transient), of_command(own_home, Kind.PULL, lambda *_: None):
        raise Transient("เซิร์ฟเวอร์ไม่ตอบ", "the server is silent")
    with reading(own_home.engine) as session:
        works = asked_works.latest(session, datetime.now(UTC), 9)
    assert [(one.state, one.total) for one in works] == [(State.FAILED, 0), (State.DONE, 9)]
    assert "เซิร์ฟเวอร์ไม่ตอบ" in clerk.get("/packets").text


def test_whoever_looks_again_is_told_that_nothing_changed(
    clerk: Browser, own_home: Home, clock: Clock, idle: list[int]
) -> None:
    clerk.send("/packets/ask/pull")
    clerk.get("/packets")  # which says once that it began
    headers = {"X-Fragment": "work"}
    tag = clerk.get("/packets", headers=headers).headers["ETag"]
    assert clerk.get("/packets", headers={**headers, "If-None-Match": tag}).status_code == 304
    asked_works.report(own_home, 1, clock(), "register", 1, 2)
    assert clerk.get("/packets", headers={**headers, "If-None-Match": tag}).status_code == 200


def test_what_vanished_at_once_is_let_go_as_it_was_shown(
    clerk: Browser,
    site: Flask,
    own_home: Home,
    idle: list[int],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    central = SourceAge("central:ours", "ODK Central (ours)", None, False, vanished=37)
    monkeypatch.setattr(source_ages, "look", lambda *_: (central,))
    page = clerk.get("/arrivals").text
    assert "ยืนยันว่าหายจริง 37 แบบ" in page
    clerk.send("/packets/ask/absence/central:ours", vanished="36")
    assert "จำนวนที่หายไปเปลี่ยนแล้ว" in clerk.get("/arrivals").text
    assert clerk.send("/packets/ask/absence/other", vanished="37").status_code == 404
    assert idle == []
    clerk.send("/packets/ask/absence/central:ours", vanished="37")
    assert idle == [1]
    with reading(own_home.engine) as session:
        work = asked_works.numbered(session, 1)
    assert work
    assert (work.kind, work.about) == (Kind.ABSENCE, "central:ours")
    assert "ยืนยันว่าหายจริง" not in signed_in(site, "admin").get("/arrivals").text


def test_where_workers_pull_their_looks_are_counted(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they did is in the sweeps of servers; here a test does it in their place."""
    asked: list[object] = []
    keys = ("central:one", "kobo:two")

    def looked(_app: object) -> None:
        asked.append(_app)
        with transaction(own_home.engine) as session:
            session.merge(Sweep(source=keys[len(asked) - 1], polled_at=datetime.now(UTC)))

    monkeypatch.setattr(worker, "make_app", lambda settings: settings)
    monkeypatch.setattr(worker, "start_work", looked)
    monkeypatch.setattr(by_workers, "servers", lambda _home: [SimpleNamespace(key=key) for key in keys])
    monkeypatch.setattr(by_workers, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(by_workers, "PATIENCE_SECONDS", 0.05)
    reported: list[tuple[str, int, int]] = []
    with pytest.raises(Transient, match="not looked at every server"):
        by_workers.pull(own_home, lambda *one: reported.append(one))
    assert set(reported) == {("pull", 1, 2)}  # the second is not claimed to be done
    monkeypatch.setattr(by_workers, "servers", lambda _home: [SimpleNamespace(key=keys[1])])
    assert by_workers.pull(own_home, lambda *one: reported.append(one)) == 1
    assert reported[-1] == ("pull", 1, 1)


@pytest.fixture
def busy(own_home: Home) -> Iterator[Driven]:
    with listening(own_home) as url, driven(url) as browser:
        yield browser


def test_a_bar_moves_by_itself_and_the_end_is_read_out(own_home: Home, busy: Driven) -> None:
    def at() -> datetime:
        return datetime.now(UTC)

    number, _ = asked_works.ask(own_home, Kind.PULL, "นางจังหวัด ตัวอย่าง", at())
    asked_works.report(own_home, number, at(), "assess", 1, 9)
    busy.sign_in("province")
    for size in SIZES:
        busy.size(*size)
        busy.open("/packets")
        assert busy.axe() == []
        assert not busy.too_wide()
        assert not busy.scrolls_enlarged()
    busy.run("window.kept = true")
    asked_works.report(own_home, number, at(), "assess", 8, 9)
    busy.until("document.querySelector('progress').value === 8")
    busy.open("/applicants")  # it can be left and found again
    busy.open("/packets")
    busy.run("window.kept = true")
    busy.until("document.querySelector('progress').value === 8")
    asked_works.end(own_home, number, at(), State.DONE, "ดึงข้อมูลจาก 1 แหล่ง ตรวจประเมิน 9 ราย")
    busy.until("document.querySelector('#live').textContent.includes('เสร็จแล้ว')")
    assert busy.run("return window.kept")
    assert not busy.run("return document.querySelector('progress')")
    assert busy.console() == []
