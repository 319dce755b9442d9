"""What Central's model is told about an application; our own reviews make nothing due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from mochocho.app.pipeline.conveyor import EVERY_STAGE, RunReport, run_once
from mochocho.settings import config
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.decisions import record_resolutions
from reports.tables import NoticeRow
from sync import targets
from tests import builders
from tests.models.central.app import EMAIL, PASSWORD, CentralModel, Held
from tests.models.serving import serve
from xlsforms import names

ROOT = builders.uid("application")


@pytest.fixture
def central() -> CentralModel:
    model = CentralModel()
    model.publish(builders.xform())
    return model


@pytest.fixture
def northern(home: Home, central: CentralModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home whose one server is the model."""
    monkeypatch.setenv("MOCHOCHO_SECRET_NORTH", PASSWORD)
    builders.publish(home, builders.xform())
    with serve(central) as served:
        server = config.Server(
            key="north", kind="central", url=served.url, project=1, email=EMAIL,
            poll_seconds=1, sweep_seconds=1,
        )  # fmt: skip
        opened = replace(home, settings=home.settings.model_copy(update={"servers": (server,)}))
        targets.server_target(opened, server).put_forms([])  # the lists
        yield opened


def turn(home: Home) -> RunReport:
    report = run_once(home, stages=EVERY_STAGE)
    assert report.problems == ()
    return report


def held(central: CentralModel) -> Held:
    return central.held(names.APPLICATION)[f"uuid:{ROOT}"]


def test_an_application_hears_once_and_an_edit_that_mends_nothing_again(
    northern: Home, central: CentralModel
) -> None:
    central.submit(builders.application())
    central.settle()
    turn(northern)
    told = held(central)
    assert told.review_state == "hasIssues"
    assert len(told.comments) == 1
    assert "- สำเนาทะเบียนบ้าน (ยังไม่ได้ตอบ)" in told.comments[0]
    for _ in range(2):  # our review moved Central's dates; that is no news
        assert turn(northern).handled["notices"] == 0
    assert held(central) == told
    edit = builders.application(instance_id=builders.uid("edit"), deprecated_id=ROOT)
    central.edit(edit)
    assert held(central).review_state == "edited"
    turn(northern)
    assert held(central).review_state == "hasIssues"
    assert len(held(central).comments) == 2
    assert turn(northern).handled["notices"] == 0


def test_what_we_forgot_that_we_told_is_not_told_twice(northern: Home, central: CentralModel) -> None:
    central.submit(builders.application())
    central.settle()
    turn(northern)
    with transaction(northern.engine) as session:  # a backup from before was restored
        session.query(NoticeRow).delete()
    assert turn(northern).handled["notices"] > 0
    assert len(held(central).comments) == 1


def test_what_holds_again_is_said_again(northern: Home, central: CentralModel) -> None:
    """A clerk records that a committee refused, and puts it right: our last word must not be the refusal."""
    central.submit(builders.application())
    central.settle()
    refused = Resolution(
        Gate.DISTRICT,
        Outcome.FAIL,
        "คณะกรรมการอำเภอตัวอย่าง",
        "1/2568",
        date(2025, 4, 20),
        "เหตุ",
        "นางบันทึก ตัวอย่าง",
    )
    states = []
    for resolution in (None, refused, replace(refused, outcome=Outcome.PASS)):
        if resolution:
            record_resolutions.record(northern, {builders.uid("applicant"): resolution})
        turn(northern)
        states.append(held(central).review_state)
    assert states == ["hasIssues", "rejected", "hasIssues"]
    first, refusal, last = held(central).comments
    assert first == last
    assert "มีมติไม่รับรอง" in refusal
