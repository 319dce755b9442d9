"""A backup: its content, its reports of damage, and what a restore refuses."""

import hashlib
import io
import json
import os
import shutil
import stat
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, func, insert, select

from mochocho.app.backup import portable_rows
from mochocho.app.backup.archive import MANIFEST, SIGNATURE, verified
from mochocho.app.backup.contents import HEADER
from mochocho.app.backup.make import Backup
from mochocho.app.backup.make import backup as write_backup
from mochocho.app.backup.manifest_signature import Trust
from mochocho.app.backup.restore import MARKER, Restored
from mochocho.app.backup.restore import restore as fill
from mochocho.app.commands.cli import cli
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.tables import WorkRow
from mochocho.settings.config import Settings
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import MochochoError, Terminal
from sync.tables import Officer, Quarantined
from tests.builders import NOON, application, officer, post, publish, uid, xform

ODD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))  # what every database holds
ODD_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
MOMENTS = st.datetimes(timezones=st.just(UTC))
ZEROS = "0" * 64

Members = list[tuple[tarfile.TarInfo, bytes]]


def quiet(_stage: str, _done: int, _total: int) -> None:
    pass


def backup(home: Home, target: Path) -> Backup:
    return write_backup(home, target, quiet)


def restore(home: Home, source: Path) -> Restored:
    return fill(home, source, quiet)


@pytest.fixture
def full(home: Home) -> Home:
    """A home with a little of everything."""
    publish(home, xform())
    officer(home)
    for number in range(3):
        key = uid(number)
        xml = application(key, instance_id=uid("of", number))
        post(home, xml, {"photo.jpg": f"photo {number}".encode()})
    paper = b"%PDF a packet"
    digest = hashlib.sha256(paper).hexdigest()
    packet = home.settings.packet_dir
    packet.mkdir(mode=0o700)
    (packet / "packet.pdf").write_bytes(paper)
    (packet / "manifest.json").write_text(json.dumps({"outputs": [{"name": "packet.pdf", "sha256": digest}]}))
    return home


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Home]:
    opened = open_home(Settings(home=tmp_path / "empty"))
    upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def source(full: Home, tmp_path: Path) -> Path:
    backup(full, tmp_path / "source.tar")
    return tmp_path / "source.tar"


# --- what is in it -----------------------------------------------------------------------------------------


def test_everything_comes_back(full: Home, empty: Home, source: Path, tmp_path: Path) -> None:
    done = restore(empty, source)
    again = backup(empty, tmp_path / "again.tar")

    assert (tmp_path / "again.tar").read_bytes() == source.read_bytes()
    assert (again.manifest, again.rows, again.files) == (done.manifest, done.rows, done.files)
    assert _files(empty.settings.home) == _files(full.settings.home)


