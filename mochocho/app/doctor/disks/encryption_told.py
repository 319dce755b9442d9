"""Whether a disk is encrypted, from what the system's own programs print. Pure."""

import json
import re
from enum import Enum, auto
from typing import Any

ENCRYPTING = ("ecryptfs", "fuse.gocryptfs", "fuse.encfs")  # file systems that encrypt by themselves


class Encrypted(Enum):
    """What can be said. A disk that encrypts by its own hardware is told by none of these programs."""

    YES = auto()
    NO = auto()
    UNSURE = auto()


def device_of(mounts: str) -> str:
    """The device under a folder, of `findmnt -J -o SOURCE,FSTYPE -T FOLDER`; "" where there is none."""
    mount = _mount(mounts)
    source = str(mount.get("source") or "").partition("[")[0]  # behind [ stands a folder or subvolume of it
    return source if source.startswith("/dev/") else ""


def on_linux(mounts: str, devices: str) -> Encrypted:
    """`devices`: of `lsblk -J -s -o NAME,TYPE DEVICE`, what the device is made of, and that of what."""
    if _mount(mounts).get("fstype") in ENCRYPTING:
        return Encrypted.YES
    found = _read(devices).get("blockdevices") or []
    if not found:
        return Encrypted.UNSURE
    return Encrypted.YES if all(map(_is_beneath, found)) else Encrypted.NO


def on_windows(said: str) -> Encrypted:
    """Of `QUESTION_ON_WINDOWS`: ProtectionStatus of Get-BitLockerVolume, or what the Explorer shows."""
    match said.split():
        case ["volume", "1"] | ["shell", "1" | "6"]:  # 6: on, and locked
            return Encrypted.YES
        # off, on the way, or suspended: then the key lies open
        case ["volume", "0"] | [
            "shell",
            "2" | "3" | "4" | "5",
        ]:
            return Encrypted.NO
        case _:
            return Encrypted.UNSURE


def on_macos(said: str) -> Encrypted:
    """Of `fdesetup status`."""
    if "progress" in said:
        return Encrypted.NO
    match = re.search(r"FileVault is (On|Off)\.", said)
    if match is None:
        return Encrypted.UNSURE
    return Encrypted.YES if match[1] == "On" else Encrypted.NO


def _is_beneath(device: dict[str, Any]) -> bool:
    """Whether every way from this device down to a disk leads through a layer that encrypts."""
    made_of = device.get("children") or []
    return device.get("type") == "crypt" or (bool(made_of) and all(map(_is_beneath, made_of)))


def _mount(mounts: str) -> dict[str, Any]:
    found = _read(mounts).get("filesystems") or [{}]
    return dict(found[-1])  # the last that was mounted there lies above the others


def _read(printed: str) -> dict[str, Any]:
    try:
        read = json.loads(printed)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
