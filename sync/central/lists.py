"""Our lists as Central's entity lists.

The current content is read first, and only differences are written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, Terminal, Transient
from sync.central import access
from sync.central.access import DISTRICT, NARROWED
from sync.central.api import IN_TRASH, STALE_ENTITY, TAKEN, Central, of
from sync.tables import Entity, PublishedRow, ServerList, Submission, SubmissionVersion
from sync.web.client import Refused
from sync.xform.parse import parse_instance
from xlsforms.list_columns import COLUMNS, SERVER_PROPERTIES
from xlsforms.names import APPLICANTS, APPLICATION, PLAN_ITEMS

AT_ONCE = 500  # entities created in one request
WRITERS = 4  # entities changed at the same time
TRIES = 4  # when others keep changing the same entity
WORKER = timedelta(minutes=10)  # Central's own worker creates entities within half a minute, or never

_EVERYTHING = "__system/deletedAt eq null or __system/deletedAt ne null"
_NO_CONFLICT = "400.32"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Held:
    """An entity as it is on Central."""

    label: str
    data: Mapping[str, str]
    version: int
    conflict: bool
    trash: bool


@dataclass(slots=True)
class _Work:
    """The differences found in a list. `changes`: uuid -> (label or None, properties)."""

    restored: list[str] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    changes: dict[str, tuple[str | None, Mapping[str, str]]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    waiting: int = 0


class Lists:
    """The entity lists of one project. `key`: of the target."""

    def __init__(self, home: Home, key: str, central: Central) -> None:
        self._home = home
        self._key = key
        self._central = central

    def make(self, name: str) -> None:
        """Make sure that the list and its properties exist, and that it is restricted before it has rows.

        A list that was deleted and made again, or opened to everybody by hand, has lost its rules.
        """
        dataset = self._central.found(of("datasets", name))
        if dataset is None:
            dataset = self._central.json("POST", of("datasets"), body={"name": name})
        known = {one["name"] for one in dataset["properties"]}
        for column in _properties(name):
            if column not in known:
                self._central.json("POST", of("datasets", name, "properties"), body={"name": column})
        if name in NARROWED and dataset.get("accessFilter") is None:
            access.apply(self._central)

    def put(self, name: str, rows: Sequence[Row]) -> int:
        """Make the list these rows. Returns how many were changed.

        For applicants, whose entities phones create, only the server's columns are written, and only
        applicants that have left are deleted. Raises Transient, after everything else is done, while entities
        that a phone has just sent are not there yet.
        """
        self.make(name)
        wanted = {row["name"]: row for row in self._with_districts(name, rows)}
        for _ in range(TRIES):
            held = self._held(name)
            work = self._applicants(wanted, held) if name == APPLICANTS else _whole(name, wanted, held)
            try:
                changed, overruled = self._do(name, work, held)
            except Refused as error:
                if error.code not in (TAKEN, IN_TRASH):  # somebody else has just done it: look again
                    raise
            else:
                self._note(name, "" if work.waiting else _digest(rows), overruled)
                break
        else:
            raise Terminal(
                f"{self._key}: Central มีแถวของรายชื่อ {name} อยู่แล้วในโครงการหรือรายชื่ออื่น ซึ่งอาจถูกลบไปแล้ว "
                "รหัสหนึ่งใช้ได้ครั้งเดียวใน Central ทั้งเครื่อง ให้ซ้อมบนเครื่องอื่น หรือใช้ชื่ออื่น",
                f"{self._key}: Central has rows of the list {name} already, in another project or list, "
                "which may have been deleted; an id stands once in a whole Central, so rehearse on another "
                "one, or with other names",
            )
        if work.waiting:
            raise Transient(
                f"{self._key}: ผู้สมัคร {work.waiting} รายยังไม่อยู่ในรายชื่อ Central จะสร้างให้หลังส่งไม่นาน",
                f"{self._key}: {work.waiting} applicants of the list are not there yet; Central makes them "
                "soon after they were sent",
            )
        return changed

    def _held(self, name: str) -> dict[str, _Held]:
        feed = f"{of('datasets', name)}.svc/Entities"
        rows = self._central.rows(feed, {"$filter": _EVERYTHING}) or []
        return {row["__id"]: _entity(row, _properties(name)) for row in rows}

    def _with_districts(self, name: str, rows: Sequence[Row]) -> Sequence[Row]:
        """Sub-criteria with their applicant's district, which decides the phones they are sent to."""
        if name != PLAN_ITEMS:
            return rows
        query = select(Entity.uuid, Entity.properties).where(Entity.list_name == APPLICANTS)
        with reading(self._home.engine) as session:
            of_applicant = {uuid: properties.get(DISTRICT, "") for uuid, properties in session.execute(query)}
        return [{**row, DISTRICT: of_applicant.get(row["applicant"], "")} for row in rows]

    # --- applicants

    def _applicants(self, wanted: Mapping[str, Row], held: Mapping[str, _Held]) -> _Work:
        work = _Work()
        left = self._left(wanted)
        work.deleted = [uuid for uuid, one in held.items() if uuid in left and not one.trash]
        missing = [uuid for uuid in wanted if uuid not in held]
        young = self._young(missing)
        for uuid, row in wanted.items():
            stands = held.get(uuid)
            if stands is None:
                if uuid in young:
                    work.waiting += 1
                else:
                    work.made.append(_new(APPLICANTS, row))
                continue
            if stands.trash:
                work.restored.append(uuid)
            work.changes[uuid] = (None, {name: row.get(name, "") for name in SERVER_PROPERTIES})
        # phones that disagree about an applicant who has not been assessed yet
        for uuid, one in held.items():
            if one.conflict and not one.trash and uuid not in wanted and uuid not in left:
                work.changes[uuid] = (None, {})
        return work

    def _young(self, uuids: Sequence[str]) -> set[str]:
        """Entities that Central's own worker may be creating from a submission right now."""
        if not uuids:
            return set()
        now = datetime.now(UTC)
        query = (
            select(Entity.uuid)
            .join(Submission, Submission.root_id == Entity.root_id)
            .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
            .where(Entity.list_name == APPLICANTS, SubmissionVersion.source == self._key)
            .where(SubmissionVersion.received_at.between(now - WORKER, now))
        )
        with reading(self._home.engine) as session:
            return set(session.scalars(query)) & set(uuids)

    def _left(self, wanted: Mapping[str, Row]) -> set[str]:
        """Applicants that were in the list and have left,
        or whose application is gone, unless another names them.
        """
        rows = select(PublishedRow.name).where(PublishedRow.list_name == APPLICANTS, PublishedRow.gone)
        gone = (
            select(SubmissionVersion.xml_sha256)
            .join(Submission, Submission.current_id == SubmissionVersion.id)
            .where(Submission.form_id == APPLICATION, Submission.gone)
        )
        with reading(self._home.engine) as session:
            live = set(session.scalars(select(Entity.uuid).where(Entity.list_name == APPLICANTS)))
            left = set(session.scalars(rows))
            sha256s = session.scalars(gone).all()
        for sha256 in sha256s:
            left |= _entities_in(self._home.store.read(sha256))
        return left - live - wanted.keys()

    # --- writing

    def _do(self, name: str, work: _Work, held: Mapping[str, _Held]) -> tuple[int, int]:
        """How many rows were changed, and how often others had changed our values."""
        base = of("datasets", name, "entities")
        self._each(
            lambda uuid: self._central.found(f"{base}{of(uuid, 'restore')}", method="POST"), work.restored
        )
        for start in range(0, len(work.made), AT_ONCE):
            some = work.made[start : start + AT_ONCE]
            source = {"name": f"mochocho {name}", "size": len(some)}
            self._central.json("POST", base, body={"source": source, "entities": some})
        outcomes = self._each(
            lambda uuid: self._change(f"{base}{of(uuid)}", held[uuid], *work.changes[uuid]), work.changes
        )
        self._each(lambda uuid: self._central.found(f"{base}{of(uuid)}", method="DELETE"), work.deleted)
        touched = {uuid for uuid, (changed, _) in outcomes.items() if changed} | {*work.restored}
        overruled = sum(conflict for _, conflict in outcomes.values())
        return len(touched) + len(work.made) + len(work.deleted), overruled

    def _each(self, call: Callable[[str], Any], uuids: Iterable[str]) -> dict[str, Any]:
        every = list(uuids)
        with ThreadPoolExecutor(WRITERS) as pool:
            return dict(zip(every, pool.map(call, every), strict=True))

    def _change(
        self, path: str, held: _Held, label: str | None, data: Mapping[str, str]
    ) -> tuple[bool, bool]:
        """Whether it was changed, and whether a conflict was resolved in doing so."""
        for _ in range(TRIES):
            body = _difference(held, label, data)
            if not body and not held.conflict:
                return False, False
            params = {"baseVersion": str(held.version)} | ({"resolve": "true"} if held.conflict else {})
            try:
                self._central.json("PATCH", path, params=params, body=body)
            except Refused as error:
                if error.code not in (STALE_ENTITY, _NO_CONFLICT):
                    raise
                held = _read_entity(self._central.json("GET", path))
            else:
                return True, held.conflict
        raise Transient(
            f"{self._key}: มีผู้อื่นแก้แถวที่โปรแกรมกำลังแก้อยู่เรื่อย ๆ",
            f"{self._key}: others keep changing an entity that we change",
        )

    def _note(self, name: str, sha256: str, overruled: int) -> None:
        with transaction(self._home.engine, counted=False) as session:
            before = session.get(ServerList, (self._key, name))
            row = ServerList(
                server=self._key,
                name=name,
                sha256=sha256,
                put_at=datetime.now(UTC),
                overruled=(before.overruled if before else 0) + overruled,
            )
            session.merge(row)


