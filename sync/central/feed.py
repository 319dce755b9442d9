"""Central's OData feed of a form's submissions: one light row per root, the trash included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mochocho.words.errors import Transient
from sync.central.api import Central, of
from sync.web.again import Again

AT_ONCE = 50  # ids in one $filter: 250 are refused, and proxies hold 8 kB of a request

# the feed lists the trash only if it is named
_EVERYTHING = "__system/deletedAt eq null or __system/deletedAt ne null"
_LIGHT = "__id,__system"


@dataclass(frozen=True, slots=True)
class Row:
    """One root in the feed. `remote_id`: with `uuid:`, as on Central; `submitter`: its id.

    `fingerprint` changes with edits and files, not with updatedAt and reviewState, which our own reviews
    change.
    """

    form_id: str
    remote_id: str
    root: str
    root_id: str
    fingerprint: str
    submitted: str
    submitter: str
    edits: int
    present: int
    expected: int
    status: str
    trash: bool

    @property
    def path(self) -> str:
        return of("forms", self.form_id, "submissions", self.remote_id)


def reader(central: Central, form_id: str) -> Again[list[Row]]:
    """Reads the lists of a form; to be kept for the next pull."""

    def rows(listed: list[dict[str, Any]]) -> list[Row]:
        try:
            return [_row(form_id, one) for one in listed]
        except (KeyError, TypeError, ValueError) as error:
            raise Transient(
                f"{central.key}: รายการ {form_id} ของ Central ไม่มี {error}",
                f"{central.key}: Central's list of {form_id} lacks {error}",
            ) from error

    return central.reading(_path(form_id), rows)


def everything(central: Central, form_id: str, again: Again[list[Row]]) -> list[Row] | None:
    """Every root of a form; None where there is no such form. Raises Transient where the list is
    inconsistent.
    """
    return central.made(_path(form_id), {"$select": _LIGHT, "$filter": _EVERYTHING}, again)


def of_roots(central: Central, form_id: str, roots: Sequence[str]) -> Iterator[Row]:
    """The rows of those of these roots that exist and are not in the trash."""
    for start in range(0, len(roots), AT_ONCE):
        quoted = [root.replace("'", "''") for root in roots[start : start + AT_ONCE]]
        either = " or ".join(f"__id eq 'uuid:{root}' or __id eq '{root}'" for root in quoted)
        params = {"$select": _LIGHT, "$filter": either}
        yield from central.made(_path(form_id), params, reader(central, form_id)) or ()


def bare(instance_id: str) -> str:
    """An instance id without `uuid:`, as we store it."""
    return instance_id.removeprefix("uuid:")


def _path(form_id: str) -> str:
    return f"{of('forms', form_id)}.svc/Submissions"


def _row(form_id: str, row: Mapping[str, Any]) -> Row:
    system = row["__system"]
    remote_id, submitted, edits = row["__id"], system["submissionDate"], int(system["edits"])
    present, expected = int(system["attachmentsPresent"]), int(system["attachmentsExpected"])
    version, status, root = str(system["formVersion"]), system["status"] or "", bare(remote_id)
    return Row(
        form_id=form_id,
        remote_id=remote_id,
        root=root,
        root_id=f"{form_id}/{root}",
        fingerprint=f"{submitted}|{edits}|{present}/{expected}|{version}|{status}",
        submitted=submitted,
        submitter=str(system["submitterId"]),
        edits=edits,
        present=present,
        expected=expected,
        status=status,
        trash=system["deletedAt"] is not None,
    )
