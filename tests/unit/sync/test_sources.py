"""The sources: the spool, folders copied from phones, and which of them a home has."""

import os
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from mochocho.settings.config import Folder
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from sync.openrosa.source import SpoolSource
from sync.pull.registry import sources
from sync.sources import folder as folder_module
from sync.sources.folder import FolderSource
from sync.sources.protocol import FetchedSubmission, Source
from sync.xform.safe_xml import MAX_BYTES
from tests.builders import JPEG, application, copied, post, uid, xform

XML = application()


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    path = tmp_path / "ของสมมติ"
    path.mkdir()
    return path


def fetched(source: Source) -> list[FetchedSubmission]:
    return list(source.fetch([entry.root_id for entry in source.index()]))


def xmls(source: Source) -> list[bytes]:
    return [version.xml for one in fetched(source) for version in one.versions]


def files(source: Source) -> dict[str, bytes]:
    found = {}
    for one in fetched(source):
        for ref in one.versions[0].attachments:
            with source.open(ref) as stream:
                found[ref.name] = stream.read()
    return found


def refused(source: Source) -> dict[str, str]:
    return {item.key: item.code for item in source.unusable()} | {
        item.key: item.code for one in fetched(source) for item in one.unusable
    }


def only_fingerprint(source: Source) -> str:
    (entry,) = source.index()
    return entry.fingerprint


# --- folders: what is found


def test_collects_layout_is_read_whatever_the_folder_is_called(phone: Path) -> None:
    copied(phone, "_____-_____2025-05-01_09-00-00", XML, {"1714532400000.jpg": JPEG, "audit.csv": b"event\n"})
    source = FolderSource("folder:a", phone)

    assert xmls(source) == [XML]
    assert files(source) == {"1714532400000.jpg": JPEG, "audit.csv": b"event\n"}
    assert refused(source) == {}


def test_briefcases_layout_is_read(phone: Path) -> None:
    where = phone / "ODK Briefcase Storage" / "forms" / "ใบสมัคร" / "instances" / f"uuid{uid('x')}"
    where.mkdir(parents=True)
    (where / "submission.xml").write_bytes(XML)
    (where / "บ้าน.jpg").write_bytes(JPEG)
    source = FolderSource("folder:a", phone)

    assert xmls(source) == [XML]
    assert files(source) == {"บ้าน.jpg": JPEG}


def test_collects_name_comes_before_briefcases(phone: Path) -> None:
    copied(phone, "a", XML, {"submission.xml": b"<other/>"})

    assert xmls(FolderSource("folder:a", phone)) == [XML]


def test_a_renamed_folder_is_still_read(phone: Path) -> None:
    copied(phone, "a", XML).rename(phone / "สำเนาของ a (1)")

    assert xmls(FolderSource("folder:a", phone)) == [XML]


def test_the_folder_itself_may_be_an_instance(phone: Path) -> None:
    assert xmls(FolderSource("folder:a", copied(phone, "a", XML, {"1.jpg": JPEG}))) == [XML]


def test_blank_forms_and_dot_files_are_passed_over(phone: Path) -> None:
    (phone / "forms").mkdir()
    (phone / "forms" / "ใบสมัคร.xml").write_bytes(xform())
    (phone / "forms" / "คะแนน.xml").write_bytes(xform())
    copied(phone, "a", XML, {".a.xml.save": b"x", ".nomedia": b""})
    copied(phone, ".trash", XML)
    source = FolderSource("folder:a", phone)

    assert xmls(source) == [XML]
    assert files(source) == {}
    assert refused(source) == {}


def test_long_thai_names_are_read(phone: Path) -> None:
    name = "ก" * 83  # 249 bytes; 255 are all that file systems hold
    copied(phone, name, XML, {f"{name}.jpg": JPEG})
    source = FolderSource("folder:a", phone)

    assert xmls(source) == [XML]
    assert files(source) == {f"{name}.jpg": JPEG}


def test_deep_and_long_paths_get_keys_that_any_database_can_hold(phone: Path) -> None:
    where = phone.joinpath(*["ข" * 80] * 10)
    copied(where, "a", XML)
    copied(where, "b", XML)
    keys = [entry.root_id for entry in FolderSource("folder:a", phone).index()]

    assert len(set(keys)) == 2
    assert max(map(len, keys)) < 500


# --- folders: what is refused, and never stops the rest


