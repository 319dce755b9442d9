"""One tree of errors; the branch says what can be done about an error.

MochochoError
├── Transient     try again: nothing is wrong with the item
├── Terminal      a person must act (settings, pack, disk, permission)
│   ├── Unfit     by giving something else
│   └── AllUnfit  by giving several things otherwise
└── BadInput      the item itself is wrong: quarantine it, go on with the next
"""

import errno
import socket
import struct
import zipfile
import zlib
from collections.abc import Sequence

from mochocho.words.sentences import Sentence

# What Python raises of a ZIP archive that is damaged, locked, or made by nobody who knows the format.
# ValueError: a part that begins before the file. RuntimeError: a password. NotImplementedError: its packing.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
    NotImplementedError,
)


class MochochoError(Exception):
    """Base of every error raised on purpose: a sentence in both languages that says what to do.

    str() gives the English sentence, for logs and programs.
    """

    def __init__(self, th: str, en: str) -> None:
        super().__init__(th, en)
        self.th = th
        self.en = en

    def __str__(self) -> str:
        return self.en

    @property
    def said(self) -> Sentence:
        return Sentence(self.th, self.en)


class Transient(MochochoError):  # noqa: N818 - it names a branch of the tree
    """A passing fault: the same call may succeed later."""


class Terminal(MochochoError):  # noqa: N818 - it names a branch of the tree
    """A person must act before this can succeed."""


class Unfit(Terminal):
    """Something that a person gave cannot be. `part`: which, as the function that refuses it calls it; a form
    says it there.
    """

    def __init__(self, th: str, en: str, part: str) -> None:
        super().__init__(th, en)
        self.args = (th, en, part)  # what __init__ takes, for whoever unpickles it
        self.part = part


class AllUnfit(Terminal):
    """Several things that a person gave cannot be: `every` Unfit, each said on a line of its own."""

    def __init__(self, every: Sequence[Unfit]) -> None:
        super().__init__("\n".join(one.th for one in every), "\n".join(one.en for one in every))
        self.args = (every,)
        self.every = tuple(every)


def refuse(found: Sequence[Unfit]) -> None:
    """Raises all of these at once; nothing where there is none."""
    if found:
        raise found[0] if len(found) == 1 else AllUnfit(found)


class BadInput(MochochoError):  # noqa: N818 - it names a branch of the tree
    """One item cannot be used. `code` is stable (`xml.malformed`); officers and clerks read `message_th`.

    `message`: both languages, as told beside the item, where the code says nothing more.
    """

    def __init__(self, code: str, message_th: str, message_en: str) -> None:
        super().__init__(message_th, f"{code}: {message_en}")
        # the arguments of __init__: without them it could not be pickled by a worker process
        self.args = (code, message_th, message_en)
        self.code = code
        self.message_th = message_th
        self.message = Sentence(message_th, message_en)


class Unsuitable(ValueError):  # noqa: N818 - the value's fault, not the program's
    """A value that a file of settings or wording cannot have; pydantic collects ValueErrors alone.

    str() gives the English sentence, as of MochochoError.
    """

    def __init__(self, th: str, en: str) -> None:
        super().__init__(th, en)
        self.said = Sentence(th, en)

    def __str__(self) -> str:
        return self.said.en


# The operating system's errors by number, in Thai: the system's own words are English.
_TH = {
    errno.EACCES: "ไม่มีสิทธิ์",
    errno.EPERM: "ไม่มีสิทธิ์",
    errno.ENOENT: "ไม่มีไฟล์หรือโฟลเดอร์นี้",
    errno.EEXIST: "มีไฟล์หรือโฟลเดอร์ชื่อนี้อยู่แล้ว",
    errno.EISDIR: "เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
    errno.ENOTDIR: "เป็นไฟล์ ไม่ใช่โฟลเดอร์",
    errno.ENOTEMPTY: "โฟลเดอร์ไม่ว่าง",
    errno.ENAMETOOLONG: "ชื่อยาวเกินไป",
    errno.ELOOP: "ลิงก์ชี้วนกัน",
    errno.ENOSPC: "ดิสก์เต็ม",
    errno.EDQUOT: "ใช้พื้นที่ครบโควตาแล้ว",
    errno.EROFS: "ดิสก์อ่านได้อย่างเดียว",
    errno.EIO: "อ่านหรือเขียนดิสก์ไม่สำเร็จ",
    errno.EBUSY: "มีโปรแกรมอื่นใช้อยู่",
    errno.EMFILE: "เปิดไฟล์ไว้มากเกินไป",
    errno.ENFILE: "เปิดไฟล์ไว้มากเกินไป",
    errno.ENOMEM: "หน่วยความจำไม่พอ",
    errno.EAGAIN: "เครื่องไม่มีทรัพยากรพอในตอนนี้",
    errno.EINVAL: "ระบบไม่รับค่านี้",
    errno.EADDRINUSE: "มีโปรแกรมอื่นใช้พอร์ตนี้อยู่",
    errno.EADDRNOTAVAIL: "เครื่องนี้ไม่มีที่อยู่นี้",
    errno.ECONNREFUSED: "ปลายทางไม่รับการเชื่อมต่อ",
    errno.ECONNRESET: "ปลายทางตัดการเชื่อมต่อ",
    errno.EPIPE: "ปลายทางตัดการเชื่อมต่อ",
    errno.EHOSTUNREACH: "ไปไม่ถึงเครื่องปลายทาง",
    errno.ENETUNREACH: "ไปไม่ถึงเครือข่ายปลายทาง",
    errno.ETIMEDOUT: "ปลายทางไม่ตอบภายในเวลา",
}


def reason(error: OSError) -> Sentence:
    """The operating system's reason for an error, without the path; an error of our own gives its `said`.

    Errors that have no Thai sentence here are quoted as the system says them.
    """
    said = getattr(error, "said", None)
    if isinstance(said, Sentence):
        return said
    en = error.strerror or str(error) or type(error).__name__
    if isinstance(error, socket.gaierror):  # its numbers are not errno values
        return Sentence("หาเครื่องชื่อนี้ไม่พบ", en)
    if isinstance(error, TimeoutError):  # a socket's timeout carries no number
        return Sentence(_TH[errno.ETIMEDOUT], en)
    return Sentence(_TH.get(error.errno or 0, f"ระบบแจ้งว่า {en}"), en)


def cannot_open(code: str, error: OSError) -> BadInput:
    """That a file which somebody gave cannot be opened, and why."""
    why = reason(error)
    return BadInput(code, f"เปิดไฟล์ไม่ได้ ({why.th})", f"the file cannot be opened ({why.en})")
