"""`audit verify` finds a decision that was changed, removed or inserted: on both databases, after a move."""

import threading
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mochocho.app.backup.make import backup
from mochocho.app.backup.restore import restore
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions.audit import examine
from processing.decisions.chain import Fault, Head
from processing.decisions.recorder import record_all
from processing.register import register_forms
from processing.tables import DecisionRow
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.prepared_homes import Copy

REST = "kind, applicant_key, about, content, reason, recorded_by, recorded_at, seen, undoes, previous, hash"
KEYS = [mirror.ENTITY.format(n) for n in (1, 2, 3)]


def resolved(outcome: Outcome = Outcome.PASS, meeting_no: str = "1/2568") -> Resolution:
    reason = "" if outcome is Outcome.PASS else "คะแนนต่ำกว่าเกณฑ์"
    by = "นางสาวบันทึก ตัวอย่าง"
    return Resolution(Gate.DISTRICT, outcome, "คณะกรรมการตัวอย่าง", meeting_no, date(2025, 4, 10), reason, by)


def decide(home: Home) -> None:
    """Three applicants and five decisions about them."""
    mirror.send(home, *(mirror.application(home, n) for n in (1, 2, 3)))
    register_forms.run(home)
    record_all(home, [(key, resolved()) for key in KEYS])
    record_all(home, [(key, resolved(Outcome.FAIL, "2/2568")) for key in KEYS[:2]])


@pytest.fixture
def decided(any_copy: Copy) -> Home:
    return any_copy(decide)


def tamper(home: Home, *statements: str) -> None:
    """As somebody who owns the database does it, triggers and all."""
    gone = (
        ["DROP TRIGGER decision_appended ON decision"]
        if home.engine.dialect.name == "postgresql"
        else ["DROP TRIGGER decision_no_update", "DROP TRIGGER decision_no_delete"]
    )
    with transaction(home.engine) as session:
        for statement in (*gone, *statements):
            session.execute(text(statement))


def found(home: Home, *expected: Head) -> list[tuple[Fault, int, int]]:
    return [(one.fault, one.first, one.last) for one in examine(home, expected).found]


def test_five_decisions_are_as_they_were_recorded(decided: Home) -> None:
    seen = examine(decided)
    assert (seen.decisions, seen.head.number, seen.found) == (5, 5, ())


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE decision SET reason = 'x' WHERE number = 2", (Fault.CHANGED, 2, 2)),
        ("UPDATE decision SET recorded_by = 'x' WHERE number = 5", (Fault.CHANGED, 5, 5)),
        ("DELETE FROM decision WHERE number = 3", (Fault.MISSING, 3, 3)),
        ("DELETE FROM decision WHERE number >= 4", (Fault.MISSING, 4, 5)),
        (
            f"INSERT INTO decision SELECT 6, {REST} FROM decision WHERE number = 5",
            (Fault.INSERTED, 6, 6),
        ),
    ],
)
def test_what_was_done_to_the_rows_is_told(
    decided: Home, statement: str, told: tuple[Fault, int, int]
) -> None:
    tamper(decided, statement)
    assert told in found(decided)


# Another value for a column, by its name; other columns are text.
OTHERWISE = {"number": "77", "undoes": "1", "recorded_at": "'2025-01-01 00:00:00'"}


@pytest.mark.parametrize("column", [column.name for column in DecisionRow.__table__.columns])
def test_a_change_of_any_column_is_told(decided: Home, column: str) -> None:
    otherwise = OTHERWISE.get(column, "'x'")
    tamper(decided, f"UPDATE decision SET {column} = {otherwise} WHERE number = 3")
    assert 3 in {place for _, first, last in found(decided) for place in range(first, last + 1)}


def test_two_rows_that_changed_places_are_told(decided: Home) -> None:
    tamper(
        decided,
        "UPDATE decision SET number = 77 WHERE number = 2",
        "UPDATE decision SET number = 2 WHERE number = 3",
        "UPDATE decision SET number = 3 WHERE number = 77",
    )
    assert found(decided)


def test_the_database_itself_refuses_a_change(decided: Home) -> None:
    for statement in ("UPDATE decision SET reason = 'x'", "DELETE FROM decision"):
        with (
            pytest.raises(DatabaseError, match="decisions are appended"),
            transaction(decided.engine) as session,
        ):
            session.execute(text(statement))
    assert found(decided) == []


def test_a_head_on_paper_shows_what_the_database_no_longer_has(decided: Home) -> None:
    noted = examine(decided).head
    assert found(decided, noted) == []
    tamper(
        decided,
        "DELETE FROM decision WHERE number = 5",
        "UPDATE decision_head SET number = 4, hash = (SELECT hash FROM decision WHERE number = 4)",
    )
    assert found(decided) == []
    assert found(decided, noted) == [(Fault.MISSING, 5, 5)]


def test_a_restored_home_has_the_same_chain_and_goes_on_with_it(
    decided: Home, other_home: Home, tmp_path: Path
) -> None:
    noted = examine(decided).head
    backup(decided, tmp_path / "backup", lambda *_: None)
    restore(other_home, tmp_path / "backup", lambda *_: None)
    assert examine(other_home).head == noted
    assert found(other_home, noted) == []
    record_all(other_home, [(KEYS[2], resolved(Outcome.FAIL, "3/2568"))])
    assert (examine(other_home).head.number, found(other_home, noted)) == (6, [])
    tamper(other_home, "UPDATE decision SET reason = 'x' WHERE number = 1")
    assert found(other_home) == [(Fault.CHANGED, 1, 1)]


def test_several_who_record_at_once_make_one_chain(decided: Home) -> None:
    def record(number: int) -> None:
        for meeting in range(3, 8):
            record_all(decided, [(KEYS[number], resolved(Outcome.FAIL, f"{meeting}/2568"))])

    threads = [threading.Thread(target=record, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = examine(decided)
    assert (seen.decisions, seen.head.number, seen.found) == (20, 20, ())


def test_the_command_tells_and_ends_with_3(home: Home, tmp_path: Path) -> None:
    mirror.send(home, mirror.application(home, 1))
    register_forms.run(home)
    record_all(home, [(KEYS[0], resolved())])
    folder = commands.settings(tmp_path).parent
    good = commands.run(folder, "audit", "verify")
    assert (good.returncode, "all is as it was recorded" in good.stdout) == (0, True), good.stderr
    head = examine(home).head
    noted = f"{head.number}:{head.hash}"
    assert commands.call(folder, "audit", "verify", "--expect", noted).returncode == 0
    wrong = commands.call(folder, "audit", "verify", "--expect", "1:abc")
    assert (wrong.returncode, "NUMBER:HASH" in wrong.stderr) == (2, True)
    tamper(home, "UPDATE decision SET reason = 'x'")
    bad = commands.call(folder, "audit", "verify")
    assert (bad.returncode, "1 changed" in bad.stdout) == (3, True), bad.stdout
