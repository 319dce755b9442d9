"""The rows of the file of rulings: what waits for one, every applicant, and what holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mochocho.storage.home import Home
from mochocho.words import thai
from mochocho.words.model import ApplicantType, Assessment, Finding, Gate
from processing.chunks import batched
from processing.decisions import last_assessed, recorded
from processing.decisions.decision import Decision, Ground, Kind
from processing.decisions.office import told
from processing.decisions.office.typed_rulings import (
    CLOSE_ONSITE,
    CLOSE_PROVINCIAL,
    FORMER,
    MATCH,
    MERGE,
    MET,
    NOT_FORMER,
    NOT_MET,
    NOT_SAME,
    ONSITE,
    PROVINCIAL,
    REGISTER,
    REOPEN,
    REVOKE,
    WITHDRAW,
)
from processing.decisions.record_resolutions import READ_AT_ONCE, Listed, listed
from processing.findings.entry import Audience
from processing.findings.saying import said
from processing.findings.value_words import known_as
from processing.likeness import open_questions
from processing.likeness.duplicates import Other
from processing.register import matching, register_numbers

APPLICATION = "ใบสมัคร"
# By the code of what waits, the words that settle it: of the visit, of the province's round.
_OF_SHEETS = {
    "score.disagreement": (ONSITE, PROVINCIAL),
    "sheet.awaited": (CLOSE_ONSITE, CLOSE_PROVINCIAL),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row: what a ruling may be about, the words that fit, and the value that is known already.

    `type`: None where no applicant is known.
    """

    found: str
    words: tuple[str, ...]
    key: str = ""
    name: str = ""
    type: ApplicantType | None = None
    district: str = ""
    about: str = ""
    value: str = ""


def of_home(home: Home, session: Session) -> Iterator[Waiting]:
    """All rows: forms without an applicant, then by district, type and name."""
    every = listed(home, session, Gate.DISTRICT, also_aside=True)
    yield from _forms(home)
    asked, titles = _asked(home), told.titles_of(home.pack.standards)
    turns = {key: number for number, key in register_numbers.turns(session).items()}
    known: dict[str, Assessment] = {}
    holding: dict[str, list[Decision]] = {}
    for chunk in batched([one.key for one in every], READ_AT_ONCE):
        known |= last_assessed.of_applicants(session, chunk)
        for one in recorded.holding(session, set(Kind) - {Kind.REVOKE, Kind.REOPEN}, chunk):
            holding.setdefault(one.applicant_key, []).append(one)
    for unit in every:
        if assessment := known.get(unit.key):
            yield from _of_findings(unit, assessment)
        for found, words, other in asked.get(unit.key, ()):
            yield _row(unit, found, words, value=other)
        if unit.key in turns:
            yield _row(unit, "ยังไม่มีเลขทะเบียน", (REGISTER,), value=str(turns[unit.key]))
        yield _row(unit, APPLICATION, (WITHDRAW, MERGE))
        for one in holding.get(unit.key, ()):
            if one.kind is not Kind.REGISTER:  # never undone
                yield _row(unit, told.line(one, titles), (REVOKE, REOPEN), value=str(one.number))


def _row(unit: Listed, found: str, words: tuple[str, ...], about: str = "", value: str = "") -> Waiting:
    return Waiting(found, words, unit.key, unit.name, unit.type, unit.district, about, value)


def _of_findings(unit: Listed, assessment: Assessment) -> Iterator[Waiting]:
    rules: dict[str, Finding] = {f.subject: f for f in assessment.eligibility}
    for code, found in rules.items():
        yield _row(unit, said(found, Audience.COMMITTEE), (MET, NOT_MET), code)
    for found in assessment.findings:
        if words := _OF_SHEETS.get(found.code):
            word = words["round" in dict(found.values)]
            about = found.subject if word in (ONSITE, PROVINCIAL) else ""
            yield _row(unit, said(found, Audience.COMMITTEE), (word,), about)


def _forms(home: Home) -> Iterator[Waiting]:
    """Forms on which only a name was typed: a row for each applicant that may be meant, or one to fill in."""
    for form in matching.unmatched(home):
        typed = f"{thai.cover_national_ids(form.name)} ({form.form_id})"
        for candidate in form.candidates:
            one = candidate.applicant
            found = f"แบบฟอร์มพิมพ์ชื่อผู้สมัครว่า {typed} ชื่อเหมือนกัน {candidate.percent} %"
            where = _district(home, one.district)
            yield Waiting(found, (MATCH,), one.key, one.name, ApplicantType(one.type), where, form.root_id)
        if not form.candidates:
            found = f"แบบฟอร์มพิมพ์ชื่อผู้สมัครว่า {typed} ไม่มีชื่อใกล้เคียงในอำเภอ ให้พิมพ์รหัสและชื่อผู้สมัคร"
            yield Waiting(found, (MATCH,), district=_district(home, form.district), about=form.root_id)


def _asked(home: Home) -> dict[str, list[tuple[str, tuple[str, ...], str]]]:
    """By applicant, whether it is the same as another or as one of last year: what, the words, whom."""
    found: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
    for question in open_questions.every(home):
        why = "เลขประจำตัวประชาชนตรงกัน" if question.ground is Ground.NATIONAL_ID else "ชื่อและที่อยู่ตรงกัน"
        what = f"{why} {question.percent} % กับ {_named(home, question.other)}"
        found.setdefault(question.one.key, []).append((what, (NOT_SAME, MERGE), question.other.key))
    for key, then in open_questions.former(home)[1]:
        what = f"อาจเป็นผู้สมัครรายเดิมของปีก่อน: {_named(home, then)}"
        found.setdefault(key, []).append((what, (FORMER, NOT_FORMER), then.key))
    return found


def _named(home: Home, other: Other) -> str:
    return f"{other.name} อำเภอ{_district(home, other.district)} {known_as(other.key, other.source)}"


def _district(home: Home, code: str) -> str:
    district = home.province.district(code)
    return district.name_th if district else code
