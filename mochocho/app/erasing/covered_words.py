"""Covers a person's words in the rows of others: their forms, decisions, meetings, logs, releases."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, and_, select, update
from sqlalchemy.orm import Session

from mochocho.app import access_rows
from mochocho.app.erasing.whose import own_accounts, own_signatures
from mochocho.app.erasing.whose.mentions import NOT_LOOKED_AT, mention_of
from mochocho.app.erasing.whose.own_rows import OwnRows
from mochocho.app.erasing.whose.whose_data import WhoseData
from mochocho.app.persons.found_places import every_row
from mochocho.app.persons.holders import Holders
from mochocho.app.tables import AccessRow, AccountRow
from mochocho.storage.db import Base
from mochocho.storage.files import NotInStore, Store
from mochocho.words.model import ApplicantType
from processing import codec
from processing.decisions.chain import Link, canonical, digest
from processing.decisions.decision import Covered, Kind
from processing.persons.covered_texts import ERASED, Eraser
from processing.releases import kept_releases
from processing.releases.release import Release
from processing.releases.tables import ReleaseRow
from processing.tables import DecisionRow
from sync.tables import PublishedRow


@dataclass
class Change:
    """A row as it is covered; `values`: of the columns that change."""

    table: Table
    key: Mapping[str, Any]
    values: dict[str, Any]


@dataclass
class Changes:
    """What an erasure covers. `forms`: of others' forms that name the person, the id of the instance, the
    sha256 it had, and the XML without the person; `signatures`: of the person on the sheets of others.
    """

    rows: list[Change] = field(default_factory=list)
    forms: list[tuple[str, str, bytes]] = field(default_factory=list)
    signatures: frozenset[own_signatures.Signature] = frozenset()

    def note(self, table: Table, values: Mapping[str, Any], changed: dict[str, Any]) -> None:
        self.rows.append(Change(table, {c.name: values[c.name] for c in table.primary_key}, changed))

    @property
    def released(self) -> tuple[str, ...]:
        """The releases whose files go, as logs name them."""
        changed = (
            change.values.get("content") for change in self.rows if change.table is ReleaseRow.__table__
        )
        return tuple(codec.load(Release, json.loads(content)).name for content in changed if content)

    @property
    def accounts(self) -> tuple[int, ...]:
        """The ids of the person's accounts of the portal."""
        ours = (one for one in self.rows if one.table is AccountRow.__table__ and "login" in one.values)
        return tuple(one.key["id"] for one in ours)

    @property
    def contents(self) -> list[bytes]:
        """What comes into the store in place of what goes."""
        return [*(xml for _, _, xml in self.forms), *([own_signatures.EMPTY] if self.signatures else [])]

    @property
    def counts(self) -> Counter[str]:
        return Counter(change.table.name for change in self.rows)


def changes(session: Session, store: Store, belongs: Holders, whose: WhoseData, own: OwnRows) -> Changes:
    """Everything that is to be covered; writes nothing."""
    found = Changes()
    roots, versions, touched = set(own.roots), set(own.versions), set(whose.keys)
    logins = own_accounts.former_logins(session, whose)
    found.signatures = own_signatures.own_signatures(
        session,
        store,
        whose.persons,
        lambda version: whose.covers(
            mention_of("submission_version", {}, "xml_sha256", belongs.versions.get(version, ""))
        ),
    )
    released = list[tuple[Table, dict[str, Any]]]()
    for table, values in every_row(session):
        key = belongs.of_row(table.name, values)
        own_row = values.get("root_id") in roots or values.get("version_id") in versions
        own_row |= key in whose.keys and table.name not in _CHAINED
        if own_row or _goes(table.name, values, whose.keys) or table.name in NOT_LOOKED_AT:
            continue
        if table.name == ReleaseRow.__tablename__:
            released.append((table, values))
            continue
        eraser = whose.by_numbers if key in whose.namesakes else whose.eraser
        covered = {
            name: _eraser(whose, eraser, table.name, values, name, key).value(value)
            for name, value in values.items()
        }
        if table.name == DecisionRow.__tablename__ and key in whose.keys:
            covered["content"] = _certificate(values["kind"], covered["content"])
        covered |= own_accounts.as_former(table.name, values, whose, logins)
        covered |= own_signatures.emptied(table.name, values, found.signatures)
        changed = {name: value for name, value in covered.items() if value != values[name]}
        if table.name == "submission_version" and values["id"] not in versions:
            _note_form(
                store, found, changed, values, _eraser(whose, eraser, table.name, values, "xml_sha256", key)
            )
        if changed:
            if table.name == PublishedRow.__tablename__:
                changed["version"] = values["version"] + 1  # phones fetch what changed
            found.note(table, values, changed)
            touched.add(key)
    for table, values in released:
        covered = {
            name: _eraser(whose, whose.eraser, table.name, values, name, "").value(value)
            for name, value in values.items()
        }
        covered["content"] = _release(covered["content"], values["content"], whose.keys, touched)
        if changed := {name: value for name, value in covered.items() if value != values[name]}:
            found.note(table, values, changed)
    return found


