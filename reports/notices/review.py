"""What a server is told about one application: a review state, and one Thai comment for the field. Pure.

A comment names what is missing and what to do now. It holds no identification number and no other applicant's
name.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mochocho.words import thai
from mochocho.words.model import (
    RESOLVED_GATES,
    TO_JUDGE,
    TO_MEND,
    Application,
    Approved,
    DocumentState,
    Finding,
    Gate,
    GateResult,
    GateState,
    NotPresented,
    ReviewState,
    Severity,
    Verdict,
)
from processing.documents.asked import read_from
from processing.findings.entry import Audience
from processing.findings.of_resolutions import RESOLVED
from processing.findings.saying import said
from reports.lists.list_rows import ListedApplicant, without_numbers

LONGEST = 900  # characters of a comment
LONGEST_LINE = 160
LONGEST_OPENING = 400
MARK = "[มชช. {}]"
MARK_DIGITS = 8
SUPPLEMENT = "แบบ “ส่งเอกสารเพิ่มเติม”"

CLOSED: Mapping[NotPresented, str] = {
    NotPresented.WITHDRAWN: "ใบสมัครนี้ถอนแล้ว ไม่ต้องส่งอะไรเพิ่ม",
    NotPresented.MERGED: "ใบสมัครนี้รวมกับใบสมัครอีกใบของรายเดียวกันแล้ว ไม่ต้องส่งอะไรเพิ่มในใบนี้",
}
_NOT_ARRIVED = "document.not_arrived"
_RETURNED = "document.returned"
_TOO_SMALL = "portrait.too_small"

# The state once the provincial committee has certified, and the state before that when nothing is missing.
_APPROVED: Mapping[Approved, tuple[ReviewState, ReviewState]] = {
    "committee": (ReviewState.APPROVED, ReviewState.RECEIVED),
    "documents": (ReviewState.APPROVED, ReviewState.APPROVED),
    "never": (ReviewState.RECEIVED, ReviewState.RECEIVED),
}


@dataclass(frozen=True, slots=True)
class Task:
    """Things of one kind that the field must do: `title`, each thing, and how to do it.

    `must`: the application waits for it; otherwise it is worth a look. `supplement`: to be sent with that
    form. `dated`: each thing says by which day.
    """

    title: str
    things: tuple[str, ...]
    how: str = ""
    must: bool = True
    supplement: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What servers are told about one application; `about`: the instance it was found in."""

    state: ReviewState
    opening: str
    tasks: tuple[Task, ...]
    about: str

    @property
    def text(self) -> str:
        """The words; of a long list as many things as fit, the others are counted."""
        room = LONGEST - len(self._marked("", "0" * MARK_DIGITS))
        every = max((len(task.things) for task in self.tasks), default=0)
        return next(
            text for most in range(every, -1, -1) if len(text := self._worded(most)) <= room or not most
        )

    @property
    def digest(self) -> str:
        """Digest of all that is told.

        A later version of the application is told again, even in the same words.
        """
        said = json.dumps([self.state, self.text, self.about], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def comment(self) -> str:
        """The words, and the mark by which a target sees whether it has posted them already."""
        return self._marked(self.text, self.digest[:MARK_DIGITS])

    @staticmethod
    def _marked(text: str, digits: str) -> str:
        return f"{text}\n{MARK.format(digits)}"

    def _worded(self, most: int) -> str:
        """The words with at most `most` things of each kind."""
        lines = [self.opening]
        for task in self.tasks:
            shown = task.things[:most]
            rest = len(task.things) - len(shown)
            lines.append(f"{task.title}:")
            lines += [f"- {thing}" for thing in shown]
            lines += [thai.digits(f"- {'และอีก ' if shown else ''}{rest} รายการ")] if rest else []
            lines += [task.how] if task.how else []
        return "\n".join(lines)


def notice(applicant: ListedApplicant, approved: Approved = "committee") -> Notice | None:
    """What to tell about an applicant now; None when there is nothing for the field.

    Rejected is set only by a committee's resolution; so is `approved`, unless the server's settings say
    otherwise. A conditional pass has issues until the committee resolves that they are met; what was deferred
    has been received. Where only the office can act, nothing new is said.
    """
    assessment, application = applicant.assessment, applicant.application
    state = {result.gate: result.state for result in assessment.gates}
    if assessment.not_presented:
        return Notice(ReviewState.RECEIVED, CLOSED[assessment.not_presented], (), application.instance_id)
    standing = _standing(applicant)
    if standing and standing.state is GateState.FAILED:
        return Notice(ReviewState.REJECTED, _resolved(standing), (), application.instance_id)
    tasks = tuple(task for task in _tasks(applicant) if task.things)
    deferred = _resolved(standing) if standing and standing.state is GateState.DEFERRED else ""
    if any(task.must for task in tasks):
        opening = deferred or "ตรวจใบสมัครแล้ว ยังมีรายการที่ขอให้ดำเนินการ"
        return Notice(ReviewState.HAS_ISSUES, opening, tasks, application.instance_id)
    if state.get(Gate.PROVINCE) is GateState.PASSED:
        opening = "คณะกรรมการจังหวัดมีมติผ่านการรับรองแล้ว ไม่ต้องส่งอะไรเพิ่ม ขอบคุณ"
        return Notice(_APPROVED[approved][0], opening, tasks, application.instance_id)
    if deferred:
        return Notice(ReviewState.RECEIVED, deferred, tasks, application.instance_id)
    passed = state.get(Gate.ELIGIBLE) is state.get(Gate.DOCUMENTS) is GateState.PASSED
    if not passed and any(map(_sent_again, assessment.verdicts)):
        opening = "ได้รับเอกสารที่ส่งมาใหม่แล้ว กำลังรอเจ้าหน้าที่ตรวจ ยังไม่ต้องส่งอะไรเพิ่ม"
        return Notice(ReviewState.RECEIVED, opening, tasks, application.instance_id)
    if not passed or any(verdict.state in TO_MEND for verdict in assessment.verdicts):
        return None
    opening = "ตรวจใบสมัครแล้ว คุณสมบัติและเอกสารครบถ้วน ไม่ต้องส่งอะไรเพิ่ม ขอบคุณ"
    return Notice(_APPROVED[approved][1], opening, tasks, application.instance_id)


def _sent_again(verdict: Verdict) -> bool:
    """Whether the field has sent what was returned, and nobody has looked at it yet."""
    returned = verdict.judged is not None and verdict.judged.state is DocumentState.RETURNED
    return returned and verdict.state in TO_JUDGE


def _standing(applicant: ListedApplicant) -> GateResult | None:
    """What the last committee that looked at the applicant resolved; None before any did."""
    results = {result.gate: result for result in applicant.assessment.gates}
    found = (results.get(gate) for gate in reversed(RESOLVED_GATES))
    return next((one for one in found if one and one.state is not GateState.NO_DATA), None)


def _resolved(result: GateResult) -> str:
    return _line(" ".join(said(f, Audience.FIELD) for f in result.findings), LONGEST_OPENING)


def _conditions(applicant: ListedApplicant) -> Iterator[str]:
    """What committees ask for that passed the applicant on a condition, and by when; whichever still waits.

    The province's pass without one ends the district's.
    """
    for result in reversed(applicant.assessment.gates):
        if result.gate not in RESOLVED_GATES or result.state is not GateState.PASSED:
            continue
        yield from (_line(said(f, Audience.FIELD), LONGEST_OPENING) for f in result.findings)
        if not result.findings:
            return


def _tasks(applicant: ListedApplicant) -> Iterator[Task]:
    th = {document.code: document.th for document in applicant.standard.documents}
    wanted, awaited = documents_told(applicant.application, applicant.assessment.verdicts, th)
    how = f"ขอให้ส่งด้วย{SUPPLEMENT} ไม่ต้องแก้ไขใบสมัคร"
    yield Task("เอกสารที่ขอให้ส่งหรือถ่ายใหม่", wanted, how, supplement=True)
    how = f"ขอให้เปิดโทรศัพท์ที่ใช้กรอกขณะมีสัญญาณแล้วส่งแบบเดิมอีกครั้ง ถ้าไม่มีแล้ว ให้ถ่ายใหม่ด้วย{SUPPLEMENT}"
    yield Task("ภาพที่ยังมาไม่ถึง", awaited, how, supplement=True)
    how = "เมื่อทำครบแล้ว ขอให้แจ้งสำนักงานพัฒนาชุมชนอำเภอก่อนวันครบกำหนด"
    owed = tuple(dict.fromkeys(_conditions(applicant)))
    yield Task("เงื่อนไขที่คณะกรรมการรับรองไว้", owed, how, dated=True)
    how = "หากกรอกคลาดเคลื่อน ขอให้แก้ไขใบสมัครแล้วส่งใหม่"
    yield Task("คุณสมบัติที่ยังไม่ครบ", _lines(applicant.assessment.eligibility), how)
    yield Task("ใบสมัครยังถูกระงับไว้", _lines(_held(applicant)))
    yield Task("ควรตรวจด้วย", tuple(_worth_a_look(applicant)), must=False)


def _held(applicant: ListedApplicant) -> Iterator[Finding]:
    """Findings, other than about documents, that keep the documents' gate shut."""
    of_documents = {finding for verdict in applicant.assessment.verdicts for finding in verdict.findings}
    for result in applicant.assessment.gates:
        if result.gate is Gate.DOCUMENTS:
            yield from (finding for finding in result.findings if finding not in of_documents)


def documents_told(
    application: Application, verdicts: Sequence[Verdict], th: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents to send with a supplement, and those whose files are still on their way."""
    wanted, awaited = list[str](), list[str]()
    for verdict in verdicts:
        if verdict.state not in TO_MEND:
            continue
        name = th.get(verdict.document, verdict.document)
        for finding, pages in _reasons(application, verdict):
            where = f" หน้าที่ {', '.join(map(str, pages))}" if pages else ""
            if finding.code == _NOT_ARRIVED:
                awaited.append(_line(thai.digits(f"{name}{where}")))
            else:
                why = said(finding, Audience.FIELD)
                longest = LONGEST_OPENING if finding.code == _RETURNED else LONGEST_LINE
                wanted.append(_line(thai.digits(f"{name}{where} ({why})"), longest))
    return tuple(wanted), tuple(awaited)


def _reasons(application: Application, verdict: Verdict) -> Iterator[tuple[Finding, tuple[int, ...]]]:
    """Each reason once, with the pages it is about (from 1);
    no pages where it is about the whole document.
    """
    answer = application.documents.get(verdict.document)
    count = len(answer.pages) if answer else 0
    origins = {
        read_from(answer, application.instance_id, place): place + 1 for place in range(count) if answer
    }
    first, pages = dict[str, Finding](), defaultdict[str, list[int]](list)
    for finding in verdict.findings:
        if finding.code == _TOO_SMALL or not said(finding, Audience.FIELD):
            continue
        first.setdefault(finding.code, finding)
        if count > 1 and finding.read_from in origins:
            pages[finding.code].append(origins[finding.read_from])
    for code, finding in first.items():
        yield finding, tuple(pages[code])


def _worth_a_look(applicant: ListedApplicant) -> Iterator[str]:
    """Findings that keep no gate shut but that the field can still mend, each once.

    Documents are listed before; of those that a person took as they are, nothing more is asked.
    """
    verdicts = applicant.assessment.verdicts
    of_documents = {f for v in verdicts for f in v.findings if f.code != _TOO_SMALL}
    settled = {verdict.document for verdict in verdicts if verdict.settled}
    told = (
        said(finding, Audience.FIELD)
        for finding in applicant.assessment.findings
        if finding.severity is Severity.WARNING
        and finding not in of_documents
        and finding.subject not in settled
        and not finding.code.startswith(RESOLVED)  # told before
    )
    return map(_line, dict.fromkeys(text for text in told if text))


def _lines(findings: Iterator[Finding] | Collection[Finding]) -> tuple[str, ...]:
    return tuple(_line(said(f, Audience.FIELD)) for f in findings if f.severity is Severity.BLOCKING)


def _line(text: str, longest: int = LONGEST_LINE) -> str:
    """One line of typed text, with anything that may be a person's number masked."""
    covered = without_numbers(text)
    return covered if len(covered) <= longest else f"{covered[: longest - 1]}…"
