"""Rows of the lists that forms choose from, with what the field is told in them. Pure.

Only the server writes these columns (docs/architecture.md): a phone reads them and never answers them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mochocho.standards.schema import Standard
from mochocho.words import thai
from mochocho.words.ids import uuid_of
from mochocho.words.model import (
    RESOLVED_GATES,
    TO_MEND,
    Application,
    Assessment,
    DocumentAnswer,
    DocumentState,
    Gate,
    GateState,
    Outcome,
    OwnWork,
    Round,
    Unmade,
    Verdict,
)

NOTICES_VERSION = 8  # raise it when the same case gives other rows

Row = dict[str, str]

LONGEST_REASON = 160  # characters
_PHONE = re.compile(r"(?<![0-9๐-๙])[0๐](?:[- ]?[0-9๐-๙]){8,9}(?![0-9๐-๙])")


@dataclass(frozen=True, slots=True)
class ListedApplicant:
    """One applicant, limited to what the field may see; `application`: with supplements merged.

    `standard`: the criteria by which its application was filled in.
    """

    application: Application
    standard: Standard
    assessment: Assessment
    own: OwnWork
    unmade: Unmade | None = None


@dataclass(frozen=True, slots=True)
class Assessor:
    """A member of an assessment committee; `districts`: codes, none = every district."""

    name: str
    committee: str  # district or provincial
    districts: tuple[str, ...] = ()


def applicant_row(known: ListedApplicant, districts: Mapping[str, str]) -> Row:
    """One row of applicants.csv. `districts`: code -> name.

    `missing_docs`: codes, separated by spaces, of documents without any usable page and of those that were
    returned; `bad_pages`: `code:page` of the unusable pages of other documents; `missing_th` says all to a
    person.
    """
    application = known.application
    missing, bad = _wanted(known)
    district = districts.get(application.district, "")
    return {
        "name": application.key,
        "label": f"{application.name} ({district})",
        "applicant_type": application.type.value,
        "applicant_name": application.name,
        "district": application.district,
        "district_name": district,
        "status": _status(known.assessment),
        "missing_docs": " ".join(missing),
        "missing_th": _missing_th(known, missing, bad),
        "bad_pages": " ".join(f"{code}:{page}" for code, page in bad),
        "round_due": _round_due(known),
        "registration_no": "",  # no numbers are given out yet
    }


def plan_item_rows(known: Iterable[ListedApplicant]) -> list[Row]:
    """plan_items.csv: the sub-criteria of every plan that counts, in the order of the plan."""
    return [row for one in sorted(known, key=lambda k: k.application.key) for row in _items(one)]


def assessor_rows(assessors: Iterable[Assessor], cycle: str) -> list[Row]:
    """assessors.csv: the people who can be chosen on a score sheet, by name. `cycle`: year and province."""
    ordered = sorted(assessors, key=lambda a: (thai.sort_key(a.name), a.committee))
    rows = {assessor_id(one, cycle): one for one in ordered}
    return [
        {
            "name": id_,
            "label": thai.normalise(one.name),
            "districts": " ".join(sorted(one.districts)),
            "committee": one.committee,
        }
        for id_, one in rows.items()
    ]


def assessor_id(assessor: Assessor, cycle: str) -> str:
    """The id of an assessor on phones: it stays the same for a person of a committee through a cycle.

    A UUID, as an entity's id must be, and a different one in each cycle: Central accepts an id only once.
    """
    said = json.dumps([cycle, thai.normalise(assessor.name), assessor.committee], ensure_ascii=False)
    return uuid_of(said)


_RESOLVED: Mapping[Gate, Mapping[Outcome, str]] = {
    Gate.PROVINCE: {
        Outcome.PASS: "certified",
        Outcome.CONDITIONAL: "certified_conditionally",
        Outcome.DEFERRED: "deferred",
        Outcome.FAIL: "not_certified",
    },
    Gate.DISTRICT: {
        Outcome.PASS: "district_passed",
        Outcome.CONDITIONAL: "district_passed_conditionally",
        Outcome.DEFERRED: "district_deferred",
        Outcome.FAIL: "district_failed",
    },
}


def _status(assessment: Assessment) -> str:
    """How far an applicant has come: the last gate with data."""
    outcome = {resolution.gate: resolution.outcome for resolution in assessment.resolutions}
    for gate, words in _RESOLVED.items():
        if gate in outcome:
            return words[outcome[gate]]
    state = {result.gate: result.state for result in assessment.gates}
    checked = [state.get(Gate.ELIGIBLE), state.get(Gate.DOCUMENTS)]
    return "registered" if checked == [GateState.PASSED] * 2 else "incomplete"


def _wanted(known: ListedApplicant) -> tuple[list[str], list[tuple[str, int]]]:
    """The documents that must be sent completely, and the pages (from 1) that must be photographed again."""
    missing: list[str] = []
    bad: list[tuple[str, int]] = []
    for verdict in known.assessment.verdicts:
        answer = known.application.documents.get(verdict.document)
        pages = list(_bad_pages(verdict, answer)) if answer else []
        pages_kept = answer and verdict.pages
        if verdict.state is DocumentState.RETURNED or (verdict.state in TO_MEND and not pages_kept):
            missing.append(verdict.document)
        else:
            bad += [(verdict.document, page) for page in pages]
    return missing, bad


def _bad_pages(verdict: Verdict, answer: DocumentAnswer) -> Iterator[int]:
    if verdict.state in TO_MEND:
        yield from (n for n, page in enumerate(answer.pages, 1) if page not in verdict.pages)


def _missing_th(known: ListedApplicant, wanted: Sequence[str], bad: Sequence[tuple[str, int]]) -> str:
    th = {document.code: document.th for document in known.standard.documents}
    states = {verdict.document: verdict.state for verdict in known.assessment.verdicts}
    returned = [code for code in wanted if states[code] is DocumentState.RETURNED]
    missing = [code for code in wanted if code not in returned]
    parts = []
    if missing:
        parts.append(f"ยังขาด {', '.join(th.get(code, code) for code in missing)}")
    if returned:
        why = {verdict.document: _reason(verdict) for verdict in known.assessment.verdicts}
        parts.append(f"ถูกส่งคืน {', '.join(f'{th.get(code, code)} ({why[code]})' for code in returned)}")
    if bad:
        pages = ", ".join(f"{th.get(code, code)} หน้าที่ {page}" for code, page in bad)
        parts.append(f"ต้องถ่ายใหม่ {pages}")
    return " และ".join(parts)


def _reason(verdict: Verdict) -> str:
    """Why it was returned, short enough for a phone's screen."""
    said = without_numbers(verdict.judged.reason) if verdict.judged else ""
    return said if len(said) <= LONGEST_REASON else f"{said[: LONGEST_REASON - 1]}…"


