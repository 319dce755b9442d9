"""What goes back to the field, as rows of the lists that forms choose from. Pure.

The server alone writes these columns (docs/architecture.md): a phone reads them and never answers them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mochocho.standards.schema import Standard
from mochocho.words import thai
from mochocho.words.ids import uuid_of
from mochocho.words.model import (
    Application,
    Assessment,
    DocumentAnswer,
    DocumentState,
    Gate,
    GateState,
    OwnWork,
    Round,
    Unmade,
    Verdict,
)

NOTICES_VERSION = 3  # raise it when the same case comes to other rows

Row = dict[str, str]

_SENT = (DocumentState.MISSING, DocumentState.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Known:
    """One applicant as the field may hear of it; `application` with what came later merged in.

    `standard`: the criteria its application was filled by.
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


def applicant_row(known: Known, districts: Mapping[str, str]) -> Row:
    """One row of applicants.csv. `districts`: code -> name.

    `missing_docs`: codes of documents of which no page can be used, with spaces; `bad_pages`: `code:page` of
    the pages that cannot, where others can; `missing_th` says both to a person.
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
        "missing_th": _missing_th(known.standard, missing, bad),
        "bad_pages": " ".join(f"{code}:{page}" for code, page in bad),
        "round_due": _round_due(known),
        "registration_no": "",  # nobody gives out numbers yet
    }


def plan_item_rows(known: Iterable[Known]) -> list[Row]:
    """plan_items.csv: the sub-criteria of every plan that counts, an applicant's in the order of its plan."""
    return [row for one in sorted(known, key=lambda k: k.application.key) for row in _items(one)]


def assessor_rows(assessors: Iterable[Assessor], cycle: str) -> list[Row]:
    """assessors.csv: who may be chosen on a score sheet, by name. `cycle`: names year and province."""
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
    """What names an assessor on phones: the same person of the same committee keeps it through a cycle.

    A UUID, as an entity's must be, and another one in another cycle: a Central takes an id only once.
    """
    said = json.dumps([cycle, thai.normalise(assessor.name), assessor.committee], ensure_ascii=False)
    return uuid_of(said)


def _status(assessment: Assessment) -> str:
    """How far an applicant has come: the last step that says anything."""
    state = {result.gate: result.state for result in assessment.gates}
    for gate, passed, failed in (
        (Gate.PROVINCE, "certified", "not_certified"),
        (Gate.DISTRICT, "district_passed", "district_failed"),
    ):
        if _said(state, gate):
            return passed if state[gate] is GateState.PASSED else failed
    checked = [state.get(Gate.ELIGIBLE), state.get(Gate.DOCUMENTS)]
    return "registered" if checked == [GateState.PASSED] * 2 else "incomplete"


def _said(state: Mapping[Gate, GateState], gate: Gate) -> bool:
    return state.get(gate, GateState.NO_DATA) is not GateState.NO_DATA


def _wanted(known: Known) -> tuple[list[str], list[tuple[str, int]]]:
    """The documents that are to be sent whole, and the pages, from 1, that are to be photographed again."""
    missing: list[str] = []
    bad: list[tuple[str, int]] = []
    for verdict in known.assessment.verdicts:
        answer = known.application.documents.get(verdict.document)
        pages = list(_bad_pages(verdict, answer)) if answer else []
        if verdict.state in _SENT and not (answer and verdict.pages):
            missing.append(verdict.document)
        else:
            bad += [(verdict.document, page) for page in pages]
    return missing, bad


def _bad_pages(verdict: Verdict, answer: DocumentAnswer) -> Iterator[int]:
    if verdict.state in _SENT:
        yield from (n for n, page in enumerate(answer.pages, 1) if page not in verdict.pages)


def _missing_th(standard: Standard, missing: Sequence[str], bad: Sequence[tuple[str, int]]) -> str:
    th = {document.code: document.th for document in standard.documents}
    parts = []
    if missing:
        parts.append(f"ยังขาด {', '.join(th.get(code, code) for code in missing)}")
    if bad:
        pages = ", ".join(f"{th.get(code, code)} หน้าที่ {page}" for code, page in bad)
        parts.append(f"ต้องถ่ายใหม่ {pages}")
    return " และ".join(parts)


def _round_due(known: Known) -> str:
    """The self-assessment that is next. It follows from what has come and from no calendar: before, then one
    between where there is a plan, then after; a person may choose another on the phone.
    """
    state = {result.gate: result.state for result in known.assessment.gates}
    resolved = any(_said(state, gate) for gate in (Gate.DISTRICT, Gate.PROVINCE))
    if resolved or state.get(Gate.SELF_AFTER) is GateState.PASSED:
        return ""
    if state.get(Gate.SELF_BEFORE) is not GateState.PASSED:
        return Round.SELF_BEFORE.value
    between = any(r.assessment.round is Round.SELF_PERIODIC for r in known.own.rounds)
    waiting = known.own.after is None and known.own.plan is not None and not between
    return Round.SELF_PERIODIC.value if waiting else Round.SELF_AFTER.value


def _items(known: Known) -> Iterator[Row]:
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
