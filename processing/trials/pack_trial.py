"""Assesses everyone under another pack and compares; writes nothing.

Every form is assessed as if it had been built from the other pack, whatever version it was filled in. An
answer that the pack does not offer is not assessed, as it would be of a form of that pack; nobody has
answered what only the other pack asks.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from mochocho.standards.schema import Pack, Standard
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ScoreSheet, SelfAssessment
from mochocho.words.progress import ProgressCall
from processing.assessment import assess
from processing.assessment.evaluate import Inputs, Rules, evaluate
from processing.chunks import batched
from processing.register import stored
from processing.scoring import attendance
from processing.scoring.score import in_range
from processing.trials.changed_results import Changed, changed

CHUNK = 50

log = logging.getLogger(__name__)

Form = TypeVar("Form", ScoreSheet, SelfAssessment)


@dataclass(frozen=True, slots=True)
class Trial:
    """`compared`: how many applicants; `failed`: the keys of those that cannot be assessed by either pack."""

    compared: int = 0
    changed: tuple[Changed, ...] = ()
    failed: tuple[str, ...] = ()


def try_pack(home: Home, pack: Pack, progress: ProgressCall | None = None) -> Trial:
    """Everyone of whom the result would change, by key, as they stand now and under `pack`."""
    now = assess.rules_of(home)
    then = replace(now, pack=pack, pack_of=lambda _form_id, _version: pack)
    found: list[Changed] = []
    failed: list[str] = []
    done = 0
    with reading(home.engine) as session:
        keys = stored.keys(session)
        for chunk in batched(keys, CHUNK):
            inputs = assess.inputs_of(home, session, chunk)
            failed += sorted({*chunk} - {one.application.key for one in inputs})
            for one in inputs:
                try:
                    found += _one(one, now, then)
                except Exception as error:  # any fault: the others are compared nevertheless
                    log.error(
                        "applicant %s cannot be compared: %s", one.application.key, type(error).__name__
                    )
                    failed.append(one.application.key)
            done += len(chunk)
            if progress:
                progress("assess", done, len(keys))
    return Trial(len(keys), tuple(found), tuple(failed))


def _one(inputs: Inputs, now: Rules, then: Rules) -> Iterator[Changed]:
    bare = _without_phones_totals(inputs)
    standard = then.pack.standard(inputs.application.type)
    differs = changed(inputs.application, evaluate(bare, now), evaluate(fitted(bare, standard), then))
    if differs is not None:
        yield differs


def fitted(inputs: Inputs, standard: Standard) -> Inputs:
    """The same answers as forms built from this standard could hold them."""
    return replace(
        inputs,
        sheets=tuple(_sheet(one, standard) for one in inputs.sheets),
        self_assessments=tuple(
            _possible(_attended(one, standard), standard) for one in inputs.self_assessments
        ),
    )


def _without_phones_totals(inputs: Inputs) -> Inputs:
    """A phone's total was computed by its own form, and says nothing of another."""
    return replace(
        inputs,
        sheets=tuple(replace(one, phone_total=None) for one in inputs.sheets),
        self_assessments=tuple(replace(one, phone_total=None) for one in inputs.self_assessments),
    )


def _sheet(sheet: ScoreSheet, standard: Standard) -> ScoreSheet:
    kept = _possible(sheet, standard)
    lost = {
        code: str(was)
        for code, was in sheet.answers.items()
        if was is not None and kept.answers[code] is None
    }
    return replace(kept, unusable={**sheet.unusable, **lost})


def _attended(form: SelfAssessment, standard: Standard) -> SelfAssessment:
    """With attendance as this standard reads the meetings."""
    read = {
        i.code: attendance.as_read(i, held)
        for i in standard.indicators
        if i.from_meetings and (held := form.meetings.get(i.code))
    }
    return replace(form, answers={**form.answers, **read})


def _possible(form: Form, standard: Standard) -> Form:
    measures = {i.code: i.measure for i in standard.indicators}
    return replace(
        form,
        answers={
            code: None
            if answer is not None and code in measures and not in_range(measures[code], answer)
            else answer
            for code, answer in form.answers.items()
        },
    )
