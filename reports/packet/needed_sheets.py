"""What the packet of the present meeting is made from, the sheets it needs, and what was made last.

Two small files beside the cache record it. If they are lost, the packet is laid out again, with the same
bytes.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.files import private_dir, sha256_of, write_file
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from processing.assessment.evaluate import RULE_VERSION
from processing.decisions import recorded
from processing.findings.saying import WORDS_DIGEST
from processing.register.form_packs import Packs
from processing.tables import ApplicantRow, AssessmentRow, IdentityRow
from reports.packet.manifest import settings_of
from reports.packet.material import Material
from reports.typesetting.cache import papers_dir
from reports.typesetting.fonts import face
from reports.typesetting.presses.print_jobs import run_key, write_job
from reports.typesetting.program import program_digest, versions
from reports.typesetting.typesetter import WORKERS_DESK, Sheet, Typesetter, canonical

PLAN, MADE, JOBS, FOLDERS = "plan.json", "made.json", "jobs", "laid-out"
AT_ONCE = 1000  # rows


@dataclass(frozen=True, slots=True)
class Plan:
    """A packet that was laid out. `state`: digest of its inputs. `settings`: `manifest.settings_of` then.

    `folder`: of its `Material`. `runs`: the key of each run of sheets in the order of binding, and its number
    of sheets. `books`: file, title and number of sheets of each volume. `counts`: for the manifest. `unmade`:
    (why, key, name) of each applicant without papers.
    """

    state: str
    settings: Mapping[str, Any]
    folder: str
    runs: tuple[tuple[str, int], ...]
    books: tuple[tuple[str, str, int], ...]
    counts: Mapping[str, Any]
    unmade: tuple[tuple[str, str, str], ...] = ()


class BeingMade(Transient):
    """Another process is laying out or binding this home's packet."""


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Only one process at a time lays out or binds in a home. Raises BeingMade if another does."""
    private_dir(home.cache_dir)
    try:
        with FileLock(home.cache_dir / "packet.lock", timeout=0, mode=0o600):
            yield
    except Timeout as error:
        raise BeingMade(
            "มีผู้อื่นกำลังจัดทำเอกสารของที่เก็บนี้อยู่ ให้รอจนเสร็จแล้วสั่งอีกครั้ง",
            "another packet is being made here; wait for it",
        ) from error


def typesetter_of(home: Home, *, desk: str = WORKERS_DESK) -> Typesetter:
    """The typesetter of a home, configured by its settings."""
    papers = home.settings.papers
    letters = face(papers.font_dir, papers.font_family)
    return Typesetter(home.store.root, papers_dir(home), letters, papers.thai_digits, desk)


def state(home: Home) -> str:
    """Digest of everything the packet would be made from now; far cheaper than making it."""
    found = hashlib.sha256(
        canonical(
            [
                program_digest(),
                versions(),
                RULE_VERSION,
                WORDS_DIGEST,
                home.pack_digest,
                home.province.code,
                settings_of(home),
                typesetter_of(home).made_with,
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
        for row in session.execute(query.execution_options(yield_per=AT_ONCE)):
            found.update(repr(tuple(row)).encode())
        found.update(repr(sorted(recorded.register(session).items())).encode())
        found.update(repr(recorded.without_card(session)).encode())
        found.update(Packs(home, session).digests().encode())
    return found.hexdigest()


def planned(home: Home) -> Plan | None:
    """The latest plan."""
    return plan_in(home.cache_dir)


def plan_in(cache_dir: Path) -> Plan | None:
    """The latest plan of the home with this cache."""
    read = _read(cache_dir / PLAN)
    if read is None or "settings" not in read:  # or a plan of an earlier version, which is laid out again
        return None
    return Plan(
        read["state"],
        read["settings"],
        read["folder"],
        tuple((key, count) for key, count in read["runs"]),
        tuple((file, title, count) for file, title, count in read["books"]),
        read["counts"],
        tuple((why, key, name) for why, key, name in read["unmade"]),
    )


def planned_at(home: Home) -> float | None:
    """When it was laid out, in seconds of the clock."""
    try:
        return (home.cache_dir / PLAN).stat().st_mtime
    except FileNotFoundError:
        return None


def new_folder(home: Home) -> Path:
    """A folder for the material of a plan that is being laid out."""
    return private_dir(home.cache_dir / FOLDERS / secrets.token_hex(8))


def material(home: Home, laid_out: Plan) -> Material:
    return Material(home.cache_dir / FOLDERS / laid_out.folder)


def keep_plan(home: Home, plan: Plan) -> None:
    """Make this plan the one to typeset and bind."""
    write_file(private_dir(home.cache_dir) / PLAN, canonical(asdict(plan)))
    for other in (home.cache_dir / FOLDERS).iterdir():
        if other.name != plan.folder:
            shutil.rmtree(other, ignore_errors=True)


def forget_plan(home: Home) -> None:
    """Have the packet laid out again, because something the plan needs is missing."""
    (home.cache_dir / PLAN).unlink(missing_ok=True)


def made_state(home: Home) -> str:
    """The state of the packet in the home; "" when one of its files is missing."""
    read = _read(home.cache_dir / MADE)
    return str(read["state"]) if read and made_files(home) else ""


def made_files(home: Home) -> tuple[Path, ...]:
    """The files of the packet in the home, the manifest last; none where one of them is missing."""
    read = _read(home.cache_dir / MADE)
    files = tuple(home.packet_dir / name for name in read["files"]) if read else ()
    return files if all(file.is_file() for file in files) else ()


def made_sums(home: Home) -> Mapping[str, str]:
    """sha256 of each file of the packet in the home, by its name, as they were made."""
    read = _read(home.cache_dir / MADE)
    return dict(zip(read["files"], read["sha256"], strict=True)) if read else {}


def lies_whole(home: Home) -> bool:
    """Whether every byte of the packet in the home is as it was made, of the present state and files.

    Of a committee's copy it is not known: what it covers is asked anew each time.
    """
    read, laid_out = _read(home.cache_dir / MADE), planned(home)
    if home.redacted or read is None or laid_out is None:
        return False
    if not read["state"] == laid_out.state == state(home):
        return False
    files = made_files(home)
    return (
        not laid_out.unmade  # at whom the program failed is tried again
        and bool(files)
        and [sha256_of(file) for file in files] == read.get("sha256")
        and material(home, laid_out).is_as_gathered(home.store)
        and all(map(home.store.has, annexes(laid_out)))
    )


def annexes(plan: Plan) -> Iterator[str]:
    """sha256 of each of the office's own annexes; a meeting of the settings has none."""
    for annex in (plan.settings["meeting"] or {}).get("annexes", ()):
        yield annex["sha256"]


