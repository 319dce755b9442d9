"""The receipt of an erasure in words, for the answer to who asked for it; and as JSON. Pure."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator

from mochocho.app.erasing.ledger_of_erasures import Receipt
from mochocho.app.erasing.whose.mentions import told_without_names
from mochocho.app.persons.place_words import TABLES
from mochocho.words.sentences import Sentence, joined
from processing import codec
from xlsforms.list_columns import COLUMNS

_KIND = {"central": "ODK Central", "kobo": "KoboToolbox"}
_TRASH = Sentence(" เซิร์ฟเวอร์ลบจริงเมื่อครบ 30 วัน", "; the server forgets it after 30 days")


def lines(receipt: Receipt, *, done: bool) -> Iterator[Sentence]:
    """What went and what stays to be done by hand; `done` False: what would go."""
    gone = Sentence("ลบแล้ว", "gone") if done else Sentence("จะลบ", "would go")
    if receipt.only:
        parts = _parts(receipt.only)
        yield Sentence(f"เฉพาะส่วนที่เลือกว่าเป็นของบุคคลนี้: {parts.th}", f"only what was chosen: {parts.en}")
    if receipt.removed:
        rows = _rows(receipt.removed)
        yield Sentence(f"{gone.th}: {rows.th}", f"{gone.en}: {rows.en}")
    if receipt.covered:
        rows = _rows(receipt.covered)
        covered = Sentence("ปกปิดแล้ว", "covered") if done else Sentence("จะปกปิด", "would be covered")
        yield Sentence(f"{covered.th}ในสิ่งที่ยังเก็บไว้: {rows.th}", f"{covered.en} in what stays: {rows.en}")
    files, others = len(receipt.files), receipt.others
    yield Sentence(
        f"{gone.th}: ไฟล์ที่ส่งมา {files} ไฟล์ ไฟล์อื่นที่กล่าวถึง {others} ไฟล์ และเอกสารที่ทำไว้ใช้ซ้ำทั้งหมด",
        f"{gone.en}: files that were sent {files}, others that name the person {others}, all cached papers",
    )
    if receipt.releases:
        names = ", ".join(receipt.releases)
        yield Sentence(
            f"{gone.th}ไฟล์ของชุดที่ออกแล้ว {names} รหัสของไฟล์ยังอยู่ ฉบับกระดาษที่ลงนามเก็บตามระเบียบงานสารบรรณ",
            f"{gone.en}: the files of the releases {names}; their hashes stay, the signed paper is archived",
        )
    if receipt.counts:
        numbers = ", ".join(f"{name} {count}" for name, count in receipt.counts.items())
        yield Sentence(f"จำนวนที่ยังทราบ: {numbers}", f"what stays known: {numbers}")
    yield from _deleted_there(receipt)
    yield from _by_hand(receipt)


def digest_of(foreseen: Receipt) -> str:
    """Of what is shown before it goes: when it would have begun says nothing of it."""
    content = [one.th for one in lines(foreseen, done=False)]
    return hashlib.sha256("\n".join([foreseen.about, *content]).encode()).hexdigest()


def as_json(receipt: Receipt) -> bytes:
    """The same for a program; the same receipt gives the same bytes."""
    return f"{json.dumps(codec.dump(receipt), ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _deleted_there(receipt: Receipt) -> Iterator[Sentence]:
    for server, count in Counter(server for server, _ in receipt.deleted).items():
        at, later = _at(server), _later(server)
        yield Sentence(
            f"ลบแล้วที่ {at}: {count} รายการ{later.th}", f"deleted at {at}: {count} records{later.en}"
        )


def _by_hand(receipt: Receipt) -> Iterator[Sentence]:
    for server, root in receipt.servers:
        at, what, later = _at(server), _there(server, root), _later(server)
        yield Sentence(f"ต้องทำที่ {at}: {what.th}{later.th}", f"to do at {at}: {what.en}{later.en}")
    for server, root in receipt.mentioned:
        yield Sentence(
            f"ต้องทำที่ {_at(server)}: แบบของผู้อื่น {root} กล่าวถึงบุคคลนี้ ให้แก้ที่นั่น",
            f"to do at {_at(server)}: {root}, a form of somebody else, names the person; edit it there",
        )
    for key in receipt.namesakes:
        yield Sentence(
            f"ผู้สมัคร {key} ชื่อเดียวกัน ไม่ได้ลบของผู้นั้น ถ้าเป็นคนเดียวกัน ให้ลบอีกครั้งด้วยรหัสผู้สมัครนี้",
            f"the applicant {key} has the same name and keeps all: if it is the person, erase this key too",
        )
    if receipt.spared:
        parts = _parts(receipt.spared)
        yield Sentence(
            f"ยังมีผู้ปฏิบัติหน้าที่ด้วยชื่อเดียวกัน ชื่อจึงยังอยู่ใน: {parts.th} ถ้าเป็นคนเดียวกัน เมื่อพ้นหน้าที่แล้วให้ลบอีกครั้งด้วยชื่อ",
            f"somebody still serves by the name, which stays in: {parts.en}; if it is the person, "
            "erase the name once that has ended",
        )
    for path in receipt.left:
        yield Sentence(f"ต้องดูเอง: {path}", f"look at it yourself: {path}")


def _later(server: str) -> Sentence:
    return _TRASH if server.startswith("central:") else Sentence("", "")


def _there(server: str, root: str) -> Sentence:
    """What is to be deleted at a server: a form, a row of a list, or where no root is named all of it."""
    kept_in, _, id_ = root.partition("/")
    if kept_in in COLUMNS:
        return Sentence(f"ลบแถว {id_} ของรายชื่อ {kept_in}", f"delete the row {id_} of the list {kept_in}")
    if root:
        return Sentence(f"ลบรายการ {root}", f"delete {root}")
    if server.startswith("central:"):  # what lies in a project that is deleted is never purged
        return Sentence(
            "ลบแบบฟอร์มทุกแบบและรายชื่อ (entity list) ทุกชุดของรอบนี้ในโครงการ และเพิกถอน app user ทุกคน",
            "delete every form and every entity list of this cycle in the project, and revoke its app users",
        )
    return Sentence("ลบโครงการทุกโครงการของรอบนี้", "delete every project of this cycle")


def _at(server: str) -> str:
    kind, _, name = server.partition(":")
    return f"{_KIND.get(kind, kind)} ({name})"


def _parts(mentions: Collection[str]) -> Sentence:
    return joined(map(told_without_names, mentions), ", ")


def _rows(counts: dict[str, int]) -> Sentence:
    named = [(TABLES[name], count) for name, count in counts.items()]
    return Sentence(
        ", ".join(f"{table.th} {count}" for table, count in named),
        ", ".join(f"{table.en} {count}" for table, count in named),
    )
