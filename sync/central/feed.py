"""What Central's OData feed says of the submissions of a form: one light row a root, the trash included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mochocho.words.errors import Transient
from sync.central.api import Central, of

AT_ONCE = 50  # ids in one $filter: 250 are refused, and proxies hold 8 kB of a request

_EVERYTHING = "__system/deletedAt eq null or __system/deletedAt ne null"  # trash only where it is named
_LIGHT = "__id,__system"


@dataclass(frozen=True, slots=True)
class Row:
    """What the feed says of one root. `remote_id`: with `uuid:`, as Central calls it; `submitter`: its id."""

    form_id: str
    remote_id: str
    submitted: str
    submitter: str
    edits: int
    present: int
    expected: int
    version: str
    status: str
    trash: bool

    @property
    def root(self) -> str:
        return bare(self.remote_id)

    @property
    def root_id(self) -> str:
        return f"{self.form_id}/{self.root}"

    @property
    def fingerprint(self) -> str:
        """Moves with edits and files. Not with updatedAt and reviewState: our own reviews move those."""
        files = f"{self.present}/{self.expected}"
        return "|".join((self.submitted, str(self.edits), files, self.version, self.status))

    @property
    def path(self) -> str:
        return of("forms", self.form_id, "submissions", self.remote_id)


def everything(central: Central, form_id: str) -> list[Row] | None:
    """Every root of a form; None where there is no such form. Raises Transient where the list is odd."""
    return _listed(central, form_id, _EVERYTHING)


def of_roots(central: Central, form_id: str, roots: Sequence[str]) -> Iterator[Row]:
    """The rows of those of these roots that are there, not in the trash."""
    for start in range(0, len(roots), AT_ONCE):
        quoted = [root.replace("'", "''") for root in roots[start : start + AT_ONCE]]
        either = " or ".join(f"__id eq 'uuid:{root}' or __id eq '{root}'" for root in quoted)
        yield from _listed(central, form_id, either) or ()


def bare(instance_id: str) -> str:
    """An instance id without `uuid:`, as we call it."""
    return instance_id.removeprefix("uuid:")


def _listed(central: Central, form_id: str, filter_: str) -> list[Row] | None:
    params = {"$select": _LIGHT, "$filter": filter_}
    rows = central.rows(f"{of('forms', form_id)}.svc/Submissions", params)
    if rows is None:
        return None
    try:
        return [_row(form_id, row) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise Transient(
            f"{central.key}: รายการ {form_id} ของ Central ไม่มี {error}",
            f"{central.key}: Central's list of {form_id} lacks {error}",
        ) from error


def _row(form_id: str, row: Mapping[str, Any]) -> Row:
    system = row["__system"]
    return Row(
        form_id=form_id,
        remote_id=row["__id"],
        submitted=system["submissionDate"],
        submitter=str(system["submitterId"]),
        edits=int(system["edits"]),
        present=int(system["attachmentsPresent"]),
        expected=int(system["attachmentsExpected"]),
        version=str(system["formVersion"]),
        status=system["status"] or "",
        trash=system["deletedAt"] is not None,
    )
