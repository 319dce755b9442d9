"""The doctor's check for a clock that was set back: earlier files seem to come from the future."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mochocho.app.doctor import clock_checks
from mochocho.app.doctor.checks import Check
from mochocho.settings.config import Settings
from mochocho.storage.db import Base, transaction
from mochocho.storage.home import Home, open_home
from sync.tables import Officer, Submission, SubmissionVersion

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = open_home(Settings(home=tmp_path / "home"))
    Base.metadata.create_all(home.engine)
    return home


def look(home: Home) -> Check:
    """With every file of the home as old as the year, so that only what the test adds is new."""
    home.engine.dispose()
    for path in (home.settings.home, *home.settings.home.iterdir()):
        os.utime(path, (NOW.timestamp() - 86_400,) * 2)
    [check] = clock_checks.examine(home.settings, NOW)
    return check


def received(home: Home, at: datetime) -> None:
    with transaction(home.engine) as session:
        submission = Submission(form_id="visit", root_id="a")
        session.add(submission)
        session.flush()
        session.add(
            SubmissionVersion(
                submission_id=submission.id,
                source="spool",
                instance_id="a",
                form_version="1",
                xml_sha256="0" * 64,
                received_at=at,
            )
        )


def test_a_clock_that_goes_on(home: Home) -> None:
    assert look(home).state == "ok"
    received(home, NOW + MINUTE)  # another machine's may be a little ahead
    assert look(home).state == "ok"


def test_a_form_from_the_future(home: Home) -> None:
    received(home, NOW + timedelta(days=30))
    check = look(home)
    assert check.state == "fail"
    assert "a form was received at 2026-05-31" in check.found.en
    assert "set this machine's clock" in check.advice.en


def test_an_officer_from_the_future(home: Home) -> None:
    with transaction(home.engine) as session:
        session.add(Officer(name="เอ", districts=["5701"], token_sha256="0", created_at=NOW + 10 * MINUTE))
    assert "an officer was added" in look(home).found.en


def test_a_file_from_the_future(home: Home) -> None:
    look(home)
    later = (NOW + timedelta(days=400)).timestamp()
    os.utime(home.settings.store_dir, (later, later))
    [check] = clock_checks.examine(home.settings, NOW)
    assert check.state == "fail"
    assert "store was changed at 2027-06-05" in check.found.en


def test_before_anything_was_made_there_is_nothing_to_compare(tmp_path: Path) -> None:
    assert list(clock_checks.examine(Settings(home=tmp_path / "home"), NOW)) == []
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_another_check(tmp_path: Path) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    settings = Settings(home=tmp_path / "home", database_url=url)  # type: ignore[arg-type]
    assert list(clock_checks.examine(settings, NOW)) == []
