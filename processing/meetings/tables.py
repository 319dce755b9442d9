"""The table of kept meetings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class MeetingRow(Base):
    """One version of a meeting; appended, never overwritten. `content` empty: it was called off then."""

    __tablename__ = "meeting"

    key: Mapped[str] = mapped_column(primary_key=True)  # Meeting.key
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1, without gaps
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # meeting.Meeting
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
