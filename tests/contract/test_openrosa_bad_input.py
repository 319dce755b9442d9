"""Bad posts over real sockets: what is sent -> status, Thai sentence, quarantine entry."""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mochocho.storage.home import Home
from sync.openrosa.server import Server
from tests.contract.openrosa_phone import (
    FORM,
    Phone,
    instance,
    is_thai,
    make_home,
    message,
    multipart,
    new_phone,
    part,
    publish,
    raw_request,
    serving,
    sha256,
    xml_part,
)

MB = 1 << 20
THAI_300 = "ก" * 100  # 300 bytes
HOSTILE_NAMES = [
    "../../x.jpg",
    "/etc/passwd",
    "C:\\x.jpg",
    "a\0b.jpg",
    "\u202egpj.x",
    "CON",
    THAI_300,
    ".",
    "ก/ข",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = make_home(
        tmp_path_factory.mktemp("bad") / "home", max_body_mb=8, max_instance_mb=12, max_instance_files=20
    )
    publish(home)
    return home


@pytest.fixture(scope="module")
def server(home: Home) -> Iterator[Server]:
    with serving(home) as running:
        yield running


@pytest.fixture
def phone(home: Home, server: Server) -> Phone:
    return new_phone(home, server)


def rejected(home: Home) -> dict[str, dict[str, Any]]:
    return {path.name: json.loads(path.read_bytes()) for path in (home.spool_dir / "unusable").glob("*.json")}


def receipts(home: Home, instance_id: str) -> list[dict[str, Any]]:
    name = sha256(instance_id.encode())
    folder = home.spool_dir / "posts" / name[:2] / name
    return [json.loads(path.read_bytes()) for path in folder.glob("*.json")]


Send = Callable[[Phone], requests.Response]


def xml(content: bytes) -> Send:
    return lambda phone: phone.send(content)


def parts(*content: bytes) -> Send:
    return lambda phone: phone.post(*content)


def body(content: bytes, kind: str) -> Send:
    return lambda phone: phone.post_body(content, kind)


def chunked(content: bytes) -> Send:
    return lambda phone: phone.post_body(
        iter([content[:100], content[100:]]), "multipart/form-data; boundary=b"
    )


def named(form_id: str) -> bytes:
    return instance().replace(f'id="{FORM}"'.encode(), f'id="{form_id}"'.encode())


def with_id(instance_id: str) -> bytes:
    return instance("uuid:REPLACED").replace(b"uuid:REPLACED", instance_id.encode())


def attributes(count: int, more: str = "") -> bytes:
    many = " ".join(f'a{number}="{number}"' for number in range(count))
    return instance().replace(b"<data ", f"<data {more} {many} ".encode())


DTD = b'<!DOCTYPE data [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
DEEP = b'<data id="visit" version="2">' + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</data>"


@dataclass(frozen=True)
class Case:
    sent: str
    send: Send
    status: int
    code: str | None  # what stands in quarantine; None = nothing is kept


CASES = [
    Case("XML that is not XML", xml(b"<data"), 400, "xml.malformed"),
    Case("an empty XML part", xml(b""), 400, "xml.malformed"),
    Case("a photo as the XML part", xml(b"\xff\xd8\xff\xe0" * 100), 400, "xml.encoding"),
    Case("a DTD", xml(DTD + instance()), 400, "xml.dtd"),
    Case("10,000 levels", xml(DEEP), 400, "xml.too_deep"),
    Case("a control character", xml(instance(name="X").replace(b"X", b"\x01")), 400, "xml.bad_character"),
    Case("a NUL", xml(instance(name="X").replace(b"X", b"\x00")), 400, "xml.bad_character"),
    *(
        Case(f"the reference {bad}", xml(instance(name="X").replace(b"X", bad)), 400, "xml.bad_character")
        for bad in (b"&#0;", b"&#8;", b"&#xFFFF;", b"&#55357;", b"&#xDE00;", b"&#56832;&#55357;")
    ),
    Case("60,000 attributes", xml(attributes(60_000)), 400, "xml.too_many_attributes"),
    Case("a namespace without a scheme", xml(attributes(1, 'xmlns:n="n"')), 400, "xml.bad_namespace"),
    Case("bytes that are not UTF-8", xml(instance(name="X").replace(b"X", b"\xe0\xb8")), 400, "xml.encoding"),
    Case("XML of more than 2 MB", xml(instance(name="ก" * MB)), 413, "xml.too_large"),
    Case("no form id", xml(named("")), 400, "form.no_id"),
    Case("no instance id", xml(with_id("")), 400, "instance.no_id"),
    Case("an unknown form", xml(instance(form_id="other")), 404, "form.unknown"),
    Case("an unknown version", xml(instance(version="99")), 404, "form.version_unknown"),
    Case("no version", xml(instance(version="")), 404, "form.version_unknown"),
    *(
        Case(f"the instance id {bad!r}", xml(with_id(bad)), 400, code)
        for bad, code in [
            ("../../x", "instance.bad_id"),
            ("/etc/passwd", "instance.bad_id"),
            ("a\0b", "xml.bad_character"),
            ("\u200fabc", "instance.bad_id"),
            (THAI_300, "instance.bad_id"),
            ("a" * 2000, "instance.bad_id"),
        ]
    ),
    *(
        Case(f"the form id {bad!r}", xml(named(bad)), status, code)
        for bad, status, code in [
            ("../../x", 404, "form.unknown"),
            ("/etc/passwd", 404, "form.unknown"),
            ("a\0b", 400, "xml.bad_character"),
            ("\u200fabc", 404, "form.unknown"),
            ("CON", 404, "form.unknown"),
            (THAI_300, 404, "form.unknown"),
            ("a" * 2000, 400, "form.bad_id"),
        ]
    ),
    Case("no XML part", parts(part("1.jpg", b"x", "1.jpg")), 400, "post.no_xml"),
    Case("an empty form", parts(), 400, "post.no_xml"),
    Case("bare XML, no multipart", body(instance(), "text/xml"), 400, "post.no_xml"),
    Case("nothing at all", body(b"", "multipart/form-data; boundary=b"), 400, "post.malformed"),
    Case("no content type", body(instance(), ""), 400, "post.no_xml"),
    Case("no boundary", body(instance(), "multipart/form-data"), 400, "post.no_xml"),
    Case(
        "a boundary that never comes",
        body(b"x" * MB, "multipart/form-data; boundary=b"),
        400,
        "post.malformed",
    ),
    Case(
        "a part without end",
        body(multipart([xml_part(instance())])[0][:-6], "multipart/form-data; boundary=b"),
        400,
        "post.malformed",
    ),
    Case("a part without a name", parts(b"Content-Type: text/plain\r\n\r\nx\r\n"), 400, "post.malformed"),
    Case("a part head of 1 MB", parts(b"X: " + b"x" * MB + b"\r\n\r\nx\r\n"), 400, "post.malformed"),
    Case(
        "a part head that is not UTF-8",
        parts(b'Content-Disposition: form-data; name="\xe0"\r\n\r\nx\r\n'),
        400,
        "post.malformed",
    ),
    Case("two different XML parts", parts(xml_part(instance()), xml_part(instance())), 400, "post.two_xml"),
    Case(
        "a form field of 2 MB",
        parts(xml_part(instance()), part("note", b"x" * 2 * MB)),
        413,
        "post.field_too_large",
    ),
    Case("31 parts", parts(*(part(f"{n}", b"", f"{n}") for n in range(31))), 413, "post.too_many_parts"),
    Case(
        "too many files of one instance",
        lambda p: p.send(instance(), {f"{n}.jpg": b"%d" % n for n in range(21)}),
        413,
        "instance.too_many_files",
    ),
    Case("a body over the limit", lambda p: p.send(instance(), {"1.jpg": b"x" * 9 * MB}), 413, None),
    Case("a chunked body over the limit", chunked(b"x" * 9 * MB), 413, None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sent)
def test_bad_input_is_answered_in_thai_and_kept(home: Home, phone: Phone, case: Case) -> None:
    before = rejected(home)
    first = case.send(phone)
    assert first.status_code == case.status
    assert is_thai(message(first))
    new = [record for name, record in rejected(home).items() if name not in before]
    assert [record["code"] for record in new] == ([case.code] if case.code else [])
    for record in new:
        assert record["message_th"] == message(first)
        assert home.store.has(record["sha256"])
        assert record["officer_id"] > 0
    assert phone.send(instance()).status_code == 201, "nothing else stops"


def test_what_a_refused_post_brought_is_kept(home: Home, phone: Phone) -> None:
    before = rejected(home)
    sent = instance(form_id="gone", photo="1.jpg")
    for _ in range(3):
        assert phone.send(sent, {"1.jpg": b"only copy"}).status_code == 404
    [record] = [record for name, record in rejected(home).items() if name not in before]
    assert home.store.read(record["sha256"]) == sent
    assert record["files"] == [["1.jpg", sha256(b"only copy"), 9]]
    assert home.store.read(record["files"][0][1]) == b"only copy"


def test_a_broken_post_is_kept_byte_for_byte(home: Home, phone: Phone) -> None:
    before = rejected(home)
    content, kind = multipart([xml_part(instance())])
    assert phone.post_body(content[:-10], kind).status_code == 400
    [record] = [record for name, record in rejected(home).items() if name not in before]
    assert home.store.read(record["sha256"]) == content[:-10]


GOOD_ENOUGH = {
    "a photo of zero bytes": b"",
    "a PDF called jpg": b"%PDF-1.7 ...",
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
}


@pytest.mark.parametrize("content", GOOD_ENOUGH.values(), ids=GOOD_ENOUGH)
def test_files_are_taken_as_they_are(home: Home, phone: Phone, content: bytes) -> None:
    """Whether a file can be read is a finding of the assessment, not a reason to refuse a submission."""
    id_ = str(uuid.uuid4())
    assert phone.send(instance(f"uuid:{id_}", photo="1.jpg"), {"1.jpg": content}).status_code == 201
    assert [receipt["files"] for receipt in receipts(home, id_)] == [
        [["1.jpg", sha256(content), len(content)]]
    ]


def test_reserved_names_are_only_names(home: Home, phone: Phone) -> None:
    assert phone.send(instance("CON")).status_code == 201
    assert [receipt["instance_id"] for receipt in receipts(home, "CON")] == ["CON"]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_file_name_is_data(home: Home, phone: Phone, name: str) -> None:
    id_ = str(uuid.uuid4())
    answer = phone.post(xml_part(instance(f"uuid:{id_}")), part(name, b"x", name.replace("\\", "\\\\")))
    assert answer.status_code == 201
    [receipt] = receipts(home, id_)
    assert receipt["files"] == []
    assert receipt["unnamed"] == [[name, sha256(b"x"), 1]]
    _nothing_outside(home)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\%\ufffe\uffff'), min_size=1
    )
)
def test_any_file_name_the_instance_gives_is_found_again(home: Home, phone: Phone, name: str) -> None:
    id_, given_name = str(uuid.uuid4()), name.strip()
    if not given_name or len(given_name) > 255:
        return
    answer = phone.send(instance(f"uuid:{id_}", photo=given_name), {given_name: b"x"})
    assert answer.status_code == 201
    [receipt] = receipts(home, id_)
    assert [file[0] for file in (*receipt["files"], *receipt["unnamed"])] == [given_name]
    assert receipt["unnamed"] == []


