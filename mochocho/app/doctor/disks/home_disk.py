"""The doctor's check whether the disk under the home is encrypted: what a stolen machine gives away."""

import re
import subprocess
import sys
from pathlib import Path

from sqlalchemy.engine import make_url

from mochocho.app.doctor.checks import NOTHING, Check
from mochocho.app.doctor.disks.encryption_told import Encrypted, device_of, on_linux, on_macos, on_windows
from mochocho.settings.config import Settings
from mochocho.words.sentences import Sentence

_ELSEWHERE = Sentence(" ไม่รวมดิสก์ของ PostgreSQL", ", without that of PostgreSQL")
PATIENCE = 15.0  # seconds
_DRIVE = re.compile("[A-Za-z]:")
# The first needs an administrator; the second is what the Explorer shows everybody.
_ON_WINDOWS = (
    "try {{ 'volume ' + [int](Get-BitLockerVolume -MountPoint '{0}' -ErrorAction Stop).ProtectionStatus }} "
    "catch {{ 'shell ' + (New-Object -ComObject Shell.Application).NameSpace('{0}').Self"
    ".ExtendedProperty('System.Volume.BitLockerProtection') }}"
)
_ADVICE = Sentence(
    "เข้ารหัสดิสก์ทั้งลูก (Windows: BitLocker, Linux: LUKS, macOS: FileVault) ดู docs/operating.th.md "
    "ถ้าดิสก์เข้ารหัสด้วยฮาร์ดแวร์หรือที่เครื่องแม่ของเครื่องเสมือน ให้จดไว้ว่าใครยืนยัน",
    "encrypt the whole disk (BitLocker, LUKS, FileVault), see docs/operating.th.md; where its hardware or "
    "the host of a virtual machine does it, write down who has seen to it",
)


def examine(settings: Settings) -> Check:
    """Whether whoever takes the disk away reads what is on it."""
    elsewhere = make_url(settings.url).get_backend_name() != "sqlite"
    return told(encrypted(settings.home), elsewhere=elsewhere)


def told(found: Encrypted, *, elsewhere: bool) -> Check:
    """The check. `elsewhere`: the database lies on a server, whose disk is not looked at."""
    also = _ELSEWHERE if elsewhere else NOTHING
    match found:
        case Encrypted.YES:
            said = Sentence(f"เข้ารหัสแล้ว{also.th}", f"encrypted{also.en}")
            return Check("disk encryption", "ok", said)
        case Encrypted.NO:
            said = Sentence(
                f"ไม่ได้เข้ารหัส ผู้ได้เครื่องหรือดิสก์ไปอ่านข้อมูลบุคคลได้ทั้งหมด{also.th}",
                f"not encrypted: whoever takes it reads everything{also.en}",
            )
        case Encrypted.UNSURE:
            said = Sentence(
                f"ตรวจไม่ได้ว่าเข้ารหัสหรือไม่ ให้ผู้ดูแลเครื่องยืนยัน{also.th}",
                f"could not be told; ask whoever runs this machine{also.en}",
            )
    return Check("disk encryption", "warn", said, _ADVICE)


def encrypted(home: Path) -> Encrypted:
    """What this machine's programs say of the disk under this folder, or under the nearest that is there."""
    folder = next(one for one in (home.absolute(), *home.absolute().parents) if one.exists())
    if sys.platform == "win32":
        return on_windows(_of_drive(folder.drive))
    if sys.platform == "darwin":
        return on_macos("" if folder.is_relative_to("/Volumes") else _printed("fdesetup", "status"))
    mounts = _printed("findmnt", "-J", "-o", "SOURCE,FSTYPE", "-T", str(folder))
    device = device_of(mounts)
    return on_linux(mounts, _printed("lsblk", "-J", "-s", "-o", "NAME,TYPE", device) if device else "")


def _of_drive(drive: str) -> str:
    if not _DRIVE.fullmatch(drive):  # a folder of another machine
        return ""
    return _printed("powershell", "-NoProfile", "-NonInteractive", "-Command", _ON_WINDOWS.format(drive))


def _printed(*command: str) -> str:
    """What a program prints; "" where it is not there, fails or does not end."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words, a device of findmnt, a folder of the settings
            command, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return done.stdout
