"""What was edited after a committee resolved: scores, documents, answers, own forms. Pure.

Compared is what counted when it was recorded (the assessment that lay before the committee) with what counts
now. What comes in addition and replaces nothing is no edit: a document that was missing, the next
self-assessment, the first score sheets. An answer that a person settled replaces the assessors' answers.
"""

from collections.abc import Iterator
from dataclasses import replace

from mochocho.words.model import Application, Assessment, Counted, Gate, Round, Value
from processing.findings.entry import ROUND

SETTLED, SCORE, DOCUMENTS, ANSWERS, OWN = "settled", "score", "documents", "answers", "own"
NOT_ASSESSED = "assess.failed"  # the finding of an assessment in which nothing was counted


def changed(gate: Gate, instance_id: str, before: Assessment | None, now: Assessment) -> tuple[str, ...]:
    """What changed, in order; () for nothing. `instance_id`: the application's version then, '' = not known;
    `before`: the assessment that lay before the committee, None = not known.
    """
    if now.counted is None:
        return ()
    if before is None or before.counted is None or _failed(before) or _failed(now):
        other = instance_id and instance_id != now.counted.application.instance_id
        return (ANSWERS,) if other else ()
    settled = (SETTLED,) if _settled(gate, before) != _settled(gate, now) else ()
    return (*settled, *_changed(gate, before.counted, now.counted))


def _failed(assessment: Assessment) -> bool:
    return any(found.code == NOT_ASSESSED for found in assessment.findings)


def _changed(gate: Gate, before: Counted, now: Counted) -> Iterator[str]:
    if _sheets(gate, before) and _sheets(gate, before) != _sheets(gate, now):
        yield SCORE
    pages = _pages(before.application) - _pages(now.application)
    if pages:
        yield DOCUMENTS
    edited = before.application.instance_id != now.application.instance_id
    if edited and (not pages or _answers(before.application) != _answers(now.application)):
        yield ANSWERS
    if set(before.own.instance_ids) - set(now.own.instance_ids):
        yield OWN


def _sheets(gate: Gate, counted: Counted) -> frozenset[str]:
    """The score sheets that a committee decides by: the district's is not shown those of the province."""
    sheets = frozenset(counted.sheets)
    return sheets - frozenset(counted.provincial) if gate is Gate.DISTRICT else sheets


def _settled(gate: Gate, assessment: Assessment) -> frozenset[tuple[Value, ...]]:
    """(round, indicator, answer) of what a person settled, of the rounds that a committee decides by."""
    said = (dict(found.values) for found in assessment.findings if found.code == "score.reconciled")
    return frozenset(
        (values.get(ROUND, ""), values["indicator"], values["answer"])
        for values in said
        if gate is Gate.PROVINCE or values.get(ROUND) != Round.PROVINCIAL
    )


def _pages(application: Application) -> frozenset[tuple[str, str]]:
    """Every page that had come, by its document."""
    return frozenset(
        (code, page.sha256)
        for code, answer in application.documents.items()
        for page in answer.pages
        if page.sha256
    )


def _answers(application: Application) -> Application:
    """The application without what names its version, and without its documents."""
    return replace(application, instance_id="", form_version="", documents={}, portrait=None)