def test_a_file_called_like_the_instance_is_a_file(home: Home, phone: Phone) -> None:
    id_ = str(uuid.uuid4())
    sent = instance(f"uuid:{id_}", photo="instance.xml")
    answer = phone.post(xml_part(sent), part("instance.xml", b"<other/>", "instance.xml"))
    assert answer.status_code == 201
    [receipt] = receipts(home, id_)
    assert home.store.read(receipt["xml"]) == sent
    assert receipt["files"] == [["instance.xml", sha256(b"<other/>"), 8]]


def test_two_parts_of_one_name_are_both_kept(home: Home, phone: Phone) -> None:
    id_ = str(uuid.uuid4())
    twice = [part("1.jpg", content, "1.jpg") for content in (b"one", b"two", b"one")]
    assert phone.post(xml_part(instance(f"uuid:{id_}", photo="1.jpg")), *twice).status_code == 201
    [receipt] = receipts(home, id_)
    assert sorted(file[1] for file in receipt["files"]) == sorted([sha256(b"one"), sha256(b"two")])


def test_the_same_xml_twice_in_one_post_is_one(phone: Phone) -> None:
    sent = xml_part(instance())
    assert phone.post(sent, sent).status_code == 201


def test_two_thousand_thai_characters_in_a_name_are_taken(home: Home, phone: Phone) -> None:
    id_ = str(uuid.uuid4())
    sent = instance(f"uuid:{id_}", name="น้ำ" * 667)
    assert phone.send(sent).status_code == 201
    assert home.store.read(receipts(home, id_)[0]["xml"]) == sent


