"""An assessor's signature on score sheets about others: an empty picture takes its place, the sheet stays."""

import base64
import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from mochocho.app.erasing.whose.form_text import form_text
from mochocho.storage.files import Store
from processing.persons.covered_texts import same_name
from processing.persons.sought_person import Sought
from sync.tables import Attachment, FormerFile, Submission, SubmissionVersion
from xlsforms import names

# a PNG of one white pixel
EMPTY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)
_BY = re.compile(r"<assessor_name>([^<]+)</")
_SIGNED = re.compile(r"<sign_assessor>([^<]+)</")
Signature = tuple[int, str]  # the version of the sheet, the file's name in it


def own_signatures(
    session: Session, store: Store, persons: tuple[Sought, ...], covers: Callable[[int], bool]
) -> frozenset[Signature]:
    """On every version of every sheet that the person filled in, where the person's words go (`covers`)."""
    if not any(one.name for one in persons):
        return frozenset()
    query = (
        select(SubmissionVersion.id, SubmissionVersion.xml_sha256)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(Submission.form_id == names.ONSITE)
    )
    sheets = ((version, form_text(store, xml)) for version, xml in session.execute(query))
    return frozenset(
        (version, html.unescape(name.strip()))
        for version, sheet in sheets
        if covers(version) and any(same_name(persons, html.unescape(by)) for by in _BY.findall(sheet))
        for name in _SIGNED.findall(sheet)
    )


def emptied(table: str, values: Mapping[str, Any], signatures: Collection[Signature]) -> dict[str, Any]:
    """What changes in a row of this table, where it is such a file that has arrived."""
    if table != Attachment.__tablename__ or (values["version_id"], values["name"]) not in signatures:
        return {}
    return {"sha256": sha256(EMPTY).hexdigest(), "size": len(EMPTY)} if values["sha256"] else {}


def files_behind(session: Session, signatures: Collection[Signature]) -> set[str]:
    """The sha256 of the pictures, also of those that had a name before, whose rows go."""
    return set(_files_behind(session, sorted(signatures)))


def _files_behind(session: Session, signatures: list[Signature]) -> Iterator[str]:
    for table in (Attachment, FormerFile):
        mine = tuple_(table.version_id, table.name).in_(signatures)
        yield from filter(None, session.scalars(select(table.sha256).where(mine)))
    session.execute(delete(FormerFile).where(tuple_(FormerFile.version_id, FormerFile.name).in_(signatures)))
