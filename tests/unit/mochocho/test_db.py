"""Both databases: times in UTC, transactions, insert-or-ignore; and the pitfalls of SQLite."""

import os
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, UniqueConstraint, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mochocho.storage.db import Base, UtcDateTime, alone, insert_or_ignore, make_engine, reading, transaction


class Own(DeclarativeBase):
    """Tables of these tests alone, under the names and types of the project."""

    metadata = type(Base.metadata)(naming_convention=Base.metadata.naming_convention)


class Event(Own):
    __tablename__ = "test_event"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{(tmp_path / 'test.db').as_posix()}")
    Own.metadata.create_all(engine)
    for name in ("revision", "closing"):
        Base.metadata.tables[name].create(engine, checkfirst=True)
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    engine = make_engine(postgresql_url)
    Own.metadata.create_all(engine)
    for name in ("revision", "closing"):
        Base.metadata.tables[name].create(engine, checkfirst=True)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite_engine", "postgresql_engine"])
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.getfixturevalue(request.param)
    return made


def names(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(Event.name).order_by(Event.name)))


class TestBothDatabases:
    def test_what_is_read_is_of_one_moment(self, engine: Engine) -> None:
        with reading(engine) as session:
            before = list(session.scalars(select(Event.name)))
            with transaction(engine) as writer:
                writer.add(Event(name="came meanwhile"))
            assert list(session.scalars(select(Event.name))) == before == []
        assert names(engine) == ["came meanwhile"]

    def test_of_one_lock_only_one_transaction_runs_at_a_time(self, engine: Engine) -> None:
        at_work, most = 0, 0
        guard = threading.Lock()

        def work() -> None:
            nonlocal at_work, most
            with alone(engine, 4711):
                with guard:
                    at_work += 1
                    most = max(most, at_work)
                threading.Event().wait(0.05)
                with guard:
                    at_work -= 1

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (at_work, most) == (0, 1)

    BANGKOK = timezone(timedelta(hours=7))

    def test_a_time_comes_back_as_the_same_moment_in_utc(self, engine: Engine) -> None:
        sent = datetime(2025, 5, 1, 2, 30, 0, 123456, tzinfo=self.BANGKOK)
        with transaction(engine) as session:
            session.add(Event(name="a", at=sent))
        with reading(engine) as session:
            got = session.scalars(select(Event.at)).one()
        assert got == sent
        assert got is not None
        assert got.tzinfo is UTC
        assert got.date().isoformat() == "2025-04-30"

    def test_times_of_any_zone_compare_as_moments(self, engine: Engine) -> None:
        with transaction(engine) as session:
            session.add(Event(name="a", at=datetime(2025, 5, 1, 6, tzinfo=self.BANGKOK)))
            session.add(Event(name="b", at=datetime(2025, 5, 1, 0, tzinfo=UTC)))
            session.add(Event(name="c", at=None))
        with reading(engine) as session:
            limit = datetime(2025, 5, 1, 6, 30, tzinfo=self.BANGKOK)
            assert list(session.scalars(select(Event.name).where(Event.at < limit))) == ["a"]

    def test_a_time_without_a_zone_is_refused(self, engine: Engine) -> None:
        naive = datetime(2025, 5, 1)  # noqa: DTZ001 - the very thing that must be refused
        with pytest.raises(StatementError, match="without a zone"), transaction(engine) as session:
            session.add(Event(name="a", at=naive))
        assert names(engine) == []

    def test_an_exception_undoes_the_whole_transaction(self, engine: Engine) -> None:
        def half() -> None:
            with transaction(engine) as session:
                session.add(Event(name="a"))
                session.flush()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            half()
        assert names(engine) == []

    def test_insert_or_ignore_counts_what_is_new(self, engine: Engine) -> None:
        with transaction(engine) as session:
            assert insert_or_ignore(session, Event, []) == 0
            assert insert_or_ignore(session, Event, [{"name": "a"}, {"name": "b"}]) == 2
        with transaction(engine) as session:
            rows = [{"name": "b"}, {"name": "c"}, {"name": "c"}]
            assert insert_or_ignore(session, Event, rows) == 1
        assert names(engine) == ["a", "b", "c"]

    def test_a_plain_insert_is_still_refused(self, engine: Engine) -> None:
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction(engine) as session:
            session.add_all([Event(name="a"), Event(name="a")])

    def test_a_reader_sees_one_moment(self, engine: Engine) -> None:
        with reading(engine) as session:
            before = session.scalars(select(func.count()).select_from(Event)).one()
            with transaction(engine) as writer:
                writer.add(Event(name="a"))
            session.expire_all()
            assert session.scalars(select(func.count()).select_from(Event)).one() == before
        assert names(engine) == ["a"]

    def test_writers_that_read_first_wait_for_each_other(self, engine: Engine) -> None:
        """Each counts, then writes the count: on SQLite a transaction that began as a reader would fail."""
        start, failed = threading.Barrier(4), []

        def write() -> None:
            start.wait()
            try:
                for _ in range(10):
                    with transaction(engine) as session:
                        count = session.scalars(select(func.count()).select_from(Event)).one()
                        session.add(Event(name=f"{count}-{threading.get_ident()}"))
            except Exception as error:
                failed.append(error)

        run_all([threading.Thread(target=write) for _ in range(4)])
        assert failed == []
        assert len(names(engine)) == 40
        if engine.dialect.name == "sqlite":  # one writer at a time: no two counted the same
            assert sorted(int(n.partition("-")[0]) for n in names(engine)) == list(range(40))


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class TestSqlite:
    def test_its_settings(self, sqlite_engine: Engine) -> None:
        with sqlite_engine.connect() as connection:
            found = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
            }
        assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}

    def test_many_may_open_a_new_database_at_once(self, tmp_path: Path) -> None:
        for n in range(10):
            url = f"sqlite:///{(tmp_path / f'{n}.db').as_posix()}"
            start = threading.Barrier(8)
            failed: list[Exception] = []

            def first_use(
                url: str = url, start: threading.Barrier = start, failed: list[Exception] = failed
            ) -> None:
                engine = make_engine(url)
                start.wait()
                try:
                    with transaction(engine, counted=False) as session:
                        session.execute(text("CREATE TABLE IF NOT EXISTS t (a)"))
                except Exception as error:
                    failed.append(error)
                engine.dispose()

            run_all([threading.Thread(target=first_use) for _ in range(8)])
            assert failed == []

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits")
    def test_its_files_are_the_owners_alone(self, tmp_path: Path) -> None:
        before = os.umask(0o022)
        try:
            engine = make_engine(f"sqlite:///{tmp_path / 'private.db'}")
            with transaction(engine, counted=False) as session:
                session.execute(text("CREATE TABLE t (a)"))
                session.flush()
            found = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
        finally:
            os.umask(before)
        engine.dispose()
        assert found == {"private.db": 0o600, "private.db-wal": 0o600, "private.db-shm": 0o600}

    def test_a_place_where_no_file_can_be_is_reported_by_sqlite(self, tmp_path: Path) -> None:
        engine = make_engine(f"sqlite:///{(tmp_path / 'no' / 'such' / 'folder.db').as_posix()}")
        with pytest.raises(OperationalError, match="unable to open database file"), engine.connect():
            pass
        engine.dispose()
