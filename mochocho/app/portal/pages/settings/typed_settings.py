"""What stands in forms and what was typed into them, to and from the values of mochocho.toml. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mochocho.app.portal.pages.settings.settings_fields import ASSESSORS, Field, Kind, Part
from mochocho.excel.cells import Cell
from mochocho.excel.typed import Wrong, arabic, day_of
from mochocho.settings.settings_edit import Place
from mochocho.words import thai
from mochocho.words.thai import normalise, typed_lines

ROW = ("name", "districts", "committee", "role")
MOST_ROWS = 500


def shown(field: Field, values: Mapping[str, Any]) -> str:
    """A setting as a person types it; where it is not set, what holds then."""
    value = at(values, field.place)
    if value is None:
        return field.stands
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return thai.date_words(value, thai_digits=False)
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def rows_shown(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """The assessors, one a row."""
    return [
        {
            "name": str(one.get("name", "")),
            "districts": " ".join(one.get("districts", ())),
            "committee": str(one.get("committee", "district")),
            "role": str(one.get("role", "member")),
        }
        for one in at(values, ASSESSORS) or ()
    ]


def changes(part: Part, form: Mapping[str, str], values: Mapping[str, Any]) -> dict[Place, Any]:
    """What a form wants changed: settings by their place, None = taken out.

    A field that does not stand in the form is left as it is.
    """
    found: dict[Place, Any] = {}
    for field in part.fields:
        if field.name not in form:
            continue
        text = form[field.name]
        if _same(text, shown(field, values)):
            continue
        found[field.place] = _value(field, text)
    if part.key == "meeting" and _emptied(part, form):
        return {("meeting",): None} if "meeting" in values else {}
    if part.rows and "rows" in form:
        rows = list(typed_rows(form))
        if rows != rows_shown(values):
            found[ASSESSORS] = [_assessor(row) for row in rows]
    return found


def typed_rows(form: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The rows of a form in which anything was typed."""
    count = form.get("rows", "0")
    for number in range(min(int(count) if count.isdecimal() else 0, MOST_ROWS)):
        row = {name: normalise(form.get(f"row-{number}-{name}", "")) for name in ROW}
        row["districts"] = " ".join(_words(row["districts"]))
        if row["name"] or row["districts"]:
            yield row


def at(values: Any, place: Place) -> Any:
    """The value at a place; None where it is not set."""
    for name in place:
        values = values.get(name) if isinstance(values, Mapping) else None
    return values


def _emptied(part: Part, form: Mapping[str, str]) -> bool:
    """Whether nothing of the meeting is left but what holds anyhow."""
    asked = [one for one in part.fields if not one.stands]
    return all(one.name in form and not form[one.name].strip() for one in asked)


def _same(text: str, stands: str) -> bool:
    return normalise(text.replace("\r\n", "\n")) == normalise(stands)


def _value(field: Field, text: str) -> Any:
    if field.kind is Kind.LINES:
        return [*typed_lines(text)]
    text = normalise(text)
    if not text:
        return None
    match field.kind:
        case Kind.SWITCH:
            return {"true": True, "false": False}.get(text, text)
        case Kind.WHOLE:
            plain = arabic(text)
            return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else text
        case Kind.DAY:
            return _day(text)
        case _:
            return arabic(text) if field.place[-1] in ("number", "starts", "ends") else text


def _day(text: str) -> date | str:
    try:
        return day_of(Cell(text))
    except Wrong:
        return text  # what is wrong with it is said by the check of the settings


def _assessor(row: Mapping[str, str]) -> dict[str, object]:
    one: dict[str, object] = {"name": row["name"]}
    if row["districts"]:
        one["districts"] = _words(row["districts"])
    if row["committee"] != "district":
        one["committee"] = row["committee"]
    if row["role"] != "member":
        one["role"] = row["role"]
    return one


def _words(text: str) -> Sequence[str]:
    return text.replace(",", " ").split()
