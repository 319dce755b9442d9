"""The recorded exchanges with a kpi of 2026-08-21, and what is needed to send them again.

Ids made by the server are matched with the model's when an answer first shows them, and every later request
and answer must use the same pair.
"""

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

FOLDER = Path(__file__).parents[2] / "models/kobo/exchanges"
BASE = "http://127.0.0.1:8484"
TRIMMED = "…[HTML page trimmed]"
PHOTO = b"\xff\xd8\xff\xe0 stands for the photo that was sent \xff\xd9"
# Random on the server, or about the machine it ran on.
IGNORED = {"report_styles", "$kuid", "$autovalue", "timestamp", "server_time", "date_joined", "gravatar"}
# Enketo's addresses, exports, and lists in no order.
IGNORED |= {"deployment__links", "export_settings", "columns", "effective_permissions"}
_ID = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?)"
    r"|(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"|(?P<hex>\b[0-9a-f]{32,40}\b)"
    r"|(?P<uid>\b(?:att|af|org|a|v|i|p|u)[2-9A-HJ-NP-Za-km-z]{21}\b)"
)


@dataclass(frozen=True)
class Exchange:
    """One request and what was answered."""

    name: str
    method: str
    url: str
    headers: Mapping[str, str]
    body: str | None
    status: int
    answered: Mapping[str, str]  # the headers
    content: Any


def read(name: str) -> Any:
    """A file of the recordings, whatever its shape."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def exchanges(folder: str = "") -> list[Exchange]:
    """In the order they were recorded; `folder`: of another day, with projects of its own."""
    names = sorted((file.stem for file in (FOLDER / folder).glob("*.json")), key=_order)
    found = [(name, read(f"{folder}/{name}" if folder else name)) for name in names]
    return [_exchange(name, one) for name, one in found if "request" in one]


def _order(name: str) -> tuple[int, str]:
    number, letter = re.match(r"(\d+)([a-z]?)", name).groups()  # type: ignore[union-attr]  # every name begins so
    return int(number) if int(number) != 66 else 65, letter


def _exchange(name: str, one: Any) -> Exchange:
    asked, answered = one["request"], one["response"]
    return Exchange(
        name,
        asked["method"],
        asked["url"].removeprefix(BASE),
        asked["headers"],
        asked["body"],
        answered["status"],
        answered["headers"],
        answered["body"],
    )


class Pairs:
    """Recorded id -> ours, one to one."""

    def __init__(self, ours: str) -> None:
        self._base = ours
        self._known: dict[str, str] = {}

    def know(self, recorded: str, ours: str) -> None:
        """A pair that no answer showed."""
        self._known[recorded] = ours

    def translate(self, text: str) -> str:
        """A recorded text as our server must be asked."""
        return _ID.sub(lambda found: self._known.get(found[0], found[0]), text.replace(BASE, self._base))

    def differ(self, recorded: str, ours: str) -> bool:
        """Whether two texts differ in more than ids that may be paired and moments."""
        recorded = recorded.replace(BASE, self._base)
        if _ID.sub(_kind, recorded) != _ID.sub(_kind, ours):
            return True
        pairs = zip(_ID.finditer(recorded), _ID.finditer(ours), strict=True)
        return not all(one.lastgroup == "date" or self._agree(one[0], other[0]) for one, other in pairs)

    def _agree(self, recorded: str, ours: str) -> bool:
        if recorded not in self._known and ours not in self._known.values():
            self._known[recorded] = ours
        return self._known.get(recorded) == ours


def _kind(found: "re.Match[str]") -> str:
    return f"<{found.lastgroup}>"


def differences(recorded: Any, ours: Any, pairs: Pairs, at: str = "") -> list[str]:
    """What differs, each with the path to it."""
    if isinstance(recorded, dict) and isinstance(ours, dict):
        keys = (recorded.keys() | ours.keys()) - IGNORED
        lost = [f"{at}/{key}: only on one side" for key in sorted(keys) if (key in recorded) != (key in ours)]
        shared = [key for key in recorded if key in keys and key in ours]
        return lost + [
            one for key in shared for one in differences(recorded[key], ours[key], pairs, f"{at}/{key}")
        ]
    if isinstance(recorded, list) and isinstance(ours, list):
        if len(recorded) != len(ours):
            return [f"{at}: {len(recorded)} against {len(ours)}"]
        both = enumerate(zip(recorded, ours, strict=True))
        return [one for number, (a, b) in both for one in differences(a, b, pairs, f"{at}/{number}")]
    if isinstance(recorded, str) and isinstance(ours, str):
        return [f"{at}: {recorded!r} against {ours!r}"] if pairs.differ(recorded, ours) else []
    return [] if recorded == ours else [f"{at}: {recorded!r} against {ours!r}"]


def workbook(content: Mapping[str, Any], title: str) -> bytes:
    """The .xlsx file of which the server made this `content`; the file itself was not kept."""
    book = Workbook()
    del book["Sheet"]
    survey = [_survey_row(row) for row in content["survey"]]
    choices = [
        {"list_name": r["list_name"], "name": r["name"], "label": r["label"][0]} for r in content["choices"]
    ]
    settings = content["settings"]
    told = [{"form_title": title, "form_id": settings["id_string"], "version": settings["version"]}]
    for name, rows in {"survey": survey, "choices": choices, "settings": told}.items():
        sheet = book.create_sheet(name)
        heads = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(heads)
        for row in rows:
            sheet.append([row.get(head) for head in heads])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _survey_row(row: Mapping[str, Any]) -> dict[str, str]:
    kind = " ".join(
        filter(
            None,
            [
                row["type"].replace("_group", " group").replace("_repeat", " repeat"),
                row.get("select_from_list_name"),
            ],
        )
    )
    named = {"type": kind, "name": row.get("name", "")}
    if "label" in row:
        named["label"] = row["label"][0]
    if row.get("required"):
        named["required"] = "true"
    if "calculation" in row:
        named["calculation"] = row["calculation"]
    return named


def filled(site: str, households: int, instance_id: str, **answers: str) -> str:
    """An instance of the recorded form, of which Alpha's is a record; empty photos mean no taps either."""
    said = {
        "photo_main": "main.jpg",
        "photo_grp": "grp.jpg",
        "tap_photo": "tap1.jpg",
        "deprecated": "",
        **answers,
    }
    text: str = read("47e_single_xml")["response"]["body"]
    for old, new in (
        ("<site_name>Alpha<", f"<site_name>{site}<"),
        ("<households>10<", f"<households>{households}<"),
        ("<dbl>20<", f"<dbl>{households * 2}<"),
        (">main.jpg<", f">{said['photo_main']}<"),
        (">grp.jpg<", f">{said['photo_grp']}<"),
        ("4a1826f5-854b-4f86-86ea-8bb2ea61757f", instance_id),
    ):
        text = text.replace(old, new)
    if said["deprecated"]:
        text = text.replace("</meta>", f"<deprecatedID>uuid:{said['deprecated']}</deprecatedID></meta>")
    return text if said["tap_photo"] else re.sub("<taps>.*</taps>", "", text)


Sent = Callable[[Pairs], dict[str, Any]]


def posted(xml: str, *photos: str) -> Sent:
    """What `requests` is given for a post whose bytes were not kept."""

    def made(pairs: Pairs) -> dict[str, Any]:
        files: dict[str, Any] = {name: (name, PHOTO, "image/jpeg") for name in photos}
        files["xml_submission_file"] = ("sub.xml", pairs.translate(xml), "text/xml")
        return {"files": files}

    return made
