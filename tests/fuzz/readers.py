"""All that reads what strangers send: good files to begin with, and the only ways in which it may refuse."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import segno
from openpyxl import Workbook

from mochocho.excel.workbooks import read_workbook
from mochocho.standards.strict_yaml import Broken
from mochocho.storage.files import Store
from mochocho.words.errors import BadInput, Terminal
from mochocho.words.places import Province
from processing.certificates import certificate
from processing.decoding import containers, file_kinds
from processing.decoding.keeper import Decoders, Died, TooCostly
from processing.decoding.problem import Problem
from processing.meetings.files import meeting_yaml
from sync.openrosa.receiving.upload import receive
from sync.xform.parse import parse_instance
from tests import builders
from tests.unit.processing.decoding import made_files
from xlsforms.villages import read_villages

CHIANG_RAI = Province.named("เชียงราย")
KIND = "multipart/form-data; boundary=cut"
PICTURES = (made_files.JPEG, made_files.PNG, made_files.WEBP, made_files.PDF)


@dataclass(frozen=True)
class Reader:
    """`read`: given the bytes and a folder of its own. `refuses`: what it may raise, and nothing else.

    `cost`: how many others take as long as one of it.
    """

    seeds: tuple[bytes, ...]
    read: Callable[[bytes, Path], object]
    refuses: tuple[type[Exception], ...]
    cost: int = 1


def _instance() -> bytes:
    fields = {
        "applicant_name": "นางสาวทดสอบ ตัวอย่าง",
        "team": [{"name": "ก"}, {"name": "ข"}],
        "photo": "1.jpg",
    }
    entity = {"dataset": "applicants", "id": "0" * 8, "label": "ทดสอบ", "create": "1"}
    return builders.instance("application", fields, instance_id="i-1", deprecated_id="i-0", entity=entity)


def _post() -> bytes:
    parts = (("xml_submission_file", "i.xml", _instance()), ("1.jpg", "1.jpg", made_files.JPEG[:400]))
    head = (
        '--cut\r\nContent-Disposition: form-data; name="{}"; filename="{}"\r\nContent-Type: text/xml\r\n\r\n'
    )
    return b"".join(head.format(*names).encode() + body + b"\r\n" for *names, body in parts) + b"--cut--\r\n"


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("รหัสผู้สมัคร", "มติ"), ("a", "รับรอง"), (1, 2.5), (True, None), ("=1+1", "๑/๒๕๖๘")):
        sheet.append(row)
    sheet.merge_cells("A6:B6")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _from_file(name: str, read: Callable[[Path], object], content: bytes, folder: Path) -> object:
    path = folder / name
    path.write_bytes(content)
    return read(path)


def _receive(content: bytes, folder: Path) -> object:
    return receive(io.BytesIO(content), KIND, Store(folder / "store").put_stream, 300)


def _front(content: bytes, _: Path) -> object:
    kind, end = file_kinds.kind_of(content[: file_kinds.HEAD]), len(content)
    if kind in ("jpeg", "png", "webp"):
        end = containers.end_of(kind, content)
        assert 0 <= end <= len(content)
    return file_kinds.pdf_start(content), containers.holds_something_else(content, end)


def _opened(decoders: Decoders, content: bytes, folder: Path) -> object:
    """Whatever a file does to its child, the next is opened."""
    path = folder / "file"
    path.write_bytes(content)
    (found,) = decoders.measure([(path, hashlib.sha256(content).hexdigest())])
    if isinstance(found, Exception):
        raise found
    return found


def _code() -> bytes:
    return b"MCH1:" + b"ABCDEFGH234567" * 12


def every(decoders: Decoders) -> Mapping[str, Reader]:
    """The readers by name."""
    listed = b"name,label,subdistrict\nv1,\xe0\xb8\x9a\xe0\xb9\x89\xe0\xb8\xb2\xe0\xb8\x99,570101\n"
    meeting = "การประชุม:\n  ครั้งที่: 1/2568\n  สถานที่: ห้องประชุม\n".encode()
    qr = io.BytesIO()
    segno.make("MCH1:ABC").save(qr, "png", scale=4)
    return {
        "instance": Reader((_instance(),), lambda content, _: parse_instance(content), (BadInput,)),
        "post": Reader((_post(),), _receive, (BadInput,)),
        "workbook": Reader((_workbook(),), partial(_from_file, "a.xlsx", read_workbook), (BadInput,), 4),
        "villages": Reader(
            (listed, listed.replace(b",", b";")),
            partial(_from_file, "villages.csv", lambda path: read_villages(path, CHIANG_RAI)),
            (Terminal,),
        ),
        "meeting": Reader(
            (meeting,), lambda content, _: meeting_yaml.parsed(content.decode("utf-8", "replace")), (Broken,)
        ),
        "certificate": Reader(
            (_code(),),
            lambda content, _: certificate.read(content.decode("utf-8", "replace")),
            (certificate.NotACertificate,),
        ),
        "front": Reader((*PICTURES, _workbook(), qr.getvalue()), _front, (Problem,)),
        "picture": Reader((*PICTURES, qr.getvalue()), partial(_opened, decoders), (Died, TooCostly), 8),
    }


NAMES = ("instance", "post", "workbook", "villages", "meeting", "certificate", "front", "picture")
