"""A tick that finds nothing makes the next one cheap, and every write is noticed."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NoReturn

import pytest

from mochocho.app import pulses
from mochocho.app.pipeline import ledger, skip_cache
from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.db import revision, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Transient
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess
from processing.decisions import recorder
from processing.register import register_forms
from processing.tables import ApplicantRow
from sync import officers
from sync.openrosa.source import SpoolSource
from sync.publish.published import accept_form, put_form
from sync.pull import pull_source
from tests import builders
from tests.builders import uid
from tests.integration import province_mirror
from xlsforms.built import BuiltForm

FINDS = {"register": register_forms.due, "assess": assess.due}
PASSED = Resolution(
    Gate.DISTRICT, Outcome.PASS, "คณะกรรมการตัวอย่าง", "1/2568", date(2025, 4, 10), "ครบ", "นางบันทึก ตัวอย่าง"
)


@pytest.fixture
def office(any_home: Home) -> Home:
    """One application was posted, registered and assessed; then something was written that concerns none."""
    builders.publish(any_home, builders.xform())
    builders.officer(any_home)
    post(any_home, "one")
    run_once(any_home)
    with transaction(any_home.engine):
        pass
    return any_home


def hired(home: Home) -> int:
    (officer,) = officers.listing(home)
    return officer.id


def post(home: Home, name: str, **fields: str) -> None:
    xml = builders.application(uid(name), fields, instance_id=uid(name, "instance"))
    builders.post(home, xml, officer_id=hired(home))


class Looks:
    """Looks at a stage, and counts how often that was more than a glance."""

    def __init__(self, stage: str) -> None:
        self.stage, self.count = stage, 0

    def __call__(self, home: Home) -> Sequence[str]:
        return skip_cache.look(home, self.stage, self._find)

    def _find(self, home: Home) -> Sequence[str]:
        self.count += 1
        return FINDS[self.stage](home)


@pytest.mark.parametrize("stage", FINDS)
def test_what_is_known_to_be_nothing_is_not_looked_for(office: Home, stage: str) -> None:
    looks = Looks(stage)
    assert [list(looks(office)) for _ in range(3)] == [[], [], []]
    assert looks.count == 1
    assert skip_cache.due(office, stage, looks._find) == ()
    assert looks.count == 1


@pytest.mark.parametrize("stage", FINDS)
def test_a_run_leaves_nothing_to_look_for(office: Home, stage: str) -> None:
    looks = Looks(stage)
    for name in ("two", "three"):
        post(office, name)
        run_once(office)
        assert skip_cache.due(office, stage, looks._find) == ()
    assert looks.count == 0


def test_a_run_that_leaves_something_due_says_so(office: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assess, "evaluate", _fails)
    post(office, "two")
    assert run_once(office).problems
    assert skip_cache.due(office, "assess", assess.due) == sorted([uid("one"), uid("two")])


def _fails(*_: object) -> NoReturn:
    raise RuntimeError


def test_whatever_is_written_is_seen(office: Home) -> None:
    registering, assessing = Looks("register"), Looks("assess")
    assert not registering(office)
    assert not assessing(office)

    post(office, "two")
    pull_source.pull(office, SpoolSource(office))
    assert len(registering(office)) == 1
    assert len(registering(office)) == 1  # and again, until it is done
    register_forms.run(office)
    assert len(assessing(office)) == 2  # they have one national ID, which concerns both
    assess.do(office, assessing(office))
    assert not registering(office)
    assert not assessing(office)
    recorder.record(office, {uid("one"): PASSED})
    assert assessing(office) == [uid("one")]


def test_a_database_brought_up_to_date_by_hand_is_seen(office: Home) -> None:
    assessing = Looks("assess")
    assert not assessing(office)
    with transaction(office.engine) as session:
        for row in session.query(ApplicantRow):
            row.assessment_id = None
    assert assessing(office) == [uid("one")]


def test_other_rules_are_looked_at_anew(office: Home) -> None:
    assessing = Looks("assess")
    assert not assessing(office)
    assert assessing(replace(office, pack_digest="another")) == [uid("one")]


def test_what_is_written_while_one_looks_is_seen_at_the_next_look(office: Home) -> None:
    def meanwhile(home: Home) -> Sequence[str]:
        found = assess.due(home)
        recorder.record(home, {uid("one"): PASSED})
        return found

    assert not skip_cache.look(office, "assess", meanwhile)
    assert Looks("assess")(office) == [uid("one")]


def test_the_conveyors_own_notes_wake_nobody(office: Home) -> None:
    before = revision(office.engine)
    pulses.note(office, pulses.CONVEYOR, datetime.now(UTC))
    ledger.record(office, "pull", (), {"spool": Transient("ไม่อยู่", "away")})
    ledger.claim(office, "pull", ["spool"], 1, 1)
    ledger.replay(office)
    assert revision(office.engine) == before is not None


def test_while_a_file_waits_to_be_measured_the_store_is_looked_at(any_home: Home) -> None:
    form = province_mirror.application(any_home, 1)
    province_mirror.send(any_home, form)
    content = next(content for content in form.files.values() if content)
    stored = any_home.store.path(hashlib.sha256(content).hexdigest())
    away = stored.rename(any_home.settings.home / "away")
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    assessing = Looks("assess")
    assert [list(assessing(any_home)) for _ in range(2)] == [[], []]
    assert assessing.count == 2
    away.rename(stored)
    assert assessing(any_home) == [form.entity]


def test_publishing_again_wakes_nobody(any_home: Home) -> None:
    form = BuiltForm("mochocho_test", "1", "แบบทดสอบ", b"", builders.xform().decode(), {})
    put_form(any_home, form)
    before = revision(any_home.engine) or 0
    put_form(any_home, form)
    accept_form(any_home, form)
    assert revision(any_home.engine) == before
    put_form(any_home, replace(form, version="2"))
    put_form(any_home, form)  # offered again in place of the other
    assert revision(any_home.engine) == before + 2
