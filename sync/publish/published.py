"""Publishing to the embedded endpoint: phones may fetch what is put here."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from mochocho.standards.load import canonical
from mochocho.storage.db import alone, insert_or_ignore, reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from sync.tables import PublishedForm, PublishedList, PublishedRow
from sync.xform.binds import parse_binds
from xlsforms.built import BuiltForm

_LISTS_LOCK = 0x6C697374  # an arbitrary number used for nothing else in the database
_AT_ONCE = 500  # names in one statement


@dataclass(frozen=True, slots=True)
class Offered:
    """One row of a published list; `version` grows whenever `fields` change."""

    name: str
    fields: Mapping[str, str]
    version: int


def put_form(home: Home, form: BuiltForm) -> None:
    """Offer this version for download in place of the former one; repeating it changes nothing.

    The home's pack is stored with it: what is filled in with this version is read and scored by that pack,
    whatever is published later. Where another pack gives the very same form, the later pack holds. Lists that
    the form already contains rows for are published with it.

    Raises BadInput when it is not an XForm, Terminal when this version was published with other content:
    phones that hold the old content would never fetch the new.
    """
    _keep(home, form, offered=True)
    for file, text in sorted(form.media.items()):
        if filled := list(csv.DictReader(io.StringIO(text.decode()))):
            put_list(home, file.removesuffix(".csv"), filled)


def accept_form(home: Home, form: BuiltForm) -> None:
    """Accept what is filled in with this version, which another server offers;
    phones are not offered it here.

    Repeating it changes nothing. Raises as `put_form`.
    """
    _keep(home, form, offered=False)


def put_list(home: Home, name: str, rows: Sequence[Mapping[str, str]], made_from: str = "") -> int:
    """Publish these rows, in this order, as the list `name`; repeating it changes nothing.

    A row is identified by its column `name`, unique in a list. `made_from`: what the rows were computed from,
    for `made_from()`. Returns how many rows were changed, added or removed.
    """
    with alone(home.engine, _LISTS_LOCK) as session:
        query = select(PublishedRow).where(PublishedRow.list_name == name)
        old = {row.name: row for row in session.scalars(query)}
        new = {row["name"]: (position, dict(row)) for position, row in enumerate(rows)}
        compared = (_changed(name, old.get(key), key, place, row) for key, (place, row) in new.items())
        changed = [row for row in compared if row]
        changed += [_gone(row) for key, row in old.items() if key not in new and not row.gone]
        _replace(session, name, changed)
        _note(session, name, made_from, changed=bool(changed))
    return len(changed)


def made_from(home: Home, name: str) -> str | None:
    """What the published list was computed from; None when it was never published."""
    with reading(home.engine) as session:
        return session.scalar(select(PublishedList.made_from).where(PublishedList.name == name))


def rows_of(session: Session, name: str) -> list[Offered]:
    """The rows of a published list, in its order; empty if it was never published."""
    query = select(PublishedRow.name, PublishedRow.fields, PublishedRow.version)
    here = query.where(PublishedRow.list_name == name, ~PublishedRow.gone)
    found = session.execute(here.order_by(PublishedRow.position, PublishedRow.name))
    return [Offered(*row) for row in found]


def _keep(home: Home, form: BuiltForm, *, offered: bool) -> None:
    """Store the form and the home's pack; `offered`: it replaces the version offered so far."""
    content = form.xform.encode()
    parse_binds(content)
    sha256 = home.store.put(content)
    pack_sha256 = home.store.put(canonical(home.pack))
    row = {
        "form_id": form.form_id,
        "version": form.version,
        "title": form.title,
        "xform_sha256": sha256,
        "pack_sha256": pack_sha256,
        "current": offered,
        "published_at": datetime.now(UTC),
    }
    if _stands(home, row):  # nothing to write, so lists need not be checked
        return
    with transaction(home.engine) as session:
        insert_or_ignore(session, PublishedForm, [row])
        stands = session.get_one(PublishedForm, (form.form_id, form.version))
        if stands.xform_sha256 != sha256:
            raise Terminal(
                f"แบบฟอร์ม {form.form_id} รุ่น {form.version} เผยแพร่ไปแล้วด้วยเนื้อหาอื่น ให้สร้างแบบเป็นรุ่นใหม่",
                f"form {form.form_id} version {form.version} was published with another content; "
                "build it with a new version",
            )
        stands.pack_sha256 = pack_sha256
        if offered:
            is_this = PublishedForm.version == form.version
            session.execute(
                update(PublishedForm).where(PublishedForm.form_id == form.form_id).values(current=is_this)
            )


def _stands(home: Home, row: Mapping[str, Any]) -> bool:
    """Whether this form is stored, and offered if it should be."""
    with reading(home.engine) as session:
        kept = session.get(PublishedForm, (row["form_id"], row["version"]))
        if kept is None or (row["current"] and not kept.current):
            return False
        return (kept.xform_sha256, kept.pack_sha256) == (row["xform_sha256"], row["pack_sha256"])


def _changed(
    list_name: str, old: PublishedRow | None, name: str, position: int, fields: dict[str, str]
) -> dict[str, Any] | None:
    """The row to write; None when it is already stored. A changed position alone is no new version."""
    same = old is not None and not old.gone and old.fields == fields
    if same and old is not None and old.position == position:
        return None
    version = 1 if old is None else old.version + (not same)
    return {
        "list_name": list_name,
        "name": name,
        "position": position,
        "fields": fields,
        "version": version,
        "gone": False,
    }


def _gone(row: PublishedRow) -> dict[str, Any]:
    return {
        "list_name": row.list_name,
        "name": row.name,
        "position": row.position,
        "fields": {},  # the content of removed rows is not kept
        "version": row.version + 1,
        "gone": True,
    }


def _replace(session: Session, list_name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    names = [row["name"] for row in rows]
    for start in range(0, len(names), _AT_ONCE):
        some = PublishedRow.name.in_(names[start : start + _AT_ONCE])
        statement = delete(PublishedRow).where(PublishedRow.list_name == list_name, some)
        session.execute(statement.execution_options(synchronize_session=False))
    if rows:
        session.execute(insert(PublishedRow), list(rows))


def _note(session: Session, name: str, made_from: str, *, changed: bool) -> None:
    stands = session.get(PublishedList, name)
    if stands is None:
        session.add(PublishedList(name=name, made_from=made_from, published_at=datetime.now(UTC)))
        return
    stands.made_from = made_from
    if changed:
        stands.published_at = datetime.now(UTC)
