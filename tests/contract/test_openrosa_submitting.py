"""Posts of phones: whole, in parts, repeated, in parallel, beside stalled ones, onto a full disk."""

import errno
import io
import json
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mochocho.storage.home import Home
from sync.openrosa.server import Server
from tests.contract.openrosa_phone import (
    Phone,
    instance,
    is_thai,
    make_home,
    message,
    multipart,
    new_phone,
    part,
    publish,
    serving,
    sha256,
    xml_part,
)

ID = "0b6f7c1e-5a3d-4c52-9a35-0d7c2f1e8a11"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    publish(home, "visit", "1", current=False)
    publish(home)
    return home


@pytest.fixture
def phone(home: Home, server: Server) -> Phone:
    return new_phone(home, server)


def folder_of(home: Home, instance_id: str = ID) -> Path:
    name = sha256(instance_id.encode())
    return home.spool_dir / "posts" / name[:2] / name


def receipts(home: Home, instance_id: str = ID) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in folder_of(home, instance_id).glob("*.json")]


def rejected(home: Home) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in (home.spool_dir / "unusable").glob("*.json")]


def test_a_submission_is_kept_whole(home: Home, phone: Phone) -> None:
    xml, photo = instance(f"uuid:{ID}", photo="บ้าน.jpg"), b"\xff\xd8photo" * 100_000
    answer = phone.send(xml, {"บ้าน.jpg": photo})
    assert answer.status_code == 201
    assert is_thai(message(answer))
    [receipt] = receipts(home)
    assert receipt["instance_id"] == ID
    assert (receipt["form_id"], receipt["form_version"], receipt["deprecated_id"]) == ("visit", "2", None)
    assert receipt["files"] == [["บ้าน.jpg", sha256(photo), len(photo)]]
    assert home.store.read(receipt["xml"]) == xml
    assert home.store.read(sha256(photo)) == photo


def test_a_receipt_is_named_by_its_content(home: Home, phone: Phone) -> None:
    phone.send(instance(f"uuid:{ID}"))
    [path] = folder_of(home).glob("*.json")
    assert path.stem == sha256(path.read_bytes())


def test_an_old_version_is_still_taken(home: Home, phone: Phone) -> None:
    assert phone.send(instance(f"uuid:{ID}", version="1")).status_code == 201
    assert [receipt["form_version"] for receipt in receipts(home)] == ["1"]


def test_a_split_submission_comes_together(home: Home, phone: Phone) -> None:
    xml = instance(f"uuid:{ID}", photo="1.jpg", photo2="2.jpg")
    first = phone.send(xml, {"1.jpg": b"one"}, incomplete=True)
    last = phone.send(xml, {"2.jpg": b"two"})
    assert (first.status_code, last.status_code) == (201, 201)
    assert message(first) != message(last)
    files = sorted(file for receipt in receipts(home) for file in receipt["files"])
    assert files == [["1.jpg", sha256(b"one"), 3], ["2.jpg", sha256(b"two"), 3]]


def test_the_same_again_is_taken_and_adds_nothing(home: Home, phone: Phone) -> None:
    xml = instance(f"uuid:{ID}", photo="1.jpg")
    for _ in range(3):
        assert phone.send(xml, {"1.jpg": b"one"}).status_code == 201
    assert len(receipts(home)) == 1


def test_the_same_meaning_written_differently_is_the_same(home: Home, phone: Phone) -> None:
    xml = instance(f"uuid:{ID}")
    assert phone.send(xml).status_code == 201
    assert (
        phone.send(xml.replace(b"<photo></photo>", b"<photo/>").replace(b"'1.0'", b'"1.0"')).status_code
        == 201
    )
    assert rejected(home) == []


def test_other_answers_under_the_same_id_are_a_conflict_and_both_are_kept(home: Home, phone: Phone) -> None:
    ours, theirs = (instance(f"uuid:{ID}", name=name, photo="1.jpg") for name in ("หนึ่ง", "สอง"))
    assert phone.send(ours).status_code == 201
    answer = phone.send(theirs, {"1.jpg": b"theirs"})
    assert answer.status_code == 409
    assert is_thai(message(answer))
    assert phone.send(ours).status_code == 201
    [kept] = rejected(home)
    assert kept["code"] == "submission.conflict"
    assert home.store.read(kept["sha256"]) == theirs
    assert home.store.read(kept["files"][0][1]) == b"theirs"
    assert {receipt["xml"] for receipt in receipts(home)} == {sha256(ours)}


