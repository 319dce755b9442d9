"""The table of released packets."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class ReleaseRow(Base):
    """One released packet or addendum; a chain, appended. `content`: canonical JSON of `release.Release`, a
    text because what is hashed may not be spelt anew.
    """

    __tablename__ = "released_packet"
    __table_args__ = (UniqueConstraint("meeting_key", "release", "addendum"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # without gaps
    meeting_key: Mapped[str]
    release: Mapped[int]
    addendum: Mapped[int]  # 0 = the packet itself
    content: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
