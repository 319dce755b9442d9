"""What the packet of the settings' meeting is made from, which sheets it needs, and what was made last.

Two small files beside the cache say so. Both can be lost: then it is laid out again, to the same bytes.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import select

from mochocho.db import reading
from mochocho.files import private_dir, write_file
from mochocho.home import Home
from processing.judge import RULE_VERSION
from processing.tables import ApplicantRow, AssessmentRow, IdentityRow
from reports.fonts import face
from reports.manifest import settings_of
from reports.press import WORKERS_DESK, Press, canonical
from reports.printing import Run

PLAN, MADE, JOBS = "plan.json", "made.json", "jobs"


@dataclass(frozen=True, slots=True)
class Plan:
    """`runs`: the key of each run of sheets in the order of binding, and how many sheets it has.

    `used`: what of the cache they need. `state` names what all of it was laid out from.
    """

    state: str
    runs: tuple[tuple[str, int], ...]
    used: tuple[str, ...]


def press_of(home: Home, *, desk: str = WORKERS_DESK) -> Press:
    """The press of a home, set as its settings say."""
    papers = home.settings.papers
    letters = face(papers.font_dir, papers.font_family)
    return Press(home.store.root, papers_dir(home), letters, papers.thai_digits, desk)


def papers_dir(home: Home) -> Path:
    return home.settings.cache_dir / "papers"


def state(home: Home) -> str:
    """Names everything the packet would be made from now; a fraction of the cost of making it."""
    found = hashlib.sha256(
        canonical(
            [
                version("mochocho"),
                version("pikepdf"),
                RULE_VERSION,
                home.pack_digest,
                home.province.code,
                settings_of(home),
                press_of(home).made_with,
            ]
        )
    )
    query = (
        select(ApplicantRow.key, ApplicantRow.state_digest, AssessmentRow.digest, IdentityRow.national_id)
        .join(AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id)
        .outerjoin(IdentityRow, IdentityRow.key == ApplicantRow.key)
        .order_by(ApplicantRow.key)
    )
    with reading(home.engine) as session:
        for row in session.execute(query):
            found.update(canonical(list(row)))
    return found.hexdigest()


def planned(home: Home) -> Plan | None:
    """The plan that was laid out last."""
    read = _read(home.settings.cache_dir / PLAN)
    if read is None:
        return None
    return Plan(read["state"], tuple((key, n) for key, n in read["runs"]), tuple(read["used"]))


def keep_plan(home: Home, plan: Plan) -> None:
    """From now on this is what the workers typeset."""
    content = {"state": plan.state, "runs": plan.runs, "used": plan.used}
    write_file(private_dir(home.settings.cache_dir) / PLAN, canonical(content))


def forget_plan(home: Home) -> None:
    """It is laid out again, as something it needs is not there any more."""
    (home.settings.cache_dir / PLAN).unlink(missing_ok=True)


def made_state(home: Home) -> str:
    """What the packet that lies in the home was made from; "" when one of its files is not there."""
    read = _read(home.settings.cache_dir / MADE)
    if read is None or not all((home.settings.packet_dir / name).is_file() for name in read["files"]):
        return ""
    return str(read["state"])


def keep_made(home: Home, state: str, files: tuple[Path, ...]) -> None:
    """These files, in the packet's folder of the settings, were made from this state."""
    content = {"state": state, "files": [file.name for file in files]}
    write_file(home.settings.cache_dir / MADE, canonical(content))


def missing(home: Home, plan: Plan) -> Iterator[str]:
    """The runs of a plan that are not typeset yet, each once."""
    cache = press_of(home).kept
    for key in dict.fromkeys(key for key, _ in plan.runs):
        if not cache.path(key).is_file():
            yield key


def typeset(home: Home) -> int:
    """How many runs of the plan that was laid out last are typeset."""
    laid_out = planned(home)
    if laid_out is None:
        return 0
    keys = {key for key, _ in laid_out.runs}
    return len(keys) - len(list(missing(home, laid_out)))


def keep_job(home: Home, run: Run) -> None:
    """Write what a worker needs to typeset a run."""
    folder = private_dir(home.settings.cache_dir / JOBS)
    if not (folder / run.key).is_file():
        write_file(folder / run.key, run.to_json())


def job(home: Home, key: str) -> Run | None:
    """The run of this key; None when its job is not there."""
    if not key.isalnum():  # never a path
        return None
    try:
        return Run.from_json((home.settings.cache_dir / JOBS / key).read_bytes())
    except FileNotFoundError:
        return None


def clear_jobs(home: Home, kept: frozenset[str] = frozenset()) -> None:
    """Drop the jobs of sheets that are typeset or not wanted any more: they hold what papers say."""
    folder = home.settings.cache_dir / JOBS
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        read: dict[str, Any] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return read
