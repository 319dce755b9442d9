"""The doctor's check of the clock against the times of what was written: newer ones show a clock set back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mochocho.app.doctor.checks import Check
from mochocho.app.doctor.looking import looked
from mochocho.settings.config import Settings
from mochocho.words.sentences import Sentence
from sync.tables import Officer, PublishedForm, SubmissionVersion

TOLERANCE = timedelta(minutes=2)
MOMENTS = (
    (Sentence("ได้รับแบบ", "a form was received"), SubmissionVersion.received_at),
    (Sentence("เผยแพร่แบบฟอร์ม", "forms were published"), PublishedForm.published_at),
    (Sentence("เพิ่มเจ้าหน้าที่", "an officer was added"), Officer.created_at),
)


def examine(settings: Settings, now: datetime) -> Iterator[Check]:
    """Whether anything in the home or its database is newer than `now` (aware): one check, or none."""
    # opening a database creates files
    traces = [*_files(settings.home), *(looked(settings.url, _rows) or ())]
    if not traces:
        return
    newest, what = max(traces)
    at = f"{newest.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if newest <= now + TOLERANCE:
        newest_is = Sentence(f"ของล่าสุดลงเวลา {at}", f"the newest trace is of {at}")
        yield Check("clock and traces", "ok", newest_is)
        return
    here = f"{now:%Y-%m-%d %H:%M}"
    yield Check(
        "clock and traces",
        "fail",
        Sentence(
            f"เครื่องนี้บอกเวลา {here} แต่มีบันทึกว่า {what.th} เมื่อ {at}", f"it is {here} here, but {what.en} at {at}"
        ),
        Sentence(
            "ตั้งวัน เวลา และเขตเวลาของเครื่องนี้ให้ตรงกับอินเทอร์เน็ต แล้วเปิด mochocho ใหม่",
            "set this machine's clock by the internet (date, time and zone), then start mochocho again",
        ),
    )


def _rows(session: Session) -> list[tuple[datetime, Sentence]]:
    newest = ((session.scalar(select(func.max(column))), what) for what, column in MOMENTS)
    return [(moment, what) for moment, what in newest if moment is not None]


def _files(home: Path) -> Iterator[tuple[datetime, Sentence]]:
    try:
        for path in (home, *home.iterdir()):
            yield (
                datetime.fromtimestamp(path.stat().st_mtime, UTC),
                Sentence(f"{path.name} เปลี่ยน", f"{path.name} was changed"),
            )
    except OSError:
        return  # the check of the home says why
