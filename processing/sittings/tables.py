"""The table of what was recorded while meetings were held."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime


class SittingRow(Base):
    """One act of an operator; appended, never overwritten."""

    __tablename__ = "sitting"

    meeting: Mapped[str] = mapped_column(primary_key=True)  # Meeting.key
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1, without gaps
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # sitting.Act
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