def _properties(name: str) -> tuple[str, ...]:
    columns = COLUMNS[name][2:]  # after name and label
    return (*columns, DISTRICT) if name == PLAN_ITEMS else columns


def _whole(name: str, wanted: Mapping[str, Row], held: Mapping[str, _Held]) -> _Work:
    """The differences of a list that only we write."""
    there = wanted.keys() & held.keys()
    return _Work(
        restored=sorted(uuid for uuid in there if held[uuid].trash),
        made=[_new(name, row) for uuid, row in wanted.items() if uuid not in held],
        changes={
            uuid: (_label(row), {column: row.get(column, "") for column in _properties(name)})
            for uuid, row in wanted.items()
            if uuid in there
        },
        deleted=[uuid for uuid, one in held.items() if uuid not in wanted and not one.trash],
    )


def _new(name: str, row: Row) -> dict[str, Any]:
    data = {column: row[column] for column in _properties(name) if column in row}
    return {"uuid": row["name"], "label": _label(row), "data": data}


def _label(row: Row) -> str:
    return row["label"] or row["name"]  # Central accepts no entity without a label


def _difference(held: _Held, label: str | None, data: Mapping[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if changed := {name: value for name, value in data.items() if held.data.get(name, "") != value}:
        body["data"] = changed
    if label is not None and label != held.label:
        body["label"] = label
    return body


def _entity(row: Mapping[str, Any], properties: Iterable[str]) -> _Held:
    system = row["__system"]
    return _Held(
        label=row["label"],
        data={name: row.get(name) or "" for name in properties},
        version=int(system["version"]),
        conflict=system["conflict"] is not None,
        trash=system["deletedAt"] is not None,
    )


def _read_entity(entity: Mapping[str, Any]) -> _Held:
    current = entity["currentVersion"]
    return _Held(
        label=current["label"],
        data={name: value or "" for name, value in current["data"].items()},
        version=int(current["version"]),
        conflict=entity["conflict"] is not None,
        trash=False,
    )


def _entities_in(xml: bytes) -> set[str]:
    try:
        return {one.id for one in parse_instance(xml).entities if one.list_name == APPLICANTS}
    except BadInput:
        return set()


def _digest(rows: Sequence[Row]) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, default=dict).encode()).hexdigest()
