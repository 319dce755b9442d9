"""The files of one instance, merged from all sources that hold it.

Of two files with the same name from phones or folders, the larger is kept in the row, then the one with the
lesser sha256; the other stays in the store and is noted. A server's file goes before theirs: the row follows
what the server holds, and the file it replaces becomes a former file.
"""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.mirror.prepared import File, Prepared
from sync.mirror.quarantine import MIRROR, Held, hold
from sync.tables import Attachment, FormerFile


def unite_files(session: Session, version_id: int, item: Prepared) -> int:
    """Fill in the files that arrived. Returns how many names got their first file."""
    query = select(Attachment).where(Attachment.version_id == version_id)
    rows = {row.name: row for row in session.scalars(query)}
    for name in item.file_names:
        if name not in rows:
            rows[name] = Attachment(version_id=version_id, name=name)
            session.add(rows[name])
    arrived = sum(rows[name].sha256 is None for name in {file.name for file in item.files})
    if item.lacking is None:
        for file in item.files:
            _fill(session, rows[file.name], file, item)
    else:
        _follow(session, rows, item)
    session.flush()
    return arrived


def _fill(session: Session, row: Attachment, file: File, item: Prepared) -> None:
    if row.sha256 in (None, file.sha256):
        row.sha256, row.size = file.sha256, file.size
        return
    standing = File(row.name, str(row.sha256), row.size or 0)
    if row.server is None:
        better, worse = sorted((standing, file), key=_rank)
    else:
        better, worse = standing, file
    row.sha256, row.size = better.sha256, better.size
    hold(session, MIRROR, _other_content(item, worse))


def _follow(session: Session, rows: dict[str, Attachment], item: Prepared) -> None:
    for name, file in _files_by_name(session, item).items():
        row = rows[name]
        if row.sha256 not in (None, file.sha256):
            _keep_former(session, row)
        row.sha256, row.size, row.server = file.sha256, file.size, item.source
    for name in item.lacking or ():
        row = rows[name]
        if row.server == item.source:  # the server gave the file once, so somebody removed it there
            _keep_former(session, row)
            row.sha256, row.size, row.server = None, None, None


def _files_by_name(session: Session, item: Prepared) -> dict[str, File]:
    """One file per name; a server may hold two whose names mean the same."""
    found: dict[str, File] = {}
    for file in sorted(item.files, key=_rank):
        if found.setdefault(file.name, file).sha256 != file.sha256:
            hold(session, MIRROR, _other_content(item, file))
    return found


def _rank(file: File) -> tuple[int, str]:
    return (-file.size, file.sha256)


def _keep_former(session: Session, row: Attachment) -> None:
    former = FormerFile(
        version_id=row.version_id, name=row.name, sha256=row.sha256, size=row.size, until=datetime.now(UTC)
    )
    session.merge(former)


def _other_content(item: Prepared, file: File) -> Held:
    return Held(
        key=f"{item.instance_id}/{file.name}#{file.sha256[:16]}",
        code="file.other_content",
        message_th=f"ไฟล์ชื่อ {file.name} มาสองครั้งด้วยเนื้อหาต่างกัน ระบบใช้ไฟล์ที่ใหญ่กว่าและเก็บอีกไฟล์ไว้ ให้เปิดดูทั้งสองไฟล์",
        sha256=file.sha256,
        officer_id=item.officer_id,
        received_at=item.received_at,
    )
