"""Every revision up and back down with a province's rows in it: nothing is lost, and the work goes on."""

from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, select

from mochocho.app.migrate import downgrade, upgrade
from mochocho.db import Base, insert_or_ignore, reading, transaction
from mochocho.home import Home
from mochocho.model import ApplicantType
from processing import assess, casebook, known, register, sharing
from processing.tables import UnreadRow
from sync.tables import Seen
from tests.integration import province_mirror as mirror
from xlsforms import names

Rows = dict[str, list[dict[str, Any]]]


def revisions() -> list[str]:
    """The first one first."""
    config = Config()
    config.set_main_option("script_location", "mochocho.app:migrations")
    config.set_main_option("path_separator", "os")
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in walked][::-1]


REVISIONS = revisions()


def fill(home: Home) -> None:
    """Two who share a page and an ID, a taken key, a form unread, a sheet with evidence, one for nobody."""
    first, second, third = (mirror.application(home, n, ApplicantType.LEADER) for n in (1, 2, 3))
    for form in (first, second):
        form.fields["national_id"] = "1000000000009"
    second.files["id_card_copy-app-2.jpg"] = first.files["id_card_copy-app-1.jpg"]
    third.entity = first.entity
    sheet = mirror.sheet(home, 1, ApplicantType.LEADER)
    code = home.pack.standard(ApplicantType.LEADER).indicators[0].code
    sheet.fields[names.evidence(code)] = "e.jpg"
    sheet.files["e.jpg"] = mirror.photo()
    unreadable = mirror.application(home, 4, applicant_type="village")
    mirror.send(home, first, second, third, unreadable, sheet, mirror.sheet(home, 9))
    register.run(home)
    assess.do(home, assess.due(home))
    with transaction(home.engine) as session:
        insert_or_ignore(session, Seen, [{"source": "spool", "root_id": "a", "fingerprint": "b"}])


def rows(engine: Engine) -> Rows:
    """Everything in the database, as far as its tables go now."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            name: sorted(
                (dict(row) for row in connection.execute(select(table)).mappings()),
                key=lambda row: repr(sorted(row.items(), key=lambda item: item[0])),
            )
            for name, table in metadata.tables.items()
        }


def test_down_to_every_revision_and_up_again_keeps_what_it_knew(any_home: Home) -> None:
    fill(any_home)
    before = rows(any_home.engine)
    at_each = {}
    for revision in REVISIONS[-2::-1]:
        downgrade(any_home.engine, revision)
        at_each[revision] = rows(any_home.engine)
        for table, held in at_each[revision].items():
            if table != "alembic_version":
                known_then = set(held[0]) if held else set()
                assert [{k: row[k] for k in known_then} for row in before[table]] == held
                assert len(held) == len(before[table])
    for revision in REVISIONS[1:-1]:
        upgrade(any_home.engine, revision)
        assert rows(any_home.engine).keys() == at_each[revision].keys()
    upgrade(any_home.engine)

    after = rows(any_home.engine)
    assert after.keys() == {*Base.metadata.tables, "alembic_version"}
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"unread", "pulse", "work"}  # which key a duplicate claims is read again


def test_a_database_of_the_first_revision_comes_to_the_same_as_one_made_today(any_home: Home) -> None:
    fill(any_home)
    downgrade(any_home.engine, REVISIONS[0])
    upgrade(any_home.engine)

    assert assess.due(any_home) == []
    assert register.due(any_home) == ["app-3"]  # the duplicate
    register.run(any_home)
    assert register.due(any_home) == assess.due(any_home) == []
    with reading(any_home.engine) as session:
        claimed = session.execute(select(UnreadRow.root_id, UnreadRow.claimed_key)).all()
        slices = sharing.slices(session, known.keys(session))
    assert dict(claimed)["app-3"] == mirror.ENTITY.format(1)
    assert all(own.shared_files and own.same_id for own in slices.values())
    assert len(casebook.cases(any_home)) == 2


@pytest.mark.parametrize("revision", REVISIONS[1:])
def test_each_revision_goes_both_ways_on_empty_tables(any_home: Home, revision: str) -> None:
    before = rows(any_home.engine).keys()
    downgrade(any_home.engine, REVISIONS[REVISIONS.index(revision) - 1])
    upgrade(any_home.engine)
    assert rows(any_home.engine).keys() == before
