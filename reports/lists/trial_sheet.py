"""Whose result another pack would change: lines for a terminal, and an Excel file for the office."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from mochocho.standards.schema import Pack
from mochocho.storage.files import write_file
from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import Finding, Gate
from mochocho.words.numbers import hundredths
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.trials.changed_results import Changed, Marks
from processing.trials.pack_trial import Trial
from reports.lists.office_sheet import book
from reports.view.printed_words import GATE_STATE, TYPE

COLUMNS = {
    "อำเภอ": 18,
    "ประเภท": 20,
    "ชื่อ": 34,
    "คะแนนเดิม": 24,
    "คะแนนใหม่": 24,
    "ผลตามเกณฑ์ผ่าน": 26,
    "ตัวบ่งชี้ที่คะแนนเปลี่ยน": 44,
    "ขั้นที่เปลี่ยน": 40,
    "ข้อตรวจพบที่เพิ่ม": 70,
    "ข้อตรวจพบที่หายไป": 70,
    "รหัสผู้สมัคร": 38,
}
NO_SHEET = "ไม่มีแบบให้คะแนน"
NOT_ALL = "ยังไม่ครบทุกตัวบ่งชี้"
PASSES = {True: "ถึงเกณฑ์", False: "ไม่ถึงเกณฑ์"}


def rows(home: Home, pack: Pack, trial: Trial) -> list[tuple[str, ...]]:
    """A row for each applicant whose result would change, by district, type and name."""
    districts = {d.code: d.name_th for d in home.province.districts}
    gates = {gate.code: gate.th for gate in pack.gates}
    found = [_row(one, districts.get(one.application.district, ""), gates) for one in trial.changed]
    return sorted(found, key=lambda row: (thai.sort_key(row[0]), row[1], thai.sort_key(row[2]), row[-1]))


def line(row: Sequence[str]) -> str:
    """One applicant in one line."""
    district, type_, name, before, after, turned, *rest = row
    said_of = " · ".join(part.replace("\n", " ") for part in rest[:2] if part)
    return " · ".join(
        part for part in (f"{name} ({type_} {district})", f"{before} → {after}", turned, said_of) if part
    )


def write(path: Path, found: Sequence[Sequence[str]]) -> None:
    """Write these rows as an Excel file."""
    write_file(path, book("ผลที่เปลี่ยน", COLUMNS, found, frozen=3))


def _row(one: Changed, district: str, gates: Mapping[Gate, str]) -> tuple[str, ...]:
    application = one.application
    points = (f"{i.code} {_points(i.before)} → {_points(i.after)}" for i in one.indicators)
    states = (f"{gates[g]}: {GATE_STATE[old]} → {GATE_STATE[new]}" for g, old, new in one.gates)
    before, after = (marks is not None and marks.passes for marks in (one.before, one.after))
    turned = PASSES[before] if before is after else f"{PASSES[before]} → {PASSES[after]}"
    texts = (
        district,
        TYPE[application.type],
        application.name,
        _marks(one.before),
        _marks(one.after),
        turned,
        "\n".join(points),
        "\n".join(states),
        _findings(one.come),
        _findings(one.gone),
    )
    return (*(thai.cover_national_ids(thai.normalise(text)) for text in texts), application.key)


def _marks(marks: Marks | None) -> str:
    if marks is None:
        return NO_SHEET
    share = NOT_ALL if marks.percent is None else f"ร้อยละ {hundredths(marks.percent)}"
    return f"{hundredths(marks.points)}/{hundredths(marks.full)} ({share})"


def _points(points: Fraction | None) -> str:
    return "-" if points is None else hundredths(points)


def _findings(found: Sequence[Finding]) -> str:
    return "\n".join(dict.fromkeys(said(one, Audience.COMMITTEE) for one in found))