def test_other_bytes_under_the_same_name_are_both_kept(home: Home, phone: Phone) -> None:
    xml = instance(f"uuid:{ID}", photo="1.jpg")
    for photo in (b"one", b"another"):
        assert phone.send(xml, {"1.jpg": photo}).status_code == 201
    files = {file[1] for receipt in receipts(home) for file in receipt["files"]}
    assert files == {sha256(b"one"), sha256(b"another")}
    assert all(map(home.store.has, files))


def test_an_edit_names_what_it_replaces(home: Home, phone: Phone) -> None:
    new = "1" + ID[1:]
    xml = instance(f"uuid:{new}").replace(
        b"</ns0:instanceID>",
        b"</ns0:instanceID><ns0:deprecatedID>uuid:" + ID.encode() + b"</ns0:deprecatedID>",
    )
    assert phone.send(xml).status_code == 201
    assert [receipt["deprecated_id"] for receipt in receipts(home, new)] == [ID]


def test_a_hundred_files_at_once_are_taken(home: Home, phone: Phone) -> None:
    assert phone.send(instance(f"uuid:{ID}"), {f"{n}.jpg": b"%d" % n for n in range(101)}).status_code == 201
    [receipt] = receipts(home)
    assert len(receipt["unnamed"]) == 101


def test_twenty_identical_posts_at_once_are_one_instance(home: Home, phone: Phone) -> None:
    xml, photo = instance(f"uuid:{ID}", photo="1.jpg"), b"photo" * 100_000
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: phone.send(xml, {"1.jpg": photo}), range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert [path.name for path in (home.spool_dir / "posts").glob("*/*")] == [folder_of(home).name]
    said = [{k: v for k, v in receipt.items() if k != "received_at"} for receipt in receipts(home)]
    assert said == [said[0]] * len(said)
    assert said[0]["files"] == [["1.jpg", sha256(photo), len(photo)]]


def test_of_two_meanings_at_once_one_wins_and_both_are_kept(home: Home, phone: Phone) -> None:
    xmls = [instance(f"uuid:{ID}", name=f"คนที่ {n % 2}") for n in range(16)]
    with ThreadPoolExecutor(16) as pool:
        statuses = [answer.status_code for answer in pool.map(phone.send, xmls)]
    assert sorted(statuses) == [201] * 8 + [409] * 8
    [won] = {receipt["xml"] for receipt in receipts(home)}
    [lost] = {record["sha256"] for record in rejected(home)}
    assert {won, lost} == {sha256(xml) for xml in xmls}


@pytest.mark.parametrize("count", [100, 500])
def test_stalled_connections_do_not_stop_a_phone(
    home: Home, server: Server, phone: Phone, count: int
) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    post = f"POST {phone.base.removeprefix(server.url)}/submission HTTP/1.1\r\nHost: x\r\n"
    begun = [
        b"",
        b"POST /key/x/submission HTTP/1.1\r\nHost: x\r\nContent-",
        f"{post}Content-Length: 900000\r\n\r\nab".encode(),
        f"{post}Transfer-Encoding: chunked\r\n\r\nff\r\n".encode(),
    ]
    stalled = [socket.create_connection((host, int(port)), timeout=30) for _ in range(count)]
    try:
        for number, connection in enumerate(stalled):
            with suppress(ConnectionError):  # closed already, to make room
                connection.sendall(begun[number % len(begun)])
        xml = instance(f"uuid:{ID}", photo="1.jpg")
        assert phone.get("formList").status_code == 200
        assert phone.send(xml, {"1.jpg": b"one" * 100_000}).status_code == 201
    finally:
        for connection in stalled:
            connection.close()


