"""What an operator pressed, from the fields of a form. Pure but for the meeting that it is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from werkzeug.datastructures import MultiDict

from mochocho.app.portal.pages.sittings.shown_sitting import Shown
from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, arabic, day_of, hour_of
from mochocho.words.days import THAILAND
from mochocho.words.model import Outcome
from mochocho.words.thai import normalise, normalise_lines
from processing.meetings.day_plan import minute
from processing.meetings.meeting import Person
from processing.sittings.resolving import Said
from processing.sittings.sitting import Act, Sitting, What
from processing.sittings.timetable import length, minute_of

NEXT = "next"  # the item of the district that presents is closed, and the next one begins


def acts(shown: Shown, form: Mapping[str, str], now: datetime) -> list[Act]:
    """What is to be recorded. Raises ValueError for what no page of ours sends, Wrong for a mistake."""
    what, about = form.get("what", ""), normalise(form.get("about", ""))
    if what == NEXT:
        ended = [Act(What.ENDED, about)]
        return [*ended, _begun(shown, shown.next)] if shown.next else ended
    kind = What(what)
    if kind is What.BEGUN:
        return [_begun(shown, about)]
    minutes = form.get("minutes", "0")
    if not minutes.isascii() or not minutes.isdecimal():
        raise Wrong("จำนวนนาทีต้องเป็นจำนวนเต็ม", "minutes must be a whole number")
    text = normalise_lines(form.get("text", ""))
    one = Act(kind, about, form.get("unit", ""), _substitute(form), int(minutes), text)
    if kind is What.RESOLVED and "resolved_at" in form:
        one = replace(one, resolved_at=_resolved_at(shown.sitting, one, form, now))
    return [one]


def said(form: MultiDict[str, str]) -> list[Said]:
    """What was resolved about which units. Raises ValueError and Wrong as `acts`."""
    outcome = Outcome(form.get("outcome", ""))
    units, numbers = form.getlist("unit"), form.getlist("shown")
    due, told = normalise(form.get("due", "")), {name: form.get(name, "") for name in ("reason", "condition")}
    day = day_of(Cell(due)) if due else None
    deferred_to = arabic(normalise(form.get("deferred_to", "")))
    return [
        Said(key, outcome, int(number), told["reason"], told["condition"], day, deferred_to)
        for key, number in zip(units, numbers, strict=True)
    ]


def _begun(shown: Shown, district: str) -> Act:
    units = {turn.district: turn.units for turn in shown.hours.turns}
    if district not in units:
        raise ValueError(district)
    return Act(What.BEGUN, district, minutes=length(shown.meeting.schedule, shown.sitting, units[district]))


def _resolved_at(sitting: Sitting, act: Act, form: Mapping[str, str], now: datetime) -> datetime | None:
    """When it was resolved, where the form changes it. An emptied hour is now; one left empty, the first time
    or by whoever sends that again, is the moment of recording.
    """
    known, opened = sitting.resolved_at.get(act.about), sitting.opened_at or now
    typed = normalise(form["resolved_at"])
    if not typed:
        return now if known and int(form["seen"]) >= sitting.last[act.matter] else None
    hour = hour_of(Cell(typed))
    if known and minute_of(known) == minute(hour):
        return None
    at = datetime.combine(opened.astimezone(THAILAND), time.fromisoformat(hour), THAILAND)
    return opened if minute_of(opened) == minute(hour) else at


def _substitute(form: Mapping[str, str]) -> Person | None:
    name = normalise(form.get("substitute", ""))
    position, agency = (normalise(form.get(field, "")) for field in ("position", "agency"))
    return Person(name, position, agency) if name else None
