"""Districts and their deadlines, for a person's screen."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from rich.table import Table
from rich.text import Text

from mochocho.app.terminal.console import out, say
from mochocho.app.terminal.language import told
from mochocho.app.terminal.redact import redact
from mochocho.settings.config import DUE_TH
from mochocho.words import thai
from mochocho.words.places import Province
from mochocho.words.sentences import Sentence
from processing.rounds.calendar import Stage
from processing.rounds.district_terms import DistrictTerm

_EN: dict[str, str] = {
    "application": "applications",
    "applicant_list": "list of applicants",
    "self_before": "self-assessment before",
    "plan": "development plan",
    "self_periodic": "self-assessment between",
    "self_after": "self-assessment after",
    "knowledge": "record of knowledge",
    "onsite": "visits",
    "results": "report of results",
    "provincial": "the province's round",
}


def table(found: Sequence[DistrictTerm], province: Province, day: date) -> None:
    """Print each district with its stages: by when, how many of all, how late."""
    say(f"ณ วันที่ {_day(day).th}", f"as of {_day(day).en}")
    for code, own in groupby(found, key=lambda one: one.district):
        district = province.district(code)
        if district is not None:
            say(f"อำเภอ{district.name_th}", district.name_en)
        grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for one in own:
            late = told(_late(one))
            own_day = Text(redact(told(_own_day(one))))
            grid.add_row(
                Text(f"  {told(stage_name(one.stage))}"),
                told(_day(one.due)),
                Text(told(_done(one))),
                Text(late, "red" if one.waits else "yellow"),
                own_day,
            )
        out.print(grid)


def stage_name(stage: Stage) -> Sentence:
    """What a stage is called."""
    return Sentence(DUE_TH[stage.value], _EN[stage.value])


def _day(day: date) -> Sentence:
    return Sentence(thai.date_short(day, thai_digits=False), day.isoformat())


def _done(one: DistrictTerm) -> Sentence:
    if one.all == 0:
        return Sentence("ยังไม่มีผู้สมัคร", "no applicants")
    return Sentence(f"{one.done} จาก {one.all} ราย", f"{one.done} of {one.all}")


def _late(one: DistrictTerm) -> Sentence:
    if not one.days_late:
        return Sentence("", "")
    if one.waits:
        return Sentence(f"เกินกำหนด {one.days_late} วัน", f"{one.days_late} days late")
    return Sentence(f"ครบแล้ว ช้า {one.days_late} วัน", f"complete, {one.days_late} days late")


def _own_day(one: DistrictTerm) -> Sentence:
    if not one.reason:
        return Sentence("", "")
    if one.set_due is None:
        return Sentence(f"กำหนดของอำเภอ: {one.reason}", f"its own day: {one.reason}")
    was = _day(one.set_due)
    return Sentence(f"เดิม {was.th}: {one.reason}", f"was {was.en}: {one.reason}")