def test_a_connection_that_breaks_off_keeps_nothing(home: Home, server: Server, phone: Phone) -> None:
    body, kind = multipart([xml_part(instance(f"uuid:{ID}"))])
    host, port = server.url.removeprefix("http://").split(":")
    path = f"{phone.base.removeprefix(server.url)}/submission"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:-5])
    assert phone.get("formList").status_code == 200
    assert not home.spool_dir.exists()


def test_chunked_and_expecting_clients_are_served(home: Home, phone: Phone) -> None:
    body, kind = multipart([xml_part(instance(f"uuid:{ID}"))])
    assert phone.post_body(iter([body[:50], body[50:]]), kind).status_code == 201
    assert phone.post_body(body, kind, Expect="100-continue").status_code == 201


def test_stopping_lets_a_running_post_finish(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(home) as server, ThreadPoolExecutor(2) as pool:
        phone = new_phone(home, server)
        stopping = []
        incoming = type(home.store).incoming

        def stop_meanwhile(self: Any) -> Any:
            if not stopping:
                stopping.append(pool.submit(server.stop))
            return incoming(self)

        monkeypatch.setattr(type(home.store), "incoming", stop_meanwhile)
        assert phone.send(instance(f"uuid:{ID}")).status_code == 201
        stopping[0].result(timeout=60)
    assert len(receipts(home)) == 1


def test_everything_written_is_for_the_owner_alone(home: Home, phone: Phone) -> None:
    phone.send(instance(f"uuid:{ID}", photo="1.jpg"), {"1.jpg": b"x"})
    phone.send(b"<")
    for path in home.settings.home.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


# A full disk. The failing call is the nth of its kind in one post, so that every write meets it once.


def _fails_at(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, nth: int) -> list[int]:
    """Let the nth call of os.<name> in mochocho.storage.files fail as on a full disk; counts the calls."""
    real, calls = getattr(module, name), [0]

    def full(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, full)
    return calls


@pytest.mark.parametrize("call", ["open", "fsync", "replace", "link"])
def test_a_full_disk_is_503_at_every_write_and_never_201(home: Home, phone: Phone, call: str) -> None:
    import mochocho.storage.files

    xml = instance(f"uuid:{ID}", photo="1.jpg")
    statuses = []
    for nth in range(1, 100):
        with pytest.MonkeyPatch.context() as patch:
            calls = _fails_at(patch, mochocho.storage.files.os, call, nth)
            answer = phone.send(xml, {"1.jpg": b"one"})
        statuses.append(answer.status_code)
        if calls[0] < nth:
            break
        assert answer.status_code == 503, nth
        assert is_thai(message(answer))
        for receipt in receipts(home):  # whatever can be read is whole
            assert home.store.read(receipt["xml"]) == xml
            assert home.store.read(receipt["files"][0][1]) == b"one"
    assert statuses[-1] == 201
    assert 503 in statuses
    assert len(receipts(home)) >= 1
    assert list(home.settings.home.rglob("*.in")) == []
    assert list(home.settings.home.rglob("*.tmp")) == []


class _FullFile(io.BytesIO):
    def write(self, _data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("chunked", [False, True])
def test_no_room_for_the_body_itself_is_503(
    home: Home, phone: Phone, monkeypatch: pytest.MonkeyPatch, chunked: bool
) -> None:
    body, kind = multipart(
        [xml_part(instance(f"uuid:{ID}", photo="1.jpg")), part("1.jpg", b"x" * 3_000_000, "1.jpg")]
    )
    with monkeypatch.context() as patch:
        patch.setattr("waitress.buffers.TempfileBasedBuffer.newfile", lambda _self: _FullFile())
        answer = phone.post_body(iter([body]) if chunked else body, kind)
    assert answer.status_code == 503
    assert is_thai(message(answer))
    assert not home.spool_dir.exists()
    assert phone.post_body(body, kind).status_code == 201


def test_a_database_that_cannot_be_read_is_503(
    home: Home, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def fail(*_: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr("sync.officers.of_token", fail)
        answer = phone.send(instance(f"uuid:{ID}"))
    assert answer.status_code == 503
    assert is_thai(message(answer))
    assert phone.send(instance(f"uuid:{ID}")).status_code == 201
