"""Prints and writes the receipt of an erasure, for the commands that erase."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import option

if TYPE_CHECKING:
    from mochocho.app.erasing.ledger_of_erasures import Receipt
    from mochocho.storage.home import Home

Officer = option("--officer", required=True, th="เจ้าหน้าที่ผู้สั่งลบ ต้องมี", en="The officer who orders it; needed.")
DryRun = option(
    "--dry-run", is_flag=True, th="บอกว่าจะลบอะไร ไม่เปลี่ยนสิ่งใด", en="Say what would go; change nothing."
)
Written = option(
    "--receipt",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    th="เขียนใบรับการลบเป็น JSON ลงไฟล์นี้ด้วย",
    en="Also write the receipt as JSON to this file.",
)


def tell(home: "Home", receipt: "Receipt", target: Path | None, *, done: bool) -> None:
    """As who asked for it is answered; `target`: where to write it as JSON, None = nowhere."""
    from mochocho.app.backup import erased_file
    from mochocho.app.erasing.receipt_told import as_json, lines
    from mochocho.app.terminal.console import say, show
    from mochocho.app.terminal.language import told
    from mochocho.storage.files import write_file

    if done:
        say(f"ลบข้อมูลแล้ว ครั้งที่ {receipt.number}", f"erased: number {receipt.number}")
    else:
        say("ยังไม่เปลี่ยนสิ่งใด", "nothing is changed")
    for line in lines(receipt, done=done):
        show(told(line))
    if done and (noted := erased_file.noted_at_once(home)):
        say(*noted)
    if target is not None:
        write_file(target, as_json(receipt))
        say(f"เขียนใบรับการลบ {target} แล้ว", f"wrote the receipt {target}")
