"""`mochocho certificates export-key|wording`: what others check certificates by, and what they say."""

from pathlib import Path

import click

from mochocho.app.commands.certificates.issue_command import certificates
from mochocho.app.commands.help import under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show

_FOLDER = click.Path(file_okay=False, path_type=Path)


@under(
    certificates,
    """เขียนกุญแจและรายการที่เผยแพร่ให้ผู้อื่นตรวจได้

    กุญแจสาธารณะและรายการหนังสือรับรอง ลงใน FOLDER

    ผู้ใดมีสองไฟล์นี้ตรวจหนังสือรับรองได้โดยไม่ต้องถามจังหวัด ในรายการไม่มีชื่อบุคคล ให้เขียนใหม่ทุกครั้งที่ออก ออกแทน หรือเพิกถอน
    """,
    name="export-key",
)
@click.argument("folder", type=_FOLDER)
@pass_invocation
def export_key(invocation: Invocation, folder: Path) -> None:
    """Write what others check certificates by.

    The public key and the list of certificates, into FOLDER, to be published. With both files anybody
    checks a certificate without asking. The list names no person; write it anew whenever one was given,
    replaced or revoked.
    """
    from mochocho.storage.db import reading
    from processing.certificates import given_out
    from processing.certificates.given import register
    from processing.certificates.signing import signer

    home = invocation.home
    with reading(home.engine) as session:
        every = register(home, session)
    key = signer(home.settings.home)
    for path in given_out.write(folder, every, key, home.province.code, home.pack.fiscal_year_be):
        show(str(path))
    say(f"หนังสือรับรองในรายการ {len(every)} ฉบับ", f"certificates in the list: {len(every)}")


@under(
    certificates,
    """เขียนไฟล์ถ้อยคำลง FOLDER ให้แก้เป็นของจังหวัด

    ของหนังสือรับรองและหนังสือแจ้งผล
    ไฟล์ที่มีอยู่แล้วไม่เขียนทับ แล้วตั้ง wording ใน [papers] ของการตั้งค่าเป็นโฟลเดอร์นี้
    """,
)
@click.argument("folder", type=_FOLDER)
def wording(folder: Path) -> None:
    """Write the wordings into FOLDER, to be edited.

    Of certificates and letters with results. A file that is there stays as it is. Then set `wording` in
    [papers] of the settings to this folder.
    """
    from reports.wording.read_wording import write_shipped

    written, kept = write_shipped(folder)
    for path in written:
        show(str(path))
    for path in kept:
        say(f"{path}: มีอยู่แล้ว ไม่เขียนทับ", f"{path}: there already, left as it is")
