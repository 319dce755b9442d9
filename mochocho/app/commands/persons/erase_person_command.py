"""`mochocho person erase`: a person's data goes; what the office must keep stays without what names them."""

from pathlib import Path
from typing import TYPE_CHECKING

from mochocho.app.commands.help import option, refuse_unsaid, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.persons.person_group import Key, Name, NationalId, Reason, Telephone, person
from mochocho.app.commands.persons.told_receipt import DryRun, Officer, Written, tell
from mochocho.app.terminal.console import say

if TYPE_CHECKING:
    from mochocho.storage.home import Home
    from processing.persons.sought_person import Sought

_ALL = ("all",)


@under(
    person,
    """ลบข้อมูลของบุคคลหนึ่ง

    ใบสมัครเป็นของผู้นั้นเมื่อรหัสหรือเลขประจำตัวตรง ลบแบบที่ส่งทุกรุ่น ภาพ เลขประจำตัว โทรศัพท์ ที่อยู่ ผลการประเมิน
    และไฟล์ที่ทำไว้ ชื่อ เลขประจำตัว และโทรศัพท์ที่อยู่ในข้อมูลของผู้อื่นปกปิด มติ เลขทะเบียน และหนังสือรับรองยังอยู่ ไม่มีชื่อ
    ทีมนำ ที่ปรึกษา ผู้ประเมิน เจ้าหน้าที่ กรรมการ และผู้ลงนามที่ไม่มีใบสมัคร ให้ใส่ --name มติและคะแนนที่ผู้นั้นให้ยังอยู่ ไม่มีชื่อ
    ชื่อที่อยู่หลายส่วนอาจเป็นของหลายคน คำสั่งบอกทุกส่วน ให้ใส่ --only ของส่วนที่เป็นของผู้นั้น
    ผู้ที่ไม่มีใบสมัครและยังปฏิบัติหน้าที่ลบไม่ได้ คำสั่งบอกว่าต้องทำสิ่งใดก่อน
    `mochocho audit verify` ยังผ่าน ไฟล์ของชุดที่ออกแล้วซึ่งกล่าวถึงผู้นั้นถูกลบทั้งชุด ให้เก็บฉบับกระดาษตามระเบียบงานสารบรรณก่อน
    บอกสิ่งที่ต้องทำเองที่เซิร์ฟเวอร์อื่น หรือทำให้ด้วย --on-servers การดึงหรือกู้คืนภายหลังไม่นำกลับมา
    สั่งซ้ำได้ ถ้าถูกตัดกลางคันให้สั่งคำสั่งเดิม
    """,
    "erase",
)
@Key
@NationalId
@Name
@Telephone
@Officer
@Reason
@option(
    "--only",
    multiple=True,
    metavar="PART",
    th="เฉพาะส่วนนี้เป็นของผู้นั้น ใช้กับ --name ใส่ซ้ำได้ ดูรหัสของส่วนได้จากคำสั่งที่ไม่ใส่ หรือใส่ all ถ้าเป็นคนเดียวกันทุกส่วน",
    en="With --name: only this part is the person's; repeatable. Left out, it lists the parts; all: each.",
)
@option(
    "--on-servers",
    is_flag=True,
    th="ลบรายการเดียวกันที่ ODK Central และ KoboToolbox ด้วย",
    en="Delete the same on ODK Central and KoboToolbox too.",
)
@DryRun
@Written
@pass_invocation
def erase(
    invocation: Invocation,
    key: str,
    national_id: str,
    name: str,
    telephone: str,
    only: tuple[str, ...],
    officer: str,
    reason: str,
    on_servers: bool,
    dry_run: bool,
    target: Path | None,
) -> None:
    """Erase one person's data.

    An application is the person's where the key or the national ID agrees. Every version of the forms,
    photos, identifiers, assessments and papers that were made go; name, national ID and telephone are covered
    in the data of others. Resolutions, register numbers and certificates stay without the name, and
    `mochocho audit verify` still passes. Somebody without an application (of a lead team or committee, an
    adviser, an assessor, an officer, who signs) is named by --name; what they resolved and the marks they
    gave stay, without the name; where the name stands in several parts, which may be several people, --only
    says which are the person's. Who has no application and still serves is refused, with what is to be done
    first. Released packets
    that tell of the person lose their files: keep the signed paper first. It says what is to be done on other
    servers, or does it with --on-servers; no later pull or restore brings it back. It can be repeated, and
    one that was cut off is finished by the same command.
    """
    from mochocho.app.access_chain import at_the_command_line, erasure_noted
    from mochocho.app.erasing import erase_person
    from mochocho.app.erasing.run_erasure import Asked
    from processing.persons.sought_person import sought

    refuse_unsaid(reason=reason, officer=officer)
    wanted, home = sought(national_id, telephone, name, key), invocation.home
    parts = _parts(home, wanted, only, reason)
    erase_person.refuse_serving(home, wanted, parts)
    asked = Asked(officer.strip(), reason.strip(), erasure_noted(at_the_command_line(home)))
    receipt = (erase_person.foreseen if dry_run else erase_person.erase)(home, wanted, asked, parts)
    if receipt is None:
        say(
            "ไม่พบข้อมูลของบุคคลนี้ จึงไม่ได้ลบสิ่งใด ผู้ที่ไม่มีใบสมัครให้ใส่ --name",
            "nothing of this person was found; nothing was erased. Who has no application is named by --name",
        )
        return
    if on_servers and not dry_run:
        receipt = erase_person.on_servers(home, receipt)
    tell(home, receipt, target, done=not dry_run)


def _parts(home: "Home", wanted: "Sought", only: tuple[str, ...], reason: str) -> tuple[str, ...] | None:
    """Which parts are the person's, None = all. Refuses a name of several parts of which none was chosen, and
    a part that is none of them.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.erasing import erase_person
    from mochocho.app.erasing.whose.mentions import applicants_in
    from mochocho.words.sentences import Sentence

    if only and not wanted.name:
        raise wrong_call("--only ใช้กับ --name เท่านั้น", "--only goes with --name alone")
    if only == _ALL or not wanted.name:
        return None
    found = erase_person.mentions_of(home, wanted)
    known = {one.id for one in found}
    if (not only and len(found) <= 1) or (only and not known.intersection(only)):
        return only or None
    if only and known.issuperset(only):
        return only
    for key in applicants_in(found) or [""]:
        note_at_the_command_line(home, "person", key, reason)
    first = Sentence(
        "ชื่อนี้อยู่ในหลายส่วน ซึ่งอาจเป็นหลายคน ยังไม่ได้ลบ ให้ใส่ --only ของส่วนที่เป็นของผู้นั้น ใส่ซ้ำได้ หรือ --only all",
        "the name stands in several parts, perhaps of several people; nothing was erased. "
        "Give --only for each part that is the person's, or --only all",
    )
    listed = [(f"  --only {one.id}  ", one.told) for one in found]
    raise wrong_call(
        "\n".join([first.th, *(choice + what.th for choice, what in listed)]),
        "\n".join([first.en, *(choice + what.en for choice, what in listed)]),
    )
