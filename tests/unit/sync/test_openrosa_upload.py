"""Reading a multipart post, in whatever pieces it comes and whatever it contains."""

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mochocho.storage.files import Store
from mochocho.words.errors import BadInput
from sync.openrosa.messages import PROBLEMS, status_of
from sync.openrosa.receiving.upload import receive

KIND = "multipart/form-data; boundary=cut"


class _Trickle(io.BytesIO):
    """A body that comes a few bytes at a time."""

    def __init__(self, content: bytes, step: int) -> None:
        super().__init__(content)
        self._step = step

    def read(self, _size: int | None = -1) -> bytes:
        return super().read(self._step)


def _part(disposition: str, content: bytes) -> bytes:
    return f"--cut\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + b"\r\n"


def _post(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--cut--\r\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("upload") / "store")


@settings(max_examples=60)
@given(
    files=st.lists(st.binary(max_size=300) | st.just(b"\r\n--cu") | st.just(b"\r" * 50), max_size=4),
    step=st.integers(1, 400),
)
@example(files=[b""], step=1)
def test_every_byte_arrives_however_the_body_is_cut(store: Store, files: list[bytes], step: int) -> None:
    parts = [_part(f'name="{n}.jpg"; filename="{n}.jpg"', content) for n, content in enumerate(files)]
    body = _post(_part('name="xml_submission_file"; filename="i.xml"', b"<data/>"), *parts)
    upload = receive(_Trickle(body, step), KIND, store.put_stream, 300)
    assert store.read(upload.xml.sha256) == b"<data/>"
    assert [store.read(part.sha256) for part in upload.files] == files
    assert [part.size for part in upload.files] == [len(content) for content in files]
    assert [part.names[0] for part in upload.files] == [f"{n}.jpg" for n in range(len(files))]
    assert not upload.incomplete


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r", b"--cut"])
def test_a_file_keeps_its_last_byte_wherever_a_chunk_ends(store: Store, ending: bytes) -> None:
    xml = _part('name="xml_submission_file"', b"<data/>")
    for length in range(65536 - 180, 65536 - 120):
        content = b"x" * length + ending
        body = _post(xml, _part('name="1.jpg"; filename="1.jpg"', content))
        [part] = receive(io.BytesIO(body), KIND, store.put_stream, 300).files
        assert part.sha256 == hashlib.sha256(content).hexdigest(), length


@given(
    body=st.binary(max_size=500),
    kind=st.sampled_from([KIND, "", "text/xml", "multipart/form-data", "multipart/form-data; boundary=ก"]),
)
@example(body=b"--cut\r\n\r\n\r\n--cut--", kind=KIND)
@example(body=b"--cut--", kind=KIND)
def test_whatever_comes_is_read_or_refused_with_a_code(store: Store, body: bytes, kind: str) -> None:
    with pytest.raises(BadInput) as refused:
        receive(io.BytesIO(body), kind, store.put_stream, 300)
    assert refused.value.code in PROBLEMS


def test_the_xml_may_come_as_a_field_and_last(store: Store) -> None:
    body = _post(
        _part('name="*isIncomplete*"', b"yes"),
        _part('name="1.jpg"; filename="1.jpg"', b"x"),
        _part('name="xml_submission_file"', b"<data/>"),
    )
    upload = receive(io.BytesIO(body), KIND, store.put_stream, 300)
    assert store.read(upload.xml.sha256) == b"<data/>"
    assert upload.incomplete


def test_a_kind_of_content_is_the_same_in_capitals(store: Store) -> None:
    body = _post(_part('name="xml_submission_file"', b"<data/>"))
    kind = KIND.replace("multipart/form-data", "Multipart/FORM-DATA")
    assert store.read(receive(io.BytesIO(body), kind, store.put_stream, 300).xml.sha256) == b"<data/>"


def test_a_small_field_that_nobody_asked_for_is_passed_over(store: Store) -> None:
    body = _post(_part('name="note"', b"hello"), _part('name="xml_submission_file"', b"<data/>"))
    assert receive(io.BytesIO(body), KIND, store.put_stream, 300).files == ()


@pytest.mark.parametrize(
    "unit", [b"X: y\r\n", b"X: " + b"a=b; " * 2000 + b"\r\n", b"X: " + b'\\"' * 3000 + b"\r\n"]
)
def test_heads_of_parts_that_would_take_long_to_read_are_refused(store: Store, unit: bytes) -> None:
    head = unit * (60_000 // len(unit))
    parts = [
        _part(f'name="{n}.jpg"; filename="{n}.jpg"\r\n', b"x").replace(
            b"\r\n\r\n\r\n", b"\r\n" + head + b"\r\n"
        )
        for n in range(20)
    ]
    with pytest.raises(BadInput) as refused:
        receive(io.BytesIO(_post(*parts)), KIND, store.put_stream, 300)
    assert refused.value.code == "post.malformed"


def test_a_file_has_the_names_it_was_given(store: Store) -> None:
    body = _post(
        _part('name="xml_submission_file"; filename="i.xml"', b"<data/>"),
        _part('name="field"; filename="บ้าน.jpg"', b"x"),
        _part('name="only"; filename=""', b"y"),
    )
    names = [part.names for part in receive(io.BytesIO(body), KIND, store.put_stream, 300).files]
    assert names == [("บ้าน.jpg", "field"), ("only",)]


def test_a_store_that_cannot_be_written_is_no_fault_of_the_post(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(b"in the way")
    body = _post(_part('name="xml_submission_file"; filename="i.xml"', b"<data/>"))
    with pytest.raises(OSError, match="store"):
        receive(io.BytesIO(body), KIND, Store(tmp_path / "store").put_stream, 300)


def test_every_problem_has_a_thai_sentence_and_an_error_status() -> None:
    for code, problem in PROBLEMS.items():
        assert 400 <= problem.status < 600, code
        assert any("ก" <= c <= "๛" for c in problem.message_th), code
        assert status_of(code) == problem.status
    assert status_of("xml.malformed") == 400
