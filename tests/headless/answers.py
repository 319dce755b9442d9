"""A person's answers: whole sets of answers for either form, from the pack. People are invented."""

import csv
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from mochocho.standards.schema import Document, Eligibility, Indicator, Measure, Standard
from mochocho.words.places import subdistricts
from tests.headless.collect import Answer, FillResult
from xlsforms import names
from xlsforms.list_columns import COLUMNS, ENTITY_PROPERTIES

NATIONAL_ID = "1000000000009"
DISTRICT = "5701"  # เมืองเชียงราย

# A group's: 42 of 60 marks, of them a third and two thirds of 5; rounded down one by one they came to 41.99.
THIRDS = {
    **dict.fromkeys(("G1.1.1", "G1.1.2", "G1.2.2", "G3.2.1", "G3.2.2"), 1),
    **dict.fromkeys(("G2.1.2", "G2.2.1", "G4.1.1"), 2),
    **dict.fromkeys(("G3.1.1", "G4.2.1"), 0),
    "G1.2.1": 1,
    "G2.1.1": 2,
}


@dataclass
class Answers:
    """Answers by field name, and how often each repeat is opened."""

    values: dict[str, Answer] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)


def application(standard: Standard, status: str = "attached", pages: int = 2, **more: Answer) -> Answers:
    """A complete application of one type; every document is `attached`, or all have another `status`."""
    filled = Answers(
        {
            "applicant_type": standard.code,
            "applicant_name": f"{standard.th}ตัวอย่าง บ้านดอนแก้ว",
            "district": DISTRICT,
            "subdistrict": subdistricts(str(more.get("district", DISTRICT)))[0].code,
            "moo": "4",
            "village": "บ้านดอนแก้ว",
            "consent_photo": "yes",
            "consent_publish": "yes",
            "applied_on": "2024-12-01",
            "phone": "000-000-0000",
        }
    )
    if standard.code == "leader":
        filled.values["national_id"] = NATIONAL_ID
    else:
        filled.values |= {"team_name": ["นายหนึ่ง ตัวอย่าง", "นางสอง ตัวอย่าง"], "team_from": ["inside", "outside"]}
        filled.repeats["lead_team"] = 2
    for rule in standard.eligibility:
        filled.values[names.eligibility(standard.code, rule.code)] = _met(rule)
    for document in standard.documents:
        _document(filled, standard, document, status, pages)
    filled.values |= more
    return filled


def _met(rule: Eligibility) -> Answer:
    match rule.check.type:
        case "duration_months":
            return rule.check.at_least
        case "choice":
            return rule.check.choices[0].code
        case _:
            return "yes"


def _document(filled: Answers, standard: Standard, document: Document, status: str, pages: int) -> None:
    filled.values[names.document(standard.code, document.code)] = status
    if status != "attached":
        return
    photo = names.photo(standard.code, document.code)
    if document.capture == "portrait":
        filled.values[photo] = f"{photo}.jpg"
    else:
        filled.values[photo] = [f"{photo}-{page}.jpg" for page in range(1, pages + 1)]
        filled.repeats[names.pages(standard.code, document.code)] = pages


def onsite(key: str, answers: Mapping[str, int], **more: Answer) -> dict[str, Answer]:
    """A score sheet for the applicant `key`, picked from the list; `answers` by indicator code."""
    return {
        "district": DISTRICT,
        "picked": key,
        "assessor_typed": "นายตัวอย่าง กรรมการ",
        "take_place": "here",
        "visited_on": "2025-03-01",
        "conflict": "no",
        **{names.indicator(code): answer for code, answer in answers.items()},
        **more,
    }


def random_answers(indicators: Iterable[Indicator], dice: random.Random) -> dict[str, int]:
    """An answer to every indicator, by its kind; counts mostly around the threshold, sometimes far off."""
    return {indicator.code: _random_answer(indicator.measure, dice) for indicator in indicators}


def _random_answer(measure: Measure, dice: random.Random) -> int:
    match measure.kind:
        case "count":
            return dice.randint(0, dice.choice([measure.threshold, measure.threshold + 2, 1000]))
        case "percent":
            return dice.randint(0, 100)
        case "yes_no":
            return dice.randint(0, 1)
        case "rubric":
            return dice.randint(1, 5)


def entity(filled: FillResult) -> dict[str, str]:
    """The applicant that a finalised application creates: name (its key), label and properties."""
    assert filled.xml is not None, filled.problems
    root = etree.fromstring(filled.xml.encode())
    made = root.find(".//{*}meta/{*}entity")
    assert made is not None
    assert (made.get("dataset"), made.get("create")) == (names.APPLICANTS, "1")
    properties = {column: root.findtext(f".//{{*}}{column}") or "" for column in ENTITY_PROPERTIES}
    return {"name": str(made.get("id")), "label": made.findtext("{*}label") or "", **properties}


def write_applicants(folder: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """The list as a server gives it to the phone: applicants.csv among the form's media."""
    with (folder / f"{names.APPLICANTS}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, ["name", "label", "__version", *COLUMNS[names.APPLICANTS][2:]])
        writer.writeheader()
        writer.writerows({"__version": "1", **row} for row in rows)