@dataclass(frozen=True, slots=True)
class MadePdf:
    """A PDF of the packet. `made_of`: digest of all that was bound, and of what bound it."""

    name: str
    sha256: str
    pages: int
    made_of: str


def keep_made(home: Home, state: str, pdfs: Sequence[MadePdf], manifest: tuple[str, str]) -> None:
    """Record that these files, in the packet's folder, were made from this state.

    `manifest`: its name and sha256.
    """
    files = [*((one.name, one.sha256) for one in pdfs), manifest]
    content = {
        "state": state,
        "files": [name for name, _ in files],
        "sha256": [sha256 for _, sha256 in files],
        "pdfs": [[one.pages, one.made_of] for one in pdfs],
    }
    write_file(home.cache_dir / MADE, canonical(content))


def made_pdfs(home: Home) -> Mapping[str, MadePdf]:
    """The PDFs of the packet that was made in the home, by their names."""
    read = _read(home.cache_dir / MADE) or {}
    made = zip(read.get("files", ()), read.get("sha256", ()), read.get("pdfs", ()), strict=False)
    return {name: MadePdf(name, sha256, *others) for name, sha256, others in made}


def missing(home: Home, plan: Plan) -> Iterator[str]:
    """The runs of a plan that are not typeset yet, each once."""
    cache = typesetter_of(home).kept
    for key in dict.fromkeys(key for key, _ in plan.runs):
        if not cache.path(key).is_file():
            yield key


def typeset(home: Home) -> int:
    """How many runs of the latest plan are typeset."""
    laid_out = planned(home)
    if laid_out is None:
        return 0
    keys = {key for key, _ in laid_out.runs}
    return len(keys) - len(list(missing(home, laid_out)))


def keep_job(home: Home, sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Write what any process needs to typeset a run. Returns the keys of its sheets."""
    folder = private_dir(home.cache_dir / JOBS)
    path, keys = write_job(sheets, folder)
    path.replace(folder / run_key(keys))
    return keys


def job(home: Home, key: str) -> Path | None:
    """The job of the run with this key; None when it is missing."""
    path = home.cache_dir / JOBS / key
    return path if key.isalnum() and path.is_file() else None  # `key` must not lead to another path


def missing_jobs(home: Home, plan: Plan) -> Iterator[Path]:
    """The jobs of the runs that are not typeset yet."""
    return (home.cache_dir / JOBS / key for key in missing(home, plan))


def clear_jobs(home: Home, kept: frozenset[str] = frozenset()) -> None:
    """Delete the jobs of sheets that are typeset or no longer needed: they hold the texts of papers."""
    folder = home.cache_dir / JOBS
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        read: dict[str, Any] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return read
