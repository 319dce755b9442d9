"""Packs as files: exported to Excel, imported, compared with another pack before anything is written."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from mochocho.standards.changes import Change, changes
from mochocho.standards.load import MAX_BYTES, RELEASED, load_pack, parse_pack, released
from mochocho.standards.schema import Pack
from mochocho.standards.sheets.export import workbook_of
from mochocho.standards.sheets.read_pack import Reading, read_pack
from mochocho.standards.strict_yaml import Broken
from mochocho.standards.written import yaml_of
from mochocho.storage.files import claim, write_file
from mochocho.words.errors import BadInput, Terminal
from mochocho.words.progress import RowCall, unheard
from mochocho.words.sentences import Sentence, plain

EXCEL = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Looked:
    """The content of an officer's workbook, and its differences from the pack it is compared with."""

    reading: Reading
    against: Pack
    changes: tuple[Change, ...]


def export_pack(source: str | Path, target: Path) -> None:
    """Write a pack as a workbook. Raises Terminal if the file exists: it may hold a day's typing."""
    content = workbook_of(load_pack(source).pack)
    if target.exists() or claim(target, content) != content:
        raise Terminal(
            f"มี {target} อยู่แล้ว จึงไม่เขียนทับ ให้ตั้งชื่อไฟล์อื่น",
            f"{target} is already there and stays as it is; name another file",
        )


def look(path: Path, against: str | Path, target: Path | None = None, on_row: RowCall = unheard) -> Looked:
    """Read a workbook and compare it; writes nothing. `target`: where it would be written.

    Raises BadInput (excel.*, pack.*) for a workbook that is not ours, Terminal for a target that must not be
    replaced.
    """
    old = load_pack(against).pack
    reading = read_pack(path, _taken(old, target), on_row)
    return Looked(reading, old, changes(old, reading.pack) if reading.pack else ())


def look_at(name: str, content: bytes, against: str | Path, on_row: RowCall) -> Looked:
    """A file that was handed in under this name, a workbook or YAML, compared; writes nothing.

    Raises BadInput for a workbook that is not ours, for what is neither, and for an id that is taken;
    Terminal, with line and what to change, for YAML that is no pack.
    """
    suffix = Path(name).suffix.lower()
    if suffix in EXCEL:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"standards{suffix}"
            path.write_bytes(content)
            return look(path, against, on_row=on_row)
    if suffix not in (".yaml", ".yml"):
        raise BadInput(
            "pack.kind",
            "ต้องเป็นไฟล์ Excel (.xlsx) ที่ส่งออกจากระบบนี้ หรือ .yaml ให้เลือกไฟล์ใหม่",
            "must be an Excel file (.xlsx) that this program exported, or .yaml; choose another file",
        )
    old = load_pack(against).pack
    try:
        new = parse_pack(content).pack
    except Broken as error:
        raise Terminal(f"บรรทัดที่ {error.line}: {error.th}", f"line {error.line}: {error.en}") from error
    if new.id in released():
        raise BadInput(
            "pack.taken",
            f"รหัส {new.id} เป็นของชุดที่เผยแพร่แล้ว ให้เปลี่ยน id ในไฟล์",
            f"the id {new.id} is a released pack's; change id in the file",
        )
    return Looked(Reading(new, (), ()), old, changes(old, new))


def save(pack: Pack, target: Path) -> None:
    """Write a pack as YAML, whole or not at all, after checking that it reads back as the same pack.

    Raises Terminal when the target holds another pack (earlier packs stay as they are) or something else.
    """
    content = yaml_of(pack).encode()
    if len(content) > MAX_BYTES:
        raise BadInput(
            "pack.too_large",
            f"ชุดนี้ยาวเกิน {MAX_BYTES // 1_000_000} MB ให้ย่อหมายเหตุและข้อความที่ยาวมาก",
            f"the pack is longer than {MAX_BYTES // 1_000_000} MB; shorten notes and very long texts",
        )
    if parse_pack(content).pack != pack:
        raise AssertionError("a pack that was written does not read back as itself")
    if _own(target) not in (None, pack.id):
        raise Terminal(
            f"{target} เป็นชุดมาตรฐานอื่น จึงไม่เขียนทับ ให้ตั้งชื่อไฟล์อื่น",
            f"{target} holds another pack and stays as it is; name another file",
        )
    write_file(target, content)


def pack_of(source: str) -> Pack:
    """A pack by its id, or from a .yaml or .xlsx file. Raises BadInput for a workbook with mistakes."""
    path = Path(source)
    if path.suffix.lower() not in EXCEL:
        return load_pack(source).pack
    reading = read_pack(path)
    if reading.pack is None:
        more = len(reading.mistakes) - 1
        first = reading.mistakes[0].told
        rest = Sentence(f" และอีก {more} แห่ง", f", and {more} more") if more else plain("")
        raise BadInput("pack.mistakes", f"{first.th}{rest.th}", f"{first.en}{rest.en}")
    return reading.pack


def _taken(old: Pack, target: Path | None) -> set[str]:
    """Ids a new pack must not have: of released packs,
    and last year's unless that very file is the target.
    """
    taken = set(released())
    if target is not None and _own(target) != old.id:
        taken.add(old.id)
    return taken


def _own(target: Path) -> str | None:
    """The id of the pack in a file; None where there is no file. Raises Terminal if the file is no draft."""
    if target.resolve().parent == RELEASED.resolve():
        raise Terminal(
            f"{target} อยู่ในโฟลเดอร์ของชุดมาตรฐานที่เผยแพร่แล้วซึ่งแก้ไม่ได้ ให้ตั้งชื่อไฟล์อื่น",
            f"{target} is in the folder of released packs, which never change; name another file",
        )
    if target.suffix not in (".yaml", ".yml"):
        raise Terminal(f"ชื่อไฟล์ {target} ต้องลงท้ายด้วย .yaml", f"{target} must end in .yaml")
    if not target.exists():
        return None
    try:
        return load_pack(target).pack.id
    except Terminal as error:
        raise Terminal(
            f"มี {target} อยู่แล้วและไม่ใช่ชุดมาตรฐาน จึงไม่เขียนทับ ให้ตั้งชื่อไฟล์อื่น",
            f"{target} is there and is no pack, so it stays as it is; name another file",
        ) from error
