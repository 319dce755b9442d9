"""A backup under the keys of those who may open it, in the format of age (https://age-encryption.org/v1).

age, because its format is specified, each chunk is authenticated, and programs of others open it, should
this one be gone (`age -d -i KEY FILE`). `pyrage` calls a reader and a writer of ours, and `tarfile` wants to
be the one that calls: a thread and a pipe stand between the two, so that only chunks are in memory and the
plain text is on no disk.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from mochocho.settings.age_keys import MAGIC, SECRET_KEY
from mochocho.storage.files import CHUNK
from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

Keys = Sequence["Identity"]


@contextmanager
def encrypted(file: BinaryIO, recipients: Sequence[str]) -> Iterator[BinaryIO]:
    """A stream whose bytes reach `file` encrypted, each of `recipients` able to open them; with none, `file`.

    `file` is complete when the block ends.
    """
    if not recipients:
        yield file
        return
    from pyrage import encrypt_io
    from pyrage.x25519 import Recipient

    people = [Recipient.from_str(one) for one in recipients]
    source, sink = _pipe()
    sealed = _Target(file)
    worker = _Beside(source, lambda: encrypt_io(source, sealed, people))
    try:
        with suppress(BrokenPipeError), sink:  # then the thread knows why
            yield cast("BinaryIO", _Told(sink))
    finally:
        worker.join()
    if error := sealed.error or worker.error:
        raise error


@contextmanager
def opened(path: Path, keys: Keys) -> Iterator[BinaryIO]:
    """The plain bytes of a backup, to be read once from the beginning.

    Raises Terminal when it is encrypted and none of `keys` opens it; reading raises ValueError where it is
    damaged.
    """
    with path.open("rb") as file:
        if not is_encrypted(path):
            yield file
            return
        if not keys:
            raise _asks_for_the_key(path)
        from pyrage import decrypt_io

        plain, sink = _pipe()
        worker = _Beside(sink, lambda: decrypt_io(file, sink, keys))
        try:
            yield cast("BinaryIO", _Plain(path, plain, worker))
        finally:
            plain.close()
            worker.join()


def is_encrypted(path: Path) -> bool:
    """Whether the file begins as one of age does."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def new_key(target: Path, home: Path) -> str:
    """Write a new secret key to `target` (0600). Returns its recipient, which is no secret.

    Raises Terminal if the file exists, or would lie in `home`, beside what it opens.
    """
    from pyrage.x25519 import Identity

    if target.resolve().is_relative_to(home.resolve()):
        raise Terminal(
            f"{target} อยู่ในที่เก็บ ใครได้เครื่องนี้ไปจึงได้กุญแจไปด้วย ให้เขียนกุญแจไว้นอกเครื่อง เช่น ในแฟลชไดรฟ์ที่เก็บในตู้เซฟ",
            f"{target} is in the home, and stolen with it; write the key elsewhere, as to a stick in a safe",
        )
    key = Identity.generate()
    recipient = str(key.to_public())
    try:
        # not through a file beside it: the file systems of sticks have no links
        with open(target, "xb", opener=_owners_alone) as file:
            file.write(f"# recipient: {recipient}\n{key}\n".encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Terminal(
            f"มี {target} อยู่แล้ว จึงไม่เขียนทับ เพราะถ้ากุญแจหาย ไฟล์สำรองที่เข้ารหัสไว้ให้กุญแจนั้นเปิดไม่ได้อีก ให้ใช้ชื่อไฟล์อื่น",
            f"{target} is already there and stays: what only a lost key opens is lost; name another file",
        ) from None
    except FileNotFoundError:
        raise Terminal(
            f"ไม่มีโฟลเดอร์ {target.parent} ให้สร้างก่อน หรือใช้โฟลเดอร์อื่น",
            f"{target.parent} is no folder; make it first, or name another",
        ) from None
    return recipient


def _owners_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def read_keys(path: Path) -> Keys:
    """The secret keys of a key file, one a line, comments after `#`. Raises Terminal when it holds none."""
    from pyrage import IdentityError
    from pyrage.x25519 import Identity

    try:
        lines = [line.strip() for line in path.read_text("utf-8-sig").splitlines()]
        keys = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except FileNotFoundError:
        raise Terminal(
            f"{path}: ไม่มีไฟล์กุญแจนี้ ให้ตรวจชื่อและโฟลเดอร์ของไฟล์กุญแจ", f"{path}: there is no such key file"
        ) from None
    except (IdentityError, UnicodeDecodeError):  # which may quote a secret
        keys = []
    if not keys:
        raise Terminal(
            f"{path}: ไม่ใช่ไฟล์กุญแจของไฟล์สำรอง ไฟล์กุญแจมีบรรทัดที่ขึ้นต้นด้วย {SECRET_KEY} "
            "ให้ใช้ไฟล์ที่ `mochocho keys new` เขียนไว้",
            f"{path}: this is no key file of backups, which has a line that begins with {SECRET_KEY}; "
            "take the file that `mochocho keys new` wrote",
        )
    return keys


def _asks_for_the_key(path: Path) -> Terminal:
    return Terminal(
        f"{path} เข้ารหัสไว้ ให้ระบุไฟล์กุญแจด้วย `--key` ยังไม่มีสิ่งใดเปลี่ยน",
        f"{path} is encrypted: name a key file with `--key`; nothing was changed",
    )


def _no_key_opens(path: Path) -> Terminal:
    return Terminal(
        f"กุญแจที่ให้มาเปิด {path} ไม่ได้ เพราะไฟล์นี้เข้ารหัสไว้ให้กุญแจอื่น ยังไม่มีสิ่งใดเปลี่ยน "
        "ให้ใช้ไฟล์กุญแจของผู้รับที่ตั้งไว้ใน [backup] เมื่อสำรองไฟล์นี้",
        f"the key does not open {path}, which was encrypted for others; nothing was changed. "
        "Take the key file of a recipient that stood in [backup] when it was made",
    )


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    read, write = os.pipe()
    return os.fdopen(read, "rb"), os.fdopen(write, "wb", buffering=CHUNK)


class _Beside:
    """Work in a thread of its own, which closes its end of a pipe when it is done; `error`: how it failed."""

    def __init__(self, end: BinaryIO, work: Callable[[], object]) -> None:
        self.error: BaseException | None = None
        self._end, self._work = end, work
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # a panic of the compiled library too: whoever waits must hear of it
            self.error = error
        with suppress(OSError):  # nobody reads on
            self._end.close()

    def join(self) -> None:
        self._thread.join()


class _Target:
    """A file that remembers how writing failed: `pyrage` keeps the words of an error, not the error."""

    def __init__(self, file: BinaryIO) -> None:
        self.error: OSError | None = None
        self._file = file

    def write(self, content: bytes) -> int:
        try:
            return self._file.write(content)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._file.flush()


class _Told:
    """A pipe that can say where it is, as `tarfile` asks of what it writes to."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe, self._at = pipe, 0

    def write(self, content: bytes) -> int:
        self._at += len(content)
        return self._pipe.write(content)

    def tell(self) -> int:
        return self._at


class _Plain:
    """The decrypted end of a pipe; an end that came too early is told by its cause."""

    def __init__(self, path: Path, pipe: BinaryIO, worker: _Beside) -> None:
        self._path, self._pipe, self._worker = path, pipe, worker

    def read(self, size: int) -> bytes:
        content = self._pipe.read(size)
        if len(content) < size:
            self._worker.join()
            self._tell(self._worker.error)
        return content

    def _tell(self, error: BaseException | None) -> None:
        from pyrage import DecryptError

        if isinstance(error, DecryptError) and "No matching keys" in str(error):
            raise _no_key_opens(self._path)
        if error is not None:
            raise ValueError(f"age: {error}")