@pytest.mark.parametrize("written", [b"&#55357;&#56832;", b"&#xD83D;&#xDE00;", "😀".encode()])
def test_an_emoji_is_taken_however_the_phone_wrote_it(home: Home, phone: Phone, written: bytes) -> None:
    id_ = str(uuid.uuid4())
    sent = instance(f"uuid:{id_}", name="EMOJI").replace(b"EMOJI", written)
    assert phone.send(sent).status_code == 201
    assert phone.send(instance(f"uuid:{id_}", name="😀")).status_code == 201, "the same, written differently"
    assert {home.store.read(receipt["xml"]) for receipt in receipts(home, id_)} >= {sent}


def test_an_instance_may_not_outgrow_its_cap_over_many_posts(home: Home, phone: Phone) -> None:
    sent = instance(photo="1.jpg", photo2="2.jpg")
    assert phone.send(sent, {"1.jpg": b"1" * 7 * MB}, incomplete=True).status_code == 201
    answer = phone.send(sent, {"2.jpg": b"2" * 7 * MB})
    assert answer.status_code == 413
    assert is_thai(message(answer))
    assert phone.send(sent, {"1.jpg": b"1" * 7 * MB}).status_code == 201, "what is already held counts once"


def test_an_officer_may_not_send_more_than_the_day_allows(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", max_officer_day_mb=1)
    publish(home)
    with serving(home) as server:
        greedy, modest = new_phone(home, server), new_phone(home, server)
        assert greedy.send(instance(photo="1.jpg"), {"1.jpg": b"x" * 600_000}).status_code == 201
        answer = greedy.send(instance(photo="1.jpg"), {"1.jpg": b"y" * 600_000})
        assert answer.status_code == 429
        assert is_thai(message(answer))
        assert [(r["code"], r["sha256"]) for r in rejected(home).values()] == [("officer.day_full", None)]
        assert modest.send(instance()).status_code == 201


def test_a_stranger_cannot_fill_the_disk(home: Home, server: Server) -> None:
    before = set(home.settings.home.rglob("*"))
    answer = Phone(f"{server.url}/key/nobody").send(instance(), {"1.jpg": b"x" * 7 * MB})
    assert answer.status_code == 403
    assert is_thai(message(answer))
    assert set(home.settings.home.rglob("*")) == before


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Content-Length: 3000000000", 413),
        ("Content-Length: 99999999999999999999", 413),
        ("Content-Length: -1", 400),
        ("Content-Length: abc", 400),
        ("Transfer-Encoding: gzip", 400),
        (f"X-Long: {'x' * 262_100}", 431),
    ],
)
def test_a_length_that_lies_is_refused_at_once(server: Server, phone: Phone, head: str, status: int) -> None:
    path = phone.base.removeprefix(server.url)
    answer = raw_request(
        server.url, f"POST {path}/submission HTTP/1.1\r\nConnection: close\r\n{head}\r\n\r\n".encode()
    )
    assert int(answer.split(b" ", 2)[1]) == status
    assert is_thai(answer.decode())
    assert phone.send(instance()).status_code == 201


def test_a_length_that_is_too_small_cuts_the_post(server: Server, home: Home, phone: Phone) -> None:
    content, kind = multipart([xml_part(instance())])
    path = phone.base.removeprefix(server.url)
    head = f"POST {path}/submission HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 60\r\n\r\n"
    before = rejected(home)
    answer = raw_request(server.url, head.encode() + content)
    assert answer.split(b" ", 2)[1] == b"400"
    assert is_thai(answer.decode())
    [record] = [record for name, record in rejected(home).items() if name not in before]
    assert record["code"] == "post.malformed"


def _nothing_outside(home: Home) -> None:
    """Every file of the home is one of ours: named by digests alone."""
    for path in (*home.spool_dir.rglob("*"), *home.settings.store_dir.rglob("*")):
        assert (
            path.stem == "first"
            or path.name in {"posts", "unusable"}
            or set(path.stem) <= set("0123456789abcdef")
        )
    assert {path.name for path in home.settings.home.iterdir()} <= {
        "mochocho.db", "mochocho.db-wal", "mochocho.db-shm", "spool", "store",
    }  # fmt: skip
