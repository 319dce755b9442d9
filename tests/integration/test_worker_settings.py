"""The workers' Celery settings, and the messages to a person who has not set them up."""

import json
import os
import warnings
from pathlib import Path

import pytest
from celery import platforms
from click.testing import CliRunner, Result
from pydantic import SecretStr

from mochocho.app.commands.cli import cli
from mochocho.app.pipeline.conveyor import STAGES
from mochocho.app.pipeline.worker import ASKED, TICK, TICKS, WORK, make_app, task_name, work
from mochocho.settings.config import Settings, Workers
from mochocho.words.errors import Terminal
from tests.integration import commands

SECRET = "s3cret-of-the-broker"


def settings(**changes: object) -> Settings:
    values = {
        "database_url": SecretStr("postgresql+psycopg://nobody@127.0.0.1:9/none"),
        "workers": Workers(broker_url=SecretStr(f"redis://:{SECRET}@127.0.0.1:9/0")),
    }
    return Settings(**(values | changes))


def test_nothing_is_lost_with_a_worker_or_with_redis() -> None:
    conf = make_app(settings()).conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert conf.worker_prefetch_multiplier == 1
    assert conf.result_backend is None
    assert conf.task_ignore_result is True
    assert conf.accept_content == ["json"]
    assert conf.task_serializer == "json"
    assert conf.broker_transport_options["visibility_timeout"] > conf.task_time_limit
    assert conf.broker_connection_max_retries is None


def test_every_stage_has_a_task_by_a_name_that_was_given() -> None:
    app = make_app(settings())
    own = {name for name in app.tasks if not name.startswith("celery.")}
    assert own == {TICK, *(task_name(stage.name) for stage in STAGES)}
    assert own >= {"mochocho.tick", "mochocho.pull", "mochocho.assess", "mochocho.typeset", "mochocho.packet"}


def test_ticks_expire_and_have_a_queue_of_their_own() -> None:
    conf = make_app(settings(workers=settings().workers.model_copy(update={"tick_seconds": 7.0}))).conf
    (tick,) = conf.beat_schedule.values()
    assert (tick["schedule"].run_every.total_seconds(), tick["options"]["expires"]) == (7.0, 7.0)
    assert {queue.name for queue in conf.task_queues} == {TICKS, WORK, ASKED}
    assert conf.task_routes[TICK]["queue"] == TICKS != conf.task_default_queue


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such groups")
@pytest.mark.parametrize(("user", "told"), [(1001, 0), (0, 2)])
def test_a_group_that_no_file_names_is_not_taken_for_root_s(
    user: int, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container nobody's group has a name; who really is root is told so."""

    class Worker:
        exitcode = 0

        def __init__(self, **_: object) -> None:
            pass

        def start(self) -> None:
            platforms.check_privileges(app.conf.accept_content)

    def unnamed(_gid: int) -> None:
        raise KeyError

    app = make_app(settings())
    monkeypatch.setattr(app, "Worker", Worker)
    monkeypatch.setattr(platforms.grp, "getgrgid", unnamed)
    for name in ("getuid", "geteuid", "getgid", "getegid"):
        monkeypatch.setattr(os, name, lambda: user)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert work(app, concurrency=1) == 0
    assert len(seen) == told


def test_settings_of_celery_can_be_given() -> None:
    assert make_app(settings(), task_always_eager=True).conf.task_always_eager is True


def test_two_apps_share_nothing() -> None:
    assert make_app(settings()).tasks is not make_app(settings()).tasks


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"workers": Workers()}, "broker_url"), ({"database_url": SecretStr("")}, "PostgreSQL")],
)
def test_without_broker_or_postgresql_it_says_what_to_set(changes: dict[str, object], said: str) -> None:
    with pytest.raises(Terminal, match=said):
        make_app(settings(**changes))


@pytest.mark.parametrize("command", ["worker", "beat"])
def test_the_commands_say_so_too(command: str, tmp_path: Path) -> None:
    commands.settings(tmp_path)
    answer = commands.run(tmp_path, command)
    assert answer.returncode == 1
    assert "workers.broker_url" in answer.stderr


def test_the_broker_s_password_is_shown_nowhere() -> None:
    one = settings()
    assert SECRET not in repr(one)
    assert SECRET not in json.dumps(one.model_dump(mode="json"))


def test_replay_and_status_are_commands(tmp_path: Path) -> None:
    config = str(commands.settings(tmp_path))

    def call(*words: str) -> Result:
        return CliRunner().invoke(cli, ["--config", config, *words])

    assert "0 will be tried again" in call("replay").stdout
    assert call("replay", "nonsense").exit_code == 2
    assert 'mochocho_due{stage="pull"} 0' in call("status", "--prometheus").stdout
    assert call("status", "--prometheus", "--json").exit_code == 2
