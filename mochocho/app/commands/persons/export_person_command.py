"""`mochocho person export`: what is held of a person, to be given to them."""

from pathlib import Path

import click

from mochocho.app.commands.help import option, refuse_unsaid, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.persons.person_group import Key, Name, NationalId, Reason, Telephone, person
from mochocho.app.terminal.console import say


@under(
    person,
    """เขียนข้อมูลที่เก็บไว้ของบุคคลหนึ่งเป็น ZIP ให้เจ้าของข้อมูล

    ใน ZIP มีหน้าภาษาไทย (index.html) ข้อมูลเดียวกันเป็น JSON และไฟล์ที่ส่งมากับแบบของผู้นั้นเป็นภาพ ซึ่งไม่มีพิกัดและข้อมูลกล้อง
    ชื่อ เลขประจำตัว และหมายเลขโทรศัพท์ของผู้อื่นปกปิดไว้ ใบสมัครเป็นของผู้ขอเมื่อเลขประจำตัวหรือรหัสตรง ชื่อหรือโทรศัพท์อย่างเดียว
    ให้เฉพาะข้อความที่กล่าวถึงผู้นั้น เพราะผู้อื่นอาจชื่อเดียวกัน ก่อนให้ เจ้าหน้าที่ต้องพิสูจน์ตัวผู้ขอและเปิดดูทุกหน้า
    บันทึกไว้ในบันทึกการเข้าถึงก่อนเขียน
    """,
    "export",
)
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@NationalId
@Telephone
@Name
@Key
@option(
    "--identified-by",
    required=True,
    th="เจ้าหน้าที่ผู้พิสูจน์ตัวผู้ขอ ต้องมี",
    en="The officer who identified the person; needed.",
)
@Reason
@pass_invocation
def export(
    invocation: Invocation,
    target: Path,
    national_id: str,
    telephone: str,
    name: str,
    key: str,
    identified_by: str,
    reason: str,
) -> None:
    """Write what is held of one person as a ZIP to give to them.

    It holds a page in Thai (index.html), the same as JSON, and the files that came with the person's own
    forms as pictures, without place and camera. Names, national IDs and telephones of others are covered. An
    application is the person's own where the national ID or the key agrees; a name or telephone alone gives
    only what names the person, since others may have the same. Before it is given, an officer identifies the
    person and looks at every page. It is logged before it is written.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.persons import person_archive
    from mochocho.app.persons.gathered_data import gather
    from processing.persons.sought_person import sought

    refuse_unsaid(reason=reason, identified_by=identified_by)
    home = invocation.home
    found = gather(home, sought(national_id, telephone, name, key))
    if not found.rows and not found.mentions:
        say("ไม่พบข้อมูลของบุคคลนี้ จึงไม่ได้เขียนไฟล์", "nothing of this person was found; no file was written")
        return
    for about in found.keys or ("",):
        note_at_the_command_line(home, "person", about, f"{reason} ผู้พิสูจน์ตัว {identified_by}")
    files = person_archive.write(home, found, target, identified_by, reason)
    rows, mentions = len(found.rows), len(found.mentions)
    say(
        f"{target}: ข้อมูลของผู้ขอ {rows} รายการ ที่อื่นซึ่งกล่าวถึง {mentions} แห่ง ไฟล์ {files} ไฟล์",
        f"{target}: own records {rows}, mentions elsewhere {mentions}, files {files}",
    )