def test_links_are_never_followed(phone: Path, tmp_path: Path) -> None:
    outside = copied(tmp_path, "outside", application(instance_id=uid("o")), {"secret.jpg": b"secret"})
    inside = copied(phone, "a", XML)
    (inside / "1.jpg").symlink_to(outside / "secret.jpg")
    (phone / "linked").symlink_to(outside, target_is_directory=True)
    (phone / "circle").symlink_to(phone, target_is_directory=True)
    source = FolderSource("folder:a", phone)

    assert xmls(source) == [XML]
    assert files(source) == {}
    assert refused(source) == {"a/1.jpg": "file.link", "./linked": "file.link", "./circle": "file.link"}


def test_a_link_put_there_after_the_index_is_not_opened(phone: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    where = copied(phone, "a", XML, {"1.jpg": JPEG})
    source = FolderSource("folder:a", phone)
    (one,) = fetched(source)
    (where / "1.jpg").unlink()
    (where / "1.jpg").symlink_to(tmp_path / "secret")

    with pytest.raises(OSError, match="symbolic link"):
        source.open(one.versions[0].attachments[0])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_pipes_and_sockets_are_flagged_and_never_opened(phone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = copied(phone, "a", XML)
    os.mkfifo(where / "1.jpg")
    monkeypatch.chdir(where)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("2.jpg")
        source = FolderSource("folder:a", phone)

        assert refused(source) == {"a/1.jpg": "file.special", "a/2.jpg": "file.special"}
        assert xmls(source) == [XML]


def test_encrypted_files_are_flagged_once_a_folder(phone: Path) -> None:
    copied(phone, "a", XML, {"1.jpg.enc": b"x", "2.jpg.enc": b"x", "submission.xml.enc": b"x"})

    assert refused(FolderSource("folder:a", phone)) == {"a/*.enc": "file.encrypted"}


@pytest.mark.skipif(sys.platform == "win32", reason="a folder of Windows holds no such name")
def test_a_name_that_is_no_text_is_flagged(phone: Path) -> None:
    where = copied(phone, "a", XML)
    Path(os.fsdecode(os.fsencode(where) + b"/\xff.jpg")).write_bytes(JPEG)
    source = FolderSource("folder:a", phone)

    assert refused(source) == {"a/\\udcff.jpg": "file.bad_name"}
    assert xmls(source) == [XML]


def test_a_folder_with_several_instances_is_flagged(phone: Path) -> None:
    where = copied(phone, "a", XML)
    (where / "a.xml").rename(where / "x.xml")
    (where / "y.xml").write_bytes(XML)
    copied(phone, "b", XML)
    source = FolderSource("folder:a", phone)

    assert refused(source) == {"a": "folder.unclear"}
    assert xmls(source) == [XML]


def test_a_huge_file_is_flagged_and_not_read(phone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MAX_FILE_BYTES", 1000)
    copied(phone, "a", XML, {"1.jpg": b"x" * 1001, "2.jpg": JPEG})
    source = FolderSource("folder:a", phone)

    assert files(source) == {"2.jpg": JPEG}
    assert refused(source) == {"a/1.jpg": "file.too_large"}


def test_a_huge_instance_is_read_only_as_far_as_it_takes_to_refuse_it(phone: Path) -> None:
    copied(phone, "a", b"<a>" * MAX_BYTES)

    assert [len(xml) for xml in xmls(FolderSource("folder:a", phone))] == [MAX_BYTES + 1]


def test_unreadable_files_and_folders_do_not_stop_the_rest(
    phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(phone, "a", XML, {"1.jpg": JPEG, "2.jpg": JPEG})
    copied(phone, "b", XML)
    (phone / "c").mkdir()
    # The tests may run as root, whom no permission stops.
    refuse_to_open(monkeypatch, phone / "a" / "1.jpg", phone / "b" / "b.xml", phone / "c")
    source = FolderSource("folder:a", phone)

    assert xmls(source) == [XML]
    assert list(files_of_first(source)) == ["2.jpg"]
    assert refused(source) == {
        "a/1.jpg": "file.unreadable",
        "b": "file.unreadable",
        "c": "file.unreadable",
    }


def files_of_first(source: Source) -> list[str]:
    return [ref.name for ref in fetched(source)[0].versions[0].attachments]


def refuse_to_open(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    real_open, real_scandir = os.open, os.scandir

    def guarded_open(path: Path, flags: int, *rest: int) -> int:
        if path in paths:
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, flags, *rest)

    def guarded_scandir(path: Path) -> object:
        if path in paths:
            raise PermissionError(13, "Permission denied", str(path))
        return real_scandir(path)

    monkeypatch.setattr(os, "open", guarded_open)
    monkeypatch.setattr(os, "scandir", guarded_scandir)


def test_a_folder_that_is_not_there_is_tried_again_later(tmp_path: Path) -> None:
    with pytest.raises(Transient, match="connect it"):
        list(FolderSource("folder:a", tmp_path / "usb").index())


def test_messages_name_the_file_in_thai(phone: Path) -> None:
    copied(phone, "a", XML, {"x.enc": b""})
    (item,) = FolderSource("folder:a", phone).unusable()

    assert item.message_th.startswith("a/*.enc: เป็นไฟล์เข้ารหัสลับ")


# --- folders: the fingerprint


def test_the_fingerprint_stays_when_times_change_and_moves_when_content_does(phone: Path) -> None:
    where = copied(phone, "a", XML, {"1.jpg": JPEG})
    source = FolderSource("folder:a", phone)
    before = only_fingerprint(source)

    os.utime(where / "1.jpg", (1_000_000_000, 1_000_000_000))
    assert only_fingerprint(source) == before

    changed = JPEG[:-1] + b"x"  # same size, same time
    (where / "1.jpg").write_bytes(changed)
    os.utime(where / "1.jpg", (1_000_000_000, 1_000_000_000))
    assert only_fingerprint(source) != before


def test_the_fingerprint_moves_when_a_file_comes_or_goes(phone: Path) -> None:
    where = copied(phone, "a", XML, {"1.jpg": JPEG})
    source = FolderSource("folder:a", phone)
    fingerprints = [only_fingerprint(source)]
    (where / "2.jpg").write_bytes(JPEG)
    fingerprints.append(only_fingerprint(source))
    (where / "1.jpg").unlink()
    fingerprints.append(only_fingerprint(source))

    assert len(set(fingerprints)) == 3


def test_a_copy_elsewhere_has_the_same_fingerprint(phone: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    copied(phone, "a", XML, {"1.jpg": JPEG})
    copied(other, "a", XML, {"1.jpg": JPEG})

    assert only_fingerprint(FolderSource("x", phone)) == only_fingerprint(FolderSource("x", other))


def test_a_settled_file_is_read_once_and_again_when_it_was_touched(
    phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = folder_module._sha256

    def counting(stream: BinaryIO) -> str:
        read.append("a file")
        return real(stream)

    monkeypatch.setattr(folder_module, "_SETTLED_NS", 0)
    monkeypatch.setattr(folder_module, "_sha256", counting)
    where = copied(phone, "a", XML, {"1.jpg": JPEG})
    before = only_fingerprint(FolderSource("folder:a", phone))
    assert len(read) == 2

    assert only_fingerprint(FolderSource("folder:a", phone)) == before
    assert len(read) == 2

    (where / "1.jpg").write_bytes(JPEG[:-1] + b"x")
    os.utime(where / "1.jpg", (1_000_000_000, 1_000_000_000))
    assert only_fingerprint(FolderSource("folder:a", phone)) != before
    assert len(read) == 3


# --- the spool


def test_an_empty_spool_is_an_empty_index(home: Home) -> None:
    assert list(SpoolSource(home).index()) == []
    assert list(SpoolSource(home).unusable()) == []


def test_the_same_post_again_changes_no_fingerprint_but_a_new_file_does(home: Home) -> None:
    post(home, XML, {"1.jpg": JPEG})
    before = only_fingerprint(SpoolSource(home))
    post(home, XML, {"1.jpg": JPEG})
    assert only_fingerprint(SpoolSource(home)) == before

    post(home, XML, {"2.jpg": JPEG})
    assert only_fingerprint(SpoolSource(home)) != before


def test_all_posts_of_an_instance_are_one_version_with_their_files(home: Home) -> None:
    post(home, XML, {"1.jpg": JPEG})
    post(home, XML, {"บ้าน.jpg": JPEG + b"2"})
    source = SpoolSource(home)

    assert xmls(source) == [XML]
    assert files(source) == {"1.jpg": JPEG, "บ้าน.jpg": JPEG + b"2"}


def test_what_is_being_written_is_not_read_yet(home: Home) -> None:
    path = post(home, XML)
    (path.parent / ".0123.tmp").write_bytes(b"{")
    (home.spool_dir / "posts" / ".DS_Store").write_bytes(b"")
    (home.spool_dir / "posts" / "stray").write_bytes(b"")

    assert xmls(SpoolSource(home)) == [XML]


def test_a_root_that_is_gone_is_passed_over(home: Home) -> None:
    assert list(SpoolSource(home).fetch(["0" * 64])) == []


# --- the registry


def test_a_home_has_its_spool_and_the_folders_of_its_settings(home: Home, tmp_path: Path) -> None:
    settings = home.settings.model_copy(update={"folders": (Folder(key="mae-sai", path=tmp_path),)})

    assert [source.key for source in sources(replace(home, settings=settings))] == ["spool", "folder:mae-sai"]
