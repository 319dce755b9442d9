"""The status for a person's screen, and as JSON for programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.table import Table

from mochocho.app.status import cures, server_states
from mochocho.app.status.status_figures import Failed, Status
from mochocho.app.terminal.ages import age
from mochocho.app.terminal.console import out, show
from mochocho.app.terminal.language import told
from mochocho.app.terminal.redact import redact
from mochocho.words.sentences import Sentence, plain

HEADINGS = (
    Sentence("ทำแล้ว", "done"),
    Sentence("ค้าง", "due"),
    Sentence("เข้าคิว", "queued"),
    Sentence("กำลังทำ", "running"),
    Sentence("ไม่สำเร็จ", "failed"),
    Sentence("รอคน", "waiting for a person"),
    Sentence("เก่าสุด", "oldest"),
)


def to_json(now: Status) -> str:
    """For programs: the fields of `Status`, times in ISO 8601."""
    return json.dumps(_covered(asdict(now)), ensure_ascii=False, indent=2, default=datetime.isoformat)


def _covered(value: Any) -> Any:
    """The value with every text redacted, because names are as officers typed them."""
    match value:
        case str():
            return redact(value)
        case dict():
            return {name: _covered(held) for name, held in value.items()}
        case list() | tuple():
            return [_covered(held) for held in value]
    return value


def table(now: Status, at: datetime) -> None:
    """Print it for a person; ages are counted to `at`."""
    grid = Table(told(Sentence("ขั้นตอน", "stage")), box=None, pad_edge=False)
    for heading in HEADINGS:
        grid.add_column(told(heading), justify="right")
    for stage in now.stages:
        failed, waiting = sum(len(f.items) for f in stage.failed), sum(w.count for w in stage.waiting)
        numbers = (stage.done, stage.due, stage.queued, stage.running, failed, waiting)
        oldest = told(age(stage.oldest, at)) if stage.oldest else ""
        grid.add_row(told(cures.stage_name(stage.name)), *map(str, numbers), oldest)
    out.print(grid)
    for server in now.servers:
        out.print(server_states.table(server, at))
    for line in _lines(now, at):
        show(redact(told(line)))


def _lines(now: Status, at: datetime) -> Iterator[Sentence]:
    yield Sentence(f"คำวินิจฉัยและมติที่บันทึก: {now.decisions}", f"decisions: {now.decisions}")
    if against := now.against_evidence:
        yield Sentence(
            f"ผ่านทั้งที่ขัดกับหลักฐาน: {against} ราย มีเครื่องหมายในเอกสารแนบ ๔ และที่หัวแฟ้ม "
            "ดูทุกรายด้วย `mochocho findings FILE.xlsx`",
            f"passed against the evidence: {against}, marked in the list of names and at the head of their "
            "dossiers; `mochocho findings FILE.xlsx` names them",
        )
    if count := now.documents_to_judge:
        yield Sentence(
            f"เอกสารที่รอคนตรวจ: {count} ดูด้วย `mochocho documents list --needs-person`",
            f"documents that wait for a person: {count}; `mochocho documents list --needs-person`",
        )
    if now.conditional:
        yield Sentence(f"รับรองแบบมีเงื่อนไข: {now.conditional} ราย", f"passed on a condition: {now.conditional}")
    if now.deferred:
        yield Sentence(
            f"เลื่อนพิจารณา: {now.deferred} ราย เสนอใหม่ในการประชุมครั้งหน้า",
            f"put off: {now.deferred}, presented again at the next meeting",
        )
    yield from cures.to_come_back(now)
    active, revoked = now.officers_active, now.officers_revoked
    yield Sentence(
        f"เจ้าหน้าที่: ใช้ได้ {active} ยกเลิกแล้ว {revoked}", f"officers: {active} active, {revoked} revoked"
    )
    if now.looked_at:
        ago = age(now.looked_at, at)
        yield Sentence(f"ผู้ทำงานดูว่ามีอะไรต้องทำเมื่อ {ago.th}ก่อน", f"the workers' conveyor looked {ago.en} ago")
    if now.packet_made_at:
        number, ago = now.packet_meeting, age(now.packet_made_at, at)
        yield Sentence(
            f"เอกสารการประชุมล่าสุด: ครั้งที่ {number} ทำเมื่อ {ago.th}ก่อน",
            f"last packet: meeting {number}, made {ago.en} ago",
        )
    if missing := now.missing_attachments:
        yield Sentence(f"ไฟล์ที่ยังมาไม่ถึง: {missing}", f"files that have not arrived: {missing}")
    yield from _server_lines(now, at)
    for stage in now.stages:
        yield from (_failed_line(stage.name, failed, at) for failed in stage.failed)
    yield from cures.of_person(now, at)


def _server_lines(now: Status, at: datetime) -> Iterator[Sentence]:
    for server in now.servers:
        yield from server_states.lines(server, at)
    if count := now.overruled:
        yield Sentence(
            f"ช่องที่มีแต่ mochocho เขียน แต่ผู้อื่นแก้บนเซิร์ฟเวอร์ และแก้กลับแล้ว: {count}",
            f"written on a server by others and put right, as only mochocho writes it: {count}",
        )


def _failed_line(stage: str, failed: Failed, at: datetime) -> Sentence:
    name, since, count = cures.stage_name(stage), age(failed.since, at), len(failed.items)
    item, code = failed.items[0], failed.code
    what = plain(item) if count == 1 else Sentence(f"{count} รายการ", f"{count} items")
    if not any(failed.items):
        what = Sentence("ทั้งขั้นตอน", "the stage itself")
    said = Sentence(*(one.removeprefix(f"{item}:").strip() for one in (failed.message_th, failed.message)))
    again = _again(stage, failed, at)
    return Sentence(
        f"{name.th}: {what.th} ทำไม่ได้ ({code}) เมื่อ {since.th}ก่อน: {said.th} → {again.th}",
        f"{name.en}: {what.en} failed, {code}, {since.en} ago: {said.en} → {again.en}",
    )


def _again(stage: str, failed: Failed, at: datetime) -> Sentence:
    if failed.again:
        left = age(at, failed.again)
        return Sentence(f"จะลองใหม่ในอีก {left.th}", f"again in {left.en}")
    return Sentence(f"แก้แล้วสั่ง `mochocho replay {stage}`", f"`mochocho replay {stage}` when mended")
