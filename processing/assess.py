"""The shell of assessing: load -> measure -> digest -> compute what differs -> append.

"Due" works like make: an applicant is due when the digest of all it would be computed from is not that of the
assessment it has. Nothing here reads a clock, but for the time a row was made.
"""

import hashlib
import json
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from mochocho.db import insert_or_ignore, reading, transaction
from mochocho.home import Home
from mochocho.model import Assessment, Measurement
from processing import codec, known, measure
from processing.cross import Slice, cross_index
from processing.judge import RULE_VERSION, Inputs, Rules, failed, judge
from processing.known import Known
from processing.openable import CHECK_VERSION
from processing.tables import ApplicantRow, AssessmentRow

CHUNK = 100  # applicants between two transactions

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AssessReport:
    """`computed` new assessments, `pointed` back to one made earlier, `failed` keys (their cases say so)."""

    computed: int
    pointed: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """One applicant, what it is computed from, and the assessment of exactly that, where there is one.

    `unmeasured`: it has files that could not be measured and that the store holds now.
    """

    applicant: Known
    inputs: Inputs
    made: int | None
    unmeasured: bool

    @property
    def stale(self) -> bool:
        return self.made is None or self.made != self.applicant.assessment_id


def due(home: Home) -> list[str]:
    """The keys of the applicants whose assessment is not that of their inputs."""
    return [work.applicant.key for work in _work(home) if work.stale or work.unmeasured]


def do(home: Home, keys: Collection[str], progress: measure.ProgressCall | None = None) -> AssessReport:
    """Assess these applicants where they are due. One that cannot be computed is recorded as failed."""
    wanted = frozenset(keys)
    with reading(home.engine) as session:
        applicants = [a for a in known.everyone(session) if a.key in wanted]
    measure.run(home, frozenset[str]().union(*(a.files() for a in applicants)), progress)
    work = [w for w in _work(home) if w.stale and w.applicant.key in wanted]
    rules = rules_of(home)
    faults: list[str] = []
    for start in range(0, len(work), CHUNK):
        chunk = work[start : start + CHUNK]
        made = [_judged(w.inputs, rules) for w in chunk if w.made is None]
        faults += [a.key for a in made if any(f.code == "assess.failed" for f in a.findings)]
        with transaction(home.engine) as session:
            _save(session, chunk, made)
        if progress:
            progress("assess", start + len(chunk), len(work))
    computed = sum(w.made is None for w in work)
    return AssessReport(computed, len(work) - computed, tuple(faults))


def rules_of(home: Home) -> Rules:
    """The rules of this home's cycle and province."""
    return Rules(home.pack, {d.code: d.name_th for d in home.province.districts})


def _work(home: Home) -> list[_Work]:
    with reading(home.engine) as session:
        applicants = known.everyone(session)
        identities = known.identities(session)
        measurements = measure.known(session)
        query = select(AssessmentRow.applicant_key, AssessmentRow.digest, AssessmentRow.id)
        made = {(key, digest): id_ for key, digest, id_ in session.execute(query)}
    slices = cross_index([a.application for a in applicants], identities)
    found = []
    for applicant in applicants:
        inputs = _inputs(home, applicant, measurements, slices[applicant.key])
        unmeasured = any(home.store.has(s) for s in applicant.files() - measurements.keys())
        found.append(_Work(applicant, inputs, made.get((applicant.key, inputs.digest)), unmeasured))
    return found


def _inputs(home: Home, applicant: Known, measurements: Mapping[str, Measurement], own: Slice) -> Inputs:
    return Inputs(
        digest=_digest(home, applicant, measurements, own),
        application=applicant.application,
        sheets=applicant.sheets,
        measurements=measurements,
        resolutions=applicant.resolutions,
        slice=own,
        unread_edits=applicant.unread_edits,
    )


def _digest(home: Home, applicant: Known, measurements: Mapping[str, Measurement], own: Slice) -> str:
    state = [
        RULE_VERSION,
        CHECK_VERSION,
        home.pack_digest,
        home.province.code,
        applicant.state_digest,
        applicant.sheet_states,
        applicant.unread_edits,
        [codec.dump(measurements[s]) if s in measurements else s for s in sorted(applicant.files())],
        [asdict(resolution) for resolution in applicant.resolutions],
        asdict(own),
    ]
    return hashlib.sha256(json.dumps(state, default=str, sort_keys=True).encode()).hexdigest()


def _judged(inputs: Inputs, rules: Rules) -> Assessment:
    try:
        return judge(inputs, rules)
    except Exception as error:  # whatever it is, the other applicants' papers do not wait for it
        # Only the kind of fault: its text may quote what an applicant wrote.
        log.error("applicant %s cannot be assessed: %s", inputs.application.key, type(error).__name__)
        return failed(inputs)


def _save(session: Session, chunk: Sequence[_Work], made: Sequence[Assessment]) -> None:
    """Append what is new, then point each applicant to the assessment of its inputs, old or new."""
    insert_or_ignore(session, AssessmentRow, list(_rows(made)))
    keys = [w.applicant.key for w in chunk]
    query = select(AssessmentRow.applicant_key, AssessmentRow.digest, AssessmentRow.id)
    ids = {
        (key, digest): id_
        for key, digest, id_ in session.execute(query.where(AssessmentRow.applicant_key.in_(keys)))
    }
    statement = (
        update(ApplicantRow.__table__)  # type: ignore[arg-type] # a mapped class's table is a Table
        # Only while the register has not moved on: then it is due again.
        .where(ApplicantRow.key == bindparam("b_key"), ApplicantRow.state_digest == bindparam("b_state"))
        .values(assessment_id=bindparam("b_id"))
    )
    session.connection().execute(
        statement,
        [
            {
                "b_key": w.applicant.key,
                "b_state": w.applicant.state_digest,
                "b_id": ids[w.applicant.key, w.inputs.digest],
            }
            for w in chunk
        ],
    )


def _rows(made: Sequence[Assessment]) -> Iterator[dict[str, Any]]:
    now = datetime.now(UTC)
    for assessment in made:
        yield {
            "applicant_key": assessment.key,
            "digest": assessment.digest,
            "result": codec.dump(assessment),
            "made_at": now,
        }
