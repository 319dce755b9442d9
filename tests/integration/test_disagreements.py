"""Assessors who differ, from their sheets to the committee's file: held open, settled, counted."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from mochocho.app.migrations.migrate import upgrade
from mochocho.excel.workbooks import read_workbook
from mochocho.settings.config import load_settings
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.standards.written import yaml_of
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import BadInput
from mochocho.words.model import Assessment, Gate, Outcome, Resolution, Round
from processing.assessment import assess, cases, close_sheets
from processing.decisions import recorder
from processing.decisions.decision import Decision, Kind, Reconciled
from processing.decisions.recorder import record_decisions
from processing.meetings.meeting import Level, Meeting
from processing.register import register_forms
from reports.lists.disagreements_sheet import COLUMNS, DIFFER, SETTLED
from reports.single import disagreements_paper
from reports.view.assessors.spreads import OPEN
from tests.integration import commands
from tests.integration import province_mirror as mirror

APART = "G4.1.1"  # a level from 1 to 5
KEY = mirror.ENTITY.format(1)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A province whose pack asks a person above half of full marks; one group, two assessors."""
    said = {"above": 50, "source": "none", "confidence": "reconstructed"}
    sample = load_pack("2568-sample").pack.model_dump()
    pack = Pack.model_validate({**sample, "id": "ours", "reconciling": said})
    (tmp_path / "ours.yaml").write_text(yaml_of(pack), "utf-8")
    opened = open_home(load_settings(commands.settings(tmp_path, 'pack = "ours.yaml"\n')))
    upgrade(opened.engine)
    mirror.send(
        opened,
        mirror.application(opened, 1),
        mirror.sheet(opened, 1, assessor="นายหนึ่ง ตัวอย่าง", answers={APART: 1}),
        mirror.sheet(opened, 1, assessor="นางสอง ตัวอย่าง", answers={"G1.2.1": 2}),
    )
    register_forms.run(opened)
    yield opened
    opened.engine.dispose()


def assessed(home: Home) -> Assessment:
    assess.do(home, assess.due(home))
    (case,) = cases.cases(home)
    return case.assessment


def rows(folder: Path) -> list[dict[str, str]]:
    answer = commands.call(folder, "disagreements", "apart.xlsx")
    assert answer.returncode == 0, answer.stderr
    (sheet,) = read_workbook(folder / "apart.xlsx")
    _, *lines = [[cell.text for cell in row] for row in sheet.rows]
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines]


def test_what_is_too_far_apart_waits_for_a_person_and_then_counts(home: Home, tmp_path: Path) -> None:
    held = assessed(home)
    assert held.scores is not None
    assert held.scores.percent is None
    assert [f.subject for f in held.findings if f.code == "score.unreconciled"] == [APART]

    first, second = rows(tmp_path)
    assert (first["สถานะ"], first["ข้อ"], first["ที่ใช้"]) == (OPEN, APART, OPEN)
    answers = "นางสอง ตัวอย่าง: ระดับ 5 ดีมาก นายหนึ่ง ตัวอย่าง: ระดับ 1 ต้องปรับปรุง"
    assert first["คำตอบของกรรมการแต่ละคน"] == answers
    assert (first["ต่ำสุด"], first["สูงสุด"], first["ต่าง"]) == ("1.00", "5.00", "4.00")
    assert (second["สถานะ"], second["ข้อ"], second["เหตุที่ใช้"]) == (DIFFER, "G1.2.1", "ค่าเฉลี่ย")

    projected = commands.call(tmp_path, "disagreements", "apart.pdf")
    assert projected.stdout == "apart.pdf: 1 indicators in which assessors differ, 1 wait to be reconciled\n"
    with pymupdf.open(tmp_path / "apart.pdf") as pages:
        text = "".join("".join(page.get_text().split()) for page in pages)
    assert "ต่ำสุด๑.๐๐สูงสุด๕.๐๐" in text
    assert "ตัวอย่าง:" not in text  # no assessor's answer by name
    assert commands.call(tmp_path, "disagreements", "apart.docx").returncode == 2

    reconciled = Decision(
        Kind.SCORE_RECONCILE, KEY, APART, Reconciled(Round.ONSITE, 3), "ดูบัญชีร่วมกัน", "นายประธาน ตัวอย่าง"
    )
    record_decisions(home, [reconciled])
    counted = assessed(home)
    assert counted.scores is not None
    assert counted.scores.percent is not None
    settled = next(row for row in rows(tmp_path) if row["ข้อ"] == APART)
    assert (settled["สถานะ"], settled["ที่ใช้"]) == (SETTLED, "3.00")
    assert settled["เหตุที่ใช้"] == "ประมวลเป็น ระดับ 3 ปานกลาง โดย นายประธาน ตัวอย่าง เหตุผล: ดูบัญชีร่วมกัน"
    assert settled["คำตอบของกรรมการแต่ละคน"] == answers


def test_the_chair_closes_by_command_and_opens_again(home: Home, tmp_path: Path) -> None:
    members = ("นายหนึ่ง ตัวอย่าง", "นางสอง ตัวอย่าง", "นายสาม ตัวอย่าง")
    listed = ", ".join(f'{{ name = "{name}" }}' for name in members)
    named = f'pack = "ours.yaml"\n[committees]\nassessors = [{listed}]\n'
    waiting = open_home(load_settings(commands.settings(tmp_path, named)))
    assert rows(tmp_path) == []
    assert [f.code for f in assessed(waiting).findings if f.code.startswith("sheet.awaited")]
    assert rows(tmp_path) == []

    said = ("--reason", "หมดเวลาส่งแบบ", "--by", "นางประธาน ตัวอย่าง")
    assert commands.call(tmp_path, "sheets", "close", KEY, *said).returncode == 0
    mirror.send(waiting, mirror.sheet(waiting, 1, assessor=members[2]))
    register_forms.run(waiting)
    closed = assessed(waiting)
    assert closed.scores is not None
    assert len(closed.scores.assessors) == 2
    assert rows(tmp_path)

    assert close_sheets.reopen(waiting, [KEY], Round.ONSITE, "รับแบบที่ค้างส่ง", "นางประธาน ตัวอย่าง") == 1
    opened = assessed(waiting)
    assert opened.scores is not None
    assert len(opened.scores.assessors) == 3
    with pytest.raises(BadInput, match="is not closed"):
        close_sheets.reopen(waiting, [KEY], Round.ONSITE, "อีกครั้ง", "นางประธาน ตัวอย่าง")
    waiting.engine.dispose()


def test_a_second_meeting_sees_none_of_whom_the_first_settled(home: Home, tmp_path: Path) -> None:
    assessed(home)
    first, second = (Meeting(Level.PROVINCE, number) for number in ("1/2568", "2/2568"))
    by = Resolution(
        Gate.PROVINCE, Outcome.PASS, "คณะกรรมการ", first.number, date(2025, 5, 1), "ครบ", "นางบันทึก"
    )
    recorder.record(home, {KEY: by})
    assessed(home)
    shown = [
        disagreements_paper.write(home, tmp_path / "apart.pdf", one).rows for one in (None, first, second)
    ]
    assert shown == [1, 1, 0]
