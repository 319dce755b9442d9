"""What waits for a person, one line each with its cure: which command, which guide.

Shown at the end of `run`, `pull` and `assess`, and by `status`. A code without a cure of its own belongs to a
form that was filled in wrongly: its own sentence says what to correct.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from mochocho.app.status.resolutions_due import CONDITION, DEFERRAL
from mochocho.app.status.server_states import Unlisted
from mochocho.app.status.status_figures import (
    CHOICES_UNKNOWN,
    NOT_OFFERED,
    UNCONFIRMED,
    FromOtherDistrict,
    StageStatus,
    Status,
    Waiting,
)
from mochocho.app.terminal.ages import age
from mochocho.app.terminal.redact import redact
from mochocho.words.model import Unmade
from mochocho.words.sentences import Sentence, plain
from processing.register.matching import UNMATCHED
from sync.pull.pull_server import ENCRYPTED
from sync.xform.parse import INSTANCE_ENCRYPTED

_STAGES = {
    "pull": Sentence("รับข้อมูล", "pull"),
    "register": Sentence("ลงทะเบียน", "register"),
    "assess": Sentence("ตรวจประเมิน", "assess"),
    "lists": Sentence("รายชื่อในแบบฟอร์ม", "lists"),
    "notices": Sentence("แจ้งกลับพื้นที่", "notices"),
    "layout": Sentence("จัดหน้าเอกสาร", "layout"),
    "typeset": Sentence("เรียงพิมพ์", "typeset"),
    "packet": Sentence("เอกสารการประชุม", "packet"),
}
_UNENCRYPTED = Sentence(
    "เผยแพร่แบบฟอร์มโดยไม่เข้ารหัส (`mochocho forms publish`) แล้วให้ผู้กรอกส่งใหม่ (ดู docs/servers.th.md)",
    "publish the form without encryption (`mochocho forms publish`) and have it sent again "
    "(docs/servers.th.md)",
)
_AGAIN = Sentence(
    "ให้ผู้กรอกแก้ตามข้อความแล้วส่งใหม่ หรือแก้บนเซิร์ฟเวอร์ แล้วสั่ง `mochocho run` (ดู docs/province.th.md “ตรวจงาน”)",
    "have it corrected as the sentence says and sent again, or edit it on the server, then `mochocho run` "
    "(docs/province.th.md)",
)
_CURES: Mapping[str, Sentence] = {
    UNCONFIRMED: Sentence(
        "ให้คณะกรรมการทบทวน แล้วบันทึกมติใหม่ หรือบันทึกมติเดิมพร้อมเหตุผลที่ยืนยัน ด้วย `mochocho decide` "
        "(ดู docs/province.th.md “บันทึกมติ…”)",
        "have the committee look again; record its new resolution, or the same with its reason, by "
        "`mochocho decide` (docs/province.th.md)",
    ),
    CONDITION: Sentence(
        "ถ้าทำครบตามเงื่อนไขแล้ว ให้คณะกรรมการมีมติแล้วบันทึกด้วย `mochocho decide` ถ้ายัง ให้ติดตามผู้สมัคร",
        "where it was met, record the committee's new resolution by `mochocho decide`; where not, ask for it",
    ),
    DEFERRAL: Sentence(
        "บันทึกมติของการประชุมนั้นด้วย `mochocho decide` หรือบันทึกว่าเลื่อนไปครั้งใด",
        "record what that meeting resolved by `mochocho decide`, or to which it was put off again",
    ),
    "form.unknown_field": Sentence(
        "ตรวจว่าโทรศัพท์ใช้แบบฟอร์มฉบับที่เผยแพร่จากระบบนี้ ถ้ามีผู้แก้แบบฟอร์มบนเซิร์ฟเวอร์ "
        "ให้เผยแพร่ใหม่ด้วย `mochocho forms publish --to PLACE`",
        "see that phones use the form as published from here; `mochocho forms publish --to PLACE` again if "
        "somebody changed it on the server",
    ),
    NOT_OFFERED: Sentence(
        "ดูรายที่พบด้วย `mochocho findings FILE.xlsx` แล้วให้ผู้กรอกรับแบบฟอร์มฉบับล่าสุด แก้คำตอบข้อนี้และส่งใหม่ "
        "หรือแก้บนเซิร์ฟเวอร์",
        "`mochocho findings FILE.xlsx` names them; have the newest form fetched, the answer corrected and "
        "sent again, or edit it on the server",
    ),
    CHOICES_UNKNOWN: Sentence(
        "นำไฟล์สำรองที่มีแบบฟอร์มรุ่นนั้นกลับมา (`mochocho restore`) ถ้าไม่มี ให้ตรวจคำตอบของรายเหล่านั้นด้วยตนเอง",
        "restore a backup that still holds this version of the form (`mochocho restore`); without one, look "
        "through these answers by hand",
    ),
    "document.set_aside": Sentence(
        "แจ้งผู้ส่งให้ถ่ายภาพเอกสารใหม่แล้วส่งอีกครั้ง", "ask for a new photo of the document"
    ),
    "form.unknown": Sentence(
        "ถ้าเป็นแบบฟอร์มของงานนี้ ให้สั่ง `mochocho forms publish --to PLACE` แล้วระบบอ่านเอง ถ้าไม่ใช่ "
        "ให้ย้ายออกจากโครงการ (ดู docs/servers.th.md “เริ่มต้น”)",
        "if the form is ours, `mochocho forms publish --to PLACE`, and it is read by itself; if not, take it "
        "out of the project (docs/servers.th.md)",
    ),
    "form.version_unknown": Sentence(
        "เผยแพร่รุ่นนั้นจากการตั้งค่าที่สร้างไว้ด้วย `mochocho forms publish --to PLACE` แล้วระบบอ่านเอง "
        "(ดู docs/servers.th.md “เริ่มต้น”)",
        "publish that version, from the settings it was built with: `mochocho forms publish --to PLACE`; "
        "it is read by itself then (docs/servers.th.md)",
    ),
    ENCRYPTED: _UNENCRYPTED,
    INSTANCE_ENCRYPTED: _UNENCRYPTED,
    UNMATCHED: Sentence(
        "สั่ง `mochocho match` เพื่อจับคู่กับผู้สมัคร (ดู docs/province.th.md “จับคู่แบบ…”)",
        "`mochocho match` finds the applicant (docs/province.th.md)",
    ),
    "store.missing": Sentence(
        "นำไฟล์กลับจากไฟล์สำรองด้วย `mochocho restore` ลงโฟลเดอร์งานใหม่ (ดู docs/operating.th.md “กู้คืน…”)",
        "bring the file back from a backup, with `mochocho restore` into a new home (docs/operating.th.md)",
    ),
    "source.unreadable": Sentence(
        "แก้ตามข้อความ สั่ง `mochocho doctor` เพื่อตรวจ แล้วสั่ง `mochocho run` (ดู docs/servers.th.md)",
        "mend what it says, check with `mochocho doctor`, then `mochocho run` (docs/servers.th.md)",
    ),
    "papers.settings": Sentence(
        "แก้การตั้งค่าตามข้อความ สั่ง `mochocho doctor` เพื่อตรวจ แล้วสั่ง `mochocho run`",
        "mend the settings as it says, check with `mochocho doctor`, then `mochocho run`",
    ),
}
_UNMADE = Sentence(
    "ในเล่มมีใบที่บอกเหตุแทนแฟ้มของรายนี้ ให้แจ้งผู้ดูแลระบบ แก้แล้วสั่ง `mochocho packet` อีกครั้ง "
    "(ดู docs/operating.th.md “ดูว่าระบบทำงานปกติหรือไม่”)",
    "a sheet in the packet says so in its place; tell whoever looks after the program, then "
    "`mochocho packet` again (docs/operating.th.md)",
)
_OTHER_DISTRICT = Sentence(
    "ถ้าเจ้าหน้าที่รับผิดชอบอำเภอนั้นจริง ให้สั่ง `mochocho officers move` ถ้าไม่ใช่ ให้เจ้าหน้าที่ของอำเภอนั้นส่ง "
    "(ดู docs/province.th.md “ตรวจงาน”)",
    "if the officer does work in that district, `mochocho officers move`; if not, have that district's "
    "officer send it (docs/province.th.md)",
)
_CONFLICT = Sentence(
    "ดูว่าชุดใดถูก แล้วแก้ไขชุดนั้นบนเซิร์ฟเวอร์หรือส่งชุดที่ถูกใหม่ (ดู docs/servers.th.md “ดึงข้อมูล”)",
    "see which one holds and edit that one on the server, or have it sent again (docs/servers.th.md)",
)


def stage_name(name: str) -> Sentence:
    """A stage's name in an office's words; commands and programs use its key."""
    said = _STAGES[name]
    return Sentence(f"{said.th} ({name})", name)


def of_person(now: Status, at: datetime, stages: Collection[str] | None = None) -> Iterator[Sentence]:
    """A line with its cure for each thing that waits for a person at `at`; of all stages, or of these."""
    for stage in now.stages:
        if stages is None or stage.name in stages:
            yield from (_waiting(stage, waiting, at) for waiting in stage.waiting)
    if stages is None or "assess" in stages:
        yield from _held(now.held)
    if stages is None or "pull" in stages:
        yield from (_unlisted(one, at) for server in now.servers for one in server.unlisted)
        yield from (_conflict(root_id) for root_id in now.conflicts)


def to_come_back(now: Status) -> Iterator[Sentence]:
    """A line with its cure for resolutions whose day has come; no stage waits for them."""
    for one in now.come_back:
        count, code, cure, why = one.count, one.code, _CURES[one.code], _why(one)
        yield Sentence(
            f"{why.th} รวม {count} ราย ({code}) → {cure.th}", f"{count} × {code}: {why.en} → {cure.en}"
        )


def _waiting(stage: StageStatus, waiting: Waiting, at: datetime) -> Sentence:
    name = stage_name(stage.name)
    cure = _UNMADE if waiting.code in tuple(Unmade) else _CURES.get(waiting.code, _AGAIN)
    count, code, why = waiting.count, waiting.code, _why(waiting)
    oldest = plain("")
    if waiting.since:
        since = age(waiting.since, at)
        oldest = Sentence(f", เก่าสุด {since.th}", f", oldest {since.en}")
    return Sentence(
        f"{name.th}: {count} รายการรอคนแก้ ({code}{oldest.th}): {why.th} → {cure.th}",
        f"{name.en}: {count} × {code}{oldest.en}: {why.en} → {cure.en}",
    )


def _why(waiting: Waiting) -> Sentence:
    return Sentence(redact(waiting.message_th), redact(waiting.message))


def _unlisted(one: Unlisted, at: datetime) -> Sentence:
    since, said = age(one.since, at), Sentence(one.message_th, one.message)
    return Sentence(
        f"{said.th} แบบอื่นดึงตามปกติ (รอมา {since.th})",
        f"{said.en}; its other forms are pulled as ever (since {since.en})",
    )


def _held(held: Collection[FromOtherDistrict]) -> Iterator[Sentence]:
    for one in held:
        who, why = redact(f"{one.name} ({one.key})"), one.message_th
        yield Sentence(
            f"รอคนตัดสิน: {who}: {why} → {_OTHER_DISTRICT.th}", f"held: {who}: {why} → {_OTHER_DISTRICT.en}"
        )


def _conflict(root_id: str) -> Sentence:
    return Sentence(
        f"แก้ซ้อนกัน: {root_id} แก้สองชุดจากรุ่นเดียว เก็บไว้ทั้งสองชุด → {_CONFLICT.th}",
        f"conflict: {root_id} was edited twice from one version; both are kept → {_CONFLICT.en}",
    )
