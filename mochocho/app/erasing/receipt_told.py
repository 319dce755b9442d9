"""The receipt of an erasure in words, for the answer to who asked for it; and as JSON. Pure."""

import json
from collections.abc import Iterator

from mochocho.app.erasing.ledger_of_erasures import Receipt
from mochocho.app.persons.place_words import TABLES
from mochocho.words.sentences import Sentence
from processing import codec

_KIND = {"central": "ODK Central", "kobo": "KoboToolbox"}


def lines(receipt: Receipt, *, done: bool) -> Iterator[Sentence]:
    """What went and what stays to be done by hand; `done` False: what would go."""
    verb, went = ("ลบแล้ว", "gone") if done else ("จะลบ", "would go")
    if receipt.removed:
        rows = _rows(receipt.removed)
        yield Sentence(f"{verb}: {rows.th}", f"{went}: {rows.en}")
    if receipt.covered:
        rows = _rows(receipt.covered)
        yield Sentence(
            f"{'ปกปิดแล้ว' if done else 'จะปกปิด'}ในสิ่งที่ยังเก็บไว้: {rows.th}",
            f"{'covered' if done else 'would be covered'} in what stays: {rows.en}",
        )
    files, others = len(receipt.files), receipt.others
    yield Sentence(
        f"{verb}ไฟล์ที่ส่งมา {files} ไฟล์ ไฟล์อื่นที่กล่าวถึง {others} ไฟล์ และเอกสารที่ทำไว้ใช้ซ้ำทั้งหมด",
        f"{went}: files that were sent {files}, others that name the person {others}, and all cached papers",
    )
    if receipt.releases:
        names = ", ".join(receipt.releases)
        yield Sentence(
            f"{verb}ไฟล์ของชุดที่ออกแล้ว {names} ฉบับกระดาษที่ลงนามเก็บตามระเบียบงานสารบรรณ",
            f"{went}: the files of the releases {names}; the signed paper is kept by the rules for archives",
        )
    if receipt.counts:
        numbers = ", ".join(f"{name} {count}" for name, count in receipt.counts.items())
        yield Sentence(f"จำนวนที่ยังทราบ: {numbers}", f"what stays known: {numbers}")
    yield from _by_hand(receipt)


def as_json(receipt: Receipt) -> bytes:
    """The same for a program; the same receipt gives the same bytes."""
    return f"{json.dumps(codec.dump(receipt), ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _by_hand(receipt: Receipt) -> Iterator[Sentence]:
    for server, root in receipt.servers:
        kind, _, name = server.partition(":")
        at = f"{_KIND.get(kind, kind)} ({name})"
        trash = kind == "central"  # which empties its trash after 30 days
        yield Sentence(
            f"ต้องทำที่ {at}: ลบรายการ {root}{' เซิร์ฟเวอร์ลบจริงเมื่อครบ 30 วัน' if trash else ''}",
            f"to do at {at}: delete {root}{'; the server forgets it after 30 days' if trash else ''}",
        )
    for path in receipt.left:
        yield Sentence(f"ต้องดูเอง: {path}", f"look at it yourself: {path}")


def _rows(counts: dict[str, int]) -> Sentence:
    named = [(TABLES[name], count) for name, count in counts.items()]
    return Sentence(
        ", ".join(f"{table.th} {count}" for table, count in named),
        ", ".join(f"{table.en} {count}" for table, count in named),
    )
