"""The doctor tells whether the home's disk is encrypted, of what each system's own programs print."""

import json
import os
from pathlib import Path

import pytest

from mochocho.app.doctor.disks import home_disk
from mochocho.app.doctor.disks.encryption_told import Encrypted, on_macos, on_windows
from mochocho.app.doctor.disks.home_disk import told
from mochocho.settings.config import Settings

YES, NO, UNSURE = Encrypted.YES, Encrypted.NO, Encrypted.UNSURE
Device = dict[str, object]


def made(*of: str) -> Device:
    """A device as `lsblk -J -s` tells it, from the top down: ("crypt", "part", "disk")."""
    kind, *rest = of
    return {"name": f"the-{kind}", "type": kind} | ({"children": [made(*rest)]} if rest else {})


def over(*ways: Device) -> Device:
    """A volume that lies on several devices."""
    return {"name": "the-lvm", "type": "lvm", "children": list(ways)}


@pytest.mark.skipif(os.name == "nt", reason="the programs are scripts of a shell")
@pytest.mark.parametrize(
    ("source", "fstype", "devices", "expected"),
    [
        ("/dev/vda", "ext4", [made("disk")], NO),  # recorded, of util-linux 2.38
        ("/dev/sda2", "ext4", [made("part", "disk")], NO),
        ("/dev/mapper/luks-1[/@home]", "btrfs", [made("crypt", "part", "disk")], YES),
        ("/dev/mapper/vg-root", "ext4", [made("lvm", "crypt", "part", "disk")], YES),
        ("/dev/mapper/vg-root", "xfs", [over(made("crypt", "disk"), made("part", "disk"))], NO),
        ("/dev/md0", "ext4", [over(made("crypt", "disk"), made("raid1", "crypt", "disk"))], YES),
        ("/srv/.encrypted", "ecryptfs", [], YES),
        ("server:/srv", "nfs4", [], UNSURE),
        ("overlay", "overlay", [], UNSURE),
        ("/dev/sda1[/srv/home]", "ext4", [], UNSURE),  # seen from a container, which has no such device
    ],
)
def test_on_linux_every_way_to_a_disk_must_lead_through_encryption(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    fstype: str,
    devices: list[Device],
    expected: Encrypted,
) -> None:
    mounts = json.dumps({"filesystems": [{"source": source, "fstype": fstype}]})
    lists = f"cat <<'END'\n{json.dumps({'blockdevices': devices})}\nEND" if devices else "exit 32"
    for name, body in (("findmnt", f"cat <<'END'\n{mounts}\nEND"), ("lsblk", lists)):
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("sys.platform", "linux")
    assert home_disk.encrypted(tmp_path / "not yet" / "home") is expected


def test_where_no_program_answers_nobody_is_told_that_all_is_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    check = home_disk.examine(Settings(home=tmp_path, database_url="postgresql+psycopg://db/x"))
    assert check.state == "warn"
    assert "ตรวจไม่ได้" in check.found.th
    assert "ไม่รวมดิสก์ของ PostgreSQL" in check.found.th


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("volume 1\r\n", YES),
        ("volume 0\r\n", NO),
        ("volume 2\r\n", UNSURE),
        ("shell 1\r\n", YES),
        ("shell 2\r\n", NO),
        ("shell 3\r\n", NO),
        ("shell 5\r\n", NO),
        ("shell \r\n", UNSURE),
        ("", UNSURE),
    ],
)
def test_on_windows(said: str, expected: Encrypted) -> None:
    assert on_windows(said) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("FileVault is On.\n", YES),
        ("FileVault is Off.\n", NO),
        ("FileVault is On.\nEncryption in progress: Percent completed = 33\n", NO),
        ("FileVault is On, but needs to be restarted to finish.\n", UNSURE),
        ("", UNSURE),
    ],
)
def test_on_macos(said: str, expected: Encrypted) -> None:
    assert on_macos(said) is expected


def test_what_is_found_says_what_to_do() -> None:
    good, bad, unsure = (told(one, elsewhere=False) for one in (YES, NO, UNSURE))
    assert (good.state, bad.state, unsure.state) == ("ok", "warn", "warn")
    assert "BitLocker" in bad.advice.th
    assert "ให้ผู้ดูแลเครื่องยืนยัน" in unsure.found.th