def without_numbers(text: str) -> str:
    """A line that people typed, with anything that may be a person's number masked."""
    return _PHONE.sub("x", thai.cover_national_ids(thai.normalise(text)))


def _round_due(known: ListedApplicant) -> str:
    """The self-assessment that is due next; a person may choose another on the phone.

    It follows from what has come, not from a calendar: before, then one in between if there is a plan, then
    after.
    """
    state = {result.gate: result.state for result in known.assessment.gates}
    done = (GateState.PASSED, GateState.FAILED)  # one that was deferred goes on
    if (
        any(state.get(gate) in done for gate in RESOLVED_GATES)
        or state.get(Gate.SELF_AFTER) is GateState.PASSED
    ):
        return ""
    if state.get(Gate.SELF_BEFORE) is not GateState.PASSED:
        return Round.SELF_BEFORE.value
    between = any(r.assessment.round is Round.SELF_PERIODIC for r in known.own.rounds)
    waiting = known.own.after is None and known.own.plan is not None and not between
    return Round.SELF_PERIODIC.value if waiting else Round.SELF_AFTER.value


def _items(known: ListedApplicant) -> Iterator[Row]:
    plan = known.own.plan
    within = Counter[str]()
    for seq, item in enumerate(plan.items if plan else (), 1):
        within[item.indicator] += 1
        yield {
            "name": item.id,
            "label": thai.cover_national_ids(item.text),
            "applicant": known.application.key,
            "indicator": item.indicator,
            "seq": str(seq),
            "seq_i": str(within[item.indicator]),
            "target": "" if item.target is None else str(item.target),
            "unit": thai.cover_national_ids(item.unit),
            "due": item.due.isoformat() if item.due else "",
        }