def apply(session: Session, found: Changes) -> list[Covered]:
    """Write the rows. Returns those of chains that were covered, with what they hash to since."""
    for change in found.rows:
        where = and_(*(change.table.columns[name] == value for name, value in change.key.items()))
        session.execute(update(change.table).where(where).values(change.values))
    session.expire_all()
    return sorted(_chained(session, found), key=lambda one: (one.chain, one.number))


_CHAINED: Mapping[str, type[Base]] = {
    "decision": DecisionRow,
    "portal_access": AccessRow,
    "released_packet": ReleaseRow,
}


def _chained(session: Session, found: Changes) -> Iterator[Covered]:
    for change in found.rows:
        if change.table.name not in _CHAINED:
            continue
        row = session.get_one(_CHAINED[change.table.name], change.key["number"])
        match row:
            case DecisionRow():
                columns = session.execute(
                    select(DecisionRow.__table__).where(DecisionRow.number == row.number)
                ).mappings()
                yield Covered("decision", row.number, digest(Link(**columns.one())))
            case AccessRow():
                yield Covered("portal_access", row.number, access_rows.digest_of(row))
            case ReleaseRow():
                yield Covered("released_packet", row.number, kept_releases.digest_of(row))


def _eraser(
    whose: WhoseData, eraser: Eraser, table: str, values: Mapping[str, Any], column: str, key: str
) -> Eraser:
    """What is taken out of this column: of a part in which the name is another's the numbers alone."""
    return eraser if whose.covers(mention_of(table, values, column, key)) else whose.by_numbers


def _goes(table: str, values: Mapping[str, Any], keys: Collection[str]) -> bool:
    """Whether a row that is about no form goes with the person all the same (`own_rows.remove`)."""
    named = {"web_link": "applicant", "published_row": "name"}.get(table, "")
    return bool(named) and values[named] in keys


def _certificate(kind: str, content: str) -> str:
    """What a decision about the person says: a person's certificate without the name, however it is spelt."""
    said = json.loads(content)
    if kind != Kind.CERTIFY or said["type"] != ApplicantType.LEADER:
        return content
    return canonical({**said, "name": ERASED})


def _release(content: str, before: str, keys: Collection[str], touched: Collection[str]) -> str:
    """A release that tells of the person, or of somebody whose data named the person: its files go."""
    said = json.loads(content)
    units = said["printed"]["units"] if "printed" in said else []
    for unit in units:
        if unit["key"] in keys and unit["type"] == ApplicantType.LEADER:
            unit["name"] = ERASED
    tells = content != before or any(unit["key"] in touched for unit in units)
    return canonical({**said, "erased": True}) if tells else content


def _note_form(
    store: Store,
    found: Changes,
    changed: dict[str, Any],
    values: Mapping[str, Any],
    eraser: Eraser,
) -> None:
    """A stored form of another that names the person, which gets another sha256."""
    try:
        xml = store.read(values["xml_sha256"]).decode("utf-8")
    except (NotInStore, UnicodeDecodeError):
        return
    covered = eraser.xml(xml)
    if covered != xml:
        content = covered.encode()
        changed["xml_sha256"] = sha256(content).hexdigest()
        found.forms.append((values["instance_id"], values["xml_sha256"], content))
