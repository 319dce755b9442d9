"""The doctor's check of the store: names every file that a row names and the store lacks."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.looking import looked
from mochocho.settings.config import Settings
from mochocho.storage.files import Store
from mochocho.words.sentences import Sentence
from sync.tables import Attachment, PublishedForm, Submission, SubmissionVersion

SHOWN = 5
Named = Select[Any, str, str]  # sha256; its name; its form
_ADVICE = Sentence(
    "กู้ไฟล์เหล่านี้จากไฟล์สำรอง (tar) มาวางที่เดิม ถ้าส่งผ่านเซิร์ฟเวอร์ สั่ง `mochocho pull --revalidate` "
    "ถ้าไม่มีทั้งสองทาง แจ้งเจ้าหน้าที่ให้ส่งเอกสารนั้นใหม่ และตรวจดิสก์ของเครื่องนี้",
    "put these files back from a backup (tar); what came by a server, `mochocho pull --revalidate` fetches; "
    "else ask the officer to send the document again; and have this machine's disk looked at",
)


def examine(settings: Settings) -> Iterator[Check]:
    """One check; none where there is no database yet, or it cannot be read."""
    missing = looked(settings.url, lambda session: list(_missing(session, Store(settings.store_dir))))
    if missing is None:
        return
    if not missing:
        whole = Sentence("ทุกไฟล์ที่ฐานข้อมูลระบุอยู่ในที่เก็บ", "every file that the database names is there")
        yield Check("store", "ok", whole)
        return
    count, shown = len(missing), "\n".join(missing[:SHOWN])
    found = Sentence(
        f"ไฟล์หายจากที่เก็บ {count} ไฟล์:\n{shown}", f"{count} files are missing from the store:\n{shown}"
    )
    if (more := count - SHOWN) > 0:
        found = Sentence(f"{found.th}\nและอีก {more} ไฟล์", f"{found.en}\nand {more} more")
    yield Check("store", "fail", found, _ADVICE)


def _missing(session: Session, store: Store) -> Iterator[str]:
    for sha256, name, form in chain.from_iterable(session.execute(query) for query in _queries()):
        if not store.has(sha256):
            yield f"{name} ({form}): {store.path(sha256)}"


def _queries() -> tuple[Named, ...]:
    of_version = select(Attachment.sha256, Attachment.name, SubmissionVersion.instance_id)
    return (
        of_version.join(SubmissionVersion, Attachment.version_id == SubmissionVersion.id).where(
            Attachment.sha256.is_not(None)
        ),
        select(SubmissionVersion.xml_sha256, SubmissionVersion.instance_id, Submission.form_id).join(
            Submission, SubmissionVersion.submission_id == Submission.id
        ),
        select(PublishedForm.xform_sha256, PublishedForm.form_id, PublishedForm.version),
    )
