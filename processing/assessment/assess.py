"""Assesses applicants: measures files, computes digests,
loads and evaluates what changed, appends the results.

"Due" works as in make: an applicant is due when the digest of its inputs is not that of its current
assessment, or its standing is not kept. An applicant who could not be assessed gets an assessment that says
so, and stays due; when to try again is decided elsewhere. The clock is read only for the time at which a row
was made.
"""

import hashlib
import json
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from mochocho.storage.db import insert_or_ignore, reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Assessment, Knowledge
from mochocho.words.progress import ProgressCall
from processing import codec
from processing.assessment import stand_in
from processing.assessment.evaluate import RULE_VERSION, Inputs, Rules, evaluate, failed
from processing.chunks import batched
from processing.decoding.jobs import CHECK_VERSION
from processing.documents import measure
from processing.documents.copies import where_else
from processing.likeness import duplicate_search
from processing.likeness.duplicates import Slice
from processing.register import stored
from processing.register.form_packs import Packs
from processing.register.stored import State
from processing.rounds import set_calendar
from processing.scoring import committee_members
from processing.standings import kept_standings
from processing.tables import ApplicantRow, AssessmentRow
from xlsforms import names

CHUNK = 50  # applicants between two transactions
LOOKED_AT = 500  # applicants whose state is read at once


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AssessReport:
    """What one run did.

    `computed`: new assessments; `pointed`: applicants set back to an earlier one; `failed`: the errors, by
    key, of applicants that stay due because they could not be assessed (their cases say so) or one of their
    files could not be measured.
    """

    computed: int = 0
    pointed: int = 0
    failed: Mapping[str, Exception] = field(default_factory=dict)

    def __add__(self, other: "AssessReport") -> "AssessReport":
        return AssessReport(
            self.computed + other.computed, self.pointed + other.pointed, {**self.failed, **other.failed}
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """One due applicant, and the digest of its present inputs."""

    state: State
    slice: Slice
    digest: str


def due(home: Home) -> list[str]:
    """The keys of the applicants whose assessment does not match their inputs, in order."""
    found: list[str] = []
    with reading(home.engine) as session:
        for chunk in batched(stored.keys(session), LOOKED_AT):
            stands = {state.key: state for state in stored.states(session, chunk)}
            stale = {work.state.key for work in _stale(home, session, stands.values())}
            found += [key for key, state in stands.items() if key in stale or _measurable(home, state)]
    return found


def is_stale(home: Home, session: Session, key: str) -> bool:
    """Whether the current assessment of this applicant is not that of its inputs."""
    return any(True for _ in _stale(home, session, stored.states(session, [key])))


def inputs_of(home: Home, session: Session, keys: Collection[str]) -> list[Inputs]:
    """What assessing these applicants reads now, due or not; those that cannot be read are left out."""
    states = stored.states(session, keys)
    slices = duplicate_search.slices(session, [state.key for state in states])
    set_by_office = _set_by_office(home)
    work = [
        _Work(state, own, _digest(home, state, own, set_by_office))
        for state in states
        for own in (slices[state.key],)
    ]
    return _read(session, work)[0]


def all_measured(home: Home) -> bool:
    """Whether every file that has arrived is measured."""
    with reading(home.engine) as session:
        return not stored.any_unmeasured(session)


def do(home: Home, keys: Collection[str], progress: ProgressCall | None = None) -> AssessReport:
    """Assess those of these applicants that are due; several processes may do so at once.

    An applicant that cannot be assessed does not stop the others. Only what concerns these applicants is
    read. Whoever sent a page before of which a copy came now is assessed too.
    """
    rules = rules_of(home)
    report, done = AssessReport(), 0
    with reading(home.engine) as session:
        chunks = batched(keys, LOOKED_AT)
        new = {sha256 for chunk in chunks for sha256 in stored.unmeasured(session, chunk)}
    for chunk in batched(keys, CHUNK):
        report += _do(home, chunk, rules)
        done += len(chunk)
        if progress:
            progress("assess", done, len(keys))
    with reading(home.engine) as session:
        others = where_else.holders(session, new)
    for chunk in batched(others, CHUNK):
        report += _do(home, chunk, rules)
    return report


def rules_of(home: Home) -> Rules:
    """The rules of this home's cycle and province."""
    districts = {d.code: d.name_th for d in home.province.districts}
    return Rules(
        home.pack,
        districts,
        Packs(home).of,
        committee_members.of(home),
        set_calendar.of(home),
        set_calendar.extensions_of(home),
    )


def _do(home: Home, keys: list[str], rules: Rules) -> AssessReport:
    with reading(home.engine) as session:
        unmeasured = stored.unmeasured(session, keys)
    unmeasurable = measure.run(home, unmeasured)
    with reading(home.engine) as session:  # one snapshot: the digest must name exactly what is read
        states = stored.states(session, keys)
        work = list(_stale(home, session, states))
        old = _ids(session, [w.state.key for w in work])
        new = [w for w in work if (w.state.key, w.digest) not in old]
        inputs, unread = _read(session, new)
    made, faults = _evaluated(inputs, rules)
    made |= {key: assessment for key, (assessment, _) in unread.items()}
    faults |= {key: error for key, (_, error) in unread.items()}
    if work:
        with transaction(home.engine) as session:
            _save(session, work, made)
    files = {s.key: unmeasurable[sha256] for s in states for sha256 in s.unmeasured if sha256 in unmeasurable}
    return AssessReport(len(new) - len(faults), len(work) - len(new), {**files, **faults})


def _stale(home: Home, session: Session, states: Collection[State]) -> Iterator[_Work]:
    slices = duplicate_search.slices(session, [state.key for state in states])
    set_by_office = _set_by_office(home)
    for state in states:
        digest = _digest(home, state, slices[state.key], set_by_office)
        if digest != state.assessed:
            yield _Work(state, slices[state.key], digest)


def _set_by_office(home: Home) -> str:
    """What of the settings decides an assessment."""
    extensions = set_calendar.extensions_of(home)
    return repr((committee_members.of(home), set_calendar.of(home), *([extensions] if extensions else [])))


def _measurable(home: Home, state: State) -> bool:
    """Whether a file that could not be measured before is in the store now."""
    return any(home.store.has(sha256) for sha256 in state.unmeasured)


def _read(
    session: Session, work: Sequence[_Work]
) -> tuple[list[Inputs], dict[str, tuple[Assessment, Exception]]]:
    """The inputs of these applicants; for those that cannot be read,
    an assessment that says so, and the error.
    """
    try:
        return _inputs(session, work), {}
    except stand_in.OF_THE_HOME:
        raise
    except Exception as error:
        if len(work) > 1:
            half = len(work) // 2
            (some, unread), (others, more) = _read(session, work[:half]), _read(session, work[half:])
            return some + others, unread | more
        return [], {w.state.key: (_unreadable(session, w, error), error) for w in work}


def _unreadable(session: Session, work: _Work, error: Exception) -> Assessment:
    key = work.state.key
    log.error("applicant %s cannot be read: %s", key, type(error).__name__)
    application = stand_in.applications(session, [key])[key]
    return failed(Inputs(work.digest, application, decided=work.state.decided))


def _inputs(session: Session, work: Sequence[_Work]) -> list[Inputs]:
    keys = [w.state.key for w in work]
    applications, sheets = stored.applications(session, keys), stored.sheets(session, keys)
    supplements = stored.supplements(session, keys)
    plans, self_assessments = stored.plans(session, keys), stored.self_assessments(session, keys)
    records = stored.about(session, names.KNOWLEDGE, Knowledge, keys)
    measurements = measure.of(session, keys)
    seen = _assessed_as(session, {(w.state.key, digest) for w in work for _, digest in w.state.lay_before})
    return [
        Inputs(
            digest=w.digest,
            application=applications[w.state.key],
            sheets=sheets.get(w.state.key, ()),
            plans=plans.get(w.state.key, ()),
            self_assessments=self_assessments.get(w.state.key, ()),
            supplements=supplements.get(w.state.key, ()),
            knowledge=records.get(w.state.key, ()),
            measurements=measurements,
            decided=w.state.decided,
            into=w.state.into,
            before={
                gate: seen[w.state.key, digest]
                for gate, digest in w.state.lay_before
                if (w.state.key, digest) in seen
            },
            slice=w.slice,
            unread_edits=w.state.unread_edits,
        )
        for w in work
    ]


def _assessed_as(session: Session, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Assessment]:
    """Earlier assessments by key and digest; one that this version cannot read is left out."""
    query = select(AssessmentRow.applicant_key, AssessmentRow.digest, AssessmentRow.result).where(
        AssessmentRow.applicant_key.in_({key for key, _ in wanted}),
        AssessmentRow.digest.in_({digest for _, digest in wanted}),
    )
    found = {}
    for key, digest, result in session.execute(query) if wanted else ():
        with suppress(ValueError, TypeError, KeyError):
            found[key, digest] = codec.load(Assessment, result)
    return found


def _digest(home: Home, state: State, own: Slice, set_by_office: str) -> str:
    """The digest of an applicant's inputs, computed without reading them.

    A state digest stands for a form's answers and its files' sha256; the version of the checks stands for
    what is measured of the files.
    """
    named = [
        RULE_VERSION,
        CHECK_VERSION,
        home.pack_digest,
        home.province.code,
        state.digest,
        state.forms,
        state.unread_edits,
        state.unmeasured,
        state.decided,
        state.into,
        state.lay_before,
        own,
        set_by_office,
    ]
    return hashlib.sha256(json.dumps(named, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """What JSON does not know: a dataclass by its fields, all else as text."""
    known = getattr(value, "__dataclass_fields__", None)
    return str(value) if known is None else {name: getattr(value, name) for name in known}


def _evaluated(inputs: Sequence[Inputs], rules: Rules) -> tuple[dict[str, Assessment], dict[str, Exception]]:
    """The assessments by key, and the errors of those that could not be computed."""
    made: dict[str, Assessment] = {}
    faults: dict[str, Exception] = {}
    for one in inputs:
        key = one.application.key
        try:
            made[key] = evaluate(one, rules)
        except Exception as error:  # any fault: the other applicants' papers must not wait for it
            # Only the kind of fault: its text may quote what an applicant wrote.
            log.error("applicant %s cannot be assessed: %s", key, type(error).__name__)
            made[key], faults[key] = failed(one), error
    return made, faults


def _save(session: Session, work: Sequence[_Work], made: Mapping[str, Assessment]) -> None:
    """Append new assessments, then point each applicant to the assessment of its inputs, old or new."""
    insert_or_ignore(session, AssessmentRow, list(_rows(made.values())))
    keys = [w.state.key for w in work]
    ids = _ids(session, keys)
    digests = {w.state.key: made[w.state.key].digest if w.state.key in made else w.digest for w in work}
    present = [ids[named] for named in digests.items()]
    kept_standings.keep(session, present, {ids[one.key, one.digest]: one for one in made.values()})
    # Every writer of applicants locks their rows in this order, so that there is no deadlock.
    session.execute(stored.in_order(keys).with_for_update())
    statement = (
        update(ApplicantRow.__table__)  # type: ignore[arg-type] # a mapped class's table is a Table
        # Only if the register has not changed since; otherwise the applicant is due again.
        .where(ApplicantRow.key == bindparam("b_key"), ApplicantRow.state_digest == bindparam("b_state"))
        .values(assessment_id=bindparam("b_id"))
    )
    session.connection().execute(
        statement,
        [
            {"b_key": key, "b_state": w.state.digest, "b_id": ids[key, digests[key]]}
            for key, w in zip(keys, work, strict=True)
        ],
    )


def _ids(session: Session, keys: Collection[str]) -> dict[tuple[str, str], int]:
    """Every assessment made of these applicants so far, by key and digest."""
    query = select(AssessmentRow.applicant_key, AssessmentRow.digest, AssessmentRow.id)
    rows = session.execute(query.where(AssessmentRow.applicant_key.in_(keys)))
    return {(key, digest): id_ for key, digest, id_ in rows}


def _rows(made: Collection[Assessment]) -> Iterator[dict[str, Any]]:
    now = datetime.now(UTC)
    for assessment in made:
        yield {
            "applicant_key": assessment.key,
            "digest": assessment.digest,
            "result": codec.dump(assessment),
            "made_at": now,
        }