def test_it_is_a_tar_that_other_tools_open(source: Path) -> None:
    with tarfile.open(source) as tar:
        lines = [json.loads(line) for line in _content(tar, MANIFEST).splitlines()]
        named = lines[:-1]
        assert [line["name"] for line in named] + [MANIFEST, SIGNATURE] == tar.getnames()
        for line in named:
            content = _content(tar, line["name"])
            assert (line["size"], line["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert lines[-1]["rows"]["officer"] == 1
    assert lines[-1]["rows"]["submission"] == 0


def test_the_same_content_is_the_same_bytes(full: Home, source: Path, tmp_path: Path) -> None:
    backup(full, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == source.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_it_is_its_owners_alone(source: Path, empty: Home) -> None:
    restore(empty, source)
    assert stat.S_IMODE(source.stat().st_mode) == 0o600
    modes = {stat.S_IMODE(p.stat().st_mode) for p in empty.settings.home.rglob("*") if p.is_file()}
    assert modes == {0o600}


def test_a_file_that_is_there_stays(full: Home, source: Path) -> None:
    before = source.read_bytes()
    with pytest.raises(Terminal, match="already there"):
        backup(full, source)
    assert source.read_bytes() == before


def test_one_that_fails_leaves_nothing(full: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()

    def full_disk(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        backup(full, folder / "backup.tar")
    assert list(folder.iterdir()) == []


def test_what_is_half_written_or_not_ours_stays_out(full: Home, source: Path, tmp_path: Path) -> None:
    (full.store.root / ".1234.in").write_bytes(b"half")
    (full.spool_dir / "posts" / ".1234.tmp").write_bytes(b"half")
    (full.settings.packet_dir / "notes.txt").write_bytes(b"a clerk's")
    (full.settings.packet_dir / ".next").mkdir()
    backup(full, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == source.read_bytes()


def test_who_is_at_work_is_not_in_it(full: Home, source: Path, empty: Home, tmp_path: Path) -> None:
    values = {"stage": "assess", "item": "a", "state": "running", "lease": "l", "attempts": 1, "code": ""}
    with transaction(full.engine) as session:
        session.execute(insert(WorkRow).values(**values, message="", since=NOON, until=None))
    backup(full, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == source.read_bytes()


def test_memory_does_not_grow_with_the_home(home: Home, empty: Home, tmp_path: Path) -> None:
    def peak(work: Callable[[], object]) -> int:
        tracemalloc.start()
        work()
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peaks = []
    for size in (2_000, 8_000):
        with transaction(home.engine) as session:
            session.execute(insert(Quarantined), [_quarantined(size + n) for n in range(size)])
        target = tmp_path / f"{size}.tar"
        peaks.append(peak(lambda target=target: backup(home, target)))  # type: ignore[misc]
    assert peaks[1] < 1.5 * peaks[0]
    assert peak(lambda: restore(empty, tmp_path / "8000.tar")) < 3 * peaks[0]


def _quarantined(number: int) -> dict[str, object]:
    text = f"เสียหาย {number} " * 20
    return {"source": "spool", "key": f"{number}", "code": "x", "message_th": text, "received_at": NOON}


# --- what it says of damage --------------------------------------------------------------------------------


def test_damage_is_told_and_all_else_is_kept(full: Home, empty: Home, tmp_path: Path) -> None:
    photo = hashlib.sha256(b"photo 1").hexdigest()
    full.store.path(photo).write_bytes(b"rotten")
    made = backup(full, tmp_path / "backup.tar")
    assert [problem for problem in made.problems if photo[2:] in problem.en and "damaged" in problem.en]

    restore(empty, tmp_path / "backup.tar")
    assert not empty.store.has(photo)
    assert empty.store.read(hashlib.sha256(b"photo 2").hexdigest()) == b"photo 2"


def test_a_file_that_a_row_names_and_nobody_has_is_told(full: Home, tmp_path: Path) -> None:
    form = hashlib.sha256(xform()).hexdigest()
    full.store.path(form).unlink()
    (problem,) = backup(full, tmp_path / "backup.tar").problems
    assert form in problem.en
    assert "published_form" in problem.en


def test_the_command_ends_with_a_status_that_says_so(full: Home, tmp_path: Path) -> None:
    full.store.path(hashlib.sha256(xform()).hexdigest()).unlink()
    config = tmp_path / "mochocho.toml"
    config.write_text('home = "home"\n', "utf-8")
    result = CliRunner().invoke(cli, ["--config", str(config), "backup", str(tmp_path / "backup.tar")])
    assert result.exit_code == 1
    assert "missing or damaged" in result.stderr
    assert (tmp_path / "backup.tar").is_file()


def test_a_packet_that_contradicts_its_manifest_is_left_out(
    full: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mochocho.app.backup.contents.PAUSE", 0)
    (full.settings.packet_dir / "packet.pdf").write_bytes(b"of another packet")
    (problem,) = backup(full, tmp_path / "backup.tar").problems
    assert "packet" in problem.en
    with tarfile.open(tmp_path / "backup.tar") as tar:
        assert not any(name.startswith("packet/") for name in tar.getnames())


# --- rows --------------------------------------------------------------------------------------------------


@given(name=ODD, districts=ODD_JSON, made=MOMENTS, revoked=st.none() | MOMENTS)
def test_a_row_comes_back_as_it_was(
    name: str, districts: object, made: datetime, revoked: datetime | None
) -> None:
    values = (7, name, districts, districts, ZEROS, made, revoked)
    row = dict(zip(portable_rows.BY_NAME["officer"].columns.keys(), values, strict=True))
    line = portable_rows.encode(row)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert portable_rows.decode(portable_rows.BY_NAME["officer"], line) == row


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"{}",
        b"nonsense",
        b'{"list_name":"a","uuid":"b","root_id":"c","label":"d","properties":{},"version":"1"}',
        b'{"list_name":"a","uuid":"b","root_id":"c","label":5,"properties":{},"version":1}',
        b'{"uuid":"b","list_name":"a","root_id":"c","label":"d","properties":{},"version":1}',
    ],
)
def test_what_is_no_row_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a row|holds no|Expecting"):
        portable_rows.decode(portable_rows.BY_NAME["entity"], line)


def test_every_table_can_be_told_in_json() -> None:
    # SQL's NULL and JSON's null would become one.
    assert [
        c for t in portable_rows.TABLES for c in t.columns if isinstance(c.type, JSON) and c.nullable
    ] == []
    assert all(table.primary_key.columns for table in portable_rows.TABLES)


# --- coming back -------------------------------------------------------------------------------------------


def use_rows(home: Home) -> None:
    officer(home)


def use_store(home: Home) -> None:
    home.store.put(b"a photo")


def use_spool(home: Home) -> None:
    folder = home.spool_dir / "unusable"
    folder.mkdir(parents=True)
    (folder / f"{ZEROS}.json").write_bytes(b"{}")


@pytest.mark.parametrize("use", [use_rows, use_store, use_spool])
def test_a_home_that_holds_something_is_left_alone(
    use: Callable[[Home], None], empty: Home, source: Path
) -> None:
    use(empty)
    before = _files(empty.settings.home)
    with pytest.raises(Terminal, match="holds something already"):
        restore(empty, source)
    assert _files(empty.settings.home) == before


def test_a_restore_that_was_cut_off_is_finished_by_the_same_command(
    source: Path, empty: Home, tmp_path: Path
) -> None:
    shutil.copytree(empty.settings.home, tmp_path / "new")
    steps: list[str] = []
    fill(empty, source, lambda stage, _done, _total: steps.append(stage))
    firsts = {steps.index(stage) for stage in steps}
    assert len(firsts) == 5
    for number in sorted(firsts | {first - 1 for first in firsts if first} | {len(steps) - 1}):
        shutil.copytree(tmp_path / "new", tmp_path / f"cut{number}")
        home = open_home(Settings(home=tmp_path / f"cut{number}"))
        left = number

        def cut(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            fill(home, source, cut)
        assert restore(home, source).rows == 2
        assert not (home.settings.home / MARKER).exists()
        home.engine.dispose()


def test_another_backup_does_not_finish_it(source: Path, empty: Home, home: Home, tmp_path: Path) -> None:
    def cut(stage: str, _done: int, _total: int) -> None:
        if stage == "rows":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(empty, source, cut)
    officer(home, "อีกคน")
    backup(home, tmp_path / "other.tar")
    with pytest.raises(Terminal, match="another backup"):
        restore(empty, tmp_path / "other.tar")


def test_another_revision_is_refused(source: Path, empty: Home, tmp_path: Path) -> None:
    members = _members(source)
    members[0] = (members[0][0], b'{"format": 1, "revision": "0000"}\n')
    _refused(_remade(tmp_path, members), empty, "revision '0000'")


def test_what_the_new_database_cannot_hold_is_a_sentence(empty: Home, source: Path, tmp_path: Path) -> None:
    members = _members(source)
    members[1] = (members[1][0], members[1][1] * 2)  # the officer twice: nobody's number is given two times
    assert members[1][0].name == "database/officer/000001.jsonl"
    with pytest.raises(Terminal, match=r"officer/000001.*no row was restored") as refusal:
        fill(empty, _remade(tmp_path, members), quiet, trust=Trust(unsigned=True))
    assert "สมมติ" not in str(refusal.value)
    with reading(empty.engine) as session:
        assert session.scalar(select(func.count()).select_from(Officer)) == 0


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("small")
    home = open_home(Settings(home=folder / "home"))
    upgrade(home.engine)
    officer(home)
    home.store.put(b"a photo")
    backup(home, folder / "small.tar")
    home.engine.dispose()
    return (folder / "small.tar").read_bytes()


@settings(max_examples=300)
@given(data=st.data())
def test_a_changed_byte_is_found(
    data: st.DataObject, small: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = data.draw(st.integers(0, len(small) - 1))
    new = data.draw(st.integers(0, 255))
    whole = _true(small)
    changed = small[:place] + bytes([new]) + small[place + 1 :]
    path = tmp_path_factory.mktemp("changed") / "changed.tar"
    assert _found(changed, path, small) in (None, whole)


@settings(max_examples=100)
@given(data=st.data())
def test_a_missing_end_is_found(
    data: st.DataObject, small: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    length = data.draw(st.integers(0, len(small) - 1))
    path = tmp_path_factory.mktemp("cut") / "cut.tar"
    found = _found(small[:length], path, small)
    with tarfile.open(fileobj=io.BytesIO(small)) as tar:
        last = tar.getmember(MANIFEST)
    # What follows the manifest are the zeros that end a tar.
    assert found is None if length < last.offset_data + last.size else found in (None, _true(small))


def _true(content: bytes) -> str:
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        return hashlib.sha256(_content(tar, MANIFEST)).hexdigest()


def _found(content: bytes, path: Path, original: bytes) -> str | None:
    """The sha256 of the manifest that holds for all of a file; None when the file is refused."""
    path.write_bytes(content)
    with tarfile.open(fileobj=io.BytesIO(original)) as tar:
        revision = json.loads(_content(tar, HEADER))["revision"]
    try:
        with verified(path, revision, quiet) as listing:
            return listing.member().sha256
    except Terminal:
        return None


def test_the_whole_one_is_found_true(small: bytes, tmp_path: Path) -> None:
    assert _found(small, tmp_path / "whole.tar", small) == _true(small)


NAMES = [
    "../outside",
    "/etc/outside",
    "spool/../../outside",
    f"store/../{ZEROS[:62]}",
    f"store/{ZEROS[:2]}/../../outside",
    f"spool/posts/00/{ZEROS}/../first",
    f"spool/posts/00/{ZEROS}/first\n",
    "store\\00\\outside",
    "C:/outside",
    "packet/notes.txt",
    "database/pulse/000001.jsonl",
    "database/sqlite_master/000001.jsonl",
    "database/officer/000001.jsonl/x",
    "mochocho.db",
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_backup_has_is_refused(name: str, source: Path, empty: Home, tmp_path: Path) -> None:
    members, evil = _members(source), (tarfile.TarInfo(name), b"evil")
    _refused(_remade(tmp_path, [*members, evil]), empty, "which no backup does")
    _refused(_remade(tmp_path, [members[0], evil, *members[1:]]), empty, "which no backup does")
    _refused(_remade(tmp_path, members, after=[evil]), empty, "which no backup does")
    assert not list(tmp_path.rglob("outside*"))


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.DIRTYPE,
        tarfile.FIFOTYPE,
        tarfile.CHRTYPE,
        tarfile.GNUTYPE_SPARSE,
    ],
)
def test_what_is_no_plain_file_is_refused(kind: bytes, source: Path, empty: Home, tmp_path: Path) -> None:
    link = tarfile.TarInfo(f"store/00/{ZEROS[:62]}")
    link.type, link.linkname = kind, "/etc/hostname"
    _refused(_remade(tmp_path, [*_members(source), (link, b"")]), empty, "cannot be restored")


def test_one_thing_twice_is_refused(source: Path, empty: Home, tmp_path: Path) -> None:
    members = _members(source)
    _refused(_remade(tmp_path, [*members, members[-1]]), empty, "in the wrong place or twice")
    _refused(_remade(tmp_path, members, after=[members[-1]]), empty, "in the wrong place or twice")
    _refused(_remade(tmp_path, [*members[1:], members[0]]), empty, "does not begin as a backup does")


def test_bytes_under_another_name_are_refused(source: Path, empty: Home, tmp_path: Path) -> None:
    members = [*_members(source), (tarfile.TarInfo(f"store/ff/{'f' * 62}"), b"not what it is named after")]
    _refused(_remade(tmp_path, members), empty, "does not hold the bytes")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\0" * 20480, b"x" * 5000])
def test_what_is_no_backup_is_refused(content: bytes, empty: Home, tmp_path: Path) -> None:
    (tmp_path / "some.tar").write_bytes(content)
    _refused(tmp_path / "some.tar", empty, "cannot be restored")


def test_no_file_is_a_sentence(empty: Home, tmp_path: Path) -> None:
    _refused(tmp_path / "none.tar", empty, "no such file")


# --- tools -------------------------------------------------------------------------------------------------


def _refused(path: Path, home: Home, why: str) -> None:
    before = _files(home.settings.home)
    with pytest.raises(MochochoError, match=why):
        restore(home, path)
    assert _files(home.settings.home) == before
    with reading(home.engine) as session:
        assert not portable_rows.any_rows(session.connection())


def _files(home: Path) -> dict[str, bytes]:
    """Every file of a home but the database, the lock and what can be made again."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.relative_to(home).parts[0] in {"store", "spool", "packet", MARKER}
    }


def _content(tar: tarfile.TarFile, name: str) -> bytes:
    stream = tar.extractfile(name)
    assert stream is not None
    return stream.read()


def _members(path: Path) -> Members:
    """All but the manifest and its signature."""
    with tarfile.open(path) as tar:
        every = tar.getmembers()
        return [(one, _content(tar, one.name)) for one in every if one.name not in (MANIFEST, SIGNATURE)]


def _remade(folder: Path, members: Members, *, after: Members | None = None) -> Path:
    """A tar of these with a manifest that speaks of them, and what comes `after` it."""
    counts = dict.fromkeys((table.name for table in portable_rows.TABLES), 0)
    lines = []
    for info, content in members:
        line: dict[str, object] = {
            "name": info.name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
        }
        if info.name.startswith("database/"):
            line["rows"] = content.count(b"\n")
            counts[info.name.split("/")[1]] = content.count(b"\n")
        lines.append(line)
    said = [json.dumps(line, sort_keys=True, separators=(",", ":")) for line in [*lines, {"rows": counts}]]
    manifest = (tarfile.TarInfo(MANIFEST), "".join(f"{line}\n" for line in said).encode())
    path = folder / "remade.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for info, content in [*members, manifest, *(after or [])]:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path
