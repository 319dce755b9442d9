"""The tables `reports` writes."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class PacketRow(Base):
    """One packet that was made; appended when its content differs from every earlier one."""

    __tablename__ = "packet"

    manifest_sha256: Mapped[str] = mapped_column(primary_key=True)
    meeting_no: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NoticeRow(Base):
    """What a server was last told: about one submission, by its root there, or the list `list/<name>`.

    `digest`: of all that was told; `made_from`: digest of its inputs.
    """

    __tablename__ = "notice"

    server: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    made_from: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
