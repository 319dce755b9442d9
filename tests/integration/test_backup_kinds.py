"""A home moves between SQLite and PostgreSQL, in both directions, while in use, and continues there."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, insert, select

from mochocho.app.backup import portable_rows
from mochocho.app.backup.make import Backup
from mochocho.app.backup.make import backup as write_backup
from mochocho.app.backup.restore import Restored
from mochocho.app.backup.restore import restore as fill
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings.config import Settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from sync.openrosa.source import SpoolSource
from sync.tables import Entity, Officer, SubmissionVersion
from tests.builders import application, officer, onsite, post, publish, uid, xform
from xlsforms import names

KINDS = ["sqlite", "postgresql"]
PAUSE = 0.02  # seconds between two posts, and between two runs: backups shall find something new each time
# PostgreSQL holds no NUL in a text; in JSON both hold whatever JSON can say.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
PROPERTIES = st.dictionaries(st.text(), st.text(), max_size=4)


def quiet(_stage: str, _done: int, _total: int) -> None:
    pass


def backup(home: Home, target: Path) -> Backup:
    return write_backup(home, target, quiet)


def restore(home: Home, source: Path) -> Restored:
    return fill(home, source, quiet)


def send(home: Home, numbers: range) -> None:
    for number in numbers:
        key = uid("applicant", number)
        post(home, application(key, instance_id=uid("a", number)), {"photo.jpg": f"photo {number}".encode()})
        post(home, onsite(key, instance_id=uid("o", number)))


def prepare(home: Home) -> None:
    publish(home, xform())
    publish(home, xform(names.ONSITE), names.ONSITE)
    officer(home)


def test_of_any_kind_into_any_kind(any_home: Home, other_home: Home, tmp_path: Path) -> None:
    prepare(any_home)
    send(any_home, range(5))
    run_once(any_home)
    made = backup(any_home, tmp_path / "one.tar")
    assert made.problems == ()

    done = restore(other_home, tmp_path / "one.tar")
    backup(other_home, tmp_path / "two.tar")

    assert (tmp_path / "two.tar").read_bytes() == (tmp_path / "one.tar").read_bytes()
    assert (done.manifest, done.rows, done.files) == (made.manifest, made.rows, made.files)
    assert made.rows > 25


def test_the_other_home_goes_on_where_the_first_stood(
    any_home: Home, other_home: Home, tmp_path: Path
) -> None:
    prepare(any_home)
    send(any_home, range(3))
    run_once(any_home)
    backup(any_home, tmp_path / "one.tar")
    restore(other_home, tmp_path / "one.tar")

    assert run_once(other_home, stages=("register", "assess")).handled == {"register": 0, "assess": 0}
    assert officer(other_home, "เจ้าหน้าที่คนใหม่") == 2  # numbers go on after those that came
    send(other_home, range(3, 6))
    assert run_once(other_home).problems == ()
    with reading(other_home.engine) as session:
        assert len(session.scalars(select(SubmissionVersion)).all()) == 12


def test_a_home_without_anything_moves_too(any_home: Home, other_home: Home, tmp_path: Path) -> None:
    made = backup(any_home, tmp_path / "one.tar")
    assert (made.rows, made.files) == (0, 1)  # the key that signed it
    assert restore(other_home, tmp_path / "one.tar").manifest == made.manifest
    assert officer(other_home) == 1


# What goes on beside it concerns the home that is kept; what it is put back into, the tests above.
@pytest.mark.parametrize(("any_home", "other_home"), [KINDS, KINDS[::-1]], indirect=True)
def test_what_was_received_before_is_in_it_while_phones_go_on(
    any_home: Home, other_home: Home, tmp_path: Path
) -> None:
    prepare(any_home)
    send(any_home, range(10))
    before = {entry.root_id for entry in SpoolSource(any_home).index()}
    stop = threading.Event()

    def keep_sending() -> None:
        number = 10
        while not stop.wait(PAUSE):
            send(any_home, range(number, number + 2))
            number += 2

    def keep_working() -> None:
        while not stop.wait(PAUSE):
            run_once(any_home)

    others = [threading.Thread(target=keep_sending), threading.Thread(target=keep_working)]
    for thread in others:
        thread.start()
    try:
        problems = [backup(any_home, tmp_path / f"{number}.tar").problems for number in range(3)]
    finally:
        stop.set()
        for thread in others:
            thread.join()
    assert problems == [()] * 3

    restore(other_home, tmp_path / "2.tar")
    held = SpoolSource(other_home)
    entries = [entry.root_id for entry in held.index()]
    assert before <= set(entries)
    for submission in held.fetch(entries):  # each receipt with every file that it speaks of
        for version in submission.versions:
            assert version.xml
            for attachment in version.attachments:
                held.open(attachment).close()
    run_once(other_home)
    with reading(other_home.engine) as session:
        assert len(session.scalars(select(SubmissionVersion)).all()) == len(entries)


@pytest.fixture
def postgresql_copy(tmp_path: Path, postgresql_url: str) -> Iterator[Home]:
    """An empty home on PostgreSQL that shares no folder with `home`."""
    opened = open_home(Settings(home=tmp_path / "copy", database_url=postgresql_url))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def two(home: Home, postgresql_copy: Home) -> tuple[Engine, Engine]:
    return home.engine, postgresql_copy.engine


@given(named=st.lists(st.tuples(TEXT, PROPERTIES), max_size=6, unique_by=lambda pair: pair[0]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_of_any_text_are_the_same_in_both(
    named: list[tuple[str, dict[str, str]]], two: tuple[Engine, Engine]
) -> None:
    sqlite, postgresql = two
    values = [
        {"list_name": n, "uuid": n, "root_id": n, "label": n, "properties": p, "version": 1} for n, p in named
    ]
    with sqlite.begin() as connection:
        connection.execute(delete(Entity))
        if values:
            connection.execute(insert(Entity), values)
        first = dumped(connection)
    with postgresql.begin() as connection:
        second = replaced(connection, first)
    with sqlite.begin() as connection:
        third = replaced(connection, second)
        kept = connection.execute(select(Entity.label, Entity.properties)).all()
    assert first == second == third
    assert dict(map(tuple, kept)) == dict(named)


def dumped(connection: Connection) -> list[bytes]:
    return [chunk.content for chunk in portable_rows._dump(connection, portable_rows.BY_NAME["entity"])]


def replaced(connection: Connection, chunks: list[bytes]) -> list[bytes]:
    connection.execute(delete(Entity))
    for content in chunks:
        portable_rows.load(connection, portable_rows.BY_NAME["entity"], content)
    return dumped(connection)


def test_a_nul_that_sqlite_held_is_refused_by_postgresql_in_a_sentence(
    home: Home, postgresql_copy: Home, tmp_path: Path
) -> None:
    officer(home, "ก\0ข")
    backup(home, tmp_path / "one.tar")
    with pytest.raises(Terminal, match=r"officer/000001.*NUL.*no row was restored"):
        restore(postgresql_copy, tmp_path / "one.tar")
    with reading(postgresql_copy.engine) as session:
        assert session.scalars(select(Officer)).all() == []


def test_numbers_go_on_in_every_table(home: Home, postgresql_copy: Home, tmp_path: Path) -> None:
    prepare(home)
    send(home, range(2))
    run_once(home)
    backup(home, tmp_path / "one.tar")
    restore(postgresql_copy, tmp_path / "one.tar")
    with postgresql_copy.engine.begin() as connection:
        for table in portable_rows.TABLES:
            if table.autoincrement_column is None:
                continue
            name = table.autoincrement_column.name
            newest = connection.exec_driver_sql(
                f"SELECT coalesce(max({name}), 0) FROM {table.name}"
            ).scalar_one()
            sequence = f"nextval(pg_get_serial_sequence('{table.name}', '{name}'))"
            assert connection.exec_driver_sql(f"SELECT {sequence}").scalar_one() == newest + 1, table.name
