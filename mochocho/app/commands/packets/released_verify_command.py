"""`mochocho packet verify`: whether the files of a release are those that were released."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.packets.packet_command import packet
from mochocho.app.terminal.console import fail, say
from mochocho.words.errors import Terminal, reason
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from processing.releases.verified_folder import FolderFault, VerifiedFolder

_FILE = click.Path(dir_okay=False, path_type=Path)


@under(
    packet,
    """ตรวจว่าไฟล์ของเอกสารที่ออกแล้วไม่ถูกแก้

    PATH คือโฟลเดอร์ของชุดเอกสาร ที่สำเนาไปที่ใดก็ได้ หรือไฟล์หนึ่งในนั้น ตรวจได้โดยไม่ต้องมีที่เก็บและไม่ต้องต่อเครือข่าย --key
    คือไฟล์กุญแจสาธารณะของจังหวัด (`mochocho certificates export-key`) ถ้าไม่ใส่ PATH ตรวจทุกชุดของที่เก็บนี้เทียบกับที่บันทึกไว้
    จบด้วยสถานะ 1 เมื่อมีไฟล์ที่ถูกแก้ หายไป หรือไม่ใช่ของชุดนั้น
    """,
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@option("--key", "key_file", type=_FILE, th="ไฟล์กุญแจสาธารณะ", en="The file of public keys.")
@pass_invocation
@click.pass_context
def verify(ctx: click.Context, invocation: Invocation, path: Path | None, key_file: Path | None) -> None:
    """Check that no file of a release was altered.

    PATH is a release's folder, copied anywhere, or one file in it; this needs neither home nor network. --key
    is the province's public key (`mochocho certificates export-key`). Without PATH every release of this
    home is compared with what was recorded. Ends with status 1 when a file was altered, is missing or does
    not belong there.
    """
    from mochocho.app.releases_examined import of_home
    from processing.releases.verified_folder import folders, verify

    keys = _keys(key_file)
    try:
        if path is None:
            looked = list(of_home(invocation.home, keys))
        elif path.is_dir():
            looked = [verify(one, keys) for one in folders(path)]
        elif path.is_file():
            looked = [verify(path.parent, keys, only=path.name)]
        else:
            raise Terminal(f"{path}: ไม่มีไฟล์หรือโฟลเดอร์นี้", f"{path}: no such file or folder")
    except OSError as error:
        why = reason(error)
        raise Terminal(f"{path}: เปิดไม่ได้ ({why.th})", f"{path}: cannot be read ({why.en})") from error
    for one in looked:
        for fault in one.faults:
            said = _said(fault)
            fail(said.th, said.en)
    for line in _summed(looked):
        say(*line)
    if any(one.faults for one in looked):
        ctx.exit(1)


def _keys(key_file: Path | None) -> list[bytes]:
    from processing.certificates.signing import read_pem

    if key_file is None:
        return []
    try:
        return read_pem(key_file.read_bytes())
    except (OSError, ValueError):
        raise Terminal(
            f"{key_file}: ไม่ใช่ไฟล์กุญแจสาธารณะของจังหวัด ให้ขอไฟล์จากจังหวัด",
            f"{key_file}: no file of the province's public keys; ask the province for it",
        ) from None


def _summed(looked: "list[VerifiedFolder]") -> Iterator[Sentence]:
    for one in looked:
        if one.release is not None and not one.faults:
            name, files, key = one.release.name, one.files, one.key_id
            if one.gone:
                yield Sentence(
                    f"{one.folder}: {name} ไฟล์ {one.gone} จาก {files} ไฟล์ถูกลบตามการลบข้อมูลส่วนบุคคล "
                    f"รหัสของไฟล์ยังอยู่ ใช้ตรวจสำเนาที่เก็บไว้ที่อื่นได้ ลงนามด้วยกุญแจ {key}",
                    f"{one.folder}: {name}, {one.gone} of {files} files went with a person who was erased; "
                    f"their hashes stay, and verify a copy kept elsewhere; signed by key {key}",
                )
                continue
            yield Sentence(
                f"{one.folder}: {name} ไฟล์ {files} ไฟล์เป็นอย่างที่ออกไว้ ลงนามด้วยกุญแจ {key}",
                f"{one.folder}: {name}, {files} files are as they were released, signed by key {key}",
            )
    if not looked:
        yield Sentence("ยังไม่ได้ออกเอกสารชุดใด", "nothing was released yet")


def _said(fault: "FolderFault") -> Sentence:
    from processing.releases.verified_folder import Fault

    th, en = {
        Fault.CHANGED: ("ถูกแก้ ไม่ใช่ไฟล์ที่ออกไว้ ให้ขอสำเนาใหม่จากจังหวัด", "altered, not the file that was released"),
        Fault.MISSING: ("หายไปจากชุดเอกสาร ให้ขอสำเนาใหม่จากจังหวัด", "missing from the release"),
        Fault.FOREIGN: ("ไม่ใช่ไฟล์ของชุดเอกสารนี้", "not a file of this release"),
        Fault.NO_RELEASE: (
            "ไม่มีไฟล์นี้หรืออ่านไม่ได้ จึงตรวจไม่ได้ ให้สำเนาทั้งโฟลเดอร์จากจังหวัด",
            "not there or unreadable, so nothing can be verified; copy the whole folder",
        ),
        Fault.UNSIGNED: ("ถูกแก้หลังจากที่จังหวัดลงนาม", "altered after the province signed it"),
        Fault.OTHER_KEY: ("ไม่ได้ลงนามด้วยกุญแจที่ให้มา", "signed by another key than those given"),
        Fault.NOT_RECORDED: ("ไม่ตรงกับที่บันทึกไว้ในที่เก็บนี้", "not what this home recorded"),
        Fault.ACTIVE: ("มีสิ่งที่ทำงานเองหรือโยงออกนอกไฟล์", "active content"),
    }[fault.fault]
    detail = f" ({fault.detail})" if fault.detail else ""
    return Sentence(f"{fault.file}: {th}{detail}", f"{fault.file}: {en}{detail}")
