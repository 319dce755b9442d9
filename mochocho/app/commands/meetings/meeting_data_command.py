"""`mochocho meeting new`, `list`, `show`, `export`, `import`, `cancel`: the meeting as data."""

from pathlib import Path

import click

from mochocho.app.commands.decisions.recording import By, recorder_of
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.meetings.meeting_group import meeting
from mochocho.app.terminal.console import say, show
from mochocho.words.errors import Terminal
from mochocho.words.sentences import joined


@under(
    meeting,
    """เริ่มการประชุมครั้งใหม่ NUMBER เช่น 1/2568

    ข้อมูลของคณะกรรมการใช้ตามการประชุมครั้งก่อนที่บันทึกไว้ ถ้าไม่มี ใช้ตาม [meeting] [committees] และ
    presentation_order ในการตั้งค่า จากนั้นแก้ในไฟล์จาก `meeting export`
    """,
)
@click.argument("number")
@option("--district", default="", th="อำเภอ ถ้าเป็นการประชุมระดับอำเภอ", en="The district whose committee meets.")
@By
@pass_invocation
def new(invocation: Invocation, number: str, district: str, by: str) -> None:
    """Begin the meeting NUMBER, such as 1/2568.

    What is known of the committee is taken from its last kept meeting; where none is kept, from [meeting],
    [committees] and presentation_order of the settings. Then fill in the file of `meeting export`.
    """
    from mochocho.storage.db import reading
    from processing.meetings import kept
    from processing.meetings.files import meeting_files
    from processing.meetings.named_meeting import district_of, key_of
    from processing.meetings.new_meeting import begun

    home = invocation.writable_home
    where = district_of(home, district) if district else None
    key = key_of(home, f"{where.code}:{number}" if where else number)
    with reading(home.engine) as session:
        if kept.meeting_of(session, key):
            raise Terminal(
                f"มีการประชุมครั้งที่ {number} แล้ว สั่ง `mochocho meeting export` เพื่อแก้",
                f"the meeting {number} is kept already; `mochocho meeting export` to change it",
            )
        made = begun(session, home.settings, key.rpartition(":")[2], where)
    meeting_files.keep(home, made, recorder_of(home, by))
    say(
        f"เริ่มการประชุมครั้งที่ {made.number} แล้ว สั่ง `mochocho meeting export FILE.xlsx` เพื่อกรอก",
        f"began the meeting {made.number}; fill it in with `mochocho meeting export FILE.xlsx`",
    )


@under(meeting, "การประชุมที่บันทึกไว้ และบันทึกไว้กี่ฉบับ", name="list")
@pass_invocation
def list_meetings(invocation: Invocation) -> None:
    """The kept meetings, and how many versions there are of each."""
    from mochocho.storage.db import reading
    from mochocho.words.thai import date_words
    from processing.meetings import kept
    from processing.meetings.named_meeting import shown

    home = invocation.home
    with reading(home.engine) as session:
        every = [(one, kept.version_of(session, one.key)) for one in kept.meetings(session)]
    for one, version in every:
        day = date_words(one.day, thai_digits=False) if one.day else ""
        say(
            f"{shown(home, one)} {day} (ฉบับที่ {version})",
            f"{shown(home, one)} {day} (version {version})",
        )
    if not every:
        say("ยังไม่มีการประชุมที่บันทึกไว้", "no meeting is kept yet")


@under(
    meeting,
    """แสดงข้อมูลของการประชุม

    KEY: ครั้งที่ของจังหวัด เช่น 1/2568 หรืออำเภอ:ครั้งที่ เช่น แม่จัน:1/2568 ไม่ใส่ คือครั้งที่เอกสารการประชุมใช้
    """,
    name="show",
)
@click.argument("key", default="")
@pass_invocation
def show_meeting(invocation: Invocation, key: str) -> None:
    """Show what is known of a meeting.

    KEY: 1/2568 of the province's committee, แม่จัน:1/2568 of a district's; without it, the one that the packet
    is for.
    """
    from processing.meetings.files import meeting_files
    from processing.meetings.named_meeting import named

    home = invocation.home
    show(meeting_files.as_yaml(home, named(home, key)))


@under(
    meeting,
    """เขียนการประชุมลงไฟล์ Excel หรือ YAML เพื่อแก้

    ชื่อไฟล์ลงท้ายด้วย .xlsx หรือ .yaml

    KEY: ครั้งที่ของจังหวัด เช่น 1/2568 หรืออำเภอ:ครั้งที่ เช่น แม่จัน:1/2568 ไม่ใส่ คือครั้งที่เอกสารการประชุมใช้
    """,
)
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("key", default="")
@pass_invocation
def export(invocation: Invocation, path: Path, key: str) -> None:
    """Write a meeting as an Excel or YAML file to change it there.

    The name ends in .xlsx or .yaml.

    KEY: 1/2568 of the province's committee, แม่จัน:1/2568 of a district's; without it, the one that the packet
    is for.
    """
    from processing.meetings.files import meeting_files
    from processing.meetings.named_meeting import named

    home = invocation.home
    meeting_files.export(home, named(home, key), path)
    say(f"เขียน {path} แล้ว", f"wrote {path}")


@under(
    meeting,
    """บันทึกการประชุมจากไฟล์ที่กรอกแล้ว

    ถ้ามีที่ผิดแม้แห่งเดียว จะไม่บันทึกอะไร ฉบับก่อนหน้ายังอยู่ครบ
    """,
    name="import",
)
@click.argument("filled", type=click.Path(dir_okay=False, path_type=Path))
@By
@pass_invocation
def import_meeting(invocation: Invocation, filled: Path, by: str) -> None:
    """Keep the meeting of a filled-in file.

    With any mistake in it, nothing is kept. Earlier versions stay.
    """
    from processing.meetings.files import meeting_files
    from processing.meetings.named_meeting import shown

    home = invocation.writable_home
    done = meeting_files.import_file(home, invocation.handed_in(filled), recorder_of(home, by))
    if done.meeting is None:
        th, en = joined(done.mistakes)
        raise Terminal(
            f"{filled} มีที่ผิด ยังไม่ได้บันทึกอะไร\n{th}",
            f"{filled} has mistakes; nothing of it was kept\n{en}",
        )
    name, version = shown(home, done.meeting), done.version
    say(f"บันทึกการประชุม {name} ฉบับที่ {version}", f"kept the meeting {name}, version {version}")


@under(
    meeting,
    """ยกเลิกการประชุมที่ตั้งผิดหรือไม่จัดแล้ว

    เอกสารการประชุมจะใช้การประชุมครั้งอื่น ฉบับที่เคยบันทึกยังอยู่ และนำเข้าใหม่ได้
    """,
)
@click.argument("key")
@By
@pass_invocation
def cancel(invocation: Invocation, key: str, by: str) -> None:
    """Call off a meeting that was set up by mistake or will not be held.

    The packet is then for another one. Its versions stay, and it can be imported again.
    """
    from mochocho.storage.db import transaction
    from processing.meetings import kept
    from processing.meetings.named_meeting import named, shown

    home = invocation.writable_home
    meeting = named(home, key)
    with transaction(home.engine) as session:
        kept.call_off(session, meeting, recorder_of(home, by))
    say(f"ยกเลิกการประชุม {shown(home, meeting)} แล้ว", f"called off the meeting {shown(home, meeting)}")
